using MassTransit;
using Monitoring.Enrichment;
using Monitoring.Hosting;

return await Service.RunAsync("enrichment", args,
    builder =>
    {
        builder.AddInternalToken();
        builder.AddBus(bus => bus.AddConsumer<EnrichArticlesConsumer, EnrichArticlesDefinition>());
        builder.AddDeadLetters(Topology.EnrichArticles);
        builder.AddEnricher();
    },
    app =>
    {
        app.MapReadiness();
        app.MapPostEnrich();
        app.MapDeadLetters(Topology.EnrichArticles);
    });
