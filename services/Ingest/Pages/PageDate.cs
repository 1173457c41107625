using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Monitoring.Ingest.Pages;

/// <summary>Something on a page that dates its article.</summary>
/// <param name="When">What it says.</param>
/// <param name="HasTime">False for a day.</param>
/// <param name="Weight">1–10, how often such a thing is right.</param>
/// <param name="Source">Where it stands; two of one place are one witness.</param>
/// <param name="Modified">It says when the article was changed.</param>
/// <param name="Ambiguous">Day and month could be swapped.</param>
public readonly record struct DateEvidence(DateTimeOffset When, bool HasTime, int Weight, string Source, bool Modified = false, bool Ambiguous = false);

/// <summary>
/// When the article of a page was published and changed. Every kind of evidence has a weight, and kinds that agree on a day add theirs, so
/// that an address and a visible line together outvote a wrong meta element. A day next to another is the same day in another time
/// zone. What only says when it was changed is no date of publication, and of a page that gives no date none is guessed.
/// </summary>
/// <remarks>
/// An instant keeps the offset it was written with: its day is then the publisher's calendar day, and still one instant. Where it was
/// written in UTC and an address or a line gives a plain day beside it, the instant stays what it is: a day next to it is no contradiction.
/// </remarks>
public static partial class PageDate
{
    static readonly DateTimeOffset FirstWeb = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero), FirstNews = new(1605, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Ahead = TimeSpan.FromDays(2);

    /// <summary>Evidence from here on is the publisher's own statement in machine-readable form.</summary>
    const int Explicit = 8;

    /// <summary>Everything is compared with everything.</summary>
    const int MaxEvidence = 200;

    public static (DateTimeOffset? Published, DateTimeOffset? Modified) Decide(IReadOnlyList<DateEvidence> evidence, DateTimeOffset now)
    {
        var plausible = evidence.Take(MaxEvidence).Where(item => IsPlausible(item, now)).ToList();
        var said = plausible.Where(item => !item.Modified).ToList();
        // 3/4/2024 is no evidence unless something else says which of the two days it is.
        var sure = said.Where(item => !item.Ambiguous).ToList();
        said.RemoveAll(item => item.Ambiguous && !sure.Exists(other => SameDay(item, other)));
        var published = Best(said);
        var modified = Best(plausible.Where(item => item.Modified && !item.Ambiguous).ToList());
        return (published?.When, modified is { } change && !(published is { } first && change.When < first.When) ? change.When : null);
    }

    static bool IsPlausible(DateEvidence item, DateTimeOffset now) =>
        item.When <= now + Ahead && item.When.UtcDateTime.Date != DateTime.UnixEpoch && (item.When >= FirstWeb || item.Weight >= Explicit && item.When >= FirstNews && item.When.Year != 1970);

    static DateEvidence? Best(List<DateEvidence> said)
    {
        if (said.Count == 0) return null;
        var winner = said.MaxBy(item => Support(item, said));
        // Its own day first: a change on the morning after would else pass for the hour of publication.
        return said.Where(item => SameDay(item, winner)).OrderByDescending(item => item.When.Date == winner.When.Date).ThenByDescending(item => item.HasTime).ThenByDescending(item => item.Weight).First();
    }

    static int Support(DateEvidence item, List<DateEvidence> said) =>
        item.Weight + said.Where(other => other.Source != item.Source && SameDay(item, other)).GroupBy(other => other.Source).Sum(group => group.Max(other => other.Weight));

    static bool SameDay(DateEvidence one, DateEvidence other) =>
        one.When.Date == other.When.Date || Math.Abs((one.When.Date - other.When.Date).TotalDays) <= 1 && (one.HasTime || other.HasTime)
        && Math.Abs((one.When - other.When).TotalHours) <= 38;

    /// <summary>All that a page says about its dates.</summary>
    /// <param name="scan">The page.</param>
    /// <param name="article">Its JSON-LD object, if any.</param>
    /// <param name="title">The heading of the article in the page, if found.</param>
    /// <param name="address">The page's address, if known.</param>
    /// <param name="language">BCP 47 tag, for the order of day and month, and for month names.</param>
    internal static List<DateEvidence> Evidence(MetadataScan scan, Dictionary<string, object?>? article, Clue? title, string? address, string? language)
    {
        var found = new List<DateEvidence>();
        var order = Order(language, address);
        if (article is not null)
        {
            var weight = JsonLd.IsArticle(article) ? 10 : 8;
            foreach (var (member, part, modified) in Members)
                if (DateText.Value(JsonLd.Text(article, member), order, language) is { } date)
                    found.Add(new(date.When, date.HasTime, weight - part, "ld" + part, modified, date.Ambiguous));
        }
        foreach (var (names, weight, modified) in Names)
            foreach (var value in scan.Meta(names))
                if (DateText.Value(value, order, language) is { } date) found.Add(new(date.When, date.HasTime, weight, "meta", modified, date.Ambiguous));
        if (DateAddress.Of(address) is { } day) found.Add(new(day, false, 6, "address"));
        new Visible(scan, title, order, language, found).Read();
        return found;
    }

    static readonly (string Member, int Less, bool Modified)[] Members =
        [("datePublished", 0, false), ("dateModified", 0, true), ("uploadDate", 2, false), ("dateCreated", 4, false), ("dateUpdated", 1, true)];

    static readonly (string[] Names, int Weight, bool Modified)[] Names =
    [
        (["articlepublishedtime", "articlepublished", "ogarticlepublishedtime", "ogpublishedtime", "articlepublicationdate", "articlepublisheddate", "articledatepublished", "originalpublicationdate",
            "rnewsdatepublished", "datepublished", "publisheddate", "publishdate", "publicationdate", "pubdate", "parselypubdate", "sailthrudate", "btpubdate", "dcdateissued", "dctermsissued", "dcissued", "dctermsdateissued",
            "dcdatepublished", "dctermspublished", "prismpublicationdate", "citationpublicationdate", "citationonlinedate", "cxenseparserecspublishtime", "cxenseparsepublishtime", "cxenseparserecspublishtime", "publishedtime",
            "publishedat", "published", "publishtime", "publicationtime", "publisheddatetime", "articlepublishtime", "vrpublishedtime", "shareaholicarticlepublishedtime", "articledateoriginal", "firstpublished", "firstpublicationdate", "datepublication",
            "newspubdate", "postdate", "posteddate", "dateposted", "dataspubblicazione", "iodate", "rbpubdate", "gsapubdate", "tweetmemedate", "ogpubdate", "ogpublishdate", "mediapublished", "videoreleasedate", "dabledatepublished", "brightspotcontentpublished", "storydate", "ptime",
            "releasedate", "ogreleasedate", "articlereleasedate", "contentpublisheddate", "publishedon", "publicationdateiso"], 9, false),
        (["citationdate", "date", "dcdate", "dctermsdate", "displaydate", "articledate", "issued", "created", "dccreated", "dctermscreated", "dcdatecreated", "dctermsdatecreated", "datecreated", "creationdate", "articlecreated", "articlecreatedtime",
            "dateissued", "pagedate", "searchdate", "contentdate", "newsdate", "ogdate", "documentdate", "itemdate", "articlepubdate", "timestamp"], 6, false),
        (["articlemodifiedtime", "articlemodified", "articleupdatedtime", "articleupdated", "ogupdatedtime", "ogmodifiedtime", "ogarticlemodifiedtime", "dctermsmodified", "dcdatemodified", "dcmodified", "dctermsdatemodified", "datemodified", "modifieddate", "lastmodified", "lastmod", "lastmodifieddate",
            "revised", "lastupdated", "lastupdate", "updatedtime", "updateddate", "dateupdated", "modified", "updated", "moddate", "btmoddate", "rnewsdatemodified", "dcdateupdated", "modificationdate", "parselymetadatamodified", "cxenseparsemodifiedtime"], 8, true),
    ];

    /// <summary>Which comes first in 3/12/2024: by the page's language and region, else by the country of its domain.</summary>
    public static DateOrder Order(string? language, string? address)
    {
        var host = Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.IdnHost : "";
        var country = host[(host.LastIndexOf('.') + 1)..];
        var region = language?.Split('-').Skip(1).FirstOrDefault(part => part.Length == 2)?.ToUpperInvariant();
        if (region is "US" or "PH" or "PR" || country is "us" or "gov" or "mil" or "ph") return DateOrder.MonthFirst;
        var isEnglish = language is not null && (language == "en" || language.StartsWith("en-", StringComparison.OrdinalIgnoreCase));
        if (language is not null && !isEnglish) return DateOrder.DayFirst;
        if (region is not null && region != "CA") return DateOrder.DayFirst;
        // Many a .io or .tv is nobody's country.
        if (country.Length == 2 && country is not ("io" or "tv" or "co" or "me" or "ai" or "ca" or "eu" or "fm" or "cc" or "ly" or "gg" or "so")) return DateOrder.DayFirst;
        return isEnglish ? DateOrder.MonthFirst : DateOrder.Unknown;
    }

    /// <summary>Dates in the page itself: microdata, hAtom, time elements, lines at the headline.</summary>
    sealed class Visible(MetadataScan scan, Clue? title, DateOrder order, string? language, List<DateEvidence> found)
    {
        const int Near = 600, Far = 2_500, Before = 400;

        readonly PagePart? item = PagePart.Around(title?.Part).LastOrDefault(region => region.Kind is PagePart.Kinds.Item)
            ?? PagePart.Around(title?.Part).FirstOrDefault(region => region.Kind is PagePart.Kinds.Main);

        public void Read()
        {
            var items = scan.Clues.SelectMany(clue => PagePart.Around(clue.Part)).Where(region => region.Kind == PagePart.Kinds.Item && !region.Element.HasAttribute("hidden")).Distinct().ToList();
            var only = items.Count(region => !PagePart.Around(region.Parent).Any(outer => outer.Kind == PagePart.Kinds.Item)) == 1;
            var start = found.Count;
            foreach (var clue in scan.Clues)
                if (clue.Kind is Clue.Kinds.Property or Clue.Kinds.Time or Clue.Kinds.DateClass && Belongs(clue.Part, clue.Start, only)) Read(clue, only);
            foreach (var line in scan.Lines)
                if (!line.Linked && Belongs(line.Part, line.Start, only)) Read(line);
            // Without a headline to stand at, dates that differ are a list.
            if (title is null && found.Skip(start).Where(item => item.Weight < Explicit && !item.Modified).Select(item => item.When.Date).Distinct().Count() > 1)
                found.RemoveRange(start, found.Count - start);
        }

        // Not what stands in a menu, at another article or in its comments; whatever holds the headline is no such place.
        bool Belongs(PagePart? region, int position, bool only) => PagePart.Around(region).All(around => around.Kind switch
        {
            PagePart.Kinds.Aside or PagePart.Kinds.Header => title is { } heading && around.Holds(heading.Start),
            PagePart.Kinds.Item => only || title is { } heading && around.Holds(heading.Start),
            PagePart.Kinds.Scope => !OtherScope().IsMatch(around.Element.GetAttribute("itemtype") ?? "") || title is { } heading && around.Holds(heading.Start),
            PagePart.Kinds.Link => title is { } heading && around.Holds(heading.Start) || position >= (title?.End ?? 0) && position - (title?.End ?? 0) < Near && title is not null,
            _ => true,
        });

        void Read(Clue clue, bool only)
        {
            var property = clue.Kind == Clue.Kinds.Property;
            if (property && OtherProperty().IsMatch(clue.Hint)) return;
            var own = scan.Slice(clue.Start, clue.End);
            var stated = DateText.Value(clue.Value, order, language);
            var published = PublishedHint().IsMatch(clue.Hint);
            var dates = stated is { } value ? [(value, LabelIn(own) is var inner and not Labels.None ? inner : LabelBefore(clue.Start))] : own.Length is < 6 or > 250 ? [] : Labelled(own, clue.Start);
            foreach (var (date, label) in dates)
            {
                if (label == Labels.Other) continue;
                var modified = !published && ModifiedHint().IsMatch(clue.Hint) || label == Labels.Modified && !(property && published);
                var weight = property ? published || modified ? 9 : 6
                    : clue.Hint.Contains("pubdate", StringComparison.OrdinalIgnoreCase) || HAtom().IsMatch(clue.Hint) ? 8
                    : Distance(clue.Start, clue.Part, only) + (clue.Kind == Clue.Kinds.Time ? 1 : 0) + (label == Labels.Published ? 2 : 0) + (published ? 1 : 0)
                        // Few of its words are the date: a line about something else.
                        - (stated is null && (date.End - date.Start) * 3 < own.Length ? 2 : 0);
                if (weight > 0) found.Add(new(date.When, date.HasTime, Math.Min(weight, 9), property ? "property" : "visible", modified, date.Ambiguous));
            }
            if (stated is not null || property) covered.Add((clue.Start, clue.End));
        }

        void Read(DatedLine line)
        {
            var text = scan.Slice(line.Start, line.End);
            foreach (var (date, label) in Labelled(text, line.Start))
            {
                if (label == Labels.Other || covered.Exists(clue => line.Start + date.Start >= clue.Start && line.Start + date.End <= clue.End)) continue;
                // A line that is mostly words is about a date, not dated by it, unless a press release begins so.
                if (label == Labels.None && (title is null || text.Length - (date.End - date.Start) > 90 && !Dateline().IsMatch(text[..date.Start]))) continue;
                var weight = Distance(line.Start, line.Part, only: false) + (label == Labels.None ? -1 : 2);
                if (label != Labels.None) weight = Math.Max(weight, 4);
                if (weight > 1) found.Add(new(date.When, date.HasTime, Math.Min(weight, 7), "visible", label == Labels.Modified, date.Ambiguous));
            }
        }

        // Each date with what stands directly before it.
        List<(FoundDate Date, Labels Label)> Labelled(string text, int position)
        {
            var dates = new List<(FoundDate, Labels)>();
            var behind = 0;
            foreach (var date in DateText.Find(text, order, language))
            {
                var label = LabelIn(text[Math.Min(behind, date.Start)..date.Start]);
                if (label == Labels.None && behind == 0) label = LabelBefore(position);
                behind = date.End;
                dates.Add((date, label));
            }
            return dates;
        }

        Labels LabelBefore(int position)
        {
            var before = scan.Text[Math.Max(0, position - 40)..Math.Min(position, scan.Text.Length)].TrimEnd();
            return LabelIn(before[(before.LastIndexOf('\n') + 1)..]);
        }

        readonly List<(int Start, int End)> covered = [];

        // 6 at the headline, less with the way to it, 0 too far off.
        int Distance(int position, PagePart? region, bool only)
        {
            if (title is not { } heading) return only && PagePart.Around(region).Any(around => around.Kind == PagePart.Kinds.Item) ? 4 : region is null || !only ? 2 : 3;
            var inside = item is not null && item.Holds(position);
            if (position >= heading.Start)
                return position - heading.End <= Near ? 6 : position - heading.End <= Far ? 5 : inside ? 3 : 1;
            return heading.Start - position <= Before ? inside || item is null && PagePart.Around(region).Any(around => around.Kind is PagePart.Kinds.Scope or PagePart.Kinds.Main) ? 5 : 3 : inside ? 3 : 0;
        }
    }

    enum Labels { None, Published, Modified, Other }

    static Labels LabelIn(string text)
    {
        if (text.Length < 3) return Labels.None;
        var last = Labels.None;
        var at = -1;
        foreach (var (regex, label) in new[] { (PublishedLabel(), Labels.Published), (ModifiedLabel(), Labels.Modified), (OtherLabel(), Labels.Other) })
            for (var match = regex.Match(text); match.Success; match = match.NextMatch())
                if (match.Index > at || match.Index == at && label == Labels.Modified) (at, last) = (match.Index, label);
        return last;
    }

    [GeneratedRegex("""
        publish|posted|pub\.? ?date|post date|first published|released?\b|issued|created|written on|veröffentlicht|erstellt|erschienen|publi(é|ée|cado|cada|kováno|kované|cerad|kowano|cat|ceret|sert)|mis en ligne|parution|pubblicat
        |опубликован|дата публикации|опубліковано|дата публікації|публикувана|објављено|objavljeno|objavlje|opublikowan|data publikacji|dodano|zveřejněno|vydáno|yayın|gepubliceerd|geplaatst|julkaistu|udgivet|megjelen|közzétéve|δημοσι|نشر|פורסם|发布|發佈|发表|公開|投稿|게시|입력|등록|ngày đăng|diterbitkan|dipublikasikan
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex PublishedLabel();

    [GeneratedRegex("""
        updat|modif|aktualisier|geändert|\bstand\b|mis(e)?\sà\sjour|mise\sà\sjour|actuali[zs]|atualizad|aggiornat|modificat|обновлен|изменен|обновено|оновлен|ažurirano|zaktualizowan|aktualizacja|aktuali[sz]ov|güncel|bijgewerkt|gewijzigd|päivitetty|uppdaterad|oppdatert|opdateret|revised|\bedited|last\schange|frissítve|ενημ|تحديث|עודכן|更新|수정|cập\snhật|diperbarui
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ModifiedLabel();

    [GeneratedRegex(@"©|copyright|\(c\)|\bevent|deadline|expire|valid (un)?til|\buntil\b|\bborn\b|\bdied\b|founded|\bsince\b|\bseit\b|\bdepuis\b|retrieved|accessed|abgerufen|consulté|member since|joined|registered|last login|start date|end date|\bbis\b|due (by|date)|copyleft|archived|today is|heute ist",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherLabel();

    [GeneratedRegex(@"modif|updat|revis|lastmod", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ModifiedHint();

    [GeneratedRegex(@"publi(sh|c|k)|pub-?date|issued|posted|post-?date|entry-?date", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PublishedHint();

    [GeneratedRegex(@"start|end|birth|death|expire|valid|event|upload(?!Date)|copyright|datafeed|founding|availability|price|candidate|update(?!d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherProperty();

    // Microformats: hAtom's published, h-entry's dt-published.
    [GeneratedRegex(@"(?<![\w-])(published|dt-published|entry-date)(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HAtom();

    [GeneratedRegex("Comment|Event|Person|Rating|Product|Offer|ListItem|ItemList|Breadcrumb|Question|Answer|VideoObject|ImageObject|UserComments", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherScope();

    // LONDON, March 12, 2024 /PRNewswire/ -- begins a press release.
    [GeneratedRegex(@"^[\p{L} .,'’()-]{2,60}[,–—-]\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Dateline();
}
