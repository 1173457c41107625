using System.Globalization;
using Monitoring.Hosting;

namespace Monitoring.Alerts.Alerts;

/// <summary><c>GET /api/alerts/stream</c>: alerts as Server-Sent Events; Last-Event-ID resumes without a gap.</summary>
public static class AlertStream
{
    public static void MapAlertStream(this IEndpointRouteBuilder app) => app.MapGet("/api/alerts/stream", HandleAsync)
        .RequireAuthorization(Scopes.Alerts)
        .WithTags("Alerts").WithName("stream-alerts")
        .WithSummary("Alerts as they are raised, as Server-Sent Events")
        .WithDescription("Every event has an id; send the last one back in Last-Event-ID to go on without a gap. Without it, only what is raised from now on.")
        .Produces<string>(StatusCodes.Status200OK, ServerSentEvents.ContentType)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);

    /// <param name="http">The request.</param>
    /// <param name="feed">The alerts.</param>
    /// <param name="lifetime">Ends the stream when the service stops.</param>
    /// <param name="subscription">Alerts of this subscription only.</param>
    static async Task HandleAsync(HttpContext http, AlertFeed feed, IHostApplicationLifetime lifetime, Guid? subscription)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var after = await AfterAsync(http, feed, ending.Token);
        var alerts = feed.FollowAsync(after, subscription, ServerSentEvents.Heartbeat, ending.Token)
            .Select(alert => alert is null ? (ServerSentEvent?)null : new(Id(alert.Sequence), "alert.raised", alert.Json));
        await http.SendEventsAsync(Id(after), alerts, ending.Token);

        static string Id(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);
    }

    static async Task<long> AfterAsync(HttpContext http, AlertFeed feed, CancellationToken cancellation)
    {
        if (http.Request.LastEventId() is not { } last) return await feed.HighWaterAsync(cancellation);
        return long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after
            : throw new ProblemException(400, "Last-Event-ID must be the id of an event of this stream.", "Last-Event-ID");
    }
}
