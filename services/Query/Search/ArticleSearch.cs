using Monitoring.ReadModels;
using Monitoring.ReadModels.Search;
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
public readonly record struct SearchHit(Guid Id, DateTimeOffset At, int[]? Labels = null, float Rank = 0);

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
    public enum Details { None, Labels = 1, Rank = 2 }

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
        var months = query.Months.Where(month => after is null || Oldest(month, order) <= after.Value.At).OrderByDescending(month => Newest(month, order)).ToList();
        var hits = new List<SearchHit>();
        for (int begin = 0, count = total <= Few ? months.Count : 1; begin < months.Count; begin += count, count = Math.Min(2 * count, MostAtOnce))
        {
            if (hits.Count >= limit && hits[limit - 1].At > Newest(months[begin], order)) break;
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
        command.CommandText = Newest(query, months, order, after, limit, details, asOf, command.Parameters);
        if (IsUsual(query.Bound)) await command.PrepareAsync(cancellation);
        var hits = new List<SearchHit>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            hits.Add(new SearchHit(
                reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1),
                details.HasFlag(Details.Labels) ? reader.GetFieldValue<int[]>(2) : null, details.HasFlag(Details.Rank) ? reader.GetFloat(3) : 0));
        return hits;
    }

    /// <summary>The statement that finds the newest hits in some partitions.</summary>
    public static string Newest(
        BoundQuery query, IEnumerable<SearchMonth> months, SearchOrder order, SearchPosition? after, int limit, Details details, DateTimeOffset? asOf, NpgsqlParameterCollection parameters)
    {
        var at = order == SearchOrder.Published ? "dated" : "received";
        var where = Where(query, months, asOf, parameters);
        if (after is { } position) where += $" and (s.{at}, s.article_id) < ({Parameter(parameters, position.At)}, {Parameter(parameters, position.Id)})";
        // Rank weighs title, authors and body 1 : 0.4 : 0.1 and tempers with the length of the text (1): ts_rank, PostgreSQL 12.3.3.
        var rank = details.HasFlag(Details.Rank) && SearchCondition.Ranked(query.Bound) is { } words
            ? $"ts_rank('{{0.1, 0.1, 0.4, 1}}', p.text, {Parameter(parameters, words)}::tsquery, 1)" : "0::real";
        // offset 0 keeps the planner from walking the dates of a partition and reading the words of each article that it passes: with
        // one hit in eighty that took 61 ms instead of 8.
        return $"""
            select p.article_id, p.at, {(details.HasFlag(Details.Labels) ? "p.labels" : "null::int[]")}, {rank}
            from (select h.article_id, h.at, h.labels, h.text
                  from (select s.article_id, s.{at} as at, s.labels, s.text from {SearchTable.TableName} s where {where}{(SearchCondition.IsSelective(query.Bound) ? " offset 0" : "")}) h
                  order by h.at desc, h.article_id desc limit {Parameter(parameters, limit)}) p
            order by p.at desc, p.article_id desc
            """;
    }

    /// <summary>How many there are, up to one more than <see cref="MaxCounted"/>.</summary>
    public async Task<int> CountAsync(BoundQuery query, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select count(*)::int from (select 1 from {SearchTable.TableName} s where {Where(query, query.Months, asOf, command.Parameters)} limit {MaxCounted + 1}) counted";
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

    static string Where(BoundQuery query, IEnumerable<SearchMonth> months, DateTimeOffset? asOf, NpgsqlParameterCollection parameters)
    {
        var named = string.Join(", ", months.Select(month => $"'{month.Month:yyyy-MM-dd}'"));
        var condition = new SearchCondition(query.Codes, value => Parameter(parameters, value)).Sql(query.Bound);
        return named.Length == 0 ? "false" : $"s.filed_month in ({named}) and {condition}" + (asOf is { } then
            ? $" and exists (select from {ReadModelStore.Schema}.article_heads a where a.article_id = s.article_id and a.changed_at <= {Parameter(parameters, then)})" : "");
    }

    static string Parameter(NpgsqlParameterCollection parameters, object value)
    {
        parameters.Add(new NpgsqlParameter { Value = value });
        return $"${parameters.Count}";
    }

    static DateTimeOffset Newest(SearchMonth month, SearchOrder order) => order == SearchOrder.Published ? month.NewestDated : month.NewestReceived;
    static DateTimeOffset Oldest(SearchMonth month, SearchOrder order) => order == SearchOrder.Published ? month.OldestDated : month.OldestReceived;
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
