using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Pages;

/// <summary>The day that many addresses carry: /2024/03/12/slug, /2024/mar/12/, /2024-03-12/, /20240312/, slug-2024-03-12, slug-20240312.</summary>
public static partial class DateAddress
{
    public static DateTimeOffset? Of(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.AbsolutePath.Length > 1_000) return null;
        var path = uri.AbsolutePath;
        for (var match = Day().Match(path); match.Success; match = match.NextMatch())
        {
            var name = match.Groups["mon"];
            var month = name.Success ? DateMonths.Of(name.ValueSpan, null) : int.Parse(match.Groups["m"].ValueSpan, null);
            var (year, day) = (int.Parse(match.Groups["y"].ValueSpan, null), int.Parse(match.Groups["d"].ValueSpan, null));
            if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) continue;
            // A day and nothing else is the archive of that day.
            if (path.Length - match.Length < 3 && uri.Query.Length < 3) continue;
            return new(year, month, day, 0, 0, 0, TimeSpan.Zero);
        }
        return null;
    }

    [GeneratedRegex("""
        (?<=[/_.-]|^)(
          (?<y>(19[89]|20\d)\d)(?<s>[/._-])((?<m>\d\d?)|(?<mon>[a-z]{3,9}))\k<s>(?<d>\d\d?)(?=[/._-]|T\d|$)
        | (?<y>(19[89]|20\d)\d)(?<m>[01]\d)(?<d>[0-3]\d)(?=[/._-]|T\d|$)
        | (?<y>(19[89]|20\d)\d)/(?<m>[01]\d)(?<d>[0-3]\d)(?=/)
        | (?<y>(19[89]|20\d)\d)(?<m>[01]\d)/(?<d>[0-3]\d)(?=/)
        )
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Day();
}
