using Npgsql;
using ArticleQuery = Monitoring.QueryLanguage.Query;

namespace Monitoring.Query.Search;

/// <summary>What a list is ordered by, newest first.</summary>
public enum SearchOrder
{
    /// <summary>When it was published, else received.</summary>
    Published,

    /// <summary>When it first came in.</summary>
    Received,
}

/// <param name="Id">The article.</param>
/// <param name="At">The time it is ordered by.</param>
/// <param name="Labels">Numbers of its labels, where they were asked for.</param>
/// <param name="Rank">How well its words fit, where that was asked for.</param>
/// <param name="Summary">Its JSON without the body, where that was asked for.</param>
public readonly record struct SearchHit(Guid Id, DateTimeOffset At, int[]? Labels = null, float Rank = 0, byte[]? Summary = null);

/// <summary>Where a page begins: after this hit.</summary>
public readonly record struct SearchPosition(DateTimeOffset At, Guid Id);

/// <summary>
/// The newest articles that meet a query. Walks the partitions from the newest on, one, two, four … at a time, and stops as soon
/// as the others hold nothing newer than what it has.
/// </summary>
public sealed class ArticleSearch(NpgsqlDataSource database)
{
    /// <summary>Beyond that many, totals are not exact.</summary>
    public const int MaxCounted = 10_000;

    const int MostAtOnce = 16;

    /// <summary>So few hits are looked for in all partitions at once: none of them holds a page.</summary>
    const int Few = 1_000;

    /// <summary>What is read of a hit beside its id and time.</summary>
    [Flags]
    public enum Details { None, Labels = 1, Rank = 2, Summary = 4 }

    /// <param name="query">What is asked for.</param>
    /// <param name="order">Newest first by this time.</param>
    /// <param name="after">Only what follows it in that order.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="details">What is read of each.</param>
    /// <param name="asOf">Only articles to which nothing has happened since.</param>
    /// <param name="total">How many there are, where that is known.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<SearchHit>> NewestAsync(
        BoundQuery query, SearchOrder order, SearchPosition? after, int limit, Details details, DateTimeOffset? asOf, int? total, CancellationToken cancellation)
    {
        if (total == 0) return [];
        var months = query.Months.Where(month => after is null || month.Oldest(order) <= after.Value.At).OrderByDescending(month => month.Newest(order)).ToList();
        var hits = new List<SearchHit>();
        for (int begin = 0, count = total <= Few ? months.Count : 1; begin < months.Count; begin += count, count = Math.Min(2 * count, MostAtOnce))
        {
            if (hits.Count >= limit && hits[limit - 1].At > months[begin].Newest(order)) break;
            var more = await ReadAsync(query, months.Skip(begin).Take(count), order, after, limit, details, asOf, cancellation);
            hits = hits.Count == 0 ? more : [.. hits.Concat(more).OrderByDescending(hit => hit, PostgresOrder.Instance).Take(limit)];
        }
        return hits;
    }

    async Task<List<SearchHit>> ReadAsync(
        BoundQuery query, IEnumerable<SearchMonth> months, SearchOrder order, SearchPosition? after, int limit, Details details, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = SearchStatements.Newest(query, months, order, after, limit, details, asOf, command.Parameters);
        return (await ReadAsync(command, query, details, cancellation)).Hits;
    }

    static async Task<(List<SearchHit> Hits, int Total)> ReadAsync(NpgsqlCommand command, BoundQuery query, Details details, CancellationToken cancellation)
    {
        if (IsUsual(query.Bound)) await command.PrepareAsync(cancellation);
        var (hits, total) = (new List<SearchHit>(), 0);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            hits.Add(new SearchHit(
                reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1),
                details.HasFlag(Details.Labels) ? reader.GetFieldValue<int[]>(2) : null, details.HasFlag(Details.Rank) ? reader.GetFloat(3) : 0,
                details.HasFlag(Details.Summary) ? reader.GetFieldValue<byte[]>(4) : null));
            total = reader.GetInt32(5);
        }
        return (hits, total);
    }

    /// <summary>
    /// The newest hits and how many there are, up to one more than <see cref="MaxCounted"/>: whoever counts them has them all in hand,
    /// so that one statement does both.
    /// </summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="order">Newest first by this time.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="details">What is read of each: nothing, or its summary.</param>
    /// <param name="asOf">Only articles to which nothing has happened since.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<(IReadOnlyList<SearchHit> Hits, int Total)> FirstAsync(
        BoundQuery query, SearchOrder order, int limit, Details details, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        if (query.Months.Count == 0) return ([], 0);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = SearchStatements.First(query, order, limit, details, asOf, command.Parameters);
        var (hits, total) = await ReadAsync(command, query, details, cancellation);
        // Beyond that it did not see all of them.
        return (total <= MaxCounted ? hits : await NewestAsync(query, order, null, limit, details, asOf, total, cancellation), total);
    }

    /// <summary>How many there are, up to one more than <see cref="MaxCounted"/>.</summary>
    public async Task<int> CountAsync(BoundQuery query, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = SearchStatements.Count(query, asOf, command.Parameters);
        if (IsUsual(query.Bound)) await command.PrepareAsync(cancellation);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>
    /// Asked in the same words again and again, so that its statements are worth keeping: a connection keeps every prepared one, and
    /// queries of all shapes would fill it.
    /// </summary>
    static bool IsUsual(ArticleQuery bound) => bound switch
    {
        ArticleQuery.Labelled or ArticleQuery.Language or ArticleQuery.All => true,
        ArticleQuery.Text text => text is not { Within: not null, Patterns.Count: > 2 },
        ArticleQuery.And and => and.Clauses.Count <= 4 && and.Clauses.All(clause => clause is ArticleQuery.Labelled or ArticleQuery.Language || clause is ArticleQuery.Text && IsUsual(clause)),
        _ => false,
    };
}

/// <summary>Hits in PostgreSQL's order: by time, then by id byte by byte (Guid's own order is another).</summary>
sealed class PostgresOrder : IComparer<SearchHit>
{
    public static readonly PostgresOrder Instance = new();

    public static bool Follows(SearchHit hit, SearchPosition position) => Instance.Compare(hit, new SearchHit(position.Id, position.At)) < 0;

    public int Compare(SearchHit x, SearchHit y)
    {
        if (x.At != y.At) return x.At.CompareTo(y.At);
        Span<byte> left = stackalloc byte[16], right = stackalloc byte[16];
        x.Id.TryWriteBytes(left, bigEndian: true, out _);
        y.Id.TryWriteBytes(right, bigEndian: true, out _);
        return left.SequenceCompareTo(right);
    }
}
