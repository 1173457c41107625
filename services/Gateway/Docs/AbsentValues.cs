using System.Text.Json.Nodes;

namespace Monitoring.Gateway.Docs;

/// <summary>Values that are absent are left out, never null. So no schema offers null, and no member that may be absent is required.</summary>
public static class AbsentValues
{
    /// <summary>Changes the description, whatever the depth.</summary>
    public static void Describe(JsonNode? node)
    {
        if (node is JsonArray items)
            foreach (var item in items) Describe(item);
        if (node is not JsonObject schema) return;
        if (schema["properties"] is JsonObject properties && schema["required"] is JsonArray required)
        {
            foreach (var name in required.Where(name => MayBeNull(properties[(string)name!])).ToList()) required.Remove(name);
            if (required.Count == 0) schema.Remove("required");
        }
        if (schema["type"] is JsonArray types)
        {
            foreach (var none in types.Where(IsNull).ToList()) types.Remove(none);
            if (types.Count == 1) schema["type"] = types[0]!.DeepClone();
        }
        if (schema["enum"] is JsonArray values) values.RemoveAll(value => value is null);
        if (schema["oneOf"] is JsonArray choices && MayBeNull(schema))
        {
            foreach (var none in choices.Where(choice => IsNull(choice!["type"])).ToList()) choices.Remove(none);
            if (choices.Count == 1)
            {
                schema.Remove("oneOf");
                foreach (var (name, value) in choices[0]!.AsObject()) schema[name] = value?.DeepClone();
            }
        }
        foreach (var (name, value) in schema)
            if (name is not ("example" or "examples")) Describe(value);
    }

    static bool MayBeNull(JsonNode? schema) =>
        schema?["type"] is JsonArray types && types.Any(IsNull) || schema?["oneOf"] is JsonArray choices && choices.Any(choice => IsNull(choice!["type"]));

    static bool IsNull(JsonNode? type) => type is JsonValue && type.GetValueKind() == System.Text.Json.JsonValueKind.String && (string)type! == "null";
}
