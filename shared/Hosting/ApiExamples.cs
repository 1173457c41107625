using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Monitoring.Hosting;

/// <summary>
/// Examples lie beside the code in <c>examples/{operationId}.json</c>: <c>{parameters: {name: value}, request: body, response: body}</c>, each
/// where the operation has it; bodies that are not JSON are strings. Whoever adds a route adds its file: a test lists those without.
/// </summary>
static class ApiExamples
{
    public static async Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "examples", $"{operation.OperationId}.json");
        if (!File.Exists(file)) return;
        var example = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellation))!.AsObject();
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            parameter.Example = example["parameters"]?[parameter.Name!]?.DeepClone();
        Illustrate(operation.RequestBody?.Content, example["request"]);
        foreach (var (status, response) in operation.Responses ?? [])
            if (status.StartsWith('2')) Illustrate(response.Content, example["response"]);
    }

    static void Illustrate(IDictionary<string, OpenApiMediaType>? content, JsonNode? example)
    {
        if (example is not null)
            foreach (var media in content?.Values.Where(media => media.Example is null) ?? []) media.Example = example.DeepClone();
    }
}
