using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>
/// Which names of persons in an article are the same person's: "Volodymyr Zelensky", "Zelenskyy", "V. Zelensky". Longer names come
/// first and make persons; a surname goes to the person of that surname last named before it. Two persons named in full are never
/// one because they share a surname.
/// </summary>
sealed class PersonNames(Document document, Titles titles, FirstNames firstNames)
{
    /// <summary>So many persons of one surname are told apart; more come in no article, and looking through all would cost its square.</summary>
    const int MaxNamesakes = 32;

    static readonly ulong[] Generations = [.. new[] { "jr", "sr", "ii", "iii", "iv" }.Select(word => WordHash.Of(word))];

    sealed record Person(NameWord[] Words, ulong Generation, int First)
    {
        public int LastSeen = -1;
        public KnownEntity? Known;
        public Titles.Kind Address;
    }

    readonly List<Person> persons = [];
    readonly Dictionary<ulong, List<int>> byKey = [];

    /// <summary>The number of its person for every name, by its index; -1 for what is no person's.</summary>
    public int[] Cluster(List<Name> names)
    {
        var clusters = new int[names.Count];
        Array.Fill(clusters, -1);
        var full = new List<(int Name, NameWord[] Words, ulong Generation)>();
        var single = new List<(int Name, NameWord[] Words, ulong Generation)>();
        for (var i = 0; i < names.Count; i++)
            if (names[i].Type == EntityType.Person && Words(names[i], out var generation) is var words) (words.Length > 1 ? full : single).Add((i, words, generation));
        full.Sort((a, b) => b.Words.Length.CompareTo(a.Words.Length) is var longer and not 0 ? longer : a.Name.CompareTo(b.Name));
        foreach (var (name, words, generation) in full) clusters[name] = SameInFull(names[name], words, generation) is var same and >= 0 ? same : Add(names[name], words, generation);
        full.Sort((a, b) => a.Name.CompareTo(b.Name));
        var next = 0;
        foreach (var (name, words, generation) in single)
        {
            for (; next < full.Count && full[next].Name < name; next++) persons[clusters[full[next].Name]].LastSeen = full[next].Name;
            clusters[name] = SameByOneWord(names[name], words[0].Key, generation, name) is var same and >= 0 ? same : Add(names[name], words, generation);
            persons[clusters[name]].LastSeen = name;
        }
        return clusters;
    }

    NameWord[] Words(Name name, out ulong generation)
    {
        generation = 0;
        var first = titles.Skip(document, name.First, name.End, royal: true);
        var words = new List<NameWord>(4);
        for (var i = first; i < name.End; i++)
        {
            var token = document.Tokens[i];
            if (!token.IsWord) continue;
            if (words.Count > 0 && Array.IndexOf(Generations, token.Folded) >= 0) generation = token.Folded;
            else words.Add(NameWord.Of(document[token]));
        }
        return words.Count > 0 ? [.. words] : [default];
    }

    int Add(Name name, NameWord[] words, ulong generation)
    {
        var number = persons.Count;
        persons.Add(new Person(words, generation, name.First) { Known = Only(name), Address = titles.Before(document, name.First) });
        foreach (var (key, _, _) in words)
        {
            if (!byKey.TryGetValue(key, out var numbers)) byKey.Add(key, numbers = []);
            if (numbers.Count < MaxNamesakes && !numbers.Contains(number)) numbers.Add(number);
        }
        return number;
    }

    static KnownEntity? Only(Name name) => name.Known is { Entities: [var entity] } ? entity : null;

    int SameInFull(Name name, NameWord[] words, ulong generation)
    {
        var known = Only(name);
        foreach (var key in (ReadOnlySpan<ulong>)[words[^1].Key, words[0].Key])
            foreach (var number in byKey.GetValueOrDefault(key) ?? [])
            {
                var person = persons[number];
                if (known is not null && person.Known is not null ? known != person.Known : person.Generation != generation || !IsVariant(words, person.Words)) continue;
                person.Known ??= known;
                return number;
            }
        return -1;
    }

    /// <summary>Whether a name may be a longer or equally long one's: part of it, or of the same surname with first names that agree.</summary>
    bool IsVariant(ReadOnlySpan<NameWord> name, ReadOnlySpan<NameWord> longer)
    {
        if (longer.IndexOf(name) >= 0) return true;
        if (name.Length == 2 && longer.Length == 2 && name[0] == longer[1] && name[1] == longer[0]) return true;
        return name[^1] == longer[^1] && firstNames.Agree(name[0], longer[0]) && (name.Length == 2 || longer.Length == 2 || firstNames.Agree(name[1], longer[1]));
    }

    int SameByOneWord(Name name, ulong key, ulong generation, int at)
    {
        var known = Only(name);
        var (best, bestRank) = (-1, 0);
        var numbers = byKey.GetValueOrDefault(key) ?? [];
        var address = titles.Before(document, name.First);
        var severalFirst = false;
        foreach (var number in numbers)
        {
            var person = persons[number];
            if (generation != 0 && person.Generation != generation || IsOther(address, person.Address)) continue;
            // A surname tells more than a name inside, and that more than a first name.
            var rank = person.Words[^1].Key == key ? 3 : person.Words[0].Key != key ? 2 : 1;
            if (known is not null && person.Known == known) return number;
            severalFirst |= rank == 1 && bestRank == 1;
            if (rank > bestRank || rank == bestRank && person.LastSeen > persons[best].LastSeen) (best, bestRank) = (number, rank);
        }
        if (best < 0 || bestRank == 1 && severalFirst) return -1;
        // Who is known by the surname alone is meant until another of that name has come up, and where a title says who it is.
        return known is not null && (persons[best].LastSeen < 0 || address == Titles.Kind.Title) ? -1 : best;
    }

    static bool IsOther(Titles.Kind address, Titles.Kind other) => (address, other) is (Titles.Kind.Man, Titles.Kind.Woman) or (Titles.Kind.Woman, Titles.Kind.Man);
}
