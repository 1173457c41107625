using Monitoring.Contracts;
using Monitoring.Enrichment.CitedSources;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Entities.Tagging;
using Monitoring.Enrichment.Facts;
using Monitoring.Enrichment.Languages;
using Monitoring.Enrichment.Quotes;
using Monitoring.Enrichment.Summary;
using Monitoring.Enrichment.Text;
using Monitoring.Enrichment.Topics;

namespace Monitoring.Enrichment;

/// <summary>Reads an article. A pure function of the article and the model: the same in, the same out, and nothing asked of anyone.</summary>
/// <param name="knowledge">The model's files.</param>
/// <param name="generation">Raised by an operator when a newer model's enrichments are to replace older ones.</param>
public sealed class Enricher(Knowledge knowledge, int generation)
{
    /// <summary>What a reader of English alone can tell.</summary>
    static readonly IReadOnlyList<string> EnglishOnly = ["quotes", "citedSources", "dates", "keyphrases"];

    readonly LanguageDetector languages = new(knowledge);
    readonly NameTagger tagger = new(knowledge);
    readonly EntityLinker linker = new(knowledge);
    readonly TopicFinder topics = new(knowledge);
    readonly QuoteFinder quotes = new(knowledge);
    readonly CitedSourceFinder citedSources = new(knowledge);
    readonly AmountFinder amounts = new(knowledge);
    readonly Keyphrases keyphrases = new(knowledge);

    /// <summary>The name of all the files above, which have been read by now.</summary>
    public string Model => model ??= knowledge.Model;
    string? model;

    public Contracts.Enrichment Enrich(ArticleContent article)
    {
        var document = new Document(article.Title, article.Body);
        var language = languages.Detect(document.Text);
        // What the publisher declares decides only where the text itself does not tell.
        if (language.Code == "und" && article.Language is { } declared) language = language with { Code = declared.Split('-')[0].ToLowerInvariant() };
        // A text too short to tell may be English. Names are names in most languages.
        var english = language.Code is "en" or "und";
        var entities = linker.Link(document, english ? tagger.Tag(document) : [], english);
        return new Contracts.Enrichment
        {
            Model = Model,
            ModelGeneration = generation,
            Language = language,
            Topics = topics.Find(document, entities, article.Tags, english),
            Entities = entities.ToContract(document),
            Quotes = english ? quotes.Find(document, entities) : [],
            CitedSources = english ? citedSources.Find(document, entities, article.Source, article.Url) : [],
            Amounts = amounts.Find(document),
            Dates = english ? DateFinder.Find(document, article.Published) : [],
            Keyphrases = english ? keyphrases.Find(document, entities) : [],
            Lead = Lead.Of(document),
            Fingerprint = Fingerprint.Of(document),
            Skipped = english ? [] : EnglishOnly,
        };
    }
}
