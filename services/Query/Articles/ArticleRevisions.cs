using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.ReadModels;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;
using ArticleReceived = Monitoring.ReadModels.ArticleReceived;
using ArticleRevised = Monitoring.ReadModels.ArticleRevised;

namespace Monitoring.Query.Articles;

/// <param name="Revision">1, 2, …</param>
/// <param name="Received">When it came in.</param>
/// <param name="Title">Its title; absent where it has none or is withdrawn.</param>
/// <param name="Published">When the publisher says it was published.</param>
/// <param name="Withdrawn">What it said is not shown any more.</param>
/// <param name="Changed">Members that differ from the revision before; absent for the first one known.</param>
public sealed record RevisionItem(int Revision, DateTimeOffset Received, string? Title, DateTimeOffset? Published, bool Withdrawn, IReadOnlyList<string>? Changed);

/// <param name="Items">Oldest first.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
public sealed record RevisionList(IReadOnlyList<RevisionItem> Items, string? Next);

/// <param name="Field">url, source, published, language, authors or tags.</param>
/// <param name="From">Absent where the earlier revision has none.</param>
/// <param name="To">Absent where the later revision has none.</param>
public sealed record FieldChange(string Field, JsonNode? From, JsonNode? To);

/// <param name="Id">The article.</param>
/// <param name="From">The earlier revision.</param>
/// <param name="To">The later revision.</param>
/// <param name="Title">Absent where it is the same.</param>
/// <param name="Body">Absent where it is the same.</param>
/// <param name="Fields">Other members that differ.</param>
public sealed record RevisionChange(Guid Id, int From, int To, TextChange? Title, TextChange? Body, IReadOnlyList<FieldChange> Fields);

/// <summary><c>GET /api/articles/{id}/revisions</c> and <c>…/revisions/{a}..{b}</c>: what the publisher changed.</summary>
public static class ArticleRevisions
{
    const int MaxLimit = 200;

    static readonly string[] Fields = ["title", "body", "url", "source", "published", "language", "authors", "tags"];

    /// <summary>Of the stream's events: revisions with the content before each, and what is withdrawn by now.</summary>
    const string Revisions = $"""
        select (e.data ->> 'revision')::int as revision, (e.data ->> 'receivedAt')::timestamptz as received, e.data -> 'article' as article,
            lag(e.data -> 'article') over (order by (e.data ->> 'revision')::int) as before
        from {Schema}.mt_events e where e.stream_id = $1 and e.type in ('article_received', 'article_revised')
        """;

    const string Withdrawn = $"select coalesce(max((data ->> 'revision')::int), 0) from {Schema}.mt_events where stream_id = $1 and type = 'article_withdrawn'";

    public static void MapArticleRevisions(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/articles/{id:guid}/revisions").RequireAuthorization(Scopes.Query).WithTags("Articles")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("", ListAsync).WithName("list-article-revisions")
            .WithSummary("The revisions of an article and which members each changed")
            .Produces<RevisionList>().Produces(StatusCodes.Status304NotModified);
        group.MapGet("/{range}", CompareAsync).WithName("compare-article-revisions")
            .WithSummary("What changed between two revisions, word by word")
            .WithDescription("Titles and bodies are compared by words; long bodies with little in common by lines or as a whole, as unit says. Withdrawn revisions are not compared.")
            .Produces<RevisionChange>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status410Gone);
    }

    /// <param name="id">The article.</param>
    /// <param name="database">The read models.</param>
    /// <param name="limit">1 to 200 revisions a page.</param>
    /// <param name="cursor">next of the page before.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> ListAsync(Guid id, NpgsqlDataSource database, int limit = 50, string? cursor = null, CancellationToken cancellation = default)
    {
        if (limit is < 1 or > MaxLimit) throw new ProblemException(400, $"limit must lie between 1 and {MaxLimit}.", "limit");
        var after = Cursor.Read(cursor) is not { } last ? 0
            : last.Id == id.ToString() && int.TryParse(last.Key, CultureInfo.InvariantCulture, out var revision) ? revision : throw Cursor.Invalid();
        await using var command = database.CreateCommand($"""
            select r.revision, r.received, r.article ->> 'title', (r.article ->> 'published')::timestamptz, r.revision <= w.revision,
                case when r.before is not null then array(select f from unnest($4::text[]) f where r.article -> f is distinct from r.before -> f) end
            from ({Revisions}) r cross join ({Withdrawn}) w (revision) where r.revision > $2 order by r.revision limit $3
            """);
        foreach (var value in new object[] { id, after, limit + 1, Fields }) command.Parameters.AddWithValue(value);
        var items = new List<RevisionItem>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            items.Add(new RevisionItem(
                reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.IsDBNull(2) || reader.GetBoolean(4) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3), reader.GetBoolean(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<string[]>(5)));
        if (items.Count == 0 && after == 0) throw GetArticle.NotFound(id);
        var next = items.Count > limit ? Cursor.Write(items[limit - 1].Revision.ToString(CultureInfo.InvariantCulture), id.ToString()) : null;
        return new StoredJson(JsonSerializer.SerializeToUtf8Bytes(new RevisionList([.. items.Take(limit)], next), Json.Options), next);
    }

    /// <param name="id">The article.</param>
    /// <param name="range">Two revisions, the earlier first, such as 1..3.</param>
    /// <param name="database">The read models.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> CompareAsync(Guid id, string range, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (range.Split("..") is not [var left, var right] || !int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var to) || from < 1 || from >= to)
            throw new ProblemException(400, "Two revisions are compared as 1..3, the earlier first.", "range");
        var (revisions, withdrawn) = await ReadAsync(id, [from, to], database, cancellation);
        if (revisions.Count < 2)
            throw new ProblemException(404, $"No revision {(revisions.ContainsKey(from) ? to : from)} of article {id} is known here.", "range");
        if (from <= withdrawn) throw new ProblemException(410, $"Everything up to revision {withdrawn} of this article is withdrawn and not shown any more.", "range");
        return new StoredJson(JsonSerializer.SerializeToUtf8Bytes(Compare(id, from, revisions[from], to, revisions[to]), Json.Options));
    }

    static async Task<(Dictionary<int, ArticleContent> Revisions, int Withdrawn)> ReadAsync(Guid id, int[] wanted, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select w.revision, e.type, e.data::text from ({Withdrawn}) w (revision)
            left join {Schema}.mt_events e on e.stream_id = $1 and e.type in ('article_received', 'article_revised') and (e.data ->> 'revision')::int = any ($2)
            """);
        foreach (var value in new object[] { id, wanted }) command.Parameters.AddWithValue(value);
        var (revisions, withdrawn) = (new Dictionary<int, ArticleContent>(), 0);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            withdrawn = reader.GetInt32(0);
            if (reader.IsDBNull(1)) continue;
            var (revision, content) = JournalEvents.Read(reader.GetString(1), reader.GetFieldValue<byte[]>(2), Json.Options) switch
            {
                ArticleReceived received => (received.Revision, received.Article),
                ArticleRevised revised => (revised.Revision, revised.Article),
                var other => throw new InvalidOperationException($"{other.GetType()} is no revision."),
            };
            revisions[revision] = content;
        }
        return (revisions, withdrawn);
    }

    /// <summary>What changed from one content to another.</summary>
    public static RevisionChange Compare(Guid id, int from, ArticleContent earlier, int to, ArticleContent later)
    {
        var (before, after) = (JsonSerializer.SerializeToNode(earlier, Json.Options)!, JsonSerializer.SerializeToNode(later, Json.Options)!);
        return new RevisionChange(id, from, to, Text(earlier.Title, later.Title), Text(earlier.Body, later.Body),
        [
            .. Fields.Except(["title", "body"]).Where(field => !JsonNode.DeepEquals(before[field], after[field])).Select(field => new FieldChange(field, before[field], after[field])),
        ]);

        static TextChange? Text(string? earlier, string? later) => earlier == later ? null : TextDiff.Between(earlier ?? "", later ?? "");
    }
}
