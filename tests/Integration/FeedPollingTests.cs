using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Monitoring.Ingest.Feeds;

namespace Tests.Integration;

/// <summary>What a publisher sees of the poller, with real PostgreSQL, a real web server and hands on the clock.</summary>
[Collection(nameof(Postgres))]
public sealed class FeedPollingTests(Postgres postgres) : IAsyncLifetime
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider time = new(Start);
    Publisher publisher = null!;
    Database database = null!;
    Running ingest = null!;

    public async Task InitializeAsync()
    {
        publisher = await Publisher.StartAsync();
        database = await postgres.NewDatabaseAsync();
        ingest = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await ingest.DisposeAsync();
        await publisher.DisposeAsync();
    }

    Task<Running> StartAsync() => Running.IngestAsync(database, time, $"127.0.0.1:{publisher.Port}");

    static string Rss(params int[] items) => Channel("", items);

    static string Channel(string more, params int[] items) =>
        $"<rss version=\"2.0\"><channel><title>Gazette</title><link>https://gazette.example/</link>{more}{string.Concat(items.Select(Item))}</channel></rss>";

    static string Item(int i) =>
        $"<item><title>Report {i}</title><link>https://gazette.example/{i}</link><guid>g{i}</guid><description>{Text(i)}</description></item>";

    static string Text(int i) => $"This is what happened on day {i}. {string.Concat(Enumerable.Repeat("Delegations met and talked for hours. ", 20))}";

    async Task<Guid> AddAsync(string path, Completion completion = Completion.Never, double minutes = 30)
    {
        var id = Guid.NewGuid();
        var settings = new FeedSettings(Completion: completion, Interval: TimeSpan.FromMinutes(minutes));
        await ingest.Get<FeedStore>().AddAsync(id, new FeedAdded(publisher.At(path).AbsoluteUri, settings, time.GetUtcNow(), "test"), default);
        return id;
    }

    async Task<Feed> FeedAsync(Guid id) => (await ingest.Get<FeedStore>().FindAsync(id, default))!;

    /// <summary>
    /// Moves the clock, but not while a poll is in hand, unless the poll itself waits for the clock: on a busy machine the
    /// lease of twenty seconds would otherwise run out within a tenth of a real one, and the other process polls again.
    /// </summary>
    async Task StepAsync(TimeSpan step)
    {
        time.Advance(step);
        for (var waited = 0; waited < 20 && await InHandAsync() > 0; waited++) await Task.Delay(5);
    }

    Task<long> InHandAsync() => database.CountAsync("ingest.feed_schedule where leased_until is not null");

    /// <summary>Moves the clock, second by second at the end, which lets the poller look for what is due, until the feed was polled (again).</summary>
    async Task<Feed> PolledAsync(Guid id, TimeSpan after = default)
    {
        var before = after > TimeSpan.Zero ? (await FeedAsync(id)).LastPoll : null;
        time.Advance(after);
        await Running.UntilAsync(async () =>
        {
            await StepAsync(TimeSpan.FromSeconds(1));
            return (await FeedAsync(id)) is var feed && (feed.LastPoll != before || feed.Status == FeedStatus.Gone);
        });
        return await FeedAsync(id);
    }

    async Task NotPolledAsync(string path, TimeSpan during)
    {
        var asked = publisher.Asked(path);
        for (var until = time.GetUtcNow() + during; time.GetUtcNow() < until;)
        {
            time.Advance(during / 20);
            await Task.Delay(20);
        }
        Assert.Equal(asked, publisher.Asked(path));
    }

    SeenRequest Last => publisher.Requests.Last();

    [Fact]
    public async Task Validators_are_sent_back_as_they_came_and_a_304_may_bring_new_ones()
    {
        publisher.Serves("/feed", Rss(1, 2), "application/rss+xml", ("ETag", "W/\"1\""), ("Last-Modified", "Sun, 1 Mar 2026 11:00:00 gmt"));
        var id = await AddAsync("/feed");
        var feed = await PolledAsync(id);
        Assert.Equal((null, null), (Last["If-None-Match"], Last["If-Modified-Since"]));
        Assert.Equal((2, "Gazette"), (Assert.Single(feed.Days).Received, feed.Description!.Title));

        publisher.Answers("/feed", 304, ("Last-Modified", "Sun, 1 Mar 2026 12:00:00 gmt"));
        await PolledAsync(id, TimeSpan.FromMinutes(32));
        Assert.Equal(("W/\"1\"", "Sun, 1 Mar 2026 11:00:00 gmt"), (Last["If-None-Match"], Last["If-Modified-Since"]));
        await PolledAsync(id, TimeSpan.FromMinutes(32));
        Assert.Equal(("W/\"1\"", "Sun, 1 Mar 2026 12:00:00 gmt"), (Last["If-None-Match"], Last["If-Modified-Since"]));
        Assert.Equal(3, publisher.Requests.Count);
    }

    [Fact]
    public async Task A_move_for_good_is_followed_for_good_and_another_only_this_time()
    {
        publisher.Serves("/new", Rss(1), "application/rss+xml");
        publisher.Answers("/old", 301, ("Location", "/between"));
        publisher.Answers("/between", 301, ("Location", "/new"));
        publisher.Answers("/temporary", 302, ("Location", "/other"));
        publisher.Serves("/other", Rss(2), "application/rss+xml");
        publisher.Answers("/broken", 301, ("Location", "/page"));
        publisher.Serves("/page", "<html><body>Welcome</body></html>", "text/html");
        var (moved, temporary, broken) = (await AddAsync("/old"), await AddAsync("/temporary"), await AddAsync("/broken"));
        await PolledAsync(moved);
        await PolledAsync(temporary);
        await PolledAsync(broken);
        Assert.Equal(publisher.At("/new").AbsoluteUri, (await PolledAsync(moved, TimeSpan.FromMinutes(32))).Url);
        await Running.UntilAsync(async () =>
        {
            await StepAsync(TimeSpan.FromSeconds(1));
            return (await FeedAsync(temporary)).LastPoll > Start.AddMinutes(30);
        });
        Assert.Equal(publisher.At("/temporary").AbsoluteUri, (await FeedAsync(temporary)).Url);
        // What moved to something that is no feed has not moved.
        Assert.Equal(publisher.At("/broken").AbsoluteUri, (await FeedAsync(broken)).Url);
        Assert.Equal((1, 1, 2, 2, 2), (publisher.Asked("/old"), publisher.Asked("/between"), publisher.Asked("/new"), publisher.Asked("/temporary"), publisher.Asked("/other")));
    }

    [Fact]
    public async Task A_feed_that_is_gone_is_left_alone_until_somebody_resumes_it()
    {
        publisher.Answers("/feed", 410);
        var id = await AddAsync("/feed");
        Assert.Equal(FeedStatus.Gone, (await PolledAsync(id)).Status);
        await NotPolledAsync("/feed", TimeSpan.FromDays(3));
        publisher.Serves("/feed", Rss(1), "application/rss+xml");
        await ingest.Get<FeedStore>().ChangeAsync(id, new FeedResumed(time.GetUtcNow(), "test"), default);
        var feed = await PolledAsync(id);
        Assert.Equal((FeedStatus.Active, null, 1), (feed.Status, feed.Failure, Assert.Single(feed.Days).Received));
    }

    [Theory]
    [InlineData(429, "7200"), InlineData(503, "Sun, 01 Mar 2026 14:00:00 GMT")]
    public async Task A_busy_server_is_left_alone_with_all_its_feeds_until_it_said(int status, string retryAfter)
    {
        publisher.Answers("/busy", status, ("Retry-After", retryAfter));
        publisher.Serves("/other", Rss(1), "application/rss+xml");
        var other = await AddAsync("/other");
        await PolledAsync(other);
        var feed = await PolledAsync(await AddAsync("/busy"));
        Assert.Equal($"127.0.0.1 answered {status} {(status == 429 ? "Too Many Requests" : "Service Unavailable")}.", feed.Failure!.Reason);
        Assert.InRange(feed.NextPoll, Start.AddHours(2), Start.AddHours(2).AddMinutes(1));
        await NotPolledAsync("/busy", TimeSpan.FromMinutes(110));
        Assert.Equal(1, publisher.Asked("/other"));
        await PolledAsync(feed.Id, TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task What_server_and_feed_say_about_when_to_come_again_is_kept()
    {
        publisher.Serves("/fresh", Rss(1), "application/rss+xml", ("Cache-Control", "max-age=7200"));
        publisher.Serves("/expires", Rss(2), "application/rss+xml", ("Expires", "Sun, 01 Mar 2026 15:00:00 GMT"));
        publisher.Serves("/ttl", Channel("<ttl>90</ttl>", 3), "application/rss+xml");
        publisher.Serves("/sleeps", Channel("<skipHours><hour>12</hour><hour>13</hour></skipHours>", 4), "application/rss+xml");
        foreach (var (path, earliest, latest) in new[] { ("/fresh", 120, 127), ("/expires", 180, 190), ("/ttl", 90, 96), ("/sleeps", 120, 120) })
        {
            var feed = await PolledAsync(await AddAsync(path));
            Assert.True(feed.NextPoll >= Start.AddMinutes(earliest) && feed.NextPoll <= Start.AddMinutes(latest + 1), $"{path}: {feed.NextPoll}");
        }
        await NotPolledAsync("/ttl", TimeSpan.FromMinutes(85));
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_in_plain_words_and_tried_again_later_and_later()
    {
        publisher.Answers("/bomb", async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            for (var i = 0; i < 64; i++) await gzip.WriteAsync(new byte[1 << 20]);
        });
        publisher.Answers("/endless", async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(new byte[1 << 20], http.RequestAborted);
        });
        publisher.Answers("/slow", http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        publisher.Answers("/inner", 302, ("Location", "http://127.0.0.1:22/"));
        publisher.Serves("/page", "<html><body>Welcome</body></html>", "text/html");
        foreach (var (path, reason) in new[]
        {
            ("/bomb", "The answer is larger than 15 MB."), ("/endless", "The answer is larger than 15 MB."), ("/slow", "127.0.0.1 did not answer in full within 20 s."),
            ("/inner", "127.0.0.1 is not on the public internet."), ("/page", "What it answered is no feed"), ("/missing", "127.0.0.1 answered 404 Not Found."),
        })
        {
            var feed = await PolledAsync(await AddAsync(path));
            Assert.StartsWith(reason, feed.Failure!.Reason, StringComparison.Ordinal);
            Assert.Equal(1, feed.Failure.Count);
        }
        var missing = (await ingest.Get<FeedStore>().FindByUrlAsync(publisher.At("/missing").AbsoluteUri, default))!.Value;
        var waits = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            var feed = await FeedAsync(missing);
            waits.Add((feed.NextPoll - feed.LastPoll!.Value).TotalMinutes);
            await PolledAsync(missing, feed.NextPoll - time.GetUtcNow());
        }
        Assert.All(Enumerable.Range(0, 4), i => Assert.InRange(waits[i], 4 * Math.Pow(2, i), 5 * Math.Pow(2, i)));
    }

    [Fact]
    public async Task A_feed_served_as_something_else_is_read_all_the_same()
    {
        publisher.Serves("/feed", Rss(1), "text/html");
        Assert.Null((await PolledAsync(await AddAsync("/feed"))).Failure);
    }

    [Fact]
    public async Task A_restart_resets_no_timer()
    {
        publisher.Serves("/feed", Rss(1), "application/rss+xml");
        var id = await AddAsync("/feed", minutes: 60);
        await PolledAsync(id);
        time.Advance(TimeSpan.FromMinutes(40));
        await ingest.DisposeAsync();
        ingest = await StartAsync();
        await NotPolledAsync("/feed", TimeSpan.FromMinutes(15));
        await PolledAsync(id, TimeSpan.FromMinutes(8));
        Assert.Equal(2, publisher.Asked("/feed"));
    }

    [Fact]
    public async Task Entries_are_taken_once_and_again_when_they_say_something_new()
    {
        publisher.Serves("/feed", Rss(3, 2, 1), "application/rss+xml");
        var id = await AddAsync("/feed");
        await PolledAsync(id);
        publisher.Serves("/feed", Rss(4, 3, 2).Replace("on day 3", "on day three", StringComparison.Ordinal), "application/rss+xml");
        await PolledAsync(id, TimeSpan.FromMinutes(32));
        var history = await HistoryAsync(id);
        Assert.Equal([new EntryCounts(Received: 3), new EntryCounts(Received: 1, Revised: 1, Unchanged: 1)], history.OfType<FeedPolled>().Select(polled => polled.Entries));
        Assert.Equal(4, await database.CountAsync("ingest.article_heads"));
        Assert.Equal(1, await database.CountAsync("ingest.mt_events where type = 'article_revised'"));
    }

    [Fact]
    public async Task The_same_article_in_two_feeds_is_one_and_known_to_the_second()
    {
        publisher.Serves("/news", Rss(1, 2), "application/rss+xml");
        publisher.Serves("/world", Rss(2, 3).Replace("https://gazette.example/2", "https://gazette.example/2?utm_source=rss", StringComparison.Ordinal), "application/rss+xml");
        await PolledAsync(await AddAsync("/news"));
        var world = await PolledAsync(await AddAsync("/world"));
        Assert.Equal((1, 1), (world.Days[0].Received, world.Days[0].Known));
        Assert.Equal(3, await database.CountAsync("ingest.article_heads"));
    }

    [Fact]
    public async Task A_teaser_in_one_feed_takes_nothing_from_the_text_that_another_gave()
    {
        publisher.Serves("/full", Rss(1), "application/rss+xml");
        publisher.Serves("/short", Rss(1).Replace(Text(1), "In short …", StringComparison.Ordinal), "application/rss+xml");
        await PolledAsync(await AddAsync("/full"));
        var @short = await AddAsync("/short");
        Assert.Equal((0, 1), (await PolledAsync(@short)).Days[0] is var day ? (day.Received, day.Known) : default);
        Assert.Equal(0, await database.CountAsync("ingest.mt_events where type = 'article_revised'"));
        Assert.Equal(1, await database.CountAsync("ingest.mt_events where type = 'article_discovered'"));
    }

    [Fact]
    public async Task A_teaser_of_its_own_is_revised_by_its_feed()
    {
        publisher.Serves("/short", Rss(1).Replace(Text(1), "In short …", StringComparison.Ordinal), "application/rss+xml");
        var id = await AddAsync("/short");
        await PolledAsync(id);
        publisher.Serves("/short", Rss(1).Replace(Text(1), "In short, and better …", StringComparison.Ordinal), "application/rss+xml");
        await PolledAsync(id, TimeSpan.FromMinutes(32));
        Assert.Equal(1, await database.CountAsync("ingest.mt_events where type = 'article_revised'"));
    }

    [Fact]
    public async Task A_teaser_is_completed_from_its_page_and_a_page_that_fails_is_tried_three_times()
    {
        var link = publisher.At("/article").AbsoluteUri;
        var rss = $"<rss version=\"2.0\"><channel><title>Gazette</title><link>https://gazette.example/</link><item><title>Talks resume in Geneva</title><link>{link}</link><guid>g1</guid><description>Delegations met …</description></item></channel></rss>";
        publisher.Serves("/feed", rss, "application/rss+xml", ("ETag", "\"1\""));
        publisher.Answers("/article", 500);
        var id = await AddAsync("/feed", Completion.WhenShort);
        await PolledAsync(id);
        Assert.Equal(1, await database.CountAsync("ingest.article_heads"));

        publisher.Serves("/article", $"<html><head><title>Talks resume in Geneva</title></head><body><article><h1>Talks resume in Geneva</h1><p>{Text(1)}</p><p>{Text(2)}</p></article></body></html>", "text/html");
        await PolledAsync(id, TimeSpan.FromMinutes(32));
        Assert.Null(publisher.Requests.Last(request => request.Path == "/feed")["If-None-Match"]);
        Assert.Equal(1, await database.CountAsync("ingest.mt_events where type = 'article_revised' and data->'article'->>'body' like '%on day 2%'"));

        // Done: its page is not asked for again, and the feed is asked conditionally.
        await PolledAsync(id, TimeSpan.FromMinutes(32));
        Assert.Equal(2, publisher.Asked("/article"));
        Assert.Equal("\"1\"", publisher.Requests.Last(request => request.Path == "/feed")["If-None-Match"]);
    }

    [Fact]
    public async Task Two_processes_poll_two_hundred_feeds_once_each_per_interval()
    {
        const int Feeds = 200;
        await using var second = await StartAsync();
        for (var i = 0; i < Feeds; i++)
        {
            publisher.Serves($"/{i}", Rss(i), "application/rss+xml");
            await AddAsync($"/{i}", minutes: 10);
        }
        var began = time.GetUtcNow();
        var polledAt = new List<Dictionary<string, int>>();
        for (var interval = 1; interval <= 3; interval++)
        {
            await Running.UntilAsync(async () =>
            {
                // Small steps: the limit per host spreads the polls over time. The last answer must be kept before the clock leaps.
                await StepAsync(TimeSpan.FromMilliseconds(500));
                return publisher.Requests.Count >= interval * Feeds && await InHandAsync() == 0;
            }, TimeSpan.FromMinutes(2));
            Assert.Equal(interval * Feeds, publisher.Requests.Count);
            Assert.All(Enumerable.Range(0, Feeds), i => Assert.Equal(interval, publisher.Asked($"/{i}")));
            time.Advance(TimeSpan.FromMinutes(10.6));
        }
        Assert.True(time.GetUtcNow() > began);
        Assert.Equal(Feeds, await database.CountAsync("ingest.article_heads"));
    }

    async Task<IReadOnlyList<object>> HistoryAsync(Guid id)
    {
        await using var session = ingest.Store.QuerySession();
        return [.. (await session.Events.FetchStreamAsync(id)).Select(e => e.Data)];
    }
}
