using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.Query.Articles;
using Monitoring.Query.Values;
using Npgsql;

namespace Monitoring.Query.Quotes;

/// <param name="Items">Newest first.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
public sealed record QuoteList(IReadOnlyList<QuoteItem> Items, string? Next);

/// <summary><c>GET /api/quotes</c>: who said what about whom.</summary>
public static class ListQuotes
{
    const int MaxLimit = 200;

    public static void MapListQuotes(this IEndpointRouteBuilder app) => app.MapGet("/api/quotes", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Quotes").WithName("list-quotes")
        .WithSummary("What was said, by speaker, by whom it is about, by outlet, topic and time, newest first")
        .WithDescription("A parameter given several times means any of its values; different parameters must all be met. A name that several bear means all of them.")
        .Produces<QuoteList>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="quotes">Finds them.</param>
    /// <param name="database">The read models.</param>
    /// <param name="speaker">Who said it: name, other name or id of an entity, or the words that name a speaker who is none.</param>
    /// <param name="about">Who or what is named in it, other than the speaker: name, other name or id.</param>
    /// <param name="source">Domain or name of the outlet.</param>
    /// <param name="topic">Name or Media Topics code of a topic of the article; covers what is below it.</param>
    /// <param name="direct">true: in quotation marks; false: reported speech.</param>
    /// <param name="from">ISO 8601 date or instant: of articles published (else received) from then on.</param>
    /// <param name="to">ISO 8601; before this instant, or up to the end of this date.</param>
    /// <param name="limit">1 to 200 quotations a page.</param>
    /// <param name="cursor">next of the page before.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(
        QuoteSearch quotes, NpgsqlDataSource database, string[]? speaker, string[]? about, string[]? source, string[]? topic, bool? direct,
        string? from, string? to, int limit = 50, string? cursor = null, CancellationToken cancellation = default)
    {
        if (limit is < 1 or > MaxLimit) throw new ProblemException(400, $"limit must lie between 1 and {MaxLimit}.", "limit");
        var after = QuotePosition.Read(cursor);
        var (begin, end) = (Instants.Read(from, "from", endOfDay: false), Instants.Read(to, "to", endOfDay: true));
        if (begin >= end) throw new ProblemException(400, "from must lie before to.", "from");
        var speakers = await Names.IdsAsync(database, "entity", speaker, "speaker", cancellation);
        var filter = new QuoteFilter(
            // Speakers who are no entities stand under their folded names.
            [.. speakers.Union(speakers.Select(Folding.Fold).Where(name => name.Length > 0))],
            await Names.IdsAsync(database, "entity", about, "about", cancellation),
            await Names.IdsAsync(database, "source", source, "source", cancellation),
            await Names.IdsAsync(database, "topic", topic, "topic", cancellation),
            direct, begin, end);
        var found = await quotes.NewestAsync(filter, after, limit + 1, cancellation);
        var next = found.Count > limit ? found[limit - 1].Position.ToCursor() : null;
        var list = new QuoteList([.. found.Take(limit).Select(quote => quote.Quote)], next);
        return new StoredJson(JsonSerializer.SerializeToUtf8Bytes(list, Json.Options), next);
    }
}
