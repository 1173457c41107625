using System.Text;
using Microsoft.AspNetCore.Http;

namespace Monitoring.Hosting;

/// <param name="Id">What the client sends back in Last-Event-ID to go on after it.</param>
/// <param name="Type">What a browser listens to by name.</param>
/// <param name="Data">One line of JSON.</param>
public readonly record struct ServerSentEvent(string Id, string Type, string Data)
{
    public override string ToString() => $"id: {Id}\nevent: {Type}\ndata: {Data}\n\n";
}

/// <summary>An answer that does not end (WHATWG HTML, 9.2): an event when there is one, a comment while there is none.</summary>
public static class ServerSentEvents
{
    public const string ContentType = "text/event-stream";

    /// <summary>After a silence of this length a comment says that the stream stands; proxies cut what stays silent for a minute or more.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>The id after which the client wants to go on; null for one that comes for the first time.</summary>
    public static string? LastEventId(this HttpRequest request) => request.Headers["Last-Event-ID"].FirstOrDefault() is { Length: > 0 } last ? last : null;

    /// <param name="http">The request.</param>
    /// <param name="start">The id after which it begins: known to the client before the first event comes, it loses none of them however early it is cut off.</param>
    /// <param name="events">Null where there was none for a <see cref="Heartbeat"/>. It may end: the client comes back with the last id.</param>
    /// <param name="ending">Ended with the client or with the service, which both are a clean end.</param>
    public static async Task SendEventsAsync(this HttpContext http, string start, IAsyncEnumerable<ServerSentEvent?> events, CancellationToken ending)
    {
        http.Response.ContentType = ContentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            // A first line at once tells the client, and every proxy in between, that the stream stands.
            await SendAsync($"retry: 2000\nid: {start}\n\n");
            await foreach (var next in events.WithCancellation(ending)) await SendAsync(next?.ToString() ?? ": still here\n\n");
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client went, or the service stops; either way the client knows where to go on.
        }

        async Task SendAsync(string text)
        {
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ending);
            await http.Response.Body.FlushAsync(ending);
        }
    }
}
