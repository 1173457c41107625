using System.Numerics;
using System.Runtime.InteropServices;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Languages;

/// <summary>What a language is known by.</summary>
/// <param name="Code">ISO 639-1.</param>
/// <param name="Grams">N-grams of a training text, most frequent first.</param>
/// <param name="Letters">Its letters beyond those that all languages of the script share.</param>
/// <param name="Words">Its frequent words, most frequent first.</param>
public sealed record LanguageProfile(string Code, IReadOnlyList<string> Grams, string Letters, IReadOnlyList<string> Words);

/// <summary>
/// The languages of one script, told apart by naive Bayes over character n-grams of one to four letters (Cavnar and Trenkle 1994 for
/// the profiles; Dunning 1994 for adding up logarithms instead of comparing ranks), whole words, and letters a language does not
/// have. An n-gram is a row of weights, one a language, and holds those of its beginnings too: a character costs one addition.
/// </summary>
public sealed class ScriptProfiles
{
    const int MaxLength = 4;

    /// <summary>Frequency falls with rank to the power of -0.93: the mean over the 34 of libexttextcat's profiles that also give counts (0.89 to 0.99).</summary>
    const double ZipfExponent = 0.93;

    /// <summary>Words are fewer than n-grams, and the first of them do not stand out as much.</summary>
    const double FirstRank = 10;

    /// <summary>The part of a language's n-grams that comes from its words, where it has a profile too.</summary>
    const double OfWords = 0.6;

    /// <summary>
    /// The frequency of an n-gram a language is not known to have, the same for all: with its own rarest instead, 100 characters of
    /// English were another language for 538 of 12,000 news texts, now for 2.
    /// </summary>
    const double Unseen = 3e-6;

    const double WordWeight = 4, LetterWeight = 4;

    /// <summary>Weights are logarithms in steps of 1/256.</summary>
    const double Scale = 256;

    readonly string[] codes;
    readonly int width;
    readonly short[] rows;
    readonly (uint Key, int Row)[] slots;
    int count;

    public ScriptProfiles(IReadOnlyList<LanguageProfile> languages)
    {
        codes = [.. languages.Select(language => language.Code)];
        width = (codes.Length + Vector<short>.Count - 1) / Vector<short>.Count * Vector<short>.Count;
        var frequencies = languages.Select(Frequencies).ToList();
        var letters = languages.SelectMany(language => language.Letters).Select(letter => $"{letter}").ToHashSet();
        var grams = frequencies.SelectMany(frequency => frequency.Keys).Concat(letters).SelectMany(Beginnings).Distinct()
            .OrderBy(gram => gram.Length).ThenBy(gram => gram, StringComparer.Ordinal).ToList();
        var words = languages.SelectMany(language => language.Words).Distinct().ToList();
        rows = new short[(grams.Count + words.Count) * width];
        slots = new (uint, int)[BitOperations.RoundUpToPowerOf2((uint)(grams.Count + words.Count) * 2)];
        foreach (var gram in grams)
        {
            var row = NewRow(WordHash.Of(gram));
            if (Find(WordHash.Of(gram.AsSpan(..^1))) is >= 0 and var beginning) rows.AsSpan(beginning, width).CopyTo(row);
            for (var i = 0; i < codes.Length; i++)
            {
                row[i] += (short)(Scale * Math.Log(frequencies[i].GetValueOrDefault(gram, Unseen) / Unseen));
                if (letters.Contains(gram) && !languages[i].Letters.Contains(gram)) row[i] -= (short)(Scale * LetterWeight);
            }
        }
        foreach (var word in words)
        {
            var row = NewRow(Whole(WordHash.Of($"_{word}_")));
            for (var i = 0; i < codes.Length; i++)
                if (languages[i].Words.Contains(word)) row[i] = (short)(Scale * WordWeight);
        }
    }

    static IEnumerable<string> Beginnings(string gram) => Enumerable.Range(1, gram.Length).Select(length => gram[..length]).Where(gram => gram != "_");

    /// <summary>Of a language's n-grams: those of its profile, and those of its words.</summary>
    static Dictionary<string, double> Frequencies(LanguageProfile language)
    {
        var ofWords = language.Grams.Count == 0 ? 1 : language.Words.Count == 0 ? 0 : OfWords;
        var frequencies = new Dictionary<string, double>();
        Add(language.Grams.Select((gram, rank) => (gram, Math.Pow(rank + 1, -ZipfExponent))), 1 - ofWords);
        Add(language.Words.SelectMany((word, rank) => GramsOf($"_{word}_").Select(gram => (gram, 1 / (rank + FirstRank)))), ofWords);
        return frequencies;

        void Add(IEnumerable<(string Gram, double Frequency)> grams, double share)
        {
            var all = grams.Where(gram => gram.Gram.Length <= MaxLength).ToList();
            var total = all.Sum(gram => gram.Frequency);
            foreach (var (gram, frequency) in all) frequencies[gram] = frequencies.GetValueOrDefault(gram) + share * frequency / total;
        }
    }

    static IEnumerable<string> GramsOf(string word) =>
        from start in Enumerable.Range(0, word.Length)
        from length in Enumerable.Range(1, Math.Min(MaxLength, word.Length - start))
        select word.Substring(start, length) into gram
        where gram != "_"
        select gram;

    /// <summary>A word is another feature than the n-gram of the same letters.</summary>
    static ulong Whole(ulong hash) => WordHash.Add(hash, ' ');

    Span<short> NewRow(ulong hash)
    {
        var slot = (uint)hash & (uint)(slots.Length - 1);
        while (slots[slot].Key != 0) slot = slot + 1 & (uint)(slots.Length - 1);
        slots[slot] = (Key(hash), count * width);
        return rows.AsSpan(count++ * width, width);
    }

    int Find(ulong hash)
    {
        var key = Key(hash);
        for (var slot = (uint)hash & (uint)(slots.Length - 1); slots[slot].Key != 0; slot = slot + 1 & (uint)(slots.Length - 1))
            if (slots[slot].Key == key) return slots[slot].Row;
        return -1;
    }

    static uint Key(ulong hash) => (uint)(hash >> 32) | 1;

    /// <summary>The likeliest language of a text, and how likely it is (0 to 1); <c>und</c> and 0 where nothing in it is known.</summary>
    /// <param name="text">Its words in lower case, an underscore before, between and after them.</param>
    public (string Code, double Confidence) Best(ReadOnlySpan<char> text)
    {
        Span<int> scores = stackalloc int[width];
        scores.Clear();
        var evidence = 0;
        var word = WordHash.Seed;
        for (var start = 0; start < text.Length; start++)
        {
            word = WordHash.Add(word, text[start]);
            if (text[start] == '_')
            {
                Add(Find(Whole(word)), scores);
                word = WordHash.Add(WordHash.Seed, '_');
            }
            Add(Longest(text[start..Math.Min(start + MaxLength, text.Length)], ref evidence), scores);
        }
        return evidence == 0 ? ("und", 0) : Best(scores, evidence);
    }

    /// <summary>The row of the longest n-gram that a text begins with, and with it those of all shorter ones.</summary>
    int Longest(ReadOnlySpan<char> text, ref int evidence)
    {
        var row = -1;
        var hash = WordHash.Seed;
        for (var i = 0; i < text.Length; i++)
        {
            hash = WordHash.Add(hash, text[i]);
            if (text[i] == '_' && i == 0) continue;
            if (Find(hash) is var longer && longer < 0) break;
            row = longer;
            evidence++;
            if (text[i] == '_') break;
        }
        return row;
    }

    void Add(int row, Span<int> scores)
    {
        if (row < 0) return;
        var weights = MemoryMarshal.Cast<short, Vector<short>>(rows.AsSpan(row, width));
        var sums = MemoryMarshal.Cast<int, Vector<int>>(scores);
        for (var i = 0; i < weights.Length; i++)
        {
            Vector.Widen(weights[i], out var low, out var high);
            sums[2 * i] += low;
            sums[2 * i + 1] += high;
        }
    }

    // Neighbouring n-grams tell much the same, so their evidence is weakened to its square root before it becomes a probability.
    (string, double) Best(Span<int> scores, int evidence)
    {
        var best = 0;
        for (var i = 1; i < codes.Length; i++)
            if (scores[i] > scores[best]) best = i;
        var others = 0.0;
        for (var i = 0; i < codes.Length; i++)
            if (i != best) others += Math.Exp((scores[i] - scores[best]) / (Scale * Math.Sqrt(evidence)));
        return (codes[best], 1 / (1 + others));
    }
}
