using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Monitoring.Hosting;
using Monitoring.Ingest.Fetching;

namespace Monitoring.Ingest.Pages;

/// <summary><c>POST /api/extract</c>: what a page says, without keeping anything.</summary>
public static class ExtractPage
{
    public const string Accept = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

    public static readonly string[] MediaTypes = ["text/html", "application/xhtml+xml"];

    public static void MapExtractPage(this IEndpointRouteBuilder app) => app.MapPost("/api/extract", HandleAsync)
        .RequireAuthorization(Scopes.Ingest)
        .WithTags("Pages").WithName("extract-page")
        .WithSummary("Read a page: headline, authors, dates, text")
        .WithDescription("""
            Takes a page as HTML, or without a body fetches it from its `url`, and answers with what it says of itself and the article on it; nothing is kept. Blocks of the text are
            separated by blank lines. What the page does not say is left out: nothing is guessed.
            """)
        .AddOpenApiOperationTransformer(DescribeFormatsAsync)
        .Produces<ExtractedPage>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <param name="http">The request.</param>
    /// <param name="time">What lies ahead of it is no date of publication.</param>
    /// <param name="fetcher">For a page that is not posted.</param>
    /// <param name="url">The page's address: relative addresses in it and its canonical one need it. Without a body, the page is fetched there.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(HttpContext http, Fetcher fetcher, TimeProvider time, string? url, CancellationToken cancellation)
    {
        var page = await PostedDocument.ReadAsync(http, url, Accept, fetcher, cancellation);
        if (page.ContentType is { Length: > 0 } type && !IsHtml(type))
            throw new ProblemException(415, $"{type} is no page: one of {string.Join(", ", MediaTypes)}.", "Content-Type");
        return TypedResults.Ok(PageExtractor.Extract(page.Bytes, page.ContentType, page.Address, time.GetUtcNow()));
    }

    public static bool IsHtml(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase);

    static Task DescribeFormatsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = MediaTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = (JsonNode)Example }),
        };
        return Task.CompletedTask;
    }

    internal const string Example =
        "<html lang=\"en-GB\"><head><title>Talks resume in Geneva | Gazette</title><meta property=\"article:published_time\" content=\"2026-03-01T09:30:00Z\"></head>"
        + "<body><article><h1>Talks resume in Geneva</h1><p class=\"byline\">By Jane Doe</p><p>Delegations of both sides returned to the talks on Sunday, officials said.</p></article></body></html>";
}
