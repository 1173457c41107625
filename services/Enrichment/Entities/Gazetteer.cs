using System.Globalization;
using System.Text;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>
/// Persons, organisations and places by their names: case-sensitive, whole words, longest match first. A name that fits several
/// is the one that the article also names in full; where it names none or several, the entity is said to be ambiguous.
/// </summary>
public sealed class Gazetteer
{
    sealed record Entry(string Id, EntityType Type, string Name);
    sealed record Alias(string Text, List<Entry> Entries);

    readonly Lexicon<Alias> aliases;

    public Gazetteer(Knowledge knowledge)
    {
        var byText = new Dictionary<string, Alias>();
        foreach (var row in knowledge.Read("entities.tsv", columns: 6).Where(row => row[0] != "id"))
        {
            var entry = new Entry(row[0], TypeOf(row[1]), row[2]);
            foreach (var text in row[3].Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(row[2]).Distinct())
            {
                if (!byText.TryGetValue(text, out var alias)) byText.Add(text, alias = new Alias(Normaliser.Normalise(text).Text, []));
                alias.Entries.Add(entry);
            }
        }
        aliases = new Lexicon<Alias>(byText.Values.Select(alias => (alias.Text, alias)), fold: false);
    }

    static EntityType TypeOf(string type) => type switch
    {
        "person" => EntityType.Person,
        "organisation" => EntityType.Organisation,
        "place" => EntityType.Place,
        _ => throw new InvalidDataException($"entities.tsv: {type} is no type of entity: person, organisation or place."),
    };

    public ArticleEntities Find(Document document)
    {
        var named = Named(document);
        var certain = named.Where(name => name.Alias.Entries.Count == 1).Select(name => name.Alias.Entries[0].Id).ToHashSet();
        var entities = new List<LinkedEntity>();
        var indices = new Dictionary<string, int>();
        var mentions = new List<Mention>(named.Count);
        foreach (var (first, end, alias) in named)
        {
            var entity = Resolve(alias, certain);
            if (!indices.TryGetValue(entity.Id, out var index))
            {
                indices.Add(entity.Id, index = entities.Count);
                entities.Add(entity);
            }
            mentions.Add(new Mention(first, end, index));
        }
        return new ArticleEntities(entities, mentions);
    }

    static LinkedEntity Resolve(Alias alias, HashSet<string> certain)
    {
        if (alias.Entries.Count == 1) return Linked(alias.Entries[0]);
        var named = alias.Entries.Where(entry => certain.Contains(entry.Id)).ToList();
        if (named.Count == 1) return Linked(named[0]);
        var type = alias.Entries.Select(entry => entry.Type).Distinct().Count() == 1 ? alias.Entries[0].Type : EntityType.Place;
        return new LinkedEntity($"ent:{type.ToString().ToLowerInvariant()}:{Slug(alias.Text)}", alias.Text, type, Ambiguous: true);
    }

    static LinkedEntity Linked(Entry entry) => new(entry.Id, entry.Name, entry.Type);

    List<(int First, int End, Alias Alias)> Named(Document document)
    {
        var named = new List<(int, int, Alias)>();
        var found = new List<Lexicon<Alias>.Match>();
        for (var i = 0; i < document.Words.Length;)
        {
            var first = document.Words[i];
            found.Clear();
            aliases.Find(document, i, found);
            var after = first + 1;
            // What stands between and behind the words counts too: "U.S." is no "U, S", and more than "U.S".
            for (var match = found.Count - 1; match >= 0; match--)
            {
                var text = found[match].Value.Text;
                var start = document.Tokens[first].Start;
                if (string.CompareOrdinal(document.Text, start, text, 0, text.Length) != 0) continue;
                for (after = found[match].End; after < document.Tokens.Length && document.Tokens[after].End <= start + text.Length;) after++;
                named.Add((first, after, found[match].Value));
                break;
            }
            while (i < document.Words.Length && document.Words[i] < after) i++;
        }
        return named;
    }

    /// <summary>A name as an id may carry it: lower-case ASCII and hyphens, whatever the script lost.</summary>
    static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().Trim('-');
    }
}
