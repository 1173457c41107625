using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.IO;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.Query.Search;
using Monitoring.ReadModels;

namespace Monitoring.Query.Articles;

/// <param name="Items">Articles without their bodies, unless fields names other members.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
/// <param name="Total">How many there are, counted up to 10,000.</param>
/// <param name="TotalIsExact">False where there are more than that.</param>
/// <param name="RankedOf">By relevance: how many of the newest hits were ranked, at most 5,000.</param>
/// <param name="Facets">By facet, the values most hits have; for day the newest.</param>
/// <param name="FacetsOf">How many of the newest hits the facets count, at most 10,000.</param>
/// <param name="Highlights">By id of the article: where the words of q stand in title + "\n" + body.</param>
public sealed record ArticleList(
    IReadOnlyList<Article> Items, string? Next, int Total, bool TotalIsExact, int? RankedOf,
    IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>? Facets, int? FacetsOf, IReadOnlyDictionary<Guid, IReadOnlyList<Span>>? Highlights);

/// <summary><c>GET /api/articles</c>: what was published or came in, by words and by what it is about.</summary>
public static class ListArticles
{
    const int MaxLimit = 200;

    /// <summary>Pages are a few hundred kilobytes: made anew for each request, they kept the garbage collector busy.</summary>
    static readonly RecyclableMemoryStreamManager Memory = new();

    public static void MapListArticles(this IEndpointRouteBuilder app) => app.MapGet("/api/articles", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Articles").WithName("list-articles")
        .WithSummary("Search articles by words, topics, entities, sources, language and time")
        .WithDescription("Parameters of one name are alternatives; different ones must all be met. Words count once an article was understood, a moment after it came in. Bodies are left out: name them in fields, or GET the article.")
        .Produces<ArticleList>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="filter">What is asked for.</param>
    /// <param name="pages">Finds it.</param>
    /// <param name="articles">Have the documents.</param>
    /// <param name="sort">published (else received), received, both newest first, or relevance: the newest 5,000 hits by how well their words fit and how recent they are.</param>
    /// <param name="limit">1 to 200 articles a page.</param>
    /// <param name="cursor">next of the page before.</param>
    /// <param name="fields">Members of the articles, separated by commas; all but the body where it is absent.</param>
    /// <param name="facets">topic, entity, source, language and day, separated by commas: counted over the newest 10,000 hits.</param>
    /// <param name="highlight">Whether to say where the words of q stand.</param>
    /// <param name="asOf">ISO 8601: what was known at this instant, or at the end of this date.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(
        [AsParameters] ArticleFilter filter, SearchPages pages, StoredArticles articles,
        string sort = "published", int limit = 50, string? cursor = null, string? fields = null, string? facets = null, bool highlight = false, string? asOf = null,
        CancellationToken cancellation = default)
    {
        if (limit is < 1 or > MaxLimit) throw new ProblemException(400, $"limit must lie between 1 and {MaxLimit}.", "limit");
        if (!Enum.TryParse<SearchSort>(sort, ignoreCase: true, out var order) || !Enum.IsDefined(order) || char.IsAsciiDigit(sort[0]))
            throw new ProblemException(400, "sort is published, received or relevance.", "sort");
        var then = Instants.Read(asOf, "asOf", endOfDay: true);
        if (then is not null && (order == SearchSort.Relevance || facets is not null)) throw new ProblemException(400, "asOf goes with sort=published or received, and without facets.", "asOf");
        var members = StoredArticle.Fields(fields);
        var search = filter.Hash($"{order} {then:O}");
        var asked = new SearchAsked(filter.ToQuery(), order, limit, SearchCursor.Read(cursor, search), Summaries: !highlight && members?.Contains("body") != true, Facets.Read(facets), then, search);
        var page = await pages.FindAsync(asked, cancellation);
        var past = page.Past ?? new Dictionary<Guid, Article>();
        var stored = await articles.DocumentsAsync([.. page.Hits.Where(hit => hit.Summary is null && !past.ContainsKey(hit.Id)).Select(hit => hit.Id)], cancellation);
        foreach (var (id, article) in past) stored.Add(id, JsonSerializer.SerializeToUtf8Bytes(article, Json.Options));
        var answer = Memory.GetStream();
        Write(answer, page, stored, members, highlight);
        return new StoredJson(answer.GetReadOnlySequence(), page.Next, memory: answer);
    }

    static void Write(RecyclableMemoryStream answer, SearchPage page, Dictionary<Guid, ReadOnlyMemory<byte>> stored, FrozenSet<string>? fields, bool highlight)
    {
        using var json = new Utf8JsonWriter((IBufferWriter<byte>)answer, new JsonWriterOptions { Encoder = Json.Options.Encoder });
        json.WriteStartObject();
        json.WriteStartArray("items");
        var highlights = new Dictionary<Guid, IReadOnlyList<Span>>();
        foreach (var hit in page.Hits)
            if (hit.Summary is { } summary && fields is null) json.WriteRawValue(summary, skipInputValidation: true);
            else if (hit.Summary is { } listed) StoredArticle.Write(json, listed, fields, null);
            else if (stored.TryGetValue(hit.Id, out var article)) highlights[hit.Id] = StoredArticle.Write(json, article.Span, fields, highlight ? page.Query.Bound : null);
        json.WriteEndArray();
        if (page.Next is not null) json.WriteString("next", page.Next);
        json.WriteNumber("total", Math.Min(page.Total, ArticleSearch.MaxCounted));
        json.WriteBoolean("totalIsExact", page.Total <= ArticleSearch.MaxCounted);
        if (page.RankedOf is { } ranked) json.WriteNumber("rankedOf", ranked);
        if (page.Facets is not null)
        {
            json.WritePropertyName("facets");
            JsonSerializer.Serialize(json, page.Facets, Json.Options);
            json.WriteNumber("facetsOf", page.FacetsOf!.Value);
        }
        if (highlight)
        {
            json.WritePropertyName("highlights");
            JsonSerializer.Serialize(json, highlights, Json.Options);
        }
        json.WriteEndObject();
    }
}
