using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Xunit.Abstractions;
using static Tests.EndToEnd.Installation;

namespace Tests.EndToEnd;

/// <summary>kill -9 of one process after the other while articles come in: each is kept, tagged and alerted about, and counted once.</summary>
[Collection(nameof(Installation))]
public class FaultTests(Installation system, ITestOutputHelper output)
{
    const int Articles = 500;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_broker_is_killed_and_comes_back()
    {
        var watcher = await SubscribeAsync("broker.example");
        system.Kill("rabbitmq");
        await PostAllAsync("broker.example");
        await system.StartServerAsync("rabbitmq");
        await ArriveOnceAsync("broker.example", watcher);
    }

    [Fact]
    public async Task The_broker_is_killed_and_comes_back_without_its_disk()
    {
        var watcher = await SubscribeAsync("disk.example");
        system.Kill("rabbitmq");
        await PostAllAsync("disk.example");
        LoseBrokersDisk();
        await system.StartServerAsync("rabbitmq");
        await ArriveOnceAsync("disk.example", watcher);
    }

    [Theory]
    [InlineData("enrichment")]
    [InlineData("alerts")]
    public async Task What_a_lost_disk_took_with_it_after_the_confirm_is_sent_again_by_one_command(string away)
    {
        var source = $"{away}-replay.example";
        var watcher = await SubscribeAsync(source);
        var since = DateTimeOffset.UtcNow;
        system.Kill(away);
        await PostAllAsync(source);
        // All are with the broker, confirmed, and wait in the queue of the service that is away.
        var progress = $"source={source}{(away == "alerts" ? "&entity=NATO" : "")}";
        await EventuallyAsync(() => system.TotalAsync(progress), total => total == Articles, Patience);
        await EventuallyAsync(() => system.MetricAsync(away == "alerts" ? "projection" : "ingest", "monitoring_daemon_lag", "outbox"), lag => lag == 0, Patience);
        system.Kill("rabbitmq");
        LoseBrokersDisk();
        await system.StartServerAsync("rabbitmq");
        await system.UpAsync();
        Assert.Empty(await AlertedAsync(watcher));
        await system.ScriptAsync("replay", "--since", since.ToString("yyyy-MM-ddTHH:mm:ssZ", null));
        await ArriveOnceAsync(source, watcher);
    }

    [Fact]
    public async Task Enrichment_Projection_and_Alerts_are_killed_and_started_again()
    {
        var watcher = await SubscribeAsync("killed.example");
        var posting = PostAllAsync("killed.example");
        foreach (var service in new[] { "enrichment", "projection", "alerts" }) system.Kill(service);
        await posting;
        await system.UpAsync();
        await ArriveOnceAsync("killed.example", watcher);
    }

    [Theory]
    [InlineData("ingest")]
    [InlineData("postgres")]
    public async Task Who_posts_again_what_was_not_answered_loses_nothing_and_doubles_nothing(string killed)
    {
        var source = $"{killed}.example";
        var watcher = await SubscribeAsync(source);
        var killing = new TaskCompletionSource();
        var posting = PostAllAsync(source, again: true, answered: count =>
        {
            if (count != 100) return;
            system.Kill(killed);
            killing.SetResult();
        });
        await Task.WhenAny(killing.Task, posting);
        if (killed == "postgres") await system.StartServerAsync(killed);
        await system.UpAsync();
        Assert.NotEqual(0, await posting);
        await ArriveOnceAsync(source, watcher);
    }

    [Fact]
    public async Task A_second_Projection_takes_over_when_the_active_one_is_killed()
    {
        var watcher = await SubscribeAsync("standby.example");
        using var second = system.StartSecond("projection", system.Port + 21);
        try
        {
            await EventuallyAsync(() => IsAliveAsync(system.Port + 21), alive => alive, Patience);
            await PostAllAsync("standby.example", from: 0, to: 200);
            await EventuallyAsync(() => system.TotalAsync("source=standby.example&entity=NATO"), total => total == 200, Patience);

            system.Kill("projection");
            var clock = Stopwatch.StartNew();
            await PostAllAsync("standby.example", from: 200, to: Articles);
            await EventuallyAsync(() => system.TotalAsync("source=standby.example&entity=NATO"), total => total == Articles, Patience);
            output.WriteLine($"The standby had taken over and caught up after {clock.Elapsed.TotalSeconds:F1} s.");
            await ArriveOnceAsync("standby.example", watcher);

            await system.UpAsync();
            second.Kill();
            clock.Restart();
            var article = await system.PostArticleAsync("After the second take-over", source: "standby.example");
            await EventuallyAsync(() => system.TotalAsync("source=standby.example"), total => total == Articles + 1, Patience);
            output.WriteLine($"And back: {clock.Elapsed.TotalSeconds:F1} s.");
        }
        finally
        {
            second.Kill();
            await second.WaitForExitAsync();
        }
    }

    async Task<Guid> SubscribeAsync(string source)
    {
        // Right behind a fault, a connection that died with it may still be found out by this request: 503, and again.
        var (_, answer) = await EventuallyAsync(() => system.PostAsync("/api/subscriptions", JsonSerializer.Serialize(new { sources = new[] { source } })),
            subscribed => subscribed.Status == HttpStatusCode.Created, Patience);
        return answer.GetProperty("id").GetGuid();
    }

    /// <summary>Eight at a time. Each must be answered 201, or, where it is posted again until it is, 200 the second time.</summary>
    /// <returns>How many had to be posted again.</returns>
    async Task<int> PostAllAsync(string source, int from = 0, int to = Articles, bool again = false, Action<int>? answered = null)
    {
        var (repeated, done) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(from, to - from), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellation) =>
        {
            var body = JsonSerializer.Serialize(new { id = $"{i}", source = new { domain = source }, title = $"Report {i}", body = $"NATO on day {i}." });
            for (var attempt = 1; ; attempt++)
            {
                var (status, answer) = await system.PostAsync("/api/articles", body);
                if (status == HttpStatusCode.Created || (attempt > 1 && status == HttpStatusCode.OK))
                {
                    answered?.Invoke(Interlocked.Increment(ref done));
                    return;
                }
                Assert.True(again && attempt < 600 && status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout, $"{status}: {answer}");
                Interlocked.Increment(ref repeated);
                await Task.Delay(100, cancellation);
            }
        });
        return repeated;
    }

    async Task ArriveOnceAsync(string source, Guid watcher)
    {
        var clock = Stopwatch.StartNew();
        await EventuallyAsync(() => system.TotalAsync($"source={source}&entity=NATO"), total => total >= Articles, Patience);
        output.WriteLine($"{source}: all tagged {clock.Elapsed.TotalSeconds:F1} s after the repair.");
        var alerted = await EventuallyAsync(() => AlertedAsync(watcher), alerts => alerts.Count >= Articles, Patience);
        Assert.Equal(Articles, await system.TotalAsync($"source={source}"));
        Assert.Equal(Articles, (await system.GetAsync($"/api/sources?name={source}")).GetProperty("items")[0].GetProperty("articles").GetInt32());
        Assert.Equal((Articles, Articles), (alerted.Count, alerted.Distinct().Count()));
    }

    async Task<List<Guid>> AlertedAsync(Guid watcher)
    {
        var articles = new List<Guid>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await system.GetAsync($"/api/alerts?subscription={watcher}&limit=200{cursor}");
            articles.AddRange(page.GetProperty("items").EnumerateArray().Select(alert => alert.GetProperty("article").GetProperty("id").GetGuid()));
            cursor = page.TryGetProperty("next", out var next) ? $"&cursor={next.GetString()}" : null;
        }
        return articles;
    }

    void LoseBrokersDisk() => Directory.Delete(Path.Combine(system.Folder, "rabbitmq", "mnesia"), recursive: true);

    static async Task<bool> IsAliveAsync(int port)
    {
        using var client = new HttpClient();
        try
        {
            using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/health/live"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
