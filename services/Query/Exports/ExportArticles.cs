using Microsoft.AspNetCore.Http.Features;
using Monitoring.Hosting;
using Monitoring.Query.Articles;

namespace Monitoring.Query.Exports;

/// <summary>
/// <c>GET /api/articles.ndjson</c>, <c>.csv</c>, <c>.ninjs</c>: all articles of a query, of whatever number, one page in memory at a
/// time. What goes wrong in the middle breaks the transfer off, so that nobody takes a part for the whole.
/// </summary>
public static class ExportArticles
{
    /// <summary>Articles read and written together: 100 of the longest take as many megabytes, 100 usual ones one.</summary>
    const int PageSize = 100;

    delegate Task Writer(Stream body, IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> pages, CancellationToken cancellation);

    public static void MapExportArticles(this IEndpointRouteBuilder app)
    {
        Map(app, "ndjson", "application/x-ndjson", NdjsonExport.WriteAsync, "All articles of a query, one JSON object a line",
            "Each line is what GET /api/articles/{id} answers, with the body. Newest first, streamed.");
        Map(app, "csv", "text/csv; charset=utf-8; header=present", CsvExport.WriteAsync, "All articles of a query as CSV",
            "RFC 4180, the names of the columns in the first line, without bodies; several values in a cell are separated by '; '. A cell that a spreadsheet would compute (it begins with = + - or @) begins with an apostrophe instead. Newest first, streamed.");
        Map(app, "ninjs", "application/x-ndjson", NinjsExport.WriteAsync, "All articles of a query, one ninjs 3.1 object a line",
            "IPTC News in JSON 3.1, with the body. Newest first, streamed.");
    }

    static void Map(IEndpointRouteBuilder app, string extension, string contentType, Writer writer, string summary, string description) => app
        .MapGet($"/api/articles.{extension}", (HttpContext http, StoredArticles articles, [AsParameters] ArticleFilter filter) => HandleAsync(http, articles, filter, extension, contentType, writer))
        .RequireAuthorization(Scopes.Query)
        .WithTags("Exports").WithName($"export-articles-{extension}").WithSummary(summary).WithDescription(description)
        .Produces<string>(StatusCodes.Status200OK, contentType.Split(';')[0])
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task HandleAsync(HttpContext http, StoredArticles articles, ArticleFilter filter, string extension, string contentType, Writer writer)
    {
        http.Response.ContentType = contentType;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"articles.{extension}\"";
        http.Response.Headers.CacheControl = "no-store";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await writer(http.Response.Body, articles.PagesAsync(filter, PageSize, http.RequestAborted), http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went, and nobody waits for the rest.
        }
    }
}
