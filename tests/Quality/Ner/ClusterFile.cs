using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Monitoring.Enrichment.Entities.Tagging;
using Monitoring.Enrichment.Text;

namespace Tests.Quality.Ner;

/// <summary>Word clusters out of raw text, in the form that the tagger reads (WordClusters).</summary>
static class ClusterFile
{
    const int Clusters = 1000, Groups = 64, MinCount = 6, MaxWords = 60_000, Epochs = 4;

    public static byte[] Train(IEnumerable<string> texts, ulong seed)
    {
        var hashes = new List<ulong>();
        foreach (var text in texts)
        {
            var document = new Document(null, text);
            foreach (var sentence in document.Sentences)
            {
                // All numbers are one word, 0 ends a sentence.
                for (var i = sentence.First; i < sentence.End; i++) hashes.Add(document.Tokens[i].Kind == TokenKind.Number ? WordClusters.AnyNumber : document.Tokens[i].Exact);
                hashes.Add(0);
            }
        }
        var counts = new Dictionary<ulong, int>();
        foreach (var hash in hashes) CollectionsMarshal.GetValueRefOrAddDefault(counts, hash, out _)++;
        counts.Remove(0);
        var words = counts.Where(word => word.Value >= MinCount).OrderByDescending(word => word.Value).ThenBy(word => word.Key).Take(MaxWords).Select(word => word.Key).ToArray();
        var ids = words.Select((hash, id) => (hash, id)).ToDictionary(word => word.hash, word => word.id);
        var sentences = hashes.Where(hash => hash == 0 || ids.ContainsKey(hash)).Select(hash => hash == 0 ? -1 : ids[hash]).ToArray();
        var vectors = WordVectors.Train(sentences, [.. words.Select(hash => counts[hash])], Epochs, seed);
        var (cluster, centres) = KMeans.Group(vectors, words.Length, Clusters - 1, seed);
        var (group, _) = KMeans.Group(centres, Clusters - 1, Groups - 1, seed);
        return Pack(words, cluster, group);
    }

    // Cluster and group 0 are those of unknown words.
    static byte[] Pack(ulong[] words, int[] cluster, int[] group)
    {
        var sorted = Enumerable.Range(0, words.Length).OrderBy(word => words[word]).ToArray();
        var bytes = new byte[4 + Clusters + 4 + 6 * words.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Clusters);
        for (var c = 1; c < Clusters; c++) bytes[4 + c] = (byte)(group[c - 1] + 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 + Clusters), words.Length);
        for (var i = 0; i < sorted.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8 + Clusters + 4 * i), (uint)(words[sorted[i]] >> 32));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8 + Clusters + 4 * words.Length + 2 * i), (ushort)(cluster[sorted[i]] + 1));
        }
        return bytes;
    }
}
