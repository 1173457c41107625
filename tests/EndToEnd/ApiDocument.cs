using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tests.EndToEnd;

/// <summary>The system as it describes itself in /openapi.json.</summary>
sealed class ApiDocument(JsonObject json)
{
    static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    public JsonObject Json { get; } = json;

    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in json["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           where Methods.Contains(method.Key)
           select new Operation(path.Key, method.Key.ToUpperInvariant(), method.Value!.AsObject()),
    ];

    public static async Task<ApiDocument> ReadAsync(Installation system) =>
        new(JsonNode.Parse(await system.Client.GetStringAsync(new Uri("/openapi.json", UriKind.Relative)))!.AsObject());

    public JsonObject Schema(JsonNode schema) => (string?)schema["$ref"] is { } reference
        ? Json["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject() : schema.AsObject();

    /// <summary>What in a value is not as its schema says, each with its place; a member that the schema does not know is a fault too.</summary>
    public IEnumerable<string> Faults(JsonNode? value, JsonNode? reference, string place = "$")
    {
        if (reference is null) return [];
        var schema = Schema(reference);
        if (schema["oneOf"] is JsonArray choices) return choices.Any(choice => !Faults(value, choice).Any()) ? [] : [$"{place} is none of the choices"];
        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value))) return [$"{place} is {value?.ToJsonString()}, and none of {allowed.ToJsonString()}"];
        if (schema["type"] is { } type && !(type is JsonArray types ? types : [type.DeepClone()]).Any(kind => Is((string)kind!, value))) return [$"{place} is {Short(value)} and no {type.ToJsonString()}"];
        return value switch
        {
            JsonObject members => [.. MemberFaults(members, schema, place)],
            JsonArray items => items.SelectMany((item, i) => Faults(item, schema["items"], $"{place}[{i}]")),
            JsonValue when value.GetValueKind() == JsonValueKind.String && !Fits((string)value!, (string?)schema["format"]) => [$"{place} is {Short(value)} and no {schema["format"]}"],
            _ => [],
        };
    }

    IEnumerable<string> MemberFaults(JsonObject members, JsonObject schema, string place)
    {
        foreach (var name in schema["required"]?.AsArray() ?? [])
            if (!members.ContainsKey((string)name!)) yield return $"{place}.{name} is missing";
        if (schema["properties"] is not JsonObject properties) yield break;
        foreach (var (name, member) in members)
        {
            var described = properties[name] ?? schema["additionalProperties"];
            if (described is null) yield return $"{place}.{name} is not described";
            else foreach (var fault in Faults(member, described, $"{place}.{name}")) yield return fault;
        }
    }

    static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) or ("null", JsonValueKind.Null) => true,
        ("integer", JsonValueKind.Number) => long.TryParse(value!.ToJsonString(), CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    static bool Fits(string text, string? format) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date-time" => text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "uri" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        _ => true,
    };

    static string Short(JsonNode? value) => value?.ToJsonString() is { Length: > 80 } text ? text[..80] + "…" : value?.ToJsonString() ?? "null";
}

/// <param name="Path">With its parameters in braces.</param>
/// <param name="Method">In capitals.</param>
/// <param name="Json">As the description has it.</param>
sealed partial record Operation(string Path, string Method, JsonObject Json)
{
    readonly Regex pattern = new($"^{Braces().Replace(Path, "[^/]+")}$");

    public string Id => (string)Json["operationId"]!;
    public IReadOnlyList<JsonObject> Parameters => [.. (Json["parameters"]?.AsArray() ?? []).Select(parameter => parameter!.AsObject())];
    public JsonObject Responses => Json["responses"]!.AsObject();

    /// <summary>Media types and their descriptions.</summary>
    public JsonObject? Body => Json["requestBody"]?["content"]?.AsObject();

    public bool Takes(string method, string path) => Method == method && pattern.IsMatch(path);
    public bool Documents(int status) => Responses.ContainsKey(status.ToString(CultureInfo.InvariantCulture));

    /// <summary>The description of an answer's body; none where the status or the media type is not described.</summary>
    public JsonNode? Answer(int status, string? mediaType) => mediaType is null ? null : Responses[status.ToString(CultureInfo.InvariantCulture)]?["content"]?[mediaType];

    public override string ToString() => $"{Method} {Path} ({Id})";

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Braces();
}
