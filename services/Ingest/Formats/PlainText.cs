using System.Text.RegularExpressions;
using Monitoring.Hosting;

namespace Monitoring.Ingest.Formats;

/// <summary>
/// <c>text/plain</c>. At the top may stand front matter, mail headers or <c>date YYYY-MM-DD</c>; the first line is the title,
/// a byline below it names the authors, a line all in bold is a heading; a credit at the end names the source when none was
/// given. Lines broken at a width are joined to paragraphs. What the text does not say stays unsaid.
/// </summary>
public static partial class PlainText
{
    /// <summary>A first line longer than any headline is a text without one.</summary>
    const int MaxHeadline = 300;

    /// <param name="text">The article.</param>
    /// <param name="known">What the request says beside the text: id, url, source.</param>
    public static Submission Read(string text, Submission known)
    {
        var (head, rest) = Head(text, known);
        var lines = rest.SelectMany(WithRoom).ToList();
        // Before lines are joined, lest a credit become part of the last sentence, and after, when what was broken is whole.
        var host = TrailingBoilerplate.Remove(lines);
        return Article(Reflow.Join(lines, out var width), host, head, LongestHeadline(width));
    }

    /// <summary>What the top says, and the lines below it.</summary>
    internal static (Submission Head, ArraySegment<string> Lines) Head(string text, Submission known)
    {
        ArraySegment<string> lines = text.ReplaceLineEndings("\n").TrimStart('\uFEFF').TrimEnd().Split('\n');
        var head = HeadOfText.Take(ref lines, known);
        if (lines.Count == 0 || LeadingDate().Match(lines[0]) is not { Success: true } date) return (head, lines);
        lines[0] = lines[0][date.Length..];
        return (HeadOfText.Apply([new HeadField("Date", [date.Groups["date"].Value])], head), HeadOfText.SkipBlank(lines));
    }

    /// <summary>Where lines were broken, a headline takes two.</summary>
    internal static int LongestHeadline(int? width) => width * 2 ?? MaxHeadline;

    /// <param name="lines">A line for each paragraph.</param>
    /// <param name="host">The outlet a credit has named already.</param>
    /// <param name="head">What the top of the text said.</param>
    /// <param name="longestHeadline">Characters.</param>
    internal static Submission Article(List<string> lines, string? host, Submission head, int longestHeadline)
    {
        host = TrailingBoilerplate.Remove(lines) ?? host;
        var rest = HeadOfText.SkipBlank(lines.ToArray());
        if (rest.Count == 0 && head.Title is null) throw new ProblemException(400, "The text is empty.", "body");

        var title = head.Title;
        if (title is null && rest[0].Length <= longestHeadline && !AgencyDateline().IsMatch(rest[0])) title = rest[0];
        if (title is not null && rest.Count > 0 && IsSame(title, rest[0]))
        {
            rest = rest[1..];
            if (rest.Count > 0 && Underline().IsMatch(rest[0])) rest = rest[1..];
            var below = MailHeaders.Take(ref rest) ?? [];
            head = HeadOfText.Apply([.. below.Where(field => !field.Name.Equals("title", StringComparison.OrdinalIgnoreCase))], head);
        }
        rest = HeadOfText.SkipBlank(rest);
        if (rest.Count > 0 && PersonNames.Byline(rest[0]) is { } authors)
        {
            head = head.Authors.Count == 0 ? head with { Authors = authors } : head;
            rest = rest[1..];
        }
        var unattributed = head.SourceDomain is null && head.SourceName is null && head.Url is null;
        return head with { Title = title, Body = string.Join('\n', rest.ToArray()), SourceDomain = unattributed ? host : head.SourceDomain };
    }

    static bool IsSame(string title, string line) => string.Equals(CleanText.Line(title), CleanText.Line(line), StringComparison.OrdinalIgnoreCase);

    // A heading stands alone: blank lines around it keep it from running into the paragraph it heads.
    internal static IEnumerable<string> WithRoom(string line) =>
        line.Length <= SubmissionChecks.MaxTitle && Heading().Match(line) is { Success: true } heading ? ["", heading.Groups["text"].Value.Trim(), ""] : [line];

    [GeneratedRegex(@"^\s*date\s+(?<date>\d{4}-\d{2}-\d{2})\b[ \t]*", RegexOptions.IgnoreCase)]
    private static partial Regex LeadingDate();

    // LISBON, Nov 22 (Reuters) - The first sentence.
    [GeneratedRegex(@"^\p{Lu}{2}[\p{L}\p{N} .,'’/-]{0,80}\(\p{Lu}[\w./ -]{1,40}\)\s*[-–—]+\s")]
    private static partial Regex AgencyDateline();

    [GeneratedRegex(@"^\s*(?:={3,}|-{3,}|\*{3,}|_{3,}|~{3,})\s*$")]
    private static partial Regex Underline();

    [GeneratedRegex(@"^\s*(?:#{1,6}\s+(?<text>[^\s#].*?)\s*#*|\*\*(?<text>[^*]+)\*\*|__(?<text>[^_]+)__)\s*$")]
    private static partial Regex Heading();
}
