using Microsoft.Extensions.Diagnostics.HealthChecks;
using Monitoring.Hosting;

namespace Monitoring.Enrichment;

/// <summary>
/// Which model is active is an operator's decision (deploy/model), never a start's: an instance whose files differ from it leaves
/// the articles to those that agree, says so in its readiness, and answers POST /api/enrich, so that the new model can be tried.
/// </summary>
static class EnricherSetup
{
    /// <returns>Whether the model is the active one.</returns>
    public static bool AddEnricher(this WebApplicationBuilder builder)
    {
        var enricher = Create(builder.Configuration);
        var active = builder.Configuration["Enrichment:ActiveModel"] is { Length: > 0 } named ? named : enricher.Model;
        builder.Services.AddSingleton(enricher);
        builder.Services.AddHealthChecks().AddCheck("model", () => active == enricher.Model
            ? HealthCheckResult.Healthy(active)
            : HealthCheckResult.Unhealthy($"The files here are model {enricher.Model}, but {active} is active. deploy/model activate makes theirs the active one."), [Health.Ready]);
        return active == enricher.Model;
    }

    /// <summary>Reads the model, before the service starts: one that cannot be read is a service that does not start.</summary>
    public static Enricher Create(IConfiguration configuration) => new(
        new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge"), configuration["Enrichment:KnowledgePath"] is { Length: > 0 } additions ? additions : null),
        configuration.GetValue("Enrichment:ModelGeneration", 1));
}
