using System.Net;
using System.Text;
using System.Text.Json;

namespace Tests.EndToEnd;

/// <summary>A key has so many requests at a time, and so many streams; what is beyond is refused, and no other key's.</summary>
[Collection(nameof(Installation))]
public class LimitTests(Installation system)
{
    const int Streams = 16, Requests = 64;
    static readonly Uri AlertStream = new("/api/alerts/stream", UriKind.Relative), Articles = new("/api/articles", UriKind.Relative);

    [Fact]
    public async Task Streams_of_one_key_are_limited_and_its_requests_and_other_keys_are_not()
    {
        using var client = system.NewClient(await NewKeyAsync("Streams"));
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
        var key = await NewKeyAsync("Requests");
        using var client = system.NewClient(key);
        var open = new List<RawUpload>();
        try
        {
            // Each has begun its body and stands still. So much of it at once, because Kestrel cuts off what comes slower than 240 bytes a second.
            // One too many, whichever comes last: were something else asked as well, it might take the place of one that is still on its way.
            for (var i = 0; i <= Requests; i++)
            {
                open.Add(await RawUpload.OpenAsync(system, "/api/feeds/preview?url=https://slow.example/feed", key, "application/rss+xml"));
                await open[^1].SendAsync(Encoding.ASCII.GetBytes("<rss>".PadRight(20_000)));
            }
            var answers = open.ConvertAll(upload => upload.ReadProblemAsync());
            var refused = await Task.WhenAny(answers).WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Matches($@"^HTTP/1\.1 429 (?s:.*)Retry-After: 1\s(?s:.*){Requests} requests", await refused);
            using var other = await system.Client.GetAsync(Articles);
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
            Assert.Equal(1, answers.Count(answer => answer.IsCompleted));
        }
        finally
        {
            open.ForEach(upload => upload.Dispose());
        }
        using var after = await Installation.EventuallyAsync(() => client.GetAsync(Articles), answer => answer.StatusCode == HttpStatusCode.OK);
    }

    async Task<string> NewKeyAsync(string name)
    {
        var (status, key) = await system.PostAsync("/api/keys", JsonSerializer.Serialize(new { name, scopes = new[] { "query", "alerts", "ingest" } }));
        Assert.Equal(HttpStatusCode.Created, status);
        return key.GetProperty("key").GetString()!;
    }

    static async Task AssertTooManyAsync(HttpResponseMessage response, string reason)
    {
        var problem = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.TooManyRequests, $"{response.StatusCode}: {problem}");
        Assert.Contains(reason, JsonElement.Parse(problem).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }
}
