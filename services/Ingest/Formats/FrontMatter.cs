using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Monitoring.Ingest.Formats;

/// <summary>
/// Front matter as site generators have it: YAML between <c>---</c>, or the simple <c>key = value</c> lines of TOML between
/// <c>+++</c>. YAML that is none (a colon in a title without quotes) is read line by line.
/// </summary>
public static partial class FrontMatter
{
    const int MaxLines = 1_000, MaxCharacters = 100_000, MaxDepth = 8;

    /// <summary>The fields, taken off the lines; null where the text begins with no front matter.</summary>
    public static IReadOnlyList<HeadField>? Take(ref ArraySegment<string> lines)
    {
        if (lines.Count == 0 || lines[0].TrimEnd() is not ("---" or "+++")) return null;
        var (fence, end, size) = (lines[0].TrimEnd(), 1, 0);
        while (end < lines.Count && !IsEnd(lines[end], fence))
            if (end > MaxLines || (size += lines[end++].Length) > MaxCharacters) return null;
        if (end == lines.Count) return null;
        var inside = lines[1..end];
        var fields = fence == "---" ? Yaml(inside) : Toml(inside);
        // A text between two rules is a text.
        if (fields.Count == 0 && inside.Any(line => !string.IsNullOrWhiteSpace(line))) return null;
        lines = lines[(end + 1)..];
        return [.. fields.Select(field => new HeadField(field.Key, field.Value))];
    }

    static bool IsEnd(string line, string fence) => line.TrimEnd() is var trimmed && (trimmed == fence || fence == "---" && trimmed == "...");

    // By events, not as a document: what is nested too deeply is left before it is too deep for anybody's stack.
    static Dictionary<string, List<string>> Yaml(ArraySegment<string> lines)
    {
        try
        {
            var fields = new Dictionary<string, List<string>>();
            var parser = new Parser(new StringReader(string.Join('\n', lines.ToArray())));
            parser.Consume<StreamStart>();
            if (parser.TryConsume<DocumentStart>(out _) && parser.Accept<MappingStart>(out _)) Mapping(parser, "", fields, 0);
            return fields;
        }
        catch (YamlException)
        {
            return lines.Select(line => YamlLine().Match(line)).Where(match => match.Success)
                .DistinctBy(match => match.Groups["name"].Value)
                .ToDictionary(match => match.Groups["name"].Value, match => new List<string> { match.Groups["value"].Value.Trim().Trim('"', '\'') });
        }
    }

    static void Mapping(Parser parser, string prefix, Dictionary<string, List<string>> fields, int depth)
    {
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key)) throw new YamlException("A key must be a word.");
            Value(parser, prefix + key.Value, fields, depth + 1);
        }
    }

    static void Value(Parser parser, string name, Dictionary<string, List<string>> fields, int depth)
    {
        if (depth > MaxDepth) throw new YamlException("Nested too deeply.");
        if (parser.TryConsume<Scalar>(out var scalar)) Add(fields, name, scalar is { Style: ScalarStyle.Plain, Value: "null" or "~" } ? "" : scalar.Value);
        else if (parser.TryConsume<AnchorAlias>(out _)) Add(fields, name, "");
        else if (parser.Accept<MappingStart>(out _)) Mapping(parser, name + ".", fields, depth);
        else
        {
            parser.Consume<SequenceStart>();
            while (!parser.TryConsume<SequenceEnd>(out _)) Value(parser, name, fields, depth + 1);
        }
    }

    // A table ends what is simple.
    static Dictionary<string, List<string>> Toml(ArraySegment<string> lines)
    {
        var fields = new Dictionary<string, List<string>>();
        string? open = null;
        foreach (var line in lines)
        {
            var value = line;
            if (open is null)
            {
                if (line.StartsWith('[')) break;
                if (TomlLine().Match(line) is not { Success: true } match) continue;
                (open, value) = (match.Groups["name"].Value, match.Groups["value"].Value.Trim());
                if (!value.StartsWith('['))
                {
                    Add(fields, open, TomlString().Match(value) is { Success: true, Index: 0 } text ? Unescaped(text) : value.Split('#')[0].Trim());
                    open = null;
                    continue;
                }
            }
            foreach (Match item in TomlString().Matches(value)) Add(fields, open, Unescaped(item));
            if (TomlString().Replace(value, "").Split('#')[0].Contains(']', StringComparison.Ordinal)) open = null;
        }
        return fields;
    }

    static string Unescaped(Match text) => text.Groups["literal"].Success ? text.Groups["literal"].Value
        : TomlEscape().Replace(text.Groups["basic"].Value, escape => escape.Groups["code"].Value switch
        {
            "n" => "\n",
            "t" => "\t",
            ['u', .. var hex] => ((char)Convert.ToInt32(hex, 16)).ToString(),
            var other => other,
        });

    static void Add(Dictionary<string, List<string>> fields, string name, string value)
    {
        if (fields.TryGetValue(name, out var values)) values.Add(value);
        else fields.Add(name, [value]);
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z][\w-]*):\s+(?<value>.*)$")]
    private static partial Regex YamlLine();

    [GeneratedRegex(@"^\s*""?(?<name>[A-Za-z][\w-]*)""?\s*=\s*(?<value>.*)$")]
    private static partial Regex TomlLine();

    [GeneratedRegex(@"""(?<basic>(?:[^""\\]|\\.)*)""|'(?<literal>[^']*)'")]
    private static partial Regex TomlString();

    [GeneratedRegex(@"\\(?<code>u[0-9A-Fa-f]{4}|.)")]
    private static partial Regex TomlEscape();
}
