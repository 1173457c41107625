using System.Diagnostics;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Monitoring.Ingest.Feeds.Parsing;

namespace Tests.Unit;

public class HtmlFragmentTests
{
    const string Base = "http://example.org/dir/page";

    static string Sanitise(string html) => HtmlFragment.Sanitise(html, Base);

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("<p>a <b>b</b> <i>c</i></p>", "<p>a <b>b</b> <i>c</i></p>")]
    [InlineData("<P CLASS=x ID='y'>a</P>", "<p class=\"x\" id=\"y\">a</p>")]
    [InlineData("a<br>b<br/>c<br />d", "a<br />b<br />c<br />d")]
    [InlineData("<hr><img src=http://a/b.png alt='x y'>", "<hr /><img src=\"http://a/b.png\" alt=\"x y\" />")]
    [InlineData("<input checked><option selected>x", "<input checked=\"checked\" /><option selected=\"selected\">x")]
    [InlineData("<P>a</p>", "<p>a</p>")]
    [InlineData("<p>a<p>b", "<p>a<p>b")]
    [InlineData("<ul><li>a<li>b</ul>", "<ul><li>a<li>b</ul>")]
    [InlineData("<table><tr><td>a<td>b</table>", "<table><tr><td>a<td>b</table>")]
    [InlineData("<dl><dt>a<dd>b</dl>", "<dl><dt>a<dd>b</dl>")]
    [InlineData("<td align=\"left\" width='5'>x</td>", "<td align=\"left\" width=\"5\">x</td>")]
    [InlineData("line\r\nline\rline", "line\nline\nline")]
    [InlineData("<pre>  a\n   b</pre>", "<pre>  a\n   b</pre>")]
    [InlineData("<a name='x'/>y", "<a name=\"x\"></a>y")]
    [InlineData("<p title='a \"b\" > c < d & e'>x</p>", "<p title=\"a &quot;b&quot; &gt; c &lt; d &amp; e\">x</p>")]
    [InlineData("<img alt=\"a > b\"title=\"x\">", "<img alt=\"a &gt; b\" title=\"x\" />")]
    [InlineData("<a href=page/>x</a>", "<a href=\"http://example.org/dir/page\"></a>x")]
    public void What_is_allowed_stays_as_the_author_wrote_it(string html, string expected) => Assert.Equal(expected, Sanitise(html));

    [Theory]
    [InlineData("&lt;b&gt;", "&lt;b&gt;")]
    [InlineData("&amp;amp; &amp;lt;", "&amp;amp; &amp;lt;")]
    [InlineData("AT&T, R&D & co", "AT&amp;T, R&amp;D &amp; co")]
    [InlineData("&eacute;&nbsp;&copy;", "&eacute;&nbsp;&copy;")]
    [InlineData("&copy 2004", "&copy; 2004")]
    [InlineData("&unheard;", "&amp;unheard;")]
    [InlineData("&#8217;&#x2019;", "&#8217;&#x2019;")]
    [InlineData("&#146;&#x93;", "&#x2019;&#x201c;")]
    [InlineData("&#60;script&#62;", "&#60;script&#62;")]
    [InlineData("it&#39;s &#34;it&#34;", "it's \"it\"")]
    [InlineData("&#0;&#xD800;&#x110000;", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("&; &# &#x; &#xg;", "&amp;; &amp;# &amp;#x; &amp;#xg;")]
    [InlineData("1 < 2 > 1 <3 <= x", "1 &lt; 2 > 1 &lt;3 &lt;= x")]
    [InlineData("<a title='&quot;&amp;&#39;&copy'>x</a>", "<a title=\"&quot;&amp;'&copy;\">x</a>")]
    public void What_was_escaped_stays_escaped(string html, string expected) => Assert.Equal(expected, Sanitise(html));

    [Theory]
    [InlineData("safe<script>alert(1)</script> text", "safe text")]
    [InlineData("safe<SCRIPT src=x></SCRIPT >text", "safetext")]
    [InlineData("safe<script>if (a < b && c > d) x('</p>')</script>text", "safetext")]
    [InlineData("safe<script><![CDATA[ alert(1) ]]></script>text", "safetext")]
    [InlineData("safe<script src='x' />text", "safetext")]
    [InlineData("safe<script>never closed", "safe")]
    [InlineData("safe<style>p { color: red }</style>text", "safetext")]
    [InlineData("safe<applet code=x>in <b>it</b><applet></applet> more</applet>text", "safetext")]
    [InlineData("safe</script>text", "safetext")]
    [InlineData("safe<object data=x><param name=y>fall back</object>", "safefall back")]
    [InlineData("safe<embed src=x>text", "safetext")]
    [InlineData("safe<iframe src=x></iframe>", "safe")]
    [InlineData("<frameset rows='*'><frame src=x></frameset>safe", "safe")]
    [InlineData("<html><head><meta http-equiv=refresh content='0'><link rel=stylesheet href=x><base href=x></head><body onload=x()>safe</body></html>", "safe")]
    [InlineData("<blink>safe</blink>", "safe")]
    [InlineData("<o:p>safe</o:p><st1:place>x</st1:place>", "safex")]
    [InlineData("<!-- no -->safe<!-- <b>no</b> -->", "safe")]
    [InlineData("<!DOCTYPE html><?php x ?>safe<![if !vml]>x<![endif]>", "safex")]
    [InlineData("safe<!-->text<!--->text<!-- never closed", "safetexttext")]
    [InlineData("<![CDATA[a <b>b</b>]]> c", "a <b>b</b> c")]
    [InlineData("a</b>c</p></>d</ x>", "acd")]
    [InlineData("<p onclick=x onabort='x' ONLOAD=\"x\" onMouseOver = x on=x>safe</p>", "<p>safe</p>")]
    [InlineData("<p foo=bar data-x=y xmlns='u' aria-label=z>safe</p>", "<p>safe</p>")]
    [InlineData("<b", "<b></b>")]
    public void What_is_not_allowed_goes(string html, string expected) => Assert.Equal(expected, Sanitise(html));

    [Theory]
    [InlineData("<scr<script>ipt>alert(1)</scr</script>ipt>")]
    [InlineData("<scr\0ipt>alert(1)</scr\0ipt>")]
    [InlineData("<<script>alert(1);//<</script>")]
    [InlineData("<script/x>alert(1)</script>")]
    [InlineData("<script\n>alert(1)</script\t\n>")]
    [InlineData("<SCRIPT a=\">\" SRC=\"x\"></SCRIPT>")]
    [InlineData("<img src=\"javascript:alert(1)\">")]
    [InlineData("<img src=javascript:alert(1)>")]
    [InlineData("<img src=`javascript:alert(1)`>")]
    [InlineData("<img src=JaVaScRiPt:alert(1)>")]
    [InlineData("<img src=\" &#14; javascript:alert(1)\">")]
    [InlineData("<img src=\"jav\tascript:alert(1)\">")]
    [InlineData("<img src=\"jav&#x09;ascript:alert(1)\">")]
    [InlineData("<img src=\"jav&NewLine;ascript&colon;alert(1)\">")]
    [InlineData("<img src=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>")]
    [InlineData("<img src=&#0000106&#0000097&#0000118&#0000097&#0000115&#0000099&#0000114&#0000105&#0000112&#0000116&#0000058alert(1)>")]
    [InlineData("<img src=&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)>")]
    [InlineData("<img src=\"java&amp;#115;cript:alert(1)\">")]
    [InlineData("<img \"\"\"><script>alert(1)</script>\">")]
    [InlineData("<img src=x onerror=alert(1)//")]
    [InlineData("<img/onerror=alert(1)/src=x>")]
    [InlineData("<img src='x'onerror='alert(1)'>")]
    [InlineData("<a href='x' onclick='alert(1)'>y</a>")]
    [InlineData("<a href=\"data:text/html;base64,PHNjcmlwdD4=\">y</a>")]
    [InlineData("<a href=\"vbscript:x\">y</a><form action='javascript:x'><input type=image src='javascript:x'></form>")]
    [InlineData("<table background='javascript:x'><td background='javascript:x'></table>")]
    [InlineData("<blockquote cite='javascript:x'></blockquote><video poster='javascript:x'></video><img longdesc='javascript:x' usemap='javascript:x' dynsrc='javascript:x' lowsrc='javascript:x'>")]
    [InlineData("<p style='width: expression(alert(1))'>x</p>")]
    [InlineData("<p style='background: url(javascript:alert(1))'>x</p>")]
    [InlineData("<p style='width: exp/* */ression(alert(1))'>x</p>")]
    [InlineData("<p style='width: e\\78pression(alert(1))'>x</p>")]
    [InlineData("<p style='behavior: url(x.htc); -moz-binding: url(x)'>x</p>")]
    [InlineData("<p style=\"@import 'javascript:x'\">x</p>")]
    [InlineData("<svg><a xlink:href='javascript:x'><circle r=1 /></a><script>x</script></svg>")]
    [InlineData("<svg><use xlink:href='data:image/svg+xml;base64,x#y'/><image href='javascript:x'/></svg>")]
    [InlineData("<svg><a><animate attributeName='xlink:href' to='javascript:x'/><set attributeName='onclick' to='alert(1)'/></a></svg>")]
    [InlineData("<svg><circle fill='url(http://evil/x.svg#y)' onclick='x' /></svg>")]
    [InlineData("<svg><title><style><img title='</style><img src=x onerror=alert(1)>'></title></svg>")]
    [InlineData("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>")]
    [InlineData("<math href='javascript:x' xlink:href='javascript:x'><mi actiontype='statusline#http://x'>y</mi></math>")]
    [InlineData("<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>")]
    [InlineData("<textarea><p title='</textarea><img src=x onerror=alert(1)>'></textarea>")]
    [InlineData("<!--<img src='--><img src=x onerror=alert(1)//'>")]
    [InlineData("<![CDATA[<script>alert(1)</script>]]>")]
    [InlineData("<a title=\"unclosed><img src=x onerror=alert(1)>")]
    [InlineData("<div><base href='javascript:/'><meta http-equiv=refresh content='0;url=javascript:x'><link rel=stylesheet href='javascript:x'>")]
    public void No_attack_gets_through(string html)
    {
        AssertClean(HtmlFragment.Sanitise(html, Base));
        AssertClean(HtmlFragment.Sanitise(html, null));
        AssertClean(HtmlFragment.SanitiseXhtml(html, Base));
    }

    [Theory]
    [InlineData("<a href='x.html'>x</a>", "<a href=\"http://example.org/dir/x.html\">x</a>")]
    [InlineData("<a href=' ../x?a=1&b=2#f '>x</a>", "<a href=\"http://example.org/x?a=1&amp;b=2#f\">x</a>")]
    [InlineData("<a href='?a=1&amp;b=2'>x</a>", "<a href=\"http://example.org/dir/page?a=1&amp;b=2\">x</a>")]
    [InlineData("<a href='#f'>x</a>", "<a href=\"http://example.org/dir/page#f\">x</a>")]
    [InlineData("<img src='//cdn.example/a.png'>", "<img src=\"http://cdn.example/a.png\" />")]
    [InlineData("<img src='/a' longdesc='b' usemap='#c'>", "<img src=\"http://example.org/a\" longdesc=\"http://example.org/dir/b\" usemap=\"http://example.org/dir/page#c\" />")]
    [InlineData("<blockquote cite='a'><q cite='b'>x</q></blockquote>", "<blockquote cite=\"http://example.org/dir/a\"><q cite=\"http://example.org/dir/b\">x</q></blockquote>")]
    [InlineData("<video src='a' poster='b'></video>", "<video src=\"http://example.org/dir/a\" poster=\"http://example.org/dir/b\"></video>")]
    [InlineData("<a href='mailto:a@b'>x</a>", "<a href=\"mailto:a@b\">x</a>")]
    [InlineData("<a href='javascript:x' title='y'>x</a>", "<a title=\"y\">x</a>")]
    [InlineData("<img src='data:image/png;base64,AAAA'>", "<img src=\"data:image/png;base64,AAAA\" />")]
    public void Addresses_are_made_absolute_and_the_unsafe_go(string html, string expected) => Assert.Equal(expected, Sanitise(html));

    [Theory]
    [InlineData("color: red", "color: red;")]
    [InlineData("COLOR:red;float:left", "COLOR: red; float: left;")]
    [InlineData("margin: 0 auto; padding: 5px 1.5em; border: 1px solid #CCC", "margin: 0 auto; padding: 5px 1.5em; border: 1px solid #CCC;")]
    [InlineData("background: rgb(1,2,3)", "background: rgb(1,2,3);")]
    [InlineData("font: 12px 'Times New Roman', serif", "font: 12px 'Times New Roman', serif;")]
    [InlineData("position: absolute; color: red", "color: red;")]
    [InlineData("color: red; background: url(x.png)", "color: red;")]
    [InlineData("margin: calc(1px)", "")]
    [InlineData("color: red; width: expression(1)", "")]
    [InlineData("color: /**/red", "")]
    [InlineData("col\\or: red", "")]
    [InlineData("nonsense", "")]
    [InlineData("", "")]
    public void Of_style_only_looks_stay(string style, string expected) =>
        Assert.Equal(expected.Length == 0 ? "<p>x</p>" : $"<p style=\"{expected}\">x</p>", Sanitise($"<p style=\"{style}\">x</p>"));

    [Theory]
    [InlineData("<b>a", "<b>a</b>")]
    [InlineData("<b><i>a</b>", "<b><i>a</i></b>")]
    [InlineData("<div><p>a</div>b", "<div><p>a</div>b")]
    [InlineData("<div><b>a</div></b>", "<div><b>a</b></div>")]
    [InlineData("<table><tr><td></div><b>a</td></tr></table>", "<table><tr><td><b>a</b></td></tr></table>")]
    [InlineData("<div><table><tr><td>a</div>b</td></tr></table></div>", "<div><table><tr><td>ab</td></tr></table></div>")]
    [InlineData("<br></br>", "<br />")]
    [InlineData("<p <b>a</b>", "<p><b>a</b>")]
    [InlineData("<a href=\"x>y</a> <b title=\"z\">w</b>", "<a href=\"http://example.org/dir/x\">y</a> <b title=\"z\">w</b>")]
    [InlineData("text <a href=\"http://a/b", "text <a href=\"http://a/b\"></a>")]
    public void What_comes_out_is_balanced(string html, string expected) => Assert.Equal(expected, Sanitise(html));

    [Fact]
    public void Formulas_and_drawings_keep_their_vocabularies()
    {
        Assert.Equal("<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><msup><mi>x</mi><mn>2</mn></msup></math>", Sanitise("<math><msup><mi onclick=x>x</mi><mn>2</mn></msup></math>"));
        Assert.Equal(
            "<svg viewBox=\"0 0 1 1\" xmlns=\"http://www.w3.org/2000/svg\"><linearGradient id=\"g\"></linearGradient><path d=\"M0\" fill=\"url(#g)\"></path></svg>",
            Sanitise("<svg viewbox='0 0 1 1' onload=x><lineargradient id=g /><path d='M0' fill='url(#g)'/><foo>"));
        Assert.Equal("<svg xmlns=\"http://www.w3.org/2000/svg\"><g></g></svg><p>a</p>b", Sanitise("<svg><g><p>a</p><title>b</title></svg>"));
        Assert.Equal("x", Sanitise("<path d='M0'/><mi>x</mi>"));
    }

    [Theory]
    [InlineData("<xhtml:div xmlns:xhtml='http://www.w3.org/1999/xhtml'>a <xhtml:b>b</xhtml:b></xhtml:div>", "<div>a <b>b</b></div>")]
    [InlineData("<div xmlns='http://www.w3.org/1999/xhtml'><p/>a<br/></div>", "<div><p></p>a<br /></div>")]
    [InlineData("<p><![CDATA[a <b> & c]]></p>", "<p>a &lt;b> &amp; c</p>")]
    [InlineData("<div>a<script/>b<script><![CDATA[ </script> ]]></script>c</div>", "<div>abc</div>")]
    [InlineData("<img src=\"a.png\"/>", "<img src=\"http://example.org/dir/a.png\" />")]
    [InlineData("<svg:svg xmlns:svg='http://www.w3.org/2000/svg'><svg:circle r='1'/></svg:svg>", "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"1\"></circle></svg>")]
    [InlineData("a<?x <b>y</b> ?>b<o:p>c</o:p>", "abc")]
    [InlineData("a &amp; b &lt; c", "a &amp; b &lt; c")]
    public void Inline_markup_is_read_as_XML(string markup, string expected) => Assert.Equal(expected, HtmlFragment.SanitiseXhtml(markup, Base));

    [Theory]
    [InlineData("<p>One\n two.</p><p>Three.</p>", "One two.\n\nThree.")]
    [InlineData("One<br>two<br/><br/>three", "One\ntwo\n\nthree")]
    [InlineData("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc")]
    [InlineData("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a\tb\nc\td")]
    [InlineData("<h1>T</h1><div><div>a</div></div><blockquote><p>b</p></blockquote>", "T\n\na\n\nb")]
    [InlineData("a<script>x</script><style>y</style>b<!-- c -->", "ab")]
    [InlineData("R&amp;D &lt;b&gt; &eacute;&hellip; a&nbsp;&nbsp;b", "R&D <b> é… a b")]
    [InlineData("<pre>a\n  b\n\nc</pre>d", "a\n  b\n\nc\n\nd")]
    [InlineData("<b>a</b> <i>b</i>c <a href=x>d</a>", "a bc d")]
    [InlineData("  <p>  </p> <p>a</p> ", "a")]
    [InlineData("1 < 2 & 3 > 2", "1 < 2 & 3 > 2")]
    public void Text_is_what_a_reader_sees(string html, string expected) => Assert.Equal(expected, HtmlFragment.ToText(html));

    [Theory]
    [InlineData("<p>x</p>", true)]
    [InlineData("a <b>b</b>", true)]
    [InlineData("a<br>b", true)]
    [InlineData("a <a href='x'>b", true)]
    [InlineData("caf&eacute;", true)]
    [InlineData("it&#8217;s", true)]
    [InlineData("R&amp;D", true)]
    [InlineData("a < b & c > d", false)]
    [InlineData("AT&T", false)]
    [InlineData("I <3 you", false)]
    [InlineData("a &foo; b", false)]
    [InlineData("Use List<string> and </string>", false)]
    [InlineData("History of the <blink> tag", false)]
    [InlineData("a <b and c", false)]
    [InlineData("x<y, y>z", false)]
    [InlineData("", false)]
    public void HTML_is_told_from_text(string text, bool html) => Assert.Equal(html, HtmlFragment.LooksLikeHtml(text));

    [Theory]
    [InlineData("&amp;&lt;&gt;&quot;&apos;", "&<>\"'")]
    [InlineData("&eacute;&Eacute;&nbsp;&hellip;&NotEqualTilde;&CounterClockwiseContourIntegral;", "éÉ\u00A0…≂̸∳")]
    [InlineData("&#233;&#xE9;&#XE9;&#x1F600;", "ééé😀")]
    [InlineData("&#128;&#146;&#x93;", "€’“")]
    [InlineData("&copy 2004 &reg", "© 2004 ®")]
    [InlineData("?a=1&copy=2&lt=3", "?a=1&copy=2&lt=3")]
    [InlineData("AT&T & co &unheard; &; &# &#; &#x;", "AT&T & co &unheard; &; &# &#; &#x;")]
    [InlineData("&#0; &#xDFFF; &#99999999999999999999;", "\uFFFD \uFFFD \uFFFD")]
    [InlineData("&amp;amp;", "&amp;")]
    public void Character_references_are_read_once(string text, string expected) => Assert.Equal(expected, HtmlEntities.Decode(text));

    static readonly string[] Soup =
    [
        "<", ">", "</", "/>", "<b>", "</b>", "<p ", "<i", "<script>", "</script>", "<script/>", "<style", "<!--", "-->", "<![CDATA[", "]]>", "<!", "<?", "?>", "=", "\"", "'", "`", " ", "\n", "\0",
        "&", "&lt;", "&#60;", "&#x3c", "&amp;", "&quot;", "&copy", "&#146;", "&#39;", ";", "#", "a", "x", "href=", "src=", "style=", "onclick=", "onerror=alert(1)", "javascript:", "java\tscript:", "data:",
        "http://a/b", "//c", "../d?e&f", "<img ", "<a ", "<svg>", "</svg>", "<svg:a ", "<foreignObject>", "</foreignObject>", "<desc>", "</desc>", "</title>", "<annotation-xml>", "<math>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<div/>", "</p>", "<li>", "<ul>", "<title>", "<textarea>",
        "<noscript>", "</noscript>", "<applet>", "</applet>", "xlink:href=", "xmlns=", "fill=url(#a)", "fill=url(x)", "attributeName=href", "color:red", "width: expression(1)", "url(x)", "<br>", "</br>", "é", "\uD83D\uDE00", "\uD83D",
    ];

    static IEnumerable<string> Soups(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++) yield return string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => Soup[random.Next(Soup.Length)]));
    }

    [Fact]
    public void Sanitising_twice_is_sanitising_once()
    {
        foreach (var soup in Soups(40_000, 2396))
        {
            var once = Sanitise(soup);
            Assert.True(once == Sanitise(once), $"{soup}\n{once}\n{Sanitise(once)}");
            var xhtml = HtmlFragment.SanitiseXhtml(soup, Base);
            Assert.True(xhtml == HtmlFragment.SanitiseXhtml(xhtml, Base), $"XHTML {soup}\n{xhtml}\n{HtmlFragment.SanitiseXhtml(xhtml, Base)}");
        }
    }

    [Fact]
    public void Nothing_off_the_lists_comes_out_of_tag_soup()
    {
        foreach (var soup in Soups(4_000, 1866))
        {
            AssertClean(Sanitise(soup));
            AssertClean(HtmlFragment.SanitiseXhtml(soup, null));
            HtmlFragment.ToText(soup);
            HtmlFragment.LooksLikeHtml(soup);
        }
    }

    static readonly string[] Forbidden = ["script", "style", "iframe", "object", "embed", "applet", "base", "meta", "link", "frame", "frameset", "xmp", "plaintext"];

    // By a parser that is not ours, as a browser would read it.
    static void AssertClean(string html)
    {
        foreach (var element in new HtmlParser().ParseDocument("<body>" + html).Body!.QuerySelectorAll("*"))
        {
            Assert.False(Forbidden.Contains(element.LocalName) || element.LocalName == "title" && element.NamespaceUri == "http://www.w3.org/1999/xhtml", html);
            foreach (var attribute in element.Attributes)
            {
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), html);
                Assert.Matches("^[a-zA-Z:0-9-]+$", attribute.Name);
                if (attribute.LocalName is "href" or "src" or "action" or "background" or "cite" or "poster" or "longdesc" or "usemap" or "dynsrc" or "lowsrc" or "data")
                    Assert.True(UrlJoin.IsSafe(attribute.Value) || attribute.Value.StartsWith("data:image/", StringComparison.Ordinal), html);
                if (attribute.Name == "style") Assert.DoesNotMatch(@"(?i)expression|url|import|behaviou?r|binding|\\|/\*", attribute.Value);
            }
        }
    }

    public static TheoryData<string> Floods() =>
    [
        Repeat("<b>"), Repeat("<b>") + Repeat("</b>"), Repeat("</b>"), Repeat("<a><b>") + Repeat("</i>"), "<i><table>" + Repeat("<a>") + Repeat("</i>"), Repeat("<"), Repeat("&"), Repeat("&#"), Repeat("&a"),
        Repeat("<a href=\""), Repeat("<a '"), Repeat("<a b=\"><"), Repeat("<!--"), Repeat("<!"), Repeat("<?"), Repeat("<![CDATA["), Repeat("<script/>"), Repeat("<script "), Repeat("<applet>"), Repeat("<svg><a "),
        Repeat("<td>"), Repeat("<p a=b "), "<p " + Repeat("a=b "), "<p " + Repeat("class=b "), "<p style='" + Repeat("color:") + "'>", "<p style='" + Repeat("a:b;") + "'>", "<p style='" + Repeat("url(") + "'>",
        "<p style='" + Repeat("margin: 1px ") + "'>", "<a href='" + Repeat("feed:") + "'>", "<a href='" + Repeat("../") + "'>", "<a href='" + Repeat("&amp;") + "'>", Repeat("<iframe>"), Repeat("<b/"), Repeat("]]>"), Repeat("a "),
    ];

    static string Repeat(string text) => new StringBuilder(500_000).Insert(0, text, 500_000 / text.Length).ToString();

    // What is linear takes a fraction of a second; the rest is for a machine with other things to do.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [MemberData(nameof(Floods))]
    public void Malice_takes_no_longer_than_text(string html)
    {
        var clock = Stopwatch.StartNew();
        HtmlFragment.Sanitise(html, Base);
        HtmlFragment.SanitiseXhtml(html, Base);
        HtmlFragment.ToText(html);
        HtmlFragment.LooksLikeHtml(html);
        HtmlEntities.Decode(html);
        Assert.True(clock.Elapsed < Patience, $"{html[..30]} {clock.Elapsed}");
    }
}
