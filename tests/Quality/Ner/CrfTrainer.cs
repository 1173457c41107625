using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Monitoring.Enrichment.Entities.Tagging;

namespace Tests.Quality.Ner;

/// <summary>
/// Trains a linear-chain CRF by stochastic gradients with AdaGrad (Duchi, Hazan and Singer, 2011), one stretch at a time in an order
/// drawn from the seed; some features of every token are left out at random (dropout), so that no single one is relied upon. One
/// thread: the same seed gives the same bits.
/// </summary>
sealed class CrfTrainer(int features, ulong seed)
{
    const int Lanes = Bilou.Lanes;

    static readonly (byte From, byte To)[] Steps = [.. Allowed()];

    public float[] Weights { get; } = new float[features * Lanes];
    public float[] Transitions { get; } = new float[Lanes * Lanes];

    readonly float[] squares = new float[features * Lanes];
    readonly float[] transitionSquares = new float[Lanes * Lanes];
    SplitMix random = new(seed);

    public float Rate { get; init; } = 0.08f;
    public float Shrink { get; init; } = 2e-6f;

    /// <summary>Of 256, how many features are left out.</summary>
    public int Dropout { get; init; } = 40;

    static IEnumerable<(byte, byte)> Allowed()
    {
        foreach (var from in Bilou.Closed.ToArray())
            foreach (var to in Bilou.Opening.ToArray()) yield return (from, to);
        for (var type = 0; type < 3; type++)
            foreach (var from in new[] { 1, 2 })
                foreach (var to in new[] { 2, 3 }) yield return ((byte)(from + 4 * type), (byte)(to + 4 * type));
    }

    /// <summary>Once through all examples.</summary>
    /// <returns>Negative log-likelihood per token.</returns>
    public double Epoch(NerExamples examples, int[] ids)
    {
        var order = Enumerable.Range(0, examples.Stretches.Count).ToArray();
        random.Shuffle<int>(order);
        var (loss, tokens) = (0.0, 0);
        foreach (var stretch in order)
        {
            if (examples.Weights[stretch] == 0) continue;
            var (first, end) = examples.Stretches[stretch];
            loss += Step(examples, ids, first, end, examples.Weights[stretch]);
            tokens += end - first;
        }
        return loss / Math.Max(tokens, 1);
    }

    int[] active = new int[1 << 14];
    int[] activeStarts = new int[1 << 10];
    float[] scores = [], alpha = [], beta = [], gradient = [];
    readonly float[] stepFactors = new float[Steps.Length];
    readonly float[] endFactors = new float[Lanes];
    readonly float[] transitionGradient = new float[Lanes * Lanes];

    double Step(NerExamples examples, int[] ids, int first, int end, float weight)
    {
        var length = end - first;
        if (scores.Length < length * Lanes) (scores, alpha, beta, gradient) = (new float[length * Lanes], new float[length * Lanes], new float[length * Lanes], new float[length * Lanes]);
        if (activeStarts.Length < length + 1) activeStarts = new int[length + 1];
        Score(examples, ids, first, end);
        Exponentials(length);
        var loss = Expect(examples, first, length);
        Update(length, weight);
        return loss;
    }

    void Score(NerExamples examples, int[] ids, int first, int end)
    {
        var count = 0;
        for (var token = first; token < end; token++)
        {
            activeStarts[token - first] = count;
            var (from, to) = (examples.TokenStarts[token], examples.TokenStarts[token + 1]);
            if (active.Length < count + to - from) Array.Resize(ref active, 2 * (count + to - from));
            Vector256<float> low = default, high = default;
            ulong bits = 0;
            for (var k = from; k < to; k++)
            {
                if ((k - from) % 8 == 0) bits = random.Next();
                var drop = (int)(bits & 255) < Dropout;
                bits >>= 8;
                var id = ids[k];
                if (id < 0 || drop) continue;
                active[count++] = id;
                low += Vector256.LoadUnsafe(ref Weights[id * Lanes]);
                high += Vector256.LoadUnsafe(ref Weights[id * Lanes + 8]);
            }
            low.StoreUnsafe(ref scores[(token - first) * Lanes]);
            high.StoreUnsafe(ref scores[(token - first) * Lanes + 8]);
        }
        activeStarts[end - first] = count;
    }

    /// <summary>Marks the stretches whose labels the model disputes.</summary>
    public bool[] Disputed(NerExamples examples, int[] ids)
    {
        var disputed = new bool[examples.Stretches.Count];
        for (var stretch = 0; stretch < disputed.Length; stretch++)
        {
            var (first, end) = examples.Stretches[stretch];
            var labels = Predict(examples, ids, first, end);
            for (var i = first; i < end; i++) disputed[stretch] |= labels[i - first] != examples.Labels[i];
        }
        return disputed;
    }

    /// <summary>The labels of a stretch by the model as it is.</summary>
    public byte[] Predict(NerExamples examples, int[] ids, int first, int end)
    {
        var sums = new Vector256<short>[end - first];
        Span<float> sum = stackalloc float[Lanes];
        Span<short> rounded = stackalloc short[Lanes];
        rounded.Clear();
        for (var token = first; token < end; token++)
        {
            sum.Clear();
            for (var k = examples.TokenStarts[token]; k < examples.TokenStarts[token + 1]; k++)
                if (ids[k] >= 0)
                    for (var label = 0; label < Bilou.Count; label++) sum[label] += Weights[ids[k] * Lanes + label];
            for (var label = 0; label < Bilou.Count; label++) rounded[label] = (short)Math.Clamp(sum[label] * 128, -32000, 32000);
            sums[token - first] = Vector256.Create<short>(rounded);
        }
        var labels = new byte[end - first];
        Viterbi.Decode(sums, [.. Transitions.Select(weight => (short)Math.Clamp(weight * 128, -32000, 32000))], labels);
        return labels;
    }

    double scoreShift;

    // Scores become factors, each token's divided by its largest.
    void Exponentials(int length)
    {
        scoreShift = 0;
        for (var i = 0; i < length; i++)
        {
            var row = scores.AsSpan(i * Lanes, Lanes);
            var max = row[0];
            for (var label = 1; label < Bilou.Count; label++) max = Math.Max(max, row[label]);
            scoreShift += max;
            for (var label = 0; label < Bilou.Count; label++) row[label] = MathF.Exp(row[label] - max);
        }
        for (var s = 0; s < Steps.Length; s++) stepFactors[s] = MathF.Exp(Transitions[Steps[s].From * Lanes + Steps[s].To]);
        foreach (var label in Bilou.Closed) endFactors[label] = MathF.Exp(Transitions[label * Lanes]);
    }

    double Expect(NerExamples examples, int first, int length)
    {
        Array.Clear(alpha, 0, length * Lanes);
        Array.Clear(beta, 0, length * Lanes);
        Array.Clear(transitionGradient);
        var logarithm = scoreShift;
        for (var i = 0; i < length; i++)
        {
            var row = alpha.AsSpan(i * Lanes, Lanes);
            if (i == 0)
                for (var s = 0; s < Steps.Length; s++) { if (Steps[s].From == Bilou.Outside) row[Steps[s].To] += stepFactors[s]; }
            else
                for (var s = 0; s < Steps.Length; s++) row[Steps[s].To] += alpha[(i - 1) * Lanes + Steps[s].From] * stepFactors[s];
            logarithm += Math.Log(Normalise(row, scores.AsSpan(i * Lanes, Lanes)));
        }
        var total = 0f;
        foreach (var label in Bilou.Closed) total += alpha[(length - 1) * Lanes + label] * endFactors[label];
        logarithm += Math.Log(total);
        foreach (var label in Bilou.Closed) beta[(length - 1) * Lanes + label] = endFactors[label];
        for (var i = length - 1; i > 0; i--)
        {
            var row = beta.AsSpan((i - 1) * Lanes, Lanes);
            for (var s = 0; s < Steps.Length; s++) row[Steps[s].From] += beta[i * Lanes + Steps[s].To] * scores[i * Lanes + Steps[s].To] * stepFactors[s];
            var sum = 0f;
            for (var label = 0; label < Bilou.Count; label++) sum += row[label];
            for (var label = 0; label < Bilou.Count; label++) row[label] /= sum;
        }
        var gold = 0.0;
        for (var i = 0; i < length; i++)
        {
            var row = gradient.AsSpan(i * Lanes, Lanes);
            row.Clear();
            var sum = 0f;
            for (var label = 0; label < Bilou.Count; label++) sum += row[label] = alpha[i * Lanes + label] * beta[i * Lanes + label];
            for (var label = 0; label < Bilou.Count; label++) row[label] /= sum;
            if (i > 0) ExpectSteps(i);
            int label0 = examples.Labels[first + i], before = i > 0 ? examples.Labels[first + i - 1] : Bilou.Outside;
            gold += Math.Log(Math.Max(row[label0], 1e-30));
            row[label0] -= 1;
            if (i > 0) transitionGradient[before * Lanes + label0] -= 1;
        }
        return -gold;
    }

    void ExpectSteps(int i)
    {
        Span<float> pairs = stackalloc float[Steps.Length];
        var sum = 0f;
        for (var s = 0; s < Steps.Length; s++)
        {
            var (from, to) = Steps[s];
            sum += pairs[s] = alpha[(i - 1) * Lanes + from] * stepFactors[s] * scores[i * Lanes + to] * beta[i * Lanes + to];
        }
        for (var s = 0; s < Steps.Length; s++) transitionGradient[Steps[s].From * Lanes + Steps[s].To] += pairs[s] / sum;
    }

    static float Normalise(Span<float> row, ReadOnlySpan<float> factors)
    {
        var sum = 0f;
        for (var label = 0; label < Bilou.Count; label++) sum += row[label] *= factors[label];
        for (var label = 0; label < Bilou.Count; label++) row[label] /= sum;
        return sum;
    }

    void Update(int length, float weight)
    {
        for (var i = 0; i < length; i++)
        {
            var g0 = Vector256.LoadUnsafe(ref gradient[i * Lanes]) * weight;
            var g1 = Vector256.LoadUnsafe(ref gradient[i * Lanes + 8]) * weight;
            var (s0, s1) = (g0 * g0, g1 * g1);
            if (Vector256.Sum(s0 + s1) < 1e-7f) continue;
            for (var k = activeStarts[i]; k < activeStarts[i + 1]; k++)
            {
                Descend(active[k] * Lanes, g0, s0);
                Descend(active[k] * Lanes + 8, g1, s1);
            }
        }
        foreach (var (from, to) in Steps)
        {
            var at = from * Lanes + to;
            var g = transitionGradient[at] * weight;
            if (g == 0) continue;
            transitionSquares[at] += g * g;
            Transitions[at] -= Rate * g / (MathF.Sqrt(transitionSquares[at]) + 1e-3f);
        }
    }

    void Descend(int at, Vector256<float> g, Vector256<float> square)
    {
        var sum = Vector256.LoadUnsafe(ref squares[at]) + square;
        sum.StoreUnsafe(ref squares[at]);
        var w = Vector256.LoadUnsafe(ref Weights[at]);
        w -= Vector256.Create(Rate) * (g + w * Shrink) / (Vector256.Sqrt(sum) + Vector256.Create(1e-2f));
        w.StoreUnsafe(ref Weights[at]);
    }
}
