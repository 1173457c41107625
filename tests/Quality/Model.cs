using Monitoring.Enrichment;

namespace Tests.Quality;

static class Model
{
    /// <summary>The enrichment as it is shipped.</summary>
    public static Enricher Load() => new(new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge")), generation: 1);
}
