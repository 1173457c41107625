using System.Text.Json;
using Monitoring.Hosting;
using Monitoring.Query.Articles;
using Monitoring.Query.Search;

namespace Monitoring.Query.Changes;

/// <param name="Items">In the order in which they were written down.</param>
/// <param name="Next">What <c>after</c> takes next time; also where nothing came.</param>
/// <param name="More">Whether there is more to read at once.</param>
public sealed record ChangeList(IReadOnlyList<ChangeItem> Items, string Next, bool More);

/// <summary><c>GET /api/changes</c>: everything that happened to articles, in order, without gap or repeat.</summary>
public static class GetChanges
{
    const int MaxLimit = 1000;

    public static void MapGetChanges(this IEndpointRouteBuilder app) => app.MapGet("/api/changes", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Changes").WithName("list-changes")
        .WithSummary("Everything that happened to articles, in order, without gap or repeat")
        .WithDescription("""
            Keep next and send it as after: each change comes once, however many write meanwhile. At most 10,000 changes are looked at
            for one answer, so a page may be empty although more is true. Each item shows its article as it stands now. With q or another
            condition on articles a change passes if its article meets them as it stands now; a withdrawal always passes, because
            whoever had the article has to hear of it. The cursor is also the id of events of GET /api/stream. After a restore of the
            database old cursors are answered with 410.
            """)
        .Produces<ChangeList>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status410Gone).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="journal">What happened.</param>
    /// <param name="after">next of the page before; now for what is still to come; left out, from the beginning.</param>
    /// <param name="limit">1 to 1,000 changes a page.</param>
    /// <param name="type">article.received, article.revised, article.enriched, article.withdrawn or article.placed.</param>
    /// <param name="filter">Of which articles.</param>
    /// <param name="index">Knows names.</param>
    /// <param name="time">For <c>now</c> in a query.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(
        JournalReader journal, [AsParameters] ArticleFilter filter, SearchIndex index, TimeProvider time,
        string? after = null, int limit = 100, string[]? type = null, CancellationToken cancellation = default)
    {
        if (limit is < 1 or > MaxLimit) throw new ProblemException(400, $"limit must lie between 1 and {MaxLimit}.", "limit");
        var asked = await ChangeFilter.OfAsync(type, filter, index, time.GetUtcNow(), cancellation);
        if (after is "now" or "latest") return Answer([], await journal.EndAsync(cancellation), more: false);
        var page = await journal.ReadAsync(JournalPosition.Read(after), asked.Types, change => asked.Passes(change) ? change.ToItem() : null, limit, cancellation);
        return Answer(page.Items, page.To, page.More);

        static IResult Answer(IReadOnlyList<ChangeItem> items, JournalPosition next, bool more) =>
            new StoredJson(JsonSerializer.SerializeToUtf8Bytes(new ChangeList(items, next.ToString(), more), Json.Options), next.ToString(), "after");
    }
}
