using JasperFx.Events.Projections;
using Monitoring.Hosting;
using Monitoring.Ingest;
using Monitoring.Ingest.Articles;
using Monitoring.Ingest.Feeds;
using Monitoring.Ingest.Publishing;

return await Service.RunAsync("ingest", args,
    builder =>
    {
        builder.AddInternalToken();
        builder.AddEventStore("ingest", schema: "ingest", store =>
        {
            store.Events.MapEventType<ArticleReceived>("article_received");
            store.Events.MapEventType<ArticleRevised>("article_revised");
            store.Events.MapEventType<ArticleWithdrawn>("article_withdrawn");
            ArticleStore.AddTables(store);
        }).AddSubscriptionWithServices<ArticleOutbox>(ServiceLifetime.Singleton);
        builder.AddGroupCommit<ArticleCommand, ArticleDecision, ArticleStore>(articles => articles.CommitAsync, Submit.Size);
        builder.Services.AddSingleton<Submit>();
        builder.ListenForStreams();
        builder.AddBus();
    },
    app =>
    {
        app.MapReadiness();
        app.MapPostArticles();
        app.MapWithdrawArticle();
        app.MapPreviewFeed();
        app.MapReplay("articles", ArticleOutbox.OutboxName, schema: "ingest");
    });
