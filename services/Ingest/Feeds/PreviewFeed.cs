using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Monitoring.Hosting;
using Monitoring.Ingest.Feeds.Parsing;
using Monitoring.Ingest.Fetching;

namespace Monitoring.Ingest.Feeds;

/// <summary><c>POST /api/feeds/preview</c>: what the system would read in a feed. Nothing is stored.</summary>
public static class PreviewFeed
{
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
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <param name="http">The request.</param>
    /// <param name="fetcher">For a feed that is not posted.</param>
    /// <param name="url">Address of the feed: the base of relative addresses in it. Without a body, the feed is fetched there.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(HttpContext http, Fetcher fetcher, string? url, CancellationToken cancellation)
    {
        var feed = await PostedDocument.ReadAsync(http, url, PollFeed.Accept, fetcher, cancellation);
        return TypedResults.Ok(FeedParser.Parse(feed.Bytes, feed.ContentType, feed.Address));
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
