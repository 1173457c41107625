using Marten;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

namespace Monitoring.Alerts.Delivery;

/// <param name="AlertId">The alert to deliver.</param>
/// <param name="SubscriptionId">To whom.</param>
/// <param name="Attempts">Made so far.</param>
/// <param name="TraceParent">The trace the alert belongs to.</param>
public sealed record DueDelivery(Guid AlertId, Guid SubscriptionId, int Attempts, string? TraceParent);

/// <summary>
/// What is still to be delivered, as a work queue in PostgreSQL (FOR UPDATE SKIP LOCKED). A delivery is leased for a moment: a
/// process that dies loses its lease, and another delivers again, under the same webhook-id.
/// </summary>
public sealed class DeliveryQueue(NpgsqlDataSource database) : IDisposable
{
    /// <summary>Longer than a delivery takes at most (<see cref="WebhookSender.Timeout"/>).</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>A slow receiver holds up its own alerts, not those of others.</summary>
    const int MaxPerSubscription = 8;

    readonly SemaphoreSlim more = new(0);

    public static void AddTables(StoreOptions options)
    {
        var deliveries = new Table("alerts.deliveries");
        deliveries.AddColumn<Guid>("alert_id").AsPrimaryKey();
        deliveries.AddColumn<Guid>("subscription_id").NotNull();
        deliveries.AddColumn("due_at", "timestamptz").NotNull();
        deliveries.AddColumn<int>("attempts").NotNull();
        deliveries.AddColumn("leased_until", "timestamptz");
        deliveries.AddColumn("traceparent", "text");
        deliveries.Indexes.Add(new IndexDefinition("deliveries_by_due") { Columns = ["due_at"] });
        deliveries.Indexes.Add(new IndexDefinition("deliveries_by_subscription") { Columns = ["subscription_id", "leased_until"] });
        options.Storage.ExtendedSchemaObjects.Add(deliveries);
    }

    /// <summary>In the transaction that raises the alerts; then <see cref="Wake"/>.</summary>
    public static async Task AddAsync(
        NpgsqlConnection connection, IReadOnlyList<(Guid AlertId, Guid SubscriptionId, string? TraceParent)> deliveries, DateTimeOffset dueAt, CancellationToken cancellation)
    {
        if (deliveries.Count == 0) return;
        await using var command = new NpgsqlCommand("""
            insert into alerts.deliveries (alert_id, subscription_id, due_at, attempts, traceparent)
            select alert_id, subscription_id, $4, 0, traceparent from unnest($1, $2, $3) as d (alert_id, subscription_id, traceparent)
            on conflict do nothing
            """, connection);
        command.Parameters.Add(new() { Value = deliveries.Select(delivery => delivery.AlertId).ToArray() });
        command.Parameters.Add(new() { Value = deliveries.Select(delivery => delivery.SubscriptionId).ToArray() });
        command.Parameters.Add(new() { Value = deliveries.Select(delivery => delivery.TraceParent).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = dueAt });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public void Wake()
    {
        if (more.CurrentCount == 0) more.Release();
    }

    /// <summary>Until <see cref="Wake"/>, or a second: deliveries fall due by themselves, and other processes raise alerts too.</summary>
    public Task WaitAsync(CancellationToken cancellation) => more.WaitAsync(TimeSpan.FromSeconds(1), cancellation);

    public async Task<IReadOnlyList<DueDelivery>> LeaseAsync(int limit, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            with turn as (
                select d.alert_id, row_number() over (partition by d.subscription_id order by d.due_at, d.alert_id)
                    + (select count(*) from alerts.deliveries l where l.subscription_id = d.subscription_id and l.leased_until > $1) as place
                from alerts.deliveries d
                where d.due_at <= $1 and (d.leased_until is null or d.leased_until <= $1))
            update alerts.deliveries set leased_until = $1 + $2
            where alert_id in (
                select d.alert_id from alerts.deliveries d join turn t on t.alert_id = d.alert_id
                where t.place <= $3 and (d.leased_until is null or d.leased_until <= $1)
                order by d.due_at limit $4 for update of d skip locked)
            returning alert_id, subscription_id, attempts, traceparent
            """);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = Lease });
        command.Parameters.Add(new() { Value = MaxPerSubscription });
        command.Parameters.Add(new() { Value = limit });
        var due = new List<DueDelivery>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            due.Add(new DueDelivery(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        return due;
    }

    /// <summary>Together with the event that says what came of the attempt: done or given up when nothing is due any more.</summary>
    public static void Settle(IDocumentSession session, DueDelivery delivery, DateTimeOffset? nextAttemptAt)
    {
        if (nextAttemptAt is { } next)
            session.QueueSqlCommand("update alerts.deliveries set attempts = ?, due_at = ?, leased_until = null where alert_id = ?", delivery.Attempts + 1, next, delivery.AlertId);
        else
            session.QueueSqlCommand("delete from alerts.deliveries where alert_id = ?", delivery.AlertId);
    }

    public void Dispose() => more.Dispose();
}
