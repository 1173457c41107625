using System.Runtime.Intrinsics;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>What was computed of a word once: how it looks, and its weights as seen from a distance. Bounded: when full it begins anew, between two sentences.</summary>
public sealed class WordCache(WordFeatures features, TaggerWeights weights)
{
    const int Bits = 15, Capacity = 1 << Bits, MaxWords = Capacity / 4 * 3;
    const int Distances = 2 * WordFeatures.Reach + 1;

    readonly ulong[] keys = new ulong[Capacity];
    readonly Word[] words = new Word[Capacity];
    readonly Vector256<short>[] sums = new Vector256<short>[Capacity * Distances];
    readonly byte[] known = new byte[Capacity];
    readonly Vector256<short>[] edge = OfEdge(features, weights);
    int count;

    /// <summary>Room for a sentence: places given before are void.</summary>
    public void Reserve(int tokens)
    {
        if (count + tokens <= MaxWords) return;
        Array.Clear(keys);
        Array.Clear(known);
        count = 0;
    }

    /// <summary>The place of a word.</summary>
    public int Find(Document document, Token token, bool lowered)
    {
        // "No." and "No" have the same hash and differ in shape, and so do a hyphen and a dash.
        var spaced = token.Length == 1 && token.Start > 0 && document.Text[token.Start - 1] == ' ';
        var key = WordHash.Join(token.Exact, (ulong)token.Length << 4 | (ulong)token.Kind << 2 | (spaced ? 2u : 0u) | (lowered ? 1u : 0u)) | 1;
        var slot = (int)(key >> (64 - Bits));
        while (keys[slot] != key)
        {
            if (keys[slot] == 0)
            {
                (keys[slot], words[slot]) = (key, features.Describe(document, token, lowered));
                count++;
                break;
            }
            slot = (slot + 1) & (Capacity - 1);
        }
        return slot;
    }

    public Word this[int slot] => words[slot];

    /// <summary>The weights of a word, whose place is given, as seen from a distance of -2 to 2.</summary>
    public Vector256<short> Sum(Document document, Token token, int slot, int distance)
    {
        var at = slot * Distances + distance + WordFeatures.Reach;
        if ((known[slot] >> (distance + WordFeatures.Reach) & 1) != 0) return sums[at];
        known[slot] |= (byte)(1 << (distance + WordFeatures.Reach));
        Span<uint> into = stackalloc uint[WordFeatures.MaxKeys];
        return sums[at] = weights.Sum(into[..features.Keys(words[slot], document[token], distance, into)]);
    }

    /// <summary>The weights of the sentence's edge.</summary>
    public Vector256<short> Edge(int distance) => edge[distance + WordFeatures.Reach];

    static Vector256<short>[] OfEdge(WordFeatures features, TaggerWeights weights)
    {
        var into = new uint[WordFeatures.MaxKeys];
        return [.. Enumerable.Range(-WordFeatures.Reach, Distances).Select(distance => weights.Sum(into.AsSpan(0, features.Keys(WordFeatures.Edge, "", distance, into))))];
    }
}
