using System.Net;
using Monitoring.Hosting;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Monitoring.Gateway.Routing;

/// <summary>What the one address offers: which path goes to which service, for which scope, up to which size.</summary>
static class Routes
{
    public static readonly string[] Services = ["ingest", "enrichment", "projection", "query", "alerts"];

    const long Kilobyte = 1024, Megabyte = 1024 * Kilobyte;
    const long Unlimited = -1;

    /// <summary>YARP's word for a route without a key. Limits by address hold.</summary>
    const string Anyone = "anonymous";

    /// <summary>Room for an encoding that doubles 2 MB of JSON; the service counts exactly.</summary>
    const long Article = 2 * Megabyte + 64 * Kilobyte;

    /// <summary>Feeds, lists of them, and pages.</summary>
    const long Document = 15 * Megabyte;

    static readonly string[] Streams = ["/stream", ".ndjson", ".csv", ".ninjs"];

    static readonly string[] Ndjson = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    public static IReadOnlyList<RouteConfig> All =>
    [
        Route("post-articles", "ingest", Scopes.Ingest, "POST", "/api/articles", Article),
        Stream("post-article-stream", "ingest", Scopes.Ingest, "POST", "/api/articles"),
        Route("withdraw-article", "ingest", Scopes.Ingest, "DELETE", "/api/articles/{id}"),
        Route("discoveries", "ingest", Scopes.Query, "GET", "/api/articles/{id}/discoveries"),
        Route("source-alarms", "ingest", Scopes.Query, "GET", "/api/sources/alarms"),
        Route("source", "ingest", Scopes.Query, "GET", "/api/sources/{domain}"),
        Route("describe-source", "ingest", Scopes.Admin, "PUT", "/api/sources/{domain}"),
        Route("replay-articles", "ingest", Scopes.Admin, "POST", "/api/replay/articles"),

        Route("extract", "ingest", Scopes.Ingest, "POST", "/api/extract", Document),
        Route("preview-feed", "ingest", Scopes.Ingest, "POST", "/api/feeds/preview", Document),
        Route("opml", "ingest", Scopes.Ingest, null, "/api/feeds/opml", Document),
        Route("feeds", "ingest", Scopes.Ingest, null, "/api/feeds/{**rest}"),

        // WebSub hubs have no key: the token in the path and their signature take its place.
        Route("verify-hub", "ingest", Anyone, "GET", "/hooks/websub/{token}"),
        Route("take-hub-content", "ingest", Anyone, "POST", "/hooks/websub/{token}", Document),

        Route("enrich", "enrichment", Scopes.Query, "POST", "/api/enrich", 8 * Megabyte),

        Route("replay-placements", "projection", Scopes.Admin, "POST", "/api/replay/placements"),
        Route("rebuild", "projection", Scopes.Admin, null, "/api/rebuild"),

        Route("search", "query", Scopes.Query, "GET", "/api/search/{**rest}"),
        Route("articles", "query", Scopes.Query, "GET", "/api/articles/{**rest}"),
        Route("article-formats", "query", Scopes.Query, "GET", "/api/articles.{format}"),
        Route("changes", "query", Scopes.Query, "GET", "/api/changes"),
        Route("stream", "query", Scopes.Query, "GET", "/api/stream"),
        Route("topics", "query", Scopes.Query, "GET", "/api/topics/{**rest}"),
        Route("entities", "query", Scopes.Query, "GET", "/api/entities/{**rest}"),
        Route("quotes", "query", Scopes.Query, "GET", "/api/quotes/{**rest}"),
        Route("sources", "query", Scopes.Query, "GET", "/api/sources/{**rest}"),

        Route("subscriptions", "alerts", Scopes.Alerts, null, "/api/subscriptions/{**rest}"),
        Route("alerts", "alerts", Scopes.Alerts, "GET", "/api/alerts/{**rest}"),

        Route("dead-letters-enrichment", "enrichment", Scopes.Admin, null, $"/api/dead-letters/{Topology.EnrichArticles}/{{**rest}}"),
        Route("dead-letters-projection", "projection", Scopes.Admin, null, $"/api/dead-letters/{Topology.ProjectArticles}/{{**rest}}"),
        Route("dead-letters-alerts", "alerts", Scopes.Admin, null, $"/api/dead-letters/{Topology.MatchArticles}/{{**rest}}"),

        .. Services.Select(service => Route($"metrics-{service}", service, Scopes.Admin, "GET", $"/metrics/{service}") with
        {
            Transforms = [new Dictionary<string, string> { ["PathSet"] = "/metrics" }],
        }),
    ];

    public static IReadOnlyList<ClusterConfig> Clusters(IConfiguration configuration) => [.. Services.Select(service => new ClusterConfig
    {
        ClusterId = service,
        Destinations = new Dictionary<string, DestinationConfig> { [service] = new() { Address = Address(configuration, service).AbsoluteUri } },
        // Ingest speaks HTTP/2 only, without which an upload whose results nobody reads yet comes to a halt.
        HttpRequest = service == "ingest"
            ? new ForwarderRequestConfig { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, ActivityTimeout = TimeSpan.FromMinutes(10) }
            : new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromSeconds(100) },
    })];

    public static Uri Address(IConfiguration configuration, string service) => new(configuration[$"Services:{service}"]
        ?? throw new InvalidOperationException($"Services:{service} is missing: the address of {service} (http://host:port)."));

    /// <summary>Whether it lasts as long as the client likes: an upload line by line, Server-Sent Events, an export.</summary>
    public static bool IsStream(HttpRequest request) => HttpMethods.IsPost(request.Method)
        ? Ndjson.Any(type => request.ContentType?.StartsWith(type, StringComparison.OrdinalIgnoreCase) == true)
        : Streams.Any(ending => request.Path.Value?.EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true);

    static RouteConfig Route(string id, string service, string scope, string? method, string path, long maxBytes = 256 * Kilobyte) => new()
    {
        RouteId = id,
        ClusterId = service,
        AuthorizationPolicy = scope,
        MaxRequestBodySize = maxBytes,
        Match = new RouteMatch { Path = path, Methods = method is null ? null : [method] },
    };

    static RouteConfig Stream(string id, string service, string scope, string method, string path)
    {
        var route = Route(id, service, scope, method, path, Unlimited);
        return route with
        {
            Order = -1,
            Match = new RouteMatch
            {
                Path = path,
                Methods = [method],
                Headers = [new RouteHeader { Name = "Content-Type", Values = Ndjson, Mode = HeaderMatchMode.HeaderPrefix }],
            },
        };
    }
}
