using Monitoring.Contracts;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Languages;
using Monitoring.Enrichment.Text;
using Monitoring.Enrichment.Topics;

namespace Monitoring.Enrichment;

/// <summary>Reads an article. A pure function of the article and the model: the same in, the same out, and nothing asked of anyone.</summary>
/// <param name="knowledge">The model's files.</param>
/// <param name="generation">Raised by an operator when a newer model's enrichments are to replace older ones.</param>
public sealed class Enricher(Knowledge knowledge, int generation)
{
    readonly LanguageDetector languages = new(knowledge);
    readonly TopicRules topics = new(knowledge);
    readonly Gazetteer gazetteer = new(knowledge);

    /// <param name="title">The headline.</param>
    /// <param name="body">The text.</param>
    /// <param name="declared">BCP 47 tag the publisher declares; decides only where the text itself does not tell.</param>
    public Contracts.Enrichment Enrich(string? title, string? body, string? declared = null)
    {
        var document = new Document(title, body);
        var language = languages.Detect(document.Text);
        if (language.Code == "und" && declared is not null) language = language with { Code = declared.Split('-')[0].ToLowerInvariant() };
        return new Contracts.Enrichment
        {
            Model = knowledge.Model,
            ModelGeneration = generation,
            Language = language,
            // The term rules are English; a text too short to tell may be. Names are names in most languages.
            Topics = language.Code is "en" or "und" ? topics.Find(document) : [],
            Entities = gazetteer.Find(document),
        };
    }
}
