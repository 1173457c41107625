using System.Buffers.Binary;

namespace Monitoring.Contracts;

/// <summary>
/// Compares what <see cref="Enrichment.Fingerprint"/> holds: 128 minima of 16 bits, four permutations of 32 bins each, every minimum
/// as a share of its bin. Equal ones estimate how much two texts have in common, their size how long each is: the fewer triples a
/// bin has, the larger the least of them. So a shortened text is known from the fingerprints alone.
/// </summary>
public static class Fingerprints
{
    public const int Permutations = 4, Bins = 32, Count = Permutations * Bins;

    /// <summary>
    /// The estimated part of the shorter text that the longer has. In the 64 labelled pairs for tuning (tests/Quality neardup) it was
    /// 0.58 or more for one text edited, 0.51 or less for two texts with a standing box or paragraphs in common.
    /// </summary>
    const double Enough = 0.55;

    /// <summary>With fewer equal minima the estimate is no better than a guess.</summary>
    const double LeastSimilarity = 0.12;

    /// <summary>Whether one text is the other with edits: shortened, lengthened, updated, under another headline.</summary>
    public static bool AreNearDuplicates(string one, string other) =>
        Values(one) is { } a && Values(other) is { } b && Similarity(a, b) >= LeastSimilarity && Containment(a, b) >= Enough;

    /// <summary>The estimated Jaccard similarity of the word triples of two texts, 0 to 1; its standard error is at most 0.045.</summary>
    public static double Similarity(string one, string other) => Values(one) is { } a && Values(other) is { } b ? Similarity(a, b) : 0;

    /// <summary>The minima, or null where the text is no fingerprint.</summary>
    public static ushort[]? Values(string fingerprint)
    {
        Span<byte> bytes = stackalloc byte[2 * Count];
        if (!Convert.TryFromBase64String(fingerprint, bytes, out var written) || written != bytes.Length) return null;
        var values = new ushort[Count];
        for (var i = 0; i < Count; i++) values[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
        return values;
    }

    public static double Similarity(ReadOnlySpan<ushort> one, ReadOnlySpan<ushort> other)
    {
        var equal = 0;
        for (var i = 0; i < Count; i++)
            if (one[i] == other[i]) equal++;
        return (double)equal / Count;
    }

    /// <summary>The estimated part of the shorter text's triples that the longer has too, 0 to 1.</summary>
    public static double Containment(ReadOnlySpan<ushort> one, ReadOnlySpan<ushort> other)
    {
        var similarity = Similarity(one, other);
        var (shorter, longer) = (Triples(one), Triples(other));
        if (shorter > longer) (shorter, longer) = (longer, shorter);
        // |A ∩ B| = J (|A| + |B|) / (1 + J); never more than the shorter one.
        return Math.Min(1, similarity * (1 + longer / shorter) / (1 + similarity));
    }

    /// <summary>
    /// How many different triples a text has, estimated with a standard error of about 9 %: in a bin with a Poisson number of mean m,
    /// but at least one, the least is on average at 1/m - 1/(e^m - 1).
    /// </summary>
    static double Triples(ReadOnlySpan<ushort> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value + 0.5;
        var mean = sum / (Count * 65536.0);
        var (low, high) = (1e-3, 65536.0);
        for (var i = 0; i < 40; i++)
        {
            var middle = Math.Sqrt(low * high);
            if (1 / middle - 1 / (Math.Exp(middle) - 1) > mean) low = middle;
            else high = middle;
        }
        return Bins * low;
    }
}
