using Microsoft.AspNetCore.Mvc;
using Monitoring.Hosting;
using Monitoring.Query.Articles;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Values;

/// <param name="From">When the hour, day or week (from Monday) begins, in UTC.</param>
/// <param name="Articles">How many articles are dated within.</param>
public sealed record TimelineItem(DateTimeOffset From, long Articles);

/// <summary>How a timeline is asked for.</summary>
public sealed class TimelineAsked
{
    /// <summary>ISO 8601 date or instant: articles published (else received) from then on. Hours count as a whole. The last 30 hours, days or weeks that have articles, where from and to are absent.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>ISO 8601: before this instant, or up to the end of this date.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>hour, day or week.</summary>
    [FromQuery(Name = "interval")]
    public string? Interval { get; init; }
}

/// <param name="First">First hour that has an article.</param>
/// <param name="Last">Last hour that has one.</param>
/// <param name="Items">Oldest first; what has no articles is left out.</param>
sealed record ValueTimeline(DateTimeOffset? First, DateTimeOffset? Last, IReadOnlyList<TimelineItem> Items)
{
    const int MaxItems = 1_000, Usual = 30;

    /// <summary>What is asked for, read and checked.</summary>
    /// <param name="Interval">hour, day or week.</param>
    /// <param name="Length">Of the interval.</param>
    /// <param name="From">From this instant on.</param>
    /// <param name="To">Before this instant.</param>
    public sealed record Range(string Interval, TimeSpan Length, DateTimeOffset? From, DateTimeOffset? To)
    {
        /// <exception cref="ProblemException">400: a value cannot be read, or from does not lie before to.</exception>
        public static Range Of(TimelineAsked asked)
        {
            var length = (asked.Interval ?? "day") switch
            {
                "hour" => TimeSpan.FromHours(1),
                "day" => TimeSpan.FromDays(1),
                "week" => TimeSpan.FromDays(7),
                _ => throw new ProblemException(400, "interval is hour, day or week.", "interval"),
            };
            var (from, to) = (Instants.Read(asked.From, "from", endOfDay: false), Instants.Read(asked.To, "to", endOfDay: true));
            return from >= to ? throw new ProblemException(400, "from must lie before to.", "from") : new Range(asked.Interval ?? "day", length, from, to);
        }

        /// <summary>Whether neither end is given, so that only the last intervals that have articles are told.</summary>
        public bool IsUsual => From is null && To is null;

        /// <summary>Where one end is open, what there is ends it.</summary>
        /// <exception cref="ProblemException">400: more than 1,000 intervals.</exception>
        public (DateTimeOffset From, DateTimeOffset To) Within(DateTimeOffset first, DateTimeOffset last)
        {
            var (from, to) = (From ?? first, To ?? last.AddHours(1));
            return IsUsual || (to - from) / Length <= MaxItems ? (from, to)
                : throw new ProblemException(400, $"From {from:O} to {to:O} are more than {MaxItems} intervals of one {Interval}. Take a longer interval or a shorter time.", "interval");
        }
    }

    /// <summary>The timeline over the sums of hours.</summary>
    /// <param name="hours">How many articles each hour has, above 0.</param>
    /// <param name="range">What is asked for.</param>
    /// <exception cref="ProblemException">400: more than 1,000 intervals.</exception>
    public static ValueTimeline Of(IReadOnlyDictionary<DateTimeOffset, long> hours, Range range)
    {
        if (hours.Count == 0) return new ValueTimeline(null, null, []);
        var (first, last) = (hours.Keys.Min(), hours.Keys.Max());
        var (from, to) = range.Within(first, last);
        var items = hours.Where(hour => hour.Key >= from && hour.Key < to)
            .GroupBy(hour => Begin(hour.Key, range.Length), (begin, within) => new TimelineItem(begin, within.Sum(hour => hour.Value))).OrderBy(item => item.From);
        return new ValueTimeline(first, last, [.. range.IsUsual ? items.TakeLast(Usual) : items]);
    }

    /// <summary>When the interval begins that an instant is in. Weeks begin on Mondays, for ticks count from one.</summary>
    public static DateTimeOffset Begin(DateTimeOffset instant, TimeSpan length) => new(instant.UtcTicks - instant.UtcTicks % length.Ticks, TimeSpan.Zero);

    /// <param name="database">The read models.</param>
    /// <param name="kind">topic, entity or source.</param>
    /// <param name="id">The value.</param>
    /// <param name="range">What is asked for.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<ValueTimeline> ReadAsync(NpgsqlDataSource database, string kind, string id, Range range, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select hour, articles from {Schema}.{kind}_hour where value = $1 and articles > 0");
        command.Parameters.AddWithValue(id);
        var hours = new Dictionary<DateTimeOffset, long>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) hours.Add(reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt32(1));
        return Of(hours, range);
    }
}
