using System.Buffers.Binary;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>Words that stand in like company, learnt from raw news (tests/Quality/Ner): a cluster, and the group of clusters it belongs to; 0 where a word is unknown.</summary>
public sealed class WordClusters
{
    /// <summary>Numbers are one word.</summary>
    public const ulong AnyNumber = 1;

    readonly Dictionary<uint, ushort> clusters;
    readonly byte[] groups;

    /// <param name="bytes">Little-endian: count of clusters, a group for each, count of words, the upper halves of their hashes, a cluster for each.</param>
    public WordClusters(byte[] bytes)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        groups = bytes[4..(4 + count)];
        var at = 4 + count;
        var words = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        var keys = bytes.AsSpan(at + 4, 4 * words);
        var values = bytes.AsSpan(at + 4 + 4 * words, 2 * words);
        clusters = new Dictionary<uint, ushort>(words);
        for (var i = 0; i < words; i++)
            clusters.TryAdd(BinaryPrimitives.ReadUInt32LittleEndian(keys[(4 * i)..]), BinaryPrimitives.ReadUInt16LittleEndian(values[(2 * i)..]));
    }

    public ushort Of(ulong hash) => clusters.GetValueOrDefault((uint)(hash >> 32));

    public byte GroupOf(ushort cluster) => groups[cluster];
}
