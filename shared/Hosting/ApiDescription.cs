using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
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
                document.Components ??= new OpenApiComponents();
                document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
                document.Components.Schemas[nameof(ProblemDetails)] = ApiErrors.Schema();
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer(ApiComments.AddAsync);
            options.AddSchemaTransformer(AsWritten);
            options.AddOperationTransformer(ApiComments.AddAsync);
            options.AddOperationTransformer(ApiAnswers.AddAsync);
            options.AddOperationTransformer(ApiErrors.AddAsync);
            options.AddOperationTransformer(ApiExamples.AddAsync);
        });

    // What the framework does not see. Converters hide what they write: instants in UTC, and enums by name.
    static Task AsWritten(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonPropertyInfo?.PropertyType ?? context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset) || context.JsonTypeInfo.Type.IsEnum) schema.Type = JsonSchemaType.String;
        if (type == typeof(DateTimeOffset?)) schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        // The framework requires every parameter of a record's constructor; what may be null may be absent.
        foreach (var property in context.JsonTypeInfo.Properties.Where(property => property.IsGetNullable)) schema.Required?.Remove(property.Name);
        return Task.CompletedTask;
    }

    internal static void MapApiDescription(this WebApplication app) => app.MapOpenApi("/{documentName}" + Path);
}
