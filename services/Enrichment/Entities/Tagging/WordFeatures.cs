using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>A token as the tagger sees it, wherever it stands.</summary>
/// <param name="Folded">Hash in lower case.</param>
/// <param name="Exact">Hash as written; of headlines in capitals, with the first letter upper and the others lower.</param>
/// <param name="Shape">What it looks like.</param>
/// <param name="Cluster">See <see cref="WordClusters"/>.</param>
/// <param name="Group">Of the cluster.</param>
/// <param name="Flags">What is known of it.</param>
public readonly record struct Word(ulong Folded, ulong Exact, Shape Shape, ushort Cluster, byte Group, WordFlags Flags);

/// <summary>
/// The features that depend on one word alone. Their weights are summed once per distinct word and distance, so their number costs
/// nothing where a word is known already.
/// </summary>
public sealed class WordFeatures(NameEvidence evidence, WordClusters clusters)
{
    /// <summary>Words this far to the left and right are seen.</summary>
    public const int Reach = 2;

    public const int MaxKeys = 40;

    /// <summary>What stands before the first and behind the last word of a sentence.</summary>
    public static readonly Word Edge = new(1, 1, Shape.None, 0, 0, WordFlags.None);

    /// <param name="document">Where it stands.</param>
    /// <param name="token">The word.</param>
    /// <param name="lowered">Whether the sentence is all in capitals.</param>
    public Word Describe(Document document, Token token, bool lowered)
    {
        var text = document[token];
        var shape = Shapes.Of(document, token);
        var exact = token.Exact;
        if (lowered && shape == Shape.Upper)
        {
            shape = Shape.Capitalised;
            exact = WordHash.Add(WordHash.Seed, text[0]);
            foreach (var c in text[1..].TrimEnd('.')) exact = WordHash.Add(exact, char.ToLowerInvariant(c));
        }
        var cluster = clusters.Of(token.Kind == TokenKind.Number ? WordClusters.AnyNumber : exact);
        var folded = token.Folded == exact ? cluster : clusters.Of(token.Folded);
        var flags = evidence.Of(token.Folded) | (shape.IsCapital() && folded > 0 ? WordFlags.AlsoLower : WordFlags.None);
        return new Word(token.Folded, exact, shape, cluster > 0 ? cluster : folded, clusters.GroupOf(cluster > 0 ? cluster : folded), flags);
    }

    /// <summary>Keys of a word's features as seen from a distance of -2 to 2 tokens.</summary>
    public int Keys(in Word word, ReadOnlySpan<char> text, int distance, Span<uint> keys)
    {
        var count = 0;
        var place = (distance + Reach) * 32;
        Add(keys, word.Folded, place + 1);
        Add(keys, word.Cluster, place + 2);
        Add(keys, word.Group, place + 3);
        Add(keys, (ulong)word.Shape, place + 4);
        if (distance is < -1 or > 1) return count;
        Add(keys, word.Exact, place + 5);
        for (var flags = (ushort)word.Flags; flags != 0; flags &= (ushort)(flags - 1))
            Add(keys, ((ulong)(flags & -flags) << 8) + (word.Shape.IsCapital() ? 1u : 0), place + 6);
        if (word.Shape is Shape.None or >= Shape.Genitive) return count;
        text = text.TrimEnd('.');
        AddEnd(keys, text, 3, place + 7);
        if (distance != 0) return count;
        AddEnd(keys, text, 2, place + 8);
        AddEnd(keys, text, 4, place + 9);
        AddBegin(keys, text, 2, place + 10);
        AddBegin(keys, text, 3, place + 11);
        AddBegin(keys, text, 4, place + 12);
        Add(keys, (ulong)word.Flags << 8 | (ulong)word.Shape, place + 13);
        Add(keys, (ulong)word.Shape << 8 | (uint)Math.Min(text.Length, 12), place + 14);
        Add(keys, (ulong)word.Group << 8 | (ulong)word.Shape, place + 15);
        Add(keys, clusters.Of(word.Folded), place + 16);
        return count;

        void Add(Span<uint> keys, ulong value, int template) => keys[count++] = Key(value, template);

        void AddEnd(Span<uint> keys, ReadOnlySpan<char> text, int length, int template)
        {
            if (text.Length > length) Add(keys, Hash(text[^length..]), template);
        }

        void AddBegin(Span<uint> keys, ReadOnlySpan<char> text, int length, int template)
        {
            if (text.Length > length) Add(keys, Hash(text[..length]), template);
        }
    }

    public static uint Key(ulong value, int template) => (uint)(WordHash.Join(value, (ulong)template) >> 32);

    static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = WordHash.Seed;
        foreach (var c in text) hash = WordHash.Add(hash, char.ToLowerInvariant(c));
        return hash;
    }
}
