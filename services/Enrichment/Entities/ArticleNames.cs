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
        {
            Keep(byStart, span);
            if (span.Core > span.First) Keep(byStart, span with { First = span.Core });
            // "Pope Francis" is known so; the title is no part of the name.
            if (span.Name.Entities is [{ Type: EntityType.Person }, ..] && titles.Skip(document, span.First, span.End, royal: true) is var name && name > span.First) Keep(byStart, span with { First = name, Core = name });
        }
        var candidates = new List<Candidate>(tagged.Count + known.Count);
        var owner = new int[document.Tokens.Length];
        foreach (var span in tagged)
        {
            var (first, end) = Trim(document, span, byStart, titles, gazetteer);
            if (end <= first) continue;
            candidates.Add(new Candidate(first, end, span.Type, byStart.TryGetValue(first, out var same) && same.End == end ? same.Name
                : gazetteer.Shouted(document, first, end) ?? (span.Type == EntityType.Person ? gazetteer.SpeltOtherwise(document, first, end) : null)));
            owner.AsSpan(first, end - first).Fill(candidates.Count);
        }
        foreach (var span in known)
            if (!span.Name.Weak && Fit(document, span, byStart, candidates, owner, titles) is var first and >= 0) candidates.Add(new Candidate(first, span.End, null, span.Name));
        return Select(document, candidates);
    }

    static void Keep(Dictionary<int, KnownSpan> byStart, KnownSpan span)
    {
        if (!byStart.TryGetValue(span.First, out var other) || other.End < span.End) byStart[span.First] = span;
    }

    /// <summary>Where a known name begins as the tagger lets it, -1 where it lets none stand.</summary>
    static int Fit(Document document, KnownSpan span, Dictionary<int, KnownSpan> byStart, List<Candidate> candidates, int[] owner, Titles titles)
    {
        var first = span.Name.Entities is [{ Type: EntityType.Person }, ..] ? titles.Skip(document, span.First, span.End, royal: true) : span.First;
        if (owner.AsSpan(first, span.End - first).IndexOfAnyExcept(0) < 0) return span.Name.Entities is [{ Type: EntityType.Person }, ..] || IsAlone(document, first, span.End, titles, owner) ? first : -1;
        for (var i = first; i < span.End; i++)
            if (owner[i] > 0 && candidates[owner[i] - 1] is var tagged)
            {
                if (tagged.First < first || tagged.End > span.End || tagged.First == span.Core && tagged.End == span.End) return -1;
                i = tagged.End - 1;
            }
        return first;
    }

    /// <summary>
    /// What the tagger passed over beside another capital or a number is part of some other name (the Beijing Olympics, Tokyo 2020),
    /// unless that is a title, a name of its own or the first word of a sentence.
    /// </summary>
    public static bool IsAlone(Document document, int first, int end, Titles titles, ReadOnlySpan<int> named = default)
    {
        if (end < document.Tokens.Length && IsJoined(document, end) && IsNameLike(document, end) && !(named.Length > 0 && named[end] > 0) && !titles.BeginAt(document, end)) return false;
        return first == 0 || !IsJoined(document, first) || !IsNameLike(document, first - 1) || named.Length > 0 && named[first - 1] > 0 || first == 1 || !document.Tokens[first - 2].IsWord;
    }

    static bool IsJoined(Document document, int token) => document.Tokens[token].Start <= document.Tokens[token - 1].End + 1;

    static bool IsNameLike(Document document, int token) =>
        document.Tokens[token].Kind == TokenKind.Number || document.Tokens[token].Kind == TokenKind.Word && char.IsUpper(document.Text[document.Tokens[token].Start]) || document[document.Tokens[token]] is "-";

    static (int First, int End) Trim(Document document, NamedSpan span, Dictionary<int, KnownSpan> known, Titles titles, Gazetteer gazetteer)
    {
        var (first, end) = (Math.Max(0, span.First), Math.Min(document.Tokens.Length, span.End));
        while (end > first && !document.Tokens[end - 1].IsWord && document[document.Tokens[end - 1]] is not "!") end--;
        while (first < end && !document.Tokens[first].IsWord) first++;
        if (known.TryGetValue(first, out var exact) && exact.End == end) return (first, end);
        if (end - first > 1 && document[document.Tokens[first]] is "the") first++;
        if (span.Type != EntityType.Organisation) end = BeforeComma(document, first, end);
        if (span.Type == EntityType.Organisation) return (AfterCountry(document, first, end, known), end);
        if (span.Type == EntityType.Place) return (first, end);
        for (var i = end - 2; i > first; i--)
            if (document.Tokens[i].Kind == TokenKind.Genitive) first = i + 1;
        (first, end) = Person(document, first, end, known, gazetteer);
        first = titles.SkipDemonym(document, first, end);
        // "US President Donald Trump": the country is a name of its own.
        if (known.TryGetValue(first, out var country) && country.End < end && country.Name.Entities is [{ Type: EntityType.Place }, ..] && titles.Skip(document, country.End, end, royal: false) is var after && after > country.End) return (after, end);
        return (titles.Skip(document, first, end, royal: false), end);
    }

    // Bylines and datelines: "Oren Dorell USA TODAY", "CHICAGO Rahm Emanuel".
    static (int First, int End) Person(Document document, int first, int end, Dictionary<int, KnownSpan> known, Gazetteer gazetteer)
    {
        if (end - first > 1 && gazetteer.Shouted(document, first, first + 1) is { Entities: [{ Type: EntityType.Place }] } && gazetteer.Shouted(document, first, end) is null) first++;
        for (var i = first + 1; i < end - 1; i++)
            if (known.TryGetValue(i, out var outlet) && outlet.End <= end && outlet.End - i > 1 && outlet.Name.Entities is [{ Type: EntityType.Organisation }]) return (first, i);
        return (first, end);
    }

    // "Erin Kelly, USA TODAY": two names; "Donald Trump, Jr." is one.
    static int BeforeComma(Document document, int first, int end)
    {
        for (var i = first + 1; i < end - 1; i++)
            if (document[document.Tokens[i]] is "," && document[document.Tokens[i + 1]] is not ("Jr." or "Jr" or "Sr." or "Sr" or "III" or "II")) return i;
        return end;
    }

    // "Ukraine's Defence Ministry": two names.
    static int AfterCountry(Document document, int first, int end, Dictionary<int, KnownSpan> known) =>
        known.TryGetValue(first, out var country) && country.Name.Entities is [{ Type: EntityType.Place }, ..] && country.End + 1 < end && document.Tokens[country.End].Kind == TokenKind.Genitive ? country.End + 1 : first;

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
