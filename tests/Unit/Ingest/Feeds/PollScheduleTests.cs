using Monitoring.Ingest.Feeds;
using Monitoring.Ingest.Feeds.Parsing;

namespace Tests.Unit;

public class PollScheduleTests
{
    /// <summary>A Sunday.</summary>
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly TimeSpan Base = TimeSpan.FromMinutes(30);

    static double Minutes(FeedRhythm? rhythm = null, DateTimeOffset? fresh = null, double jitter = 0) =>
        (PollSchedule.AfterAnswer(Base, rhythm, fresh, Now, jitter) - Now).TotalMinutes;

    static FeedRhythm Ttl(double minutes) => new(TimeSpan.FromMinutes(minutes), [], []);

    [Fact]
    public void The_longest_wait_anyone_asks_for_counts_up_to_a_day()
    {
        Assert.Equal(30, Minutes());
        Assert.Equal(60, Minutes(Ttl(60)));
        Assert.Equal(30, Minutes(Ttl(5)));
        Assert.Equal(90, Minutes(Ttl(60), Now.AddMinutes(90)));
        Assert.Equal(30, Minutes(fresh: Now.AddMinutes(-90)));
        Assert.Equal(24 * 60, Minutes(Ttl(60 * 24 * 7)));
        Assert.Equal(24 * 60, Minutes(fresh: Now.AddYears(1)));
    }

    [Fact]
    public void Jitter_only_lengthens_and_by_a_twentieth_at_most()
    {
        Assert.Equal(31.5, Minutes(jitter: 1));
        Assert.Equal(24 * 60, Minutes(Ttl(60 * 24), jitter: 1));
    }

    [Fact]
    public void Hours_and_days_without_news_are_slept_through()
    {
        Assert.Equal(Now.AddHours(2), PollSchedule.AfterAnswer(Base, new FeedRhythm(null, [12, 13], []), null, Now, 0));
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero), PollSchedule.AfterAnswer(Base, new FeedRhythm(null, [], [DayOfWeek.Sunday, DayOfWeek.Monday]), null, Now, 0));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero), PollSchedule.AfterAnswer(Base, new FeedRhythm(null, [0, 1, 2, 3, 4, 5, 6], [DayOfWeek.Sunday]), null, Now, 0));
        Assert.Equal(Now + Base, PollSchedule.AfterAnswer(Base, new FeedRhythm(null, [.. Enumerable.Range(0, 24)], []), null, Now, 0));
    }

    [Fact]
    public void Failures_back_off_to_a_day_and_never_come_before_the_server_allows()
    {
        double Wait(int failures, DateTimeOffset? retryAfter = null, double jitter = 1) => (PollSchedule.AfterFailure(failures, retryAfter, Now, jitter) - Now).TotalMinutes;
        Assert.Equal([5, 10, 20, 40, 80], Enumerable.Range(1, 5).Select(failures => Wait(failures)));
        Assert.Equal(24 * 60, Wait(30));
        Assert.Equal(24 * 60, Wait(int.MaxValue));
        Assert.Equal(4, Wait(1, jitter: 0));
        Assert.Equal(60, Wait(1, Now.AddHours(1)));
        Assert.Equal(5, Wait(1, Now.AddSeconds(10)));
        Assert.Equal(7 * 24 * 60, Wait(1, Now.AddYears(10)));
    }

    [Fact]
    public void The_interval_follows_the_feeds_own_rhythm()
    {
        static TimeSpan Interval(TimeSpan? gap, TimeSpan? set = null, bool hub = false) =>
            PollSchedule.Interval(new FeedSettings(Interval: set), new FeedDescription(null, null, null, null, null, null, gap), hub);
        Assert.Equal(TimeSpan.FromMinutes(60), Interval(TimeSpan.FromHours(2)));
        Assert.Equal(TimeSpan.FromMinutes(10), Interval(TimeSpan.FromMinutes(3)));
        Assert.Equal(TimeSpan.FromHours(4), Interval(TimeSpan.FromDays(10)));
        Assert.Equal(TimeSpan.FromMinutes(30), Interval(null));
        Assert.Equal(TimeSpan.FromMinutes(2), Interval(TimeSpan.FromHours(2), set: TimeSpan.FromMinutes(2)));
        Assert.Equal(TimeSpan.FromHours(6), Interval(TimeSpan.FromHours(2), hub: true));
    }

    [Fact]
    public void The_gap_is_taken_over_the_newest_ten_and_the_silence_since()
    {
        Assert.Equal(TimeSpan.FromHours(1), PollSchedule.Gap(Enumerable.Range(1, 50).Select(hours => Now.AddHours(-hours)), Now));
        Assert.Equal(TimeSpan.FromDays(50), PollSchedule.Gap([Now.AddDays(-99), Now.AddDays(-100)], Now));
        // An entry dated ahead says nothing about the past.
        Assert.Equal(TimeSpan.FromHours(1), PollSchedule.Gap([Now.AddYears(1), Now.AddHours(-1), Now.AddHours(-2)], Now));
        Assert.Null(PollSchedule.Gap([Now], Now));
    }
}
