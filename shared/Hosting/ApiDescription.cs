using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Monitoring.Hosting;

/// <summary>Each service describes its own routes in OpenAPI 3.1; the gateway merges them into /openapi.json and /docs.</summary>
public static class ApiDescription
{
    public const string Path = "/openapi.json";

    internal static void AddApiDescription(this WebApplicationBuilder builder, string service) =>
        builder.Services.AddOpenApi(service, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = $"Monitoring {service}", Version = "1" };
                document.Servers = [];
                return Task.CompletedTask;
            });
        });

    internal static void MapApiDescription(this WebApplication app) => app.MapOpenApi("/{documentName}" + Path);
}
