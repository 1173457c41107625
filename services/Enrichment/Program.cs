using MassTransit;
using Monitoring.Enrichment;
using Monitoring.Hosting;

// deploy/model asks for the name of the model that these files are.
if (args is ["model"])
{
    Console.WriteLine(EnricherSetup.Create(new ConfigurationBuilder().AddEnvironmentVariables().Build()).Model);
    return 0;
}

return await Service.RunAsync("enrichment", args,
    builder =>
    {
        builder.AddInternalToken();
        var active = builder.AddEnricher();
        builder.AddDeadLetters(Topology.EnrichArticles);
        builder.AddBus(bus =>
        {
            if (active) bus.AddConsumer<EnrichArticlesConsumer, EnrichArticlesDefinition>();
        });
    },
    app =>
    {
        app.MapReadiness();
        app.MapPostEnrich();
        app.MapDeadLetters(Topology.EnrichArticles);
    });
