using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tests.Load;

/// <summary>From the post to the answer, to the tagged article in the query API, and to the webhook.</summary>
static class Latency
{
    const int Articles = 100;

    public static async Task MeasureAsync(RunningSystem system, int receiverPort, FileInfo[] seeds, CancellationToken cancellation)
    {
        var received = new ConcurrentDictionary<Guid, long>();
        await using var receiver = await ReceiveAsync(receiverPort, received);
        var subscription = await system.PostAsync("/api/subscriptions", JsonSerializer.Serialize(new { name = "Load", topics = new[] { "peace process" }, webhook = new { url = $"http://127.0.0.1:{receiverPort}/" } }), "application/json", cancellation);

        foreach (var seed in seeds)
        {
            var (answered, tagged, alerted) = await OneAsync(system, received, await File.ReadAllTextAsync(seed.FullName, cancellation), "text/plain", cancellation);
            Console.WriteLine($"{seed.Name}, number {Array.IndexOf(seeds, seed) + 1} since the start: answered {answered.TotalMilliseconds:F0} ms, tagged {tagged.TotalMilliseconds:F0} ms, webhook {alerted.TotalMilliseconds:F0} ms");
        }
        var times = new List<(TimeSpan Answered, TimeSpan Tagged, TimeSpan Alerted)>();
        for (var i = 0; i < Articles; i++)
            times.Add(await OneAsync(system, received, JsonSerializer.Serialize(new
            {
                title = $"Ceasefire talks resume, round {i}",
                body = $"Delegations met in Geneva for round {i} of the peace talks. NATO and the United Nations sent observers.",
                source = new { domain = $"latency-{Guid.NewGuid():N}.example" },
            }), "application/json", cancellation));
        Console.WriteLine($"{Articles} articles one after the other, after the post:");
        Console.WriteLine($"  answered  {times.Select(time => time.Answered).Spread()}");
        Console.WriteLine($"  tagged    {times.Select(time => time.Tagged).Spread()}");
        Console.WriteLine($"  webhook   {times.Select(time => time.Alerted).Spread()}");
        using var ended = await system.Client.DeleteAsync(new Uri($"/api/subscriptions/{subscription.GetProperty("id")}", UriKind.Relative), cancellation);
    }

    static async Task<(TimeSpan Answered, TimeSpan Tagged, TimeSpan Alerted)> OneAsync(
        RunningSystem system, ConcurrentDictionary<Guid, long> received, string article, string type, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var id = (await system.PostAsync("/api/articles", article, type, cancellation)).GetProperty("id").GetGuid();
        var answered = Stopwatch.GetElapsedTime(started);
        await RunningSystem.UntilAsync(async () =>
        {
            using var response = await system.Client.GetAsync(new Uri($"/api/articles/{id}", UriKind.Relative), cancellation);
            return response.IsSuccessStatusCode && JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellation)) is var found
                && found.GetProperty("topics").GetArrayLength() > 0 && found.GetProperty("entities").GetArrayLength() > 0;
        }, cancellation);
        var tagged = Stopwatch.GetElapsedTime(started);
        await RunningSystem.UntilAsync(() => Task.FromResult(received.ContainsKey(id)), cancellation);
        return (answered, tagged, Stopwatch.GetElapsedTime(started, received[id]));
    }

    static async Task<WebApplication> ReceiveAsync(int port, ConcurrentDictionary<Guid, long> received)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.Run(async http =>
        {
            var at = Stopwatch.GetTimestamp();
            var alert = await JsonDocument.ParseAsync(http.Request.Body);
            received.TryAdd(alert.RootElement.GetProperty("data").GetProperty("article").GetProperty("id").GetGuid(), at);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        await app.StartAsync();
        return app;
    }
}
