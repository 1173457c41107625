using System.Text.RegularExpressions;
using Monitoring.Hosting;

namespace Monitoring.Ingest.Formats;

/// <summary>
/// <c>text/plain</c> and <c>text/markdown</c>: the first line or heading is the title; a leading <c>date YYYY-MM-DD</c> is the
/// date of publication; a line all in bold is a heading; a closing <c>Read more @ host</c> names the source when none was given.
/// What the text does not say stays unsaid.
/// </summary>
public static partial class PlainText
{
    /// <param name="text">The article.</param>
    /// <param name="known">What the request says beside the text: id, url, source.</param>
    public static Submission Read(string text, Submission known)
    {
        var rest = text.ReplaceLineEndings("\n").TrimStart('\uFEFF').Trim();
        string? published = null;
        if (LeadingDate().Match(rest) is { Success: true } date)
        {
            published = date.Groups["date"].Value;
            rest = rest[date.Length..].TrimStart();
        }
        var domain = known.SourceDomain;
        if (ReadMore().Match(rest) is { Success: true } credit && domain is null && known.SourceName is null && known.Url is null)
        {
            domain = credit.Groups["host"].Value;
            rest = rest[..credit.Index];
        }
        var lines = rest.Split('\n').Select(Plain).ToList();
        var title = lines.FindIndex(line => line.Length > 0);
        if (title < 0) throw new ProblemException(400, "The text is empty.", "body");
        // A first line longer than any headline is a text without one.
        var titled = lines[title].Length <= SubmissionChecks.MaxTitle;
        return known with
        {
            Title = titled ? lines[title] : null,
            Body = string.Join('\n', lines.Skip(titled ? title + 1 : title)),
            Published = known.Published ?? published,
            SourceDomain = domain,
        };
    }

    // A heading stands alone: blank lines around it keep it from running into the paragraph it heads.
    static string Plain(string line, int index)
    {
        var heading = Heading().Match(line);
        if (!heading.Success) return line.TrimEnd();
        var text = heading.Groups["text"].Value.Trim();
        return index == 0 ? text : $"\n{text}\n";
    }

    [GeneratedRegex(@"^date\s+(?<date>\d{4}-\d{2}-\d{2})\b[ \t]*", RegexOptions.IgnoreCase)]
    private static partial Regex LeadingDate();

    [GeneratedRegex(@"\s*\bread more\s*@\s*(https?://)?(?<host>[a-z0-9-]+(\.[a-z0-9-]+)+)/?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex ReadMore();

    [GeneratedRegex(@"^\s*(#{1,6}\s+(?<text>.+?)\s*#*|\*\*(?<text>[^*]+)\*\*|__(?<text>[^_]+)__)\s*$")]
    private static partial Regex Heading();
}
