using System.Globalization;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.ReadModels;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;
using ArticleEnriched = Monitoring.ReadModels.ArticleEnriched;
using ArticlePlaced = Monitoring.ReadModels.ArticlePlaced;
using ArticleReceived = Monitoring.ReadModels.ArticleReceived;
using ArticleRevised = Monitoring.ReadModels.ArticleRevised;
using ArticleWithdrawn = Monitoring.ReadModels.ArticleWithdrawn;

namespace Monitoring.Query.Articles;

/// <summary>Something that happened to an article. What a withdrawn revision said, and what was found in it, is left out.</summary>
public sealed record HistoryItem
{
    /// <summary>Number of the event in the journal; later ones have higher numbers.</summary>
    public required long Sequence { get; init; }

    /// <summary>received, revised, enriched, withdrawn or placed.</summary>
    public required string Type { get; init; }

    /// <summary>When the journal took it: from then on it was known.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The revision it is about; withdrawn: the last that was taken back.</summary>
    public required int Revision { get; init; }

    /// <summary>The same in a sentence, for people.</summary>
    public required string Summary { get; init; }

    /// <summary>received, revised: when the revision came in.</summary>
    public DateTimeOffset? Received { get; init; }

    /// <summary>received, revised.</summary>
    public string? Title { get; init; }

    /// <summary>received, revised.</summary>
    public string? Url { get; init; }

    /// <summary>received, revised.</summary>
    public Source? Source { get; init; }

    /// <summary>received, revised: when the publisher says it was published.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>enriched, placed: which model files decided.</summary>
    public string? Model { get; init; }

    /// <summary>enriched.</summary>
    public int? ModelGeneration { get; init; }

    /// <summary>enriched.</summary>
    public Language? Language { get; init; }

    /// <summary>enriched: with the words that decided.</summary>
    public IReadOnlyList<Topic>? Topics { get; init; }

    /// <summary>enriched: with where they are named.</summary>
    public IReadOnlyList<Entity>? Entities { get; init; }

    /// <summary>enriched.</summary>
    public IReadOnlyList<Quote>? Quotes { get; init; }

    /// <summary>enriched.</summary>
    public IReadOnlyList<CitedSource>? CitedSources { get; init; }

    /// <summary>withdrawn: why, where that was said.</summary>
    public string? Reason { get; init; }

    /// <summary>placed: what was new.</summary>
    public ArticleChange? Change { get; init; }

    /// <summary>placed: the story it belongs to, if any.</summary>
    public Guid? Story { get; init; }

    /// <param name="sequence">Of the event.</param>
    /// <param name="at">Of the event.</param>
    /// <param name="happened">A record of the journal.</param>
    /// <param name="withdrawn">Everything up to this revision is withdrawn by now.</param>
    public static HistoryItem Of(long sequence, DateTimeOffset at, object happened, int withdrawn)
    {
        return happened switch
        {
            ArticleReceived received => Content("received", received.Revision, received.ReceivedAt, received.Article),
            ArticleRevised revised => Content("revised", revised.Revision, revised.ReceivedAt, revised.Article),
            ArticleEnriched { Revision: var revision, Enrichment: var enrichment } when revision <= withdrawn =>
                Item("enriched", revision, $"Read by {enrichment.Model}.") with { Model = enrichment.Model, ModelGeneration = enrichment.ModelGeneration },
            ArticleEnriched { Revision: var revision, Enrichment: var enrichment } =>
                Item("enriched", revision, $"Read by {enrichment.Model}: {enrichment.Topics.Count} topics, {enrichment.Entities.Count} entities, {enrichment.Quotes.Count} quotes.") with
                {
                    Model = enrichment.Model,
                    ModelGeneration = enrichment.ModelGeneration,
                    Language = enrichment.Language,
                    Topics = enrichment.Topics,
                    Entities = enrichment.Entities,
                    Quotes = enrichment.Quotes,
                    CitedSources = enrichment.CitedSources,
                },
            ArticleWithdrawn taken => Item("withdrawn", taken.Revision, $"Withdrawn up to revision {taken.Revision}{(taken.Reason is { } reason ? $": {reason}" : ".")}") with { Reason = taken.Reason },
            ArticlePlaced placed => Item("placed", placed.Revision, $"Told to subscribers as {Json.Name(placed.Change)}.") with { Model = placed.Model, Change = placed.Change, Story = placed.StoryId },
            _ => throw new ArgumentException($"{happened.GetType()} is no event of an article.", nameof(happened)),
        };

        HistoryItem Item(string type, int revision, string summary) => new() { Sequence = sequence, Type = type, At = at, Revision = revision, Summary = summary };

        HistoryItem Content(string type, int revision, DateTimeOffset received, ArticleContent article)
        {
            var item = Item(type, revision, $"Revision {revision} came in{(Source.Key(article.Source) is { } source ? $" from {source}" : "")}.") with
            {
                Received = received,
                Url = article.Url,
                Source = article.Source,
                Published = article.Published,
            };
            return revision <= withdrawn ? item : item with { Title = article.Title };
        }
    }
}

/// <param name="Items">Oldest first.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
public sealed record HistoryList(IReadOnlyList<HistoryItem> Items, string? Next);

/// <summary><c>GET /api/articles/{id}/history</c>: every event of the article, in the order in which the journal took them.</summary>
public static class ArticleHistory
{
    const int MaxLimit = 200;

    public static void MapArticleHistory(this IEndpointRouteBuilder app) => app.MapGet("/api/articles/{id:guid}/history", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Articles").WithName("get-article-history")
        .WithSummary("Everything that happened to an article, with evidence and models")
        .WithDescription("Bodies are left out: see the revisions. Of what is withdrawn by now, neither the title nor what was found in it is shown.")
        .Produces<HistoryList>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="id">The article.</param>
    /// <param name="database">The read models.</param>
    /// <param name="limit">1 to 200 events a page.</param>
    /// <param name="cursor">next of the page before.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(Guid id, NpgsqlDataSource database, int limit = 50, string? cursor = null, CancellationToken cancellation = default)
    {
        if (limit is < 1 or > MaxLimit) throw new ProblemException(400, $"limit must lie between 1 and {MaxLimit}.", "limit");
        var after = Cursor.Read(cursor) is not { } last ? 0
            : last.Id == id.ToString() && long.TryParse(last.Key, CultureInfo.InvariantCulture, out var version) ? version : throw Cursor.Invalid();

        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new($"""
            select count(*), coalesce(max((data ->> 'revision')::int) filter (where type = 'article_withdrawn'), 0) from {Schema}.mt_events where stream_id = $1
            """) { Parameters = { new() { Value = id } } });
        batch.BatchCommands.Add(new($$"""
            select seq_id, timestamp, type, (data #- '{article,body}')::text, version from {{Schema}}.mt_events
            where stream_id = $1 and version > $2 order by version limit {{limit + 1}}
            """) { Parameters = { new() { Value = id }, new() { Value = after } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetInt64(0) == 0) throw GetArticle.NotFound(id);
        var withdrawn = reader.GetInt32(1);
        await reader.NextResultAsync(cancellation);

        var items = new List<HistoryItem>();
        string? next = null;
        for (var read = 0L; await reader.ReadAsync(cancellation); read = reader.GetInt64(4))
        {
            if (items.Count == limit)
            {
                next = Cursor.Write(read.ToString(CultureInfo.InvariantCulture), id.ToString());
                break;
            }
            var happened = JournalEvents.Read(reader.GetString(2), reader.GetFieldValue<byte[]>(3), Json.Options);
            items.Add(HistoryItem.Of(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), happened, withdrawn));
        }
        return new StoredJson(JsonSerializer.SerializeToUtf8Bytes(new HistoryList(items, next), Json.Options), next);
    }
}
