using System.Collections.Frozen;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

/// <summary>
/// Where a text names media: those of the table, names that end as papers' do (Star Tribune) or stand beside "newspaper", call
/// signs of stations (WFLA), "the Post" for one named before, and addresses.
/// </summary>
sealed class MediaMentions(Outlets outlets)
{
    static readonly ulong News = WordHash.Of("news"), Agency = WordHash.Of("agency"), Site = WordHash.Of("site");

    static readonly FrozenSet<ulong> Particles = new[] { "de", "da", "do", "la", "le", "el", "al", "del", "der", "des", "dos", "das", "di", "y", "e" }.Select(word => WordHash.Of(word)).ToFrozenSet();

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TopLevelDomains = new[]
    {
        "com", "org", "net", "gov", "edu", "info", "news", "media", "io", "co", "tv", "fm", "me", "eu", "uk", "us", "ca", "au", "nz", "ie", "in", "pk", "bd", "lk", "np", "za", "ng", "ke", "gh", "ug", "tz", "zw", "eg", "ma", "dz", "tn",
        "ua", "ru", "by", "pl", "cz", "sk", "hu", "ro", "bg", "rs", "hr", "si", "ba", "mk", "al", "gr", "tr", "ge", "am", "az", "kz", "kg", "uz", "de", "at", "ch", "fr", "be", "nl", "lu", "es", "pt", "it", "se", "no", "dk", "fi", "is",
        "ee", "lv", "lt", "il", "ps", "jo", "lb", "sy", "iq", "ir", "sa", "ae", "qa", "kw", "cn", "hk", "tw", "jp", "kr", "kp", "sg", "my", "id", "th", "vn", "ph", "mx", "br", "ar", "cl", "pe", "ve", "cu", "press", "live", "today", "online", "africa",
    }.ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    public List<MediumMention> Find(SourceText text)
    {
        var document = text.Document;
        var found = new List<MediumMention>();
        var matches = new Outlets.Matches();
        var after = 0;
        for (var w = 0; w < document.Words.Length; w++)
        {
            var i = document.Words[w];
            if (i < after) continue;
            var mention = outlets.At(document, w, matches) ?? Host(text, i) ?? Titled(text, i, after);
            if (mention is not { } medium || IsPerson(text, medium.First)) continue; // Michael Bloomberg, Steve Forbes
            medium = medium with { End = WithNumber(text, medium) };
            if (medium.Host is null && medium.End == medium.First + 1 && i > 0 && text.Is(medium.First - 1, SourceText.The) && Earlier(text, found, medium) is { } earlier) medium = medium with { Outlet = earlier };
            found.Add(medium);
            after = medium.End;
        }
        return found;
    }

    static bool IsPerson(SourceText text, int i) => text.Entities.At(i) is var at and >= 0 && text.Entities.Entities[text.Entities.Mentions[at].Entity].Type == EntityType.Person;

    // "CBS 2", "Fox 5": a station of the network.
    static int WithNumber(SourceText text, MediumMention medium)
    {
        var next = medium.End;
        var tokens = text.Document.Tokens;
        return medium.Outlet is not null && next < tokens.Length && tokens[next].Kind == TokenKind.Number && tokens[next].Length <= 2 && tokens[next].Start == tokens[next - 1].End + 1 && char.IsUpper(text.Document.Text[tokens[next - 1].End - 1]) ? next + 1 : next;
    }

    static MediumMention? Titled(SourceText text, int i, int from)
    {
        if (!text.IsCapital(i)) return null;
        var (tokens, to) = (text.Document.Tokens, Math.Min(text.Document.Tokens.Length, i + 8));
        if (IsCallSign(text.Document[tokens[i]]) && (text.Entities.At(i) is var known && known < 0 || text.Entities.Entities[text.Entities.Mentions[known].Entity].Type == EntityType.Organisation)) return new MediumMention(i, i + 2 < to && text.Joins(i + 1) && text.IsCapital(i + 2) ? i + 3 : i + 1, null, null); // KING-TV
        if (i > from && text.IsName(i - 1) && !text.Is(i - 1, WordClass.Title)) return null; // only where a name begins
        if (!text.IsName(i)) return null;
        var end = i;
        while (end < to && (text.IsName(end) || end + 1 < to && (text.Joins(end) || end > i && text.IsName(end + 1) && Particles.Contains(tokens[end].Exact)))) end++;
        if (text.IsGenitive(end - 1)) return null;
        var last = end - 1;
        // "the daily Okaz", "Okaz newspaper"
        if (i > 0 && !text.IsCapital(i - 1) && IsPaper(text, i - 1) && !text.Is(last, WordClass.Title)) return new MediumMention(i, end, null, null);
        if (end < to && !text.IsCapital(end) && (text.Is(end, WordClass.Paper) || text.Is(end, News) && end + 1 < to && text.Is(end + 1, Agency)) && text.WithoutTitle(i, end) is var bare && !(bare == last && text.Is(last, WordClass.Demonym)))
            return new MediumMention(bare, end, null, null);
        if (!text.Is(last, WordClass.Masthead) || text.Entities.At(last) is var at && at >= 0 && text.Entities.Entities[text.Entities.Mentions[at].Entity].Type != EntityType.Organisation) return null;
        if (last > i) return new MediumMention(i, end, null, null);
        return i > 0 && text.Is(i - 1, SourceText.The) ? new MediumMention(i, end, null, null) : null;
    }

    static bool IsPaper(SourceText text, int i) => text.Is(i, WordClass.Paper) || (text.Is(i, Agency) || text.Is(i, Site)) && i > 0 && text.Is(i - 1, News);

    static bool IsCallSign(ReadOnlySpan<char> word) => word.Length == 4 && word[0] is 'K' or 'W' && word.Length == 4 && !word.ContainsAnyExceptInRange('A', 'Z');

    // "the Post" is the last medium named whose name ends so.
    static Outlet? Earlier(SourceText text, List<MediumMention> found, MediumMention medium)
    {
        const int Farthest = 200;
        var last = text.Document.Tokens[medium.End - 1].Exact;
        for (var i = found.Count - 1; i >= Math.Max(0, found.Count - Farthest); i--)
            if (found[i].Outlet is { } outlet && text.Document.Tokens[found[i].End - 1].Exact == last) return outlet;
        return null;
    }

    MediumMention? Host(SourceText text, int i)
    {
        const int Longest = 12;
        var (document, tokens) = (text.Document, text.Document.Tokens);
        if (!text.Touches(i) || !(text.IsMark(i + 1, '.') || text.IsMark(i + 1, '-')) || i > 0 && text.Touches(i - 1) && (text.IsMark(i - 1, '@') || text.IsMark(i - 1, '.'))) return null;
        var (end, dotted) = (0, false);
        for (var j = i + 1; j + 1 < tokens.Length && j - i < Longest && text.Touches(j - 1) && text.Touches(j) && tokens[j].Kind == TokenKind.Punctuation && document.Text[tokens[j].Start] is '.' or '-' && tokens[j + 1].IsWord; j += 2)
            if (document.Text[tokens[j].Start] == '.' && TopLevelDomains.Contains(document[tokens[j + 1]])) (end, dotted) = (j + 2, true);
        if (!dotted) return null;
        var host = document.Text[tokens[i].Start..tokens[end - 1].End].ToLowerInvariant();
        var www = host.StartsWith("www.", StringComparison.Ordinal);
        if (www) host = host[4..];
        return new MediumMention(www ? i + 2 : i, end, outlets.OfHost(host), host);
    }
}
