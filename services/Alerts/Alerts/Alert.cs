using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using Monitoring.Contracts;

namespace Monitoring.Alerts.Alerts;

/// <summary>The article as an alert shows it.</summary>
public sealed record AlertArticle
{
    public required Guid Id { get; init; }
    public required int Revision { get; init; }
    public string? Title { get; init; }
    public string? Url { get; init; }
    public Source? Source { get; init; }
    public DateTimeOffset? Published { get; init; }
    public required DateTimeOffset Received { get; init; }
}

/// <param name="Id">Of the subscription.</param>
/// <param name="Name">Its name, if it has one.</param>
public sealed record AlertSubscription(Guid Id, string? Name);

// What the event store keeps, one stream per alert; its id follows from subscription and article, so each is raised once.
public sealed record AlertRaised(AlertSubscription Subscription, AlertArticle Article, IReadOnlyList<AlertReason> Reasons, bool HasWebhook, DateTimeOffset At);
public sealed record AlertDelivered(int Attempt, int Status, DateTimeOffset At);

/// <param name="Attempt">From 1.</param>
/// <param name="Reason">In plain words.</param>
/// <param name="At">When it failed.</param>
/// <param name="NextAttemptAt">Absent when given up.</param>
public sealed record AlertDeliveryFailed(int Attempt, string Reason, DateTimeOffset At, DateTimeOffset? NextAttemptAt);

public enum DeliveryStatus { None, Pending, Delivered, Failed }

/// <param name="Status">none (no webhook), pending, delivered or failed (given up).</param>
/// <param name="Attempts">So far.</param>
/// <param name="LastError">Why the last attempt failed.</param>
/// <param name="NextAttempt">When the next one is due.</param>
/// <param name="Delivered">When the receiver took it.</param>
public sealed record AlertDelivery(DeliveryStatus Status, int Attempts = 0, string? LastError = null, DateTimeOffset? NextAttempt = null, DateTimeOffset? Delivered = null);

/// <summary>An alert as the API answers it.</summary>
public sealed record Alert
{
    public required Guid Id { get; init; }
    public required AlertSubscription Subscription { get; init; }
    public required AlertArticle Article { get; init; }

    /// <summary>What was asked for and where the article meets it.</summary>
    public required IReadOnlyList<AlertReason> Reasons { get; init; }
    public required DateTimeOffset Raised { get; init; }
    public required AlertDelivery Delivery { get; init; }

    public static Alert? After(Alert? alert, Guid id, object happened) => happened switch
    {
        AlertRaised raised => new Alert
        {
            Id = id,
            Subscription = raised.Subscription,
            Article = raised.Article,
            Reasons = raised.Reasons,
            Raised = raised.At,
            Delivery = raised.HasWebhook ? new AlertDelivery(DeliveryStatus.Pending, NextAttempt: raised.At) : new AlertDelivery(DeliveryStatus.None),
        },
        AlertDelivered delivered => alert! with { Delivery = new AlertDelivery(DeliveryStatus.Delivered, delivered.Attempt, Delivered: delivered.At) },
        AlertDeliveryFailed failed => alert! with
        {
            Delivery = new AlertDelivery(
                failed.NextAttemptAt is null ? DeliveryStatus.Failed : DeliveryStatus.Pending, failed.Attempt, failed.Reason, failed.NextAttemptAt),
        },
        _ => alert,
    };
}

public sealed partial class AlertProjection : SingleStreamProjection<Alert, Guid>
{
    public AlertProjection()
    {
        IncludeType<AlertRaised>();
        IncludeType<AlertDelivered>();
        IncludeType<AlertDeliveryFailed>();
    }

    public override Alert? Evolve(Alert? snapshot, Guid id, IEvent e) => Alert.After(snapshot, id, e.Data);

    public static void Add(StoreOptions options)
    {
        options.Events.MapEventType<AlertRaised>("alert_raised");
        options.Events.MapEventType<AlertDelivered>("alert_delivered");
        options.Events.MapEventType<AlertDeliveryFailed>("alert_delivery_failed");
        options.Projections.Add(new AlertProjection(), JasperFx.Events.Projections.ProjectionLifecycle.Inline);
        options.Schema.For<Alert>().DocumentAlias("alert")
            .Duplicate(alert => alert.Raised, configure: index => index.Columns = ["raised", "id"])
            .Duplicate(alert => alert.Subscription.Id, configure: index => index.Columns = ["subscriptionid", "raised", "id"]);
    }
}
