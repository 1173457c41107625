using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>
/// Ministries, armed forces and other bodies that every country has, by pattern: "Ukrainian Defence Ministry", "Ministry of Defense
/// of Ukraine" and "Ukraine's Ministry of Defence" are the Ministry of Defence (Ukraine).
/// </summary>
public sealed class GovernmentBodies
{
    sealed record Country(string Code, string Name);

    const int LongestCountry = 3;

    static readonly ulong Of = WordHash.Of("of"), The = WordHash.Of("the");

    readonly Lexicon<string> bodies;
    readonly Lexicon<Country> countries;
    readonly Lexicon<Country> demonyms;

    public GovernmentBodies(Knowledge knowledge)
    {
        bodies = new Lexicon<string>(knowledge.Read("bodies.tsv", columns: 3).SelectMany(row => row[1].Split('|').Select(form => (form, row[0]))), fold: false);
        var byName = knowledge.Read("demonyms.tsv", columns: 4).ToDictionary(row => row[1], row => (Country: new Country(row[0], row[1]), Demonyms: row[2].Split('|', StringSplitOptions.RemoveEmptyEntries)));
        demonyms = new Lexicon<Country>(byName.Values.SelectMany(row => row.Demonyms.Select(demonym => (demonym, row.Country))), fold: false);
        countries = new Lexicon<Country>(knowledge.Read("entities.tsv", columns: 6).Where(row => byName.TryGetValue(row[2], out var named) && named.Country.Code == row[4])
            .SelectMany(row => row[3].Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(row[2]).Select(name => (name, byName[row[2]].Country))), fold: false);
    }

    /// <summary>Those that the text names with their country, and ministries without one; in the order of the text.</summary>
    public List<KnownSpan> Find(Document document)
    {
        var spans = new List<KnownSpan>();
        var alone = new List<(int At, string Body)>();
        var found = new List<Lexicon<string>.Match>();
        var search = new List<Lexicon<Country>.Match>();
        Dictionary<string, KnownName?>? named = null;
        for (var i = 0; i < document.Words.Length; i++)
        {
            found.Clear();
            bodies.Find(document, i, found);
            if (found.Count == 0) continue;
            var (core, end, body) = (document.Words[i], found[^1].End, found[^1].Value);
            var first = core;
            var country = Before(document, i, search, ref first) ?? Behind(document, search, ref end);
            while (i + 1 < document.Words.Length && document.Words[i + 1] < end) i++;
            if (country is not null)
            {
                var name = Name(body, country);
                spans.Add(new KnownSpan(first, end, name, core));
                named ??= [];
                named[body] = named.TryGetValue(body, out var other) && other?.Text != name.Text ? null : name;
            }
            else if (body.StartsWith("Ministry", StringComparison.Ordinal) && end - first > 1)
            {
                alone.Add((spans.Count, body));
                spans.Add(new KnownSpan(first, end, new KnownName(body, [], Weak: false), core));
            }
        }
        // Without a country it is the one that the article names with a country, if there is one such.
        foreach (var (at, body) in alone)
            if (named?.GetValueOrDefault(body) is { } name) spans[at] = spans[at] with { Name = name };
        return spans;
    }


    Country? Before(Document document, int word, List<Lexicon<Country>.Match> search, ref int first)
    {
        var behind = document.Words[word];
        var genitive = behind > 0 && document.Tokens[behind - 1].Kind == TokenKind.Genitive;
        for (var back = 1; back <= LongestCountry && back <= word; back++)
        {
            var start = document.Words[word - back];
            search.Clear();
            countries.Find(document, word - back, search);
            if (!genitive) demonyms.Find(document, word - back, search);
            foreach (var (end, country) in search)
                if (end == (genitive ? behind - 1 : behind))
                {
                    if (!genitive) first = start;
                    return country;
                }
        }
        return null;
    }

    Country? Behind(Document document, List<Lexicon<Country>.Match> search, ref int end)
    {
        var next = end;
        if (next >= document.Tokens.Length || document.Tokens[next].Exact != Of) return null;
        if (++next < document.Tokens.Length && document.Tokens[next].Exact == The) next++;
        var word = Array.BinarySearch(document.Words, next);
        if (word < 0) return null;
        search.Clear();
        countries.Find(document, word, search);
        if (search.Count == 0) return null;
        end = search[^1].End;
        return search[^1].Value;
    }

    static KnownName Name(string body, Country country)
    {
        var name = $"{body} ({country.Name})";
        return new KnownName(name, [new KnownEntity($"ent:organisation:{Slug.Of(name)}", EntityType.Organisation, name, country.Code)], Weak: false);
    }
}
