using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace Monitoring.ReadModels.Search;

/// <summary>
/// The partitions of the search table, each with the time its articles are from: a search by date begins with the newest and stops
/// where the others hold nothing newer. Dropping one removes its month from search, not from the journal.
/// </summary>
public static class SearchMonths
{
    public const string TableName = $"{ReadModelStore.Schema}.search_month";

    /// <summary>"month" in ASCII: two that miss the same partition make it one after the other.</summary>
    const long Lock = 0x6d6f6e7468;

    internal static void AddTable(StoreOptions options)
    {
        var months = new Table(TableName);
        months.AddColumn("filed_month", "date").AsPrimaryKey();
        foreach (var bound in new[] { "oldest_dated", "newest_dated", "oldest_received", "newest_received" }) months.AddColumn(bound, "timestamptz").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(months);
    }

    public static string Partition(DateOnly month) => $"{SearchTable.TableName}_{month:yyyy_MM}";

    /// <summary>
    /// A partition that is not attached yet. All but its narrow columns is kept beside its rows: with quotes among them, eight rows
    /// were on a page instead of forty, and whoever counts hits reads a page for almost each.
    /// </summary>
    public static string Create(DateOnly month) =>
        $"create table {Partition(month)} (like {SearchTable.TableName} including defaults including constraints including storage including compression) with (toast_tuple_target = 256)";

    /// <summary>
    /// Makes the partitions that are missing, in a transaction of its own and by attaching finished tables: to create one in place
    /// would lock out every reader of the search table.
    /// </summary>
    internal static async Task EnsureAsync(IDocumentOperations operations, DateOnly[] months, CancellationToken cancellation)
    {
        await using var connection = operations.Database.CreateConnection();
        await connection.OpenAsync(cancellation);
        await EnsureAsync(connection, months, cancellation);
    }

    public static async Task EnsureAsync(NpgsqlConnection connection, DateOnly[] months, CancellationToken cancellation)
    {
        if ((await MissingAsync(connection, months, cancellation)).Count == 0) return;
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var wait = new NpgsqlCommand($"select pg_advisory_xact_lock({Lock})", connection)) await wait.ExecuteNonQueryAsync(cancellation);
        foreach (var month in await MissingAsync(connection, months, cancellation))
        {
            await using var create = new NpgsqlCommand($"""
                {Create(month)};
                alter table {SearchTable.TableName} attach partition {Partition(month)} for values in ('{month:yyyy-MM-dd}')
                """, connection);
            await create.ExecuteNonQueryAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    static async Task<IReadOnlyList<DateOnly>> MissingAsync(NpgsqlConnection connection, DateOnly[] months, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select m from unnest($1::date[], $2::text[]) as w (m, name) where to_regclass(name) is null", connection);
        command.Parameters.Add(new() { Value = months });
        command.Parameters.Add(new() { Value = months.Select(Partition).ToArray() });
        var missing = new List<DateOnly>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) missing.Add(reader.GetFieldValue<DateOnly>(0));
        return missing;
    }

    /// <summary>Bounds only ever widen: too wide a bound costs a look, too narrow a one an article.</summary>
    internal const string Widen = $"""
        insert into {TableName} as m (filed_month, oldest_dated, newest_dated, oldest_received, newest_received)
        select month, min(dated), max(dated), min(received), max(received) from unnest(?::date[], ?::timestamptz[], ?::timestamptz[]) as r (month, dated, received)
        group by month
        on conflict (filed_month) do update set
            oldest_dated = least(m.oldest_dated, excluded.oldest_dated), newest_dated = greatest(m.newest_dated, excluded.newest_dated),
            oldest_received = least(m.oldest_received, excluded.oldest_received), newest_received = greatest(m.newest_received, excluded.newest_received)
        where (m.oldest_dated, m.newest_dated, m.oldest_received, m.newest_received) is distinct from
            (least(m.oldest_dated, excluded.oldest_dated), greatest(m.newest_dated, excluded.newest_dated),
             least(m.oldest_received, excluded.oldest_received), greatest(m.newest_received, excluded.newest_received))
        """;
}
