using Monitoring.Contracts;
using Monitoring.Enrichment;

namespace Tests.Quality;

/// <summary>The enrichment as it is shipped.</summary>
static class Model
{
    static readonly Lazy<Enricher> Shipped = new(() => Load(new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge"))));

    public static Enricher Load(Knowledge knowledge) => new(knowledge, generation: 1);

    public static Enrichment Enrich(ArticleContent article) => Shipped.Value.Enrich(article);

    /// <param name="text">A body.</param>
    /// <param name="outlet">The article's own outlet, its name or domain.</param>
    public static IReadOnlyList<CitedSource> CitedSources(string text, string? outlet) => Enrich(new ArticleContent
    {
        Body = text,
        Source = outlet is null ? null : outlet.Contains('.', StringComparison.Ordinal) && !outlet.Contains(' ', StringComparison.Ordinal) ? new Source { Domain = outlet } : new Source { Name = outlet },
    }).CitedSources;

    /// <summary>The names that the whole of it finds in a body: after the tagger also the gazetteer and the linker.</summary>
    public static Func<string, IReadOnlyList<(int Start, int End, string Type)>> Names(Knowledge knowledge)
    {
        var enricher = Load(knowledge);
        // A body begins behind the line break after its headline.
        return text => [.. enricher.Enrich(new ArticleContent { Body = text }).Entities
            .SelectMany(entity => entity.Mentions.Select(mention => (mention.Start - 1, mention.End - 1, entity.Type))).OrderBy(name => name.Item1)];
    }
}
