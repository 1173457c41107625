using System.Globalization;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>When the publisher wants to be asked, while it is read.</summary>
sealed class Rhythm
{
    readonly SortedSet<int> hours = [];
    readonly SortedSet<DayOfWeek> days = [];
    TimeSpan? ttl, period;
    double frequency = 1;

    /// <summary>RSS: minutes.</summary>
    public void Ttl(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and < 5_000_000) ttl = TimeSpan.FromMinutes(minutes);
    }

    public void Period(string text) => period = text.ToLowerInvariant() switch
    {
        "hourly" => TimeSpan.FromHours(1),
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        "monthly" => TimeSpan.FromDays(30),
        "yearly" => TimeSpan.FromDays(365),
        _ => period,
    };

    /// <summary>Times in the period.</summary>
    public void Frequency(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var times) && times is >= 1 and <= 1e6) frequency = times;
    }

    /// <summary>24 is midnight, as Netscape counted.</summary>
    public void SkipHour(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour <= 24) hours.Add(hour % 24);
    }

    public void SkipDay(string text)
    {
        if (text.Length > 2 && char.IsLetter(text[0]) && Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var day)) days.Add(day);
    }

    public FeedRhythm? ToFeed()
    {
        var kept = ttl ?? period / frequency ?? (frequency > 1 ? TimeSpan.FromDays(1) / frequency : null);
        return kept is null && hours.Count == 0 && days.Count == 0 ? null : new(kept, [.. hours], [.. days]);
    }
}
