using System.Text.Json;

namespace Tests.Quality;

/// <summary>Compares what was read with NAME.expected.json: every member there must be found with the same value, others are free.</summary>
static class Expected
{
    /// <summary>Null where nothing differs, or nothing is expected.</summary>
    public static string? Difference(string file, JsonElement read)
    {
        var path = file + ".expected.json";
        if (!File.Exists(path)) return null;
        using var expected = JsonDocument.Parse(File.ReadAllBytes(path));
        return Difference("", expected.RootElement, read);
    }

    static string? Difference(string path, JsonElement expected, JsonElement read)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object when read.ValueKind == JsonValueKind.Object:
                return expected.EnumerateObject().Select(member => read.TryGetProperty(member.Name, out var value) ? Difference($"{path}/{member.Name}", member.Value, value)
                    : member.Value.ValueKind == JsonValueKind.Null ? null : $"{path}/{member.Name}: missing").FirstOrDefault(difference => difference is not null);
            case JsonValueKind.Array when read.ValueKind == JsonValueKind.Array:
                return expected.GetArrayLength() != read.GetArrayLength() ? $"{path}: {read.GetArrayLength()} instead of {expected.GetArrayLength()}"
                    : expected.EnumerateArray().Zip(read.EnumerateArray()).Select((pair, i) => Difference($"{path}/{i}", pair.First, pair.Second)).FirstOrDefault(difference => difference is not null);
            default:
                return JsonElement.DeepEquals(expected, read) ? null : $"{path}: {read.GetRawText()} instead of {expected.GetRawText()}";
        }
    }
}
