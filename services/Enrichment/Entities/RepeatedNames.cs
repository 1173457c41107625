using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>
/// What an article names once it names again: the same words (several, or known ones), and the surname of a person named in full, are
/// names where they stand alone, though the tagger passed them over or took them for another kind. Not a word that the article also writes in lower case, nor a month or day.
/// </summary>
public static class RepeatedNames
{
    /// <summary>So many names that begin with one word are told apart.</summary>
    const int MaxPerWord = 8;

    static readonly HashSet<ulong> Calendar = [.. new[]
    {
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "will", "new", "i", "a", "the",
    }.Select(word => WordHash.Of(word))];

    /// <param name="Name">Index of the name.</param>
    /// <param name="First">Index of the first token of the words.</param>
    /// <param name="End">Index after their last token.</param>
    readonly record struct Words(int Name, int First, int End);

    /// <summary>The names and their repetitions, in order of the text.</summary>
    public static List<Name> Add(Document document, List<Name> names, Titles titles)
    {
        if (names.Count == 0) return names;
        var byFirst = new Dictionary<ulong, List<Words>>();
        var surnames = new HashSet<ulong>();
        for (var i = 0; i < names.Count; i++)
        {
            // One word that nobody knows is as likely an error of the tagger, which repetition would multiply.
            if (names[i].Length > 1 || names[i].Known is not null) Index(document, byFirst, new Words(i, names[i].First, names[i].End));
            if (names[i].Type != EntityType.Person || names[i].Length == 1) continue;
            Index(document, byFirst, new Words(i, names[i].End - 1, names[i].End));
            surnames.Add(document.Tokens[names[i].End - 1].Exact);
        }
        var lower = InLowerCase(document, byFirst);
        var all = new List<Name>(names.Count);
        for (int token = 0, next = 0; token < document.Tokens.Length; token++)
        {
            if (next < names.Count && names[next].First == token)
            {
                all.Add(names[next].Length == 1 && names[next].Known is null && surnames.Contains(document.Tokens[token].Exact) ? names[next] with { Type = EntityType.Person } : names[next]);
                token = names[next++].End - 1;
            }
            else if (document.Tokens[token].Exact != document.Tokens[token].Folded && byFirst.TryGetValue(document.Tokens[token].Exact, out var starting)
                && Repeated(document, starting, names, token, next < names.Count ? names[next].First : document.Tokens.Length, lower, titles) is { } name)
            {
                all.Add(name);
                token = name.End - 1;
            }
        }
        return all;
    }

    /// <summary>Those of the first words that the article also writes in lower case.</summary>
    static HashSet<ulong> InLowerCase(Document document, Dictionary<ulong, List<Words>> byFirst)
    {
        var first = new HashSet<ulong>(byFirst.Count);
        foreach (var starting in byFirst.Values) first.Add(document.Tokens[starting[0].First].Folded);
        var lower = new HashSet<ulong>();
        foreach (var token in document.Tokens)
            if (token.Exact == token.Folded && first.Contains(token.Folded)) lower.Add(token.Folded);
        return lower;
    }

    static void Index(Document document, Dictionary<ulong, List<Words>> byFirst, Words words)
    {
        var token = document.Tokens[words.First];
        if (token.Exact == token.Folded) return;
        if (!byFirst.TryGetValue(token.Exact, out var starting)) byFirst.Add(token.Exact, starting = []);
        if (starting.Count < MaxPerWord) starting.Add(words);
    }

    static Name? Repeated(Document document, List<Words> starting, List<Name> names, int first, int limit, HashSet<ulong> lower, Titles titles)
    {
        Name? longest = null;
        foreach (var words in starting)
        {
            var end = first + words.End - words.First;
            if (end > limit || longest is { } other && other.End >= end || !Same(document, words.First, first, end - first) || !ArticleNames.IsAlone(document, first, end, titles)) continue;
            if (end == first + 1 && (document.Tokens[first].Length < 2 || Calendar.Contains(document.Tokens[first].Folded) || lower.Contains(document.Tokens[first].Folded))) continue;
            longest = names[words.Name] with { First = first, End = end, Known = words.First == names[words.Name].First ? names[words.Name].Known : null };
        }
        return longest;
    }

    static bool Same(Document document, int first, int other, int length)
    {
        for (var i = 0; i < length; i++)
            if (document.Tokens[first + i].Exact != document.Tokens[other + i].Exact) return false;
        return true;
    }
}
