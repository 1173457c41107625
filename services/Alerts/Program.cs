using MassTransit;
using Monitoring.Alerts.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Matching;
using Monitoring.Alerts.Publishing;
using Monitoring.Alerts.Subscriptions;
using Monitoring.Hosting;

return await Service.RunAsync("alerts", args,
    builder =>
    {
        builder.AddInternalToken();
        builder.AddEventStore("alerts", schema: "alerts", store =>
        {
            SubscriptionProjection.Add(store);
            AlertProjection.Add(store);
            SubscriptionStore.AddTables(store);
            DeliveryQueue.AddTables(store);
        }).AddSubscriptionWithServices<AlertOutbox>(ServiceLifetime.Singleton);
        builder.Services.AddSingleton<Outbound>();
        builder.Services.AddSingleton<SubscriptionStore>();
        builder.Services.AddSingleton<AlertFeed>();
        builder.Services.AddSingleton<DeliveryQueue>();
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddHostedService<WebhookDelivery>();
        builder.AddGroupCommit<PlacedArticle, int, AlertStore>(alerts => alerts.CommitAsync, MatchArticlesConsumer.Size);
        builder.AddDeadLetters(Topology.MatchArticles);
        builder.AddBus(bus => bus.AddConsumer<MatchArticlesConsumer, MatchArticlesDefinition>());
    },
    app =>
    {
        app.MapReadiness();
        app.MapSubscriptions();
        app.MapAlerts();
        app.MapAlertStream();
        app.MapDeadLetters(Topology.MatchArticles);
    });
