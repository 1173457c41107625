using JasperFx.Events.Daemon;
using Marten;
using Monitoring.Hosting;
using Monitoring.ReadModels;
using Npgsql;

namespace Monitoring.Projection.Rebuild;

/// <param name="Status">idle, running, done or failed.</param>
/// <param name="Processed">Events of the journal read so far.</param>
/// <param name="Total">Events there are to read.</param>
/// <param name="StartedAt">When the last rebuild began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Error">Why it failed.</param>
public sealed record RebuildProgress(
    string Status, long Processed = 0, long Total = 0, DateTimeOffset? StartedAt = null, DateTimeOffset? FinishedAt = null, string? Error = null);

/// <summary>
/// Makes all read models anew from the journal. Articles go on coming in meanwhile; alerts about them wait until it is done,
/// because Marten lets a projection be rebuilt only while its coordinator pauses.
/// </summary>
public sealed class RebuildReadModels(IDocumentStore store, NpgsqlDataSource database, IProjectionCoordinator coordinator, TimeProvider time, ILogger<RebuildReadModels> log, IHostApplicationLifetime lifetime)
{
    const string Shard = $"{ReadModelStore.Projection}:All";
    static readonly TimeSpan Timeout = TimeSpan.FromHours(24);

    readonly Lock gate = new();
    RebuildProgress progress = new("idle");

    public void Start()
    {
        lock (gate)
        {
            if (progress.Status == "running") throw new ProblemException(409, "A rebuild is running already.");
            if (coordinator.DaemonForMainDatabase().StatusFor(Shard) != JasperFx.AgentStatus.Running)
                throw new ProblemException(409, "This instance is on standby. The active one has to rebuild; try again.");
            progress = new RebuildProgress("running", StartedAt: time.GetUtcNow());
        }
        _ = RunAsync(lifetime.ApplicationStopping);
    }

    async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            log.LogWarning("Rebuilding the read models from the journal");
            await coordinator.PauseAsync();
            try
            {
                await coordinator.DaemonForMainDatabase().RebuildProjectionAsync(ReadModelStore.Projection, Timeout, cancellation);
            }
            finally
            {
                // Marten keeps the agent of the rebuild, stopped, and its coordinator starts only what is not there.
                await coordinator.DaemonForMainDatabase().StopAgentAsync(Shard);
                await coordinator.ResumeAsync();
            }
            Finish("done", null);
            log.LogWarning("The read models are rebuilt");
        }
        catch (Exception exception)
        {
            log.LogError(exception, "The rebuild of the read models failed");
            Finish("failed", exception.Message);
        }
    }

    void Finish(string status, string? error)
    {
        lock (gate) progress = progress with { Status = status, FinishedAt = time.GetUtcNow(), Error = error };
    }

    public async Task<RebuildProgress> ProgressAsync(CancellationToken cancellation)
    {
        RebuildProgress current;
        lock (gate) current = progress;
        if (current.Status == "idle") return current;
        var states = await store.Advanced.AllProjectionProgress(token: cancellation);
        var total = await database.LastSequenceAsync(ReadModelStore.Schema, cancellation);
        var processed = states.FirstOrDefault(state => state.ShardName == Shard)?.Sequence ?? 0;
        return current with { Processed = processed, Total = total };
    }
}
