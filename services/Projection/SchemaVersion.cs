using Monitoring.ReadModels;
using Npgsql;

namespace Monitoring.Projection;

/// <summary>
/// Says, once the migrations are done, which version of the read models stands in the database (Query waits for its own) and, the
/// first time, which journal this is.
/// </summary>
public sealed class SchemaVersion(NpgsqlDataSource database) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            insert into {ReadModelStore.Schema}.schema_version (id, version) values (1, {ReadModelStore.Version})
            on conflict (id) do update set version = excluded.version;
            {JournalEpoch.Insert}
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
