using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Monitoring.Hosting;

/// <summary>
/// What follows from how an operation answers: whoever may say 304 gives an ETag and takes it back; a stream of events goes on where it
/// was left; and what is no JSON is bytes to clients, which read it as it comes instead of waiting for its end.
/// </summary>
static class ApiAnswers
{
    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (operation.Responses?.TryGetValue("200", out var found) != true || found is not OpenApiResponse answer) return Task.CompletedTask;
        if (operation.Responses.ContainsKey("304"))
        {
            Take("If-None-Match", "The ETag of an answer you have: 304 if it still holds.");
            answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
            answer.Headers["ETag"] = new OpenApiHeader { Description = "Changes with the answer.", Schema = Text() };
        }
        if (answer.Content?.ContainsKey("text/event-stream") == true) Take("Last-Event-ID", "The id of the last event you have: the stream goes on after it, without a gap.");
        foreach (var (type, media) in answer.Content ?? new Dictionary<string, OpenApiMediaType>())
            if (type != "application/json") media.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        return Task.CompletedTask;

        void Take(string name, string description)
        {
            operation.Parameters ??= [];
            if (operation.Parameters.All(parameter => parameter.Name != name))
                operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = description, Schema = Text() });
        }
    }

    static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
