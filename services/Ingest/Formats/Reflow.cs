using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Formats;

/// <summary>
/// Paragraphs of a text whose lines were broken at a width of 72 or so. A line was broken for its width where the first word of
/// the next one would not have fitted; a text in which most breaks are of that kind is joined again, any other is left as it is.
/// </summary>
public static partial class Reflow
{
    const int Narrowest = 40, Widest = 100;

    // Writers and their programs break a few columns early.
    const int Slack = 4;

    /// <summary>Columns of paragraph-sized lines.</summary>
    public const int ParagraphColumns = 80;

    /// <summary>One line for each paragraph, list item or verse, empty ones between paragraphs.</summary>
    /// <param name="lines">As they were broken.</param>
    /// <param name="width">The columns they were broken at; null where they were not.</param>
    public static List<string> Join(IReadOnlyList<string> lines, out int? width)
    {
        width = Width(lines);
        var joined = new List<string>();
        var current = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].TrimEnd();
            var seam = i == 0 || current.Length == 0 || line.Length == 0 ? Seam.Paragraph
                : width is { } columns ? Wrapped(lines[i - 1].TrimEnd(), line, columns, IsItem(current)) : Unwrapped(lines[i - 1], line);
            if (seam is Seam.Space or Seam.None)
            {
                if (seam == Seam.Space) current.Append(' ');
                current.Append(line.AsSpan().TrimStart());
                continue;
            }
            if (current.Length > 0) joined.Add(current.ToString());
            if (seam == Seam.Paragraph && joined.Count > 0 && joined[^1].Length > 0) joined.Add("");
            current.Clear().Append(IsItem(line) || IsTable(line) ? line : line.Trim());
        }
        if (current.Length > 0) joined.Add(current.ToString());
        return joined;
    }

    enum Seam { Paragraph, Line, Space, None }

    static Seam Wrapped(string before, string after, int width, bool inItem)
    {
        if (IsItem(after) || IsTable(before) || IsTable(after)) return Seam.Line;
        var indent = Indent(after) - Indent(before);
        if (indent >= 2 && !inItem) return Seam.Paragraph;
        if (IsFull(before, after, width) || !EndsSentence(before) && StartsLower(after))
            return IsWide(before[^1]) && IsWide(after.TrimStart()[0]) || before is [.., var letter, '-'] && char.IsLetter(letter) && StartsLower(after) ? Seam.None : Seam.Space;
        return EndsSentence(before) || Columns(after) > width * 3 / 4 ? Seam.Paragraph : Seam.Line;
    }

    static Seam Unwrapped(string before, string after) =>
        !IsItem(after) && !IsTable(after) && (Columns(before) > ParagraphColumns || Columns(after) > ParagraphColumns) ? Seam.Paragraph : Seam.Line;

    static int? Width(IReadOnlyList<string> lines)
    {
        var width = lines.Where(line => line.Contains(' ', StringComparison.Ordinal) || line.Any(IsWide)).Select(line => Columns(line.TrimEnd())).DefaultIfEmpty().Max();
        if (width is < Narrowest or > Widest) return null;
        var (breaks, full, midSentence) = (0, 0, 0);
        for (var i = 1; i < lines.Count; i++)
        {
            var (before, after) = (lines[i - 1].TrimEnd(), lines[i].TrimEnd());
            if (before.Length == 0 || after.Length == 0 || IsItem(after)) continue;
            breaks++;
            if (!IsFull(before, after, width)) continue;
            full++;
            if (!EndsSentence(before) && StartsLower(after)) midSentence++;
        }
        // Scripts without capitals show no sentence that goes on; there the number must do.
        return midSentence > 0 && full * 2 >= breaks || breaks >= 4 && full * 10 >= breaks * 7 ? width : null;
    }

    static bool IsFull(string before, string after, int width)
    {
        after = after.TrimStart();
        var word = after.Length > 0 && IsWide(after[0]) ? after[..1] : after.Split(' ', 2)[0];
        return Columns(before) + 1 + Columns(word) > width - Slack;
    }

    static int Columns(string text) => text.Length + text.Count(IsWide);

    // Chinese, Japanese and full-width forms: two columns, and no space between words. Korean has spaces.
    static bool IsWide(char c) => c is >= '\u2E80' and <= '\uA4CF' or >= '\uF900' and <= '\uFAFF' or >= '\uFF01' and <= '\uFF60';

    static bool EndsSentence(string line) => line.TrimEnd('"', '”', '’', '\'', ')', ']', '»', '*', '_') is [.., '.' or '!' or '?' or ':' or '…' or '。' or '！' or '？' or '।' or '؟'];

    static bool StartsLower(string line) => line.TrimStart() is [var first, ..] && char.GetUnicodeCategory(first) == UnicodeCategory.LowercaseLetter;

    static int Indent(string line) => line.Length - line.AsSpan().TrimStart().Length;

    static bool IsItem(StringBuilder line) => IsItem(line.ToString(0, Math.Min(line.Length, 20)));

    static bool IsItem(string line) => Item().IsMatch(line);

    static bool IsTable(string line) => Table().IsMatch(line);

    [GeneratedRegex(@"^\s{0,8}(?:[-*•·‣▪–—>]|\d{1,3}[.)]|[a-z]\))\s")]
    private static partial Regex Item();

    // Columns set with spaces or bars.
    [GeneratedRegex(@"\S(?: {3,}|\t)\S|^\s*\|")]
    private static partial Regex Table();
}
