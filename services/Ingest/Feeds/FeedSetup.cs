using Marten;
using Monitoring.Hosting;
using Monitoring.Ingest.Feeds.WebSub;
using Monitoring.Ingest.Fetching;

namespace Monitoring.Ingest.Feeds;

/// <summary>The parts of this folder.</summary>
public static class FeedSetup
{
    public static void AddFeeds(this StoreOptions store)
    {
        FeedProjection.Add(store);
        FeedQueue.AddTables(store);
        EntryStore.AddTables(store);
        HubStore.AddTables(store);
    }

    public static void AddFeeds(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Outbound>();
        builder.Services.AddSingleton<Fetcher>();
        builder.Services.AddSingleton<FeedQueue>();
        builder.Services.AddSingleton<FeedStore>();
        builder.Services.AddSingleton<EntryStore>();
        builder.Services.AddSingleton<TakeEntries>();
        builder.Services.AddSingleton<PollFeed>();
        builder.Services.AddSingleton<AddFeed>();
        builder.Services.AddHostedService<Poller>();
        builder.Services.AddSingleton<HubContent>();
        builder.Services.AddSingleton<TakeHubContent>(services => services.GetRequiredService<HubContent>().TakeAsync);
        builder.AddWebSub();
    }

    public static void MapFeedRoutes(this WebApplication app)
    {
        app.MapFeeds();
        app.MapFeedHistory();
        app.MapOpml();
        app.MapPreviewFeed();
        app.MapWebSub();
    }
}
