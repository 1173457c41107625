using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Monitoring.Hosting;
using Monitoring.Ingest.Feeds.Parsing;

namespace Monitoring.Ingest.Feeds;

/// <summary><c>POST /api/feeds/preview</c>: what the system would read in a feed. Nothing is stored, nothing is fetched.</summary>
public static class PreviewFeed
{
    /// <summary>As much as the poller takes.</summary>
    public const int MaxBytes = 15 * 1024 * 1024;

    static readonly string[] Formats = ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/xml", "*/*"];

    public static void MapPreviewFeed(this IEndpointRouteBuilder app) => app.MapPost("/api/feeds/preview", HandleAsync)
        .RequireAuthorization(Scopes.Ingest)
        .WithTags("Feeds").WithName("preview-feed")
        .WithSummary("See what is read in a feed, without storing it")
        .WithDescription("""
            Takes the bytes of a feed in any dialect (RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, CDF) and its Content-Type, which
            counts for the character encoding. What can be read of a malformed document is read; `problems` says what was forgiven.
            HTML is sanitised, addresses are absolute, dates are UTC.
            """)
        .AddOpenApiOperationTransformer(DescribeBodyAsync)
        .Produces<FeedDocument>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    /// <param name="http">The request.</param>
    /// <param name="url">Address of the feed: the base of relative addresses in it.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(HttpContext http, string? url, CancellationToken cancellation)
    {
        if (url is not null && !Uri.TryCreate(url, UriKind.Absolute, out _)) throw new ProblemException(400, "url must be an absolute address.", "url");
        var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (limit is { IsReadOnly: false }) limit.MaxRequestBodySize = MaxBytes;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancellation);
        if (body.Length == 0) throw new ProblemException(400, "The body is empty: post the bytes of a feed.");
        return TypedResults.Ok(FeedParser.Parse(body.GetBuffer().AsMemory(0, (int)body.Length), http.Request.ContentType, url));
    }

    // Any Content-Type is taken: what a server calls its feed is part of what is to be seen.
    static Task DescribeBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = Formats.ToDictionary(format => format, format => new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = format == "application/rss+xml" ? JsonValue.Create(Example) : null,
            }),
        };
        return Task.CompletedTask;
    }

    const string Example = """
        <rss version="2.0"><channel><title>The Gazette</title><link>https://gazette.example/</link>
        <item><title>Talks resume in Geneva</title><link>/talks</link><pubDate>Sun, 01 Mar 2026 09:30:00 GMT</pubDate></item>
        </channel></rss>
        """;
}
