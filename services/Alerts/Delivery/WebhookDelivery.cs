using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Marten;
using Monitoring.Alerts.Alerts;
using Monitoring.Alerts.Subscriptions;
using Monitoring.Hosting;

namespace Monitoring.Alerts.Delivery;

/// <summary>Delivers what is due, several at a time, and records what came of each attempt.</summary>
public sealed class WebhookDelivery(
    DeliveryQueue queue, WebhookSender sender, IDocumentStore store, SubscriptionStore subscriptions, TimeProvider time, ILogger<WebhookDelivery> log) : BackgroundService
{
    const int MaxInFlight = 32;

    static readonly Counter<long> Attempts =
        Telemetry.Meter.CreateCounter<long>("monitoring.alerts.deliveries", "{attempt}", "Webhook deliveries attempted, by outcome.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var slots = new SemaphoreSlim(MaxInFlight);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var due = slots.CurrentCount > 0 ? await queue.LeaseAsync(slots.CurrentCount, time.GetUtcNow(), stoppingToken) : [];
                foreach (var delivery in due)
                {
                    await slots.WaitAsync(stoppingToken);
                    _ = DeliverAsync(delivery, slots, stoppingToken);
                }
                if (due.Count == 0) await queue.WaitAsync(stoppingToken);
            }
            catch (Exception fault) when (Transient.Is(fault))
            {
                log.LogWarning("Deliveries wait for the database: {Reason}", fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    async Task DeliverAsync(DueDelivery delivery, SemaphoreSlim slots, CancellationToken stopping)
    {
        try
        {
            using var activity = Telemetry.Continue("webhook delivery", ActivityKind.Internal, delivery.TraceParent);
            await AttemptAsync(delivery, stopping);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // What came of the attempt could not be recorded; the lease runs out and it is made again.
            log.LogError(fault, "Delivery of alert {AlertId} failed", delivery.AlertId);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the lease runs out and another process, or this one when it is back, goes on.
        }
        finally
        {
            slots.Release();
            queue.Wake();
        }
    }

    async Task AttemptAsync(DueDelivery delivery, CancellationToken stopping)
    {
        await using var session = store.LightweightSession();
        var alert = await session.LoadAsync<Alert>(delivery.AlertId, stopping);
        var subscription = await session.LoadAsync<Subscription>(delivery.SubscriptionId, stopping);
        var attempt = delivery.Attempts + 1;
        if (alert is null || subscription is not { Status: SubscriptionStatus.Active, Webhook: { } webhook })
        {
            await RecordAsync(session, delivery, new AlertDeliveryFailed(attempt, "The subscription has ended.", time.GetUtcNow(), null), null, stopping);
            return;
        }
        var outcome = await sender.SendAsync(alert, webhook, stopping);
        var now = time.GetUtcNow();
        Attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome.Error is null ? "delivered" : "failed"));
        if (outcome.Error is null)
        {
            await RecordAsync(session, delivery, new AlertDelivered(attempt, (int)outcome.Status!, now), null, stopping);
            return;
        }
        var gone = outcome.Status == HttpStatusCode.Gone;
        var next = gone ? null : RetrySchedule.Next(attempt, now, outcome.RetryAfter, Random.Shared.NextDouble());
        log.LogWarning("Alert {AlertId} was not delivered, attempt {Attempt}: {Reason} Next attempt: {Next}", delivery.AlertId, attempt, outcome.Error, next);
        await RecordAsync(session, delivery, new AlertDeliveryFailed(attempt, outcome.Error, now, next), next, stopping);
        if (gone) await subscriptions.DisableAsync(subscription.Id, new SubscriptionDisabled("The receiver answered 410 Gone.", now), stopping);
    }

    static async Task RecordAsync(IDocumentSession session, DueDelivery delivery, object happened, DateTimeOffset? next, CancellationToken cancellation)
    {
        session.Events.Append(delivery.AlertId, happened);
        DeliveryQueue.Settle(session, delivery, next);
        await session.SaveChangesAsync(cancellation);
    }
}
