using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;

namespace Monitoring.Alerts.Subscriptions;

/// <summary>What someone wants to hear of: values of one kind are alternatives, all kinds given must be met.</summary>
/// <param name="Topics">Names or Media Topics codes; a topic covers what is below it.</param>
/// <param name="Entities">Names, other names or ids.</param>
/// <param name="Sources">Domains or names of outlets.</param>
public sealed record Interests(IReadOnlyList<string> Topics, IReadOnlyList<string> Entities, IReadOnlyList<string> Sources);

/// <param name="Url">Where alerts are posted.</param>
/// <param name="Secret"><c>whsec_…</c>, with which they are signed.</param>
public sealed record Webhook(string Url, string Secret);

// What the event store keeps, one stream per subscription.
public sealed record SubscriptionCreated(string? Name, Interests Interests, Webhook? Webhook, DateTimeOffset At, string By);
public sealed record SubscriptionDisabled(string Reason, DateTimeOffset At);
public sealed record SubscriptionDeleted(DateTimeOffset At, string By);

public enum SubscriptionStatus { Active, Disabled }

/// <summary>A subscription as it stands; gone when deleted.</summary>
public sealed record Subscription
{
    public required Guid Id { get; init; }
    public string? Name { get; init; }
    public required Interests Interests { get; init; }
    public Webhook? Webhook { get; init; }
    public SubscriptionStatus Status { get; init; }

    /// <summary>Why it is disabled.</summary>
    public string? Reason { get; init; }
    public required DateTimeOffset Created { get; init; }

    public static Subscription? After(Subscription? subscription, Guid id, object happened) => happened switch
    {
        SubscriptionCreated created => new Subscription
        {
            Id = id,
            Name = created.Name,
            Interests = created.Interests,
            Webhook = created.Webhook,
            Created = created.At,
        },
        SubscriptionDisabled disabled => subscription! with { Status = SubscriptionStatus.Disabled, Reason = disabled.Reason },
        SubscriptionDeleted => null,
        _ => subscription,
    };
}

public sealed partial class SubscriptionProjection : SingleStreamProjection<Subscription, Guid>
{
    public SubscriptionProjection()
    {
        IncludeType<SubscriptionCreated>();
        IncludeType<SubscriptionDisabled>();
        IncludeType<SubscriptionDeleted>();
    }

    public override Subscription? Evolve(Subscription? snapshot, Guid id, IEvent e) => Subscription.After(snapshot, id, e.Data);

    public static void Add(StoreOptions options)
    {
        options.Events.MapEventType<SubscriptionCreated>("subscription_created");
        options.Events.MapEventType<SubscriptionDisabled>("subscription_disabled");
        options.Events.MapEventType<SubscriptionDeleted>("subscription_deleted");
        // Inline: who creates a subscription and then posts an article is alerted.
        options.Projections.Add(new SubscriptionProjection(), JasperFx.Events.Projections.ProjectionLifecycle.Inline);
        options.Schema.For<Subscription>().DocumentAlias("subscription");
    }
}
