using Monitoring.Alerts.Matching;
using Monitoring.Alerts.Subscriptions;
using Monitoring.Contracts;
using Npgsql;

namespace Tests.Integration;

/// <summary>A subscription hears of an article once, however often and by whichever process it is placed.</summary>
[Collection(nameof(Postgres))]
public class AlertTests(Postgres postgres)
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static PlacedArticle Placed(int number, int revision = 1, string topic = "war") => new(new ArticlePlaced
    {
        ArticleId = Ids.Article($"test:{number}"),
        Revision = revision,
        PlacedAt = Now,
        Change = revision == 1 ? ArticleChange.New : ArticleChange.Revised,
        ReceivedAt = Now,
        Article = new ArticleContent { Title = $"Article {number}", Body = $"Revision {revision}" },
        Enrichment = new Enrichment { Model = "m", ModelGeneration = 1, Language = new Language("en", 1), Topics = [new Topic { Id = topic, Name = topic, Score = 1 }] },
    }, null);

    static async Task<Guid> SubscribeAsync(Running alerts, string topic = "war", bool webhook = true)
    {
        var id = Guid.NewGuid();
        await alerts.Get<SubscriptionStore>().CreateAsync(id, new SubscriptionCreated(
            null, new Interests([topic], [], []), webhook ? new Webhook("https://receiver.example/", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") : null, Now, "test"), default);
        return id;
    }

    static async Task<int> RaisedAsync(Running alerts, params PlacedArticle[] articles) => (await alerts.Get<AlertStore>().CommitAsync(articles, default)).Sum();

    static Task<IReadOnlyList<string>> AlertsAsync(Database database) => database.RowsAsync("select id::text from alerts.mt_doc_alert");

    [Fact]
    public async Task The_same_article_again_and_its_later_revisions_raise_nothing_more()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var alerts = await Running.AlertsAsync(database);
        var (one, other) = (await SubscribeAsync(alerts), await SubscribeAsync(alerts, webhook: false));

        Assert.Equal([0, 2, 0], await alerts.Get<AlertStore>().CommitAsync([Placed(1, topic: "weather"), Placed(2), Placed(2)], default));
        Assert.Equal(0, await RaisedAsync(alerts, Placed(2)));
        Assert.Equal(0, await RaisedAsync(alerts, Placed(2, revision: 2)));
        // An article that comes to meet it only when it is revised raises it then.
        Assert.Equal(2, await RaisedAsync(alerts, Placed(1, revision: 2), Placed(1, revision: 3)));

        var article = new[] { Placed(1), Placed(2) }.Select(placed => placed.Article.ArticleId).ToList();
        Assert.Equal(article.SelectMany(id => new[] { Ids.Alert(one, id), Ids.Alert(other, id) }).Select(id => id.ToString()).Order(StringComparer.Ordinal), await AlertsAsync(database));
        // Only who has a webhook is delivered to.
        Assert.Equal([$"{one} 2"], await database.RowsAsync("select subscription_id || ' ' || count(*) from alerts.deliveries group by subscription_id"));
        Assert.Equal(4, await database.CountAsync("alerts.mt_events where type = 'alert_raised'"));
    }

    [Fact]
    public async Task Two_processes_that_hear_of_the_same_articles_at_once_raise_each_alert_once()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var one = await Running.AlertsAsync(database);
        await using var other = await Running.AlertsAsync(database);
        for (var i = 0; i < 3; i++) await SubscribeAsync(one);

        var raised = await Task.WhenAll(new[] { one, other }.Select((alerts, i) => Task.Run(async () =>
        {
            var articles = Enumerable.Range(0, 60).Select(number => Placed(number)).ToArray();
            new Random(i).Shuffle(articles);
            var sum = 0;
            foreach (var group in articles.Chunk(4)) sum += await RaisedAsync(alerts, group);
            return sum;
        })));

        Assert.Equal(180, raised.Sum());
        Assert.Equal(
            (180, 180, 180),
            (await database.CountAsync("alerts.mt_events where type = 'alert_raised'"), await database.CountAsync("alerts.mt_doc_alert"), await database.CountAsync("alerts.deliveries")));
    }

    [Fact]
    public async Task A_subscription_is_heard_from_the_moment_it_stands_until_it_ends_in_every_process()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var one = await Running.AlertsAsync(database);
        await using var other = await Running.AlertsAsync(database);
        Assert.Equal(0, await RaisedAsync(one, Placed(1)));
        var first = await SubscribeAsync(other);
        Assert.Equal(1, await RaisedAsync(one, Placed(2)));
        var second = await SubscribeAsync(other);
        Assert.Equal(2, await RaisedAsync(one, Placed(3)));

        Assert.True(await other.Get<SubscriptionStore>().DeleteAsync(first, new SubscriptionDeleted(Now, "test"), default));
        Assert.Equal(1, await RaisedAsync(one, Placed(4)));
        await other.Get<SubscriptionStore>().DisableAsync(second, new SubscriptionDisabled("test", Now), default);
        Assert.Equal(0, await RaisedAsync(one, Placed(5)));
        Assert.False(await other.Get<SubscriptionStore>().DeleteAsync(first, new SubscriptionDeleted(Now, "test"), default));
    }

    [Fact]
    public async Task An_alert_is_kept_together_with_its_delivery_or_not_at_all()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var alerts = await Running.AlertsAsync(database);
        await SubscribeAsync(alerts);
        await database.ExecuteAsync("alter table alerts.deliveries add constraint nothing check (attempts < 0)");
        await Assert.ThrowsAsync<PostgresException>(() => RaisedAsync(alerts, Placed(1)));
        Assert.Empty(await AlertsAsync(database));

        // The broker brings it again, and then it is raised.
        await database.ExecuteAsync("alter table alerts.deliveries drop constraint nothing");
        Assert.Equal(1, await RaisedAsync(alerts, Placed(1)));
        Assert.Equal(1, await database.CountAsync("alerts.deliveries"));
    }
}
