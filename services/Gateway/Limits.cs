using System.Globalization;
using System.Threading.RateLimiting;
using Monitoring.Gateway.Keys;
using Monitoring.Hosting;

namespace Monitoring.Gateway;

/// <summary>Requests per second by key (and by address where there is none), with bursts of twice that.</summary>
static class Limits
{
    const int DefaultRate = 1_000;
    const int AnonymousRate = 50;

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var usual = builder.Configuration.GetValue("Gateway:Rate", DefaultRate);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => http.Features.Get<ApiKey>() is { } key
                ? Bucket($"key {key.Id} {key.Rate}", key.Rate ?? usual)
                : Bucket($"address {http.Connection.RemoteIpAddress}", AnonymousRate));
            limiter.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, Math.Ceiling(after.TotalSeconds)) : 1;
                context.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
                throw new ProblemException(429, "Too many requests with this key. Slow down, or ask for a higher rate.");
            };
        });
    }

    static RateLimitPartition<string> Bucket(string name, int rate) => RateLimitPartition.GetTokenBucketLimiter(name, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = 2 * rate,
        TokensPerPeriod = Math.Max(1, rate / 10),
        ReplenishmentPeriod = rate >= 10 ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(1.0 / rate),
        QueueLimit = 0,
    });
}
