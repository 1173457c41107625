using System.Collections.Frozen;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

/// <summary>Documents that say something: "court documents show", "a Monmouth poll found" (then the source is Monmouth), "Smith said in a statement" (then Smith).</summary>
static class Documents
{
    static readonly ulong Is = WordHash.Of("is"), Was = WordHash.Of("was"), Our = WordHash.Of("our"), My = WordHash.Of("my");

    static readonly ulong Reports = WordHash.Of("reports"), Written = WordHash.Of("written"), A = WordHash.Of("a"), Out = WordHash.Of("out");

    static readonly FrozenSet<ulong> Issuing = new[] { "issued", "released", "issuing", "releasing", "put", "putting", "sent", "sending", "issues", "releases" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    public static void Find(SourceText text, List<Candidate> found)
    {
        var media = found.Where(candidate => candidate.Kind == SourceKind.Medium).Select(candidate => candidate.First).Order().ToList();
        foreach (var sentence in text.Document.Sentences)
        {
            if ((text.Classes(sentence.First, sentence.End) & (WordClass.Document | WordClass.Statement)) == 0) continue;
            for (var i = sentence.First; i < sentence.End; i++)
            {
                var before = found.Count;
                if (text.Is(i, WordClass.Statement) && !text.IsCapital(i) && !OnPlatform(text, i, media)) Spoken(text, i, sentence, media, found);
                if (found.Count > before && found[before].Kind != SourceKind.Document) continue; // "Smith issued a statement saying": Smith
                if (text.Is(i, WordClass.Document) && IsHead(text, i, sentence.End) && Telling(text, i, sentence) is var verb and >= 0 && !IsAny(media, Math.Min(i, verb), Math.Max(i, verb)))
                {
                    found.RemoveRange(before, found.Count - before);
                    Add(text, i, sentence, verb, found);
                }
                else if (text.Is(i, Reports) && i - 1 > sentence.First && text.Is(i - 1, WordClass.Speech) && text.Is(i - 1, WordClass.Shows) && (text.IsMark(i - 2, ',') || text.IsMark(i - 2, '"'))) found.Add(new Candidate(i, i + 1, i - 1, i, SourceKind.Anonymous)); // "…, said reports"
            }
        }
    }

    // "a study published in Nature found": Nature is the source already.
    static bool IsAny(List<int> sorted, int from, int to) => sorted.BinarySearch(from) is var at && (at >= 0 || ~at < sorted.Count && sorted[~at] < to);

    // "in a post on X", "in a Facebook post": the platform.
    static bool OnPlatform(SourceText text, int head, List<int> media) => text.Is(head, Post) && IsAny(media, head - 1, head + 4);

    static readonly ulong Post = WordHash.Of("post");

    static readonly FrozenSet<ulong> Bureaus = new[] { "survey", "statistics", "census", "records", "data", "research" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    // "the Geological Survey said", "the Bureau of Labor Statistics said": organisations.
    static bool IsHead(SourceText text, int i, int to) => !(text.IsCapital(i) && i > 1 && (text.Is(i - 2, SourceText.Of) || text.Is(i - 1, SourceText.Of) || text.IsName(i - 1) && Bureaus.Contains(text.Document.Tokens[i].Folded))) && (i + 1 >= to || !(text.Joins(i + 1) || text.IsGenitive(i + 1)) && (!text.IsCapital(i) || i + 1 == to || !text.IsName(i + 1) || text.Is(i + 1, WordClass.Shows)));

    static int Telling(SourceText text, int head, Sentence sentence) => Verb(text, head, sentence.End) is var verb and >= 0 ? verb : Inverted(text, head, sentence.First);

    static void Add(SourceText text, int head, Sentence sentence, int verb, List<Candidate> found)
    {
        var start = text.PhraseStart(head, sentence.First);
        if (start > 0 && (text.Is(start - 1, Our) || text.Is(start - 1, My))) return; // the speaker's own
        // "reports said", "media reports say": anybody's. "police reports": a document.
        var vague = text.Is(head, Reports) && (start == head || text.Is(head - 1, WordClass.Vague)) || head > start && text.Is(head, WordHash.Of("report")) && text.Is(head - 1, WordHash.Of("media"));
        var (first, end) = vague ? (start, head + 1) : Publisher(text, start, head, verb > head ? verb : sentence.End, sentence.First) ?? (start, head + 1);
        found.Add(new Candidate(first, end, verb, verb + 1, vague ? SourceKind.Anonymous : first == start && end == head + 1 ? SourceKind.Document : SourceKind.Named));
    }

    /// <summary>Index of the verb by which a document tells something; -1 where it tells nothing.</summary>
    public static int Verb(SourceText text, int head, int to)
    {
        const int Farthest = 14;
        var i = text.SkipToVerb(head + 1, to);
        if (i < to && text.Is(i, WordClass.Shows) && IsFinite(text, i, head, to)) return i;
        // "The poll, released on Monday by the institute, showed"
        if (head + 2 < to && text.IsMark(head + 1, ',') && text.Is(head + 2, WordClass.Stop | WordClass.Time) && !text.Is(head + 2, Is) && !text.Is(head + 2, Was))
            for (i = head + 3; i < to && i < head + 2 * Farthest; i++)
                if (text.IsMark(i, ',')) return text.SkipToVerb(i + 1, to) is var next && next < to && text.Is(next, WordClass.Shows) && IsFinite(text, next, head, to) ? next : -1;
        if (Which(text, head, to) is var which and >= 0) return which;
        // "a report by the ministry released on Monday said"
        if (head + 1 >= to || !text.IsWord(head + 1) || !text.Is(head + 1, WordClass.Stop | WordClass.Tail)) return -1;
        if (text.Is(head + 1, SourceText.That) || text.Is(head + 1, WordClass.Auxiliary) || text.Is(head + 1, SourceText.And)) return -1;
        for (i = head + 2; i < to && i < head + Farthest; i++)
        {
            if (text.IsGenitive(i) || text.Joins(i) || text.IsMark(i, '"')) continue;
            if (text.IsMark(i, ',') && text.NameEnd(i + 1, to) is var place && place > i + 1 && place < to && text.IsMark(place, ',')) { i = place; continue; } // "in Benghazi, Libya, found"
            if (!text.IsWord(i) || text.Is(i, SourceText.That) || text.Is(i, WordHash.Of("who")) || text.Is(i, WordHash.Of("which"))) return -1;
            if (text.Is(i, WordClass.Shows) && IsFinite(text, i, head, to) && !IsAttribute(text, i, to) && !text.Is(i - 1, WordClass.Determiner) && !text.Is(i - 1, SourceText.To) && !(text.Is(i - 1, WordClass.Stop) && !text.Is(i - 1, WordClass.Time))) return i;
            if (text.Is(i, WordClass.Auxiliary)) return -1;
        }
        return -1;
    }

    // "a letter signed by all 42 senators, which stated"
    static int Which(SourceText text, int head, int to)
    {
        const int Farthest = 14;
        for (var i = head + 1; i + 2 < to && i < head + Farthest; i++)
            if (text.IsMark(i, ',')) return text.Is(i + 1, WhichWord) && text.SkipToVerb(i + 2, to) is var verb && verb < to && text.Is(verb, WordClass.Shows) && text.Is(verb, WordClass.Speech) && IsFinite(text, verb, head, to) ? verb : -1;
            else if (!text.IsWord(i) && !text.IsGenitive(i) && !text.Joins(i) && text.Document.Tokens[i].Kind != TokenKind.Number) return -1;
        return -1;
    }

    // "…," said the report; "few agree, notes a new Pew study"
    static int Inverted(SourceText text, int head, int from)
    {
        var verb = text.PhraseStart(head, from) - 1;
        while (verb > from && (text.Is(verb, WordClass.Determiner) || text.Is(verb, WordClass.Fresh) && !text.IsCapital(verb))) verb--;
        return verb > from && text.Is(verb, WordClass.Shows) && text.Is(verb, WordClass.Speech) && text.Last(verb) is 's' or 'd' && IsClosed(text, head) && (text.IsMark(verb - 1, ',') || text.IsMark(verb - 1, '"')) ? verb : -1;
    }

    // Not "said the polls were wrong", "says study author James Lloyd".
    static bool IsClosed(SourceText text, int head) => head + 1 >= text.Document.Tokens.Length || text.IsMark(head + 1, ',') || text.IsMark(head + 1, '.') || text.Is(head + 1, SourceText.By) || text.Is(head + 1, SourceText.From) || text.Is(head + 1, SourceText.Of) || text.Is(head + 1, WordClass.Time);

    static readonly ulong WhichWord = WordHash.Of("which");

    static readonly ulong Saying = WordHash.Of("saying"), Showing = WordHash.Of("showing"), Finding = WordHash.Of("finding"), List = WordHash.Of("list");

    static readonly ulong Shown = WordHash.Of("shown");

    // "a review of the newly found emails", "figures on first-time claims"
    static bool IsAttribute(SourceText text, int verb, int to) =>
        text.Is(verb - 1, WordClass.Adverb) || text.IsAdverb(verb - 1) || Nouns.Contains(text.Document.Tokens[verb].Folded) && !(verb + 1 < to && text.Is(verb + 1, SourceText.That)) || !Plain.Contains(text.Document.Tokens[verb].Folded) && verb + 1 < to && text.IsWord(verb + 1) && !text.IsCapital(verb + 1) && !text.Is(verb + 1, WordClass.Determiner | WordClass.Stop | WordClass.Adverb);

    static readonly FrozenSet<ulong> Nouns = new[] { "claims", "notes", "estimates", "details", "lists", "states", "reports" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    static readonly FrozenSet<ulong> Plain = new[] { "said", "says", "say", "show", "shows", "showed", "suggest", "suggests", "suggested", "indicate", "indicates", "indicated" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    static bool IsFinite(SourceText text, int verb, int head, int to)
    {
        if (verb + 2 < to && text.Is(verb + 1, SourceText.By) && text.Document.Tokens[verb + 2].Kind != TokenKind.Number) return false;
        var token = text.Document.Tokens[verb];
        if (text.Is(verb, Showing) || text.Is(verb, Finding)) return false;
        var c = text.Document.Text[token.End - 1];
        // "documents show", but "the report list": the bare form only behind a plural.
        return text.Is(verb, Shown) || c is 's' or 'd' or 'S' or 'D' || text.Is(verb, Saying) || text.Is(verb, WordHash.Of("put")) || char.ToLowerInvariant(text.Document.Text[text.Document.Tokens[head].End - 1]) == 's' || text.Is(head, WordHash.Of("data"));
    }

    /// <summary>Who stands behind a document: "a Monmouth survey", "a report by the Health Ministry", "a study published in Nature".</summary>
    public static (int First, int End)? Publisher(SourceText text, int start, int head, int to, int from)
    {
        for (var i = head - 1; i >= start; i--)
        {
            if (text.Entities.At(i) is var at and >= 0 && text.Entities.Mentions[at] is var mention && mention.First >= start && mention.End <= head && text.Entities.Entities[mention.Entity].Type != EntityType.Place) return (mention.First, mention.End);
            if (!text.IsName(i) || text.IsInitial(i, from) && !text.IsGenitive(i + 1)) continue;
            var end = i + 1;
            var first = text.WithoutTitle(text.NameBefore(end, start), end);
            if (first == end - 1 && (text.Is(first, WordClass.Demonym) || text.Entities.At(first) >= 0 || text.Document.Tokens[first].Kind == TokenKind.Number) || IsTitleCase(text, from, head)) { i = first; continue; }
            return (first, end);
        }
        const int Farthest = 10;
        for (var i = head + 1; i < to && i < head + Farthest; i++)
        {
            if (!text.IsWord(i) && !text.Joins(i)) break;
            if (!(text.Is(i, SourceText.By) || text.Is(i, SourceText.From))) continue;
            var first = i + 1;
            while (first < to && (text.Is(first, WordClass.Determiner | WordClass.Medium) && !text.IsName(first) || text.Document.Tokens[first].Kind == TokenKind.Number)) first++;
            var end = text.NameEnd(first, to);
            if (end > first && end < to && text.IsGenitive(end)) (first, end) = Appositive(text, end + 1, to) ?? (first, end); // "from Grimm's attorney, William McGinley"
            if (end > first && !(end < to && text.Is(end, WordClass.People | WordClass.Opinion)) && !(end - first == 1 && text.Is(first, WordClass.Demonym))) return (text.WithoutTitle(first, end), end);
        }
        return null;
    }

    // "'s attorney, William McGinley"
    static (int First, int End)? Appositive(SourceText text, int i, int to)
    {
        const int Farthest = 5;
        for (var end = Math.Min(to, i + Farthest); i < end && (text.IsWord(i) || text.IsMark(i, ',')); i++)
            if (text.NameEnd(i, to) is var name && name > i) return (i, name);
        return null;
    }

    // In a headline every word has a capital.
    static bool IsTitleCase(SourceText text, int from, int head) => text.IsCapital(head);

    /// <summary>"Smith said in a statement", "in a letter to Congress, Smith wrote": the one who speaks, or the document where no name stands.</summary>
    static void Spoken(SourceText text, int head, Sentence sentence, List<int> media, List<Candidate> found)
    {
        var start = text.PhraseStart(head, sentence.First);
        var preposition = start - 1;
        while (preposition > sentence.First && text.Is(preposition, WordClass.Determiner) && !text.Is(preposition, SourceText.In)) preposition--;
        if (preposition < sentence.First) return;
        if (text.Is(preposition, Out) && preposition > sentence.First) preposition--; // "put out a statement"
        if (start - 1 - preposition >= 1 && Issued.Contains(text.Document.Tokens[head].Folded) && Issuing.Contains(text.Document.Tokens[preposition].Folded))
        {
            if (Subject(text, preposition, sentence.First) is { } issuer) found.Add(new Candidate(issuer.First, issuer.End, preposition, head + 1, SourceKind.Named));
            else if ((text.Classes(head + 1, sentence.End) & WordClass.Speech) != 0) found.Add(new Candidate(start, head + 1, preposition, head + 1, SourceKind.Document));
            return;
        }
        if (!text.Is(preposition, SourceText.In)) return;
        if (Inserted(text, preposition, head, sentence) is { } inserted) { found.Add(inserted); return; }
        if (preposition == sentence.First || text.IsMark(preposition - 1, ',') && preposition - 1 > sentence.First && !Said(text, preposition, sentence.First, out _))
        {
            if (!(head + 1 < sentence.End && text.Is(head + 1, SourceText.To) && IsAny(media, head + 1, head + 4))) Leading(text, preposition, head, start, sentence, found); // "in a statement to CNN": CNN
        }
        else if (Said(text, preposition, sentence.First, out var verb))
        {
            var speaker = Subject(text, verb, sentence.First) ?? Behind(text, verb, preposition);
            found.Add(speaker is { } named ? new Candidate(named.First, named.End, verb, head + 1, SourceKind.Named) : new Candidate(start, head + 1, verb, head + 1, SourceKind.Document));
        }
    }

    // "Issa, in a statement after the hearing, called it troubling"
    static Candidate? Inserted(SourceText text, int preposition, int head, Sentence sentence)
    {
        const int Farthest = 12;
        if (preposition - 2 < sentence.First || !text.IsMark(preposition - 1, ',')) return null;
        for (var i = head + 1; i + 1 < sentence.End && i < head + Farthest; i++)
            if (text.IsMark(i, ','))
                return text.SkipToVerb(i + 1, sentence.End) is var verb && verb < sentence.End && text.Is(verb, WordClass.Speech | WordClass.Shows | WordClass.Report) && Subject(text, preposition - 1, sentence.First) is { } named
                    ? new Candidate(named.First, named.End, preposition, head + 1, SourceKind.Named) : null;
        return null;
    }

    static bool Said(SourceText text, int preposition, int from, out int verb)
    {
        const int Farthest = 9;
        for (verb = preposition - 1; verb >= from && verb > preposition - Farthest; verb--)
        {
            if (text.Is(verb, WordClass.Speech | WordClass.Outward) && !text.IsCapital(verb)) return true;
            if (!text.IsWord(verb) && !text.IsMark(verb, ',')) return false;
        }
        return false;
    }

    static readonly FrozenSet<ulong> Issued = new[] { "statement", "statements", "release" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    static readonly FrozenSet<ulong> Declarations = new[] { "statement", "statements", "release", "letter", "email", "e-mail", "memo", "op-ed" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    // "In a statement released on Monday, Smith said"
    static void Leading(SourceText text, int preposition, int head, int start, Sentence sentence, List<Candidate> found)
    {
        const int Farthest = 25;
        if (!Declarations.Contains(text.Document.Tokens[head].Folded) && (text.Classes(head + 1, sentence.End) & WordClass.Speech) == 0) return;
        for (var i = head + 1; i < sentence.End && i < head + Farthest; i++)
        {
            if (!text.IsMark(i, ',')) continue;
            var first = i + 1;
            while (first < sentence.End && text.Is(first, WordClass.Determiner)) first++;
            var end = text.NameEnd(first, sentence.End);
            (first, end) = Speaker(text, first, sentence.End) ?? (first, end);
            found.Add(end > first && text.WithoutTitle(first, end) is var name && !(end - name == 1 && text.Is(name, WordClass.Demonym))
                ? new Candidate(name, end, preposition, head + 1, SourceKind.Named) : new Candidate(start, head + 1, preposition, head + 1, SourceKind.Document));
            return;
        }
    }

    // "FBI general counsel James Baker said", "the company said"
    static (int First, int End)? Speaker(SourceText text, int from, int to)
    {
        const int Farthest = 12;
        for (var i = from; i < to && i < from + Farthest && (text.IsWord(i) || text.IsGenitive(i) || text.Joins(i)); i++)
            if (text.Is(i, WordClass.Speech) && !text.IsCapital(i) && i > from && (text.IsName(i - 1) || text.Is(i - 1, WordClass.Organ))) return Subject(text, i, from);
        return null;
    }

    /// <summary>The name before a verb, over what explains it: "Smith, a lawyer for the family, said".</summary>
    static (int First, int End)? Subject(SourceText text, int verb, int from)
    {
        const int Farthest = 25;
        var (end, inner) = (verb, 0);
        while (end > from && text.Is(end - 1, WordClass.Adverb | WordClass.Auxiliary | WordClass.Time)) end--;
        if (end > from && text.IsMark(end - 1, ','))
            for (var i = end - 2; i > from && i > end - Farthest; i--)
                if (text.IsMark(i, ',')) { (end, inner) = (i, end - 1); break; }
        var first = text.NameBefore(end, from);
        // "Grimm's lawyer, William McGinley, said"
        if (first == end && inner > 0 && text.NameBefore(inner, end + 1) is var explained && explained == end + 1) (first, end) = (explained, inner);
        // "the Trump campaign", "the foreign ministry"
        if (first == end && end > from && text.Is(end - 1, WordClass.Organ) && !text.Is(end - 1, WordClass.Title)) return text.PhraseStart(end - 1, from) is var start && start < end - 1 && text.IsName(start) ? (start, end) : null;
        if (first == end) return null;
        first = text.WithoutTitle(first, end);
        return end - first == 1 && text.Is(first, WordClass.Demonym | WordClass.Title | WordClass.People) ? null : (first, end);
    }

    // "said agent Mark Roesler in a written statement"
    static (int First, int End)? Behind(SourceText text, int verb, int to)
    {
        const int Farthest = 6;
        for (var i = verb + 1; i < to && i < verb + Farthest; i++)
            if (text.NameEnd(i, to) is var end && end > i) return (text.WithoutTitle(i, end), end);
        return null;
    }
}
