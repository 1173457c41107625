using System.Text.Json.Nodes;

namespace Tests.EndToEnd;

/// <summary>A developer works from the description alone: so all of it is there, and all of it is true.</summary>
[Collection(nameof(Installation))]
public class ApiDescriptionTests(Installation system)
{
    [Fact]
    public async Task Every_operation_says_what_it_does_and_what_each_parameter_means()
    {
        var api = await ApiDocument.ReadAsync(system);
        Assert.InRange(api.Operations.Count, 40, 200);
        AssertNone(api.Operations.Where(operation => string.IsNullOrEmpty((string?)operation.Json["summary"])).Select(operation => $"{operation} has no summary"));
        AssertNone(from operation in api.Operations
                   from parameter in operation.Parameters
                   where string.IsNullOrEmpty((string?)parameter["description"])
                   select $"{operation}: the parameter {parameter["name"]} has no description (an XML comment at the handler's parameter)");
    }

    [Fact]
    public async Task Every_operation_documents_its_refusals_as_problem_details()
    {
        var api = await ApiDocument.ReadAsync(system);
        AssertNone(from operation in api.Operations
                   from status in (int[])[401, 403, 429, 500, 503, .. operation.Path.Contains('{', StringComparison.Ordinal) ? [404] : Array.Empty<int>(), .. operation.Body is null ? Array.Empty<int>() : [400, 413]]
                   where !operation.Documents(status)
                   select $"{operation} does not document {status}");
        AssertNone(from operation in api.Operations
                   from response in operation.Responses
                   where response.Key[0] >= '4' && (string?)response.Value!["content"]?["application/problem+json"]?["schema"]?["$ref"] != "#/components/schemas/ProblemDetails"
                   select $"{operation}: {response.Key} is not described as problem details");
        AssertNone(from operation in api.Operations
                   from status in (string[])["429", "503"]
                   where operation.Responses[status]?["headers"]?["Retry-After"] is null
                   select $"{operation}: {status} does not describe Retry-After");
        foreach (var field in (string[])["title", "status", "detail", "field", "traceId"]) Assert.NotNull(api.Json["components"]!["schemas"]!["ProblemDetails"]!["properties"]![field]);
    }

    [Fact]
    public async Task Every_body_has_an_example_that_its_schema_takes()
    {
        var api = await ApiDocument.ReadAsync(system);
        AssertNone(from operation in api.Operations
                   from body in Bodies(operation)
                   where body.Content.All(media => media.Value!["example"] is null)
                   select $"{operation} has no example of its {body.Name} (services/*/examples/{operation.Id}.json)");
        AssertNone(from operation in api.Operations
                   from body in Bodies(operation)
                   from media in body.Content
                   where media.Value!["example"] is not null
                   from fault in api.Faults(media.Value["example"], media.Value["schema"])
                   select $"{operation}, the example of its {body.Name}: {fault}");
        AssertNone(from operation in api.Operations
                   from parameter in operation.Parameters
                   where parameter["example"] is not null
                   from fault in api.Faults(parameter["example"], parameter["schema"])
                   select $"{operation}, the example of {parameter["name"]}: {fault}");
    }

    [Fact]
    public async Task The_typed_client_was_made_from_this_description()
    {
        var api = await ApiDocument.ReadAsync(system);
        Assert.True(JsonNode.DeepEquals(api.Json, JsonNode.Parse(Repository.Read("clients/dotnet/openapi.json"))), "The API is not the one that clients/dotnet was made from: run deploy/client.");
    }

    static IEnumerable<(string Name, JsonObject Content)> Bodies(Operation operation) =>
    [
        .. operation.Body is { } body ? [("request", body)] : Array.Empty<(string, JsonObject)>(),
        .. from response in operation.Responses
           where response.Value!["content"] is not null
           select ($"{response.Key} answer", response.Value!["content"]!.AsObject()),
    ];

    static void AssertNone(IEnumerable<string> faults) => Assert.True(!faults.Any(), string.Join('\n', faults));
}
