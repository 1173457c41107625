using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>
/// The weights of a linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001): a row of 13 signed bytes per
/// feature, found by the feature's 32-bit key, and a score per pair of labels. A feature that was never seen in training weighs nothing.
/// </summary>
public sealed class TaggerWeights
{
    /// <summary>A bit per hash of a key: most combinations of words were never seen, and this is small enough to stay near the core.</summary>
    readonly ulong[] seen = new ulong[1 << (SeenBits - 6)];
    const int SeenBits = 21;

    readonly (uint Key, int Row)[] slots;
    readonly Vector128<sbyte>[] rows;
    readonly int shift;

    /// <summary>By label before × 16 + label.</summary>
    public short[] Transitions { get; } = new short[Bilou.Lanes * Bilou.Lanes];

    /// <param name="bytes">Little-endian: 16 × 16 transitions of 16 bits, count of rows, their keys, their weights.</param>
    public TaggerWeights(byte[] bytes)
    {
        var at = 0;
        for (var i = 0; i < Transitions.Length; i++, at += 2) Transitions[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at));
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        at += 4;
        var bits = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)Math.Max(count, 1)) + 1;
        shift = 32 - bits;
        slots = new (uint, int)[1 << bits];
        rows = new Vector128<sbyte>[count];
        Span<sbyte> row = stackalloc sbyte[Bilou.Lanes];
        for (var i = 0; i < count; i++)
        {
            Insert(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4 * i)), i + 1);
            for (var label = 0; label < Bilou.Count; label++) row[label] = (sbyte)bytes[at + 4 * count + Bilou.Count * i + label];
            rows[i] = Vector128.Create<sbyte>(row);
        }
    }

    void Insert(uint key, int row)
    {
        seen[key >> (32 - SeenBits + 6)] |= 1ul << (int)(key >> (32 - SeenBits));
        var slot = (int)(key >> shift);
        while (slots[slot].Row != 0) slot = slot + 1 == slots.Length ? 0 : slot + 1;
        slots[slot] = (key, row);
    }

    /// <summary>The weights of features added up. At most 190 features are, of 127 at most each: 16 bits hold it.</summary>
    public Vector256<short> Sum(ReadOnlySpan<uint> features)
    {
        var sum = Vector256<short>.Zero;
        foreach (var key in features)
        {
            if ((seen[key >> (32 - SeenBits + 6)] >> (int)(key >> (32 - SeenBits)) & 1) == 0) continue;
            for (var slot = (int)(key >> shift); slots[slot].Row != 0; slot = slot + 1 == slots.Length ? 0 : slot + 1)
            {
                if (slots[slot].Key != key) continue;
                var (low, high) = Vector128.Widen(rows[slots[slot].Row - 1]);
                sum += Vector256.Create(low, high);
                break;
            }
        }
        return sum;
    }
}
