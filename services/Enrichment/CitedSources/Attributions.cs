using System.Collections.Frozen;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

/// <summary>"according to X", "citing X", "as quoted by X": whoever follows is the source.</summary>
static class Attributions
{
    static readonly ulong According = WordHash.Of("according"), Citing = WordHash.Of("citing"), Quoting = WordHash.Of("quoting"), Per = WordHash.Of("per"), Reports = WordHash.Of("reports"), Writes = WordHash.Of("writes");

    public static void Find(SourceText text, List<MediumMention> media, List<Candidate> found)
    {
        var medium = 0;
        foreach (var sentence in text.Document.Sentences)
            for (var i = sentence.First; i + 1 < sentence.End; i++)
            {
                if (text.Is(i, Reports) && Reporter(text, i, sentence) is { } reporter) found.Add(reporter);
                if ((text.Is(i, Writes) || text.Is(i, Reports)) && i > sentence.First && Writer(text, i, sentence) is { } writer) found.Add(writer);
                if (!text.Is(i, WordClass.Cue)) continue;
                var any = text.Is(i, According) && text.Is(i + 1, SourceText.To) || text.Is(i, Per) && i > sentence.First && text.IsMark(i - 1, ',');
                var citing = text.Is(i, Citing) || text.Is(i, Quoting) || text.Is(i, Per);
                if (!any && !citing) continue;
                var length = any && text.Is(i, According) ? 2 : 1;
                var (cue, start) = (i, i + length);
                for (var more = true; more && start < sentence.End;)
                {
                    while (medium < media.Count && media[medium].End <= start) medium++;
                    var source = Source(text, medium < media.Count ? media[medium] : null, start, sentence.End, any, out var end);
                    if (source is { } named && (any || named.Kind is SourceKind.Anonymous or SourceKind.Medium or SourceKind.Document)) found.Add(named with { CueFirst = cue, CueEnd = cue + length });
                    // "according to police and witnesses"
                    more = source is not null && end + 1 < sentence.End && text.Is(end, SourceText.And) && Continues(text, end + 1, sentence.End);
                    start = end + 1;
                }
            }
    }

    // "Michael Silverman reports that": journalists, if they are known to be persons.
    static Candidate? Reporter(SourceText text, int verb, Sentence sentence) =>
        verb > sentence.First && text.Entities.At(verb - 1) is var at and >= 0 && text.Entities.Mentions[at] is var mention && mention.End - mention.First > 1
        && text.Entities.Entities[mention.Entity].Type == EntityType.Person && (text.Is(verb + 1, SourceText.That) || text.Is(verb + 1, SourceText.From) || !text.IsWord(verb + 1))
            ? new Candidate(mention.First, mention.End, verb, verb + 1, SourceKind.Named) : null;

    // "…," writes Goldberg.
    static Candidate? Writer(SourceText text, int verb, Sentence sentence) =>
        (text.IsMark(verb - 1, '"') || text.IsMark(verb - 1, ',')) && text.NameEnd(verb + 1, sentence.End) is var end && end > verb + 1 && (end >= sentence.End || text.IsMark(end, '.') || text.IsMark(end, ',') || text.Is(end, SourceText.In))
            ? new Candidate(verb + 1, end, verb, verb + 1, SourceKind.Named) : null;

    static bool Continues(SourceText text, int start, int to)
    {
        var i = start;
        while (i < to && i < start + 5 && text.IsWord(i) && !text.Is(i, WordClass.Stop) && !text.Is(i, Sources)) i++;
        while (i + 1 < to && text.Is(i + 1, Sources) && !text.IsCapital(i + 1)) i++;
        return i < to && (text.Is(i, WordClass.People | WordClass.Opinion) || text.Is(i, Sources) && text.Last(i) == 's') && !(i + 1 < to && text.Is(text.SkipToVerb(i + 1, to) is var verb && verb < to ? verb : i + 1, WordClass.Speech));
    }

    static Candidate? Source(SourceText text, MediumMention? medium, int start, int to, bool any, out int end)
    {
        var first = start;
        while (first < to && (text.Is(first, WordClass.Determiner) && !text.IsName(first) || first > start && text.Is(first, SourceText.Of) && text.Is(first - 1, WordClass.Determiner) || text.IsMark(first, '"') || text.IsMark(first, '\'') || text.Document.Tokens[first].Kind == TokenKind.Number)) first++;
        while (first + 1 < to && (text.Is(first, WordClass.Fresh) && !text.IsCapital(first) || text.IsAdverb(first) && IsParticiple(text, first + 1) || first > start && IsParticiple(text, first) && text.IsAdverb(first - 1))) first++;
        end = first;
        if (medium is { } named && Reaches(text, first, named.First) && !(named.End < to && text.IsWord(named.End) && text.Is(named.End, WordClass.People | WordClass.Opinion) && !text.Is(named.End, WordClass.Genre)))
        {
            end = named.End;
            return new Candidate(named.First, named.End, 0, 0, SourceKind.Medium, named);
        }
        // The words before the first that ends a noun phrase; its head is the last of them.
        for (; end < to; end++)
        {
            if (text.IsGenitive(end) && end > first && text.Is(end - 1, WordClass.People | WordClass.Opinion)) break; // "defenders' formula": the defenders
            if (end > first && (text.IsGenitive(end) || text.Joins(end) || IsParticiple(text, end) && text.IsAdverb(end - 1))) continue; // "a newly released report"
            if (!text.IsWord(end) || text.Is(end, WordClass.Stop) && !text.IsName(end) || end > first && (text.Is(end, WordClass.Time) || (text.Is(end, WordClass.Tail) || IsParticiple(text, end) || IsGerund(text, end) && end + 1 < to && text.Is(end + 1, WordClass.Stop)) && text.Is(end - 1, Heads) || text.Is(end, WordClass.Speech) && text.Is(end - 1, Heads) && !text.Is(end, WordClass.Document))) break;
        }
        if (end == first || end == first + 1 && text.IsAdverb(first)) return null;
        var head = end - 1;
        if (text.IsGenitive(head)) { if (head == first) return null; head--; }
        var lower = !text.IsCapital(head) || head == first && text.Is(head, Heads) && !(end < to && (text.Is(end, SourceText.Of) || text.Is(end, SourceText.For) || text.Is(end, SourceText.On)));
        return lower ? Common(text, first, head, to, any, out end) : Proper(text, first, end, to, out end);
    }

    const WordClass Sources = WordClass.People | WordClass.Opinion | WordClass.Organ | WordClass.Media | WordClass.Document;

    const WordClass Heads = WordClass.People | WordClass.Circle | WordClass.Opinion | WordClass.Document | WordClass.Organ | WordClass.Media;

    // "a summary distributed to reporters"
    static bool IsParticiple(SourceText text, int i) => !text.IsCapital(i) && text.Document[text.Document.Tokens[i]].EndsWith("ed");

    // "reports emerging in the media"
    static bool IsGerund(SourceText text, int i) => text.IsWord(i) && !text.IsCapital(i) && !text.Is(i, WordClass.Document) && text.Document.Tokens[i].Length > 5 && text.Document[text.Document.Tokens[i]].EndsWith("ing");

    static bool Reaches(SourceText text, int from, int to)
    {
        if (to < from || to - from > 8) return false;
        for (var i = from; i < to; i++)
            if (!(text.Is(i, WordClass.Medium | WordClass.Demonym | WordClass.Determiner) || text.IsGenitive(i) || text.Joins(i) || text.IsMark(i, '"') || text.IsName(i))) return false;
        return true;
    }

    static Candidate? Common(SourceText text, int first, int head, int to, bool any, out int end)
    {
        end = head + 1;
        var token = text.Document.Tokens[head];
        var plural = char.ToLowerInvariant(text.Document.Text[token.End - 1]) == 's';
        if (text.Is(head, WordHash.Of("reports")) && (first == head || text.Is(head - 1, WordClass.Vague))) return new Candidate(first, end, 0, 0, SourceKind.Anonymous);
        if (text.Is(head, WordClass.Document))
        {
            var publisher = Documents.Publisher(text, first, head, to, first - 1);
            if (publisher is { } named) return new Candidate(named.First, named.End, 0, 0, SourceKind.Named);
            return new Candidate(first, end, 0, 0, SourceKind.Document);
        }
        if (text.Is(head, WordClass.People) || any && text.Is(head, WordClass.Opinion | WordClass.Circle) || text.Is(head, WordClass.Circle) && text.TailEnd(end, to) > end)
        {
            end = text.TailEnd(end, to);
            return new Candidate(first, end, 0, 0, SourceKind.Anonymous);
        }
        if (!any || text.Is(head, WordClass.NoSource)) return null;
        if (text.Is(head, WordClass.Media) && plural) return new Candidate(first, end, 0, 0, SourceKind.Anonymous);
        // "Cadre's website": Cadre.
        for (var i = head - 1; i > first; i--)
            if (text.IsGenitive(i) && text.NameBefore(i, first) is var name && name < i && text.Is(head, WordClass.Organ | WordClass.Media)) return new Candidate(name, i, 0, 0, SourceKind.Named);
        if (Many.Contains(token.Folded) && !(first > 0 && text.Is(first - 1, SourceText.The))) return new Candidate(first, end, 0, 0, SourceKind.Anonymous);
        return new Candidate(first, end, 0, 0, text.Is(head, WordClass.Organ) || !IsPeople(text.Document[token]) && !(first > 0 && text.Is(first - 1, A) && IsPerson(text.Document[token])) ? SourceKind.Named : SourceKind.Anonymous);
    }

    // "several security firms": which, nobody knows.
    static readonly FrozenSet<ulong> Many = new[] { "firms", "companies", "groups", "organizations", "organisations", "agencies", "banks", "hospitals", "charities", "ngos", "embassies", "airlines", "institutes", "networks", "ministries", "tribes", "activists" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    static readonly ulong A = WordHash.Of("a");

    // "according to a translator"
    static bool IsPerson(ReadOnlySpan<char> word) => word.EndsWith("or") || word.EndsWith("er") || word.EndsWith("ist") || word.EndsWith("ian") || word.EndsWith("man");

    static bool IsPeople(ReadOnlySpan<char> word) => word.EndsWith("ers") || word.EndsWith("ors") || word.EndsWith("ists") || word.EndsWith("ians") || word.EndsWith("ants") || word.EndsWith("men") || word.EndsWith("mates") || word.EndsWith("ees");

    static Candidate? Proper(SourceText text, int first, int chunk, int to, out int end)
    {
        var head = text.IsGenitive(chunk - 1) ? chunk - 2 : chunk - 1;
        var name = text.NameBefore(head + 1, first);
        if (text.Entities.At(head) is var at and >= 0 && text.Entities.Mentions[at] is var mention && mention.First >= first && text.Entities.Entities[mention.Entity].Type == EntityType.Person)
        {
            end = mention.End;
            return new Candidate(mention.First, mention.End, 0, 0, SourceKind.Named);
        }
        end = Math.Max(text.NameEnd(head, to), head + 1);
        if (name > head) return new Candidate(first, end, 0, 0, SourceKind.Named);
        return new Candidate(text.WithoutTitle(name, head + 1), end, 0, 0, SourceKind.Named);
    }
}
