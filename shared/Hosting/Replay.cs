using JasperFx;
using JasperFx.Events.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Monitoring.Hosting;

/// <param name="Since">From when on messages are sent again.</param>
/// <param name="Events">How many events have happened since.</param>
public sealed record ReplayAnswer(DateTimeOffset Since, long Events);

/// <summary>
/// <c>POST /api/replay/{what}?since=</c>: sends what an outbox has published since a moment to the broker again, for messages
/// that a lost broker disk took with it after it had confirmed them. What had arrived is recognised and counted once.
/// </summary>
public static class Replay
{
    /// <param name="app">The service.</param>
    /// <param name="what">What its outbox publishes.</param>
    /// <param name="outbox">Name of the outbox.</param>
    /// <param name="schema">Schema of the service's event store.</param>
    public static void MapReplay(this IEndpointRouteBuilder app, string what, string outbox, string schema) => app
        .MapPost($"/api/replay/{what}", (DateTimeOffset since, NpgsqlDataSource database, IProjectionCoordinator coordinator, ILoggerFactory logs, CancellationToken cancellation) =>
            ReplayAsync(since, outbox, schema, database, coordinator.DaemonForMainDatabase(), logs.CreateLogger(typeof(Replay)), cancellation))
        .RequireAuthorization(Scopes.Admin)
        .WithTags("Operation").WithName($"replay-{what}")
        .WithSummary($"Send {what} to the broker again, from a moment on")
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<ReplayAnswer> ReplayAsync(
        DateTimeOffset since, string outbox, string schema, NpgsqlDataSource database, IProjectionDaemon daemon, ILogger log, CancellationToken cancellation)
    {
        if (daemon.StatusFor($"{outbox}:All") != AgentStatus.Running)
            throw new ProblemException(409, "This instance is on standby. The active one has to replay; try again.");
        await using var command = database.CreateCommand($"select count(*), coalesce(min(seq_id), 0) from {schema}.mt_events where timestamp >= $1");
        command.Parameters.Add(new() { Value = since.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (events, first) = (reader.GetInt64(0), reader.GetInt64(1));
        log.LogWarning("Replaying {Outbox}, {Events} events since {Since}", outbox, events, since);
        // By sequence and from the one before: Marten's own rewind to a moment leaves out the first event since then.
        if (events > 0) await daemon.RewindSubscriptionAsync(outbox, cancellation, sequenceFloor: first - 1);
        return new ReplayAnswer(since, events);
    }
}
