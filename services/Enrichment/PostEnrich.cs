using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.OpenApi;
using Monitoring.Contracts;
using Monitoring.Hosting;

namespace Monitoring.Enrichment;

/// <param name="Title">The headline.</param>
/// <param name="Body">The text.</param>
/// <param name="Published">ISO 8601 date or instant: what "on Thursday" is told by.</param>
/// <param name="Source">Domain or name of the outlet, which is no source that the article cites.</param>
/// <param name="Url">The article's address; its host is the outlet where no source is given.</param>
/// <param name="Language">BCP 47; decides where the text itself does not tell.</param>
/// <param name="Tags">Categories as the publisher gives them.</param>
public sealed record EnrichInput(string? Title, string? Body, string? Published, JsonElement? Source, string? Url, string? Language, IReadOnlyList<string>? Tags);

/// <summary><c>POST /api/enrich</c>: what the system would make of an article, without taking it in. An array in, an array out.</summary>
public static class PostEnrich
{
    const int MaxBytes = 8 << 20;

    public static void MapPostEnrich(this IEndpointRouteBuilder app) => app.MapPost("/api/enrich", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Enrichment").WithName("enrich")
        .WithSummary("Try the enrichment on a text, or on an array of texts, without storing anything")
        .Accepts<EnrichInput>("application/json").Produces<Contracts.Enrichment>()
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var body in new[] { operation.RequestBody!.Content!, operation.Responses!["200"].Content! }) body["application/json"].Schema = OneOrMany(body["application/json"].Schema!);
            return Task.CompletedTask;
        })
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    static OpenApiSchema OneOrMany(IOpenApiSchema one) => new() { OneOf = [one, new OpenApiSchema { Type = JsonSchemaType.Array, Items = one }] };

    static async Task<IResult> HandleAsync(HttpContext http, Enricher enricher, CancellationToken cancellation)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxBytes;
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: cancellation);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => TypedResults.Ok(Enrich(enricher, document.RootElement, "")),
                JsonValueKind.Array => TypedResults.Ok(document.RootElement.EnumerateArray().Select((item, i) => Enrich(enricher, item, $"[{i}].")).ToList()),
                _ => throw new ProblemException(400, "Expected a JSON object {title, body} or an array of them."),
            };
        }
        catch (JsonException error)
        {
            throw new ProblemException(400, $"Invalid JSON at line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}.");
        }
    }

    static Contracts.Enrichment Enrich(Enricher enricher, JsonElement item, string place)
    {
        ArticleContent? article;
        try
        {
            article = item.ValueKind == JsonValueKind.Object ? Article(item.Deserialize<EnrichInput>(Json.Options)!, place) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // A member of another type, or a lone surrogate, which is no character.
            throw new ProblemException(400, "Not of the expected type, or no text.", $"{place}{(fault as JsonException)?.Path?.TrimStart('$', '.')}");
        }
        return article is not null && !(string.IsNullOrWhiteSpace(article.Title) && string.IsNullOrWhiteSpace(article.Body))
            ? enricher.Enrich(article)
            : throw new ProblemException(400, "A text needs a title or a body.", $"{place}title");
    }

    static ArticleContent Article(EnrichInput input, string place) => new()
    {
        Title = input.Title,
        Body = input.Body,
        Published = Instant(input.Published, place),
        Source = Outlet(input, place),
        Url = input.Url,
        Language = input.Language,
        Tags = input.Tags ?? [],
    };

    static DateTimeOffset? Instant(string? published, string place) =>
        string.IsNullOrWhiteSpace(published) ? null
        : DateTimeOffset.TryParse(published, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant
        : throw new ProblemException(400, "Expected an ISO 8601 date or instant, 2026-03-01T12:00:00Z for example.", $"{place}published");

    // A name, a domain, or the object that POST /api/articles takes.
    static Source? Outlet(EnrichInput input, string place)
    {
        var host = Uri.TryCreate(input.Url, UriKind.Absolute, out var url) && url.Host.Length > 0 ? Domain(url.Host) : null;
        switch (input.Source?.ValueKind)
        {
            case JsonValueKind.Object:
                var source = input.Source.Value.Deserialize<Source>(Json.Options)!;
                return source with { Domain = source.Domain is { } domain ? Domain(domain) : host };
            case JsonValueKind.String when input.Source.Value.GetString() is { Length: > 0 } text:
                return Uri.CheckHostName(text) == UriHostNameType.Dns && text.Contains('.') ? new Source { Domain = Domain(text) } : new Source { Name = text, Domain = host };
            case null or JsonValueKind.Null or JsonValueKind.String:
                return host is null ? null : new Source { Domain = host };
            default:
                throw new ProblemException(400, "Expected a name, a domain or {name, domain}.", $"{place}source");
        }
    }

    static string Domain(string host) => host.ToLowerInvariant() is var lower && lower.StartsWith("www.", StringComparison.Ordinal) ? lower[4..] : lower;
}
