using Monitoring.Contracts;
using Monitoring.QueryLanguage;
using Monitoring.ReadModels.Search;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;
using ArticleQuery = Monitoring.QueryLanguage.Query;

namespace Monitoring.Query.Search;

/// <summary>A partition of the search table and the time its articles are from.</summary>
public sealed record SearchMonth(DateOnly Month, DateTimeOffset OldestDated, DateTimeOffset NewestDated, DateTimeOffset OldestReceived, DateTimeOffset NewestReceived)
{
    public DateTimeOffset Oldest(SearchOrder order) => order == SearchOrder.Published ? OldestDated : OldestReceived;
    public DateTimeOffset Newest(SearchOrder order) => order == SearchOrder.Published ? NewestDated : NewestReceived;
}

/// <summary>A query with all that it needs to be asked of the search table.</summary>
/// <param name="Asked">As it was asked.</param>
/// <param name="Bound">Its names bound to ids, its moments to instants.</param>
/// <param name="Codes">Numbers of its labels.</param>
/// <param name="Months">Partitions that may hold what it asks for.</param>
/// <param name="Now">What <c>now</c> means in it.</param>
public sealed record BoundQuery(ArticleQuery Asked, ArticleQuery Bound, IReadOnlyDictionary<string, int> Codes, IReadOnlyList<SearchMonth> Months, DateTimeOffset Now);

/// <summary>Binds queries to what the read models know: names to ids, ids to numbers, times to partitions.</summary>
public sealed class SearchIndex(NpgsqlDataSource database)
{
    /// <param name="query">As parsed.</param>
    /// <param name="now">What <c>now</c> means.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<BoundQuery> ResolveAsync(ArticleQuery query, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var (months, names) = await MonthsAndNamesAsync(connection, QueryNames.Of(query), cancellation);
        var bound = query.Bind((field, folded) => names[(field, folded)], now);
        return new BoundQuery(query, bound, await CodesAsync(connection, [.. SearchCondition.Labels(bound).Distinct()], cancellation), [.. months.Where(month => MayHold(bound, month))], now);
    }

    static async Task<(List<SearchMonth> Months, ILookup<(NameField Field, string Folded), string> Ids)> MonthsAndNamesAsync(
        NpgsqlConnection connection, IReadOnlyCollection<(NameField Field, string Folded)> names, CancellationToken cancellation)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new($"select filed_month, oldest_dated, newest_dated, oldest_received, newest_received from {SearchMonths.TableName}"));
        foreach (var (field, folded) in names)
            batch.BatchCommands.Add(new($"select id from {Schema}.{Kind(field)}_name where folded = $1") { Parameters = { new() { Value = folded } } });
        var months = new List<SearchMonth>();
        var ids = new List<((NameField Field, string Folded) Name, string Id)>();
        await batch.PrepareAsync(cancellation);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            months.Add(new SearchMonth(
                reader.GetFieldValue<DateOnly>(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<DateTimeOffset>(4)));
        foreach (var name in names)
        {
            await reader.NextResultAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) ids.Add((name, reader.GetString(0)));
        }
        return (months, ids.ToLookup(entry => entry.Name, entry => entry.Id));
    }

    // Who is cited may be an entity known by other names, too.
    static string Kind(NameField field) => field switch { NameField.Topic => "topic", NameField.Source => "source", _ => "entity" };

    static async Task<IReadOnlyDictionary<string, int>> CodesAsync(NpgsqlConnection connection, string[] labels, CancellationToken cancellation)
    {
        var codes = new Dictionary<string, int>();
        if (labels.Length == 0) return codes;
        await using var command = new NpgsqlCommand($"select name, code from {SearchLabels.TableName} where name = any ($1)", connection) { Parameters = { new() { Value = labels } } };
        await command.PrepareAsync(cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) codes.Add(reader.GetString(0), reader.GetInt32(1));
        return codes;
    }

    /// <summary>Of what must hold as a whole, times decide about partitions. What is published is dated by it.</summary>
    static bool MayHold(ArticleQuery bound, SearchMonth month) => bound switch
    {
        ArticleQuery.And and => and.Clauses.All(clause => MayHold(clause, month)),
        ArticleQuery.Between { Field: TimeField.Published } time => !(time.From > month.NewestDated) && !(time.To <= month.OldestDated),
        ArticleQuery.Between { Field: TimeField.Received } time => !(time.From > month.NewestReceived) && !(time.To <= month.OldestReceived),
        _ => true,
    };
}
