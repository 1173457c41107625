using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using static Tests.EndToEnd.Installation;

namespace Tests.EndToEnd;

/// <summary>What an operator does with the system: stop and start it, look after dead letters, rebuild, replay.</summary>
[Collection(nameof(Installation))]
public class OperationsTests(Installation system)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_poison_message_harms_only_itself_and_is_seen_counted_and_replayed()
    {
        const string Garbage = """{"messageType":["urn:message:Monitoring.Contracts:ArticleReceived"],"message":{"articleId":"no id at all"}}""";
        // The first article makes the exchanges.
        await system.PostArticleAsync("An article before the poison: NATO", source: "poison.example");
        await EventuallyAsync(() => system.TotalAsync("source=poison.example&entity=NATO"), total => total == 1, Patience);
        await using var connection = await new ConnectionFactory { Uri = system.RabbitMq("ingest") }.CreateConnectionAsync();
        await using (var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)))
            for (var i = 0; i < 3; i++)
                await channel.BasicPublishAsync("monitoring.article-received", "", mandatory: true, new BasicProperties { ContentType = "application/vnd.masstransit+json", DeliveryMode = DeliveryModes.Persistent }, Encoding.UTF8.GetBytes(Garbage));
        try
        {
            await system.PostArticleAsync("An article behind the poison: NATO", source: "poison.example");
            await EventuallyAsync(() => system.TotalAsync("source=poison.example&entity=NATO"), total => total == 2, Patience);

            foreach (var (service, queue) in new[] { ("enrichment", "enrich-articles"), ("projection", "project-articles") })
            {
                await EventuallyAsync(() => system.MetricAsync(service, "monitoring_dead_letters", $"queue=\"{queue}\""), count => count == 3, Patience);
                var replayed = await system.ScriptAsync("dead-letters", "replay", queue);
                Assert.Equal(3, JsonElement.Parse(replayed).GetProperty("replayed").GetInt32());
                // Poison it was and poison it is: back it comes.
                await EventuallyAsync(() => system.MetricAsync(service, "monitoring_dead_letters", $"queue=\"{queue}\""), count => count == 3, Patience);
            }
            var health = await system.GetAsync("/health/ready");
            Assert.Equal("degraded", health.GetProperty("status").GetString());
            Assert.Contains("3 messages of enrich-articles", health.GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            // More than once: the last replayed one may still be on its way back.
            await EventuallyAsync(async () =>
            {
                await PurgeAsync("enrichment", "enrich-articles_error");
                await PurgeAsync("projection", "project-articles_error");
                return await system.GetAsync("/health/ready");
            }, ready => ready.GetProperty("status").GetString() == "healthy", Patience);
        }
    }

    async Task PurgeAsync(string user, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = system.RabbitMq(user) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueuePurgeAsync(queue);
    }

    [Fact]
    public async Task Down_and_up_lose_nothing_and_up_twice_changes_nothing()
    {
        var id = await system.PostArticleAsync("Before the night: NATO", source: "night.example");
        await EventuallyAsync(() => system.TotalAsync("source=night.example&entity=NATO"), total => total == 1, Patience);
        var article = (await system.GetAsync($"/api/articles/{id}")).GetRawText();

        await system.ScriptAsync("down");
        await system.ScriptAsync("down");
        Assert.Empty(Directory.GetFiles(system.Folder, "*.pid"));
        await system.UpAsync();
        Assert.Equal(article, (await system.GetAsync($"/api/articles/{id}")).GetRawText());
        await system.PostArticleAsync("After the night: NATO", source: "night.example");
        await EventuallyAsync(() => system.TotalAsync("source=night.example&entity=NATO"), total => total == 2, Patience);

        var pids = Services.Append("postgres").Append("rabbitmq").Select(system.Pid).ToList();
        await system.UpAsync();
        Assert.Equal(pids, Services.Append("postgres").Append("rabbitmq").Select(system.Pid));
        using var other = system.NewClient("mon_000000000000_wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync(new Uri("/api/topics", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Other_knowledge_waits_for_the_operators_word_and_then_reads_what_came_meanwhile()
    {
        var knowledge = Directory.CreateDirectory(Path.Combine(system.Folder, "our-knowledge")).FullName;
        await File.WriteAllTextAsync(Path.Combine(knowledge, "entities.tsv"), "ent:place:new-atlantis\tplace\tNew Atlantis\t\t\tour own\n");
        var generation = await GenerationAsync();
        await system.ScriptAsync("down");
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => system.ScriptAsync("up", "--empty", "--knowledge", knowledge));
        Assert.Contains("deploy/model activate", refusal.Message, StringComparison.Ordinal);

        await EventuallyAsync(HealthAsync, health => health.Contains("deploy/model activate makes theirs the active one", StringComparison.Ordinal) && !health.Contains("does not answer", StringComparison.Ordinal), Patience);
        await system.PostArticleAsync("New Atlantis joins NATO", source: "model.example");
        await EventuallyAsync(() => system.TotalAsync("source=model.example"), total => total == 1, Patience);
        // Tried before it counts; and nothing is read by a model that does not.
        Assert.Contains("ent:place:new-atlantis", (await system.PostAsync("/api/enrich", """{"title": "New Atlantis joins NATO"}""")).Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, await system.TotalAsync("source=model.example&entity=NATO"));

        await system.ScriptAsync("model", "activate");
        await EventuallyAsync(() => system.TotalAsync("source=model.example&entity=New+Atlantis"), total => total == 1, Patience);
        Assert.Equal(generation + 1, await GenerationAsync());
        Assert.Contains("is the active model already", await system.ScriptAsync("model", "activate"), StringComparison.Ordinal);
    }

    async Task<string> HealthAsync()
    {
        try
        {
            using var ready = await system.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return await ready.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            // The gateway does not listen yet.
            return "does not answer";
        }
    }

    async Task<int> GenerationAsync() =>
        int.Parse((await system.ScriptAsync("model")).Split('\n')[0].Split(' ')[^1], CultureInfo.InvariantCulture);

    [Fact]
    public async Task No_log_holds_a_word_of_an_article()
    {
        const string Word = "Quetzalcoatlus";
        await system.PostArticleAsync($"A {Word} in the title: NATO", $"And a {Word} in the body.", "words.example");
        await system.PostAsync("/api/articles", $$"""{"title":"{{Word}}", "published":"{{Word}}"}""");
        await system.PostAsync("/api/articles", $$"""{"title":"{{Word}}", oops}""");
        await system.PostAsync("/api/enrich", $$"""{"title":"{{Word}}"}""");
        await EventuallyAsync(() => system.TotalAsync("source=words.example&entity=NATO"), total => total == 1, Patience);
        foreach (var log in Directory.GetFiles(Path.Combine(system.Folder, "logs"))) Assert.DoesNotContain(Word, await File.ReadAllTextAsync(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rebuild_and_a_replay_change_no_answer()
    {
        for (var i = 0; i < 30; i++)
            await system.PostAsync("/api/articles", JsonSerializer.Serialize(new { id = $"{i}", title = $"Ceasefire talks {i} in Geneva", body = "NATO.", source = new { domain = "rebuild.example" } }));
        var (_, gone) = await system.PostAsync("/api/articles", """{"id":"0","title":"Ceasefire talks are off","source":{"domain":"rebuild.example"}}""");
        using var withdrawn = await system.Client.DeleteAsync(new Uri($"/api/articles/{gone.GetProperty("id").GetString()}", UriKind.Relative));
        await EventuallyAsync(() => system.TotalAsync("source=rebuild.example&entity=NATO"), total => total == 29, Patience);

        async Task<string> AnswersAsync() => string.Join('\n', await Task.WhenAll(new[] { "/api/topics?limit=200", "/api/entities?limit=200", "/api/sources?limit=200", "/api/articles?source=rebuild.example&limit=200", $"/api/articles/{gone.GetProperty("id").GetString()}" }
            .Select(async path => (await system.GetAsync(path)).GetRawText())));
        await SettledAsync();
        var before = await AnswersAsync();

        Assert.EndsWith("Rebuilt.", (await system.ScriptAsync("rebuild")).Trim(), StringComparison.Ordinal);
        Assert.Equal(before, await AnswersAsync());
        await system.PostArticleAsync("After the rebuild: NATO", source: "rebuilt.example");
        await EventuallyAsync(() => system.TotalAsync("source=rebuilt.example&entity=NATO"), total => total == 1, Patience);
        await SettledAsync();
        before = await AnswersAsync();

        var sent = await system.MetricAsync("projection", "monitoring_journal_messages_total");
        await system.ScriptAsync("replay", "--since", DateTimeOffset.UtcNow.AddMinutes(-1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        await EventuallyAsync(() => system.MetricAsync("projection", "monitoring_journal_messages_total"), count => count >= sent + 60, Patience);
        await SettledAsync();
        Assert.Equal(before, await AnswersAsync());
    }

    /// <summary>Nothing is under way any more.</summary>
    async Task SettledAsync()
    {
        foreach (var service in new[] { "ingest", "projection" })
            await EventuallyAsync(() => system.MetricAsync(service, "monitoring_daemon_lag"), lag => lag == 0, Patience);
    }
}
