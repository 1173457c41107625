using System.Net;
using System.Text;
using System.Text.Json;

namespace Tests.EndToEnd;

/// <summary>A key has so many requests at a time, and so many streams; what is beyond waits, and no other key does.</summary>
[Collection(nameof(Installation))]
public class LimitTests(Installation system)
{
    const int Streams = 16, Requests = 64;
    static readonly Uri AlertStream = new("/api/alerts/stream", UriKind.Relative), Articles = new("/api/articles", UriKind.Relative), Feeds = new("/api/feeds/preview?url=https://slow.example/feed", UriKind.Relative);

    [Fact]
    public async Task Streams_of_one_key_are_limited_and_its_requests_and_other_keys_are_not()
    {
        using var client = await NewClientAsync("Streams");
        var streams = new List<HttpResponseMessage>();
        try
        {
            for (var i = 0; i < Streams; i++) streams.Add(await client.GetAsync(AlertStream, HttpCompletionOption.ResponseHeadersRead));
            Assert.All(streams, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
            using (var refused = await client.GetAsync(AlertStream, HttpCompletionOption.ResponseHeadersRead)) await AssertTooManyAsync(refused, $"{Streams} streams");
            using (var request = await client.GetAsync(Articles)) Assert.Equal(HttpStatusCode.OK, request.StatusCode);
            using (var other = await system.Client.GetAsync(AlertStream, HttpCompletionOption.ResponseHeadersRead)) Assert.Equal(HttpStatusCode.OK, other.StatusCode);

            streams[0].Dispose();
            await Installation.EventuallyAsync(async () =>
            {
                using var again = await client.GetAsync(AlertStream, HttpCompletionOption.ResponseHeadersRead);
                return again.StatusCode;
            }, status => status == HttpStatusCode.OK);
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }

    [Fact]
    public async Task Requests_of_one_key_at_a_time_are_limited()
    {
        using var client = await NewClientAsync("Requests");
        var (sent, go) = (new CountdownEvent(Requests), new TaskCompletionSource());
        var open = Enumerable.Range(0, Requests).Select(_ => client.PostAsync(Feeds, new SlowContent(sent, go.Task))).ToList();
        Assert.True(await Task.Run(() => sent.Wait(TimeSpan.FromSeconds(30))));
        using (var refused = await Installation.EventuallyAsync(() => client.GetAsync(Articles), answer => answer.StatusCode != HttpStatusCode.OK)) await AssertTooManyAsync(refused, $"{Requests} requests");
        using (var other = await system.Client.GetAsync(Articles)) Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        go.SetResult();
        foreach (var answer in await Task.WhenAll(open)) using (answer) Assert.NotEqual(HttpStatusCode.TooManyRequests, answer.StatusCode);
        using var after = await client.GetAsync(Articles);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    async Task<HttpClient> NewClientAsync(string name)
    {
        var (status, key) = await system.PostAsync("/api/keys", JsonSerializer.Serialize(new { name, scopes = new[] { "query", "alerts", "ingest" } }));
        Assert.Equal(HttpStatusCode.Created, status);
        return system.NewClient(key.GetProperty("key").GetString());
    }

    static async Task AssertTooManyAsync(HttpResponseMessage response, string reason)
    {
        var problem = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.TooManyRequests, $"{response.StatusCode}: {problem}");
        Assert.Contains(reason, JsonElement.Parse(problem).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }

    /// <summary>A body that has begun and goes on only later: the request is open meanwhile.</summary>
    sealed class SlowContent : HttpContent
    {
        readonly CountdownEvent sent;
        readonly Task go;

        public SlowContent(CountdownEvent sent, Task go)
        {
            (this.sent, this.go) = (sent, go);
            Headers.ContentType = new("application/rss+xml");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            // As much at once as Kestrel wants of a body in a minute (240 bytes a second): one that comes slower is cut off.
            await stream.WriteAsync(Encoding.ASCII.GetBytes("<rss>".PadRight(20_000)));
            await stream.FlushAsync();
            sent.Signal();
            await go;
            await stream.WriteAsync("</rss>"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length) => (length = 0) != 0;
    }
}
