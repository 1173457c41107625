using Monitoring.Query.Articles;
using Monitoring.QueryLanguage;
using ArticleQuery = Monitoring.QueryLanguage.Query;

namespace Monitoring.Query.Search;

/// <summary>How a search orders its hits.</summary>
public enum SearchSort { Published, Received, Relevance }

/// <param name="Query">What is asked for.</param>
/// <param name="Sort">The order.</param>
/// <param name="Limit">Hits of a page.</param>
/// <param name="Cursor">The page before.</param>
/// <param name="Summaries">Whether the hits come with their summaries.</param>
/// <param name="Facets">What is counted over the newest hits.</param>
/// <param name="AsOf">What was known then.</param>
/// <param name="Search">Hash of what was asked, which cursors carry.</param>
public sealed record SearchAsked(ArticleQuery Query, SearchSort Sort, int Limit, SearchCursor? Cursor, bool Summaries, IReadOnlyList<string> Facets, DateTimeOffset? AsOf, string Search);

/// <param name="Query">As it was bound.</param>
/// <param name="Hits">In their order.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
/// <param name="Total">How many there are, up to one more than <see cref="ArticleSearch.MaxCounted"/>.</param>
/// <param name="RankedOf">By relevance: how many of the newest hits were ranked.</param>
/// <param name="Facets">Counts, by facet.</param>
/// <param name="FacetsOf">How many of the newest hits they count.</param>
/// <param name="Past">Articles that were other then, as they were; with asOf.</param>
public sealed record SearchPage(
    BoundQuery Query, IReadOnlyList<SearchHit> Hits, string? Next, int Total, int? RankedOf,
    IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>? Facets, int? FacetsOf, IReadOnlyDictionary<Guid, ReadModels.Article>? Past);

/// <summary>A page of a search: its hits in order, how many there are, and what they are about.</summary>
public sealed class SearchPages(SearchIndex index, ArticleSearch search, Facets facets, PastArticles past, TimeProvider time)
{
    public async Task<SearchPage> FindAsync(SearchAsked asked, CancellationToken cancellation)
    {
        var query = await index.ResolveAsync(asked.Query, asked.Cursor?.Now ?? time.GetUtcNow(), cancellation);
        var order = asked.Sort == SearchSort.Received ? SearchOrder.Received : SearchOrder.Published;
        var then = asked.AsOf is { } moment ? await past.MatchingAsync(query, moment, cancellation) : null;

        var (hits, total, rankedOf, upTo) = asked.Sort == SearchSort.Relevance
            ? await RankedAsync(query, asked, cancellation)
            : await NewestAsync(query, order, asked, then, cancellation);
        // What has come in since the first page was counted may be where nothing was.
        var newest = asked.Facets.Count == 0 ? null
            : await search.NewestAsync(query, order, null, ArticleSearch.MaxCounted, ArticleSearch.Details.Labels, null, asked.Cursor is null ? total : null, cancellation);
        return new SearchPage(
            query, hits.Take(asked.Limit).Select(hit => hit.Hit).ToList(), hits.Count > asked.Limit ? Next(asked, query, total, hits[asked.Limit - 1], upTo) : null, total, rankedOf,
            newest is null ? null : await facets.CountAsync(asked.Facets, newest, cancellation), newest?.Count, then);
    }

    async Task<Ordered> NewestAsync(
        BoundQuery query, SearchOrder order, SearchAsked asked, IReadOnlyDictionary<Guid, ReadModels.Article>? then, CancellationToken cancellation)
    {
        var details = asked.Summaries ? ArticleSearch.Details.Summary : ArticleSearch.Details.None;
        SearchPosition? after = asked.Cursor is { } cursor ? new SearchPosition(cursor.At, cursor.Id) : null;
        var (hits, total) = after is null
            ? await search.FirstAsync(query, order, asked.Limit + 1, details, asked.AsOf, cancellation)
            : (await search.NewestAsync(query, order, after, asked.Limit + 1, details, asked.AsOf, null, cancellation), asked.Cursor!.Total);
        var others = then?.Values.Select(article => new SearchHit(article.Id, (order == SearchOrder.Published ? article.Dated : article.Received)!.Value))
            .Where(hit => after is not { } position || PostgresOrder.Follows(hit, position)) ?? [];
        return new Ordered(
            [.. hits.Concat(others).OrderByDescending(hit => hit, PostgresOrder.Instance).Take(asked.Limit + 1).Select(hit => new Scored(hit, 0))],
            after is null ? total + (then?.Count ?? 0) : total, null, null);
    }

    /// <summary>The newest hits, those first whose words fit best and that are not long ago.</summary>
    async Task<Ordered> RankedAsync(BoundQuery query, SearchAsked asked, CancellationToken cancellation)
    {
        var total = asked.Cursor?.Total ?? await search.CountAsync(query, null, cancellation);
        // What came in since the first page must not move the others.
        SearchPosition? before = asked.Cursor is { } last ? new SearchPosition(last.At, Guid.Empty) : null;
        var newest = await search.NewestAsync(query, SearchOrder.Published, before, Relevance.MaxRanked, ArticleSearch.Details.Rank, null, asked.Cursor is null ? total : null, cancellation);
        var ranked = newest.Select(hit => new Scored(hit, Relevance.Score(hit.Rank, query.Now - hit.At)))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Hit.Id);
        var page = asked.Cursor is { } cursor ? ranked.SkipWhile(hit => hit.Score > cursor.Score || hit.Score == cursor.Score && hit.Hit.Id.CompareTo(cursor.Id) <= 0) : ranked;
        // Up to and with this microsecond, the finest that PostgreSQL keeps.
        return new Ordered([.. page.Take(asked.Limit + 1)], total, newest.Count, before?.At ?? (newest.Count > 0 ? newest[0].At.AddMicroseconds(1) : query.Now));
    }

    static string Next(SearchAsked asked, BoundQuery query, int total, Scored last, DateTimeOffset? upTo) =>
        new SearchCursor(asked.Search, total, upTo ?? last.Hit.At, last.Score, query.Now, last.Hit.Id).Write();

    /// <summary>Hits of a page and the first of the next; <c>UpTo</c> is the time that ranked hits are not newer than.</summary>
    readonly record struct Ordered(IReadOnlyList<Scored> Hits, int Total, int? RankedOf, DateTimeOffset? UpTo);

    readonly record struct Scored(SearchHit Hit, double Score);
}

/// <summary>Relevance: how well the words fit, tempered by age.</summary>
public static class Relevance
{
    /// <summary>So many of the newest hits are ranked.</summary>
    public const int MaxRanked = 5_000;

    const double HalfLifeDays = 7, Least = 0.25;

    /// <param name="rank">Of the words, see <see cref="ArticleSearch"/>.</param>
    /// <param name="age">Halves three quarters of the score every seven days; a quarter stays, so that the one article that fits is not lost under yesterday's.</param>
    public static double Score(float rank, TimeSpan age) => rank * (Least + (1 - Least) * Math.Pow(2, -Math.Max(0, age.TotalDays) / HalfLifeDays));
}
