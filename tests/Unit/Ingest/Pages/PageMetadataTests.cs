using System.Text;
using Monitoring.Ingest.Pages;
using static Tests.Unit.PageDateTests;

namespace Tests.Unit;

public class PageMetadataTests
{
    static string? Title(string html, string address = "https://www.gazette.co.uk/world/talks-resume") => Page(html, address).Title;
    static string Authors(string html) => string.Join(" + ", Page(html).Authors);

    [Theory]
    [InlineData("<title>Talks resume in Geneva</title>")]
    [InlineData("<title>Talks resume in Geneva | The Gazette</title>")]
    [InlineData("<title>Talks resume in Geneva - Gazette</title>")]
    [InlineData("<title>Gazette: Talks resume in Geneva</title><meta property=og:site_name content=Gazette><h1>Talks resume in Geneva</h1>")]
    [InlineData("<title>The Gazette » Talks resume in Geneva</title>")]
    [InlineData("<title>Talks resume in Geneva — gazette.co.uk</title>")]
    [InlineData("<title>Talks resume in Geneva · World · Gazette</title><h1>Talks resume in Geneva</h1>")]
    [InlineData("<title>Talks resume in Geneva | Daily Planet</title><meta property=\"og:site_name\" content=\"Daily Planet\">")]
    [InlineData("<title>Talks resume in Geneva | Daily Planet News</title><meta property=\"og:site_name\" content=\"Daily Planet\">")]
    [InlineData("<title>x</title><meta property=\"og:title\" content=\"Talks resume in Geneva\">")]
    [InlineData("<title>x</title><meta property=\"og:title\" content=\"Talks resume in Geneva - The Gazette\">")]
    [InlineData("<title>x</title><meta name=\"twitter:title\" content=\"Talks resume in Geneva\">")]
    [InlineData("<title>x</title><meta name=\"DC.title\" content=\"Talks resume in Geneva\">")]
    [InlineData("<title>Gazette</title><h1><a href=/><img alt=Gazette></a></h1><h1>Talks resume in Geneva</h1>")]
    [InlineData("<title>Gazette</title><h1>Gazette</h1><h1>Talks resume in Geneva</h1>")]
    [InlineData("<title>Home</title><h1>  Talks\n resume <em>in</em> Geneva </h1>")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","headline":"Talks resume in Geneva"}</script><meta property="og:title" content="You won't believe who talks again"><h1>Talks resume in Geneva</h1>""")]
    [InlineData("""<script type="application/ld+json">{"@type":"WebPage","name":"Talks resume in Geneva - Gazette"}</script>""")]
    public void The_title_is_the_headline_without_the_site(string html) => Assert.Equal("Talks resume in Geneva", Title(html));

    [Theory]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","headline":"AT&amp;T &#8216;buys&#8217; rival"}</script>""", "AT&T ‘buys’ rival")]
    [InlineData("<title>Ben &amp;amp; Jerry&amp;#039;s melts</title>", "Ben & Jerry's melts")]
    [InlineData("<meta property=\"og:title\" content=\"A <i>new</i> day\">", "A new day")]
    [InlineData("<title>Covid-19: what we know - and what we don't</title><h1>Covid-19: what we know - and what we don't</h1>", "Covid-19: what we know - and what we don't")]
    [InlineData("<title>Opinion | The price of peace</title><h1>The price of peace</h1>", "The price of peace")]
    [InlineData("<title>Is 3 > 2?</title>", "Is 3 > 2?")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","headline":"A very long headline that a template has cut off somewhere in…"}</script><h1>A very long headline that a template has cut off somewhere in the middle</h1>""", "A very long headline that a template has cut off somewhere in the middle")]
    [InlineData("<title>Переговоры возобновились — Газета</title><meta property=og:site_name content=Газета>", "Переговоры возобновились")]
    [InlineData("<title>和平会谈恢复_公报</title><h1>和平会谈恢复</h1>", "和平会谈恢复")]
    public void A_title_is_text_and_keeps_what_belongs_to_it(string html, string expected) => Assert.Equal(expected, Title(html));

    [Theory]
    [InlineData("<title>Home</title>")]
    [InlineData("<title>Gazette</title><h1>Gazette</h1>")]
    [InlineData("<title></title><p>Text</p>")]
    public void A_generic_heading_is_no_title(string html) => Assert.Null(Title(html));

    [Theory]
    [InlineData("<meta name=author content=\"Jane Doe\">", "Jane Doe")]
    [InlineData("<meta name=author content=\"By Jane Doe\">", "Jane Doe")]
    [InlineData("<meta name=author content=\"Jane Doe, John Roe\">", "Jane Doe + John Roe")]
    [InlineData("<meta name=author content=\"Jane Doe and John Roe\">", "Jane Doe + John Roe")]
    [InlineData("<meta name=author content=\"JANE DOE\">", "Jane Doe")]
    [InlineData("<meta property=article:author content=\"https://www.facebook.com/jane\">", "")]
    [InlineData("<meta property=article:author content=\"https://www.facebook.com/jane\"><meta name=author content=\"Jane Doe\">", "Jane Doe")]
    [InlineData("<meta property=article:author content=\"Jane Doe\"><meta property=article:author content=\"John Roe\">", "Jane Doe + John Roe")]
    [InlineData("<meta name=citation_author content=\"Doe, Jane\"><meta name=citation_author content=\"Roe, John A.\">", "Jane Doe + John A. Roe")]
    [InlineData("<meta name=parsely-author content=\"Jane Doe\">", "Jane Doe")]
    [InlineData("<meta name=\"DC.creator\" content=\"Jane Doe\">", "Jane Doe")]
    [InlineData("<meta name=author content=admin>", "")]
    [InlineData("<meta name=author content=\"Reuters\">", "Reuters")]
    [InlineData("<meta name=author content=\"jane@gazette.example\">", "")]
    [InlineData("<meta name=author content=\"@janedoe\">", "")]
    [InlineData("<meta name=twitter:label1 content=\"Written by\"><meta name=twitter:data1 content=\"Jane Doe\">", "Jane Doe")]
    [InlineData("<meta name=twitter:label1 content=\"Est. reading time\"><meta name=twitter:data1 content=\"4 minutes\">", "")]
    [InlineData("<meta property=og:site_name content=Gazette><meta name=author content=Gazette><div class=byline>By Jane Doe</div>", "Jane Doe")]
    [InlineData("<meta property=og:site_name content=Gazette><meta name=author content=Gazette>", "Gazette")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","author":"Jane Doe"}</script>""", "Jane Doe")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"Jane Doe"}}</script>""", "Jane Doe")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","author":[{"@type":"Person","name":"Jane Doe"},{"@type":"Person","name":"John Roe"},{"name":"Jane Doe"}]}</script>""", "Jane Doe + John Roe")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","author":["Jane Doe","John Roe"]}</script>""", "Jane Doe + John Roe")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":["Jane Doe","John Roe"]}}</script>""", "Jane Doe + John Roe")]
    [InlineData("""<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","author":{"@id":"#jane"}},{"@id":"#jane","@type":"Person","name":"Jane Doe"}]}</script>""", "Jane Doe")]
    [InlineData("""<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","author":[{"name":"J","@id":"#jane"}]},{"@id":"#jane","@type":"Person","name":"Jane Doe","url":"/jane"}]}</script>""", "Jane Doe")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"Reuters"}}</script>""", "Reuters")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","author":{"givenName":"Jane","familyName":"Doe"}}</script>""", "Jane Doe")]
    [InlineData("<div itemprop=author itemscope itemtype=\"https://schema.org/Person\"><span itemprop=name>Jane Doe</span></div>", "Jane Doe")]
    [InlineData("<a rel=author href=/jane>Jane Doe</a>", "Jane Doe")]
    [InlineData("<span class=\"author vcard\"><a class=\"url fn n\" href=/jane>Jane Doe</a></span>", "Jane Doe")]
    [InlineData("<span class=p-author>Jane Doe</span>", "Jane Doe")]
    [InlineData("<div class=byline>By Jane Doe, Political Editor</div>", "Jane Doe")]
    [InlineData("<div class=byline>By <a href=/jane>Jane Doe</a> and <a href=/john>John Roe</a> in Kyiv</div>", "Jane Doe + John Roe")]
    [InlineData("<div class=byline>By Jane Doe, John Roe and Max Moe</div>", "Jane Doe + John Roe + Max Moe")]
    [InlineData("<div class=byline>Jane Doe, Reuters</div>", "Jane Doe")]
    [InlineData("<div class=byline>By Jane Doe | 12 March 2024</div>", "Jane Doe")]
    [InlineData("<div class=byline>By Jane Doe (jane@gazette.example)</div>", "Jane Doe")]
    [InlineData("<div class=byline>Von Erika Muster</div>", "Erika Muster")]
    [InlineData("<div class=byline>Von Erika Muster und Max Muster, Berlin</div>", "Erika Muster + Max Muster")]
    [InlineData("<div class=byline>Par Jean Dupont</div>", "Jean Dupont")]
    [InlineData("<div class=byline>Por María Pérez y Juan García</div>", "María Pérez + Juan García")]
    [InlineData("<div class=byline>di Mario Rossi</div>", "Mario Rossi")]
    [InlineData("<div class=byline>Автор: Иван Петров</div>", "Иван Петров")]
    [InlineData("<div class=byline>Автор: Олена Коваль та Іван Шевченко</div>", "Олена Коваль + Іван Шевченко")]
    [InlineData("<div class=byline>By Ludwig van Beethoven</div>", "Ludwig van Beethoven")]
    [InlineData("<div class=byline>Ian McEwan-O’Neil Jr.</div>", "Ian McEwan-O’Neil Jr.")]
    [InlineData("<div class=byline>12 March 2024</div>", "")]
    [InlineData("<section class=comments><span class=author>Troll 1</span></section>", "")]
    [InlineData("<aside class=related><span class=byline>By Jane Doe</span></aside>", "")]
    public void Authors_are_one_name_each(string html, string expected) => Assert.Equal(expected, Authors($"<title>Talks resume in Geneva</title><h1>Talks resume in Geneva</h1>{html}"));

    [Fact]
    public void The_byline_is_the_line_as_it_stands() =>
        Assert.Equal("By Jane Doe and John Roe in Kyiv", Page("<h1>Talks resume in Geneva</h1><div class=byline> By <a rel=author href=/j>Jane Doe</a>\n and John Roe in Kyiv</div>").Byline);

    [Theory]
    [InlineData("<meta property=og:site_name content=\"The Gazette\">", "The Gazette")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"@type":"Organization","name":"The Gazette"}}</script>""", "The Gazette")]
    [InlineData("""<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","publisher":{"@id":"/#org"}},{"@type":"Organization","@id":"/#org","name":"The Gazette"}]}</script>""", "The Gazette")]
    [InlineData("""<script type="application/ld+json">{"@type":"WebSite","name":"The Gazette"}</script>""", "The Gazette")]
    [InlineData("<meta name=application-name content=\"The Gazette\">", "The Gazette")]
    [InlineData("<meta name=twitter:site content=\"@gazette\">", "gazette")]
    [InlineData("<meta property=og:site_name content=\"https://gazette.example\"><meta name=application-name content=\"The Gazette\">", "The Gazette")]
    [InlineData("<meta property=og:site_name content=\"\">", null)]
    [InlineData("<title>Talks | Gazette</title>", null)]
    public void The_site_is_what_it_calls_itself(string html, string? expected) => Assert.Equal(expected, Page(html).SiteName);

    [Theory]
    [InlineData("<html lang=en-gb>", "en-GB")]
    [InlineData("<html lang=EN>", "en")]
    [InlineData("<html lang=pt_BR>", "pt-BR")]
    [InlineData("<html lang=zh-hant-tw>", "zh-Hant-TW")]
    [InlineData("<html xml:lang=de>", "de")]
    [InlineData("<html lang=\"\"><meta property=og:locale content=uk_UA>", "uk-UA")]
    [InlineData("<html><meta http-equiv=content-language content=\"fr, en\">", "fr")]
    [InlineData("<html lang=english><meta property=og:locale content=en_US>", "en-US")]
    [InlineData("""<html><script type="application/ld+json">{"@type":"NewsArticle","inLanguage":"es-ES"}</script>""", "es-ES")]
    [InlineData("""<html><script type="application/ld+json">{"@type":"NewsArticle","inLanguage":{"@type":"Language","name":"Spanish"}}</script>""", null)]
    [InlineData("<html lang=x-default>", null)]
    [InlineData("<html>", null)]
    public void The_language_is_a_tag(string html, string? expected) => Assert.Equal(expected, Page(html).Language);

    [Theory]
    [InlineData("<link rel=canonical href=https://www.gazette.co.uk/world/talks>", "https://www.gazette.co.uk/world/talks")]
    [InlineData("<link rel=canonical href=/world/talks>", "https://m.gazette.co.uk/world/talks")]
    [InlineData("<link rel=canonical href=//www.gazette.co.uk/world/talks#top>", "https://www.gazette.co.uk/world/talks")]
    [InlineData("<base href=https://www.gazette.co.uk/world/><link rel=canonical href=talks>", "https://www.gazette.co.uk/world/talks")]
    [InlineData("<meta property=og:url content=https://gazette.co.uk/world/talks>", "https://gazette.co.uk/world/talks")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","mainEntityOfPage":{"@type":"WebPage","@id":"https://www.gazette.co.uk/world/talks"}}</script>""", "https://www.gazette.co.uk/world/talks")]
    [InlineData("<link rel=canonical href=https://other.co.uk/talks>", null)]
    [InlineData("<link rel=canonical href=https://other.co.uk/talks><meta property=og:url content=https://gazette.co.uk/talks>", "https://gazette.co.uk/talks")]
    [InlineData("<link rel=canonical href=https://www.gazette.co.uk/>", null)]
    [InlineData("<link rel=canonical href=javascript:void(0)>", null)]
    [InlineData("<link rel=canonical href=file:///etc/passwd>", null)]
    [InlineData("<link rel=canonical href=\"\">", null)]
    [InlineData("<link rel=alternate href=/x>", null)]
    public void The_canonical_address_is_of_the_same_site(string html, string? expected) => Assert.Equal(expected, Page(html, "https://m.gazette.co.uk/amp/talks").CanonicalUrl);

    [Fact]
    public void Without_an_address_the_page_says_where_it_stands() => Assert.Equal("https://gazette.example/a", Page("<link rel=canonical href=https://gazette.example/a>", null).CanonicalUrl);

    [Theory]
    [InlineData("<meta property=og:image content=https://cdn.example/a.jpg>", "https://cdn.example/a.jpg")]
    [InlineData("<meta property=og:image content=/a.jpg>", "https://gazette.example/a.jpg")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","image":["https://cdn.example/a.jpg","https://cdn.example/b.jpg"]}</script>""", "https://cdn.example/a.jpg")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","image":{"@type":"ImageObject","url":"https://cdn.example/a.jpg"}}</script>""", "https://cdn.example/a.jpg")]
    [InlineData("<meta name=twitter:image content=//cdn.example/a.jpg>", "https://cdn.example/a.jpg")]
    [InlineData("<meta property=og:image content=\"data:image/png;base64,AAAA\">", null)]
    [InlineData("<img src=/logo.png>", null)]
    public void The_picture_is_what_the_page_shares(string html, string? expected) => Assert.Equal(expected, Page(html).LeadImage);
}
