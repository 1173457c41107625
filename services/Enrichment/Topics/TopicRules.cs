using System.Globalization;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Topics;

/// <summary>
/// What the curated terms say about every topic: weighted words and phrases, for and against. A term that recurs counts more,
/// though ever less; one in the headline or the opening counts half as much again; a long text needs more than a short one.
/// </summary>
public sealed class TopicRules
{
    const float Recurrence = 0.5f;
    const float InOpening = 1.5f;
    const int OpeningWords = 50;
    const float UsualWords = 300;

    /// <summary>Beyond that more text changes nothing.</summary>
    public const int MaxWords = 3_000;

    readonly record struct Term(int Number, int Topic, float Weight);

    /// <summary>Where a term of a topic stands. Offsets are into <see cref="Document.Text"/>.</summary>
    public readonly record struct Occurrence(int Term, int Topic, float Weight, int Word, int Start, int End);

    readonly Lexicon<Term> terms;
    readonly int topics;

    public TopicRules(Knowledge knowledge, TopicTree tree)
    {
        topics = tree.Count;
        terms = new Lexicon<Term>(knowledge.Read("topic-terms.tsv", columns: 3).Select((row, number) =>
            (row[2], new Term(number, tree.Index(row[0], "topic-terms.tsv"), float.Parse(row[1], CultureInfo.InvariantCulture)))), fold: true);
    }

    /// <summary>Every occurrence of every term, by topic, then by term, then in order of the text.</summary>
    public Occurrence[] Find(Document document)
    {
        var occurrences = new List<Occurrence>();
        var found = new List<Lexicon<Term>.Match>();
        for (var i = 0; i < document.Words.Length && i < MaxWords; i++)
        {
            found.Clear();
            terms.Find(document, i, found);
            foreach (var (end, term) in found)
                occurrences.Add(new Occurrence(term.Number, term.Topic, term.Weight, i, document.Tokens[document.Words[i]].Start, document.Tokens[end - 1].End));
        }
        var sorted = occurrences.ToArray();
        var keys = Array.ConvertAll(sorted, occurrence => (ulong)occurrence.Topic << 48 | (ulong)occurrence.Term << 24 | (uint)occurrence.Word);
        Array.Sort(keys, sorted);
        return sorted;
    }

    /// <summary>By topic: what speaks for it less what speaks against it. 3 is a decisive term, or three weak ones.</summary>
    /// <param name="document">The text.</param>
    /// <param name="occurrences">What <see cref="Find"/> found.</param>
    /// <param name="limit">Of its first so many words.</param>
    public float[] Scores(Document document, Occurrence[] occurrences, int limit = MaxWords)
    {
        var scores = new float[topics];
        for (var i = 0; i < occurrences.Length;)
        {
            var first = occurrences[i];
            var count = 0;
            for (; i < occurrences.Length && occurrences[i].Term == first.Term; i++)
                if (occurrences[i].Word < limit) count++;
            if (count > 0) scores[first.Topic] += first.Weight * (1 + Recurrence * MathF.Log2(count)) * (first.Word < OpeningWords ? InOpening : 1);
        }
        var length = MathF.Max(1, MathF.Sqrt(Math.Min(document.Words.Length, limit) / UsualWords));
        for (var topic = 0; topic < scores.Length; topic++) scores[topic] /= length;
        return scores;
    }
}
