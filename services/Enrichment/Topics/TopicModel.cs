using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Topics;

/// <summary>
/// The top-level topic by multinomial logistic regression over hashed words, pairs of neighbours and words of the opening
/// (Weinberger et al. 2009 for the hashing), weighted by (1 + ln frequency) × inverse document frequency and normalised, and over
/// what the curated terms say about each topic. Weights are bytes, one row of sixteen for a feature: fifteen topics, then the
/// feature's inverse document frequency.
/// </summary>
public sealed class TopicModel
{
    public const int Bits = 18, Lanes = 16;
    public const float IdfScale = 26, RuleNorm = 0.5f, BiasValue = 0.3f;
    const int MaxWords = 1_000, OpeningWords = 25;

    /// <summary>Words of the openings that are read once more by themselves, for news tells first what it is about.</summary>
    public static readonly int[] Views = [200, 70, 25];

    // Of the whole and of the openings; of the curated terms by themselves; and how far the sum is from a probability.
    const float Whole = 0.5f, Temperature = 1.65f, Terms = 0.3f;
    static readonly float[] ViewWeights = [0.3f, 0.3f, 0.2f];
    const int HeaderBytes = 4 + 4 * Lanes;
    const ulong Opening = 0x0F;
    const ulong NumberWord = 0x07;

    /// <summary>A feature of a text: the row of its weights, and how much of it there is.</summary>
    public readonly record struct Feature(int Row, float Value);

    readonly byte[] bytes;
    readonly float scale;
    readonly ulong[] ruleRows;
    readonly int[] tops;

    /// <summary>By lane: index of the topic; -1 where there is none.</summary>
    public int[] Topics { get; } = new int[Lanes];

    /// <summary>Weights as <see cref="Pack"/> writes them: the scale, the topics' ids as numbers, then the rows.</summary>
    public TopicModel(byte[] bytes, TopicTree tree)
    {
        if (bytes.Length != HeaderBytes + ((1 << Bits) + 1) * Lanes) throw new InvalidDataException($"topic-weights.bin: {bytes.Length} bytes.");
        this.bytes = bytes;
        scale = BinaryPrimitives.ReadSingleLittleEndian(bytes);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var number = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4 + 4 * lane));
            Topics[lane] = number == 0 ? -1 : tree.Index($"medtop:{number:D8}", "topic-weights.bin");
        }
        ruleRows = RuleRows(tree);
        tops = [.. Enumerable.Range(0, tree.Count).Select(tree.Top)];
    }

    public static byte[] Pack(int[] topicNumbers, float[] weights, byte[] idf)
    {
        var largest = 0f;
        foreach (var weight in weights) largest = MathF.Max(largest, MathF.Abs(weight));
        // The few weights beyond are cut: finer steps for all others are worth more.
        var scale = largest / 2 / sbyte.MaxValue;
        var bytes = new byte[HeaderBytes + weights.Length];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, scale);
        for (var lane = 0; lane < topicNumbers.Length; lane++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 + 4 * lane), topicNumbers[lane]);
        for (var i = 0; i < weights.Length; i++)
            bytes[HeaderBytes + i] = i % Lanes == Lanes - 1 ? idf[i / Lanes] : (byte)(sbyte)Math.Clamp(MathF.Round(weights[i] / scale), -127, 127);
        return bytes;
    }

    static ulong[] RuleRows(TopicTree tree) => [.. Enumerable.Range(0, tree.Count).Select(topic => WordHash.Of(tree.Id(topic)))];

    /// <summary>Rows of the text's words, pairs and opening words with their counts, in order of first occurrence.</summary>
    /// <param name="document">The text.</param>
    /// <param name="limit">Its first so many words.</param>
    public static List<(int Row, int Count)> Count(Document document, int limit = MaxWords)
    {
        var words = Math.Min(document.Words.Length, limit);
        var counted = new List<(int Row, int Count)>(2 * words + OpeningWords);
        // Open addressing: at most 2,025 features in 4,096 cells.
        Span<short> cells = stackalloc short[4096];
        cells.Clear();
        ulong previous = 0;
        for (var i = 0; i < words; i++)
        {
            var word = Word(document, i);
            Add(Row(word), cells, counted);
            if (i < OpeningWords) Add(Row(WordHash.Join(word, Opening)), cells, counted);
            if (i > 0) Add(Row(WordHash.Join(previous, word)), cells, counted);
            previous = word;
        }
        return counted;
    }

    static void Add(int row, Span<short> cells, List<(int Row, int Count)> counted)
    {
        var cell = row & (cells.Length - 1);
        for (; cells[cell] != 0; cell = (cell + 1) & (cells.Length - 1))
        {
            ref var same = ref CollectionsMarshal.AsSpan(counted)[cells[cell] - 1];
            if (same.Row != row) continue;
            same.Count++;
            return;
        }
        counted.Add((row, 1));
        cells[cell] = (short)counted.Count;
    }

    static ulong Word(Document document, int word)
    {
        ref readonly var token = ref document.Tokens[document.Words[word]];
        return token.Kind == TokenKind.Number ? NumberWord : token.Folded;
    }

    static int Row(ulong feature) => (int)((feature * 0x9E3779B97F4A7C15) >> (64 - Bits));

    /// <summary>The weighted, normalised features; those without an inverse document frequency are unknown words.</summary>
    public static Feature[] Weigh(List<(int Row, int Count)> counted, Func<int, byte> idf, ReadOnlySpan<float> rules, TopicTree tree) =>
        Weigh(counted, idf, rules, RuleRows(tree));

    static Feature[] Weigh(List<(int Row, int Count)> counted, Func<int, byte> idf, ReadOnlySpan<float> rules, ulong[] ruleRows)
    {
        var features = new Feature[counted.Count + rules.Length + 1];
        var (count, norm) = (0, 1e-9f);
        foreach (var (row, times) in counted)
        {
            var rarity = idf(row);
            if (rarity == 0) continue;
            var value = (times == 1 ? 1 : 1 + MathF.Log(times)) * rarity;
            features[count++] = new Feature(row, value);
            norm += value * value;
        }
        Scale(features.AsSpan(0, count), 1 / MathF.Sqrt(norm));
        var text = count;
        norm = 1;
        for (var topic = 0; topic < rules.Length; topic++)
        {
            if (rules[topic] <= 0) continue;
            var value = MathF.Log(1 + rules[topic]);
            features[count++] = new Feature(Row(ruleRows[topic]), value);
            norm += value * value;
        }
        Scale(features.AsSpan(text, count - text), RuleNorm / MathF.Sqrt(norm));
        features[count++] = new Feature(1 << Bits, BiasValue);
        return features[..count];
    }

    static void Scale(Span<Feature> features, float factor)
    {
        foreach (ref var feature in features) feature = feature with { Value = feature.Value * factor };
    }

    /// <summary>By lane: the logarithm of the topic's probability, up to a constant.</summary>
    /// <param name="document">The text.</param>
    /// <param name="rules">The curated terms.</param>
    /// <param name="occurrences">Where they stand.</param>
    /// <param name="scores">What they say about each topic.</param>
    public float[] Score(Document document, TopicRules rules, TopicRules.Occurrence[] occurrences, float[] scores)
    {
        var whole = Score(Count(document), scores);
        var sums = new float[Lanes];
        for (var lane = 0; lane < Lanes; lane++) sums[lane] = Whole * whole[lane];
        for (var i = 0; i < Views.Length; i++)
        {
            var view = document.Words.Length > Views[i] ? Score(Count(document, Views[i]), rules.Scores(document, occurrences, Views[i])) : whole;
            for (var lane = 0; lane < Lanes; lane++) sums[lane] += ViewWeights[i] * view[lane];
        }
        for (var lane = 0; lane < Lanes; lane++) sums[lane] = (sums[lane] + Terms * MathF.Log(1 + Strongest(lane, scores))) / Temperature;
        return sums;
    }

    float Strongest(int lane, float[] scores)
    {
        var strongest = 0f;
        for (var topic = 0; topic < scores.Length; topic++)
            if (tops[topic] == Topics[lane]) strongest = MathF.Max(strongest, scores[topic]);
        return strongest;
    }

    /// <summary>By lane, of one view: as the model was fitted.</summary>
    float[] Score(List<(int Row, int Count)> counted, ReadOnlySpan<float> rules)
    {
        var features = Weigh(counted, row => bytes[HeaderBytes + row * Lanes + Lanes - 1], rules, ruleRows);
        Vector128<float> a = default, b = default, c = default, d = default;
        foreach (var feature in features)
        {
            var row = Vector128.Create<byte>(bytes.AsSpan(HeaderBytes + feature.Row * Lanes, Lanes)).AsSByte();
            var (low, high) = Vector128.Widen(row);
            var (lowest, lower) = Vector128.Widen(low);
            var (higher, highest) = Vector128.Widen(high);
            a += Vector128.ConvertToSingle(lowest) * feature.Value;
            b += Vector128.ConvertToSingle(lower) * feature.Value;
            c += Vector128.ConvertToSingle(higher) * feature.Value;
            d += Vector128.ConvertToSingle(highest) * feature.Value;
        }
        var scores = new float[Lanes];
        (a * scale).CopyTo(scores, 0);
        (b * scale).CopyTo(scores, 4);
        (c * scale).CopyTo(scores, 8);
        (d * scale).CopyTo(scores, 12);
        return scores;
    }

    /// <summary>The words that speak most for a topic, strongest first: offsets into <see cref="Document.Text"/>.</summary>
    /// <param name="document">The text.</param>
    /// <param name="lane">The topic's.</param>
    /// <param name="count">At most so many.</param>
    public List<(int Start, int End)> Evidence(Document document, int lane, int count)
    {
        var best = new List<(int Gain, int Row, int Start, int End)>();
        var least = 0;
        ulong previous = 0;
        for (int i = 0, words = Math.Min(document.Words.Length, MaxWords); i < words; i++)
        {
            var word = Word(document, i);
            var token = document.Tokens[document.Words[i]];
            Keep(Row(word), token.Start, token.End);
            // A pair across a comma or a sentence's end is learnt, but shows nobody anything.
            if (i > 0 && document.Words[i] == document.Words[i - 1] + 1) Keep(Row(WordHash.Join(previous, word)), document.Tokens[document.Words[i - 1]].Start, token.End);
            previous = word;
        }
        return [.. best.OrderByDescending(piece => piece.Gain).ThenBy(piece => piece.Start).Select(piece => (piece.Start, piece.End))];

        void Keep(int row, int start, int end)
        {
            var at = HeaderBytes + row * Lanes;
            var gain = (sbyte)bytes[at + lane] * bytes[at + Lanes - 1];
            if (gain <= least || best.Exists(piece => piece.Row == row)) return;
            if (best.Count == count) best.Remove(best.MinBy(piece => piece.Gain));
            best.Add((gain, row, start, end));
            if (best.Count == count) least = best.Min(piece => piece.Gain);
        }
    }
}
