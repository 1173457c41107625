using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Monitoring.Gateway.Keys;
using Monitoring.Gateway.Routing;
using Monitoring.Hosting;
using Yarp.ReverseProxy.Model;

namespace Monitoring.Gateway;

/// <summary>
/// Requests per second by key (and by address where there is none), with bursts of twice that; and how many at a time, so that no
/// key's slow questions take the services from all others. Streams last, so they are counted apart from what is asked and answered.
/// </summary>
static class Limits
{
    const int DefaultRate = 1_000;
    const int AnonymousRate = 50;
    const int DefaultConcurrency = 64;
    const int DefaultStreams = 16;
    static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var usual = builder.Configuration.GetValue("Gateway:Rate", DefaultRate);
        var concurrency = builder.Configuration.GetValue("Gateway:Concurrency", DefaultConcurrency);
        var streams = builder.Configuration.GetValue("Gateway:Streams", DefaultStreams);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http => http.Features.Get<ApiKey>() is { } key
                    ? Bucket($"{Caller(http)} {key.Rate}", key.Rate ?? usual) : Bucket(Caller(http), AnonymousRate)),
                PartitionedRateLimiter.Create<HttpContext, (string, bool)>(http => Routes.IsStream(http.Request)
                    ? AtATime((Caller(http), true), streams) : AtATime((Caller(http), false), concurrency)));
            limiter.OnRejected = (context, _) => throw Refusal(context.Lease, Routes.IsStream(context.HttpContext.Request) ? $"{streams} streams" : $"{concurrency} requests");
        });
    }

    // Only the limit by rate can tell how long to wait; a place among those at a time is free when another request ends.
    static ProblemException Refusal(RateLimitLease lease, string atATime) => lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
        ? new(429, "Too many requests with this key. Slow down, or ask for a higher rate.") { RetryAfter = wait > Least ? wait : Least }
        : new(429, $"Too many at a time with this key: {atATime} are open already. Wait for one of them to end.") { RetryAfter = Least };

    static string Caller(HttpContext http) => http.Features.Get<ApiKey>() is { } key ? $"key {key.Id}" : $"address {http.Connection.RemoteIpAddress}";

    static RateLimitPartition<(string, bool)> AtATime((string, bool) name, int permits) =>
        RateLimitPartition.GetConcurrencyLimiter(name, _ => new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 });

    /// <summary>Read past, so that the client gets to read why it is refused; what is larger still is cut off.</summary>
    const long MaxReadPast = 64 << 20;

    /// <summary>Refuses a body that is too large before a byte of it goes to a service. After routing, which knows the limit.</summary>
    public static void UseSizeLimits(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.MaxRequestBodySize is > 0 and var limit && http.Request.ContentLength > limit)
        {
            if (http.Request.ContentLength <= MaxReadPast)
            {
                http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxReadPast;
                await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            }
            throw new ProblemException(413, $"The request body is too large: {http.Request.ContentLength} bytes; this route takes {limit}.");
        }
        await next(http);
    });

    static RateLimitPartition<string> Bucket(string name, int rate) => RateLimitPartition.GetTokenBucketLimiter(name, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = 2 * rate,
        TokensPerPeriod = Math.Max(1, rate / 10),
        ReplenishmentPeriod = rate >= 10 ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(1.0 / rate),
        QueueLimit = 0,
    });
}
