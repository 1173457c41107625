using Monitoring.Alerts.Delivery;
using Npgsql;

namespace Tests.Integration;

/// <summary>What is due is handed to one process at a time, and again only when that one failed or fell silent.</summary>
[Collection(nameof(Postgres))]
public class DeliveryQueueTests(Postgres postgres)
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static async Task AddAsync(Running alerts, IEnumerable<(Guid Alert, Guid Subscription)> deliveries)
    {
        await using var connection = await alerts.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await DeliveryQueue.AddAsync(connection, [.. deliveries.Select(delivery => (delivery.Alert, delivery.Subscription, (string?)null))], Now, default);
    }

    static async Task<Guid> AddAsync(Running alerts)
    {
        var id = Guid.NewGuid();
        await AddAsync(alerts, [(id, Guid.NewGuid())]);
        return id;
    }

    static Task<IReadOnlyList<DueDelivery>> LeaseAsync(Running alerts, DateTimeOffset now, int limit = 10) => alerts.Get<DeliveryQueue>().LeaseAsync(limit, now, default);

    static async Task SettleAsync(Running alerts, DueDelivery delivery, DateTimeOffset? next)
    {
        await using var session = alerts.Store.LightweightSession();
        DeliveryQueue.Settle(session, delivery, next);
        await session.SaveChangesAsync();
    }

    [Fact]
    public async Task Processes_that_lease_at_once_never_get_the_same_delivery()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var one = await Running.AlertsAsync(database);
        await using var other = await Running.AlertsAsync(database);
        var deliveries = Enumerable.Range(0, 400).Select(_ => (Guid.NewGuid(), Guid.NewGuid())).ToList();
        await AddAsync(one, deliveries);

        var leased = await Task.WhenAll(new[] { one, other, one, other }.Select(alerts => Task.Run(async () =>
        {
            var mine = new List<Guid>();
            while (await LeaseAsync(alerts, Now) is { Count: > 0 } due)
            {
                Assert.InRange(due.Count, 1, 10);
                mine.AddRange(due.Select(delivery => delivery.AlertId));
            }
            return mine;
        })));

        Assert.Equal(deliveries.Select(delivery => delivery.Item1).Order(), leased.SelectMany(mine => mine).Order());
    }

    [Fact]
    public async Task One_lease_takes_no_more_of_a_subscription_than_it_may_hold()
    {
        await using var alerts = await Running.AlertsAsync(await postgres.NewDatabaseAsync());
        var slow = Guid.NewGuid();
        await AddAsync(alerts, Enumerable.Range(0, 40).Select(_ => (Guid.NewGuid(), slow)));
        var other = await AddAsync(alerts);

        var leased = await LeaseAsync(alerts, Now, limit: 32);
        Assert.Equal(8, leased.Count(delivery => delivery.SubscriptionId == slow));
        Assert.Contains(leased, delivery => delivery.AlertId == other);
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_taken_over_and_no_other()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var one = await Running.AlertsAsync(database);
        await using var other = await Running.AlertsAsync(database);
        var id = await AddAsync(one);

        Assert.Equal(id, Assert.Single(await LeaseAsync(one, Now)).AlertId);
        // As long as an attempt may take, it is the first one's.
        Assert.Empty(await LeaseAsync(other, Now + WebhookSender.Timeout));
        Assert.Equal((id, 0), Assert.Single(await LeaseAsync(other, Now.AddMinutes(1))) is var again ? (again.AlertId, again.Attempts) : default);
    }

    [Fact]
    public async Task What_is_done_or_given_up_never_comes_again()
    {
        await using var alerts = await Running.AlertsAsync(await postgres.NewDatabaseAsync());
        await AddAsync(alerts);
        await SettleAsync(alerts, Assert.Single(await LeaseAsync(alerts, Now)), null);
        Assert.Empty(await LeaseAsync(alerts, Now.AddYears(1)));
    }

    [Fact]
    public async Task What_failed_comes_again_when_it_is_due_and_counts_its_attempts()
    {
        await using var alerts = await Running.AlertsAsync(await postgres.NewDatabaseAsync());
        var id = await AddAsync(alerts);
        await SettleAsync(alerts, Assert.Single(await LeaseAsync(alerts, Now)), Now.AddSeconds(5));
        Assert.Empty(await LeaseAsync(alerts, Now.AddSeconds(4)));
        Assert.Equal((id, 1), Assert.Single(await LeaseAsync(alerts, Now.AddSeconds(5))) is var again ? (again.AlertId, again.Attempts) : default);
    }

    [Fact]
    public async Task A_subscription_that_holds_all_it_may_leaves_the_rest_to_others()
    {
        await using var alerts = await Running.AlertsAsync(await postgres.NewDatabaseAsync());
        var (slow, other) = (Guid.NewGuid(), Guid.NewGuid());
        await AddAsync(alerts, Enumerable.Range(0, 20).Select(_ => (Guid.NewGuid(), slow)));
        Assert.Equal(8, (await LeaseAsync(alerts, Now, limit: 8)).Count);

        await AddAsync(alerts, [(Guid.NewGuid(), other)]);
        Assert.Equal([other], (await LeaseAsync(alerts, Now)).Select(delivery => delivery.SubscriptionId));
    }
}
