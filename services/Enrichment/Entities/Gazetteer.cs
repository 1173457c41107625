using System.Globalization;
using System.Text;
using Monitoring.Contracts;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>
/// Persons, organisations and places by their names: case-sensitive, whole words, longest match first. A name that fits several
/// is the one that the article also names in full; where it names none or several, the entity is said to be ambiguous.
/// </summary>
public sealed class Gazetteer
{
    sealed record Entry(string Id, string Type, string Name);
    sealed record Alias(string Text, List<Entry> Entries);
    sealed record Mention(int Start, int End, Alias Alias);

    readonly Lexicon<Alias> aliases;

    public Gazetteer(Knowledge knowledge)
    {
        var byText = new Dictionary<string, Alias>();
        foreach (var row in knowledge.Read("entities.tsv", columns: 6).Where(row => row[0] != "id"))
        {
            var entry = new Entry(row[0], row[1], row[2]);
            foreach (var text in row[3].Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(row[2]).Distinct())
            {
                if (!byText.TryGetValue(text, out var alias)) byText.Add(text, alias = new Alias(new Document(text, null).Text.TrimEnd('\n'), []));
                alias.Entries.Add(entry);
            }
        }
        aliases = new Lexicon<Alias>(byText.Values.Select(alias => ((IReadOnlyList<string>)Words(alias.Text), alias)), fold: false);
    }

    public IReadOnlyList<Entity> Find(Document document)
    {
        var mentions = Mentions(document);
        var certain = mentions.Where(mention => mention.Alias.Entries.Count == 1).Select(mention => mention.Alias.Entries[0].Id).ToHashSet();
        return [.. mentions
            .GroupBy(mention => Resolve(mention.Alias, certain))
            .Select(group => new Entity
            {
                Id = group.Key.Entry.Id,
                Name = group.Key.Entry.Name,
                Type = group.Key.Entry.Type,
                Ambiguous = group.Key.Ambiguous,
                Mentions = [.. group.Select(mention => document.Span(mention.Start, mention.End))],
            })];
    }

    static (Entry Entry, bool Ambiguous) Resolve(Alias alias, HashSet<string> certain)
    {
        if (alias.Entries.Count == 1) return (alias.Entries[0], false);
        var named = alias.Entries.Where(entry => certain.Contains(entry.Id)).ToList();
        if (named.Count == 1) return (named[0], false);
        var type = alias.Entries.Select(entry => entry.Type).Distinct().Count() == 1 ? alias.Entries[0].Type : "place";
        return (new Entry($"ent:{type}:{Slug(alias.Text)}", type, alias.Text), true);
    }

    List<Mention> Mentions(Document document)
    {
        var numbered = aliases.Number(document);
        var mentions = new List<Mention>();
        for (var i = 0; i < document.Tokens.Count;)
        {
            var start = document.Tokens[i].Start;
            Mention? longest = null;
            var after = i + 1;
            aliases.Match(numbered, i, (end, ended) =>
            {
                // What stands between and behind the words counts too: "U.S." is no "U, S", and more than "U.S".
                foreach (var alias in ended.OrderBy(alias => alias.Text.Length))
                    if (string.CompareOrdinal(document.Text, start, alias.Text, 0, alias.Text.Length) == 0)
                        (longest, after) = (new Mention(start, start + alias.Text.Length, alias), end);
            });
            if (longest is not null) mentions.Add(longest);
            i = after;
        }
        return mentions;
    }

    static List<string> Words(string text)
    {
        var document = new Document(text, null);
        return [.. document.Tokens.Select(token => document[token].ToString())];
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
