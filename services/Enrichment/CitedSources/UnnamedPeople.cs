using System.Collections.Frozen;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

/// <summary>Unnamed people who speak as holders of information: "officials said", "a person familiar with the matter told".</summary>
static class UnnamedPeople
{
    static readonly ulong Quoted = WordHash.Of("quoted"), Saying = WordHash.Of("saying"), Was = WordHash.Of("was"), Were = WordHash.Of("were"), Be = WordHash.Of("be");

    const WordClass Heads = WordClass.People | WordClass.Circle;

    public static void Find(SourceText text, List<MediumMention> media, List<Candidate> found)
    {
        foreach (var sentence in text.Document.Sentences)
        {
            var classes = text.Classes(sentence.First, sentence.End);
            if ((classes & (Heads | WordClass.Determiner)) == 0 || (classes & (WordClass.Speech | WordClass.Report)) == 0) continue;
            var hidden = (classes & WordClass.Hidden) != 0 && IsHidden(text, sentence);
            for (var i = sentence.First; i < sentence.End; i++)
                if (text.Is(i, Heads) && Speaking(text, media, i, sentence, hidden) is { } candidate) found.Add(candidate);
                else if (text.Is(i, WordClass.Determiner) && Pronoun(text, i, sentence, found) is { } other) found.Add(other);
        }
    }

    // "some close to the chairman say"; "Another said" behind a source that was as nameless.
    static Candidate? Pronoun(SourceText text, int i, Sentence sentence, List<Candidate> found)
    {
        const int Near = 120;
        var next = i + 1;
        if (next >= sentence.End || !Pronouns.Contains(text.Document.Tokens[i].Folded)) return null;
        if (text.Is(next, WordClass.Close) && text.TailEnd(next, sentence.End) is var end && end > next && Verb(text, end, sentence.End) is var verb and >= 0) return new Candidate(i, end, verb, verb + 1, SourceKind.Anonymous);
        return text.IsInitial(i, sentence.First) && (text.Is(i, Another) || text.Is(i, One)) && text.Is(next, WordClass.Speech) && found.Count > 0 && found[^1] is { Kind: SourceKind.Anonymous } earlier && earlier.First < i && i - earlier.First < Near
            ? new Candidate(i, next, next, next + 1, SourceKind.Anonymous) : null;
    }

    static readonly FrozenSet<ulong> Pronouns = new[] { "some", "those", "others", "several", "many", "two", "three", "four", "five", "one", "another" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    // "on condition of anonymity", "who asked not to be named", "was not authorised to speak"
    static bool IsHidden(SourceText text, Sentence sentence)
    {
        for (var i = sentence.First + 1; i < sentence.End; i++)
            if (text.Is(i, WordClass.Hidden) && (!text.Is(i, Named) && !text.Is(i, Identified) || text.Is(i - 1, Be))) return true;
        return false;
    }

    // "aid workers", whose word is as good as an official's; other workers have opinions.
    static readonly FrozenSet<ulong> Workers = new[] { "worker", "workers", "doctor", "doctors", "team", "teams" }.Select(word => WordHash.Of(word)).ToFrozenSet(),
        Helping = new[] { "aid", "relief", "rescue", "health", "emergency", "humanitarian", "hospital", "medical", "ambulance" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    static readonly ulong Named = WordHash.Of("named"), Identified = WordHash.Of("identified");

    static Candidate? Speaking(SourceText text, List<MediumMention> media, int head, Sentence sentence, bool hidden)
    {
        var next = head + 1;
        if (next < sentence.End && (text.IsGenitive(next) || text.Joins(next) || text.IsName(next) && !text.Is(next, WordClass.Speech) && !text.IsCapital(head))) return null;
        if (text.IsCapital(head) && !hidden && head > sentence.First && text.IsName(head - 1) && !text.Is(head, WordClass.People)) return null;
        var start = text.PhraseStart(head, sentence.First);
        var end = text.TailEnd(next, sentence.End);
        var open = text.Is(head, WordClass.People) || head > sentence.First && Workers.Contains(text.Document.Tokens[head].Folded) && Helping.Contains(text.Document.Tokens[head - 1].Folded);
        if (IsApposition(text, start, end, sentence)) return null;
        if (!open && !hidden && (text.Classes(next, end) & WordClass.Close) == 0) return IsIndefinite(text, head, start) ? TellingMedia(text, media, start, end, sentence) : null;
        if (Verb(text, AfterPronoun(text, end, next, sentence.End), sentence.End) is var verb and >= 0) return new Candidate(start, end, verb, verb + 1, SourceKind.Anonymous);
        if (end > next && Verb(text, next, sentence.End) is var near and >= 0) return new Candidate(start, next, near, near + 1, SourceKind.Anonymous);
        if (open && Joined(text, next, sentence.End) is var joined and >= 0) return new Candidate(start, next, joined, joined + 1, SourceKind.Anonymous);
        if (Inverted(text, start, next, sentence.First) is var inverted and >= 0) return new Candidate(start, end, inverted, inverted + 1, SourceKind.Anonymous);
        if (open && Naming(text, start, next, sentence.First, sentence.End) is var naming and >= 0) return new Candidate(start, next, naming, naming + 1, SourceKind.Anonymous);
        if (hidden && AfterHiding(text, next, sentence.End) is var hiding and >= 0) return new Candidate(start, next, hiding, hiding + 1, SourceKind.Anonymous);
        if (open && Passive(text, start, sentence.First) is var passive and >= 0) return new Candidate(start, end, passive, passive + 2, SourceKind.Anonymous);
        return open && start == sentence.First && Participle(text, end, sentence.End) is var participle and >= 0 ? new Candidate(start, end, participle, participle + 1, SourceKind.Anonymous) : null;
    }

    // "a lawmaker" and "lawmakers", but not "the minister"
    static bool IsIndefinite(SourceText text, int head, int start) =>
        start > 0 && (text.Is(start - 1, A) || text.Is(start - 1, An) || text.Is(start - 1, One) || text.Is(start - 1, Another)) || text.Last(head) == 's' && !(start > 0 && text.Is(start - 1, SourceText.The));

    static readonly ulong A = WordHash.Of("a"), An = WordHash.Of("an"), One = WordHash.Of("one"), Another = WordHash.Of("another");

    // "A friend of the actress told People"
    static Candidate? TellingMedia(SourceText text, List<MediumMention> media, int start, int end, Sentence sentence)
    {
        // "Corey Strickland, a local truck driver told CBN News"
        for (var i = start - 1; i > start - 4 && i > sentence.First; i--)
            if (text.IsMark(i, ',')) { if (text.Entities.At(i - 1) is var at and >= 0 && text.Entities.Entities[text.Entities.Mentions[at].Entity].Type == EntityType.Person) return null; break; }
        var verb = text.SkipToVerb(end, sentence.End);
        if (verb + 1 >= sentence.End || !text.Is(verb, WordClass.Outward)) return null;
        var next = verb + 1;
        while (next < sentence.End && text.Is(next, WordClass.Determiner) && !text.IsName(next)) next++;
        return MediumMention.Begins(media, next) ? new Candidate(start, end, verb, verb + 1, SourceKind.Anonymous) : null;
    }

    // "officials and residents say"
    static int Joined(SourceText text, int next, int to)
    {
        const int Longest = 6;
        if (next >= to || !text.Is(next, SourceText.And)) return -1;
        for (var i = next + 1; i < to && i < next + Longest && text.IsWord(i); i++)
            if (i > next + 1 && text.Is(i, WordClass.Speech)) return text.Is(i - 1, WordClass.People | WordClass.Organ | WordClass.Opinion | WordClass.Circle | WordClass.Media) ? i : -1;
            else if (text.Is(i, WordClass.Stop)) return -1;
        return -1;
    }

    // "a source close to him said"
    static int AfterPronoun(SourceText text, int end, int next, int to)
    {
        const int Farthest = 3;
        if (end == next) return end;
        var i = end;
        while (i < to && i < end + Farthest && text.Is(i, WordClass.Stop | WordClass.Determiner) && !text.Is(i, WordClass.Auxiliary | WordClass.Speech)) i++;
        return i;
    }

    // "Smith, a senior official, said": named after all. "In Kyiv, officials said": not.
    static bool IsApposition(SourceText text, int start, int end, Sentence sentence)
    {
        var comma = start - 1;
        while (comma > sentence.First && text.Is(comma, WordClass.Determiner)) comma--;
        return comma > sentence.First && text.IsMark(comma, ',') && (text.IsCapital(comma - 1) || text.IsMark(comma - 1, ')')) && comma < start - 1 && end < sentence.End && (text.IsMark(end, ',') || text.IsMark(end, '.'));
    }

    static int Verb(SourceText text, int i, int to)
    {
        if (i < to && text.IsMark(i, ',')) i = Parenthesis(text, i, to);
        var verb = text.SkipToVerb(i, to);
        if (verb < to && text.Is(verb, WordClass.Speech) && !text.Is(verb, Saying)) return IsNoun(text, verb, to) ? -1 : verb;
        // "were quoted as saying"
        return verb + 1 < to && (text.Is(verb, Were) || text.Is(verb, Was)) && text.Is(verb + 1, Quoted) ? verb + 1 : -1;
    }

    static readonly ulong Requesting = WordHash.Of("requesting"), What = WordHash.Of("what");

    // "what aides called a wake-up call", "what officials describe as a blast"
    static int Naming(SourceText text, int start, int next, int from, int to)
    {
        var what = start - 1;
        while (what > from && text.Is(what, WordClass.Determiner)) what--;
        return what >= from && next < to && text.Is(what, What) && Names.Contains(text.Document.Tokens[next].Folded) ? next : -1;
    }

    static readonly FrozenSet<ulong> Names = new[] { "call", "called", "term", "termed", "dub", "dubbed", "describe", "described", "characterize", "characterized", "characterised", "label", "labelled", "labeled" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    static readonly ulong Report = WordHash.Of("report"), Claim = WordHash.Of("claim"), Reports = WordHash.Of("reports");

    static bool IsNoun(SourceText text, int verb, int to) => text.Is(verb, Reports) || text.Is(verb, Report) && verb + 1 < to && text.Is(verb + 1, WordClass.Speech | WordClass.Shows | WordClass.Auxiliary);

    // ", who was not authorised to speak publicly, ", ", speaking on condition of anonymity, "
    static int Parenthesis(SourceText text, int comma, int to)
    {
        const int Farthest = 30;
        if (comma + 1 >= to || !(text.Is(comma + 1, SourceText.Who) || text.Is(comma + 1, SourceText.Whose) || text.Is(comma + 1, WordHash.Of("speaking")) || text.Is(comma + 1, WordHash.Of("all")) || text.Is(comma + 1, WordHash.Of("both")) || text.Is(comma + 1, WordHash.Of("citing")) || text.Is(comma + 1, Requesting) || text.Is(comma + 1, WordClass.Hidden))) return Aside(text, comma, to);
        for (var i = comma + 2; i < to && i < comma + Farthest; i++)
            if (text.IsMark(i, ',')) return i + 1;
        return comma;
    }

    // ", though, "
    static int Aside(SourceText text, int comma, int to)
    {
        const int Farthest = 4;
        for (var i = comma + 1; i < to && i <= comma + Farthest; i++)
            if (text.IsMark(i, ',')) return i > comma + 1 ? i + 1 : comma;
            else if (!text.IsWord(i) || text.IsName(i)) return comma;
        return comma;
    }

    // "…," said a senior official
    static int Inverted(SourceText text, int start, int next, int from)
    {
        var verb = start - 1;
        while (verb > from && (text.Is(verb, WordClass.Determiner) || text.Is(verb, SourceText.Of))) verb--;
        var ends = next >= text.Document.Tokens.Length || !text.IsWord(next) || text.Is(next, WordClass.Time | WordClass.Tail);
        return ends && verb > from && text.Is(verb, WordClass.Speech) && !text.Is(verb, WordClass.Outward) && text.Last(verb) != 'g' && (text.IsMark(verb - 1, '"') || text.IsMark(verb - 1, ',') || text.IsMark(verb - 1, '\'')) ? verb : -1;
    }

    // "confirmed by a source in the ministry"
    static int Passive(SourceText text, int start, int from)
    {
        var by = start - 1;
        while (by > from && text.Is(by, WordClass.Determiner)) by--;
        return by > from && text.Is(by, SourceText.By) && Passives.Contains(text.Document.Tokens[by - 1].Folded) ? by - 1 : -1;
    }

    static readonly FrozenSet<ulong> Passives = new[] { "confirmed", "reported", "quoted", "revealed", "disclosed", "corroborated", "alleged", "described", "claimed", "cited", "announced", "denied", "disputed", "acknowledged", "told", "identified", "estimated", "relayed", "related", "recounted", "verified" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    // "A man who was there and did not want to be named said"
    static int AfterHiding(SourceText text, int i, int to)
    {
        const int Farthest = 40, Near = 6;
        if (i + 1 >= to || !(text.Is(i, SourceText.Who) || text.IsMark(i, ',') && text.Is(i + 1, SourceText.Who) || text.Is(i, WordClass.Tail))) return -1;
        for (var h = i; h < to && h < i + Farthest; h++)
            if (text.Is(h, WordClass.Hidden))
                for (var verb = h + 1; verb < to && verb < h + Near; verb++)
                    if (text.Is(verb, WordClass.Speech) && !text.Is(verb - 1, SourceText.To)) return verb;
        return -1;
    }

    // "Authorities would not comment, saying only that …"
    static int Participle(SourceText text, int i, int to)
    {
        const int Farthest = 25;
        for (; i + 1 < to && Farthest > 0 && i < to; i++)
        {
            if (text.IsName(i) && !text.Is(i, WordClass.Demonym) || text.IsMark(i, '"') || text.Is(i, WordClass.Speech) && !text.Is(i, Saying)) return -1;
            if (text.IsMark(i, ',') && text.Is(i + 1, Saying)) return i + 1;
        }
        return -1;
    }
}
