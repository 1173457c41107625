using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>
/// Which names of organisations in an article are the same one's: "Boeing Co." and "Boeing", "Department of Justice" and "Justice
/// Department", an acronym in brackets or of the initials, and the beginning or end of a longer name where it fits but one.
/// </summary>
sealed class OrganisationNames(Document document)
{
    /// <summary>Longer ones have no shorter forms that are looked for.</summary>
    const int MaxWords = 12;

    const int Several = -2;

    static readonly HashSet<ulong> LegalForms = [.. new[] { "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "llp", "lp", "ag", "sa", "se", "nv", "gmbh", "spa", "ab", "asa", "oyj", "pjsc", "jsc", "oao", "ooo", "bhd", "pty", "kk", "holdings", "holding" }.Select(word => WordHash.Of(word))];
    static readonly HashSet<ulong> Small = [.. new[] { "the", "of", "and", "for", "in", "on", "to", "de", "la", "du", "des", "del", "der", "für", "et", "at", "by", "&" }.Select(word => WordHash.Of(word))];

    /// <summary>One of these alone is no short form of a longer name that has it.</summary>
    static readonly HashSet<ulong> Generic = [.. new[]
    {
        "house", "senate", "congress", "parliament", "state", "federal", "national", "supreme", "social", "marine", "marines", "army", "navy", "department", "ministry", "university", "bank", "city", "county", "american", "british",
        "republican", "democratic", "european", "international", "world", "union", "central", "public", "general", "health", "security", "defence", "defense", "foreign", "justice", "treasury", "home", "police", "royal", "new",
        "north", "south", "east", "west", "court", "government", "church", "school", "college", "hospital", "party", "news", "times", "post", "daily", "press", "television", "radio", "media", "group", "first", "great",
    }.Select(word => NameKey.Of(word))];

    static readonly ulong Opening = WordHash.Of("("), Closing = WordHash.Of(")");

    readonly Dictionary<ulong, int> byWords = [], byAcronym = [], byBeginning = [], byEnd = [];
    readonly List<KnownEntity?> known = [];

    /// <summary>The number of its organisation for every name, by its index; -1 for what is none's.</summary>
    public int[] Cluster(List<Name> names)
    {
        var clusters = new int[names.Count];
        Array.Fill(clusters, -1);
        var order = new List<(int Name, NameWord[] Words)>();
        for (var i = 0; i < names.Count; i++)
            if (names[i].Type == EntityType.Organisation) order.Add((i, Words(names[i])));
        order.Sort((a, b) => b.Words.Length.CompareTo(a.Words.Length) is var longer and not 0 ? longer : a.Name.CompareTo(b.Name));
        foreach (var (name, words) in order)
        {
            clusters[name] = Same(names[name], words) is var same and >= 0 ? same : Add(names[name], words);
            // "Security Service of Ukraine (SBU)": whatever the letters are.
            if (words.Length > 1 && Bracketed(names[name].End) is { } acronym) Index(byAcronym, acronym, clusters[name]);
        }
        return clusters;
    }

    NameWord[] Words(Name name)
    {
        var words = new List<NameWord>(name.Length);
        for (var i = name.First; i < name.End; i++)
        {
            var token = document.Tokens[i];
            if (token.IsWord && !(words.Count == 0 && token.Folded == WordHash.Of("the")) && !(words.Count > 0 && LegalForms.Contains(token.Folded))) words.Add(NameWord.Of(document[token]));
        }
        return words.Count > 0 ? [.. words] : [default];
    }

    ulong? Bracketed(int after) =>
        after + 2 < document.Tokens.Length && document.Tokens[after].Exact == Opening && document.Tokens[after + 2].Exact == Closing && IsAcronym(document[document.Tokens[after + 1]])
            ? NameKey.Of(document[document.Tokens[after + 1]]) : null;

    static bool IsAcronym(ReadOnlySpan<char> word)
    {
        var capitals = 0;
        foreach (var c in word)
            if (char.IsUpper(c)) capitals++;
        return word.Length is >= 2 and <= 12 && capitals >= 2 && capitals * 2 >= word.Length;
    }

    int Same(Name name, NameWord[] words)
    {
        var same = byWords.GetValueOrDefault(Bag(words), -1);
        if (same < 0 && words.Length == 1 && IsAcronym(document[document.Tokens[name.First]])) same = byAcronym.GetValueOrDefault(words[0].Key, -1);
        if (same < 0 && words.Length <= MaxWords && !(words.Length == 1 && Generic.Contains(words[0].Key)))
        {
            same = byBeginning.GetValueOrDefault(Sequence(words), -1);
            if (same < 0) same = byEnd.GetValueOrDefault(Sequence(words), -1);
        }
        // Who is known by the short name is not whoever has it in a longer one: Google and Google Cloud.
        return same >= 0 && name.Known is not null && (known[same] is not { } longer || !name.Known.Entities.Contains(longer)) ? -1 : same;
    }

    int Add(Name name, NameWord[] words)
    {
        var number = known.Count;
        known.Add(name.Known is { Entities: [var entity] } ? entity : null);
        byWords.TryAdd(Bag(words), number);
        if (words.Length is < 2 or > MaxWords) return number;
        foreach (var initials in Initials(name)) Index(byAcronym, initials, number);
        for (var length = 1; length < words.Length; length++)
        {
            Index(byBeginning, Sequence(words.AsSpan(0, length)), number);
            Index(byEnd, Sequence(words.AsSpan(words.Length - length)), number);
        }
        return number;
    }

    static void Index(Dictionary<ulong, int> index, ulong key, int number)
    {
        if (!index.TryAdd(key, number) && index[key] != number) index[key] = Several;
    }

    /// <summary>Of the capitalised words, and of all.</summary>
    IEnumerable<ulong> Initials(Name name)
    {
        var (capitals, all) = ("", "");
        for (var i = name.First; i < name.End; i++)
        {
            var token = document.Tokens[i];
            if (!token.IsWord || i == name.First && token.Folded == WordHash.Of("the")) continue;
            var letter = document.Text[token.Start];
            all += letter;
            if (!Small.Contains(token.Folded)) capitals += letter;
        }
        yield return NameKey.Of(capitals);
        if (all.Length != capitals.Length) yield return NameKey.Of(all);
    }

    /// <summary>The same in any order, small words aside.</summary>
    static ulong Bag(ReadOnlySpan<NameWord> words)
    {
        var bag = 0UL;
        foreach (var word in words)
            if (!Small.Contains(word.Key)) bag += WordHash.Join(word.Key, 1);
        return bag;
    }

    static ulong Sequence(ReadOnlySpan<NameWord> words)
    {
        var hash = WordHash.Seed;
        foreach (var word in words) hash = WordHash.Join(word.Key, hash);
        return hash;
    }
}
