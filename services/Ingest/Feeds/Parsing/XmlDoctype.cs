namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// The document type: read for the entities it declares with a plain text, and for nothing else. Nothing is loaded from anywhere, and
/// a text that refers to other declared entities is not expanded further, so no document grows by its declarations.
/// </summary>
sealed class XmlDoctype
{
    const int LongestEntity = 10_000;

    public Dictionary<string, string> Entities { get; } = [];

    /// <summary>Netscape's RSS 0.91 is told from UserLand's by its document type alone.</summary>
    public bool IsNetscape { get; }

    /// <summary>Names a file with declarations that are not read: an unknown entity is then no fault of the document.</summary>
    public bool IsExternal { get; }

    public XmlDoctype(ReadOnlySpan<char> declaration)
    {
        var subset = declaration.IndexOf('[');
        var head = subset < 0 ? declaration : declaration[..subset];
        IsNetscape = head.Contains("netscape", StringComparison.OrdinalIgnoreCase);
        IsExternal = head.Contains("SYSTEM", StringComparison.Ordinal) || head.Contains("PUBLIC", StringComparison.Ordinal) || declaration.Contains("<!ENTITY %", StringComparison.Ordinal);
        if (subset < 0) return;
        var rest = declaration[subset..];
        while (rest.IndexOf("<!ENTITY", StringComparison.Ordinal) is >= 0 and var start)
        {
            rest = rest[(start + 8)..].TrimStart();
            var name = rest[..Math.Max(0, rest.IndexOfAny(" \t\r\n>"))];
            var value = rest[name.Length..].TrimStart();
            if (name.Length is 0 or > 100 || value.Length == 0 || value[0] is not ('"' or '\'')) continue;
            var end = value[1..].IndexOf(value[0]);
            if (end < 0) break;
            if (end <= LongestEntity) Entities.TryAdd(name.ToString(), HtmlEntities.Decode(value.Slice(1, end).ToString()));
            rest = value[(end + 2)..];
        }
    }

    /// <summary>Where it ends; -1 where it does not.</summary>
    /// <param name="text">The document.</param>
    /// <param name="start">Where it begins.</param>
    public static int End(string text, int start)
    {
        var inSubset = false;
        for (var i = start + 9; i < text.Length; i++)
            switch (text[i])
            {
                case '[':
                    inSubset = true;
                    break;
                case ']':
                    inSubset = false;
                    break;
                case '>' when !inSubset:
                    return i + 1;
                case '"' or '\'':
                    i = text.IndexOf(text[i], i + 1);
                    if (i < 0) return -1;
                    break;
                case '<' when text.AsSpan(i).StartsWith("<!--"):
                    i = text.IndexOf("-->", i, StringComparison.Ordinal);
                    if (i < 0) return -1;
                    break;
            }
        return -1;
    }
}
