using Monitoring.Ingest.Feeds.Parsing;

namespace Monitoring.Ingest.Feeds;

/// <summary>When a feed is polled next. All of it pure; jitter is a number from 0 to 1.</summary>
public static class PollSchedule
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10), Unknown = TimeSpan.FromMinutes(30), Longest = TimeSpan.FromHours(24);
    static readonly TimeSpan LongestByRhythm = TimeSpan.FromHours(4);

    /// <summary>While its hub brings the news, polling only makes sure that the hub still does.</summary>
    static readonly TimeSpan WithHub = TimeSpan.FromHours(6);

    /// <summary>What a server asks for is obeyed up to a week; one that says a year has a clock or a unit wrong.</summary>
    static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(7);

    static readonly TimeSpan FirstBackOff = TimeSpan.FromMinutes(5);

    /// <summary>
    /// After an answer: the longest of the base interval and what the feed (ttl) and the server (max-age, Expires) say, at most a
    /// day, and not in hours and days that the feed says have no news.
    /// </summary>
    /// <param name="interval">See <see cref="Interval"/>.</param>
    /// <param name="rhythm">What the feed says.</param>
    /// <param name="freshUntil">What the server says.</param>
    /// <param name="now">When it answered.</param>
    /// <param name="jitter">Spreads polls over a twentieth of the wait, so that feeds added together part.</param>
    public static DateTimeOffset AfterAnswer(TimeSpan interval, FeedRhythm? rhythm, DateTimeOffset? freshUntil, DateTimeOffset now, double jitter)
    {
        var wait = interval;
        if (rhythm?.Ttl is { } ttl && ttl > wait) wait = ttl;
        if (freshUntil is { } fresh && fresh - now > wait) wait = fresh - now;
        wait *= 1 + jitter / 20;
        return Awake(now + (wait < Longest ? wait : Longest), rhythm);
    }

    /// <summary>After a failure: 5 minutes, 10, 20 … to a day, give or take a fifth, and not before the server said (Retry-After).</summary>
    /// <param name="failures">In a row, this one included.</param>
    /// <param name="retryAfter">What the server asked for.</param>
    /// <param name="now">When it failed.</param>
    /// <param name="jitter">0 to 1.</param>
    public static DateTimeOffset AfterFailure(int failures, DateTimeOffset? retryAfter, DateTimeOffset now, double jitter)
    {
        var wait = FirstBackOff * Math.Pow(2, Math.Min(failures, 20) - 1);
        if (wait > Longest) wait = Longest;
        wait *= 0.8 + 0.2 * jitter;
        var asked = retryAfter - now;
        if (asked > LongestRetryAfter) asked = LongestRetryAfter;
        return now + (asked > wait ? asked.Value : wait);
    }

    /// <summary>
    /// The base interval: what a person set, else half the time that passes between its entries, from 10 minutes to 4 hours. Half,
    /// so that an entry waits a quarter of that time on average.
    /// </summary>
    public static TimeSpan Interval(FeedSettings settings, FeedDescription? description, bool hasHub)
    {
        var rhythm = settings.Interval ?? (description?.Gap is { } gap ? Clamp(gap / 2, Shortest, LongestByRhythm) : Unknown);
        return hasHub && rhythm < WithHub ? WithHub : rhythm;
    }

    /// <summary>Time between entries: over the newest ten with a date, and the silence since the newest counts as one more.</summary>
    /// <returns>Null where fewer than two have a date.</returns>
    public static TimeSpan? Gap(IEnumerable<DateTimeOffset> dates, DateTimeOffset now)
    {
        var newest = dates.Where(date => date <= now).OrderDescending().Take(10).ToArray();
        return newest.Length < 2 ? null : (now - newest[^1]) / newest.Length;
    }

    // Hour by hour, at most a week: whoever skips all hours of all days is polled all the same.
    static DateTimeOffset Awake(DateTimeOffset at, FeedRhythm? rhythm)
    {
        if (rhythm is null || rhythm.SkipHours.Count == 0 && rhythm.SkipDays.Count == 0) return at;
        var moved = at.ToUniversalTime();
        for (var hours = 0; hours < 7 * 24; hours++)
        {
            if (!rhythm.SkipHours.Contains(moved.Hour) && !rhythm.SkipDays.Contains(moved.DayOfWeek)) return moved;
            moved = new DateTimeOffset(moved.Year, moved.Month, moved.Day, moved.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
        }
        return at;
    }

    static TimeSpan Clamp(TimeSpan value, TimeSpan low, TimeSpan high) => value < low ? low : value > high ? high : value;
}
