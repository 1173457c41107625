using System.Buffers.Binary;
using Monitoring.Enrichment.Entities.Tagging;

namespace Tests.Quality.Ner;

/// <summary>Writes what <see cref="TaggerWeights"/> reads: weights rounded to signed bytes, the rows that matter least left out.</summary>
static class TaggerFile
{
    /// <summary>Weights beyond are cut: one such feature decides by itself.</summary>
    const float Most = 4f;

    /// <summary>
    /// A feature matters by its largest weight and, less so, by how often it is met. With 190,000 or 130,000 rows of 335,000 F1 stays as
    /// it is (crossner.pol 68.0 each), so the file is kept small.
    /// </summary>
    const double Rarity = 0.5;

    public static byte[] Pack(List<(uint Key, int Count)> features, float[] weights, float[] transitions, int maxRows)
    {
        const float scale = 127 / Most;
        var rows = Enumerable.Range(0, features.Count)
            .Select(row => (Row: row, Weight: Largest(weights.AsSpan(row * Bilou.Lanes, Bilou.Count))))
            .Where(row => row.Weight * scale >= 1).OrderByDescending(row => row.Weight * Math.Pow(features[row.Row].Count, Rarity)).ThenBy(row => features[row.Row].Key).Take(maxRows)
            .Select(row => row.Row).OrderBy(row => features[row].Key).ToArray();
        var bytes = new byte[2 * transitions.Length + 4 + rows.Length * (4 + Bilou.Count)];
        var at = 0;
        foreach (var transition in transitions)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), (short)Math.Clamp(MathF.Round(transition * scale), -30000, 30000));
            at += 2;
        }
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), rows.Length);
        at += 4;
        foreach (var row in rows)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), features[row].Key);
            at += 4;
        }
        foreach (var row in rows)
            for (var label = 0; label < Bilou.Count; label++)
                bytes[at++] = (byte)(sbyte)Math.Clamp(MathF.Round(weights[row * Bilou.Lanes + label] * scale), -127, 127);
        return bytes;
    }

    static float Largest(ReadOnlySpan<float> row)
    {
        var max = 0f;
        foreach (var weight in row) max = Math.Max(max, Math.Abs(weight));
        return max;
    }
}
