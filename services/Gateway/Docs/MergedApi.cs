using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.OpenApi;
using Monitoring.Gateway.Routing;
using Monitoring.Hosting;
using Scalar.AspNetCore;

namespace Monitoring.Gateway.Docs;

/// <summary><c>/openapi.json</c>: the descriptions of all services as one, and <c>/docs</c> to read it. Open to everyone, like the source.</summary>
public static class MergedApi
{
    /// <summary>People read it, and compare one with the next line by line. It never stands inside HTML, so quotes stay quotes.</summary>
    static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapDocs(this WebApplication app)
    {
        app.MapGet(ApiDescription.Path, async (ApiMerger merger, CancellationToken cancellation) =>
                TypedResults.Text((await merger.MergeAsync(cancellation)).ToJsonString(Indented), "application/json"))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapScalarApiReference("/docs", options => options
                .WithTitle("Monitoring")
                .WithOpenApiRoutePattern(ApiDescription.Path)
                // Nothing is fetched from anywhere else, nothing leads there: the page comes with the package.
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .DisableMcp()
                .HideClientButton()
                .HideDeveloperTools())
            .AllowAnonymous();
    }
}

/// <summary>Asks each service for its description and puts them together.</summary>
public sealed class ApiMerger(IHttpClientFactory clients, IConfiguration configuration, TokenIssuer tokens, IMemoryCache cache, IServiceProvider services)
{
    static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    public async Task<JsonObject> MergeAsync(CancellationToken cancellation) => (await cache.GetOrCreateAsync("openapi", async entry =>
    {
        entry.AbsoluteExpirationRelativeToNow = Remembered;
        entry.Size = 1;
        var parts = await Task.WhenAll(Routes.Services.Select(service => FetchAsync(service, cancellation)));
        var merged = Merge([.. parts, await OwnAsync(cancellation)]);
        AbsentValues.Describe(merged);
        return merged;
    }))!;

    /// <exception cref="InvalidOperationException">Two services mean different things by one name.</exception>
    public static JsonObject Merge(IEnumerable<JsonObject> parts)
    {
        var (paths, schemas) = (new JsonObject(), new JsonObject());
        foreach (var part in parts)
        {
            foreach (var (path, item) in part["paths"]?.AsObject() ?? [])
            {
                if (!paths.ContainsKey(path)) paths[path] = new JsonObject();
                foreach (var (method, operation) in item!.AsObject()) paths[path]![method] = operation!.DeepClone();
            }
            foreach (var (name, schema) in part["components"]?["schemas"]?.AsObject() ?? [])
                if (!schemas.ContainsKey(name)) schemas[name] = schema!.DeepClone();
                else if (!JsonNode.DeepEquals(schemas[name], schema)) throw new InvalidOperationException($"Two services mean different things by {name}.");
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Monitoring",
                ["version"] = "1",
                ["description"] = "News monitoring: take articles in, find them by what they are about, be told when something matters. Errors are problem details (RFC 9457).",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["apiKey"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                    ["apiKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-Api-Key" },
                },
            },
        };
    }

    async Task<JsonObject> FetchAsync(string service, CancellationToken cancellation)
    {
        using var request = ServiceRequest.Create(configuration, tokens, service, $"/{service}{ApiDescription.Path}");
        using var response = await clients.CreateClient(ServicesCheck.Client).SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation))!.AsObject();
    }

    async Task<JsonObject> OwnAsync(CancellationToken cancellation)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>("gateway").GetOpenApiDocumentAsync(cancellation);
        return JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellation))!.AsObject();
    }
}
