using System.Buffers.Binary;
using Monitoring.Enrichment.Entities.Tagging;

namespace Tests.Quality.Ner;

/// <summary>Writes what <see cref="TaggerWeights"/> reads: weights rounded to signed bytes, the rows that matter least left out.</summary>
static class TaggerFile
{
    /// <summary>Weights beyond are cut: one such feature decides by itself.</summary>
    const float Largest = 4f;

    public static byte[] Pack(uint[] keys, float[] weights, float[] transitions, int maxRows)
    {
        const float scale = 127 / Largest;
        var rows = Enumerable.Range(0, keys.Length)
            .Select(row => (Row: row, Weight: Importance(weights.AsSpan(row * Bilou.Lanes, Bilou.Count))))
            .Where(row => row.Weight * scale >= 1).OrderByDescending(row => row.Weight).ThenBy(row => keys[row.Row]).Take(maxRows)
            .Select(row => row.Row).OrderBy(row => keys[row]).ToArray();
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
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), keys[row]);
            at += 4;
        }
        foreach (var row in rows)
            for (var label = 0; label < Bilou.Count; label++)
                bytes[at++] = (byte)(sbyte)Math.Clamp(MathF.Round(weights[row * Bilou.Lanes + label] * scale), -127, 127);
        return bytes;
    }

    static float Importance(ReadOnlySpan<float> row)
    {
        var max = 0f;
        foreach (var weight in row) max = Math.Max(max, Math.Abs(weight));
        return max;
    }
}
