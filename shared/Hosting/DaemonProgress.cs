using System.Diagnostics.Metrics;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Monitoring.Hosting;

/// <summary>
/// How far each projection and outbox of this service's store is behind its events, as a gauge and as a health check.
/// Marten's own check looks at projections only and calls a dead high-water agent healthy (marten#4961).
/// </summary>
sealed class DaemonProgress(IDocumentStore store, StoreOptions options, NpgsqlDataSource database, TimeProvider time, ILogger<DaemonProgress> log) : BackgroundService, IHealthCheck
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Behind and not moving for as long: something is wrong.</summary>
    static readonly TimeSpan Stuck = TimeSpan.FromSeconds(30);

    sealed record Shard(long Sequence, long Lag, DateTimeOffset MovedAt);

    readonly Dictionary<string, Shard> shards = [];
    readonly Lock gate = new();
    int deadLetters;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Telemetry.Meter.CreateObservableGauge("monitoring.daemon.lag", Lags, "{event}", "Events a projection or outbox has not handled yet.");
        Telemetry.Meter.CreateObservableGauge("monitoring.daemon.dead_letters", () => deadLetters, "{event}", "Events set aside because they could not be applied.");

        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception exception) when (Transient.Is(exception))
            {
                log.LogWarning("The progress of the daemon could not be read: {Reason}", exception.Message);
            }
        }
    }

    async Task ReadAsync(CancellationToken cancellation)
    {
        var last = await database.LastSequenceAsync(options.DatabaseSchemaName, cancellation);
        var progress = await store.Advanced.AllProjectionProgress(token: cancellation);
        await using var session = store.QuerySession();
        deadLetters = await session.Query<DeadLetterEvent>().CountAsync(cancellation);
        lock (gate)
        {
            // One that never came to write its progress counts too, and so does the high-water mark, which all others follow.
            foreach (var name in options.Projections.AllShards().Select(shard => shard.Name.Identity).Append(ShardState.HighWaterMark))
            {
                var sequence = progress.FirstOrDefault(state => state.ShardName == name)?.Sequence ?? 0;
                var moved = !shards.TryGetValue(name, out var before) || before.Sequence != sequence || sequence >= last;
                shards[name] = new Shard(sequence, Math.Max(0, last - sequence), moved ? time.GetUtcNow() : before!.MovedAt);
            }
        }
    }

    IEnumerable<Measurement<long>> Lags()
    {
        lock (gate)
            return [.. shards.Select(shard => new Measurement<long>(shard.Value.Lag, new KeyValuePair<string, object?>("shard", shard.Key)))];
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            var data = shards.ToDictionary(shard => shard.Key, shard => (object)shard.Value.Lag);
            data["deadLetters"] = deadLetters;
            var stuck = shards.Where(shard => shard.Value.Lag > 0 && time.GetUtcNow() - shard.Value.MovedAt > Stuck).Select(shard => shard.Key).ToList();
            return Task.FromResult(
                stuck.Count > 0 ? HealthCheckResult.Degraded($"Behind and not moving: {string.Join(", ", stuck)}.", data: data)
                : deadLetters > 0 ? HealthCheckResult.Degraded($"{deadLetters} events could not be applied and were set aside.", data: data)
                : HealthCheckResult.Healthy(data: data));
        }
    }
}
