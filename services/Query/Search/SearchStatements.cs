using Monitoring.ReadModels;
using Monitoring.ReadModels.Search;
using Npgsql;

namespace Monitoring.Query.Search;

/// <summary>What PostgreSQL is asked. Each statement answers id, time, labels, rank, summary and, where it counts, the total.</summary>
static class SearchStatements
{
    /// <summary>The newest hits and how many there are, up to one more than are counted.</summary>
    public static string First(BoundQuery query, SearchOrder order, int limit, ArticleSearch.Details details, DateTimeOffset? asOf, NpgsqlParameterCollection parameters)
    {
        // Partition by partition: as one condition over all of them, the same took twice as long (6.4 ms, 3.1 ms with = for each).
        var condition = Condition(query, asOf, parameters);
        var hits = query.Months.OrderByDescending(month => month.Newest(order)).Select(month =>
            $"(select s.article_id, s.{At(order)} as at, s.summary from {SearchTable.TableName} s where s.filed_month = {Literal(month)} and {condition})");
        return $"""
            with hits as materialized (select * from ({string.Join(" union all ", hits)}) h limit {ArticleSearch.MaxCounted + 1})
            select article_id, at, null::int[], 0::real, {(details.HasFlag(ArticleSearch.Details.Summary) ? "summary" : "null")}, (select count(*)::int from hits) from hits
            order by at desc, article_id desc limit {Parameter(parameters, limit)}
            """;
    }

    /// <summary>The statement that finds the newest hits in some partitions.</summary>
    public static string Newest(
        BoundQuery query, IEnumerable<SearchMonth> months, SearchOrder order, SearchPosition? after, int limit, ArticleSearch.Details details, DateTimeOffset? asOf, NpgsqlParameterCollection parameters)
    {
        var where = Where(query, months, asOf, parameters);
        if (after is { } position) where += $" and (s.{At(order)}, s.article_id) < ({Parameter(parameters, position.At)}, {Parameter(parameters, position.Id)})";
        // Rank weighs title, authors and body 1 : 0.4 : 0.1 and tempers with the length of the text (1): ts_rank, PostgreSQL 12.3.3.
        var rank = details.HasFlag(ArticleSearch.Details.Rank) && SearchCondition.Ranked(query.Bound) is { } words
            ? $"ts_rank('{{0.1, 0.1, 0.4, 1}}', p.text, {Parameter(parameters, words)}::tsquery, 1)" : "0::real";
        // offset 0 keeps the planner from walking the dates of a partition and reading the words of each article that it passes: with
        // one hit in eighty that took 61 ms instead of 8.
        return $"""
            select p.article_id, p.at, {(details.HasFlag(ArticleSearch.Details.Labels) ? "p.labels" : "null::int[]")}, {rank}, {(details.HasFlag(ArticleSearch.Details.Summary) ? "p.summary" : "null")}, 0
            from (select h.article_id, h.at, h.labels, h.text, h.summary
                  from (select s.article_id, s.{At(order)} as at, s.labels, s.text, s.summary from {SearchTable.TableName} s where {where}{(SearchCondition.IsSelective(query.Bound) ? " offset 0" : "")}) h
                  order by h.at desc, h.article_id desc limit {Parameter(parameters, limit)}) p
            order by p.at desc, p.article_id desc
            """;
    }

    /// <summary>How many there are, up to one more than are counted.</summary>
    public static string Count(BoundQuery query, DateTimeOffset? asOf, NpgsqlParameterCollection parameters) =>
        $"select count(*)::int from (select 1 from {SearchTable.TableName} s where {Where(query, query.Months, asOf, parameters)} limit {ArticleSearch.MaxCounted + 1}) counted";

    static string Where(BoundQuery query, IEnumerable<SearchMonth> months, DateTimeOffset? asOf, NpgsqlParameterCollection parameters)
    {
        var named = string.Join(", ", months.Select(Literal));
        return named.Length == 0 ? "false" : $"s.filed_month in ({named}) and {Condition(query, asOf, parameters)}";
    }

    static string Condition(BoundQuery query, DateTimeOffset? asOf, NpgsqlParameterCollection parameters) =>
        new SearchCondition(query.Codes, value => Parameter(parameters, value)).Sql(query.Bound) + (asOf is { } then
            ? $" and exists (select from {ReadModelStore.Schema}.article_heads a where a.article_id = s.article_id and a.changed_at <= {Parameter(parameters, then)})" : "");

    static string Literal(SearchMonth month) => $"'{month.Month:yyyy-MM-dd}'";

    static string At(SearchOrder order) => order == SearchOrder.Published ? "dated" : "received";

    static string Parameter(NpgsqlParameterCollection parameters, object value)
    {
        parameters.Add(new NpgsqlParameter { Value = value });
        return $"${parameters.Count}";
    }
}
