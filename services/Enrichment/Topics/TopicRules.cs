using System.Globalization;
using Monitoring.Contracts;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Topics;

/// <summary>
/// Media Topics by weighted terms: a topic is assigned when what speaks for it, less what speaks against it, is enough. A term
/// that recurs counts more, though ever less; one in the headline or the opening counts half as much again; a long text needs
/// more than a short one.
/// </summary>
public sealed class TopicRules
{
    const double Enough = 3;
    const double Recurrence = 0.5;
    const double InOpening = 1.5;
    const int OpeningWords = 40;
    const double UsualWords = 300;
    const int MaxEvidence = 10;

    sealed record Concept(string Id, string Name, string Broader);
    sealed record Term(int Number, string Topic, double Weight);
    sealed record Occurrences(Term Term, List<(int Start, int End)> Spans);

    readonly Dictionary<string, Concept> concepts;
    readonly Lexicon<Term> terms;

    public TopicRules(Knowledge knowledge)
    {
        concepts = knowledge.Read("topics.tsv", columns: 3).Where(row => row[0] != "id")
            .Select(row => new Concept(row[0], row[1], row[2])).ToDictionary(concept => concept.Id);
        var rows = knowledge.Read("topic-terms.tsv", columns: 3)
            .Select((row, number) => (Term: new Term(number, row[0], double.Parse(row[1], CultureInfo.InvariantCulture)), Phrase: row[2])).ToList();
        foreach (var (term, _) in rows)
            if (!concepts.ContainsKey(term.Topic)) throw new InvalidDataException($"topic-terms.tsv: {term.Topic} is not in topics.tsv.");
        terms = new Lexicon<Term>(rows.Select(row => (row.Phrase, row.Term)), fold: true);
    }

    public IReadOnlyList<Topic> Find(Document document)
    {
        var occurrences = Occur(document);
        var opening = Opening(document);
        var length = Math.Max(1, Math.Sqrt(document.Words.Length / UsualWords));
        return [.. occurrences.Values.GroupBy(found => found.Term.Topic)
            .Select(topic => (Topic: topic, Score: topic.Sum(found => Score(found, opening)) / length))
            .Where(topic => topic.Score >= Enough)
            .Select(topic => ToTopic(topic.Topic.Key, topic.Score, topic.Topic, document))
            .OrderByDescending(topic => topic.Score).ThenBy(topic => topic.Id, StringComparer.Ordinal)];
    }

    static double Score(Occurrences found, int opening) =>
        found.Term.Weight * (1 + Recurrence * Math.Log2(found.Spans.Count))
        * (found.Spans[0].Start < opening ? InOpening : 1);

    /// <summary>Where the headline and the first words of the body end.</summary>
    static int Opening(Document document)
    {
        var word = 0;
        while (word < document.Words.Length && document.Tokens[document.Words[word]].Start < document.BodyStart) word++;
        return word + OpeningWords < document.Words.Length ? document.Tokens[document.Words[word + OpeningWords]].Start : document.Text.Length;
    }

    Dictionary<int, Occurrences> Occur(Document document)
    {
        var occurring = new Dictionary<int, Occurrences>();
        var found = new List<Lexicon<Term>.Match>();
        for (var i = 0; i < document.Words.Length; i++)
        {
            found.Clear();
            terms.Find(document, i, found);
            foreach (var (end, term) in found)
            {
                if (!occurring.TryGetValue(term.Number, out var occurrences)) occurring.Add(term.Number, occurrences = new Occurrences(term, []));
                occurrences.Spans.Add((document.Tokens[document.Words[i]].Start, document.Tokens[end - 1].End));
            }
        }
        return occurring;
    }

    Topic ToTopic(string id, double score, IEnumerable<Occurrences> found, Document document) => new()
    {
        Id = id,
        Name = concepts[id].Name,
        Score = Math.Round(score / (score + Enough), 3),
        Broader = [.. Broader(id)],
        Evidence = [.. found.Where(occurrences => occurrences.Term.Weight > 0).SelectMany(occurrences => occurrences.Spans)
            .OrderBy(span => span.Start).ThenBy(span => span.End).Distinct().Take(MaxEvidence).Select(span => document.Span(span.Start, span.End))],
    };

    IEnumerable<BroaderTopic> Broader(string id)
    {
        for (var next = concepts[id].Broader; next.Length > 0; next = concepts[next].Broader)
            yield return new BroaderTopic(next, concepts[next].Name);
    }
}
