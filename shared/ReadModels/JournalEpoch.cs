using Marten;
using Weasel.Postgresql.Tables;

namespace Monitoring.ReadModels;

/// <summary>
/// Tells one life of the journal from another, so that a place in it that was handed out before a restore is not taken for one
/// after it: the numbers of the events that a restore lost are given out again, to others.
/// </summary>
public static class JournalEpoch
{
    public const string TableName = $"{ReadModelStore.Schema}.journal_epoch";

    public static void AddTable(StoreOptions options)
    {
        var table = new Table(TableName);
        table.AddColumn<int>("id").AsPrimaryKey();
        table.AddColumn<Guid>("epoch").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <summary>Projection's, at its start: once for ever.</summary>
    public const string Insert = $"insert into {TableName} (id, epoch) values (1, gen_random_uuid()) on conflict do nothing";

    /// <summary>
    /// SQL, a query of one text; of no row before Projection's first start. A server made anew has another system identifier; one
    /// that went back to a point in time, or took over from a primary, another timeline; a dump read back has other table numbers.
    /// What comes back as the disk was shows in none of them: there the row is deleted (see the runbook).
    /// </summary>
    public const string Select = $"""
        select left(encode(sha256(convert_to(concat_ws(' ', e.epoch, s.system_identifier, c.timeline_id, '{ReadModelStore.Schema}.mt_events'::regclass::oid), 'UTF8')), 'hex'), 16)
        from {TableName} e, pg_control_system() s, pg_control_checkpoint() c
        """;
}
