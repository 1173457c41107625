using System.Collections.Frozen;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

/// <summary>What makes a medium a source: "told Reuters", "Reuters reported", "(Reuters) -", "…: Reuters", "via Reuters".</summary>
static class MediaCues
{
    const WordClass Skipped = WordClass.Medium | WordClass.Determiner | WordClass.Demonym | WordClass.Time;

    static readonly FrozenSet<ulong> Direct = Hashes("citing", "quoting", "via", "per", "cites", "quotes", "cited", "quoted"),
        Irregular = Hashes("wrote", "broke", "found", "said", "told", "has", "put", "ran"), Interviews = Hashes("interview", "interviews", "exclusive"), Polls = Hashes("poll", "survey"),
        Staff = Hashes("reporter", "reporters", "correspondent", "journalist", "columnist", "anchor", "editor", "contributor"), Leads = Hashes("in", "on", "during", "to", "from", "with", "by"),
        Lead = Hashes("source", "sources", "via", "credit", "courtesy"), Post = Hashes("post", "posts", "message", "messages", "account", "page", "feed", "video", "channel", "statement", "thread", "update", "livestream", "chat", "followers", "story", "posting", "broadcast");

    static readonly ulong According = WordHash.Of("according"), Read = WordHash.Of("read"), More = WordHash.Of("more"), Contributed = WordHash.Of("contributed"), Report = WordHash.Of("report"), Say = WordHash.Of("say");

    static FrozenSet<ulong> Hashes(params string[] words) => words.Select(word => WordHash.Of(word)).ToFrozenSet();

    public static void Find(SourceText text, List<MediumMention> media, List<Candidate> found)
    {
        var cues = new (int First, int End)[media.Count];
        var left = new bool[media.Count];
        var sentence = 0;
        var sentences = text.Document.Sentences;
        for (var m = 0; m < media.Count; m++)
        {
            while (sentences[sentence].End <= media[m].First) sentence++;
            var (first, end) = (sentences[sentence].First, sentences[sentence].End);
            if (m > 0 && media[m].Outlet?.Kind == OutletKind.Programme && Belongs(text, media[m - 1], media[m])) continue;
            if (Before(text, media[m], first) is { } before) (cues[m], left[m]) = (before, true);
            else cues[m] = Bracketed(text, media[m]) ?? (m > 0 && Listed(text, media[m - 1], media[m]) ? Plural(text, media[m], end) : null) ?? Headline(text, media[m], first, end) ?? Behind(text, media[m], first, end) ?? Contribution(text, media[m], end) ?? default;
        }
        // "told CNN and Fox News", "CNN and the New York Times reported"
        for (var m = 1; m < media.Count; m++)
            if (cues[m].End == 0 && left[m - 1] && Listed(text, media[m - 1], media[m])) (cues[m], left[m]) = (cues[m - 1], true);
        for (var m = media.Count - 2; m >= 0; m--)
            if (cues[m].End == 0 && cues[m + 1].End != 0 && !left[m + 1] && Listed(text, media[m], media[m + 1])) cues[m] = cues[m + 1];
        for (var m = 0; m < media.Count; m++)
            if (cues[m].End != 0) found.Add(new Candidate(media[m].First, media[m].End, cues[m].First, cues[m].End, SourceKind.Medium, media[m]));
    }

    // "The LA Times and CBS News report"
    static (int, int)? Plural(SourceText text, MediumMention medium, int to) => text.SkipToVerb(medium.End, to) is var verb && verb < to && (text.Is(verb, Report) || text.Is(verb, Say)) ? (verb, verb + 1) : null;

    // NBC's "Meet the Press": the network is the source.
    static bool Belongs(SourceText text, MediumMention network, MediumMention programme)
    {
        if (programme.First - network.End > 6) return false;
        for (var i = network.End; i < programme.First; i++)
            if (!text.IsGenitive(i) && !text.IsMark(i, '"') && !text.Is(i, WordClass.Medium | WordClass.Time) && !text.IsMark(i, '\'')) return false;
        return true;
    }

    static bool Listed(SourceText text, MediumMention one, MediumMention other)
    {
        var joined = false;
        for (var i = one.End; i < other.First; i++)
            if (text.Is(i, WordClass.Genre)) return false;
            else if (text.IsMark(i, ',') || text.Is(i, SourceText.And)) joined = true;
            else if (!text.Is(i, WordClass.Medium | WordClass.Determiner) || other.First - one.End > 6) return false;
        return joined;
    }

    /// <summary>"told Reuters", "according to the German magazine Der Spiegel", "in an interview with CNN", "posted on Telegram".</summary>
    static (int, int)? Before(SourceText text, MediumMention medium, int from)
    {
        const int Farthest = 7;
        var kind = medium.Outlet?.Kind;
        if (medium.End < text.Document.Tokens.Length && text.IsWord(medium.End) && Staffed.Contains(text.Document.Tokens[medium.End].Folded)) return null; // "told NBC brass"
        for (var i = medium.First - 1; i >= Math.Max(from, medium.First - (medium.Host is null ? Farthest : Farthest + 5)); i--)
        {
            if (kind is OutletKind.Platform or OutletKind.Letter) { if (OnPlatform(text, medium, i, from) is { } on) return on; }
            else
            {
                if (text.Is(i, WordClass.Outward)) return text.Is(i + 1, SourceText.To) ? null : (i, i + 1);
                if (text.Document.Tokens[i] is { IsWord: true } token && Direct.Contains(token.Folded)) return i > from && text.Is(i, Via) && (text.IsCapital(i - 1) || text.Is(i - 1, WordClass.Credit)) ? null : (i, i + 1);
                if (text.Is(i, SourceText.To)) return i > from && text.Is(i - 1, According) ? (i - 1, i + 1) : Reaching(text, i, from, WordClass.Address, 4);
                if (text.Is(i, SourceText.With)) return Reaching(text, i, from, WordClass.Partner, 5);
                if (text.Is(i, SourceText.By)) return Reaching(text, i, from, WordClass.Maker, 3);
                if (text.Is(i, SourceText.In)) return Reaching(text, i, from, WordClass.Place, 3);
                if (text.Is(i, SourceText.From)) return Reaching(text, i, from, WordClass.Origin, 3);
                if (text.Is(i, SourceText.On)) return Reaching(text, i, from, WordClass.Speech | WordClass.OnAir, 9);
                if (text.IsMark(i, ':') && i > from && Lead.Contains(text.Document.Tokens[i - 1].Folded)) return (i - 1, i + 1);
            }
            if (text.Is(i, SourceText.Of) && kind is not OutletKind.Common && i > from && i == medium.First - (text.Is(medium.First - 1, SourceText.The) ? 2 : 1) && text.IsName(i - 1)) continue; // "told Megyn Kelly of Fox News"
            if (text.IsMark(i, '@') || text.Is(i, More) && i > from && text.Is(i - 1, Read)) return ReadMore(text, i, from);
            if (kind is not (OutletKind.Platform or OutletKind.Letter) && IsInverted(text, i, from)) return (i, i + 1);
            if (kind == OutletKind.Common && text.IsName(i) && !text.Is(i, Skipped)) return null; // "telling Mayor Dawn Zimmer"
            if (text.IsGenitive(i) || text.Joins(i) || text.IsMark(i, '"') || text.Is(i, Skipped) && !text.Is(i, SourceText.To) && !text.Is(i, SourceText.That) || text.IsName(i) || medium.Host is not null && (text.IsMark(i, ':') || text.IsMark(i, '/') || IsScheme(text, i))) continue;
            if (medium.Host is not null && text.IsWord(i) && (text.Is(i, WordHash.Of("at")) || text.Is(i, SourceText.On))) continue;
            return null;
        }
        return null;
    }

    static readonly FrozenSet<ulong> Staffed = Hashes("brass", "executives", "executive", "bosses", "boss", "staff", "staffers", "employees", "management", "officials", "owner", "owners", "workers", "shareholders", "lawyers", "investors", "affiliate", "affiliates", "board");

    // "…," reports the Associated Press
    static bool IsInverted(SourceText text, int i, int from) =>
        text.Is(i, WordClass.Report | WordClass.Speech) && (text.Last(i) is 's' or 'd' || text.Is(i, Wrote)) && (i == from || text.IsMark(i - 1, '"') || text.IsMark(i - 1, ',') || text.Is(i - 1, As));

    static readonly ulong Wrote = WordHash.Of("wrote"), As = WordHash.Of("as");

    // "Handout via Reuters" credits a picture.
    static readonly ulong Via = WordHash.Of("via");


    static bool IsScheme(SourceText text, int i) => i > 0 && (text.Is(i, WordHash.Of("http")) || text.Is(i, WordHash.Of("https")) || text.Is(i, WordHash.Of("www")) || text.IsMark(i, '.') && text.Is(i - 1, WordHash.Of("www")));

    static (int, int)? ReadMore(SourceText text, int i, int from)
    {
        for (var j = i; j >= Math.Max(from, i - 4); j--)
            if (text.Is(j, Read)) return (j, i + 1);
        return null;
    }

    // The word that gives a preposition its sense: "interview" in "in an exclusive interview with".
    static (int, int)? Reaching(SourceText text, int preposition, int from, WordClass wanted, int farthest)
    {
        for (var i = preposition - 1; i >= Math.Max(from, preposition - farthest); i--)
        {
            if (text.Is(i, wanted)) return (i, preposition + 1);
            if (text.Is(i, SourceText.That)) return null;
            if (!text.IsWord(i) && !text.IsMark(i, '"') && !text.Joins(i) && !text.IsGenitive(i)) return null;
        }
        return null;
    }

    static (int, int)? OnPlatform(SourceText text, MediumMention medium, int i, int from)
    {
        var letter = medium.Outlet!.Kind == OutletKind.Letter;
        if (i != medium.First - 1 && !text.Is(i, SourceText.On) && !text.Is(i, SourceText.To) && !text.Is(i, SourceText.In)) return null;
        if (letter && (i != medium.First - 1 || !(text.Is(i, SourceText.On) || text.Is(i, SourceText.To)))) return null;
        var post = medium.End < text.Document.Tokens.Length && text.IsWord(medium.End) && Post.Contains(text.Document.Tokens[medium.End].Folded);
        if (text.Is(i, SourceText.On) && !post && i == from) return letter ? null : (i, i + 1);
        if (text.Is(i, SourceText.On) || text.Is(i, SourceText.To) && !letter && Reaching(text, i, from, WordClass.OnAir, 4) is not null)
            return Reaching(text, i, from, letter ? WordClass.OnAir | WordClass.Speech : WordClass.Speech | WordClass.OnAir, 8);
        if (text.Is(i, WordHash.Of("via"))) return (i, i + 1);
        if (post && i + 1 == medium.First && text.Is(i, WordClass.Determiner) && i > from && text.Is(i - 1, WordClass.OnAir | WordClass.Address)) return (medium.End, medium.End + 1);
        return post && (text.Is(i, SourceText.In) || i + 1 == medium.First && text.Is(i, WordClass.Determiner) && i > from && (text.Is(i - 1, SourceText.In) || text.Is(i - 1, SourceText.On))) ? (medium.End, medium.End + 1) : null;
    }

    static (int, int)? Bracketed(SourceText text, MediumMention medium)
    {
        if (medium.Outlet is null or { Kind: OutletKind.Platform or OutletKind.Letter or OutletKind.Common } || medium.First == 0) return null;
        var (before, end) = (medium.First - 1, medium.End);
        if (text.Is(before, SourceText.The) || text.Is(before, WordHash.Of("via"))) before--;
        if (before < 0) return null;
        if (medium.Outlet.Kind == OutletKind.Agency && (IsSlashed(text, before, end) || IsCopyright(text, before, end))) return (before, end);
        if (!(text.IsMark(before, '(') || text.IsMark(before, '['))) return null;
        if (end < text.Document.Tokens.Length && text.IsMark(end, '.')) end++;
        return end < text.Document.Tokens.Length && (text.IsMark(end, ')') || text.IsMark(end, ']')) ? (before, end + 1) : null;
    }

    // "/TASS/"
    static bool IsSlashed(SourceText text, int before, int end) => text.IsMark(before, '/') && end < text.Document.Tokens.Length && text.IsMark(end, '/') && (before == 0 || !text.Touches(before - 1));

    // "© 2026 AFP", "Copyright 2026 The Associated Press"
    static bool IsCopyright(SourceText text, int before, int end)
    {
        if (text.Document.Tokens[before].Kind == TokenKind.Number) before--;
        else if (!text.IsMark(before, '©')) return false;
        return before >= 0 && !(end < text.Document.Tokens.Length && text.IsMark(end, '/')) && (text.IsMark(before, '©') || text.Is(before, Copyright));
    }

    static readonly ulong Copyright = WordHash.Of("copyright"), Which = WordHash.Of("which");

    /// <summary>"Herald: Sox make offer", "Sox make offer: Herald".</summary>
    static (int, int)? Headline(SourceText text, MediumMention medium, int from, int to)
    {
        const int LongestHeadline = 30;
        if (medium.Outlet is null or { Kind: OutletKind.Platform or OutletKind.Letter or OutletKind.Programme } || to - from > LongestHeadline) return null;
        var before = medium.First - 1;
        if (before >= from && text.Is(before, SourceText.The)) before--;
        if (before < from && medium.End + 1 < to && text.IsMark(medium.End, ':') && text.IsCapital(medium.End + 1)) return (medium.End, medium.End + 1);
        if (before <= from || !(medium.End == to || medium.End + 1 == to && text.IsMark(medium.End, '.'))) return null;
        return text.IsMark(before, ':') || text.IsMark(before, '-') && !text.Touches(before - 1) && text.Document.Sentences[0].End == to ? (before, before + 1) : null;
    }

    /// <summary>"Reuters reported", "CNN's Jim Acosta reports", "the New York Times, citing officials, said", "in a Fox News interview".</summary>
    static (int, int)? Behind(SourceText text, MediumMention medium, int from, int to)
    {
        if (medium.Outlet is { Kind: OutletKind.Platform or OutletKind.Letter } || medium.Outlet?.Kind == OutletKind.Common && medium.First == from) return null;
        var i = medium.End;
        if (i < to && text.IsMark(i, '"')) i++;
        if (i < to && text.Is(i, SourceText.Of) && text.NameEnd(i + 1, to) is var town && town > i + 1) i = town; // "The Standard-Times of New Bedford"
        var genitive = i < to && text.IsGenitive(i);
        if (genitive) i++;
        for (; i < to && i < medium.End + 4 && text.Is(i, WordClass.Medium) && !text.Is(i, WordClass.Genre) && !text.IsCapital(i); i++) { }
        if (i + 2 < to && text.IsMark(i, ','))
        {
            if (medium.First > from && text.IsMark(medium.First - 1, ',') && i == medium.End) return Verb(text, medium, i + 1, to); // "the French agency, AFP, reports"
            var citing = text.Is(i + 1, Which) ? i + 2 : i + 1;
            return Direct.Contains(text.Document.Tokens[citing].Folded) ? (citing, citing + 1) : null;
        }
        if (i < to && text.IsWord(i) && text.Is(i, WordClass.Genre)) return Genre(text, medium, i, from, to);
        if (genitive)
        {
            var name = text.NameEnd(i, to);
            if (name == i) return null;
            i = name;
        }
        return Verb(text, medium, i, to);
    }

    static (int, int)? Verb(SourceText text, MediumMention medium, int i, int to)
    {
        i = text.SkipToVerb(i, to);
        if (i + 2 < to && (text.Is(i, Was) || text.Is(i, Were)) && (text.Is(i + 1, FirstWord) || text.Is(i + 2, FirstWord))) return (i, i + 2); // "was the first to report"
        var lasting = i + 1 < to && (text.Is(i, Is) || text.Is(i, Are) || text.Is(i, Been) || text.Is(i, Was) || text.Is(i, Were)) && text.Is(i + 1, Reporting);
        if (lasting) return (i + 1, i + 2);
        if (i >= to || !text.Is(i, WordClass.Report | WordClass.Speech)) return null;
        var token = text.Document.Tokens[i];
        var last = text.Document.Text[token.End - 1];
        if (last is not ('s' or 'd') && !Irregular.Contains(token.Folded)) return null;
        // A medium that the table does not know may be none, and Time may be time.
        var paper = medium.End < to && !text.IsCapital(medium.End) && text.Is(medium.End, WordClass.Medium) || medium.First > 0 && text.Is(medium.First - 1, WordClass.Paper);
        return medium.Outlet is null or { Kind: OutletKind.Common } && !paper && !text.Is(i, Reported) && !text.Is(i, Reports) ? null : (i, i + 1);
    }

    static readonly ulong Was = WordHash.Of("was"), Were = WordHash.Of("were"), Is = WordHash.Of("is"), Are = WordHash.Of("are"), Been = WordHash.Of("been"), Reporting = WordHash.Of("reporting"), FirstWord = WordHash.Of("first");
    static readonly ulong Reported = WordHash.Of("reported"), Reports = WordHash.Of("reports");

    static (int, int)? Genre(SourceText text, MediumMention medium, int genre, int from, int to)
    {
        var token = text.Document.Tokens[genre].Folded;
        var lead = medium.First - 1;
        while (lead >= from && lead > medium.First - 5 && (text.Is(lead, WordClass.Determiner | WordClass.Medium | WordClass.Time) || text.IsMark(lead, '"') || text.IsGenitive(lead) || text.IsName(lead))) lead--;
        var led = lead >= from && text.IsWord(lead) && Leads.Contains(text.Document.Tokens[lead].Folded);
        if (Interviews.Contains(token)) return led ? (genre, genre + 1) : null;
        if (Staff.Contains(token))
        {
            var verb = text.SkipToVerb(text.NameEnd(genre + 1, to), to);
            return verb < to && (text.Is(verb, Reported) || text.Is(verb, Reports) || text.Is(verb, Wrote)) ? (verb, verb + 1) : null;
        }
        if (led && lead > from && text.Is(lead, SourceText.To) && text.Is(lead - 1, According)) return (lead - 1, lead + 1);
        var tells = Documents.Verb(text, genre, to);
        if (tells >= 0) return (genre, tells + 1);
        return led && text.Is(lead, SourceText.In) && !Polls.Contains(token) ? (genre, genre + 1) : null;
    }

    // "The Associated Press and Reuters contributed to this report", but not "CNN's Jim Acosta": that is the outlet's own staff.
    static (int, int)? Contribution(SourceText text, MediumMention medium, int to)
    {
        const int Farthest = 20;
        if (medium.Outlet is { Kind: OutletKind.Platform or OutletKind.Letter or OutletKind.Common } || medium.End < to && text.IsGenitive(medium.End)) return null;
        for (var i = text.SkipToVerb(medium.End, to); i + 2 < to && i < medium.End + Farthest; i++)
            if (text.Is(i, Contributed)) return text.Is(i + 1, SourceText.To) || text.Is(i + 1, WordClass.Origin) ? (i, i + 2) : null;
            else if (!text.IsMark(i, ',') && !text.Is(i, SourceText.And) && !text.IsName(i) && !text.Is(i, SourceText.The)) return null;
        return null;
    }
}
