namespace Monitoring.Enrichment;

static class EnricherSetup
{
    /// <summary>Reads the model before the service starts: one that cannot be read is a service that does not start.</summary>
    public static void AddEnricher(this WebApplicationBuilder builder)
    {
        var folder = builder.Configuration["Enrichment:KnowledgePath"] ?? Path.Combine(builder.Environment.ContentRootPath, "knowledge");
        var generation = builder.Configuration.GetValue("Enrichment:ModelGeneration", 1);
        builder.Services.AddSingleton(new Enricher(new Knowledge(folder), generation));
    }
}
