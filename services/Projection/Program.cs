using MassTransit;
using Monitoring.Hosting;
using Monitoring.Projection;
using Monitoring.Projection.Journal;
using Monitoring.Projection.Publishing;
using Monitoring.Projection.Rebuild;
using Monitoring.ReadModels;

return await Service.RunAsync("projection", args,
    builder =>
    {
        builder.AddInternalToken();
        builder.AddEventStore("projection", ReadModelStore.Schema, store =>
        {
            store.AddReadModels();
            store.AddReadModelProjections();
            JournalStore.AddTables(store);
        }).AddSubscriptionWithServices<PlacementOutbox>(ServiceLifetime.Singleton);
        builder.AddGroupCommit<JournalMessage, bool, JournalStore>(journal => journal.CommitAsync, ProjectArticlesConsumer.Size);
        builder.Services.AddHostedService<SchemaVersion>();
        builder.Services.AddSingleton<RebuildReadModels>();
        builder.AddDeadLetters(Topology.ProjectArticles);
        builder.AddBus(bus => bus.AddConsumer<ProjectArticlesConsumer, ProjectArticlesDefinition>());
    },
    app =>
    {
        app.MapReadiness();
        app.MapRebuild();
        app.MapReplay("placements", PlacementOutbox.OutboxName, ReadModelStore.Schema);
        app.MapDeadLetters(Topology.ProjectArticles);
    });
