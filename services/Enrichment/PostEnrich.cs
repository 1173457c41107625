using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Monitoring.Contracts;
using Monitoring.Hosting;

namespace Monitoring.Enrichment;

/// <param name="Title">The headline.</param>
/// <param name="Body">The text.</param>
/// <param name="Published">ISO 8601; not used yet.</param>
/// <param name="Source">The outlet; not used yet.</param>
/// <param name="Url">The address; not used yet.</param>
public sealed record EnrichInput(string? Title, string? Body, string? Published, string? Source, string? Url);

/// <summary><c>POST /api/enrich</c>: what the system would make of an article, without taking it in. An array in, an array out.</summary>
public static class PostEnrich
{
    const int MaxBytes = 8 << 20;

    public static void MapPostEnrich(this IEndpointRouteBuilder app) => app.MapPost("/api/enrich", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Enrichment").WithName("enrich")
        .WithSummary("Try the enrichment on a text, or on an array of texts, without storing anything")
        .Accepts<EnrichInput>("application/json").Produces<Contracts.Enrichment>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

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
        var input = item.ValueKind == JsonValueKind.Object ? item.Deserialize<EnrichInput>(Json.Options) : null;
        return input is not null && !(string.IsNullOrWhiteSpace(input.Title) && string.IsNullOrWhiteSpace(input.Body))
            ? enricher.Enrich(new ArticleContent { Title = input.Title, Body = input.Body })
            : throw new ProblemException(400, "A text needs a title or a body.", $"{place}title");
    }
}
