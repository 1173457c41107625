using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Caching.Memory;
using Monitoring.Gateway.Keys;
using Monitoring.Hosting;
using Yarp.ReverseProxy.Transforms;

namespace Monitoring.Gateway.Routing;

static class Proxy
{
    public static void AddProxy(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddReverseProxy()
            .LoadFromMemory(Routes.All, Routes.Clusters(builder.Configuration))
            .AddTransforms(context =>
            {
                var tokens = context.Services.GetRequiredService<TokenIssuer>();
                context.AddRequestTransform(transform =>
                {
                    // Whatever a client claims to be, services hear it from the gateway alone; keys end here.
                    foreach (var header in transform.ProxyRequest.Headers.Where(header => header.Key.StartsWith("X-Monitoring-", StringComparison.OrdinalIgnoreCase)).ToList())
                        transform.ProxyRequest.Headers.Remove(header.Key);
                    transform.ProxyRequest.Headers.Remove("Authorization");
                    transform.ProxyRequest.Headers.Remove("X-Api-Key");
                    transform.ProxyRequest.Headers.Add(InternalToken.Header, tokens.For(transform.HttpContext.Features.Get<ApiKey>()));
                    return ValueTask.CompletedTask;
                });
            });
    }

    public static void MapProxy(this WebApplication app)
    {
        // A stream lasts as long as it lasts and may stand still in either direction; all other requests keep the limits.
        app.Use((http, next) =>
        {
            if (Routes.IsStream(http.Request))
            {
                if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } requests) requests.MinDataRate = null;
                if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } responses) responses.MinDataRate = null;
            }
            return next(http);
        });
        app.MapReverseProxy();
    }
}

/// <summary>Internal tokens for keys, made anew before they are half through their minute.</summary>
public sealed class TokenIssuer(IConfiguration configuration, IMemoryCache cache, TimeProvider time)
{
    readonly byte[] secret = InternalToken.Secret(configuration);

    /// <param name="key">None on a route that needs none: such a token has no scope, and says only that the gateway let the request through.</param>
    public string For(ApiKey? key) => key is null ? For("anyone", [], []) : For(key.Id, key.Scopes, key.Sources);

    string For(string id, IReadOnlyList<string> scopes, IReadOnlyList<string> sources) => cache.GetOrCreate(("token", id, string.Join(' ', scopes), string.Join(' ', sources)), entry =>
    {
        entry.AbsoluteExpirationRelativeToNow = InternalToken.Lifetime / 2;
        entry.Size = 1;
        return InternalToken.Create(secret, id, scopes, sources, time.GetUtcNow());
    })!;

    /// <summary>For what the gateway itself asks: readiness and API descriptions.</summary>
    public string ForGateway() => InternalToken.Create(secret, "gateway", [Scopes.Admin], [], time.GetUtcNow());
}
