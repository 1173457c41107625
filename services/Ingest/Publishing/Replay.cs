using JasperFx.Events.Daemon;
using Marten;
using Monitoring.Hosting;

namespace Monitoring.Ingest.Publishing;

/// <param name="Since">From when on articles are sent again.</param>
/// <param name="Events">How many events that are, about.</param>
public sealed record ReplayAnswer(DateTimeOffset Since, long Events);

/// <summary>
/// <c>POST /api/replay?since=</c>: sends everything taken in since a moment to the broker again, for messages that a lost broker
/// disk took with it after it had confirmed them. What had arrived is recognised and counted once.
/// </summary>
public static class Replay
{
    public static void MapReplay(this IEndpointRouteBuilder app) => app.MapPost("/api/replay", HandleAsync)
        .RequireAuthorization(Scopes.Admin)
        .WithTags("Operation").WithName("replay-articles")
        .WithSummary("Send what was taken in since a moment to the broker again")
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="since">ISO 8601 instant.</param>
    /// <param name="store">The articles.</param>
    /// <param name="coordinator">Runs the outbox.</param>
    /// <param name="log">Who asked for what is worth a line.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<ReplayAnswer> HandleAsync(
        DateTimeOffset since, IDocumentStore store, IProjectionCoordinator coordinator, ILogger<ArticleOutbox> log, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var events = await session.Events.QueryAllRawEvents().CountAsync(stored => stored.Timestamp >= since, cancellation);
        log.LogWarning("Replaying about {Events} events since {Since}", events, since);
        await coordinator.DaemonForMainDatabase().RewindSubscriptionAsync(ArticleOutbox.OutboxName, cancellation, timestamp: since);
        return new ReplayAnswer(since, events);
    }
}
