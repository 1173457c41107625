using System.Text;
using AngleSharp.Dom;

namespace Monitoring.Ingest.Pages;

enum BlockKind { Bare, Paragraph, Heading, Item, Row, Verbatim }

/// <summary>A run of text that a browser sets apart: a paragraph, a heading, a list item, a table row.</summary>
/// <param name="Text">White space collapsed; single line breaks stay.</param>
/// <param name="Kind">By the element it stands in.</param>
/// <param name="Region">Index of the innermost region that holds it.</param>
/// <param name="Weight">Its letters and digits in Latin terms; an ideograph says as much as three letters.</param>
/// <param name="Linked">How much of the weight is inside links.</param>
/// <param name="Ends">It ends as a sentence does.</param>
sealed record Block(string Text, BlockKind Kind, int Region, int Weight, int Linked, bool Ends)
{
    public double LinkDensity => (double)Linked / Weight;

    /// <summary>Reads as running text: what articles are made of and menus, cards and footers are not.</summary>
    public bool IsProse => LinkDensity < 0.5 && Kind != BlockKind.Heading && (Weight >= 100 || Ends && Weight >= 40);
}

/// <summary>A block-level element. Its blocks and the regions inside it follow it without a gap.</summary>
sealed class Region(IElement? element, string tag, int parent, int firstBlock, Marks marks)
{
    public IElement? Element => element;
    public string Tag => tag;
    public int Parent => parent;
    public int FirstBlock => firstBlock;
    public int EndBlock { get; set; }

    /// <summary>Index after its last descendant.</summary>
    public int End { get; set; }
    public Marks Marks => marks;
}

/// <summary>The page as its blocks of visible text and the block-level elements around them, in document order.</summary>
sealed class PageOutline
{
    public List<Block> Blocks { get; } = [];
    public List<Region> Regions { get; } = [];

    readonly bool everything;
    readonly StringBuilder run = new();
    int weight, linked, links, verbatim, region = -1;
    bool pendingSpace;
    char last;

    /// <summary>The region whose child the block is: a paragraph's parent, but the container itself for text that stands bare in it.</summary>
    public int Home(Block block)
    {
        var region = Regions[block.Region];
        return region.End == block.Region + 1 && region.EndBlock - region.FirstBlock == 1 && region.Parent >= 0 ? region.Parent : block.Region;
    }

    /// <param name="root">The body element, or a part of it.</param>
    /// <param name="everything">Also what is hidden or meant for browsers without scripts.</param>
    public static PageOutline Of(IElement root, bool everything = false)
    {
        var outline = new PageOutline(everything);
        outline.Walk(root);
        return outline;
    }

    PageOutline(bool everything) => this.everything = everything;

    // A stack of its own: pages nest a hundred thousand deep, thread stacks do not. Children by index, because
    // AngleSharp's NextSibling searches its parent's list each time.
    void Walk(IElement root)
    {
        var path = new Stack<(INodeList Children, int Next, Layout Layout)>();
        path.Push((root.ChildNodes, 0, Open(root)));
        while (path.TryPop(out var place))
        {
            if (place.Next == place.Children.Length)
            {
                Close(place.Layout);
                continue;
            }
            path.Push(place with { Next = place.Next + 1 });
            switch (place.Children[place.Next])
            {
                case IText text: Append(text.Data); break;
                case IElement { LocalName: "br" }: Break(place.Children, place.Next); break;
                case IElement element when !IsSilent(element): path.Push((element.ChildNodes, 0, Open(element))); break;
            }
        }
    }

    enum Layout { Inline, Link, Cell, Block, Verbatim }

    Layout Open(IElement element)
    {
        var tag = element.LocalName;
        if (tag is "a")
        {
            if (element.GetAttribute("href") is not { } href || href.StartsWith('#')) return Layout.Inline;
            links++;
            return Layout.Link;
        }
        if (tag is "td" or "th" && region >= 0 && Regions[region].Tag is "row")
        {
            pendingSpace = true;
            return Layout.Cell;
        }
        if (IsInline(tag)) return Layout.Inline;
        Flush();
        if (tag is "tr" && IsPlainRow(element)) tag = "row";
        Regions.Add(new Region(element, tag, region, Blocks.Count, ClassWords.Read(element)));
        region = Regions.Count - 1;
        if (tag is not ("pre" or "textarea")) return Layout.Block;
        verbatim++;
        return Layout.Verbatim;
    }

    void Close(Layout layout)
    {
        if (layout is Layout.Link) links--;
        if (layout is Layout.Cell) pendingSpace = true;
        if (layout is not (Layout.Block or Layout.Verbatim)) return;
        Flush();
        if (layout is Layout.Verbatim) verbatim--;
        var closed = Regions[region];
        (closed.EndBlock, closed.End) = (Blocks.Count, Regions.Count);
        region = closed.Parent;
    }

    void Append(string text)
    {
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                if (verbatim == 0) pendingSpace = true;
                else if (c is not '\r') run.Append(c);
                continue;
            }
            if (pendingSpace && run.Length > 0 && run[^1] is not '\n') run.Append(' ');
            pendingSpace = false;
            run.Append(c);
            if (c is '\u200B' or '\uFEFF' or '\u00AD') continue;
            var worth = Worth(c);
            if (worth == 0 && (c is ')' or '"' or '\'' or '”' or '’' or '»' or '«' or '“' or '」' or '』' or '）')) continue;
            last = c;
            weight += worth;
            if (links > 0) linked += worth;
        }
    }

    internal static int Worth(char c) => c < 0x2E80 ? char.IsLetterOrDigit(c) ? 1 : 0 : char.IsLetter(c) ? c is >= '\uAC00' and <= '\uD7A3' ? 2 : 3 : 0;

    // One <br> is a line end, two are a paragraph's.
    void Break(INodeList siblings, int index)
    {
        for (var next = index + 1; next < siblings.Length; next++)
        {
            if (siblings[next] is IElement { LocalName: "br" })
            {
                Flush();
                return;
            }
            if (siblings[next] is IElement || siblings[next] is IText text && !string.IsNullOrWhiteSpace(text.Data)) break;
        }
        if (run.Length > 0) run.Append('\n');
        pendingSpace = false;
    }

    void Flush()
    {
        if (weight > 0)
            Blocks.Add(new Block(run.ToString().Trim(), Kind(), region, weight, linked, last is '.' or '!' or '?' or '…' or '。' or '！' or '？' or '؟' or '।' or '۔' or ';' or ':' or '：'));
        run.Clear();
        (weight, linked, pendingSpace, last) = (0, 0, false, '\0');
    }

    BlockKind Kind()
    {
        var kind = Regions[region].Tag switch
        {
            "p" or "blockquote" => BlockKind.Paragraph,
            "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => BlockKind.Heading,
            "li" or "dt" or "dd" or "summary" => BlockKind.Item,
            "row" => BlockKind.Row,
            "pre" => BlockKind.Verbatim,
            _ => BlockKind.Bare,
        };
        return kind is BlockKind.Paragraph && Regions[region].Parent is >= 0 and var parent && Regions[parent].Tag is "li" or "dd" ? BlockKind.Item : kind;
    }

    bool IsSilent(IElement element) => element.LocalName switch
    {
        "script" or "style" or "template" or "svg" or "iframe" or "object" or "embed" or "canvas" or "video" or "audio" or "select" or "button"
            or "input" or "textarea" or "dialog" or "head" or "map" or "math" or "rt" or "rp" or "datalist" or "progress" or "meter"
            or "frameset" or "applet" or "link" or "meta" or "title" or "amp-ad" or "amp-sidebar" or "amp-social-share" or "amp-embed" or "amp-analytics" => true,
        "noscript" => !everything,
        var tag => !everything && IsHidden(element) || IsInline(tag) && IsScrap(element),
    };

    static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden") && element.GetAttribute("hidden") is not "until-found"
        || element.GetAttribute("aria-hidden") is "true"
        || element.GetAttribute("style") is { } style
            && (style.Contains("display:none", StringComparison.OrdinalIgnoreCase) || style.Contains("display: none", StringComparison.OrdinalIgnoreCase)
                || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase) || style.Contains("visibility: hidden", StringComparison.OrdinalIgnoreCase));

    // Inside a line there is no second look: an inline element goes by its name when it holds no more than a scrap.
    static bool IsScrap(IElement element) =>
        (element.ClassName ?? element.Id) is not null && (ClassWords.Read(element) & (Marks.Clutter | Marks.Comments | Marks.Unseen)) != 0
        && element.Descendants().Take(50).OfType<IText>().Sum(text => text.Data.Length) < 160 && !element.Descendants().Skip(50).Any();

    // Unknown elements (custom ones too) are inline by specification.
    static bool IsInline(string tag) => tag switch
    {
        "a" or "abbr" or "acronym" or "b" or "bdi" or "bdo" or "big" or "cite" or "code" or "data" or "del" or "dfn" or "em" or "font" or "i" or "img"
            or "ins" or "kbd" or "label" or "mark" or "nobr" or "q" or "rb" or "ruby" or "s" or "samp" or "small" or "span" or "strike" or "strong" or "sub"
            or "sup" or "time" or "tt" or "u" or "var" or "wbr" or "picture" or "source" => true,
        _ => tag.Contains('-', StringComparison.Ordinal),
    };

    static bool IsPlainRow(IElement row)
    {
        var cells = 0;
        var nodes = 0;
        foreach (var node in row.Descendants())
        {
            if (++nodes > 200) return false;
            if (node is not IElement element) continue;
            if (element.LocalName is "td" or "th") cells++;
            else if (element.LocalName is "br" || !IsInline(element.LocalName)) return false;
        }
        return cells > 1;
    }
}
