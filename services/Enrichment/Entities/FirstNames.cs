using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>First names that may be the same person's: an initial and a name, a name and its short form.</summary>
public sealed class FirstNames
{
    readonly Dictionary<ulong, int> groups = [];

    public FirstNames(Knowledge knowledge)
    {
        var group = 0;
        foreach (var row in knowledge.Read("nicknames.tsv", columns: 2))
        {
            group++;
            foreach (var name in row[0].Split('|')) groups.TryAdd(NameKey.Of(name), group);
        }
    }

    public bool Agree(NameWord first, NameWord second) => first == second
        || (first.Initial || second.Initial) && first.Letter == second.Letter
        || groups.TryGetValue(first.Key, out var group) && groups.TryGetValue(second.Key, out var other) && group == other;
}
