using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// Dates in words of any order and language: the time is what stands as hh:mm, the zone what follows it, a month is told by its name,
/// a year by its size, the rest by place. Numbers alone are year first where that has four digits, else month first with slashes and
/// day first with dots and dashes, unless only the other way round is possible. Hangul without a zone is Korean time: nobody else
/// writes it.
/// </summary>
static partial class FeedDateWords
{
    const int KoreanTime = 9 * 60;

    public static DateTimeOffset? Read(string text)
    {
        var (hour, minute, second) = (0, 0, 0);
        int? offset = null;
        var date = text;
        if (Time().Match(text) is { Success: true } time)
        {
            (hour, minute, second) = (Number(time, "hour"), Number(time, "minute"), Number(time, "second"));
            var half = (time.Groups["after"] is { Success: true } after ? after : time.Groups["before"]).Value.Replace(".", "", StringComparison.Ordinal);
            if (FeedDateNames.Afternoon.Contains(half)) hour = hour < 12 ? hour + 12 : hour;
            else if (half.Length > 0 && hour == 12) hour = 0;
            date = text[..time.Index] + " ";
            var rest = text[(time.Index + time.Length)..];
            var zone = Zone().Match(rest);
            var name = zone.Groups["name"].Value;
            if (zone.Length > 0 && !FeedDateNames.TryMonth(name, out _))
            {
                offset = zone.Groups["sign"].Success
                    ? (zone.Groups["sign"].Value == "-" ? -1 : 1) * (Number(zone, "hours") * 60 + Number(zone, "minutes"))
                    : FeedDateNames.Zones.GetValueOrDefault(name);
                rest = rest[zone.Length..];
            }
            // A plus sign that was read as an encoded space.
            else if (LostPlus().Match(rest) is { Success: true } lost && Year().IsMatch(date))
                (offset, rest) = (Number(lost, "hours") * 60 + Number(lost, "minutes"), "");
            date += rest;
        }
        if (offset is null) offset = text.AsSpan().IndexOfAny("년오") >= 0 ? KoreanTime : 0;
        return Day(date) is var (year, month, day) ? FeedDate.Of(year, month, day, hour, minute, second, offset.Value) : null;
    }

    static (int Year, int Month, int Day)? Day(string text)
    {
        var month = 0;
        var numbers = new List<(int Value, int Digits)>();
        foreach (Match part in Part().Matches(text))
            if (char.IsAsciiDigit(part.Value[0]))
            {
                if (part.Length > 4 || numbers.Count == 3) return null;
                numbers.Add((int.Parse(part.Value, CultureInfo.InvariantCulture), part.Length));
            }
            // The last one: before it stands the day of the week, and "mar" is both in Spain, Italy and France.
            else if (FeedDateNames.TryMonth(part.Value, out var named)) month = named;
        if (numbers.Count != 3) return month > 0 ? ByName(month, numbers) : null;
        var (a, b, c) = (numbers[0], numbers[1], numbers[2]);
        if (a.Digits == 4 || a.Value > 31) return (FeedDate.FullYear(a.Value, a.Digits), b.Value, c.Value);
        var monthFirst = text.Contains('/', StringComparison.Ordinal) ? a.Value <= 12 : b.Value > 12;
        var year = FeedDate.FullYear(c.Value, c.Digits);
        return monthFirst ? (year, a.Value, b.Value) : (year, b.Value, a.Value);
    }

    static (int, int, int)? ByName(int month, List<(int Value, int Digits)> numbers)
    {
        var year = numbers.FindIndex(number => number.Digits > 2 || number.Value > 31);
        if (year < 0) year = numbers.Count - 1;
        if (numbers.Count == 0 || numbers.Count == 1 && numbers[0].Digits != 4) return null;
        return (FeedDate.FullYear(numbers[year].Value, numbers[year].Digits), month, numbers.Count == 1 ? 1 : numbers[1 - year].Value);
    }

    static int Number(Match match, string group) => match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("""
        (?:(?<before>오전|오후|午前|午後|上午|下午|[ap]\.?m\.?)\ *)?
        (?<![0-9])(?<hour>[0-9]{1,2})\ *(?::|h|시|時|时|点)\ *(?<minute>[0-9]{1,2})(?![0-9])(?:\ *(?::|분|分)\ *(?<second>[0-9]{1,2})(?![0-9]))?(?:[.,:][0-9]+)?\ *(?:초|秒|분|分|uhr)?
        (?:\ *(?<after>[ap]\.?m\.?|[πμ]\.?μ\.?)(?![a-z]))?
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"^ *\(?(?<name>[a-z]{1,5}(?![a-z]))? *(?:(?<sign>[+-])(?<hours>[0-9]{1,2}):?(?<minutes>[0-9]{2})?(?![0-9]))?\)?", RegexOptions.CultureInvariant)]
    private static partial Regex Zone();

    [GeneratedRegex("^ *(?<hours>0[0-9]|1[0-4])(?<minutes>[0-5][0-9]) *$", RegexOptions.CultureInvariant)]
    private static partial Regex LostPlus();

    [GeneratedRegex("(?<![0-9])[0-9]{4}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(@"[0-9]+|[\p{L}\p{M}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
