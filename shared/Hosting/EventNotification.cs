using JasperFx.Events.Daemon.HighWater;
using Marten;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Monitoring.Hosting;

/// <summary>
/// Wakes a store's daemon the moment an event is appended, by PostgreSQL's LISTEN and NOTIFY. Marten's own way
/// (PostgresqlListenWakeup, 9.58) throws away a notification that comes while the daemon is busy, so that the event waits for
/// the next poll, and it wakes all stores of a database for the events of one. This one forgets nothing, so polling is only
/// for the moments in which nobody listens (deploy/adr/0008).
/// </summary>
sealed class EventNotification(NpgsqlDataSource database, string schema, ILogger<EventNotification> log) : DocumentSessionListenerBase, IDaemonWakeup
{
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    readonly string channel = $"{schema}_events";
    readonly SemaphoreSlim signal = new(0, 1);
    readonly CancellationTokenSource ending = new();
    readonly Lock gate = new();
    Task? listening;

    // With the events' own transaction: told when it commits, and only then.
    public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
    {
        if (session.PendingChanges.Streams().Any()) session.QueueSqlCommand($"notify {channel}");
        return Task.CompletedTask;
    }

    public async Task WaitAsync(TimeSpan timeout, CancellationToken token)
    {
        lock (gate) listening ??= Task.Run(() => ListenAsync(ending.Token), CancellationToken.None);
        await signal.WaitAsync(timeout, token);
    }

    async Task ListenAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellation);
                connection.Notification += (_, _) => Wake();
                await using (var listen = new NpgsqlCommand($"listen {channel}", connection)) await listen.ExecuteNonQueryAsync(cancellation);
                // Whatever came while nobody listened.
                Wake();
                while (true) await connection.WaitAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                // The service stops, and its connections have gone before this.
                return;
            }
            catch (Exception fault)
            {
                log.LogWarning("Not listening for events, polling for them: {Reason}", fault.Message);
                await Task.Delay(Retry, CancellationToken.None);
            }
        }
    }

    void Wake()
    {
        lock (gate)
            if (signal.CurrentCount == 0) signal.Release();
    }

    public void Dispose() => ending.Cancel();
}
