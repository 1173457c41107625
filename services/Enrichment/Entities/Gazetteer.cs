using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>What the knowledge files tell of somebody or something.</summary>
/// <param name="Id"><c>ent:wd:{Wikidata id}</c> or <c>ent:{type}:{slug}</c>.</param>
/// <param name="Type">Person, organisation or place.</param>
/// <param name="Name">Canonical name.</param>
/// <param name="Country">ISO 3166-1 alpha-2; empty where there is none.</param>
public sealed record KnownEntity(string Id, EntityType Type, string Name, string Country);

/// <summary>A name as it stands in text, and whom it may denote.</summary>
/// <param name="Text">Normalised.</param>
/// <param name="Entities">In the order of the file; several where the name is ambiguous.</param>
/// <param name="Weak">Also a common word, a first name or a surname: no evidence by itself.</param>
public sealed record KnownName(string Text, IReadOnlyList<KnownEntity> Entities, bool Weak);

/// <summary>A known name in the text.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index after its last token.</param>
/// <param name="Name">Which.</param>
/// <param name="Core">Where it begins without a country's adjective: "Israeli Supreme Court" may be named so or shorter.</param>
public readonly record struct KnownSpan(int First, int End, KnownName Name, int Core);

/// <summary>Persons, organisations and places by their names: case-sensitive, whole words, longest match first.</summary>
public sealed class Gazetteer
{
    readonly Lexicon<KnownName> names, inCapitals;
    readonly Dictionary<ulong, KnownName> persons = [];

    public Gazetteer(Knowledge knowledge)
    {
        var weak = knowledge.Read("weak-names.tsv", columns: 2).Select(row => row[0]).ToHashSet();
        var byText = new Dictionary<string, List<KnownEntity>>();
        foreach (var row in knowledge.Read("entities.tsv", columns: 6).Where(row => row[0] != "id"))
        {
            var entity = new KnownEntity(row[0], TypeOf(row[1]), row[2], row[4]);
            foreach (var name in row[3].Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(row[2]).Distinct())
            {
                var text = Normaliser.Normalise(name).Text;
                if (!byText.TryGetValue(text, out var entities)) byText.Add(text, entities = []);
                entities.Add(entity);
            }
        }
        var known = byText.Select(pair => (pair.Key, new KnownName(pair.Key, pair.Value, weak.Contains(pair.Key)))).ToList();
        names = new Lexicon<KnownName>(known, fold: false);
        inCapitals = new Lexicon<KnownName>(known, fold: true);
        foreach (var (text, name) in known)
            if (name.Entities is [{ Type: EntityType.Person }] && new Document(text, null) is { Words.Length: > 1 } document) persons.TryAdd(Spelling(document, 0, document.Tokens.Length), name);
    }

    static EntityType TypeOf(string type) => type switch
    {
        "person" => EntityType.Person,
        "organisation" => EntityType.Organisation,
        "place" => EntityType.Place,
        _ => throw new InvalidDataException($"entities.tsv: {type} is no type of entity: person, organisation or place."),
    };

    /// <summary>Those that the text names, in its order, none overlapping another.</summary>
    public List<KnownSpan> Find(Document document)
    {
        var spans = new List<KnownSpan>();
        var found = new List<Lexicon<KnownName>.Match>();
        for (var i = 0; i < document.Words.Length;)
        {
            var after = document.Words[i] + 1;
            found.Clear();
            names.Find(document, i, found);
            for (var match = found.Count - 1; match >= 0; match--)
            {
                if (!Stands(document, document.Words[i], found[match], out var end)) continue;
                after = BeforeComma(document, document.Words[i], end, found[match].Value);
                spans.Add(new KnownSpan(document.Words[i], after, found[match].Value, document.Words[i]));
                break;
            }
            do i++; while (i < document.Words.Length && document.Words[i] < after);
        }
        return spans;
    }

    /// <summary>The name that a stretch in capitals is, if it is one: "UKRAINE" in a headline.</summary>
    public KnownName? Shouted(Document document, int first, int end)
    {
        var start = document.Tokens[first].Start;
        var length = document.Tokens[end - 1].End - start;
        if (document.Text.AsSpan(start, length).ContainsAnyInRange('a', 'z')) return null;
        var found = new List<Lexicon<KnownName>.Match>();
        inCapitals.Find(document, Array.BinarySearch(document.Words, first), found);
        foreach (var (_, name) in found)
            if (name.Text.Length == length && string.Compare(document.Text, start, name.Text, 0, length, StringComparison.OrdinalIgnoreCase) == 0) return name;
        return null;
    }

    /// <summary>The person whose name is but spelt otherwise: other accents or transliteration, initials in the middle.</summary>
    public KnownName? SpeltOtherwise(Document document, int first, int end) => end - first > 1 ? persons.GetValueOrDefault(Spelling(document, first, end)) : null;

    static ulong Spelling(Document document, int first, int end)
    {
        var hash = WordHash.Seed;
        for (var i = first; i < end; i++)
            if (document.Tokens[i].IsWord && NameWord.Of(document[document.Tokens[i]]) is var word && (i == first || i == end - 1 || !word.Initial)) hash = WordHash.Join(word.Key, hash);
        return hash;
    }

    // What stands between and behind the words counts too: "U.S." is no "U, S", and more than "U.S".
    static bool Stands(Document document, int first, Lexicon<KnownName>.Match match, out int end)
    {
        var start = document.Tokens[first].Start;
        var text = match.Value.Text;
        end = match.End;
        if (string.CompareOrdinal(document.Text, start, text, 0, text.Length) != 0) return false;
        while (end < document.Tokens.Length && document.Tokens[end].End <= start + text.Length) end++;
        return true;
    }

    // "Columbus, Ohio" tells which Columbus is meant, but names two places; "Washington, D.C." is one.
    static int BeforeComma(Document document, int first, int end, KnownName name)
    {
        if (name.Entities[0].Type != EntityType.Place || !name.Text.Contains(", ") || name.Text.EndsWith("C.", StringComparison.Ordinal) || name.Text.EndsWith("DC", StringComparison.Ordinal)) return end;
        while (document[document.Tokens[first]] is not ",") first++;
        return first;
    }
}
