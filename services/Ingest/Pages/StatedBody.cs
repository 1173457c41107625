using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Monitoring.Ingest.Pages;

/// <summary>
/// The text that a page's JSON-LD gives as <c>articleBody</c>: often all of it without headings, often only its beginning,
/// sometimes with markup. So it shows which blocks are the article, and stands in only where the page shows none.
/// </summary>
sealed partial class StatedBody
{
    public string Text { get; }
    readonly string letters;

    /// <summary>In letters, as <see cref="Block.Weight"/>.</summary>
    public int Weight { get; }

    const int Probe = 40, MaxLength = 200_000;

    StatedBody(string text) => (Text, letters, Weight) = (text, Letters(text), text.Sum(PageOutline.Worth));

    public static StatedBody? Find(IHtmlDocument document)
    {
        var longest = "";
        foreach (var script in document.GetElementsByTagName("script"))
        {
            if (script.GetAttribute("type") is not { } type || !type.Contains("ld+json", StringComparison.OrdinalIgnoreCase)) continue;
            var json = script.TextContent;
            // Read by name, not by structure: one stray line break elsewhere would lose the whole document.
            for (var at = json.IndexOf("\"articleBody\"", StringComparison.Ordinal); at >= 0; at = json.IndexOf("\"articleBody\"", at + 13, StringComparison.Ordinal))
                if (Value(json, at + 13) is { } text && text.Length > longest.Length) longest = text;
        }
        var plain = Plain(longest);
        return plain.Length is >= 200 and < MaxLength ? new StatedBody(plain) : null;
    }

    /// <summary>How far into the stated text the block ends, 0 to 1; -1 where it is not part of it.</summary>
    public double Place(Block block)
    {
        if (block.Weight < 12) return -1;
        var text = Letters(block.Text);
        var at = letters.IndexOf(text[..Math.Min(text.Length, Probe)], StringComparison.Ordinal);
        if (at >= 0) return Math.Min(1, (double)(at + text.Length) / letters.Length);
        if (text.Length < 2 * Probe || (at = letters.IndexOf(text[^Probe..], StringComparison.Ordinal)) < 0) return -1;
        return (double)(at + Probe) / letters.Length;
    }

    static string? Value(string json, int from)
    {
        while (from < json.Length && (char.IsWhiteSpace(json[from]) || json[from] == ':')) from++;
        if (from >= json.Length || json[from] != '"') return null;
        var end = from + 1;
        while (end < json.Length && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
        if (end >= json.Length) return null;
        var raw = json[from..(end + 1)].Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        try
        {
            return JsonSerializer.Deserialize<string>(raw);
        }
        catch (JsonException)
        {
            return null; // A page may state nonsense; it is read without the statement then.
        }
    }

    static string Plain(string text)
    {
        if (text.Contains('<', StringComparison.Ordinal)) text = Tags().Replace(BlockTags().Replace(text, "\n\n"), "");
        if (text.Contains('&', StringComparison.Ordinal)) text = System.Net.WebUtility.HtmlDecode(text);
        return Lines().Replace(text, "\n\n").Trim();
    }

    static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) letters.Append(char.ToLowerInvariant(c));
        return letters.ToString();
    }

    [GeneratedRegex(@"</?(p|div|br|h[1-6]|li|ul|ol|blockquote|figure|table|tr)\b[^<>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex BlockTags();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"[^\S\n]*\n\s*")]
    private static partial Regex Lines();
}
