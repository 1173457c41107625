using Monitoring.Contracts;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>A stretch of tokens that somebody is quoted or reported with.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index after its last token.</param>
/// <param name="Direct">In quotation marks.</param>
/// <param name="Attribution">Who, and by which words; null where the article does not tell.</param>
public readonly record struct Statement(int First, int End, bool Direct, Attribution? Attribution)
{
    /// <summary>Index of the token by whose place it is told.</summary>
    public int Told => Attribution?.Cue.First ?? First;
}

/// <summary>
/// What the article quotes and reports, who said it, and by which words the article tells. English only; by syntax alone, with the
/// article's entities to tell whom a name, a pronoun or a role denotes.
/// </summary>
/// <param name="knowledge">The model's files.</param>
public sealed class QuoteFinder(Knowledge knowledge)
{
    readonly SpeechCues cues = new(knowledge);
    readonly Genders genders = new(knowledge);

    public IReadOnlyList<Quote> Find(Document document, ArticleEntities entities)
    {
        var quotations = Quotations.Find(document);
        var cued = cues.Find(document);
        var quoted = new bool[document.Tokens.Length];
        foreach (var quotation in quotations) quoted.AsSpan(quotation.Open, quotation.Close - quotation.Open).Fill(true);
        var verbs = new bool[document.Tokens.Length];
        foreach (var cue in cued) verbs[cue.First] = true;

        var phrases = new NounPhrases(document, WordClasses.Of(document), verbs, quoted);
        var attributions = new Attributions(document, phrases, quoted, cued);
        var statements = new List<Statement>();
        new DirectSpeech(document, phrases, quoted, quotations, attributions).Find(statements);
        new ReportedSpeech(document, phrases, quoted, attributions).Find(statements);
        new LabelledSpeech(document, entities, phrases, quoted).Find(statements);
        return Quotes(document, statements, new Speakers(document, entities, phrases, quoted, genders));
    }

    static List<Quote> Quotes(Document document, List<Statement> statements, Speakers speakers)
    {
        // A pronoun is resolved by who spoke before, so in the order of the cues.
        statements.Sort((one, other) => one.Told != other.Told ? one.Told.CompareTo(other.Told) : one.First.CompareTo(other.First));
        var quotes = new List<Quote>(statements.Count);
        var (named, speaker) = (default(Phrase), default(Speaker));
        foreach (var (first, end, direct, attribution) in statements)
        {
            if (attribution is { } by && (speaker is null || named != by.Speaker)) (named, speaker) = (by.Speaker, speakers.Resolve(by.Speaker, by.Sentence));
            var span = document.Span(document.Tokens[first].Start, document.Tokens[end - 1].End);
            quotes.Add(new Quote
            {
                Start = span.Start, End = span.End, Text = span.Text, Direct = direct, Speaker = attribution is null ? null : speaker,
                Cue = attribution is { Cue: var cue } && cue.End > cue.First ? document.Span(document.Tokens[cue.First].Start, document.Tokens[cue.End - 1].End).Text : null,
            });
        }
        quotes.Sort((one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.End.CompareTo(one.End));
        return quotes;
    }
}
