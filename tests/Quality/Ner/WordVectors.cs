using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tests.Quality.Ner;

/// <summary>
/// Word vectors by skip-grams with negative sampling (Mikolov et al., 2013) whose contexts know their place (Ling et al., "Two/Too Simple
/// Adaptations of Word2Vec for Syntax Problems", 2015): words that take the same place among the same neighbours lie together. One thread.
/// </summary>
static class WordVectors
{
    public const int Size = 64;
    const int Window = 2, Negatives = 5, Places = 2 * Window;
    const float FirstRate = 0.04f;

    /// <param name="sentences">Words by number, most frequent first; -1 ends a sentence.</param>
    /// <param name="counts">By word.</param>
    /// <param name="epochs">Times through the text.</param>
    /// <param name="seed">Of everything random.</param>
    public static float[] Train(ReadOnlySpan<int> sentences, int[] counts, int epochs, ulong seed)
    {
        var random = new SplitMix(seed);
        var words = new float[counts.Length * Size];
        for (var i = 0; i < words.Length; i++) words[i] = ((random.Next() >> 40) / (float)(1 << 24) - 0.5f) / Size;
        var contexts = new float[counts.Length * Places * Size];
        var noise = Noise(counts);
        var length = sentences.Length;
        var keep = counts.Select(count => KeepOf(count, length)).ToArray();
        var (seen, total) = (0L, (long)sentences.Length * epochs);
        for (var epoch = 0; epoch < epochs; epoch++)
            for (var i = 0; i < sentences.Length; i++)
            {
                seen++;
                var word = sentences[i];
                if (word < 0 || (uint)(random.Next() >> 32) > keep[word]) continue;
                var rate = FirstRate * Math.Max(1 - (float)seen / total, 0.01f);
                for (var place = 0; place < Places; place++)
                {
                    var at = Neighbour(sentences, i, place);
                    if (at >= 0) Learn(words, contexts, word, sentences[at], place, noise, rate, ref random);
                }
            }
        return words;
    }

    static uint KeepOf(int count, int total)
    {
        var frequency = (double)count / total;
        return (uint)(Math.Min(1, Math.Sqrt(1e-4 / frequency) + 1e-4 / frequency) * uint.MaxValue);
    }

    // Places: one left, two left, one right, two right; none beyond the sentence.
    static int Neighbour(ReadOnlySpan<int> sentences, int i, int place)
    {
        var (step, distance) = (place < Window ? -1 : 1, place % Window + 1);
        for (var d = 1; d <= distance; d++)
            if (i + d * step < 0 || i + d * step >= sentences.Length || sentences[i + d * step] < 0) return -1;
        return i + distance * step;
    }

    static int[] Noise(int[] counts)
    {
        const int slots = 1 << 20;
        var total = counts.Sum(count => Math.Pow(count, 0.75));
        var table = new int[slots];
        var (word, reached) = (0, Math.Pow(counts[0], 0.75));
        for (var i = 0; i < slots; i++)
        {
            while (reached / total < (i + 0.5) / slots && word + 1 < counts.Length) reached += Math.Pow(counts[++word], 0.75);
            table[i] = word;
        }
        return table;
    }

    static void Learn(float[] words, float[] contexts, int word, int neighbour, int place, int[] noise, float rate, ref SplitMix random)
    {
        ref var vector = ref words[word * Size];
        Span<float> change = stackalloc float[Size];
        change.Clear();
        ref var changes = ref MemoryMarshal.GetReference(change);
        for (var n = 0; n <= Negatives; n++)
        {
            var target = n == 0 ? neighbour : noise[random.Next(noise.Length)];
            if (n > 0 && target == neighbour) continue;
            ref var context = ref contexts[(target * Places + place) * Size];
            var dot = Vector256<float>.Zero;
            for (nuint d = 0; d < Size; d += 8) dot += Vector256.LoadUnsafe(ref vector, d) * Vector256.LoadUnsafe(ref context, d);
            var gradient = Vector256.Create(((n == 0 ? 1 : 0) - Sigmoid(Vector256.Sum(dot))) * rate);
            for (nuint d = 0; d < Size; d += 8)
            {
                var c = Vector256.LoadUnsafe(ref context, d);
                (Vector256.LoadUnsafe(ref changes, d) + gradient * c).StoreUnsafe(ref changes, d);
                (c + gradient * Vector256.LoadUnsafe(ref vector, d)).StoreUnsafe(ref context, d);
            }
        }
        for (nuint d = 0; d < Size; d += 8) (Vector256.LoadUnsafe(ref vector, d) + Vector256.LoadUnsafe(ref changes, d)).StoreUnsafe(ref vector, d);
    }

    static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-Math.Clamp(x, -8, 8)));
}
