using System.Runtime.InteropServices;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>
/// Makes the names of a document agree with each other: what is written alike is of the type most mentions have, a surname of a
/// person named in full is a person, letters in brackets behind an organisation are that organisation, and what was found once is
/// found wherever it stands again.
/// </summary>
public static class NameConsistency
{
    /// <summary>Longer names are not looked for again; longer words are no acronym.</summary>
    const int LongestName = 6, LongestAcronym = 8;

    static readonly ulong The = WordHash.Of("the");

    /// <summary>How often a name was found as what.</summary>
    struct Votes
    {
        public int Person, Organisation, Place;

        public readonly int Total => Person + Organisation + Place;

        public void Add(EntityType type, int weight)
        {
            if (type == EntityType.Person) Person += weight;
            else if (type == EntityType.Organisation) Organisation += weight;
            else Place += weight;
        }

        public readonly EntityType Most(EntityType otherwise)
        {
            var most = Math.Max(Person, Math.Max(Organisation, Place));
            return otherwise switch
            {
                EntityType.Person when Person == most => otherwise,
                EntityType.Organisation when Organisation == most => otherwise,
                EntityType.Place when Place == most => otherwise,
                _ => Person == most ? EntityType.Person : Organisation == most ? EntityType.Organisation : EntityType.Place,
            };
        }
    }

    public static List<NamedSpan> Apply(Document document, List<NamedSpan> names)
    {
        if (names.Count == 0) return names;
        var body = HeadlineNames.BodyOf(document);
        HeadlineNames.Judge(document, names, body);
        var votes = new Dictionary<ulong, Votes>(names.Count);
        foreach (var name in names) CollectionsMarshal.GetValueRefOrAddDefault(votes, Surface.Of(document, name.First, name.End), out _).Add(name.Type, 1);
        Surnames(document, names, votes);
        Acronyms(document, names, votes);
        for (var i = 0; i < names.Count; i++)
            names[i] = names[i] with { Type = votes[Surface.Of(document, names[i].First, names[i].End)].Most(names[i].Type) };
        return Again(document, names, votes, body);
    }

    // A full name outweighs what its last word alone was taken for, unless that was seen more often.
    static void Surnames(Document document, List<NamedSpan> names, Dictionary<ulong, Votes> votes)
    {
        foreach (var name in names)
            if (name.Type == EntityType.Person && name.End - name.First is > 1 and <= 4)
            {
                ref var last = ref CollectionsMarshal.GetValueRefOrNullRef(votes, Surface.Of(document, name.End - 1, name.End));
                if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref last)) last.Add(EntityType.Person, 2);
            }
    }

    static void Acronyms(Document document, List<NamedSpan> names, Dictionary<ulong, Votes> votes)
    {
        foreach (var name in names)
        {
            var (open, letters, close) = (name.End, name.End + 1, name.End + 2);
            if (name.Type != EntityType.Organisation || close >= document.Tokens.Length || !Is(document, open, '(') || !Is(document, close, ')') || !Abbreviates(document, name, letters)) continue;
            CollectionsMarshal.GetValueRefOrAddDefault(votes, Surface.Of(document, letters, close), out _).Add(EntityType.Organisation, 100);
        }
    }

    static bool Is(Document document, int token, char character) => document.Tokens[token].Length == 1 && document.Text[document.Tokens[token].Start] == character;

    // Every letter begins a word of the name, in order: UNHCR, BaFin.
    static bool Abbreviates(Document document, NamedSpan name, int letters)
    {
        var acronym = document[document.Tokens[letters]];
        if (acronym.Length is < 2 or > LongestAcronym || name.End - name.First < 2) return false;
        var (word, matched) = (name.First, 0);
        foreach (var letter in acronym)
        {
            if (!char.IsUpper(letter)) continue;
            var at = word;
            while (at < name.End && document.Text[document.Tokens[at].Start] != letter) at++;
            if (at == name.End) continue;
            matched++;
            word = at + 1;
        }
        return matched >= 2;
    }

    static List<NamedSpan> Again(Document document, List<NamedSpan> names, Dictionary<ulong, Votes> votes, int body)
    {
        var longest = new Dictionary<ulong, int>(votes.Count);
        foreach (var name in names)
        {
            if (name.End - name.First > LongestName) continue;
            ref var length = ref CollectionsMarshal.GetValueRefOrAddDefault(longest, Surface.Word(document.Tokens[name.First]), out _);
            length = Math.Max(length, name.End - name.First);
        }
        var all = new List<NamedSpan>(names.Count + 8);
        var next = 0;
        for (var i = 0; i < document.Tokens.Length; i++)
        {
            if (next < names.Count && names[next].First == i)
            {
                all.Add(names[next]);
                i = names[next++].End - 1;
                continue;
            }
            if (!longest.TryGetValue(Surface.Word(document.Tokens[i]), out var most) || !char.IsUpper(document.Text[document.Tokens[i].Start])) continue;
            var limit = next < names.Count ? Math.Min(names[next].First, document.Tokens.Length) : document.Tokens.Length;
            for (var length = Math.Min(most, limit - i); length > 0; length--)
            {
                if (!votes.TryGetValue(Surface.Of(document, i, i + length), out var found) || !Stands(document, i, i + length, found, body)) continue;
                all.Add(new NamedSpan(i, i + length, found.Most(EntityType.Organisation)));
                i += length - 1;
                break;
            }
        }
        return all;
    }

    // A single word may also be part of a longer name that was not found, except where all words are capitalised.
    static bool Stands(Document document, int first, int end, Votes votes, int body) =>
        end - first > 1 || votes.Total > 1 && (first < body || !(first > 0 && IsCapital(document, first - 1) && document.Tokens[first - 1].Folded != The) && !(end < document.Tokens.Length && IsCapital(document, end)));

    static bool IsCapital(Document document, int token) => document.Tokens[token].IsWord && char.IsUpper(document.Text[document.Tokens[token].Start]);
}
