namespace Monitoring.Ingest.Sources;

/// <summary>New articles of an outlet hour by hour.</summary>
/// <param name="Start">Begin of the first hour, UTC.</param>
/// <param name="Hours">How many came in each; null where nobody was there to see, because Ingest did not run. The last is the one that runs.</param>
public sealed record Volume(DateTimeOffset Start, IReadOnlyList<int?> Hours)
{
    public DateTimeOffset At(int hour) => Start.AddHours(hour);
}

/// <summary>
/// What an outlet usually publishes, from up to 28 days: a rate for each hour of the week, how much its articles come in clumps
/// and how much its days differ. All of it is robust: a day of floods, a holiday or an outage moves it little.
/// </summary>
/// <remarks>
/// Rate = what such a weekday brings (lower median of its days) × the hour's share of the day (mean without its highest tenth,
/// weekdays and weekends apart). Clumps of mean size c arrive as a Poisson process whose rate varies from day to day as a gamma
/// distribution of shape r, which makes counts negative binomial; with c = 1 and r without bound it is Poisson's.
/// </remarks>
public sealed class VolumeProfile
{
    public const int Days = 28;

    /// <summary>Fewer hours than a week's say nothing about a week.</summary>
    public const int MinHours = 7 * 24;

    /// <summary>A day seen for less does not count as one.</summary>
    const int MinDay = 20;

    /// <summary>One day may be thrice another, not more: with few of them each weighs too much.</summary>
    const double MaxDay = 3;

    readonly double[] day = new double[7];
    readonly double[,] share = new double[2, 24];

    /// <summary>Mean articles per hour over the whole week.</summary>
    public double Mean { get; private init; }

    /// <summary>Mean size of a clump, 1 or more.</summary>
    public double Clump { get; private set; } = 1;

    /// <summary>Shape of the gamma distribution of the days; the smaller, the more they differ.</summary>
    public double Shape { get; private set; } = MaxShape;

    const double MinShape = 0.5, MaxShape = 1_000;

    VolumeProfile(IReadOnlyList<double>[] days)
    {
        var usual = LowerMedian([.. days.SelectMany(day => day)]);
        for (var i = 0; i < 7; i++)
        {
            var like = days[i].Count > 0 ? days[i] : [.. days.Where((_, other) => IsWeekend(other) == IsWeekend(i)).SelectMany(day => day)];
            day[i] = Math.Min(LowerMedian(like), MaxDay * usual);
        }
        Mean = day.Sum() / MinHours;
    }

    /// <summary>Articles to expect in the hour that begins then.</summary>
    public double Rate(DateTimeOffset hour) => day[(int)hour.DayOfWeek] * share[IsWeekend((int)hour.DayOfWeek) ? 1 : 0, hour.Hour];

    /// <summary>Null where too little is known.</summary>
    /// <param name="volume">What came.</param>
    /// <param name="count">How many of its hours, from the first, belong to the profile.</param>
    public static VolumeProfile? From(Volume volume, int count)
    {
        var first = Math.Max(0, count - Days * 24);
        var seen = Enumerable.Range(first, Math.Max(0, count - first)).Where(i => volume.Hours[i] is not null).ToList();
        if (seen.Count < MinHours) return null;

        var days = seen.GroupBy(i => volume.At(i).UtcDateTime.Date).Where(hours => hours.Count() >= MinDay)
            .Select(hours => (hours.Key.DayOfWeek, Total: hours.Sum(i => volume.Hours[i]!.Value) * 24.0 / hours.Count())).ToLookup(day => (int)day.DayOfWeek, day => day.Total);
        var profile = new VolumeProfile([.. Enumerable.Range(0, 7).Select(day => (IReadOnlyList<double>)[.. days[day]])]);
        foreach (var weekend in new[] { 0, 1 })
        {
            var hours = Enumerable.Range(0, 24).Select(hour => TrimmedMean([.. seen.Where(i => volume.At(i) is var at && at.Hour == hour && (IsWeekend((int)at.DayOfWeek) ? 1 : 0) == weekend).Select(i => volume.Hours[i]!.Value)])).ToArray();
            for (var hour = 0; hour < 24; hour++) profile.share[weekend, hour] = hours.Sum() is > 0 and var sum ? hours[hour] / sum : 1 / 24.0;
        }
        profile.Spread(volume, seen, [.. days.SelectMany(day => day.Select(total => (profile.day[day.Key], total)))]);
        return profile;
    }

    // By moments: variance over mean of the hours is the clumps' size, what varies beyond that from day to day is the gamma's.
    // Hours and days are weighed without their wildest hundredth and wildest one.
    void Spread(Volume volume, List<int> seen, List<(double Usual, double Total)> days)
    {
        var expected = seen.Sum(i => Rate(volume.At(i)));
        if (expected <= 0) return;
        var squares = seen.Select(i => Math.Pow(volume.Hours[i]!.Value - Rate(volume.At(i)), 2)).Order().ToList();
        Clump = Math.Max(1, squares.Take(squares.Count - squares.Count / 100).Sum() / expected);
        var ratios = days.Where(day => day.Usual > 0).Select(day => Math.Pow(day.Total / day.Usual - 1, 2)).Order().SkipLast(1).ToList();
        var own = ratios.Count > 0 ? ratios.Average() - Clump / (24 * Mean) : 0;
        Shape = own > 0 ? Math.Clamp(1 / own, MinShape, MaxShape) : MaxShape;
    }

    /// <summary>How likely nothing at all comes where so many are expected.</summary>
    public double ChanceOfNone(double expected) => Math.Pow(1 + expected / Clump / Shape, -Shape);

    /// <summary>How likely so many or more come where so many are expected.</summary>
    public double ChanceOfAtLeast(int count, double expected)
    {
        // In clumps: the negative binomial's terms from count on, each by the one before it.
        var (k, mean) = (Math.Ceiling(count / Clump), expected / Clump);
        if (k <= mean) return 1;
        if (mean <= 0) return 0;
        var p = mean / (mean + Shape);
        var term = Math.Exp(LogGamma(k + Shape) - LogGamma(Shape) - LogGamma(k + 1) + k * Math.Log(p) + Shape * Math.Log(1 - p));
        var sum = 0.0;
        for (var i = 0; i < 10_000 && term > sum * 1e-12; i++)
        {
            sum += term;
            term *= p * (k + i + Shape) / (k + i + 1);
        }
        return Math.Min(1, sum);
    }

    // Stirling's series, after the argument is raised to where it holds to ten digits.
    static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++) shift -= Math.Log(x);
        return shift + (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x * x * x);
    }

    static bool IsWeekend(int day) => day is (int)DayOfWeek.Saturday or (int)DayOfWeek.Sunday;

    static double LowerMedian(IReadOnlyList<double> values) => values.Count == 0 ? 0 : values.Order().ElementAt((values.Count - 1) / 2);

    static double TrimmedMean(IReadOnlyList<int> values) => values.Count == 0 ? 0 : values.Order().Take(values.Count - values.Count / 8).Average();
}
