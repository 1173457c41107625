using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Monitoring.Ingest.Pages;

/// <summary>What an element's names say about it. A hint only: <see cref="PageClutter"/> asks the text before it believes one.</summary>
[Flags]
enum Marks
{
    None = 0,

    /// <summary>Share bars, related stories, newsletter boxes, bylines, captions: beside the article even when inside it.</summary>
    Clutter = 1,

    /// <summary>What readers wrote.</summary>
    Comments = 2,

    /// <summary>Clutter where it is made of links or scraps.</summary>
    Doubtful = 4,

    /// <summary>The standfirst.</summary>
    Lead = 8,

    /// <summary>A usual name for an article's body.</summary>
    Body = 16,

    /// <summary>Declared as the article's body (<c>itemprop</c>).</summary>
    Declared = 32,

    /// <summary>For screen readers or scripts only.</summary>
    Unseen = 64,
}

/// <summary>
/// Class and id split into whole words (<c>article__relatedLinks</c>: article, related, links), because parts of words lie:
/// "header" holds "ad", "shareholder" holds "share".
/// </summary>
static class ClassWords
{
    public static Marks Read(IElement element)
    {
        var marks = Words(element.ClassName) | Words(element.Id);
        if (element.GetAttribute("itemprop") is { } property && property.Contains("articleBody", StringComparison.OrdinalIgnoreCase)) marks |= Marks.Declared;
        if (element.GetAttribute("name") is "articleBody") marks |= Marks.Declared;
        if (element.GetAttribute("role") is { } role && Roles.TryGetValue(role, out var mark)) marks |= mark;
        if (element.GetAttribute("data-component") is { } component) marks |= Words(component);
        return marks;
    }

    internal static Marks Words(string? names)
    {
        var marks = Marks.None;
        if (string.IsNullOrEmpty(names)) return marks;
        var (previous, start) = (Part.None, 0);
        for (var i = 0; i <= names.Length; i++)
        {
            var camel = i < names.Length && i > start && char.IsUpper(names[i]) && char.IsLower(names[i - 1]);
            if (i < names.Length && char.IsLetterOrDigit(names[i]) && !camel) continue;
            // Two and three letters are words only between separators: sc-bYAdRs is a hash, not an "ad".
            if (i - start is > 1 and < 24 && (i - start > 3 || !camel && (start == 0 || !char.IsLetterOrDigit(names[start - 1]))))
            {
                var word = names.AsSpan(start, i - start);
                if (Known.TryGetValue(word, out var mark)) marks |= mark;
                var part = Parts.TryGetValue(word, out var known) ? known : Part.None;
                if (previous.HasFlag(Part.First) && part.HasFlag(Part.Second)) marks |= Marks.Body;
                previous = part;
            }
            if (i < names.Length && names[i] is ' ') previous = Part.None;
            start = camel ? i : i + 1;
        }
        return marks;
    }

    static FrozenDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> Lookup<T>(params (T Value, string Words)[] lists) =>
        lists.SelectMany(list => list.Words.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => (word, list.Value)))
            .ToFrozenDictionary(pair => pair.word, pair => pair.Value, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenDictionary<string, Marks> Roles = new Dictionary<string, Marks>(StringComparer.OrdinalIgnoreCase)
    {
        ["navigation"] = Marks.Clutter, ["search"] = Marks.Clutter, ["dialog"] = Marks.Clutter, ["alertdialog"] = Marks.Clutter,
        ["complementary"] = Marks.Clutter, ["contentinfo"] = Marks.Clutter, ["menu"] = Marks.Clutter, ["menubar"] = Marks.Clutter,
        ["toolbar"] = Marks.Clutter, ["tablist"] = Marks.Clutter, ["banner"] = Marks.Doubtful, ["alert"] = Marks.Doubtful,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    [Flags]
    enum Part { None = 0, First = 1, Second = 2 }

    // article-body, story_text, post__content, entry-content, field--name-body, body-copy …
    static readonly FrozenDictionary<string, Part>.AlternateLookup<ReadOnlySpan<char>> Parts = Lookup(
        (Part.First, "article articles story post entry news main blog single node page rich full name detail details artikel artikkel noticia nota articolo paragraph"),
        (Part.First | Part.Second, "content body text"),
        (Part.Second, "copy contents inner"));

    static readonly FrozenDictionary<string, Marks>.AlternateLookup<ReadOnlySpan<char>> Known = Lookup(
        (Marks.Clutter, """
            share sharing shares sharebar sharetools sharebox sharedaddy shareaholic addtoany addthis social socials follow followus
            newsletter newsletters signup subscribe subscription subscriptions paywall regwall related relateds relatedposts relatedarticles
            relatedstories relatedcontent yarpp recommended recommendation recommendations recommend recirc recirculation promo promos promotion promoted
            advert adverts advertisement advertising advertorial ad ads adsense adslot adunit adbox adsbygoogle dfp gpt sponsor sponsored sponsors
            taboola outbrain zergnet mgid revcontent plista ligatus breadcrumb breadcrumbs crumbs cookie cookies cookiebar consent gdpr popup modal overlay lightbox
            sidebar rail footer nav navbar navigation menu menus pagination pager paging prevnext byline bylines dateline timestamp pubdate postmeta
            author authors authorbox authorinfo bio biography contributor contributors tags taglist tagcloud keywords caption captions figcaption credit credits
            photocredit copyright toolbar tools widget widgets trending popular mostread mostpopular mostviewed readmore readnext seealso
            login register donate donation membership rating ratings poll survey skip skiplink disclaimer feedback toc tooltip carousel slider ticker
            horoscope shop affiliate notification kicker eyebrow readtime masthead infolinks teasers partners podcasts
            werbung anzeige anzeigen empfehlungen autor autoren verwandte publicite publicité auteur auteurs partage partager publicidad relacionadas relacionados
            compartir pubblicita correlati condividi reklama advertentie gerelateerd
            """),
        (Marks.Comments, "comment comments commentlist commentarea disqus discussion respond replies kommentar kommentare commentaires comentarios commenti"),
        (Marks.Doubtful, """
            meta metadata info more moreon header top bottom links linklist extra latest box media gallery video image photo picture topic topics category categories
            next previous prev teaser card cards list listing date time section label banner logo buttons button actions headline headlines app
            print search form download aside player audio embed
            """),
        (Marks.Lead, "lead lede leadin intro standfirst chapo dek deck subtitle subheadline subhead sommario entradilla bajada summary abstract excerpt vorspann ingress strapline"),
        (Marks.Body, """
            articlebody articlecontent articletext articlecopy storybody storytext storycontent postcontent postbody posttext entrycontent newstext newsbody
            newscontent bodytext bodycopy bodycontent maintext fulltext richtext contenttext contentbody hentry
            """),
        (Marks.Unseen, "hidden hide invisible visuallyhidden sronly srtext noprint printonly screenreader offscreen sr screen assistive"));
}
