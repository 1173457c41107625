using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// The declarations of a <c>style</c> attribute that change looks only, by the classical lists of feed readers: a property of the list
/// with any plain value, or a background, border, margin or padding of listed keywords and measures. One suspicious character
/// (an escape, a comment, a function) and none of them stays.
/// </summary>
static partial class CssDeclarations
{
    public static string Sanitise(string style, bool svg = false)
    {
        style = Address().Replace(style, " ");
        if (!Plain().IsMatch(style)) return "";
        var kept = new StringBuilder();
        foreach (var declaration in style.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            var property = declaration[..Math.Max(0, colon)].TrimEnd();
            // Not a list of declarations after all.
            if (!Property().IsMatch(property) || declaration.LastIndexOf(':') != colon) return "";
            var value = declaration[(colon + 1)..].TrimStart();
            if (value.Length > 0 && IsAllowed(property, value, svg)) kept.Append(kept.Length > 0 ? " " : "").Append(property).Append(": ").Append(value).Append(';');
        }
        return kept.ToString();
    }

    static bool IsAllowed(string property, string value, bool svg) =>
        Properties.Contains(property) || svg && SvgProperties.Contains(property)
        || Boxes.Contains(property.Split('-')[0]) && value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(word => Keywords.Contains(word) || Measure().IsMatch(word));

    static readonly FrozenSet<string> Boxes = Words("background border margin padding");

    static readonly FrozenSet<string> Properties = Words("""
        azimuth background-color border-bottom-color border-collapse border-color border-left-color border-right-color border-top-color
        clear color cursor direction display elevation float font font-family font-size font-style font-variant font-weight height
        letter-spacing line-height overflow pause pause-after pause-before pitch pitch-range richness speak speak-header speak-numeral
        speak-punctuation speech-rate stress text-align text-decoration text-indent unicode-bidi vertical-align voice-family volume
        white-space width
        """);

    static readonly FrozenSet<string> SvgProperties = Words(
        "fill fill-opacity fill-rule stroke stroke-linecap stroke-linejoin stroke-opacity stroke-width");

    static readonly FrozenSet<string> Keywords = Words("""
        auto aqua black block blue bold both bottom brown center collapse dashed dotted fuchsia gray green !important italic left lime
        maroon medium none navy normal nowrap olive pointer purple red right silver solid teal top transparent underline white yellow
        """);

    static FrozenSet<string> Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"url\s*\(\s*[^\s)]+\s*\)\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex("""^([:,;#%.\sa-zA-Z0-9!-]|'[\s\w]+'|"[\s\w]+"|\([\d,\s%]+\))*$""", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex("^[-a-zA-Z]+$")]
    private static partial Regex Property();

    [GeneratedRegex(@"^(#[0-9a-f]+|rgb\([\d%,\s]+\)?|-?\d{0,4}\.?\d{0,4}(cm|em|ex|in|mm|pc|pt|px|rem|%|,|\))?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Measure();
}
