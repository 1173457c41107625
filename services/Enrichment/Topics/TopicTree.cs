using Monitoring.Contracts;

namespace Monitoring.Enrichment.Topics;

/// <summary>IPTC Media Topics as the knowledge file has them, each by its index.</summary>
public sealed class TopicTree
{
    readonly record struct Concept(string Id, string Name, int Broader);

    readonly List<Concept> concepts = [];
    readonly Dictionary<string, int> indices = [];
    readonly HashSet<int> withNarrower = [];

    public TopicTree(Knowledge knowledge)
    {
        var rows = knowledge.Read("topics.tsv", columns: 3).Where(row => row[0] != "id").ToList();
        foreach (var row in rows)
            if (!indices.TryAdd(row[0], indices.Count)) throw new InvalidDataException($"topics.tsv: {row[0]} stands twice.");
        foreach (var row in rows) concepts.Add(new Concept(row[0], row[1], row[2].Length == 0 ? -1 : Index(row[2], "topics.tsv")));
        foreach (var concept in concepts) withNarrower.Add(concept.Broader);
    }

    public int Count => concepts.Count;

    public int Index(string id, string file) =>
        indices.TryGetValue(id, out var index) ? index : throw new InvalidDataException($"{file}: {id} is not in topics.tsv.");

    public bool TryIndex(string id, out int index) => indices.TryGetValue(id, out index);

    public string Id(int topic) => concepts[topic].Id;
    public string Name(int topic) => concepts[topic].Name;

    /// <summary>The topic above; -1 where there is none.</summary>
    public int Broader(int topic) => concepts[topic].Broader;

    public int Top(int topic)
    {
        while (concepts[topic].Broader >= 0) topic = concepts[topic].Broader;
        return topic;
    }

    public bool HasNarrower(int topic) => withNarrower.Contains(topic);

    /// <summary>Whether a topic is the other or lies under it.</summary>
    public bool IsUnder(int topic, int ancestor)
    {
        for (; topic >= 0; topic = concepts[topic].Broader)
            if (topic == ancestor) return true;
        return false;
    }

    public Topic ToTopic(int topic, double score, IReadOnlyList<Span> evidence)
    {
        var broader = new List<BroaderTopic>();
        for (var next = Broader(topic); next >= 0; next = Broader(next)) broader.Add(new BroaderTopic(Id(next), Name(next)));
        return new Topic { Id = Id(topic), Name = Name(topic), Score = score, Broader = broader, Evidence = evidence };
    }
}
