using System.Buffers.Binary;
using Monitoring.Contracts;
using Monitoring.Enrichment.Languages;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Summary;

/// <summary>
/// MinHash (Broder 1997) of a text's word triples: four permutations, each with the minima of 32 bins of one hash (Li, Owen and Zhang
/// 2012), bins without a triple filled from others (Shrivastava 2017). <see cref="Fingerprints"/> compares two.
/// </summary>
public static class Fingerprint
{
    const int Words = 3;
    const int BinBits = 5;
    const uint Empty = uint.MaxValue;

    static readonly ulong[] Permutations = [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93];

    /// <summary>In Base64, or null where the text has fewer than three words.</summary>
    public static string? Of(Document document)
    {
        Span<uint> minima = stackalloc uint[Fingerprints.Count];
        minima.Fill(Empty);
        ulong first = 0, second = 0;
        var count = 0;
        var captions = Gallery.Captions(document);
        var caption = 0;
        for (var i = 0; i < document.Words.Length; i++)
        {
            while (caption < captions.Count && captions[caption].End <= i) caption++;
            if (caption < captions.Count && captions[caption].First <= i) continue;
            var token = document.Tokens[document.Words[i]];
            // Without spaces between words a token is half a sentence: its characters are the words.
            var spaced = document.Text[token.Start] < '\u0E00' || !WithoutSpaces(document.Text[token.Start]);
            for (var at = token.Start; at < token.End; at++)
            {
                var word = spaced ? token.Folded : document.Text[at];
                if (++count >= Words) Add(WordHash.Join(WordHash.Join(first, second), word), minima);
                (first, second) = (second, word);
                if (spaced) break;
            }
        }
        return count < Words ? null : Encode(minima);
    }

    static bool WithoutSpaces(char c) => Scripts.Of(c) is Script.Han or Script.Kana or Script.Thai or Script.Lao or Script.Khmer or Script.Myanmar;

    static void Add(ulong triple, Span<uint> minima)
    {
        for (var i = 0; i < Fingerprints.Permutations; i++)
        {
            var hash = (triple ^ triple >> 32) * Permutations[i];
            hash = (hash ^ hash >> 29) * 0xBF58476D1CE4E5B9;
            var bin = i * Fingerprints.Bins + (int)(hash >> 64 - BinBits);
            minima[bin] = Math.Min(minima[bin], (uint)(hash << BinBits >> 48));
        }
    }

    static string Encode(ReadOnlySpan<uint> minima)
    {
        Span<byte> bytes = stackalloc byte[2 * Fingerprints.Count];
        for (var i = 0; i < Fingerprints.Count; i++) BinaryPrimitives.WriteUInt16BigEndian(bytes[(2 * i)..], (ushort)Filled(minima, i));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>An empty bin takes the minimum of another of its permutation, the same in every text in which that one is not empty.</summary>
    static uint Filled(ReadOnlySpan<uint> minima, int bin)
    {
        var minimum = minima[bin];
        for (var attempt = 1UL; minimum == Empty; attempt++)
            minimum = minima[bin / Fingerprints.Bins * Fingerprints.Bins + (int)(WordHash.Join((ulong)bin, attempt) >> 64 - BinBits)];
        return minimum;
    }
}
