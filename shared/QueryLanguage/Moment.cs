using System.Globalization;

namespace Monitoring.QueryLanguage;

/// <summary>A point or stretch of time as somebody writes it: 2025, 2025-04, 2025-04-04, an instant, or now and so much before or after.</summary>
/// <param name="Text">As written: <c>2025-04</c>, <c>now-7d</c>.</param>
public sealed record Moment(string Text)
{
    const string Units = "mhdwMy";

    /// <summary>Told from now.</summary>
    public bool IsRelative => Text.StartsWith("now", StringComparison.Ordinal);

    /// <summary>Reads one; null for what is none.</summary>
    public static Moment? Parse(string text) => new Moment(text) is var moment && moment.TryBounds(DateTimeOffset.UnixEpoch, out _, out _) ? moment : null;

    /// <summary>Its first instant, and the first after it: the same for what is but an instant.</summary>
    /// <exception cref="FormatException">The text is no moment.</exception>
    public (DateTimeOffset Start, DateTimeOffset End) Bounds(DateTimeOffset now) =>
        TryBounds(now, out var start, out var end) ? (start, end) : throw new FormatException($"{Text} is no moment.");

    bool TryBounds(DateTimeOffset now, out DateTimeOffset start, out DateTimeOffset end)
    {
        start = end = now;
        if (IsRelative) return TryNow(now, out start) && (end = start) == start;
        if (Day("yyyy-MM-dd", out var day)) return Stretch(day, day == DateTime.MaxValue.Date ? DateTime.MaxValue : day.AddDays(1), out start, out end);
        if (Day("yyyy-MM", out var month)) return Stretch(month, month.Year == 9999 && month.Month == 12 ? DateTime.MaxValue : month.AddMonths(1), out start, out end);
        if (Day("yyyy", out var year)) return Stretch(year, year.Year == 9999 ? DateTime.MaxValue : year.AddYears(1), out start, out end);
        if (!Text.Contains('T', StringComparison.Ordinal) || !char.IsAsciiDigit(Text[0])
            || !DateTimeOffset.TryParse(Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)) return false;
        start = end = instant;
        return true;
    }

    bool Day(string format, out DateTime day) => DateTime.TryParseExact(Text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    static bool Stretch(DateTime from, DateTime to, out DateTimeOffset start, out DateTimeOffset end)
    {
        (start, end) = (new DateTimeOffset(from, TimeSpan.Zero), new DateTimeOffset(to, TimeSpan.Zero));
        return true;
    }

    bool TryNow(DateTimeOffset now, out DateTimeOffset moment)
    {
        moment = now;
        if (Text.Length == 3) return true;
        var amount = Text.Length > 5 - 1 && Text[3] is '+' or '-' ? Text.AsSpan(4, Text.Length - 5) : [];
        if (!int.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 100_000) return false;
        if (Text[3] == '-') count = -count;
        try
        {
            moment = Units.IndexOf(Text[^1], StringComparison.Ordinal) switch
            {
                0 => now.AddMinutes(count),
                1 => now.AddHours(count),
                2 => now.AddDays(count),
                3 => now.AddDays(7 * count),
                4 => now.AddMonths(count),
                5 => now.AddYears(count),
                _ => DateTimeOffset.MinValue,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            // Beyond the calendar: no moment.
            return false;
        }
        return Units.Contains(Text[^1], StringComparison.Ordinal);
    }
}
