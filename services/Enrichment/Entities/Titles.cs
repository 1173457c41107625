using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>What stands before a person's name without being part of it.</summary>
public sealed class Titles
{
    public enum Kind : byte { None, Title, Man, Woman, Royal }

    readonly Lexicon<Kind> titles;
    readonly Lexicon<Kind> demonyms;

    public Titles(Knowledge knowledge)
    {
        titles = new Lexicon<Kind>(knowledge.Read("titles.tsv", columns: 3).SelectMany(row => row[0].Split('|').Select(title => (title, KindOf(row[1])))), fold: true);
        demonyms = new Lexicon<Kind>(knowledge.Read("demonyms.tsv", columns: 4).SelectMany(row => row[2].Split('|', StringSplitOptions.RemoveEmptyEntries)).Select(demonym => (demonym, Kind.Title)), fold: false);
    }

    static Kind KindOf(string kind) => kind switch
    {
        "title" => Kind.Title, "man" => Kind.Man, "woman" => Kind.Woman, "royal" => Kind.Royal,
        _ => throw new InvalidDataException($"titles.tsv: {kind} is no kind of title: title, man, woman or royal."),
    };

    /// <summary>Index of the first token that is part of the name itself; the last one always is.</summary>
    /// <param name="document">Where.</param>
    /// <param name="first">Index of the first token.</param>
    /// <param name="end">Index after the last token.</param>
    /// <param name="royal">Whether to pass over royal titles too.</param>
    public int Skip(Document document, int first, int end, bool royal)
    {
        List<Lexicon<Kind>.Match>? found = null;
        while (end - first > 1 && Longest(titles, document, first, end, found ??= []) is var (after, kind) && after > first && (royal || kind != Kind.Royal)) first = after;
        return first;
    }

    /// <summary>The title that ends where a name begins.</summary>
    public Kind Before(Document document, int first)
    {
        if (first == 0 || !document.Tokens[first - 1].IsWord) return Kind.None;
        var (after, kind) = Longest(titles, document, first - 1, first, []);
        return after == first ? kind : Kind.None;
    }

    /// <summary>Whether a title begins at a token: "President".</summary>
    public bool BeginAt(Document document, int token) => Longest(titles, document, token, document.Tokens.Length, []).After > token;

    /// <summary>Demonyms before a title: "French President".</summary>
    public int SkipDemonym(Document document, int first, int end)
    {
        List<Lexicon<Kind>.Match> found = [];
        var (after, _) = Longest(demonyms, document, first, end, found);
        return after > first && Longest(titles, document, after, end, found).After > after ? after : first;
    }

    static (int After, Kind Kind) Longest(Lexicon<Kind> lexicon, Document document, int first, int end, List<Lexicon<Kind>.Match> found)
    {
        if (first >= end || !document.Tokens[first].IsWord) return (first, Kind.None);
        found.Clear();
        lexicon.Find(document, Array.BinarySearch(document.Words, first), found);
        for (var i = found.Count - 1; i >= 0; i--)
            if (found[i].End < end || found[i].End == end && end == first + 1) return (found[i].End, found[i].Value);
        return (first, Kind.None);
    }
}
