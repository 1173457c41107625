using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Monitoring.Hosting;
using Monitoring.Ingest.Fetching;
using Monitoring.Ingest.Formats;
using Monitoring.Ingest.Pages;

namespace Monitoring.Ingest.Articles;

/// <param name="Id">The article's id: the same for the same article, however often and however it comes.</param>
/// <param name="Revision">1, 2, …</param>
/// <param name="Status">received, unchanged, revised or withdrawn.</param>
/// <param name="Warnings">What was ignored.</param>
public sealed record ArticleAnswer(Guid Id, int Revision, ArticleStatus Status, IReadOnlyList<string> Warnings);

/// <summary><c>POST /api/articles</c> with one article. What is answered with 201 or 200 is kept.</summary>
public static class PostArticle
{
    /// <summary>For one request and for one line of NDJSON.</summary>
    public const int MaxBytes = 2 << 20;

    static readonly string[] Formats =
        ["application/json", "application/ninjs+json", "text/plain", "text/markdown", "text/html", .. PostArticleStream.MediaTypes];

    public static void MapPostArticles(this IEndpointRouteBuilder app) => app.MapPost("/api/articles", HandleAsync)
        .RequireAuthorization(Scopes.Ingest)
        .WithTags("Articles").WithName("post-article")
        .WithSummary("Take an article in, or a stream of them")
        .WithDescription("""
            One article as JSON, ninjs 3.1, plain text, Markdown or an HTML page, or a stream of any length as NDJSON. Posting the same article
            again changes nothing; a changed title or body makes a revision. NDJSON is answered line by line while the upload runs.
            """)
        .AddOpenApiOperationTransformer(DescribeFormatsAsync)
        .Produces<ArticleAnswer>(StatusCodes.Status201Created).Produces<ArticleAnswer>(StatusCodes.Status200OK)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="http">The request.</param>
    /// <param name="submit">The way in.</param>
    /// <param name="fetcher">For a page that is not posted.</param>
    /// <param name="time">What lies ahead of it is no page's date of publication.</param>
    /// <param name="lifetime">Cancels when the service stops.</param>
    /// <param name="log">For what no caller can mend.</param>
    /// <param name="id">For text: the publisher's own id of the article.</param>
    /// <param name="url">For text and pages: the article's address. A page without a body is fetched there.</param>
    /// <param name="source">For text that names none: the outlet's domain or name.</param>
    /// <param name="restore">Bring a withdrawn article back.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(
        HttpContext http, Submit submit, Fetcher fetcher, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<Submit> log,
        string? id, string? url, string? source, bool restore = false, CancellationToken cancellation = default)
    {
        var type = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var parsed) ? parsed : null;
        var format = type?.MediaType.Value?.ToLowerInvariant();
        if (PostArticleStream.MediaTypes.Contains(format)) return await PostArticleStream.HandleAsync(http, submit, restore, log, lifetime.ApplicationStopping);

        var beside = new Submission
        {
            Id = id,
            Url = url,
            SourceDomain = source is not null && SubmissionChecks.IsDomain(source) ? source : null,
            SourceName = source is not null && !SubmissionChecks.IsDomain(source) ? source : null,
        };
        var submission = format switch
        {
            "application/json" => ArticleJson.Read(await ReadAsync(http, cancellation)),
            "application/ninjs+json" => NinjsJson.Read(await ReadAsync(http, cancellation)),
            "text/plain" => PlainText.Read(Decode(await ReadAsync(http, cancellation), type!), beside),
            "text/markdown" => Markdown.Read(Decode(await ReadAsync(http, cancellation), type!), beside),
            "text/html" => await ReadPageAsync(http, beside, fetcher, time, cancellation),
            _ => throw UnknownFormat(http, format),
        };
        var via = format switch { "text/html" => Discovery.Page, "text/plain" or "text/markdown" => Discovery.File, _ => Discovery.Push };
        var command = submit.Prepare(submission, Caller.From(http.User), restore, new Discovery(via, null, url ?? submission.Url));
        var decision = await submit.CommitAsync(command, cancellation);
        var answer = new ArticleAnswer(decision.Head!.Id, decision.Head.Revision, decision.Status, submission.Warnings);
        if (decision.Status == ArticleStatus.Received) return TypedResults.Created($"/api/articles/{answer.Id}", answer);
        http.Response.Headers.Location = $"/api/articles/{answer.Id}";
        return TypedResults.Ok(answer);
    }

    static async Task<Submission> ReadPageAsync(HttpContext http, Submission beside, Fetcher fetcher, TimeProvider time, CancellationToken cancellation)
    {
        var page = await PostedDocument.ReadAsync(http, beside.Url, ExtractPage.Accept, fetcher, cancellation, MaxBytes);
        var submission = HtmlPage.Read(page.Bytes, page.ContentType, beside with { Url = page.Address }, time.GetUtcNow());
        return beside.Url is null ? submission : submission with { OtherUrls = [.. submission.OtherUrls, beside.Url] };
    }

    // Not by Accepts(): routing would then refuse other formats itself, without a word about which are taken.
    static async Task DescribeFormatsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        context.Document!.AddComponent(nameof(ArticleInput), await context.GetOrCreateSchemaAsync(typeof(ArticleInput), null, cancellation));
        var article = new OpenApiSchemaReference(nameof(ArticleInput), context.Document);
        operation.Responses!["200"].Content!["application/x-ndjson"] = new OpenApiMediaType
        {
            Example = "{\"line\":1,\"status\":\"received\",\"id\":\"349c4efe-97a1-58a1-8703-cd72753fd657\",\"revision\":1}\n{\"line\":2,\"status\":\"rejected\",\"problem\":{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"An article needs a title or a body.\"}}\n",
        };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = Formats.ToDictionary(format => format, format => new OpenApiMediaType
            {
                Schema = format == "application/json" ? article : new OpenApiSchema { Type = format == "application/ninjs+json" ? JsonSchemaType.Object : JsonSchemaType.String },
                Example = Example(format),
            }),
        };
    }

    static JsonNode? Example(string format) => format switch
    {
        "application/json" => JsonNode.Parse("""{"url": "https://gazette.example/talks", "title": "Talks resume in Geneva", "body": "Delegations met.", "published": "2026-03-01T09:30:00Z"}"""),
        "application/ninjs+json" => JsonNode.Parse("""{"uri": "tag:agency.example,2026:1", "headlines": [{"value": "Talks resume in Geneva"}], "bodies": [{"value": "Delegations met."}]}"""),
        "text/plain" => "date 2026-03-01 Talks resume in Geneva\n\nDelegations met.\n\nRead more @ gazette.example",
        "text/markdown" => "# Talks resume in Geneva\n\nDelegations met.",
        "text/html" => ExtractPage.Example,
        "application/x-ndjson" => "{\"title\": \"Talks resume in Geneva\"}\n{\"title\": \"Flood in Lisbon\"}\n",
        _ => null,
    };

    static async Task<byte[]> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxBytes;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancellation);
        return body.ToArray();
    }

    static string Decode(byte[] bytes, MediaTypeHeaderValue type)
    {
        var charset = type.Charset.HasValue ? type.Charset.Value.Trim('"') : "utf-8";
        try
        {
            return Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
        }
        catch (ArgumentException error) when (error is not DecoderFallbackException)
        {
            throw new ProblemException(415, $"The charset {charset} is not known here; utf-8 is.", "Content-Type");
        }
        catch (DecoderFallbackException error)
        {
            throw new ProblemException(400, $"Not valid {charset} at byte {error.Index}.");
        }
    }

    static ProblemException UnknownFormat(HttpContext http, string? format)
    {
        http.Response.Headers["Accept-Post"] = string.Join(", ", Formats);
        return new ProblemException(415, $"{(format is null ? "A Content-Type is needed" : $"{format} is not taken")}: one of {string.Join(", ", Formats)}.", "Content-Type");
    }
}

/// <summary>The JSON shape of an article to take in; at least one of title and body.</summary>
/// <param name="Id">The publisher's own id.</param>
/// <param name="Url">Absolute http or https address.</param>
/// <param name="Source">The outlet; from the url where absent.</param>
/// <param name="Title">At most 1,000 characters.</param>
/// <param name="Body">Plain text, at most 1,000,000 UTF-8 bytes.</param>
/// <param name="Published">ISO 8601 date or date and time.</param>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Authors">At most 100.</param>
/// <param name="Tags">At most 100.</param>
public sealed record ArticleInput(
    string? Id, string? Url, Contracts.Source? Source, string? Title, string? Body, string? Published, string? Language,
    IReadOnlyList<string>? Authors, IReadOnlyList<string>? Tags);
