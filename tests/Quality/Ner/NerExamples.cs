using System.Runtime.InteropServices;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Entities.Tagging;
using Monitoring.Enrichment.Text;

namespace Tests.Quality.Ner;

/// <summary>Stretches of tokens that may be names, with their features and labels; features of all lie behind each other.</summary>
sealed class NerExamples
{
    public List<uint> Keys { get; } = [];
    public List<int> TokenStarts { get; } = [0];
    public List<byte> Labels { get; } = [];
    public List<(int First, int End)> Stretches { get; } = [];
    /// <summary>By stretch how much it counts; 0 leaves it out.</summary>
    public List<float> Weights { get; } = [];

    readonly SentenceView view = new();

    /// <param name="document">The text.</param>
    /// <param name="names">Its names.</param>
    /// <param name="evidence">Of the tagger.</param>
    /// <param name="features">Of the tagger; none takes the labels only.</param>
    /// <param name="weight">How much each stretch counts.</param>
    public void Add(Document document, List<NamedSpan> names, NameEvidence evidence, WordFeatures? features, float weight)
    {
        var labels = new byte[document.Tokens.Length];
        foreach (var (first, end, type) in names)
            for (var i = first; i < end; i++)
                labels[i] = (byte)Bilou.Of(type, end - first == 1 ? Bilou.Unit : i == first ? Bilou.Begin : i == end - 1 ? Bilou.Last : Bilou.Inside);
        Span<uint> keys = stackalloc uint[ContextFeatures.MaxKeys];
        foreach (var sentence in document.Sentences)
        {
            if (!view.Read(document, sentence, evidence)) continue;
            for (var i = 0; i < view.Length && features is not null; i++) view.Words[i] = features.Describe(document, document.Tokens[sentence.First + i], view.Casing == Casing.Capitals);
            for (var i = 0; i < view.Length; i++)
            {
                if (!view.May[i]) continue;
                var first = i;
                while (i + 1 < view.Length && view.May[i + 1]) i++;
                Clip(labels.AsSpan(sentence.First + first, i + 1 - first));
                Add(document, sentence.First, first, i + 1, features, labels, keys);
                Weights.Add(weight);
            }
        }
    }

    /// <summary>Leaves stretches out.</summary>
    public void Leave(bool[] stretches)
    {
        for (var i = 0; i < stretches.Length; i++)
            if (stretches[i]) Weights[i] = 0;
    }

    // A name that reaches beyond the stretch cannot be found, nor learnt.
    static void Clip(Span<byte> labels)
    {
        for (var i = 0; i < labels.Length && labels[i] != 0 && Bilou.PositionOf(labels[i]) is Bilou.Inside or Bilou.Last; i++) labels[i] = Bilou.Outside;
        for (var i = labels.Length - 1; i >= 0 && labels[i] != 0 && Bilou.PositionOf(labels[i]) is Bilou.Inside or Bilou.Begin; i--) labels[i] = Bilou.Outside;
    }

    void Add(Document document, int offset, int first, int end, WordFeatures? features, byte[] labels, Span<uint> keys)
    {
        var start = Labels.Count;
        for (var i = first; i < end; i++) Labels.Add(labels[offset + i]);
        Stretches.Add((start, Labels.Count));
        for (var run = first; run < end && features is not null;)
        {
            var runEnd = ContextFeatures.RunEnd(view, run, end);
            for (var i = run; i < runEnd; i++)
            {
                Append(keys[..ContextFeatures.RunKeys(view, run, runEnd, keys)]);
                Append(keys[..ContextFeatures.Keys(view, i, run, runEnd, keys)]);
                for (var distance = -WordFeatures.Reach; distance <= WordFeatures.Reach; distance++)
                {
                    var at = i + distance;
                    var text = at >= 0 && at < view.Length ? document[document.Tokens[offset + at]] : "";
                    Append(keys[..features.Keys(view[at], text, distance, keys)]);
                }
                TokenStarts.Add(Keys.Count);
            }
            run = runEnd;
        }
    }

    void Append(ReadOnlySpan<uint> keys)
    {
        foreach (var key in keys) Keys.Add(key);
    }

    /// <summary>Numbers the features that occur often enough, most frequent first; the others become -1.</summary>
    public static (List<(uint Key, int Count)> Features, int[][] Ids) Number(IReadOnlyList<NerExamples> sets, int minimum)
    {
        var counts = new Dictionary<uint, int>();
        foreach (var set in sets)
            foreach (var key in CollectionsMarshal.AsSpan(set.Keys)) CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
        var kept = counts.Where(pair => pair.Value >= minimum).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => (pair.Key, Count: pair.Value)).ToList();
        var ids = kept.Select((feature, id) => (feature.Key, id)).ToDictionary(pair => pair.Key, pair => pair.id);
        return (kept, [.. sets.Select(set => set.Keys.Select(key => ids.GetValueOrDefault(key, -1)).ToArray())]);
    }
}
