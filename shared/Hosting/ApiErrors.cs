using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Monitoring.Hosting;

/// <summary>The refusals of every operation. Those that all share are added here, so that a route names only its own; all are problem details.</summary>
static class ApiErrors
{
    const string MediaType = "application/problem+json";

    sealed record Meaning(string Description, string Example, string? Field = null);

    static readonly Dictionary<int, Meaning> Meanings = new()
    {
        [400] = new("What was sent is wrong; `field` names the parameter, header or member.", "limit must lie between 1 and 200.", "limit"),
        [401] = new("No key, or one that is unknown, expired or revoked.", "A key is needed, in Authorization: Bearer … or X-Api-Key."),
        [403] = new("The key does not allow this.", "This key has the scopes query, which do not allow this."),
        [404] = new("Nothing is known under what the path names.", "No article 7d0fdd0c-6a3f-5a43-a1ce-55b9f9dc1b52 is known here.", "id"),
        [409] = new("It stands against what is so already.", "The feed is paused. Resume it first.", "id"),
        [410] = new("What was asked for is over; begin anew.", "The cursor is of a journal that is no more. Begin without one.", "cursor"),
        [413] = new("Larger than is taken here.", "The request body is too large: 300000 bytes; this route takes 262144."),
        [415] = new("A media type, or a charset, that is not taken here.", "image/png is not taken: application/json is.", "Content-Type"),
        [422] = new("Understood, and yet it cannot be done.", "The page holds no feed.", "url"),
        [429] = new("Too many requests with this key, in a second or at a time.", "Too many requests with this key. Slow down, or ask for a higher rate."),
        [500] = new("An unexpected error.", "An unexpected error; the log has it under this trace id."),
        [503] = new("A part of the system is away for the moment, or the question took too long.", "The query took too long. Narrow it down, by a time range for example."),
    };

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.Responses ??= [];
        foreach (var status in Shared(operation, context)) operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse());
        var problem = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document);
        foreach (var (name, response) in operation.Responses.ToList())
            if (int.TryParse(name, CultureInfo.InvariantCulture, out var status) && status >= 400) operation.Responses[name] = Describe(status, response, problem);
        return Task.CompletedTask;
    }

    static IEnumerable<int> Shared(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        // 400 as well where there is nothing to send: no address holds a character zero.
        int[] always = [400, 429, 500, 503];
        return
        [
            .. always,
            .. context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any() ? Array.Empty<int>() : [401, 403],
            .. operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true ? [404] : Array.Empty<int>(),
            .. operation.RequestBody is not null ? [413, 415] : Array.Empty<int>(),
        ];
    }

    static OpenApiResponse Describe(int status, IOpenApiResponse given, OpenApiSchemaReference problem)
    {
        var meaning = Meanings.GetValueOrDefault(status) ?? new(ReasonPhrases.GetReasonPhrase(status), ReasonPhrases.GetReasonPhrase(status));
        return new OpenApiResponse
        {
            // A route's own words stand; the framework's are only the number again.
            Description = string.IsNullOrEmpty(given.Description) || given.Description == ReasonPhrases.GetReasonPhrase(status) ? meaning.Description : given.Description,
            Headers = status is 429 or 503 ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = RetryAfter() } : null,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaType] = new() { Schema = problem, Example = JsonSerializer.SerializeToNode(Problems.Create(status, meaning.Example, meaning.Field), Json.Options) },
            },
        };
    }

    static OpenApiHeader RetryAfter() => new() { Description = "Seconds to wait before the next try.", Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } };

    /// <summary>Problem details as they come: with the member they are about, and the trace id under which the log has them.</summary>
    public static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457 problem details.",
        Required = new HashSet<string> { "title", "status", "detail" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Address of the kind of problem."),
            ["title"] = Text("The status in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "HTTP status." },
            ["detail"] = Text("One sentence for a person: what is wrong and what was expected."),
            ["field"] = Text("The parameter, header or member it is about."),
            ["traceId"] = Text("Under this id the log has what happened."),
        },
    };

    static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
