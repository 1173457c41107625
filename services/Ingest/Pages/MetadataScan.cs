using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Monitoring.Ingest.Pages;

/// <summary>Everything in a page that bears on its metadata, from one walk over its elements.</summary>
sealed partial class MetadataScan
{
    const int MaxMeta = 5_000, MaxClue = 250, MaxClues = 3_000, MaxValues = 30, MaxLines = 2_000;

    char[] text = new char[16_384];
    int length;
    readonly List<Clue> clues = [];
    readonly List<DatedLine> lines = [];
    readonly Dictionary<string, Classes> classes = new(StringComparer.Ordinal);
    int lineStart, linked;

    /// <summary>Values by name, property or http-equiv, of which only lower-case letters and digits are kept: <c>articlepublishedtime</c>.</summary>
    public Dictionary<string, List<string>> Metas { get; } = new(StringComparer.Ordinal);
    public List<string> JsonLd { get; } = [];
    public string Text { get; private set; } = "";
    public IReadOnlyList<Clue> Clues => clues;

    /// <summary>Short lines with a digit in them: where visible dates are.</summary>
    public IReadOnlyList<DatedLine> Lines => lines;
    public string? HeadTitle { get; private set; }
    public string? Language { get; private set; }
    public string? Canonical { get; private set; }
    public string? Base { get; private set; }
    public string? Image { get; private set; }

    public IEnumerable<string> Meta(params string[] names) => names.SelectMany(name => Metas.TryGetValue(name, out var values) ? values : []);

    public string Slice(int start, int end) => Text[start..Math.Min(end, Text.Length)].Trim();

    public static MetadataScan Of(IDocument document)
    {
        var scan = new MetadataScan();
        if (document.DocumentElement is { } root) scan.Walk(root);
        scan.Text = new string(scan.text, 0, scan.length);
        return scan;
    }

    record struct Frame(IElement Element, INodeList Children, int Next, PagePart? Part, PagePart? Own, int FirstClue, int ClueCount, bool Block);

    void Walk(IElement root)
    {
        var open = new Stack<Frame>();
        open.Push(Enter(root, null));
        while (open.TryPop(out var frame))
        {
            if (frame.Next >= frame.Children.Length)
            {
                Leave(frame);
                continue;
            }
            var child = frame.Children[frame.Next];
            open.Push(frame with { Next = frame.Next + 1 });
            if (child is IText words) Append(words.Data, frame.Part);
            else if (child is IElement element && !IsSilent(element)) open.Push(Enter(element, frame.Part));
        }
    }

    Frame Enter(IElement element, PagePart? parent)
    {
        var block = !Inline.Contains(element.LocalName);
        if (block) Break(parent);
        PagePart? own = null;
        var first = clues.Count;
        var plain = element.Attributes.Length == 0;
        var hint = plain ? "" : Hint(element);
        var kind = ClassesOf(hint);
        if (PartOf(element, kind, parent) is { } found) own = new PagePart(parent, found, element, length);
        if (!plain && element.HasAttribute("itemscope")) own = new PagePart(own ?? parent, PagePart.Kinds.Scope, element, length);
        if (clues.Count < MaxClues && (!plain || element.LocalName is "h1" or "h2" or "h3" or "time")) Note(element, hint, kind, own ?? parent);
        return new(element, element.ChildNodes, 0, own ?? parent, own, first, clues.Count - first, block);
    }

    void Leave(in Frame frame)
    {
        if (frame.Block) Break(frame.Part);
        for (var region = frame.Own; region is not null && region.Element == frame.Element; region = region.Parent) region.End = length;
        for (var i = frame.FirstClue + frame.ClueCount - 1; i >= frame.FirstClue; i--)
            clues[i] = clues[i] with { End = length - clues[i].Start > MaxClue && clues[i].Kind != Clue.Kinds.Heading ? clues[i].Start : length };
    }

    void Append(string words, PagePart? part)
    {
        if (text.Length - length <= words.Length) Array.Resize(ref text, 2 * (text.Length + words.Length));
        var before = length;
        foreach (var c in words)
            if (!char.IsWhiteSpace(c)) text[length++] = c;
            else if (length > 0 && text[length - 1] is not (' ' or '\n')) text[length++] = ' ';
        if (part?.Kind == PagePart.Kinds.Link) linked += length - before;
    }

    void Break(PagePart? part)
    {
        if (length > lineStart)
        {
            if (length - lineStart is >= 6 and <= 300 && lines.Count < MaxLines && DateText.IsPossible(text.AsSpan(lineStart, length - lineStart))) lines.Add(new(lineStart, length, part, linked * 2 > length - lineStart));
            if (length == text.Length) Array.Resize(ref text, 2 * length);
            text[length++] = '\n';
        }
        lineStart = length;
        linked = 0;
    }

    bool IsSilent(IElement element)
    {
        switch (element.LocalName)
        {
            case "script":
                if (element.GetAttribute("type") is { } type && type.Contains("ld+json", StringComparison.OrdinalIgnoreCase)) JsonLd.Add(element.TextContent);
                return true;
            case "title":
                HeadTitle ??= element.ParentElement?.LocalName is "head" or "body" or "html" ? element.TextContent : null;
                return true;
            case "meta":
                NoteMeta(element);
                return element.GetAttribute("itemprop") is null;
            case "link":
                NoteLink(element);
                return element.GetAttribute("itemprop") is null;
            case "base":
                Base ??= element.GetAttribute("href");
                return true;
            case "html":
                return false;
            case "style" or "noscript" or "template" or "svg" or "iframe" or "select" or "textarea" or "object" or "button" or "video" or "audio" or "math":
                return true;
            default:
                return false;
        }
    }

    void NoteMeta(IElement element)
    {
        var content = element.GetAttribute("content") ?? element.GetAttribute("value");
        if (string.IsNullOrWhiteSpace(content) || content.Length > MaxMeta) return;
        foreach (var attribute in MetaNames)
            if (element.GetAttribute(attribute) is { Length: > 0 and < 200 } name)
            {
                var key = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
                if (!Metas.TryGetValue(key, out var values)) Metas[key] = values = [];
                if (values.Count < MaxValues) values.Add(content.Trim());
            }
    }

    static readonly string[] MetaNames = ["property", "name", "http-equiv"];

    void NoteLink(IElement element)
    {
        var rel = element.GetAttribute("rel");
        if (rel is null || element.GetAttribute("href") is not { Length: > 0 } href) return;
        if (rel.Equals("canonical", StringComparison.OrdinalIgnoreCase)) Canonical ??= href;
        if (rel.Equals("image_src", StringComparison.OrdinalIgnoreCase)) Image ??= href;
    }

    void Note(IElement element, string hint, Classes kind, PagePart? part)
    {
        var name = element.LocalName;
        if (name is "html") Language ??= element.GetAttribute("lang") ?? element.GetAttribute("xml:lang");
        if (name is "h1" or "h2" or "h3") Add(Clue.Kinds.Heading, null, name);
        var property = element.GetAttribute("itemprop") ?? element.GetAttribute("property");
        var dated = false;
        if (property is not null)
        {
            dated = property.Contains("date", StringComparison.OrdinalIgnoreCase) || property.Contains("published", StringComparison.OrdinalIgnoreCase) || property.Contains("issued", StringComparison.OrdinalIgnoreCase);
            if (dated) Add(Clue.Kinds.Property, Machine(element), property);
            else if (property.Contains("author", StringComparison.OrdinalIgnoreCase) || property.Contains("creator", StringComparison.OrdinalIgnoreCase))
                Add(Clue.Kinds.Person, element.GetAttribute("content"), property);
            else if (property.Contains("headline", StringComparison.OrdinalIgnoreCase) && name is not ("h1" or "h2" or "h3"))
                Add(Clue.Kinds.Heading, element.GetAttribute("content"), property);
        }
        if (name is "time" && !dated) Add(Clue.Kinds.Time, Machine(element), hint + (element.HasAttribute("pubdate") ? " pubdate" : ""));
        else if ((kind & Classes.Date) != 0 && property is null) Add(Clue.Kinds.DateClass, Machine(element), hint);
        if (element.GetAttribute("rel") is { } rel && rel.Contains("author", StringComparison.OrdinalIgnoreCase)) Add(Clue.Kinds.Person, null, "rel");
        else if ((kind & Classes.Person) != 0) Add(Clue.Kinds.PersonClass, null, hint);

        void Add(Clue.Kinds kind, string? value, string hint) => clues.Add(new(element, kind, value, hint, length, length, part));
    }

    static string Hint(IElement element)
    {
        var (name, id) = (element.ClassName, element.Id);
        return name is null ? id ?? "" : id is null ? name : $"{name} #{id}";
    }

    static readonly string[] MachineReadable = ["datetime", "content", "data-datetime", "data-timestamp", "data-date", "data-time", "data-published", "data-publish-date", "data-unixtime", "title"];

    static string? Machine(IElement element)
    {
        foreach (var name in MachineReadable)
            if (element.GetAttribute(name) is { Length: >= 6 and <= 100 } value) return value;
        return null;
    }

    static PagePart.Kinds? PartOf(IElement element, Classes kind, PagePart? parent)
    {
        switch (element.LocalName)
        {
            case "html" or "body" or "time": return null;
            case "nav" or "aside": return PagePart.Kinds.Aside;
            case "footer": return PagePart.Around(parent).Any(part => part.Kind == PagePart.Kinds.Item) ? null : PagePart.Kinds.Aside;
            case "header": return PagePart.Around(parent).Any(part => part.Kind is PagePart.Kinds.Item or PagePart.Kinds.Main) ? null : PagePart.Kinds.Header;
            case "main": return PagePart.Kinds.Main;
            case "article": return PagePart.Kinds.Item;
            case "a": return element.GetAttribute("href") is { Length: > 1 } href && href[0] != '#' ? PagePart.Kinds.Link : null;
            default: return (kind & Classes.Aside) != 0 ? PagePart.Kinds.Aside : (kind & Classes.Item) != 0 ? PagePart.Kinds.Item : null;
        }
    }

    [Flags]
    enum Classes { None = 0, Date = 1, Person = 2, Aside = 4, Item = 8 }

    // Pages repeat a few hundred class names over thousands of elements.
    Classes ClassesOf(string hint)
    {
        if (hint.Length is 0 or > 500 || !hint.AsSpan().ContainsAny(Telling)) return Classes.None;
        if (classes.TryGetValue(hint, out var known)) return known;
        return classes[hint] = (DateClass().IsMatch(hint) ? Classes.Date : 0) | (PersonClass().IsMatch(hint) ? Classes.Person : 0)
            | (AsideClass().IsMatch(hint) ? Classes.Aside : 0) | (ItemClass().IsMatch(hint) ? Classes.Item : 0);
    }

    static readonly SearchValues<string> Telling = SearchValues.Create(
    [
        "dat", "publi", "posted", "time", "fecha", "zeit", "byline", "author", "autor", "writer", "reporter", "contributor", "fn", "creator", "signature",
        "relat", "recommend", "comment", "sidebar", "widget", "latest", "recent", "popular", "trend", "most", "teaser", "promo", "newsletter", "menu", "nav",
        "foot", "carousel", "slider", "ticker", "more", "also", "next", "prev", "breadcrumb", "advert", "banner", "copyright", "disqus", "share", "social",
        "hentry", "h-entry", "card", "archive", "read", "respond", "outbrain", "taboola", "aside", "event", "masthead", "topbar", "top-bar", "current", "meta",
        "info", "created", "data", "updat", "modif", "giorno", "tarih", "дата", "entry", "post", "story",
    ], StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""
        (?<!up|vali|candi|man|accommo|consoli|liqui|intimi)dates?(?![a-su-z])|date[-_]?(time|line|published|posted|created|stamp|modified|updated)|datum|fecha|tarih|дата|publi(sh|e|c|k)\w*(on|at|date|time)?(?![a-z])
        |pub-?(date|time)|posted|post-?(meta|info|time)|time-?stamp|(?<![a-z])time(?![a-z])|[a-z]Time\b|(?<![a-z])byline|(article|entry|story|post|news|content|page)(__|--|[-_])?(meta|info|details|data)(?![a-z])
        |(?<![a-z])(meta|created|updated|modified|lastmod|giorno|zeit)(?![a-z])|last-?(updat|modif)|update[-_]?(d|time|date)
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex DateClass();

    [GeneratedRegex("(?<![a-z])(by-?line|(author|autor|autore|auteur|writer|reporter|contributor|creator)(s|en|i)?)(?![a-z]*(bio|box|img|image|avatar|photo|desc|about|pic|social|follow|twitter|email|thumb|more))|(?<![a-z])fn(?![a-z])|p-author",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PersonClass();

    [GeneratedRegex("""
        (?<![a-z])(related|recommend\w*|comments?|comment-?(list|section|body|meta|area|form|content|wrap\w*)|commentlist|disqus\w*|sidebar|side-?bar|widgets?|latest|recent|popular|trending|most|teasers?|promos?|newsletter
        |menu|navigation|navbar|nav|footer|carousel|slider|slideshow|swiper|ticker|read-?(more|next|also)|see-?also|also|next|prev|previous|breadcrumbs?|advert\w*|banner|copyright|respond|outbrain|taboola
        |more-?(news|stories|articles|from|on|posts|in)|cards?|archives?|masthead|top-?bar|current-?(date|time)|today|events?)(?![a-z])|(related|recent|latest|popular|recommended|similar|other)-?(posts?|articles?|stories|news|content|items?|links?)
        |page-?footer|site-?(header|footer)|global-?(header|footer)
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex AsideClass();

    [GeneratedRegex(@"(?<![\w-])(hentry|h-entry|post|article|story|entry)(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ItemClass();

    static readonly FrozenSet<string> Inline = new[]
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "clue", "meta", "link", "q", "s", "samp", "small",
        "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "amp-img", "picture", "source", "relative-time", "time-ago",
    }.ToFrozenSet();
}
