using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;
using static Tests.EndToEnd.Installation;

namespace Tests.EndToEnd;

/// <summary>Feeds and pages of a publisher on loopback, which deploy/up was told to allow, through the gateway to the lists.</summary>
[Collection(nameof(Installation))]
public sealed class FeedTests(Installation system, ITestOutputHelper output) : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    Publisher publisher = null!;

    public async Task InitializeAsync() => publisher = await Publisher.StartAsync(system.ReceiverPort);

    public async Task DisposeAsync()
    {
        foreach (var feed in (await system.GetAsync("/api/feeds")).GetProperty("items").EnumerateArray())
            (await system.Client.DeleteAsync(new Uri($"/api/feeds/{feed.GetProperty("id").GetString()}", UriKind.Relative))).Dispose();
        await publisher.DisposeAsync();
    }

    static string Rss(string domain, params int[] items) =>
        $"<rss version=\"2.0\"><channel><title>The Lighthouse</title><link>https://{domain}/</link>{string.Concat(items.Select(i => Item(domain, i)))}</channel></rss>";

    static string Item(string domain, int i) =>
        $"<item><title>Keepers report {i}</title><link>https://{domain}/{i}?utm_source=rss</link><guid isPermaLink=\"false\">{domain}-{i}</guid><pubDate>Sun, 01 Mar 2026 09:30:00 GMT</pubDate><description>{Text(i)}</description></item>";

    static string Text(int i) => $"On day {i} the keepers counted the ships. {string.Concat(Enumerable.Repeat("They wrote down every one of them. ", 25))}";

    Task<(HttpStatusCode Status, JsonElement Body)> AddAsync(string path) =>
        system.PostAsync("/api/feeds", JsonSerializer.Serialize(new { url = publisher.At(path).AbsoluteUri, completion = "never" }));

    [Fact]
    public async Task A_page_leads_to_its_feed_and_the_feed_to_articles()
    {
        publisher.Serves("/", "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed.xml\" title=\"News\"></head><body>Welcome</body></html>", "text/html");
        publisher.Serves("/feed.xml", Rss("lighthouse.example", 1, 2), "application/rss+xml", ("ETag", "\"1\""));
        var (status, feed) = await AddAsync("/");
        Assert.True(status == HttpStatusCode.Created, $"{status}: {feed}");
        Assert.Equal(publisher.At("/feed.xml").AbsoluteUri, feed.GetProperty("url").GetString());
        var id = feed.GetProperty("id").GetString();

        await EventuallyAsync(() => system.TotalAsync("source=lighthouse.example"), total => total == 2, Patience);
        var article = (await system.GetAsync("/api/articles?source=lighthouse.example")).GetProperty("items")[0];
        Assert.Equal("2026-03-01T09:30:00Z", article.GetProperty("published").GetString());
        feed = await EventuallyAsync(() => system.GetAsync($"/api/feeds/{id}"), f => f.GetProperty("health").TryGetProperty("lastSuccess", out _), Patience);
        Assert.Equal(("The Lighthouse", "active", 2.0), (feed.GetProperty("title").GetString(), feed.GetProperty("status").GetString(), feed.GetProperty("health").GetProperty("articlesPerDay").GetDouble()));

        publisher.Answers("/feed.xml", 304);
        Assert.Equal(HttpStatusCode.Accepted, (await system.PostAsync($"/api/feeds/{id}/poll", "")).Status);
        var history = await EventuallyAsync(() => system.GetAsync($"/api/feeds/{id}/history"), h => h.GetProperty("items").GetArrayLength() == 3, Patience);
        Assert.Equal(["feed_polled", "feed_polled", "feed_added"], history.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("type").GetString()));
        Assert.Equal("\"1\"", publisher.Requests.Last()["If-None-Match"]);

        Assert.Equal(HttpStatusCode.Conflict, (await AddAsync("/feed.xml")).Status);
        Assert.Equal("paused", (await system.PostAsync($"/api/feeds/{id}/pause", "")).Body.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await system.PostAsync($"/api/feeds/{id}/poll", "")).Status);
        Assert.Equal("active", (await system.PostAsync($"/api/feeds/{id}/resume", "")).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_is_no_feed_is_not_added_and_why_is_said()
    {
        publisher.Serves("/empty", "<html><body>Nothing here.</body></html>", "text/html");
        publisher.Answers("/inner", 302, ("Location", $"http://127.0.0.1:{system.Port + 10}/"));
        var (status, problem) = await AddAsync("/empty");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "url"), (status, problem.GetProperty("field").GetString()));
        Assert.Contains("is no feed, names none", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (_, problem) = await AddAsync("/inner");
        Assert.Contains("127.0.0.1 is not on the public internet", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (_, problem) = await system.PostAsync("/api/feeds", $$"""{"url": "http://127.0.0.1:{{system.Port + 10}}/"}""");
        Assert.Contains("127.0.0.1 is not on the public internet", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (status, problem) = await system.PostAsync("/api/feeds", """{"url": "file:///etc/passwd"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "url"), (status, problem.GetProperty("field").GetString()));
        Assert.Equal(0, (await system.GetAsync("/api/feeds")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Lists_of_feeds_go_in_and_out_with_a_report_line_by_line()
    {
        publisher.Serves("/a", Rss("opml.example", 1), "application/rss+xml");
        publisher.Serves("/b", Rss("opml.example", 2), "application/rss+xml");
        var opml = $"""
            <opml version="2.0"><head><title>Mine</title></head><body>
            <outline text="World">
            <outline type="rss" text="A" xmlUrl="{publisher.At("/a")}"/>
            <outline type="rss" text="B" xmlUrl="ftp://b.example/"/>
            </outline>
            <outline type="rss" text="B" xmlUrl="{publisher.At("/b")}"/>
            </body></opml>
            """;
        var (status, report) = await system.PostAsync("/api/feeds/opml?completion=never", opml, "text/x-opml");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([(3, "added"), (4, "rejected"), (6, "added")], report.GetProperty("items").EnumerateArray().Select(line => (line.GetProperty("line").GetInt32(), line.GetProperty("status").GetString())));
        await EventuallyAsync(() => system.TotalAsync("source=opml.example"), total => total == 2, Patience);
        Assert.Equal("A", Assert.Single((await system.GetAsync("/api/feeds?folder=World")).GetProperty("items").EnumerateArray()).GetProperty("title").GetString());

        var exported = await system.Client.GetStringAsync(new Uri("/api/feeds/opml", UriKind.Relative));
        (_, report) = await system.PostAsync("/api/feeds/opml", exported, "text/x-opml");
        Assert.Equal((0, 2, 0), (report.GetProperty("added").GetInt32(), report.GetProperty("known").GetInt32(), report.GetProperty("rejected").GetInt32()));
    }

    [Fact]
    public async Task Feeds_are_imported_by_their_address_and_by_a_list()
    {
        publisher.Serves("/import", Rss("imported.example", 1), "application/rss+xml");
        var address = publisher.At("/import").AbsoluteUri;
        Assert.Contains("feed added          1", await system.ScriptAsync("import", address), StringComparison.Ordinal);
        Assert.Contains("feed known          1", await system.ScriptAsync("import", address), StringComparison.Ordinal);
        await EventuallyAsync(() => system.TotalAsync("source=imported.example"), total => total == 1, Patience);
        var list = Path.Combine(system.Folder, "list.opml");
        await File.WriteAllTextAsync(list, $"<opml version=\"2.0\"><body><outline type=\"rss\" xmlUrl=\"{address}\"/><outline type=\"rss\" xmlUrl=\"{publisher.At("/none")}\"/></body></opml>");
        var report = await system.ScriptAsync("import", list);
        Assert.Contains("added               1", report, StringComparison.Ordinal);
        Assert.Contains("known               1", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_article_by_feed_by_page_and_by_push_is_one_with_three_discoveries()
    {
        publisher.Serves("/trio", Rss("trio.example", 7), "application/rss+xml");
        await AddAsync("/trio");
        await EventuallyAsync(() => system.TotalAsync("source=trio.example"), total => total == 1, Patience);
        var id = (await system.GetAsync("/api/articles?source=trio.example")).GetProperty("items")[0].GetProperty("id").GetGuid();

        // Its AMP page, which says where the page proper is.
        var html = $"<html><head><title>Keepers report 7</title><link rel=\"canonical\" href=\"https://www.trio.example/7\"></head><body><article><h1>Keepers report 7</h1><p>{Text(7)}</p></article></body></html>";
        var (status, answer) = await system.PostAsync("/api/articles?url=https://amp.trio.example/7/amp?fbclid=x", html, "text/html");
        Assert.Equal((HttpStatusCode.OK, id), (status, answer.GetProperty("id").GetGuid()));
        var (_, pushed) = await system.PostAsync("/api/articles", JsonSerializer.Serialize(new { id = "tag:trio.example,2026:7", url = "http://m.trio.example/7/?utm_medium=push&gclid=1#top", title = "Keepers report 7", body = Text(7) }));
        Assert.Equal((id, "unchanged"), (pushed.GetProperty("id").GetGuid(), pushed.GetProperty("status").GetString()));

        Assert.Equal(1, await system.TotalAsync("source=trio.example"));
        var discoveries = (await system.GetAsync($"/api/articles/{id}/discoveries")).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["feed", "page", "push"], discoveries.Select(discovery => discovery.GetProperty("via").GetString()));

        var (killed, notice) = await system.PostAsync("/api/articles", """{"uri": "tag:trio.example,2026:7", "pubStatus": "canceled"}""", "application/ninjs+json");
        Assert.Equal((HttpStatusCode.OK, id, "withdrawn"), (killed, notice.GetProperty("id").GetGuid(), notice.GetProperty("status").GetString()));
        await EventuallyAsync(() => system.TotalAsync("source=trio.example"), total => total == 0, Patience);
    }

    [Fact]
    public async Task Feeds_and_pages_are_shown_without_being_kept_posted_or_fetched()
    {
        var rss = Rss("preview.example", 1, 2);
        publisher.Serves("/preview", rss, "application/rss+xml");
        var (_, posted) = await system.PostAsync("/api/feeds/preview", rss, "application/rss+xml");
        Assert.Equal((true, "utf-8", 2), (posted.GetProperty("wellFormed").GetBoolean(), posted.GetProperty("encoding").GetString(), posted.GetProperty("entries").GetArrayLength()));
        var (_, fetched) = await system.PostAsync($"/api/feeds/preview?url={publisher.At("/preview")}", "", "application/octet-stream");
        Assert.Equal(posted.GetProperty("entries").ToString(), fetched.GetProperty("entries").ToString());

        var html = $"<html lang=\"en\"><head><title>Keepers report | Lighthouse</title><meta property=\"article:published_time\" content=\"2026-03-01T09:30:00Z\"></head><body><nav><a href=\"/\">Home</a></nav><article><h1>Keepers report</h1><p>{Text(1)}</p><p>{Text(2)}</p></article></body></html>";
        publisher.Serves("/page", html, "text/html; charset=utf-8");
        var (_, page) = await system.PostAsync("/api/extract", html, "text/html");
        Assert.Equal(("Keepers report", "2026-03-01T09:30:00Z", $"{Text(1).Trim()}\n\n{Text(2).Trim()}"), (page.GetProperty("title").GetString(), page.GetProperty("published").GetString(), page.GetProperty("text").GetString()));
        var (_, again) = await system.PostAsync($"/api/extract?url={publisher.At("/page")}", "", "text/html");
        Assert.Equal(page.GetProperty("text").GetString(), again.GetProperty("text").GetString());
        var (status, problem) = await system.PostAsync($"/api/extract?url=http://127.0.0.1:{system.Port + 10}/", "", "text/html");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "url"), (status, problem.GetProperty("field").GetString()));
        Assert.Equal(0, await system.TotalAsync("source=preview.example"));
    }

    [Fact]
    public async Task Two_processes_share_two_hundred_feeds_and_one_takes_over_when_the_other_is_killed()
    {
        const int Feeds = 200;
        for (var i = 0; i < Feeds; i++) publisher.Serves($"/{i}", Rss("shared.example", i), "application/rss+xml");
        using var second = system.StartSecond("ingest", system.Port + 21, ("Ingest__UserAgent", "second"));
        try
        {
            await EventuallyAsync(() => Machine.ListensAsync(system.Port + 21), listens => listens, Patience);
            var opml = $"<opml version=\"2.0\"><body>{string.Concat(Enumerable.Range(0, Feeds).Select(i => $"<outline type=\"rss\" xmlUrl=\"{publisher.At($"/{i}")}\"/>"))}</body></opml>";
            var (status, report) = await system.PostAsync("/api/feeds/opml?completion=never", opml, "text/x-opml");
            Assert.Equal((HttpStatusCode.OK, Feeds), (status, report.GetProperty("added").GetInt32()));
            await EventuallyAsync(() => Task.FromResult(publisher.Requests.Count), asked => asked >= Feeds / 4, Patience);

            // Both may poll, or one that is always first to see a host become free: it is the one that is killed.
            var clock = Stopwatch.StartNew();
            if (publisher.Requests.Last()["User-Agent"] == "second") second.Kill();
            else system.Kill("ingest");
            await EventuallyAsync(() => system.TotalAsync("source=shared.example"), total => total == Feeds, TimeSpan.FromMinutes(1));
            Assert.Equal(2, publisher.Requests.CountBy(request => request["User-Agent"] ?? "").Count());
            output.WriteLine($"All {Feeds} feeds were polled {clock.Elapsed.TotalSeconds:F0} s after the kill.");
            // What the killed process had asked for and not settled is asked for again; nothing else is.
            var twice = Enumerable.Range(0, Feeds).Count(i => publisher.Asked($"/{i}") > 1);
            output.WriteLine($"{twice} of them twice: those in the hands of the killed process.");
            Assert.InRange(twice, 0, 4);
            Assert.All(Enumerable.Range(0, Feeds), i => Assert.InRange(publisher.Asked($"/{i}"), 1, 2));
        }
        finally
        {
            second.Kill();
            await second.WaitForExitAsync();
            await system.UpAsync();
        }
    }
}
