using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>
/// A line that begins or a headline that ends with the name of who says the rest: "Merkel: We can do it", "Talks have failed - Zelensky".
/// Only a name that the article's entities know, for "Exclusive:" looks the same; a line that ends with a medium's name is that medium's headline.
/// </summary>
/// <param name="document">Where.</param>
/// <param name="entities">Whom it names.</param>
/// <param name="phrases">Finds noun phrases.</param>
/// <param name="quoted">Which tokens stand in quotation marks or are such marks.</param>
public sealed class LabelledSpeech(Document document, ArticleEntities entities, NounPhrases phrases, bool[] quoted)
{
    const int LongestLabel = 6, FewestWords = 3;

    public void Find(List<Statement> statements)
    {
        for (var s = 0; s < document.Sentences.Length; s++)
        {
            var sentence = document.Sentences[s];
            if (!BeginsLine(sentence.First)) continue;
            if (Label(sentence) is var colon and > 0 && Words(colon + 1, sentence.End) >= FewestWords)
            {
                var label = new Phrase(sentence.First, colon);
                if (!quoted[colon + 1]) statements.Add(new Statement(colon + 1, sentence.End, false, new Attribution(label, new Cue(colon, colon + 1, CueKind.Say), label.First, colon + 1, s, false)));
            }
            else if (document.Tokens[sentence.First].Start < document.BodyStart && Signature(sentence) is var dash and > 0 && Words(sentence.First, dash) >= FewestWords)
            {
                var name = new Phrase(dash + 1, sentence.End);
                statements.Add(new Statement(sentence.First, dash, false, new Attribution(name, new Cue(dash, dash + 1, CueKind.Say), dash, sentence.End, s, false)));
            }
        }
    }

    bool BeginsLine(int i) => i == 0 || document.Text.AsSpan(document.Tokens[i - 1].End, document.Tokens[i].Start - document.Tokens[i - 1].End).Contains('\n');

    /// <summary>The colon behind a name at the beginning, or 0.</summary>
    int Label(Sentence sentence)
    {
        var colon = sentence.First;
        while (colon < sentence.End && colon - sentence.First <= LongestLabel && phrases.Mark(colon) != ':') colon++;
        return colon > sentence.First && colon + 1 < sentence.End && phrases.Mark(colon) == ':' && IsNamed(sentence.First, colon, orOrganisation: true) ? colon : 0;
    }

    /// <summary>The dash before a person's name at the end, or 0.</summary>
    int Signature(Sentence sentence)
    {
        var dash = sentence.End - 1;
        while (dash > sentence.First && sentence.End - dash <= LongestLabel && !(phrases.Mark(dash) == '-' && !phrases.Joins(dash))) dash--;
        return dash > sentence.First && dash + 1 < sentence.End && phrases.Mark(dash) == '-' && IsNamed(dash + 1, sentence.End, orOrganisation: false) ? dash : 0;
    }

    /// <summary>Whether the tokens end with an entity and every word of them begins with a capital.</summary>
    bool IsNamed(int first, int end, bool orOrganisation)
    {
        for (var i = first; i < end; i++)
            if (!phrases.Is(i, WordClass.Capital)) return false;
        return entities.At(end - 1) is var at and >= 0 && entities.Mentions[at].End == end
            && (entities.Entities[entities.Mentions[at].Entity].Type is var type && type == EntityType.Person || orOrganisation && type == EntityType.Organisation);
    }

    int Words(int first, int end)
    {
        var words = 0;
        for (var i = first; i < end; i++)
            if (!quoted[i] && document.Tokens[i].IsWord) words++;
        return words;
    }
}
