using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;

namespace Monitoring.Ingest.Feeds;

/// <summary>Keeps <see cref="Feed"/> and freezes the names its events are stored under.</summary>
public sealed partial class FeedProjection : SingleStreamProjection<Feed, Guid>
{
    public override Feed? Evolve(Feed? snapshot, Guid id, IEvent e) => Feed.After(snapshot, id, e.Data);

    public static void Add(StoreOptions options)
    {
        options.Events.MapEventType<FeedAdded>("feed_added");
        options.Events.MapEventType<FeedChanged>("feed_changed");
        options.Events.MapEventType<FeedPaused>("feed_paused");
        options.Events.MapEventType<FeedResumed>("feed_resumed");
        options.Events.MapEventType<FeedRemoved>("feed_removed");
        options.Events.MapEventType<FeedPolled>("feed_polled");
        options.Events.MapEventType<FeedFailed>("feed_failed");
        options.Events.MapEventType<FeedMoved>("feed_moved");
        options.Events.MapEventType<FeedGone>("feed_gone");
        options.Events.MapEventType<FeedHubSubscribed>("feed_hub_subscribed");
        options.Events.MapEventType<FeedHubEnded>("feed_hub_ended");
        // Inline: who adds a feed sees it at once, and a poller decides by what the one before it stored.
        options.Projections.Add(new FeedProjection(), ProjectionLifecycle.Inline);
        options.Schema.For<Feed>().DocumentAlias("feed");
    }

    public FeedProjection()
    {
        IncludeType<FeedAdded>();
        IncludeType<FeedChanged>();
        IncludeType<FeedPaused>();
        IncludeType<FeedResumed>();
        IncludeType<FeedRemoved>();
        IncludeType<FeedPolled>();
        IncludeType<FeedFailed>();
        IncludeType<FeedMoved>();
        IncludeType<FeedGone>();
        IncludeType<FeedHubSubscribed>();
        IncludeType<FeedHubEnded>();
    }
}
