using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>A name in the text: where, of what kind, and what the knowledge files have under it.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index after its last token.</param>
/// <param name="Type">What kind of name.</param>
/// <param name="Known">Null where they have nothing of that kind.</param>
public readonly record struct Name(int First, int End, EntityType Type, KnownName? Known)
{
    public int Length => End - First;
}

/// <summary>
/// One list of names from what the tagger saw by context and what the gazetteer knows. Where two overlap the longer one stands:
/// "Bank of Ukraine" and "Paris Hilton" name no country or city, and "Bank of England" is more than what a tagger cut out of it.
/// </summary>
public static class ArticleNames
{
    readonly record struct Candidate(int First, int End, EntityType? Tagged, KnownName? Known);

    /// <param name="document">The article.</param>
    /// <param name="tagged">By context; empty where the tagger does not know the language.</param>
    /// <param name="known">By the gazetteer and by patterns.</param>
    /// <param name="titles">They are no part of a person's name.</param>
    /// <param name="gazetteer">Asked again for names in capitals.</param>
    public static List<Name> Merge(Document document, IReadOnlyList<NamedSpan> tagged, List<KnownSpan> known, Titles titles, Gazetteer gazetteer)
    {
        var byStart = new Dictionary<int, KnownSpan>(known.Count);
        foreach (var span in known)
            if (!byStart.TryGetValue(span.First, out var other) || other.End < span.End) byStart[span.First] = span;
        var candidates = new List<Candidate>(tagged.Count + known.Count);
        foreach (var span in tagged)
            if (Trim(document, span, byStart, titles) is var (first, end) && end > first)
                candidates.Add(new Candidate(first, end, span.Type, byStart.TryGetValue(first, out var same) && same.End == end ? same.Name : gazetteer.Shouted(document, first, end)));
        foreach (var span in known)
            if (!span.Name.Weak) candidates.Add(new Candidate(span.First, span.End, null, span.Name));
        return Select(document, candidates);
    }

    static (int First, int End) Trim(Document document, NamedSpan span, Dictionary<int, KnownSpan> known, Titles titles)
    {
        var (first, end) = (Math.Max(0, span.First), Math.Min(document.Tokens.Length, span.End));
        while (end > first && !document.Tokens[end - 1].IsWord && document[document.Tokens[end - 1]] is not "!") end--;
        while (first < end && !document.Tokens[first].IsWord) first++;
        if (known.TryGetValue(first, out var exact) && exact.End == end) return (first, end);
        if (end - first > 1 && document[document.Tokens[first]] is "the") first++;
        if (span.Type == EntityType.Organisation) return (AfterCountry(document, first, end, known), end);
        if (span.Type == EntityType.Place) return (first, end);
        first = titles.SkipDemonym(document, first, end);
        // "US President Donald Trump": the country is a name of its own.
        if (known.TryGetValue(first, out var country) && country.End < end && country.Name.Entities is [{ Type: EntityType.Place }, ..] && titles.Skip(document, country.End, end, royal: false) is var after && after > country.End) return (after, end);
        return (titles.Skip(document, first, end, royal: false), end);
    }

    // "Ukraine's Defence Ministry": two names.
    static int AfterCountry(Document document, int first, int end, Dictionary<int, KnownSpan> known) =>
        known.TryGetValue(first, out var country) && country.Name.Entities is [{ Type: EntityType.Place }, ..] && country.End + 1 < end && document.Tokens[country.End].Kind == TokenKind.Genitive
        && known.TryGetValue(country.End + 1, out var body) && body.End == end ? country.End + 1 : first;

    static List<Name> Select(Document document, List<Candidate> candidates)
    {
        candidates.Sort((a, b) => (b.End - b.First).CompareTo(a.End - a.First) is var longer and not 0 ? longer
            : (a.Tagged is null).CompareTo(b.Tagged is null) is var by and not 0 ? by : a.First.CompareTo(b.First));
        var taken = new bool[document.Tokens.Length];
        var names = new List<Name>(candidates.Count);
        foreach (var candidate in candidates)
        {
            if (taken.AsSpan(candidate.First, candidate.End - candidate.First).Contains(true)) continue;
            taken.AsSpan(candidate.First, candidate.End - candidate.First).Fill(true);
            var type = TypeOf(candidate);
            names.Add(new Name(candidate.First, candidate.End, type, Fits(candidate.Known, type) ? candidate.Known : null));
        }
        names.Sort((a, b) => a.First.CompareTo(b.First));
        return names;
    }

    static bool Fits(KnownName? known, EntityType type) => known is not null && (known.Entities.Count == 0 ? type == EntityType.Organisation : known.Entities.Any(entity => entity.Type == type));

    // Where only one kind of thing bears the name, that is what it is: a tagger errs more often than a name is borrowed.
    static EntityType TypeOf(Candidate candidate)
    {
        if (candidate.Known is not { } known) return candidate.Tagged!.Value;
        if (known.Entities.Count == 0) return EntityType.Organisation;
        if (candidate.Tagged is { } tagged && (Fits(known, tagged) || known.Weak)) return tagged;
        var type = known.Entities[0].Type;
        foreach (var entity in known.Entities)
            if (entity.Type != type) return candidate.Tagged ?? EntityType.Place;
        return type;
    }
}
