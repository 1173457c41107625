using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tests.EndToEnd;

/// <summary>A webhook delivery as it came in.</summary>
public sealed record Delivery(DateTimeOffset At, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonElement Json => JsonElement.Parse(Body);
    public Guid ArticleId => Json.GetProperty("data").GetProperty("article").GetProperty("id").GetGuid();

    /// <summary>By the words of Standard Webhooks, without a line of the system's own.</summary>
    public bool IsSignedWith(string secret)
    {
        var signed = Encoding.UTF8.GetBytes($"{Headers["webhook-id"]}.{Headers["webhook-timestamp"]}.").Concat(Body).ToArray();
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal)));
        return Headers["webhook-signature"].Split(' ').Contains("v1," + Convert.ToBase64String(hmac.ComputeHash(signed)));
    }
}

/// <summary>A receiver of webhooks on loopback.</summary>
public sealed class Receiver : IAsyncDisposable
{
    readonly WebApplication app;

    public ConcurrentQueue<Delivery> Deliveries { get; } = new();

    /// <summary>What it answers.</summary>
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.NoContent;

    Receiver(int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            Deliveries.Enqueue(new Delivery(DateTimeOffset.UtcNow, http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()), body.ToArray()));
            http.Response.StatusCode = (int)Answer;
        });
    }

    public static async Task<Receiver> StartAsync(int port)
    {
        var receiver = new Receiver(port);
        await receiver.app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
