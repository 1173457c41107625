using System.Net;
using System.Text.Json;
using static Tests.EndToEnd.Installation;

namespace Tests.EndToEnd;

/// <summary>From an article to whoever wants to hear of it.</summary>
[Collection(nameof(Installation))]
public class AlertTests(Installation system)
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    async Task<(Guid Id, string? Secret)> SubscribeAsync(object subscription)
    {
        var (status, answer) = await system.PostAsync("/api/subscriptions", JsonSerializer.Serialize(subscription));
        Assert.Equal(HttpStatusCode.Created, status);
        return (answer.GetProperty("id").GetGuid(), answer.TryGetProperty("webhook", out var webhook) ? webhook.GetProperty("secret").GetString() : null);
    }

    string Webhook(string path) => $"http://127.0.0.1:{system.ReceiverPort}/{path}";

    Task<JsonElement> AlertsAsync(Guid subscription) => system.GetAsync($"/api/alerts?subscription={subscription}&limit=200");

    async Task EndAsync(Guid subscription)
    {
        using var ended = await system.Client.DeleteAsync(new Uri($"/api/subscriptions/{subscription}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
    }

    [Fact]
    public async Task A_subscriber_gets_one_correctly_signed_alert_per_article_in_the_trace_of_the_post()
    {
        await using var receiver = await Receiver.StartAsync(system.ReceiverPort);
        var (subscription, secret) = await SubscribeAsync(new { name = "Peace", topics = new[] { "peace process" }, sources = new[] { "peace.example" }, webhook = new { url = Webhook("peace") } });
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var traced = system.NewClient(system.Key);
        traced.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        var posted = new HashSet<Guid>();
        foreach (var place in new[] { "Geneva", "Istanbul", "Oslo" })
        {
            var (_, answer) = await system.PostAsync("/api/articles", JsonSerializer.Serialize(new { title = $"Ceasefire talks in {place}", body = "The peace talks went on.", source = new { domain = "peace.example" } }), client: traced);
            posted.Add(answer.GetProperty("id").GetGuid());
        }
        await system.PostArticleAsync("Ceasefire talks elsewhere", "The peace talks went on.", "not-peace.example");
        await system.PostArticleAsync("Football: United win the cup", "The league match ended two to one.", "peace.example");

        await EventuallyAsync(() => Task.FromResult(receiver.Deliveries.Count), count => count >= 3, Soon);
        await EventuallyAsync(() => AlertsAsync(subscription), alerts => alerts.GetProperty("items").EnumerateArray().Count(alert => alert.GetProperty("delivery").GetProperty("status").GetString() == "delivered") == 3, Soon);
        Assert.Equal(posted, receiver.Deliveries.Select(delivery => delivery.ArticleId).ToHashSet());
        Assert.Equal(3, receiver.Deliveries.Count);
        Assert.All(receiver.Deliveries, delivery =>
        {
            Assert.True(delivery.IsSignedWith(secret!));
            Assert.False(delivery.IsSignedWith("whsec_" + Convert.ToBase64String(new byte[32])));
            Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(long.Parse(delivery.Headers["webhook-timestamp"], null)), delivery.At.AddMinutes(-1), delivery.At.AddMinutes(1));
            Assert.Contains(Trace, delivery.Headers["traceparent"], StringComparison.Ordinal);
            Assert.Equal("alert.raised", delivery.Json.GetProperty("type").GetString());
            Assert.Equal("peace process", delivery.Json.GetProperty("data").GetProperty("reasons").EnumerateArray().First(reason => reason.GetProperty("kind").GetString() == "topic").GetProperty("asked").GetString());
            Assert.InRange(delivery.Body.Length, 1, 20_000);
        });
        await EndAsync(subscription);
    }

    [Fact]
    public async Task A_revision_raises_no_second_alert_but_may_raise_the_first()
    {
        var (subscription, _) = await SubscribeAsync(new { entities = new[] { "Reykjavik" }, sources = new[] { "rev.example" } });
        string Body(string text) => JsonSerializer.Serialize(new { id = "1", title = "A summit is planned", body = text, source = new { domain = "rev.example" } });
        var (_, answer) = await system.PostAsync("/api/articles", Body("The place is not known."));
        await system.PostAsync("/api/articles", Body("The place is Reykjavik."));
        await EventuallyAsync(() => AlertsAsync(subscription), alerts => alerts.GetProperty("items").GetArrayLength() == 1, Soon);
        await system.PostAsync("/api/articles", Body("The place is Reykjavik, the date is known."));
        await EventuallyAsync(() => system.GetAsync($"/api/articles/{answer.GetProperty("id")}"), article => article.TryGetProperty("enrichedRevision", out var revision) && revision.GetInt32() == 3, Soon);
        var marker = await system.PostArticleAsync("Reykjavik again", "Reykjavik.", "rev.example");
        var alerts = await EventuallyAsync(() => AlertsAsync(subscription), all => all.GetProperty("items").EnumerateArray().Any(alert => alert.GetProperty("article").GetProperty("id").GetGuid() == marker), Soon);
        Assert.Equal(2, alerts.GetProperty("items").GetArrayLength());
        await EndAsync(subscription);
    }

    [Fact]
    public async Task The_stream_tells_alerts_as_they_are_raised_and_resumes_without_gap_or_repeat()
    {
        var (subscription, _) = await SubscribeAsync(new { sources = new[] { "stream.example" } });
        var seen = new List<(string Id, Guid Article)>();
        var posted = new List<Guid>();

        await using (var first = await EventStream.OpenAsync(system, $"/api/alerts/stream?subscription={subscription}", null))
        {
            posted.Add(await system.PostArticleAsync("Streamed one", source: "stream.example"));
            seen.Add(await first.NextAsync());
        }
        // Raised while nobody listens.
        for (var i = 0; i < 3; i++) posted.Add(await system.PostArticleAsync($"Streamed while away {i}", source: "stream.example"));
        await EventuallyAsync(() => AlertsAsync(subscription), alerts => alerts.GetProperty("items").GetArrayLength() == 4, Soon);
        await using (var second = await EventStream.OpenAsync(system, $"/api/alerts/stream?subscription={subscription}", seen[^1].Id))
        {
            for (var i = 0; i < 3; i++) seen.Add(await second.NextAsync());
            posted.Add(await system.PostArticleAsync("Streamed last", source: "stream.example"));
            seen.Add(await second.NextAsync());
        }
        Assert.Equal(posted.Order(), seen.Select(item => item.Article).Order());
        Assert.Equal(seen.Select(item => long.Parse(item.Id, null)).Order(), seen.Select(item => long.Parse(item.Id, null)));
        await EndAsync(subscription);
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_and_one_that_is_gone_is_left_alone()
    {
        await using var receiver = await Receiver.StartAsync(system.ReceiverPort);
        receiver.Answer = HttpStatusCode.InternalServerError;
        var (failing, _) = await SubscribeAsync(new { sources = new[] { "failing.example" }, webhook = new { url = Webhook("failing") } });
        await system.PostArticleAsync("To a receiver that fails", source: "failing.example");
        var alerts = await EventuallyAsync(() => AlertsAsync(failing), all => all.GetProperty("items").EnumerateArray().Any(alert => alert.GetProperty("delivery").GetProperty("attempts").GetInt32() == 1), Soon);
        Assert.Equal("The receiver answered 500.", alerts.GetProperty("items")[0].GetProperty("delivery").GetProperty("lastError").GetString());
        receiver.Answer = HttpStatusCode.OK;
        await EventuallyAsync(() => AlertsAsync(failing), all => all.GetProperty("items")[0].GetProperty("delivery").GetProperty("status").GetString() == "delivered", Soon);
        Assert.Equal(2, receiver.Deliveries.Count);
        Assert.Single(receiver.Deliveries.Select(delivery => delivery.Headers["webhook-id"]).Distinct());

        receiver.Answer = HttpStatusCode.Gone;
        await system.PostArticleAsync("To a receiver that is gone", source: "failing.example");
        var subscription = await EventuallyAsync(() => system.GetAsync($"/api/subscriptions/{failing}"), one => one.GetProperty("status").GetString() == "disabled", Soon);
        Assert.Contains("410", subscription.GetProperty("reason").GetString(), StringComparison.Ordinal);
        await EndAsync(failing);
    }

    [Fact]
    public async Task An_ended_subscription_hears_nothing_more()
    {
        var (subscription, _) = await SubscribeAsync(new { sources = new[] { "ended.example" } });
        await system.PostArticleAsync("While it stands", source: "ended.example");
        await EventuallyAsync(() => AlertsAsync(subscription), alerts => alerts.GetProperty("items").GetArrayLength() == 1, Soon);
        await EndAsync(subscription);
        var (other, _) = await SubscribeAsync(new { sources = new[] { "ended.example" } });
        await system.PostArticleAsync("After it ended", source: "ended.example");
        await EventuallyAsync(() => AlertsAsync(other), alerts => alerts.GetProperty("items").GetArrayLength() == 1, Soon);
        Assert.Equal(1, (await AlertsAsync(subscription)).GetProperty("items").GetArrayLength());
        await EndAsync(other);
    }

    /// <summary>A client of Server-Sent Events.</summary>
    sealed class EventStream(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        public static async Task<EventStream> OpenAsync(Installation system, string path, string? lastEventId)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
            var response = await system.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            // The first line says that the stream stands.
            Assert.Equal("retry: 2000", await reader.ReadLineAsync());
            return new EventStream(response, reader);
        }

        public async Task<(string Id, Guid Article)> NextAsync()
        {
            using var patience = new CancellationTokenSource(Soon);
            string? id = null;
            while (await reader.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
                if (line.StartsWith("data: ", StringComparison.Ordinal)) return (id!, JsonElement.Parse(line[6..]).GetProperty("article").GetProperty("id").GetGuid());
            }
            throw new EndOfStreamException();
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
