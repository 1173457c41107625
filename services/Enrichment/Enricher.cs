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
    readonly EntityLinker linker = new(knowledge);

    public Contracts.Enrichment Enrich(ArticleContent article)
    {
        var document = new Document(article.Title, article.Body);
        var language = languages.Detect(document.Text);
        // What the publisher declares decides only where the text itself does not tell.
        if (language.Code == "und" && article.Language is { } declared) language = language with { Code = declared.Split('-')[0].ToLowerInvariant() };
        // The term rules are English; a text too short to tell may be. Names are names in most languages.
        var english = language.Code is "en" or "und";
        var entities = linker.Link(document, [], english);
        return new Contracts.Enrichment
        {
            Model = knowledge.Model,
            ModelGeneration = generation,
            Language = language,
            Topics = english ? topics.Find(document) : [],
            Entities = entities.ToContract(document),
            Skipped = english ? [] : ["topics"],
        };
    }
}
