using System.Runtime.Intrinsics;

namespace Tests.Quality.Ner;

/// <summary>Spherical k-means (Dhillon and Modha, 2001): vectors of length one, grouped by their cosine. The same on any number of threads.</summary>
static class KMeans
{
    const int Rounds = 15;

    /// <param name="vectors">Behind each other; made to length one.</param>
    /// <param name="count">Of vectors.</param>
    /// <param name="clusters">How many to make.</param>
    /// <param name="seed">Of the vectors to begin with.</param>
    public static (int[] Cluster, float[] Centres) Group(float[] vectors, int count, int clusters, ulong seed)
    {
        const int size = WordVectors.Size;
        for (var i = 0; i < count; i++) Normalise(vectors.AsSpan(i * size, size));
        // The first vectors are those of the most frequent words, which are known best.
        var order = Enumerable.Range(0, Math.Min(count, 10 * clusters)).ToArray();
        new SplitMix(seed).Shuffle<int>(order);
        var centres = new float[clusters * size];
        for (var c = 0; c < clusters; c++) vectors.AsSpan(order[c % order.Length] * size, size).CopyTo(centres.AsSpan(c * size));
        var cluster = new int[count];
        for (var round = 0; round < Rounds; round++)
        {
            Parallel.For(0, (count + 1023) / 1024, new ParallelOptions { MaxDegreeOfParallelism = 2 }, block =>
            {
                for (var i = block * 1024; i < Math.Min(count, block * 1024 + 1024); i++) cluster[i] = Nearest(vectors, centres, clusters, i * size);
            });
            var sums = new float[clusters * size];
            for (var i = 0; i < count; i++)
                for (var d = 0; d < size; d++) sums[cluster[i] * size + d] += vectors[i * size + d];
            for (var c = 0; c < clusters; c++)
                if (Normalise(sums.AsSpan(c * size, size))) sums.AsSpan(c * size, size).CopyTo(centres.AsSpan(c * size));
        }
        return (cluster, centres);
    }

    static int Nearest(float[] vectors, float[] centres, int clusters, int at)
    {
        var (best, most) = (0, float.MinValue);
        for (var c = 0; c < clusters; c++)
        {
            var dot = Vector256<float>.Zero;
            for (var d = 0; d < WordVectors.Size; d += 8) dot += Vector256.LoadUnsafe(ref vectors[at + d]) * Vector256.LoadUnsafe(ref centres[c * WordVectors.Size + d]);
            var similarity = Vector256.Sum(dot);
            if (similarity > most) (best, most) = (c, similarity);
        }
        return best;
    }

    static bool Normalise(Span<float> vector)
    {
        var square = 0f;
        foreach (var x in vector) square += x * x;
        if (square == 0) return false;
        var length = MathF.Sqrt(square);
        foreach (ref var x in vector) x /= length;
        return true;
    }
}
