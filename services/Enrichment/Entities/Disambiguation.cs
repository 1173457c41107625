using System.Text;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>
/// Who a cluster of names is. A name that fits several is the one that the article also names unmistakably, else the one of whose
/// country or usual company the article names most besides (Tbilisi for Georgia, Atlanta for the state); where neither tells, it stays
/// ambiguous.
/// </summary>
public sealed class Disambiguation
{
    /// <summary>What stands in contexts.tsv tells more than a country.</summary>
    const int ContextWeight = 3;

    const string UnitedStates = "ent:wd:Q30";

    readonly Dictionary<string, HashSet<string>> contexts;
    readonly Lexicon<string> demonyms;
    readonly FirstNames firstNames;

    public Disambiguation(Knowledge knowledge, FirstNames firstNames)
    {
        this.firstNames = firstNames;
        contexts = knowledge.Read("contexts.tsv", columns: 3).ToDictionary(row => row[0], row => row[1].Split('|').ToHashSet());
        // Everybody writes of Americans: that tells nothing.
        demonyms = new Lexicon<string>(knowledge.Read("demonyms.tsv", columns: 4).Where(row => row[0] != "US")
            .SelectMany(row => row[2].Split('|', StringSplitOptions.RemoveEmptyEntries).Select(demonym => (demonym, row[0]))), fold: false);
    }

    public LinkedEntity[] Resolve(Document document, List<Name> names, int[] clusters)
    {
        var count = clusters.Length == 0 ? 0 : clusters.Max() + 1;
        var best = new int[count];
        var known = new int[count];
        Array.Fill(best, -1);
        Array.Fill(known, -1);
        for (var i = 0; i < names.Count; i++)
        {
            var cluster = clusters[i];
            if (best[cluster] < 0 || Fuller(document, names[i], names[best[cluster]])) best[cluster] = i;
            if (names[i].Known is { } name && (known[cluster] < 0 || Tells(name, names[i], names[known[cluster]]))) known[cluster] = i;
        }
        for (var cluster = 0; cluster < count; cluster++)
            if (known[cluster] >= 0 && IsNamesake(document, names[known[cluster]], names[best[cluster]])) known[cluster] = -1;
        var certain = new HashSet<KnownEntity>();
        var open = false;
        foreach (var name in known)
            if (name >= 0)
                if (Candidates(names[name]) is [var entity]) certain.Add(entity);
                else open = true;
        var evidence = open ? Evidence(document, certain) : [];
        var resolved = new LinkedEntity[count];
        for (var cluster = 0; cluster < count; cluster++)
            resolved[cluster] = known[cluster] < 0 ? Unknown(document, names[best[cluster]]) : Known(names[known[cluster]], certain, evidence);
        return resolved;
    }

    // "Mueller" is known, and Lars Mueller is another.
    bool IsNamesake(Document document, Name known, Name fullest) =>
        known.Type == EntityType.Person && known.Length == 1 && fullest.Length > 1 && !firstNames.Agree(NameWord.Of(document[document.Tokens[fullest.First]]), FirstWord(Candidates(known)[0].Name));

    static NameWord FirstWord(string name) => NameWord.Of(name.IndexOf(' ') is var space and > 0 ? name.AsSpan(0, space) : name);

    static bool Fuller(Document document, Name name, Name other) =>
        name.Length > other.Length || name.Length == other.Length && IsShouted(document, other) && !IsShouted(document, name);

    static bool IsShouted(Document document, Name name) => !document.Text.AsSpan(document.Tokens[name.First].Start, document.Tokens[name.End - 1].End - document.Tokens[name.First].Start).ContainsAnyInRange('a', 'z');

    static bool Tells(KnownName name, Name at, Name other) =>
        name.Entities.Count == 1 && other.Known!.Entities.Count != 1 || name.Entities.Count == 1 == (other.Known!.Entities.Count == 1) && at.Length > other.Length;

    static List<KnownEntity> Candidates(Name name)
    {
        var candidates = new List<KnownEntity>(2);
        foreach (var entity in name.Known!.Entities)
            if (entity.Type == name.Type) candidates.Add(entity);
        return candidates;
    }

    Dictionary<string, int> Evidence(Document document, HashSet<KnownEntity> certain)
    {
        var evidence = new Dictionary<string, int>();
        foreach (var entity in certain)
            if (entity.Country.Length > 0 && entity.Id != UnitedStates) evidence[entity.Country] = evidence.GetValueOrDefault(entity.Country) + 1;
        var found = new List<Lexicon<string>.Match>();
        var seen = new HashSet<string>();
        for (var word = 0; word < document.Words.Length; word++) demonyms.Find(document, word, found);
        foreach (var (_, country) in found)
            if (seen.Add(country)) evidence[country] = evidence.GetValueOrDefault(country) + 1;
        return evidence;
    }

    LinkedEntity Known(Name name, HashSet<KnownEntity> certain, Dictionary<string, int> evidence)
    {
        var candidates = Candidates(name);
        if (candidates is [var only]) return Linked(only);
        if (candidates.Where(certain.Contains).ToList() is [var named]) return Linked(named);
        KnownEntity? best = null;
        var (most, second) = (0, 0);
        foreach (var candidate in candidates)
        {
            var count = evidence.GetValueOrDefault(candidate.Country);
            if (contexts.TryGetValue(candidate.Id, out var context)) count += ContextWeight * certain.Count(entity => context.Contains(entity.Name));
            if (count > most) (best, most, second) = (candidate, count, most);
            else second = Math.Max(second, count);
        }
        return best is not null && most >= 2 * second && most > second ? Linked(best) : Ambiguous(name.Known!.Text, name.Type);
    }

    static LinkedEntity Ambiguous(string name, EntityType type) => new(Id(type, name), name, type, Ambiguous: true);
    static LinkedEntity Linked(KnownEntity entity) => new(entity.Id, entity.Name, entity.Type);

    static LinkedEntity Unknown(Document document, Name name)
    {
        var text = new StringBuilder();
        for (var i = name.First; i < name.End; i++)
        {
            var token = document.Tokens[i];
            // "Eric H. Holder" is "Eric Holder" in the next article.
            if (name.Type == EntityType.Person && i > name.First && i < name.End - 1 && token.IsWord && token.Length <= 2 && NameWord.Of(document[token]).Initial) continue;
            if (text.Length > 0 && token.Start > document.Tokens[i - 1].End) text.Append(' ');
            text.Append(document[token]);
        }
        var canonical = text.ToString();
        return new LinkedEntity(Id(name.Type, canonical), canonical, name.Type);
    }

    static string Id(EntityType type, string name) => $"ent:{(type switch { EntityType.Person => "person", EntityType.Organisation => "organisation", _ => "place" })}:{Slug.Of(name)}";
}
