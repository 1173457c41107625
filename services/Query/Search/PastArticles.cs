using Monitoring.Hosting;
using Monitoring.QueryLanguage;
using Monitoring.ReadModels;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Search;

/// <summary>
/// What a search would have found at an earlier moment. Articles to which nothing has happened since are as they are now; those that
/// were known and have changed since are made anew from the journal and asked one by one, which is why there may not be too many.
/// </summary>
public sealed class PastArticles(NpgsqlDataSource database)
{
    /// <summary>So many articles are made anew for one search.</summary>
    public const int MaxCandidates = 1_000;

    /// <param name="query">What is asked for.</param>
    /// <param name="then">The moment.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Those that have changed since and matched then, as they were.</returns>
    /// <exception cref="ProblemException">422: more than <see cref="MaxCandidates"/> articles have changed since.</exception>
    public async Task<IReadOnlyDictionary<Guid, Article>> MatchingAsync(BoundQuery query, DateTimeOffset then, CancellationToken cancellation) =>
        (await ChangedSinceAsync(then, cancellation)).Where(article => Matcher.Matches(query.Bound, IndexedArticle.Of(article.ToSearchable()))).ToDictionary(article => article.Id);

    /// <param name="then">The moment.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>All that were known then and have changed since, as they were.</returns>
    /// <exception cref="ProblemException">422: more than <see cref="MaxCandidates"/>.</exception>
    public async Task<IReadOnlyList<Article>> ChangedSinceAsync(DateTimeOffset then, CancellationToken cancellation)
    {
        var changed = await ChangedAsync(then, cancellation);
        if (changed.Count > MaxCandidates)
            throw new ProblemException(422, $"More than {MaxCandidates} articles that were known at {then:O} have changed since. Ask for a later moment, or for single articles: GET /api/articles/{{id}}?asOf=.", "asOf");
        return [.. (await AsOfAsync([.. changed], then, cancellation)).Where(article => article is { Withdrawn: false, Revision: > 0 })];
    }

    async Task<List<Guid>> ChangedAsync(DateTimeOffset then, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select article_id from {Schema}.article_heads
            where changed_at > $1 and first_at <= $1 and not (withdrawn_revision > 0 and revision <= withdrawn_revision) limit {MaxCandidates + 1}
            """);
        command.Parameters.Add(new() { Value = then });
        var changed = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) changed.Add(reader.GetGuid(0));
        return changed;
    }

    /// <summary>
    /// Articles as they were known, without what is withdrawn by now. Withdrawals come first, whenever they happened: with them the
    /// past says no more than the present may. Which facts there are decides what an article says and not their order, so one pass
    /// over the rows does it, a revision's text at a time.
    /// </summary>
    /// <param name="articles">Known at that moment.</param>
    /// <param name="then">The moment.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<Article>> AsOfAsync(Guid[] articles, DateTimeOffset then, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select stream_id, type, data::text from {Schema}.mt_events
            where stream_id = any ($1) and (timestamp <= $2 or type = 'article_withdrawn') order by stream_id, type <> 'article_withdrawn', version
            """);
        command.Parameters.Add(new() { Value = articles });
        command.Parameters.Add(new() { Value = then });
        var past = new Dictionary<Guid, Article>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetGuid(0);
            past[id] = Article.After(past.GetValueOrDefault(id), id, JournalEvents.Read(reader.GetString(1), reader.GetFieldValue<byte[]>(2), Json.Options));
        }
        return [.. past.Values];
    }
}
