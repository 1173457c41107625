using MassTransit;
using Monitoring.Enrichment;
using Monitoring.Hosting;

return await Service.RunAsync("enrichment", args,
    builder =>
    {
        builder.AddInternalToken();
        builder.AddEnricher();
        builder.AddDeadLetters(Topology.EnrichArticles);
        builder.AddBus(bus => bus.AddConsumer<EnrichArticlesConsumer, EnrichArticlesDefinition>());
    },
    app =>
    {
        app.MapReadiness();
        app.MapPostEnrich();
        app.MapDeadLetters(Topology.EnrichArticles);
    });
