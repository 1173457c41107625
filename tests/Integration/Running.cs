using System.Diagnostics;
using JasperFx;
using JasperFx.Events.Daemon;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monitoring.Alerts.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Matching;
using Monitoring.Alerts.Subscriptions;
using Monitoring.Hosting;
using Monitoring.Ingest.Articles;
using Monitoring.Ingest.Feeds;
using Monitoring.Ingest.Sources;
using Monitoring.Projection;
using Monitoring.Projection.Journal;
using Monitoring.Projection.Rebuild;
using Monitoring.ReadModels;
using Npgsql;
using ArticleReceived = Monitoring.Ingest.Articles.ArticleReceived;
using ArticleRevised = Monitoring.Ingest.Articles.ArticleRevised;
using ArticleWithdrawn = Monitoring.Ingest.Articles.ArticleWithdrawn;

namespace Tests.Integration;

/// <summary>A service with the event store and daemon that its Program.cs gives it, but without its routes and without the broker.</summary>
sealed class Running : IAsyncDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    readonly WebApplication app;

    Running(WebApplication app) => this.app = app;

    /// <param name="database">Where its schema lies.</param>
    /// <param name="clock">Its time, where a test turns the hands.</param>
    /// <param name="allow">The address that feeds may be fetched from.</param>
    public static Task<Running> IngestAsync(Database database, TimeProvider? clock = null, string? allow = null) => StartAsync(database, "ingest", builder =>
    {
        builder.Configuration["Outbound:Allow"] = allow;
        if (clock is not null) builder.Services.AddSingleton(clock);
        builder.AddEventStore("ingest", schema: "ingest", store =>
        {
            store.Events.MapEventType<ArticleReceived>("article_received");
            store.Events.MapEventType<ArticleRevised>("article_revised");
            store.Events.MapEventType<ArticleWithdrawn>("article_withdrawn");
            store.Events.MapEventType<ArticleDiscovered>("article_discovered");
            SourceStore.MapEvents(store);
            ArticleStore.AddTables(store);
            SourceStore.AddTables(store);
            store.AddFeeds();
        });
        builder.AddGroupCommit<ArticleCommand, ArticleDecision, ArticleStore>(articles => articles.CommitAsync, Submit.Size);
        builder.Services.AddSingleton<Submit>();
        builder.Services.AddSingleton<SourceStore>();
        builder.Services.AddSingleton<SourceWatch>();
        builder.AddFeeds();
    });

    /// <param name="database">Where its schema lies.</param>
    /// <param name="leads">
    /// Whether to wait until its daemon runs; where another leads, it waits for its turn.
    /// </param>
    public static async Task<Running> ProjectionAsync(Database database, bool leads = true)
    {
        var projection = await StartAsync(database, "projection", Projection);
        var daemon = projection.Get<IProjectionCoordinator>().DaemonForMainDatabase();
        if (leads) await UntilAsync(() => Task.FromResult(daemon.StatusFor($"{ReadModelStore.Projection}:All") == AgentStatus.Running));
        return projection;
    }

    static void Projection(WebApplicationBuilder builder)
    {
        builder.AddEventStore("projection", ReadModelStore.Schema, store =>
        {
            store.AddReadModels();
            store.AddReadModelProjections();
            JournalStore.AddTables(store);
        });
        builder.Services.AddSingleton<JournalStore>();
        builder.Services.AddSingleton<RebuildReadModels>();
        builder.Services.AddHostedService<SchemaVersion>();
    }

    public static Task<Running> AlertsAsync(Database database) => StartAsync(database, "alerts", builder =>
    {
        builder.AddEventStore("alerts", schema: "alerts", store =>
        {
            SubscriptionProjection.Add(store);
            AlertProjection.Add(store);
            SubscriptionStore.AddTables(store);
            DeliveryQueue.AddTables(store);
        });
        builder.Services.AddSingleton<SubscriptionStore>();
        builder.Services.AddSingleton<DeliveryQueue>();
        builder.Services.AddSingleton<AlertStore>();
    });

    static async Task<Running> StartAsync(Database database, string service, Action<WebApplicationBuilder> build)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Direct", database.As(service))]);
        builder.WebHost.UseUrls($"http://unix:{database.Socket}.{Guid.NewGuid():N}");
        builder.Services.AddSingleton(TimeProvider.System);
        build(builder);
        var app = builder.Build();
        await app.StartAsync();
        return new Running(app);
    }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public IDocumentStore Store => Get<IDocumentStore>();

    /// <summary>Until the daemon has projected all that the journal holds.</summary>
    public Task ProjectedAsync() => UntilAsync(async () =>
    {
        var last = await Get<NpgsqlDataSource>().LastSequenceAsync(ReadModelStore.Schema, default);
        var progress = await Store.Advanced.AllProjectionProgress();
        return progress.Any(state => state.ShardName == $"{ReadModelStore.Projection}:All" && state.Sequence == last);
    });

    public static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan? within = null)
    {
        for (var clock = Stopwatch.StartNew(); !await holds();)
        {
            Assert.True(clock.Elapsed < (within ?? Limit), $"Not so after {(within ?? Limit).TotalSeconds} s.");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var database = Get<NpgsqlDataSource>();
        await app.StopAsync();
        await app.DisposeAsync();
        await database.DisposeAsync();
    }
}
