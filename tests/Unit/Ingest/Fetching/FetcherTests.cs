using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Monitoring.Hosting;
using Monitoring.Ingest.Fetching;

namespace Tests.Unit;

public sealed class FetcherTests : IAsyncLifetime, IDisposable
{
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    Publisher publisher = null!;
    Fetcher fetcher = null!;

    public async Task InitializeAsync()
    {
        publisher = await Publisher.StartAsync();
        fetcher = NewFetcher($"127.0.0.1:{publisher.Port}");
    }

    public async Task DisposeAsync() => await publisher.DisposeAsync();

    public void Dispose() => fetcher.Dispose();

    Fetcher NewFetcher(string? allow, Func<string, IPAddress[]>? resolve = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Outbound:Allow", allow)]).Build();
        var outbound = resolve is null ? new Outbound(configuration) : new Outbound(configuration, (name, _) => Task.FromResult(resolve(name)));
        return new Fetcher(outbound, time, configuration);
    }

    Task<Fetched> GetAsync(string path, Validators? validators = null) => fetcher.GetAsync(publisher.At(path), "application/rss+xml", validators, default);

    /// <summary>While the clock goes on, for what asks one host more than five times.</summary>
    async Task<Fetched> PatientlyAsync(string path)
    {
        for (var fetching = GetAsync(path); ; time.Advance(TimeSpan.FromMilliseconds(100)))
            if (await Task.WhenAny(fetching, Task.Delay(20)) == fetching) return await fetching;
    }

    [Fact]
    public async Task It_says_who_it_is_and_brings_no_cookies_and_no_referrer()
    {
        publisher.Serves("/feed", "text", "application/rss+xml", ("Set-Cookie", "a=b"), ("ETag", "W/\"a-1\""), ("Last-Modified", "Sun, 1 Mar 2026 11:00:00 gmt"));
        await GetAsync("/feed");
        var answer = await GetAsync("/feed");
        Assert.Equal(("text", "application/rss+xml"), (Encoding.UTF8.GetString(answer.Body), answer.ContentType));
        var request = publisher.Requests.Last();
        Assert.StartsWith("Monitoring/1 (", request["User-Agent"], StringComparison.Ordinal);
        Assert.Equal(("application/rss+xml", "br, gzip"), (request["Accept"], request["Accept-Encoding"]));
        Assert.Equal((null, null, null), (request["Cookie"], request["Referer"], request["If-None-Match"]));
    }

    [Theory]
    [InlineData("\"a\"", "Sun, 01 Mar 2026 11:00:00 GMT"), InlineData("W/\"a\"", null), InlineData("no-quotes", "yesterday"), InlineData("\"a\" , \"b\"", "Sun, 1 Mar 2026 11:00:00 gmt")]
    public async Task What_the_server_gave_is_sent_back_byte_for_byte(string tag, string? modified)
    {
        publisher.Answers("/feed", 200, modified is null ? [("ETag", tag)] : [("ETag", tag), ("Last-Modified", modified)]);
        var first = await GetAsync("/feed");
        Assert.Equal(new Validators(tag, modified), first.Validators);
        publisher.Answers("/feed", 304);
        var second = await GetAsync("/feed", first.Validators);
        Assert.True(second.IsUnchanged);
        Assert.Equal((tag, modified), (publisher.Requests.Last()["If-None-Match"], publisher.Requests.Last()["If-Modified-Since"]));
    }

    [Fact]
    public async Task Redirects_are_followed_and_only_an_unbroken_chain_for_good_is_a_move()
    {
        publisher.Serves("/new", "text", "text/xml");
        foreach (var (status, moves) in new[] { (301, true), (302, false), (303, false), (307, false), (308, true) })
        {
            publisher.Answers("/old", status, ("Location", "/new"));
            var answer = await PatientlyAsync("/old");
            Assert.Equal((status, publisher.At("/new"), moves ? publisher.At("/new") : null), (status, answer.Address, answer.MovedTo));
        }
        publisher.Answers("/old", 301, ("Location", "/between"));
        publisher.Answers("/between", 302, ("Location", "/new"));
        Assert.Null((await PatientlyAsync("/old")).MovedTo);
        publisher.Answers("/old", 302, ("Location", "/between"));
        publisher.Answers("/between", 301, ("Location", "/new"));
        Assert.Null((await PatientlyAsync("/old")).MovedTo);
        publisher.Answers("/old", 308, ("Location", "/between"));
        Assert.Equal(publisher.At("/new"), (await PatientlyAsync("/old")).MovedTo);
    }

    [Fact]
    public async Task After_five_redirects_it_gives_up()
    {
        for (var i = 0; i < 10; i++) publisher.Answers($"/{i}", 302, ("Location", $"/{i + 1}"));
        publisher.Serves("/10", "text", "text/xml");
        Assert.Equal("It was redirected more than 5 times.", (await PatientlyAsync("/4")).Error);
        Assert.Equal(6, publisher.Requests.Count);
        Assert.Null((await PatientlyAsync("/5")).Error);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{1}/"), InlineData("http://localhost:{1}/"), InlineData("http://[::ffff:127.0.0.1]:{1}/"), InlineData("http://2130706433:{1}/"), InlineData("//0x7f.1:{1}/")]
    [InlineData("http://[::1]:{1}/"), InlineData("http://169.254.169.254/latest/meta-data"), InlineData("http://0:{1}/"), InlineData("http://127.1:{1}/"), InlineData("http://017700000001:{1}/")]
    [InlineData("file:///etc/passwd"), InlineData("ftp://127.0.0.1/"), InlineData("gopher://127.0.0.1/"), InlineData("http://user:password@93.184.216.34/"), InlineData("javascript:alert(1)"), InlineData("data:text/xml,<rss/>")]
    public async Task A_redirect_leads_to_no_inner_address_even_where_the_operator_allowed_it_for_feeds(string location)
    {
        await using var inner = await Publisher.StartAsync();
        inner.Serves("/", "secret", "text/plain");
        using var guarded = NewFetcher($"127.0.0.1:{publisher.Port}, 127.0.0.1:{inner.Port}, [::1]:{inner.Port}");
        publisher.Answers("/feed", 302, ("Location", string.Format(null, location, publisher.Port, inner.Port)));
        var answer = await guarded.GetAsync(publisher.At("/feed"), "*/*", null, default);
        Assert.NotNull(answer.Error);
        Assert.Empty(answer.Body);
        Assert.Empty(inner.Requests);
    }

    [Theory]
    [InlineData("file:///etc/passwd"), InlineData("ftp://feeds.example/"), InlineData("gopher://feeds.example/"), InlineData("http://user:password@feeds.example/")]
    public async Task Only_http_without_credentials_is_fetched(string address)
    {
        var answer = await fetcher.GetAsync(new Uri(address), "*/*", null, default);
        Assert.Contains("not fetched", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_refused_and_is_not_asked_again_for_the_connection()
    {
        var asked = 0;
        // The first look-up gives a public address beside an inner one, as for a name of an attacker's who counts on the second.
        using var guarded = NewFetcher(null, _ => ++asked == 1 ? [IPAddress.Loopback, IPAddress.Parse("10.0.0.1")] : [IPAddress.Parse("93.184.216.34")]);
        var answer = await guarded.GetAsync(new Uri($"http://rebinding.example:{publisher.Port}/feed"), "*/*", null, default);
        Assert.Equal("rebinding.example is not on the public internet. An operator can allow an exact address:port in Outbound:Allow.", answer.Error);
        Assert.Equal(1, asked);
        Assert.Empty(publisher.Requests);
    }

    [Fact]
    public async Task An_answer_that_swells_up_is_cut_off()
    {
        publisher.Answers("/bomb", async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 200; i++) await gzip.WriteAsync(zeros);
        });
        var answer = await GetAsync("/bomb");
        Assert.Equal(("The answer is larger than 15 MB.", 0), (answer.Error, answer.Body.Length));
    }

    [Fact]
    public async Task An_answer_without_an_end_is_cut_off()
    {
        publisher.Answers("/endless", async http =>
        {
            // Twice as much as is taken, and then never an end: who went on reading would be told of the time, not of the size.
            for (var sent = 0; sent < 30; sent++) await http.Response.Body.WriteAsync(new byte[1 << 20], http.RequestAborted);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        Assert.Equal("The answer is larger than 15 MB.", (await GetAsync("/endless")).Error);
    }

    [Theory]
    [InlineData("gzip"), InlineData("br"), InlineData("deflate"), InlineData("identity")]
    public async Task Compressed_answers_are_read(string encoding)
    {
        publisher.Answers("/feed", async http =>
        {
            http.Response.Headers.ContentEncoding = encoding;
            Stream body = encoding switch
            {
                "gzip" => new GZipStream(http.Response.Body, CompressionLevel.Fastest),
                "br" => new BrotliStream(http.Response.Body, CompressionLevel.Fastest),
                "deflate" => new ZLibStream(http.Response.Body, CompressionLevel.Fastest),
                _ => http.Response.Body,
            };
            await body.WriteAsync("text"u8.ToArray());
            await body.DisposeAsync();
        });
        Assert.Equal("text", Encoding.UTF8.GetString((await GetAsync("/feed")).Body));
    }

    [Fact]
    public async Task An_answer_that_is_not_compressed_as_it_says_is_a_failure_in_plain_words()
    {
        publisher.Serves("/feed", "text", "text/xml", ("Content-Encoding", "gzip"));
        Assert.Equal("127.0.0.1 sent a compressed answer that cannot be read.", (await GetAsync("/feed")).Error);
    }

    [Fact]
    public async Task A_server_that_drips_is_left_after_twenty_seconds()
    {
        var dripping = new TaskCompletionSource();
        publisher.Answers("/slow", async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync("x", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                dripping.TrySetResult();
                await Task.Delay(20, http.RequestAborted);
            }
        });
        var fetching = GetAsync("/slow");
        await dripping.Task;
        time.Advance(TimeSpan.FromSeconds(19));
        await Task.Delay(100);
        Assert.False(fetching.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("127.0.0.1 did not answer in full within 20 s.", (await fetching).Error);
    }

    [Theory]
    [InlineData("Retry-After", "120", 120), InlineData("Retry-After", "Sun, 01 Mar 2026 12:05:00 GMT", 300), InlineData("Retry-After", "soon", null)]
    public async Task What_a_busy_server_asks_for_is_heard(string header, string value, int? seconds)
    {
        publisher.Answers("/feed", 429, (header, value));
        var answer = await GetAsync("/feed");
        Assert.Equal((HttpStatusCode.TooManyRequests, "127.0.0.1 answered 429 Too Many Requests."), (answer.Status, answer.Error));
        DateTimeOffset? expected = seconds is null ? null : time.GetUtcNow().AddSeconds(seconds.Value);
        Assert.Equal(expected, answer.RetryAfter);
    }

    [Theory]
    [InlineData("max-age=600", null, 600), InlineData("public, max-age=60", "Sun, 01 Mar 2026 13:00:00 GMT", 60), InlineData(null, "Sun, 01 Mar 2026 13:00:00 GMT", 3600), InlineData("no-cache, max-age=600", null, null), InlineData(null, "0", null)]
    public async Task How_long_an_answer_stays_fresh(string? cache, string? expires, int? seconds)
    {
        publisher.Answers("/feed", http =>
        {
            if (cache is not null) http.Response.Headers.CacheControl = cache;
            if (expires is not null) http.Response.Headers.Expires = expires;
            return Task.CompletedTask;
        });
        var answer = await GetAsync("/feed");
        DateTimeOffset? expected = seconds is null ? null : time.GetUtcNow().AddSeconds(seconds.Value);
        Assert.Equal(expected, answer.FreshUntil > time.GetUtcNow() ? answer.FreshUntil : null);
    }

    [Fact]
    public async Task One_host_is_asked_two_things_at_a_time()
    {
        var (now, most) = (0, 0);
        publisher.Answers("/feed", async http =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(30);
            Interlocked.Decrement(ref now);
        });
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => GetAsync("/feed")));
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Five_requests_at_once_are_no_burden_and_those_that_follow_wait()
    {
        publisher.Answers("/feed", 200);
        for (var i = 0; i < 5; i++) await GetAsync("/feed").WaitAsync(TimeSpan.FromSeconds(10));
        var sixth = GetAsync("/feed");
        await Task.Delay(200);
        Assert.False(sixth.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(100));
        await sixth.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
