using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Monitoring.Gateway.Keys;
using Monitoring.Hosting;
using Yarp.ReverseProxy.Model;

namespace Monitoring.Gateway;

/// <summary>Requests per second by key (and by address where there is none), with bursts of twice that.</summary>
static class Limits
{
    const int DefaultRate = 1_000;
    const int AnonymousRate = 50;
    static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var usual = builder.Configuration.GetValue("Gateway:Rate", DefaultRate);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => http.Features.Get<ApiKey>() is { } key
                ? Bucket($"key {key.Id} {key.Rate}", key.Rate ?? usual)
                : Bucket($"address {http.Connection.RemoteIpAddress}", AnonymousRate));
            limiter.OnRejected = (context, _) => throw new ProblemException(429, "Too many requests with this key. Slow down, or ask for a higher rate.")
            {
                RetryAfter = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > Least ? wait : Least,
            };
        });
    }

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
