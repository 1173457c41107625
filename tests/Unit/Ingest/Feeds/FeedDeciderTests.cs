using System.Net;
using Monitoring.Ingest.Feeds;
using Monitoring.Ingest.Feeds.Parsing;
using Monitoring.Ingest.Fetching;

namespace Tests.Unit;

public class FeedDeciderTests
{
    static readonly Guid Id = Guid.NewGuid();
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly Uri Old = new("https://gazette.example/feed"), New = new("https://gazette.example/rss.xml");
    static readonly Validators Held = new("\"1\"", "Sun, 01 Mar 2026 10:00:00 GMT");

    static Feed After(params object[] happened) =>
        happened.Aggregate((Feed?)null, (feed, e) => Feed.After(feed, Id, e))!;

    static readonly Feed Added = After(new FeedAdded(Old.AbsoluteUri, new FeedSettings(), Now.AddDays(-1), "me"));
    static readonly Feed Known = Added with { Validators = Held, Description = new FeedDescription("Gazette", "https://gazette.example/", "en", null, Old.AbsoluteUri, null, TimeSpan.FromHours(2)) };

    static Fetched Answer(int status, string? error = null, Uri? moved = null, Validators? validators = null, DateTimeOffset? retryAfter = null) => new()
    {
        Address = moved ?? Old,
        MovedTo = moved,
        Status = (HttpStatusCode)status,
        Error = error,
        Validators = validators ?? Validators.None,
        RetryAfter = retryAfter,
    };

    static FeedDocument Document(string? dialect = "rss20") => new()
    {
        WellFormed = true,
        Encoding = "utf-8",
        Dialect = dialect,
        Problems = dialect is null ? ["This is an HTML page."] : [],
        Feed = new ParsedFeed { Title = "The &amp; Gazette", TitleType = "text/html", Link = "https://gazette.example/", Links = [new("https://hub.example/", "hub", null, null, null, null)] },
        Entries = [new ParsedEntry { Published = Now.AddHours(-1) }, new ParsedEntry { Updated = Now.AddHours(-8) }],
    };

    static IReadOnlyList<object> Decide(Feed feed, Fetched fetched, FeedDocument? document = null, TakenEntries? taken = null, Guid? other = null) =>
        FeedDecider.Decide(feed, fetched, document, taken ?? TakenEntries.None, other, Now, jitter: 0);

    [Fact]
    public void A_good_answer_is_a_poll_with_what_the_feed_says_of_itself()
    {
        var taken = new TakenEntries(new EntryCounts(Received: 2), ["x: no"]);
        var polled = Assert.IsType<FeedPolled>(Assert.Single(Decide(Added, Answer(200, validators: Held), Document(), taken)));
        Assert.Equal(new FeedDescription("The & Gazette", "https://gazette.example/", null, "https://hub.example/", Old.AbsoluteUri, null, TimeSpan.FromHours(4)), polled.Description);
        Assert.Equal((200, Held, new EntryCounts(Received: 2), Now.AddHours(2)), (polled.Status, polled.Validators, polled.Entries, polled.NextPollAt));
        Assert.Equal(["x: no"], polled.Rejections);
    }

    [Fact]
    public void A_304_keeps_what_it_does_not_bring_and_clears_no_failure()
    {
        var failing = Feed.After(Known, Id, new FeedFailed(Now.AddHours(-1), 500, "It broke.", 1, Now))!;
        var polled = Assert.IsType<FeedPolled>(Assert.Single(Decide(failing, Answer(304, validators: new(null, "Sun, 01 Mar 2026 11:00:00 GMT")))));
        Assert.Equal(new Validators("\"1\"", "Sun, 01 Mar 2026 11:00:00 GMT"), polled.Validators);
        Assert.Equal(Now.AddHours(1), polled.NextPollAt);
        var after = Feed.After(failing, Id, polled)!;
        Assert.Equal(("It broke.", "Gazette"), (after.Failure?.Reason, after.Description?.Title));
        Assert.Null(Feed.After(failing, Id, Assert.IsType<FeedPolled>(Decide(failing, Answer(200), Document())[0]))!.Failure);
    }

    [Fact]
    public void A_move_for_good_counts_once_the_new_place_was_found_to_be_a_feed()
    {
        var happened = Decide(Known, Answer(200, moved: New), Document());
        Assert.Equal(new FeedMoved(Old.AbsoluteUri, New.AbsoluteUri, Now), happened[0]);
        Assert.IsType<FeedPolled>(happened[1]);
        Assert.IsType<FeedFailed>(Assert.Single(Decide(Known, Answer(200, moved: New), Document(dialect: null))));
        Assert.IsType<FeedFailed>(Assert.Single(Decide(Known, Answer(404, "not found", moved: New))));
        Assert.IsType<FeedPolled>(Assert.Single(Decide(Known, Answer(200, moved: Old), Document())));
    }

    [Fact]
    public void A_feed_that_moves_to_where_another_is_already_ends()
    {
        var other = Guid.NewGuid();
        var gone = Assert.IsType<FeedGone>(Assert.Single(Decide(Known, Answer(200, moved: New), Document(), other: other)));
        Assert.Equal($"It moved to {New}, which is here already, as feed {other}.", gone.Reason);
        Assert.IsType<FeedMoved>(Decide(Known, Answer(200, moved: New), Document(), other: Id)[0]);
    }

    [Fact]
    public void A_410_ends_it()
    {
        var gone = Assert.IsType<FeedGone>(Assert.Single(Decide(Known, Answer(410, "gone"))));
        Assert.Equal(FeedStatus.Gone, Feed.After(Known, Id, gone)!.Status);
        Assert.Equal(FeedStatus.Active, Feed.After(Feed.After(Known, Id, gone), Id, new FeedResumed(Now, "me"))!.Status);
    }

    [Fact]
    public void Failures_are_counted_in_a_row_and_say_why()
    {
        var first = Assert.IsType<FeedFailed>(Assert.Single(Decide(Known, Answer(200), Document(dialect: null))));
        Assert.Equal((1, 200, "What it answered is no feed: This is an HTML page.", Now.AddMinutes(4)), (first.Failures, first.Status, first.Reason, first.NextPollAt));
        var failing = Feed.After(Known, Id, first)!;
        var second = Assert.IsType<FeedFailed>(Assert.Single(Decide(failing, Answer(503, "busy", retryAfter: Now.AddHours(3)))));
        Assert.Equal((2, Now.AddHours(3)), (second.Failures, second.NextPollAt));
        var after = Feed.After(failing, Id, second)!;
        Assert.Equal((Now, 2), (after.Failure!.Since, after.Failure.Count));
        Assert.Null(after.LastSuccess);
    }

    [Fact]
    public void What_is_left_to_do_is_asked_for_again_without_validators()
    {
        var polled = Assert.IsType<FeedPolled>(Assert.Single(Decide(Known, Answer(200, validators: Held), Document(), new TakenEntries(new EntryCounts(), [], Left: 5))));
        Assert.Equal((Validators.None, Now.AddMinutes(1)), (polled.Validators, polled.NextPollAt));
        polled = Assert.IsType<FeedPolled>(Assert.Single(Decide(Known, Answer(200, validators: Held), Document(), new TakenEntries(new EntryCounts(), [], Incomplete: 1))));
        Assert.Equal((Validators.None, Now.AddHours(2)), (polled.Validators, polled.NextPollAt));
    }

    [Fact]
    public void While_a_hub_brings_the_news_it_is_polled_slowly()
    {
        var hubbed = Feed.After(Known, Id, new FeedHubSubscribed("https://hub.example/", Old.AbsoluteUri, Now, Now.AddDays(10)))!;
        Assert.Equal(Now.AddHours(6), Assert.IsType<FeedPolled>(Decide(hubbed, Answer(304))[0]).NextPollAt);
        var ended = Feed.After(hubbed, Id, new FeedHubEnded("https://hub.example/", "denied", Now))!;
        Assert.Equal(Now.AddHours(1), Assert.IsType<FeedPolled>(Decide(ended, Answer(304))[0]).NextPollAt);
        Assert.Equal(Now.AddHours(1), Assert.IsType<FeedPolled>(Decide(hubbed with { HubUntil = Now.AddSeconds(-1) }, Answer(304))[0]).NextPollAt);
    }

    [Fact]
    public void Health_counts_articles_a_day_and_the_share_of_those_known_before()
    {
        var feed = Added;
        for (var day = 40; day >= 1; day--)
        {
            feed = Feed.After(feed with { Added = Now.AddDays(-40) }, Id, new FeedPolled(Now.AddDays(-day), 200, new EntryCounts(Received: 2), Held, null, [], Now))!;
            feed = Feed.After(feed, Id, new FeedPolled(Now.AddDays(-day), 200, new EntryCounts(Received: 1, Known: 1, Unchanged: 7), Held, null, [], Now))!;
        }
        Assert.Equal(28, feed.Days.Count);
        var health = FeedHealth.Of(feed, Now.AddHours(1), Now);
        Assert.Equal((3.0, 0.25, Now.AddDays(-1), Now.AddHours(1)), (health.ArticlesPerDay, health.Duplicates, health.LastSuccess, health.NextPoll));
        Assert.Equal((0.0, 0.0), (FeedHealth.Of(Added, null, Now).ArticlesPerDay, FeedHealth.Of(Added, null, Now).Duplicates));
    }

    [Theory]
    [InlineData("https://gazette.example/feed", "https://gazette.example/feed"), InlineData(" gazette.example ", "https://gazette.example/"), InlineData("gazette.example/news", "https://gazette.example/news")]
    [InlineData("feed://gazette.example/rss", "https://gazette.example/rss"), InlineData("feed:https://gazette.example/rss", "https://gazette.example/rss")]
    public void Addresses_are_understood_as_people_type_them(string typed, string address) => Assert.Equal(address, FeedInput.Address(typed).AbsoluteUri);

    [Theory]
    [InlineData(null), InlineData(" "), InlineData("ftp://gazette.example/"), InlineData("file:///etc/passwd"), InlineData("http://me:secret@gazette.example/"), InlineData("gazette"), InlineData("http://")]
    public void And_what_is_no_address_is_refused(string? typed) =>
        Assert.Equal("url", Assert.Throws<Monitoring.Hosting.ProblemException>(() => FeedInput.Address(typed)).Field);

    [Fact]
    public void What_a_change_does_not_name_stays_as_it_was()
    {
        var settings = new FeedSettings("Mine", ["a"], Completion.Always, TimeSpan.FromMinutes(5), "wire.example");
        Assert.Equal(settings, new FeedInput(null, null, null, null, null, null).Over(settings));
        Assert.Equal(new FeedSettings(null, [], Completion.Never, TimeSpan.FromHours(1), null), new FeedInput(null, "", [], Completion.Never, 60, "").Over(settings) with { Folders = [] });
        Assert.Equal("intervalMinutes", Assert.Throws<Monitoring.Hosting.ProblemException>(() => new FeedInput(null, null, null, null, 0.5, null).Over(settings)).Field);
        Assert.Equal("source", Assert.Throws<Monitoring.Hosting.ProblemException>(() => new FeedInput(null, null, null, null, null, "no host").Over(settings)).Field);
    }
}
