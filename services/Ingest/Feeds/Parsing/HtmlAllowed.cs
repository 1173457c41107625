using System.Collections.Frozen;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>What a feed may bring into a page: the classical allow-lists of feed readers. Whatever is not here goes.</summary>
static class HtmlAllowed
{
    public static readonly FrozenSet<string> Elements = Words("""
        a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas caption center cite code col colgroup
        command data datagrid datalist dd del details dfn dialog dir div dl dt em event-source fieldset figcaption figure font footer form
        h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd keygen label legend li m main map mark menu meter multicol nav nextid
        noscript ol optgroup option output p picture pre progress q rp rt ruby s samp search section select small sound source spacer
        span strike strong sub summary sup table tbody td textarea tfoot th thead time tr track tt u ul var video wbr
        """);

    public static readonly FrozenSet<string> Attributes = Words("""
        abbr accept accept-charset accesskey action align alt autocomplete autofocus axis background balance bgcolor bgproperties
        border bordercolor bordercolordark bordercolorlight bottompadding cellpadding cellspacing ch challenge char charoff charset
        checked choff cite class clear color cols colspan compact content contenteditable controls coords data datafld datapagesize
        datasrc datetime default delay dir disabled draggable dynsrc enctype end face for form frame galleryimg gutter headers height
        hidden hidefocus high href hreflang hspace icon id inputmode ismap itemid itemprop itemref itemscope itemtype keytype label lang
        leftspacing list longdesc loop loopcount loopend loopstart low lowsrc max maxlength media method min multiple name nohref noshade
        nowrap open optimum pattern ping point-size poster pqg preload prompt property radiogroup readonly rel repeat-max repeat-min
        replace required rev reversed rightspacing role rows rowspan rules scope selected shape size span src srclang start step style
        summary suppress tabindex target template title toppadding type typeof unselectable urn usemap valign value variable volume vrml
        vspace width wrap xml:lang
        """);

    /// <summary>Attributes that hold an address, in any vocabulary.</summary>
    public static readonly FrozenSet<string> Addresses = Words("""
        action background cite classid codebase data dynsrc formaction href icon itemid longdesc lowsrc ping poster profile src usemap
        xlink:href xml:base
        """);

    /// <summary>Elements that take what is in them along.</summary>
    public static readonly FrozenSet<string> DroppedWhole = Words("applet script style");

    public static readonly FrozenSet<string> Void = Words(
        "area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr");

    /// <summary>Elements whose end tag an author may leave out.</summary>
    public static readonly FrozenSet<string> EndOptional = Words(
        "caption colgroup dd dt li optgroup option p rp rt tbody td tfoot th thead tr");

    /// <summary>What an end tag from inside does not close, unless it belongs to a table itself.</summary>
    public static readonly FrozenSet<string> Cells = Words("caption td th");

    public static readonly FrozenSet<string> OfTables = Words("caption colgroup table tbody td tfoot th thead tr");

    public static readonly FrozenSet<string> MathElements = Words("""
        annotation annotation-xml maction maligngroup malignmark math menclose merror mfenced mfrac mglyph mi mlabeledtr mlongdiv
        mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup msline mspace msqrt msrow mstack
        mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
        """);

    public static readonly FrozenSet<string> MathAttributes = Words("""
        accent accentunder actiontype align alignmentscope altimg altimg-height altimg-valign altimg-width alttext bevelled charalign
        close columnalign columnlines columnspacing columnspan columnwidth crossout decimalpoint denomalign depth dir display
        displaystyle edge encoding equalcolumns equalrows fence fontstyle fontweight form frame framespacing groupalign height href id
        indentalign indentalignfirst indentalignlast indentshift indentshiftfirst indentshiftlast indenttarget infixlinebreakstyle
        largeop length linebreak linebreakmultchar linebreakstyle lineleading linethickness location longdivstyle lquote lspace
        mathbackground mathcolor mathsize mathvariant maxsize maxwidth minlabelspacing minsize movablelimits notation numalign open other
        overflow position rowalign rowlines rowspacing rowspan rquote rspace scriptlevel scriptminsize scriptsizemultiplier selection
        separator separators shift side src stackalign stretchy subscriptshift superscriptshift symmetric voffset width xlink:href
        xlink:show xlink:type xmlns xmlns:xlink
        """);

    /// <summary>By lower-case name, the name as SVG writes it.</summary>
    public static readonly FrozenDictionary<string, string> SvgElements = ByLowerCase("""
        a animate animateColor animateMotion animateTransform circle clipPath defs desc ellipse font-face font-face-name font-face-src
        foreignObject g glyph hkern line linearGradient marker metadata missing-glyph mpath path pattern polygon polyline radialGradient
        rect set stop svg switch symbol text title tspan use
        """);

    public static readonly FrozenDictionary<string, string> SvgAttributes = ByLowerCase("""
        accent-height accumulate additive alphabetic arabic-form ascent attributeName attributeType baseProfile bbox begin by calcMode
        cap-height class clip-path clip-rule color color-interpolation color-rendering content cx cy d descent display dur dx dy end fill
        fill-opacity fill-rule font-family font-size font-stretch font-style font-variant font-weight from fx fy g1 g2 glyph-name
        gradientUnits gradientTransform hanging height href horiz-adv-x horiz-origin-x id ideographic k keyPoints keySplines keyTimes lang
        marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask mathematical max min name offset opacity orient
        origin overline-position overline-thickness panose-1 path pathLength patternContentUnits patternTransform patternUnits points
        preserveAspectRatio r refX refY repeatCount repeatDur requiredExtensions requiredFeatures restart rotate rx ry slope spreadMethod
        stemh stemv stop-color stop-opacity strikethrough-position strikethrough-thickness stroke stroke-dasharray stroke-dashoffset
        stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style systemLanguage target text-anchor to transform
        type u1 u2 underline-position underline-thickness unicode unicode-range units-per-em values version viewBox visibility width
        widths x x-height x1 x2 xlink:actuate xlink:arcrole xlink:href xlink:role xlink:show xlink:title xlink:type xml:base xml:lang
        xml:space xmlns xmlns:xlink y y1 y2 zoomAndPan
        """);

    /// <summary>Every element of HTML, to tell markup from text.</summary>
    public static readonly FrozenSet<string> Known = Words("""
        applet base basefont bgsound blink body embed frame frameset head html iframe isindex link listing marquee math meta nobr noembed
        noframes object param plaintext script slot style svg template title xmp
        """).Union(Elements).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    static FrozenSet<string> Words(string text) =>
        text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    static FrozenDictionary<string, string> ByLowerCase(string text) =>
        text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToFrozenDictionary(word => word, StringComparer.OrdinalIgnoreCase);
}
