using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Pages;

/// <param name="When">With the offset as written; without one, and for a day without a time, UTC.</param>
/// <param name="HasTime">False for a day.</param>
/// <param name="Ambiguous">Day and month could be the other way round, and nothing told which.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends.</param>
public readonly record struct FoundDate(DateTimeOffset When, bool HasTime, bool Ambiguous, int Start, int End);

/// <summary>Which of two numbers is the month in 3/12/2024.</summary>
public enum DateOrder { Unknown, DayFirst, MonthFirst }

/// <summary>
/// Dates as people and machines write them: ISO 8601 in all its spellings, RFC 822, Unix time, and days with month names or numbers in
/// the languages of the news. Meant for short texts: an attribute, a line near the headline.
/// </summary>
public static partial class DateText
{
    /// <summary>Longer texts are cut: a date stands in a line, not somewhere in a page.</summary>
    public const int MaxLength = 400;

    /// <summary>A value that is a date and nothing else but its time: of a meta element, of JSON-LD, of an attribute.</summary>
    public static FoundDate? Value(string? value, DateOrder order = DateOrder.Unknown, string? language = null)
    {
        var text = value.AsSpan().Trim();
        if (text.Length is < 6 or > 120) return null;
        if (text.Length is 10 or 13 && !text.ContainsAnyExceptInRange('0', '9') && long.TryParse(text, out var unix) && unix > 0)
            return new(text.Length == 10 ? DateTimeOffset.FromUnixTimeSeconds(unix) : DateTimeOffset.FromUnixTimeMilliseconds(unix), true, false, 0, text.Length);
        if (Compact().Match(text.ToString()) is { Success: true } compact)
            return Date(Number(compact, "y"), Number(compact, "m"), Number(compact, "d")) is { } day
                ? WithTime(day, compact.Groups["h"].Success ? compact : null, 0, text.Length) : null;
        return Find(text.ToString(), order, language).Cast<FoundDate?>().FirstOrDefault();
    }

    /// <summary>Whether to look at all: no day without four digits together, or two separated pairs.</summary>
    public static bool IsPossible(ReadOnlySpan<char> text)
    {
        var (run, pairs) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsDigit(text[i])) { run = 0; continue; }
            if (++run == 4 || run == 1 && i > 0 && (text[i - 1] is '/' or '.' or '-') && ++pairs == 2) return true;
        }
        return false;
    }

    /// <summary>All dates of a line, in its order.</summary>
    public static IEnumerable<FoundDate> Find(string text, DateOrder order = DateOrder.Unknown, string? language = null)
    {
        if (text.Length > MaxLength) text = text[..MaxLength];
        if (!IsPossible(text)) yield break;
        text = AsciiDigits(text);
        for (var match = Day().Match(text); match.Success; match = match.NextMatch())
            if (Read(match, order, language) is var (date, ambiguous))
            {
                var time = TimeAfter().Match(text, match.Index + match.Length);
                if (!time.Success && TimeBefore().Match(text[..match.Index]) is { Success: true } before) time = before;
                var end = Math.Max(match.Index + match.Length, time.Success ? time.Index + time.Length : 0);
                yield return WithTime(date, time.Success ? time : null, match.Index, end) with { Ambiguous = ambiguous };
            }
    }

    static (DateTime Date, bool Ambiguous)? Read(Match match, DateOrder order, string? language)
    {
        if (match.Groups["mon"] is { Success: true } name)
            return DateMonths.Of(name.ValueSpan, language) is var month and > 0 && Date(Year(match), month, Number(match, "d")) is { } named ? (named, false) : null;
        if (match.Groups["m"].Success) return Date(Year(match), Number(match, "m"), Number(match, "d")) is { } plain ? (plain, false) : null;

        var (a, b) = (Number(match, "a"), Number(match, "b"));
        var dotted = match.Groups["sep"].ValueSpan is ".";
        var monthFirst = b > 12 || a <= 12 && order == DateOrder.MonthFirst && !dotted;
        var known = a > 12 || b > 12 || a == b || dotted || order != DateOrder.Unknown;
        return (monthFirst ? Date(Year(match), a, b) : Date(Year(match), b, a)) is { } date ? (date, !known) : null;
    }

    static FoundDate WithTime(DateTime date, Match? time, int start, int end)
    {
        if (time is null) return new(new(date, TimeSpan.Zero), false, false, start, end);
        var (hour, minute) = (Number(time, "h"), Number(time, "min"));
        var half = time.Groups["half"].ValueSpan;
        if (half.Length > 0 && hour <= 12) hour = hour % 12 + (half[0] is 'p' or 'P' ? 12 : 0);
        if (hour > 23 || minute > 59) return new(new(date, TimeSpan.Zero), false, false, start, end);
        var second = Math.Min(Number(time, "s"), 59);
        var offset = Offset(time.Groups["zone"].Value);
        // An hour before the first day or after the last there is no instant to offset.
        if (date.Year is < 2 or > 9998) offset = TimeSpan.Zero;
        return new(new(date.AddHours(hour).AddMinutes(minute).AddSeconds(second), offset), true, false, start, end);
    }

    static TimeSpan Offset(string zone)
    {
        if (Numeric().Match(zone) is { Success: true } numeric)
        {
            var offset = TimeSpan.FromMinutes(Number(numeric, "h") * 60 + Number(numeric, "min"));
            return offset > TimeSpan.FromHours(14) ? TimeSpan.Zero : numeric.Groups["sign"].ValueSpan is "+" ? offset : -offset;
        }
        return TimeSpan.FromHours(zone.ToUpperInvariant() switch
        {
            "EDT" or "AST" => -4, "EST" or "ET" or "CDT" => -5, "CST" or "CT" or "MDT" => -6, "MST" or "PDT" or "MT" => -7, "PST" or "PT" => -8,
            "AKDT" => -8, "AKST" => -9, "HST" => -10, "BRT" or "ART" => -3,
            "BST" or "CET" or "MEZ" or "WAT" => 1, "CEST" or "MESZ" or "EET" or "SAST" or "CAT" => 2, "EEST" or "MSK" or "МСК" or "EAT" or "TRT" => 3, "IST" => 5.5,
            "SGT" or "HKT" or "PHT" => 8, "JST" or "KST" => 9, "AEST" => 10, "AEDT" => 11, "NZST" => 12, "NZDT" => 13,
            _ => 0,
        });
    }

    static int Year(Match match)
    {
        var year = Number(match, "y");
        // Buddhist years, as Thai pages write them.
        return year is > 2500 and < 2600 ? year - 543 : match.Groups["y"].Length == 2 ? year + (year < 70 ? 2000 : 1900) : year;
    }

    static DateTime? Date(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateTime(year, month, day) : null;

    static int Number(Match match, string group) => int.TryParse(match.Groups[group].ValueSpan, out var number) ? number : 0;

    static string AsciiDigits(string text) => !text.Any(c => char.IsDigit(c) && c > '9') ? text
        : string.Create(text.Length, text, (target, source) =>
        {
            for (var i = 0; i < source.Length; i++) target[i] = char.IsDigit(source[i]) ? (char)('0' + (int)char.GetNumericValue(source[i])) : source[i];
        });

    // 20240312, 20240312T103100Z
    [GeneratedRegex(@"^(?<y>(19|20)\d\d)(?<m>\d\d)(?<d>\d\d)(T?(?<h>\d\d):?(?<min>\d\d):?(?<s>\d\d)?(\.\d+)?\s*(?<zone>Z|[+-]\d\d:?\d\d)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Compact();

    [GeneratedRegex("""
        (?<![\d/.:-])(?:
          (?<y>(19|20)\d\d)\s?(?:(?<s1>[-/.])\s?(?<m>\d\d?)\k<s1>\s?(?<d>\d\d?))(?!\d)
        | (?<y>(19|20)\d\d)\s*[年년]\s*(?<m>\d\d?)\s*[月월]\s*(?<d>\d\d?)\s*[日일號号]?
        | (?<d>\d\d?)(?:\s?(?:st|nd|rd|th|er|re|[.ºª°]|-?(?:го|е|ше|ga)))?(?:[\s,]+(?:of|de|d['’]|den|del|di|da|ngày|-))?[\s./,-]*(?<mon>[\p{L}\p{M}]{3,16}(?:\.\p{L}\.)?|\p{L}\.\p{L}\.|kas|ara|мая|май|мај|मई|آب|ماي)\.?(?:\s*(?:de|del|do|des))?['’]?[\s.,/-]*(?<y>((19|20)\d\d|25[5-9]\d)(?!\d)|(?<=[-'’/])\d\d(?!\d|:))
        | (?<mon>[\p{L}\p{M}]{3,16})\.?[\s-]{1,3}(?<d>\d\d?)(?:\s?(?:st|nd|rd|th|º|\.))?(?:\s*,\s*|\s+|\s*-\s*)(?:of\s)?(?:at\s)?(?<y>(19|20)\d\d)(?![\d:])
        | (?<mon>[\p{L}]{3,9})\s(?<d>\d\d?)\s\d\d:\d\d:\d\d\s(?:[A-Z+\d:-]{1,9}\s)?(?<y>(19|20)\d\d)
        | (?<y>(19|20)\d\d)\.?\s?gada\s(?<d>\d\d?)\.?\s(?<mon>\p{L}{3,12})
        | (?<y>(19|20)\d\d)(?:\.|,)?\s?(?:m\.\s|a\.\s)?(?<mon>[\p{L}]{3,16})\.?[\s-]*(?<d>\d\d?)(?!\d)
        | (?<y>(19|20)\d\d)-(?<mon>[A-Za-z]{3})-(?<d>\d\d?)(?!\d)
        | (?<d>\d\d?)\stháng\s(?<m>\d\d?),?\s(?:năm\s)?(?<y>(19|20)\d\d)
        | (?<a>\d\d?)\s?(?<sep>[./-])\s?(?<b>\d\d?)\s?\k<sep>\s?(?<y>(19|20)\d\d|25[5-9]\d|\d\d)(?![\d/]|\.\d)
        )
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Day();

    [GeneratedRegex("""
        \G[\s,.|·•–—(-]{0,4}(?:T|г\.|г|р\.|год[а]?|року|року,|at|um|à|às|a\slas|alle|ore|kl\.?|o|om|в|о|en|las|lúc|,)?[\s,|·•–—-]{0,4}
        (?<h>\d\d?)(?:[:.h]|時|시\s)(?<min>\d\d)(?:[:.]?(?<s>\d\d))?(?:[.,]\d{1,9})?分?\s?(?:(?<half>[ap])\.?m\b\.?)?(?:\s?(?:Uhr|h|hrs|klo|น\.))?
        \s?\(?(?<zone>Z\b|(?:UTC|GMT)?\s?[+−-]\d\d?(?::?\d\d)?\b|[A-Z]{2,4}\b|МСК)?
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex TimeAfter();

    [GeneratedRegex(@"(?<![\d:])(?<h>\d\d?)[:.](?<min>\d\d)(:(?<s>\d\d))?\s?((?<half>[ap])\.?m\b\.?)?\s?(?<zone>[A-Z]{2,4}|[+-]\d\d:?\d\d)?(\s?(Uhr|h))?[\s,|·•–—-]{1,4}(on\s)?((Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?\.?,?\s)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TimeBefore();

    [GeneratedRegex(@"^(UTC|GMT)?\s?(?<sign>[+−-])(?<h>\d\d?):?(?<min>\d\d)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Numeric();
}
