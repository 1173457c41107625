using System.Collections.Concurrent;
using System.Runtime.Intrinsics;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>
/// Finds the names of persons, organisations and places in English news by a linear-chain conditional random field over hashed
/// features, and makes a document agree with itself (<see cref="NameConsistency"/>). Integer arithmetic: the same text and weights
/// always give the same names. Safe to use from several threads.
/// </summary>
public sealed class NameTagger
{
    readonly NameEvidence evidence;
    readonly WordFeatures features;
    readonly TaggerWeights weights;
    readonly ConcurrentBag<Reader> readers = [];

    public NameTagger(Knowledge knowledge) : this(new NameEvidence(knowledge), new WordClusters(knowledge.ReadBytes("ner.clusters")), new TaggerWeights(knowledge.ReadBytes("ner.weights"))) { }

    public NameTagger(NameEvidence evidence, WordClusters clusters, TaggerWeights weights)
    {
        this.evidence = evidence;
        this.weights = weights;
        features = new WordFeatures(evidence, clusters);
    }

    /// <summary>Names in order of the text, none overlapping another, without titles before and genitives behind.</summary>
    public List<NamedSpan> Tag(Document document)
    {
        var names = TagSentences(document);
        return NameConsistency.Apply(document, names);
    }

    /// <summary>As the sentences stand alone.</summary>
    public List<NamedSpan> TagSentences(Document document)
    {
        if (!readers.TryTake(out var reader)) reader = new Reader(evidence, features, weights);
        try
        {
            var names = new List<NamedSpan>();
            foreach (var sentence in document.Sentences) reader.Tag(document, sentence, names);
            return names;
        }
        finally
        {
            readers.Add(reader);
        }
    }

    /// <summary>What one thread needs to read a sentence.</summary>
    sealed class Reader(NameEvidence evidence, WordFeatures features, TaggerWeights weights)
    {
        /// <summary>So far around it a candidate sees: two words, or those around its run.</summary>
        const int Sight = WordFeatures.Reach;

        readonly SentenceView view = new();
        readonly WordCache cache = new(features, weights);
        int[] slots = [];
        Vector256<short>[] scores = [];
        byte[] labels = [];

        public void Tag(Document document, Sentence sentence, List<NamedSpan> names)
        {
            if (!view.Read(document, sentence, evidence)) return;
            if (slots.Length < view.Length) (slots, scores, labels) = (new int[view.Length], new Vector256<short>[view.Length], new byte[view.Length]);
            cache.Reserve(view.Length);
            for (int i = 0, near = 0; i < view.Length; i++)
            {
                // Words that no candidate sees need no look.
                if (i + Sight < view.Length && view.May[i + Sight]) near = i + 2 * Sight + 1;
                if (i == 0) near = Math.Max(near, view.May[..Math.Min(Sight, view.Length)].LastIndexOf(true) + Sight + 1);
                if (i >= near) continue;
                slots[i] = cache.Find(document, document.Tokens[sentence.First + i], view.Casing == Casing.Capitals);
                view.Words[i] = cache[slots[i]];
            }
            for (var i = 0; i < view.Length; i++)
            {
                if (!view.May[i]) continue;
                var first = i;
                while (i + 1 < view.Length && view.May[i + 1]) i++;
                Score(document, sentence.First, first, i + 1);
                Viterbi.Decode(scores.AsSpan(first..(i + 1)), weights.Transitions, labels.AsSpan(first..(i + 1)));
                Collect(sentence.First, first, i + 1, names);
            }
        }

        void Score(Document document, int offset, int first, int end)
        {
            Span<uint> keys = stackalloc uint[ContextFeatures.MaxKeys];
            for (var run = first; run < end;)
            {
                var runEnd = ContextFeatures.RunEnd(view, run, end);
                var shared = weights.Sum(keys[..ContextFeatures.RunKeys(view, run, runEnd, keys)]);
                for (var i = run; i < runEnd; i++)
                {
                    var sum = shared + weights.Sum(keys[..ContextFeatures.Keys(view, i, run, runEnd, keys)]);
                    for (var distance = -WordFeatures.Reach; distance <= WordFeatures.Reach; distance++)
                        sum += i + distance >= 0 && i + distance < view.Length
                            ? cache.Sum(document, document.Tokens[offset + i + distance], slots[i + distance], distance)
                            : cache.Edge(distance);
                    scores[i] = sum;
                }
                run = runEnd;
            }
        }

        // King, Prince and Judge are titles and names.
        static bool IsTitle(WordFlags flags) => (flags & (WordFlags.Title | WordFlags.Given | WordFlags.City | WordFlags.Surname)) == WordFlags.Title;

        void Collect(int offset, int first, int end, List<NamedSpan> names)
        {
            for (var i = first; i < end; i++)
            {
                if (labels[i] == Bilou.Outside) continue;
                var begin = i;
                while (Bilou.PositionOf(labels[i]) is Bilou.Begin or Bilou.Inside) i++;
                var (type, last) = (Bilou.TypeOf(labels[i]), i + 1);
                while (type == EntityType.Person && last - begin > 1 && IsTitle(view[begin].Flags)) begin++;
                // A genitive ends a name only where it is known to (McDonald's).
                if (last - begin > 1 && view[last - 1].Shape == Shape.Genitive && view.Marks[last - 1] == 0) last--;
                names.Add(new NamedSpan(offset + begin, offset + last, type));
            }
        }
    }
}
