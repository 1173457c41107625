using Monitoring.Ingest.Sources;
using Xunit.Abstractions;

namespace Tests.Unit;

public class SourceTests(ITestOutputHelper log)
{
    // A Monday.
    static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    const int Week = 7 * 24, History = 4 * Week;

    static double Flat(DateTimeOffset hour) => 1;
    static double Office(DateTimeOffset hour) => hour.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && hour.Hour is >= 8 and < 18 ? 2.4 : 0;
    static double Rhythm(DateTimeOffset hour) => (hour.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.4 : 1) * (1 + 0.9 * Math.Sin((hour.Hour - 8) / 24.0 * 2 * Math.PI));

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    static int Poisson(Random random, double mean)
    {
        var (count, left) = (0, Math.Exp(-mean));
        for (var p = random.NextDouble(); p > left; p *= random.NextDouble()) count++;
        return count;
    }

    /// <param name="perDay">Articles on a weekday.</param>
    /// <param name="shape">The hours of its week; 1 on average.</param>
    /// <param name="differ">How much its days differ (standard deviation of the logarithm).</param>
    /// <param name="batch">How many articles it publishes at a time.</param>
    static int?[] Outlet(int seed, int hours, double perDay, Func<DateTimeOffset, double> shape, double differ = 0.3, int batch = 1)
    {
        var random = new Random(seed);
        var (published, day) = (new int?[hours], 1.0);
        for (var i = 0; i < hours; i++)
        {
            if (i % 24 == 0) day = Math.Exp(differ * Normal(random) - differ * differ / 2);
            var mean = perDay / 24 * shape(Start.AddHours(i)) * day;
            published[i] = Enumerable.Range(0, Poisson(random, mean / batch)).Sum(_ => batch == 1 ? 1 : 1 + Poisson(random, batch - 1));
        }
        return published;
    }

    static object? Decide(int?[] hours, int now, SourceState state = SourceState.Normal)
    {
        var from = Math.Max(0, now - History - 1);
        return SourceAlarm.Decide("gazette.example", state, new Volume(Start.AddHours(from), hours[from..(now + 1)]), Start.AddHours(now + 0.5));
    }

    public static TheoryData<string, int, int> Outlets => new()
    {
        { "flat", 10, 1 }, { "flat", 100, 1 }, { "flat", 480, 1 }, { "office", 30, 1 }, { "office", 200, 1 },
        { "rhythm", 10, 1 }, { "rhythm", 60, 1 }, { "rhythm", 480, 1 }, { "rhythm", 60, 8 }, { "rhythm", 300, 8 },
    };

    static Func<DateTimeOffset, double> Shape(string name) => name switch { "flat" => Flat, "office" => Office, _ => Rhythm };

    [Theory]
    [MemberData(nameof(Outlets))]
    public void An_outlet_that_goes_on_as_usual_raises_hardly_an_alarm(string shape, int perDay, int batch)
    {
        var alarms = 0;
        for (var seed = 0; seed < 3; seed++)
        {
            var (hours, state) = (Outlet(seed, 8 * Week, perDay, Shape(shape), batch: batch), SourceState.Normal);
            for (var now = Week + 2; now < hours.Length; now++)
            {
                var alarm = Decide(hours, now, state);
                if (alarm is SourceFellSilent or SourceFlooded) alarms++;
                state = alarm switch { SourceFellSilent => SourceState.Silent, SourceFlooded => SourceState.Flooding, SourceRecovered => SourceState.Normal, _ => state };
            }
        }
        log.WriteLine($"{alarms} false alarms in {3 * 7} weeks");
        Assert.InRange(alarms, 0, 1);
    }

    [Theory]
    [InlineData("flat", 480, 1, 4), InlineData("flat", 100, 1, 5), InlineData("flat", 30, 1, 36), InlineData("flat", 10, 1, 120), InlineData("rhythm", 60, 1, 36), InlineData("rhythm", 480, 1, 14), InlineData("rhythm", 300, 8, 72), InlineData("office", 200, 1, 72)]
    public void One_that_stops_is_missed(string shape, int perDay, int batch, int within)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var hours = Outlet(seed, History + 2 * Week, perDay, Shape(shape), differ: 0.2, batch: batch);
            var stop = History + 20 + seed * 31;
            Array.Fill(hours, 0, stop, hours.Length - stop);
            var noticed = Enumerable.Range(stop, hours.Length - stop).First(now => Decide(hours, now) is SourceFellSilent);
            var silent = Assert.IsType<SourceFellSilent>(Decide(hours, noticed));
            log.WriteLine($"{noticed - stop} hours: {silent}");
            Assert.InRange(noticed - stop, SourceAlarm.MinSilence, within + (shape == "office" ? 70 : 0));
            Assert.InRange(silent.Chance, 0, SourceAlarm.SilenceChance);
            Assert.InRange(silent.Since, Start.AddHours(stop - 62), Start.AddHours(stop));
        }
    }

    [Theory]
    [InlineData("flat", 480, 1), InlineData("flat", 30, 1), InlineData("flat", 3, 1), InlineData("rhythm", 480, 1), InlineData("rhythm", 60, 8), InlineData("office", 200, 1)]
    public void One_that_publishes_a_days_articles_within_an_hour_floods_until_it_stops(string shape, int perDay, int batch)
    {
        var hours = Outlet(7, History + Week, perDay, Shape(shape), batch: batch);
        var at = History + 30;
        hours[at] += Math.Max(100, 2 * perDay);
        var flood = Assert.IsType<SourceFlooded>(Decide(hours, at));
        Assert.Equal(hours[at], flood.Received);
        Assert.InRange(flood.Chance, 0, SourceAlarm.FloodChance);
        Assert.IsType<SourceFlooded>(Decide(hours, at + 1));
        Assert.Null(Decide(hours, at + 1, SourceState.Flooding));
        Assert.Equal(new SourceRecovered("gazette.example", Start.AddHours(at + 2.5), SourceState.Flooding), Decide(hours, at + 2, SourceState.Flooding));
    }

    [Fact]
    public void A_silent_one_is_back_with_its_first_article()
    {
        var hours = Outlet(1, History + Week, 100, Flat);
        Array.Fill(hours, 0, History, Week);
        Assert.Null(Decide(hours, History + 50, SourceState.Silent));
        hours[History + 50] = 1;
        Assert.IsType<SourceRecovered>(Decide(hours, History + 50, SourceState.Silent));
        Assert.IsType<SourceRecovered>(Decide(hours, History + 51, SourceState.Silent));
    }

    [Fact]
    public void Nobody_is_silent_while_nobody_listens_and_what_was_missed_is_no_flood()
    {
        var hours = Outlet(1, History + Week, 240, Flat, differ: 0);
        Array.Fill(hours, 0, History, 48);
        Assert.IsType<SourceFellSilent>(Decide(hours, History + 47));
        Array.Fill(hours, null, History, 48);
        Array.Fill(hours, 0, History + 48, 4);
        Assert.Null(Decide(hours, History + 49));
        // Two days' articles, taken in at once.
        hours[History + 48] = 480;
        Assert.Null(Decide(hours, History + 48));
        hours[History + 48] = 4_800;
        Assert.IsType<SourceFlooded>(Decide(hours, History + 48));
    }

    [Fact]
    public void A_week_has_to_be_known_and_what_never_published_is_not_missed()
    {
        var hours = Outlet(1, 2 * Week, 240, Flat);
        Array.Fill(hours, 0, Week - 5, Week);
        Assert.Null(Decide(hours, Week));
        Assert.IsType<SourceFellSilent>(Decide(hours, Week + 2));
        hours[Week - 1] = 5_000;
        Assert.Null(Decide(hours, Week - 1));
        Assert.Null(Decide(new int?[3 * Week], 2 * Week));
        Assert.Null(Decide([.. Enumerable.Repeat<int?>(0, 3 * Week)], 2 * Week));
    }

    [Fact]
    public void One_holiday_one_outage_and_one_flood_change_little_of_what_is_usual()
    {
        var hours = Outlet(1, History, 240, Flat, differ: 0);
        VolumeProfile Of(int?[] hours) => VolumeProfile.From(new Volume(Start, hours), hours.Length)!;
        var plain = Of(hours);
        var (holiday, flood) = (hours.ToArray(), hours.ToArray());
        Array.Fill(holiday, 0, 8 * 24, 24);
        flood[10 * 24 + 5] = 10_000;
        foreach (var marred in new[] { Of(holiday), Of(flood) })
            for (var i = 0; i < Week; i++)
                Assert.InRange(marred.Rate(Start.AddHours(i)) / plain.Rate(Start.AddHours(i)), 0.75, 1.25);
        Assert.InRange(Of(flood).Clump, 1, 2);
    }

    [Fact]
    public void Chances_are_those_of_Poisson_where_nothing_is_wild()
    {
        var steady = VolumeProfile.From(new Volume(Start, [.. Enumerable.Repeat<int?>(10, History)]), History)!;
        Assert.Equal((10, 1, 1_000), (Math.Round(steady.Mean, 9), steady.Clump, steady.Shape));
        // e^-9.21 and P(X ≥ 30 | 10) as SciPy has them; a gamma of shape 1,000 is not quite none.
        Assert.Equal(1e-4, steady.ChanceOfNone(9.2103), 5e-6);
        Assert.InRange(steady.ChanceOfAtLeast(30, 10), 2.5e-7, 4.5e-7);
        Assert.Equal(1, steady.ChanceOfAtLeast(10, 10));
        Assert.InRange(steady.ChanceOfAtLeast(100_000, 10), 0, 1e-300);
    }

    [Theory]
    [InlineData("gazette.de", "DE"), InlineData("news.bbc.co.uk", "GB"), InlineData("pravda.com.ua", "UA"), InlineData("xn--80aesfpebagmfblc0a.xn--p1ai", "RU"), InlineData("abc.net.au", "AU"), InlineData("ruv.is", "IS")]
    [InlineData("gazette.com", null), InlineData("gazette.io", null), InlineData("gazette.tv", null), InlineData("gazette.me", null), InlineData("gazette.ai", null), InlineData("gazette.co", null), InlineData("europa.eu", null), InlineData("gazette.zz", null), InlineData("localhost", null)]
    public void A_domain_says_where_an_outlet_is_or_nothing(string domain, string? country) => Assert.Equal(country, Country.Of(domain));
}
