using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

/// <summary>Media by a common noun: "the newspaper reported" (the one last named), "local media report" (nobody's name).</summary>
static class UnnamedMedia
{
    static readonly ulong Report = WordHash.Of("report"), Reports = WordHash.Of("reports");
    static readonly ulong The = WordHash.Of("the"), Its = WordHash.Of("its"), State = WordHash.Of("state"), Agency = WordHash.Of("agency"), News = WordHash.Of("news"), MediaWord = WordHash.Of("media"),
        Press = WordHash.Of("press"), Wrote = WordHash.Of("wrote"), Called = WordHash.Of("called"), Organizations = WordHash.Of("organizations"), Organisations = WordHash.Of("organisations");

    public static void Find(SourceText text, List<MediumMention> media, List<Candidate> found)
    {
        var (m, c, last) = (0, 0, (MediumMention?)null);
        var cited = found.Where(candidate => candidate.Kind == SourceKind.Medium).OrderBy(candidate => candidate.First).ToList();
        foreach (var sentence in text.Document.Sentences)
        {
            if ((text.Classes(sentence.First, sentence.End) & WordClass.Media) == 0) continue;
            for (var i = sentence.First; i < sentence.End; i++)
            {
                while (m < media.Count && media[m].End <= i) m++;
                while (c < cited.Count && cited[c].End <= i)
                    if (cited[c++].Outlet is { Outlet: not { Kind: OutletKind.Platform or OutletKind.Letter } } named) last = named;
                if (!text.Is(i, WordClass.Media) || text.IsCapital(i) && i > sentence.First || m < media.Count && media[m].First <= i) continue;
                if (m < media.Count && media[m].First <= i + (i + 1 < sentence.End && text.Is(i + 1, The) ? 2 : 1)) continue; // "the newspaper the Guardian"
                if (Cue(text, i, sentence) is not { } cue) continue;
                var start = text.PhraseStart(i, sentence.First);
                if (!IsMedium(text, start, i) || (text.Is(i, Organizations) || text.Is(i, Organisations)) && (start == i || !text.Is(i - 1, News) && !text.Is(i - 1, MediaWord))) continue;
                var plural = text.Document.Text[text.Document.Tokens[i].End - 1] == 's' || text.Is(i, MediaWord) || text.Is(i, Press);
                var definite = start > 0 && (text.Is(start - 1, The) || text.Is(start - 1, Its)) || cue.Left && start == i && text.Is(i, The);
                if (definite && start == i && (text.Is(i, MediaWord) || text.Is(i, Press))) continue; // "the media said": everybody
                var national = text.Is(i, Agency) && text.Is(i - 1, News) && start < i - 1; // "the French news agency": it can be named
                var bare = text.Is(start, State) && start > 0 && !text.IsGenitive(start - 1) && plural; // "state media": whose?
                var state = national || !bare && (start < i && text.Is(start, State) || start + 1 < i && text.Is(start + 1, State));
                if (!plural && definite && last is not null && !state && (!text.Is(i, Agency) || last.Value.Outlet?.Kind == OutletKind.Agency)) found.Add(new Candidate(start, i + 1, cue.First, cue.End, SourceKind.Medium, last));
                else if (text.Is(i, Agency) && !state) continue;
                else found.Add(new Candidate(start, i + 1, cue.First, cue.End, state || definite && !plural ? SourceKind.Named : SourceKind.Anonymous));
            }
        }
    }

    // A police station and a railway network are none.
    static bool IsMedium(SourceText text, int start, int head)
    {
        for (var i = start; i < head; i++)
            if (!(text.Is(i, WordClass.Medium | WordClass.Demonym | WordClass.Vague) || text.IsCapital(i) || text.IsGenitive(i) || text.Joins(i) || text.IsGenitive(i + 1))) return false;
        return true;
    }

    static (int First, int End, bool Left)? Cue(SourceText text, int head, Sentence sentence)
    {
        var next = head + 1;
        if (next < sentence.End && (text.Joins(next) || text.IsGenitive(next) || text.IsName(next))) return null;
        var verb = text.SkipToVerb(next, sentence.End);
        var plural = text.Last(head) == 's' || text.Is(head, MediaWord) || text.Is(head, Press);
        if (verb < sentence.End && text.Is(verb, WordClass.Report | WordClass.Speech) && !text.Is(verb, Called) && !((text.Is(verb, Reports) || text.Is(verb, Report)) && verb + 1 < sentence.End && text.Is(verb + 1, WordClass.Speech | WordClass.Shows | WordClass.Auxiliary)) && (plural || text.Last(verb) is 's' or 'd' || text.Is(verb, Wrote)) && !(verb + 1 < sentence.End && text.Is(verb + 1, SourceText.By))) return (verb, verb + 1, false);
        var start = text.PhraseStart(head, sentence.First);
        var before = start - 1;
        while (before > sentence.First && text.Is(before, WordClass.Determiner)) before--;
        return before >= sentence.First && text.Is(before, WordClass.Outward) && !(next < sentence.End && text.Is(next, WordHash.Of("to"))) ? (before, before + 1, true) : null;
    }
}
