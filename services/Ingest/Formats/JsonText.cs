using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Monitoring.Hosting;

namespace Monitoring.Ingest.Formats;

/// <summary>JSON from outside, read member by member, so that every complaint names its place.</summary>
static class JsonText
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="utf8">One JSON object.</param>
    /// <param name="line">The line it begins in, from 1, to be told where it is wrong.</param>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, int line = 1)
    {
        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(utf8.Span)) throw new ProblemException(400, $"Not valid UTF-8 at byte {FirstInvalidByte(utf8.Span)}.");
        try
        {
            var document = JsonDocument.Parse(utf8);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document
                : throw new ProblemException(400, $"Expected a JSON object, found {Kind(document.RootElement)}.");
        }
        catch (JsonException error)
        {
            throw new ProblemException(400, $"Invalid JSON at line {error.LineNumber + line}, column {error.BytePositionInLine + 1}: {Reason(error)}");
        }
    }

    public static string? String(this JsonElement parent, string member, string? path = null)
    {
        if (!parent.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        path ??= member;
        if (value.ValueKind != JsonValueKind.String) throw new ProblemException(400, $"{path} must be a string, not {Kind(value)}.", path);
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: no character, and no database takes it.
            throw new ProblemException(400, $"{path} holds a \\u escape that is no character.", path);
        }
    }

    public static IReadOnlyList<string> Strings(this JsonElement parent, string member)
    {
        if (!parent.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null) return [];
        if (value.ValueKind != JsonValueKind.Array) throw new ProblemException(400, $"{member} must be an array of strings, not {Kind(value)}.", member);
        return [.. value.EnumerateArray().Select((item, i) => item.ValueKind == JsonValueKind.String ? item.GetString()!
            : throw new ProblemException(400, $"{member}[{i}] must be a string, not {Kind(item)}.", $"{member}[{i}]"))];
    }

    public static JsonElement? Object(this JsonElement parent, string member)
    {
        if (!parent.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.Object ? value
            : throw new ProblemException(400, $"{member} must be an object, not {Kind(value)}.", member);
    }

    /// <summary>Objects of an array; anything else in it is passed over.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    // The library appends its own, zero-based position.
    static string Reason(JsonException error) => error.Message.Split(" LineNumber:")[0].Split(" Path:")[0];

    static int FirstInvalidByte(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Strict.GetCharCount(bytes);
            return -1;
        }
        catch (DecoderFallbackException fault)
        {
            return fault.Index;
        }
    }
}
