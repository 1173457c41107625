using System.Globalization;
using System.Text;
using Monitoring.Hosting;

namespace Monitoring.Alerts.Alerts;

/// <summary><c>GET /api/alerts/stream</c>: alerts as Server-Sent Events; Last-Event-ID resumes without a gap.</summary>
public static class AlertStream
{
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void MapAlertStream(this IEndpointRouteBuilder app) => app.MapGet("/api/alerts/stream", HandleAsync)
        .RequireAuthorization(Scopes.Alerts)
        .WithTags("Alerts").WithName("stream-alerts")
        .WithSummary("Alerts as they are raised, as Server-Sent Events")
        .WithDescription("Every event has an id; send the last one back in Last-Event-ID to go on without a gap. Without it, only what is raised from now on.")
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);

    /// <param name="http">The request.</param>
    /// <param name="feed">The alerts.</param>
    /// <param name="lifetime">Ends the stream when the service stops.</param>
    /// <param name="subscription">Alerts of this subscription only.</param>
    static async Task HandleAsync(HttpContext http, AlertFeed feed, IHostApplicationLifetime lifetime, Guid? subscription)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var after = await AfterAsync(http, feed, ending.Token);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            // A first line at once tells the client, and every proxy in between, that the stream stands.
            await SendAsync(http, "retry: 2000\n\n", ending.Token);
            await foreach (var item in feed.FollowAsync(after, subscription, Heartbeat, ending.Token))
                await SendAsync(http, item is null ? ": still here\n\n"
                    : string.Create(CultureInfo.InvariantCulture, $"id: {item.Sequence}\nevent: alert.raised\ndata: {item.Json}\n\n"), ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client went, or the service stops; either way the client knows where to go on.
        }
    }

    static async Task<long> AfterAsync(HttpContext http, AlertFeed feed, CancellationToken cancellation)
    {
        if (http.Request.Headers["Last-Event-ID"].FirstOrDefault() is not { Length: > 0 } last) return await feed.HighWaterAsync(cancellation);
        return long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after
            : throw new ProblemException(400, "Last-Event-ID must be the id of an event of this stream.", "Last-Event-ID");
    }

    static async Task SendAsync(HttpContext http, string text, CancellationToken cancellation)
    {
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await http.Response.Body.FlushAsync(cancellation);
    }
}
