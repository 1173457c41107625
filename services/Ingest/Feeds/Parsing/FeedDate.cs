using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// Dates as feeds write them. ISO 8601 (all profiles of W3CDTF, ordinal dates, weeks, basic forms) is read by its form; RFC 822 and
/// everything else by what its parts can be, see <see cref="FeedDateWords"/>. Without a zone, or with one that is unknown or impossible, it is UTC. A year of two digits is
/// 2000–2049 or 1950–1999 (RFC 2822 section 4.3). An hour, minute, second or 31st too many runs over into the next, leap seconds
/// with them. Fractions of a second are dropped: no publisher means them.
/// </summary>
public static partial class FeedDate
{
    const int MaxLength = 150;

    /// <returns>UTC, to the second; null where it is no date or none between the years 1 and 9999.</returns>
    public static DateTimeOffset? Read(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is 0 or > MaxLength) return null;
        var lower = Ascii(trimmed.ToString().ToLowerInvariant());
        return Epoch(lower) ?? Iso(lower) ?? FeedDateWords.Read(lower);
    }

    /// <summary>Sums up the parts, so that what is too large runs over.</summary>
    internal static DateTimeOffset? Of(int year, int month, int day, int hour = 0, int minute = 0, int second = 0, int offsetMinutes = 0)
    {
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day is < 1 or > 31 || hour > 47 || minute > 99 || second > 99) return null;
        if (Math.Abs(offsetMinutes) > 24 * 60) offsetMinutes = 0;
        var ticks = new DateTime(year, month, 1).Ticks + (day - 1) * TimeSpan.TicksPerDay
            + hour * TimeSpan.TicksPerHour + (minute - offsetMinutes) * TimeSpan.TicksPerMinute + second * TimeSpan.TicksPerSecond;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    internal static int FullYear(int year, int digits) => digits > 2 ? year : year < 50 ? 2000 + year : 1900 + year;

    // Full-width digits of Chinese and Japanese publishers, and the dashes of typographers.
    static string Ascii(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = from[i] switch
            {
                >= '\uFF10' and <= '\uFF19' and var digit => (char)(digit - '\uFF10' + '0'),
                '\uFF1A' => ':',
                '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212' => '-',
                var c when char.IsWhiteSpace(c) => ' ',
                var c => c,
            };
    });

    static DateTimeOffset? Epoch(string text) => text.Length is 10 or 13 && text.All(char.IsAsciiDigit)
        ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(text.AsSpan(0, 10), CultureInfo.InvariantCulture)) : null;

    static DateTimeOffset? Iso(string text)
    {
        if (IsoForm().Match(text) is not { Success: true } match || match.Groups["zone"].Value is "am" or "pm") return null;
        var (year, month, day) = (FullYear(Number(match, "year"), match.Groups["year"].Length), Number(match, "month", 1), Number(match, "day", 1));
        if (match.Groups["ordinal"].Success)
        {
            if (Number(match, "ordinal") is < 1 or > 366 || year is < 1 or > 9999) return null;
            var date = new DateTime(year, 1, 1).AddDays(Math.Min(Number(match, "ordinal"), DateTime.IsLeapYear(year) ? 366 : 365) - 1);
            (month, day) = (date.Month, date.Day);
        }
        else if (match.Groups["week"].Success)
        {
            if (Number(match, "week") is < 1 or > 53 || year is < 2 or > 9998) return null;
            var date = ISOWeek.ToDateTime(year, Number(match, "week"), (DayOfWeek)(Number(match, "weekday", 1) % 7));
            (year, month, day) = (date.Year, date.Month, date.Day);
        }
        var (minute, second) = (Number(match, "minute"), Number(match, "second"));
        // A fraction belongs to the smallest part that is given.
        if (match.Groups["fraction"].Success && !match.Groups["second"].Success)
        {
            var part = double.Parse("0." + match.Groups["fraction"].Value, CultureInfo.InvariantCulture);
            if (match.Groups["minute"].Success) second = (int)(part * 60);
            else (minute, second) = ((int)(part * 60), (int)(part * 3600 % 60));
        }
        return Of(year, month, day, Number(match, "hour"), minute, second, Offset(match));
    }

    static int Offset(Match match)
    {
        var name = match.Groups["zone"].Value;
        var named = FeedDateNames.Zones.GetValueOrDefault(name);
        if (!match.Groups["sign"].Success) return named;
        var minutes = Number(match, "zoneHour") * 60 + Number(match, "zoneMinute");
        return match.Groups["sign"].Value == "-" ? -minutes : minutes;
    }

    static int Number(Match match, string group, int absent = 0) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : absent;

    [GeneratedRegex("""
        ^(?:
            (?<year>[0-9]{4}) (?: -?w(?<week>[0-9]{2})(?:-?(?<weekday>[1-7]))?
                         | -?(?<ordinal>[0-9]{3})(?![0-9])
                         | -(?<month>[0-9]{1,2})(?:-(?<day>[0-9]{1,2}))?
                         | (?<month>[0-9]{2})(?<day>[0-9]{2}) )?
          | -(?<year>[0-9]{2})-?(?<month>[0-9]{2})
          | (?<year>[0-9]{2}) (?: -(?<ordinal>[0-9]{3}) | (?<ordinal>[0-9]{3}) | -(?<month>[0-9]{2})-(?<day>[0-9]{2}) | (?<month>[0-9]{2})(?<day>[0-9]{2}) )
        )
        (?: (?:\ *t\ *|\ +|(?<=[0-9]{8})(?=[0-9]{4})) (?<hour>[0-9]{1,2}) (?: :?(?<minute>[0-9]{1,2}) (?: :?(?<second>[0-9]{1,2}) )? )? (?:[.,](?<fraction>[0-9]{1,15}))?
            \ * (?<zone>[a-z]{1,5})? \ * (?: (?<sign>[+-]) (?<zoneHour>[0-9]{1,2}) (?: :?(?<zoneMinute>[0-9]{2}) )? )? )?
        (?: (?<=-[0-9]{2}-[0-9]{2}) (?<sign>[+-])(?<zoneHour>[0-9]{2}):(?<zoneMinute>[0-9]{2}) )?
        \ * z? $
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex IsoForm();
}
