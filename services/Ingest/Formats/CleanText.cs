using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Formats;

/// <summary>Text as the system keeps it: no control characters (PostgreSQL takes no NUL), \n line ends, no ragged white space.</summary>
public static partial class CleanText
{
    public static string? Line(string? text) => Present(Spaces().Replace(Printable(text ?? ""), " ").Trim());

    public static string? Paragraphs(string? text) =>
        Present(BlankLines().Replace(TrailingSpaces().Replace(Printable((text ?? "").ReplaceLineEndings("\n")), ""), "\n\n").Trim());

    static string? Present(string text) => text.Length > 0 ? text : null;

    static string Printable(string text)
    {
        if (!text.Any(IsForbidden)) return text;
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!IsForbidden(c)) kept.Append(c);
        return kept.ToString();
    }

    // Control characters and the byte order mark; direction marks stay, right-to-left text needs them.
    static bool IsForbidden(char c) => char.IsControl(c) && c is not ('\n' or '\t' or '\r' or '\u0085') || c == '\uFEFF';

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[^\S\n]+(?=\n)")]
    private static partial Regex TrailingSpaces();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex BlankLines();
}
