using System.Globalization;
using System.Text;
using Monitoring.Ingest.Pages;

namespace Tests.Unit;

public class PageDateTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    internal static ExtractedPage Page(string html, string? address = "https://gazette.example/world/talks-resume") =>
        PageExtractor.Extract(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", address, Now);

    const string Words = "<p>Delegations of both sides returned to the talks on Tuesday, officials said, after a break of several weeks in which nothing moved.</p><p>The mediators spoke of progress; others did not, and the outcome remains open for now.</p>";

    static string Html(string head, string body, string lang = "en-GB") =>
        $"<!DOCTYPE html><html lang=\"{lang}\"><head><title>Talks resume in Geneva</title>{head}</head><body>{body}</body></html>";

    static string Day(DateTimeOffset? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "none";

    [Theory]
    // Open Graph and its relatives
    [InlineData("<meta property=\"article:published_time\" content=\"2024-03-12T10:31:05+01:00\">")]
    [InlineData("<meta name=\"article:published_time\" content=\"2024-03-12T10:31:05Z\">")]
    [InlineData("<meta content=\"2024-03-12\" property=\"article:published\">")]
    [InlineData("<meta property=\"og:article:published_time\" content=\"2024-03-12T10:31:05.000Z\">")]
    [InlineData("<meta property=\"og:pubdate\" content=\"2024-03-12\">")]
    [InlineData("<meta name=\"article.published\" content=\"2024-03-12T10:31:05.000Z\">")]
    // Dublin Core
    [InlineData("<meta name=\"DC.date.issued\" content=\"2024-03-12\">")]
    [InlineData("<meta name=\"dcterms.issued\" content=\"2024-03-12\">")]
    [InlineData("<meta name=\"DC.Date\" content=\"2024-03-12\">")]
    [InlineData("<meta name=\"dc.date.created\" scheme=\"W3CDTF\" content=\"2024-03-12\">")]
    [InlineData("<meta name=\"DCTERMS.created\" content=\"2024-03-12T10:31\">")]
    // Analytics and recommendation
    [InlineData("<meta name=\"parsely-pub-date\" content=\"2024-03-12T10:31:05Z\">")]
    [InlineData("<meta name=\"sailthru.date\" content=\"Tue, 12 Mar 2024 10:31:05 GMT\">")]
    [InlineData("<meta name=\"cXenseParse:recs:publishtime\" content=\"2024-03-12T10:31:05Z\">")]
    [InlineData("<meta name=\"bt:pubDate\" content=\"2024-03-12T10:31:05Z\">")]
    [InlineData("<meta property=\"rnews:datePublished\" content=\"2024-03-12\">")]
    // Libraries
    [InlineData("<meta name=\"citation_publication_date\" content=\"2024/03/12\">")]
    [InlineData("<meta name=\"citation_online_date\" content=\"2024/03/12\">")]
    [InlineData("<meta name=\"prism.publicationDate\" content=\"2024-03-12\">")]
    // Newspapers' own
    [InlineData("<meta name=\"pubdate\" content=\"20240312\">")]
    [InlineData("<meta name=\"pubdate\" content=\"2024-03-12T10:31:05-05:00\">")]
    [InlineData("<meta name=\"publish-date\" content=\"Tue, 12 Mar 2024 10:31:05 EST\">")]
    [InlineData("<meta name=\"publish_date\" content=\"March 12, 2024\">")]
    [InlineData("<meta name=\"publication_date\" content=\"12 March 2024\">")]
    [InlineData("<meta name=\"OriginalPublicationDate\" content=\"2024/03/12 10:31:05\">")]
    [InlineData("<meta name=\"DisplayDate\" content=\"2024-03-12\">")]
    [InlineData("<meta name=\"date\" content=\"2024-03-12T10:31:05+01:00\">")]
    [InlineData("<meta name=\"Date\" content=\"12.03.2024\">")]
    [InlineData("<meta name=\"article_date_original\" content=\"Tuesday, March 12, 2024, 10:31 AM\">")]
    [InlineData("<meta name=\"published_at\" content=\"1710239465\">")]
    [InlineData("<meta itemprop=\"datePublished\" content=\"2024-03-12T10:31:05Z\">")]
    [InlineData("<meta itemprop=\"dateCreated datePublished\" content=\"2024-03-12\">")]
    // JSON-LD
    [InlineData("""<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Talks resume in Geneva","datePublished":"2024-03-12T10:31:05Z"}</script>""")]
    [InlineData("""<script type="application/ld+json">{"@type":["Article","NewsArticle"],"datePublished":"2024-03-12"}</script>""")]
    [InlineData("""<script type="application/ld+json">{"@type":"http://schema.org/ReportageNewsArticle","datePublished":["2024-03-12"]}</script>""")]
    [InlineData("""<script type="application/ld+json">[{"@type":"Organization"},{"@type":"BlogPosting","datePublished":"2024-03-12"}]</script>""")]
    [InlineData("""<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":"Article","datePublished":"2024-03-12T10:31:05+00:00","dateModified":"2024-04-01T00:00:00Z"}]}</script>""")]
    [InlineData("""<script type="application/ld+json">{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","datePublished":"2024-03-12"}}</script>""")]
    [InlineData("""<script type="application/ld+json">{"@type":"WebPage","datePublished":"2024-03-12T10:31:05+00:00"}</script>""")]
    [InlineData("""<script type="application/ld+json; charset=utf-8">{"@type":"LiveBlogPosting","datePublished":"2024-03-12","liveBlogUpdate":[{"@type":"BlogPosting","datePublished":"2024-03-13"},{"@type":"BlogPosting","datePublished":"2024-03-14"}]}</script>""")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-12",}</script>""")]
    [InlineData("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"description\":\"Two\nlines\",\"datePublished\":\"2024-03-12\"}</script>")]
    [InlineData("""<script type="application/ld+json"><!-- {"@type":"NewsArticle","datePublished":"2024-03-12"} --></script>""")]
    [InlineData("<script type='application/ld+json'>//<![CDATA[\n{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-03-12\"}\n//]]></script>")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","headline":"He said "no" to it","datePublished":"2024-03-12"}</script>""")]
    [InlineData("""<script type="application/ld+json">{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2024-03-12&quot;}</script>""")]
    [InlineData("""<script type="application/ld+json">{"@type":"BreadcrumbList"}{"@type":"NewsArticle","datePublished":"2024-03-12"}</script>""")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-12","articleBody":"It was</script>""")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","datePublished":{"@type":"Date","@value":"2024-03-12"}}</script>""")]
    public void The_head_says_when_it_was_published(string head) => Assert.Equal("2024-03-12", Day(Page(Html(head, $"<h1>Talks resume in Geneva</h1>{Words}")).Published));

    [Theory]
    // Microdata and RDFa
    [InlineData("<h1>Talks resume in Geneva</h1><time itemprop=\"datePublished\" datetime=\"2024-03-12T10:31:05Z\">Tuesday</time>")]
    [InlineData("<article itemscope itemtype=\"https://schema.org/NewsArticle\"><h1 itemprop=\"headline\">Talks resume in Geneva</h1><meta itemprop=\"datePublished\" content=\"2024-03-12\"><meta itemprop=\"dateModified\" content=\"2024-03-15\"></article>")]
    [InlineData("<h1>Talks resume in Geneva</h1><span property=\"dc:date dc:created\" content=\"2024-03-12T10:31:05+00:00\" datatype=\"xsd:dateTime\">12 March</span>")]
    [InlineData("<h1>Talks resume in Geneva</h1><span property=\"schema:datePublished\" content=\"2024-03-12\"></span>")]
    [InlineData("<h1>Talks resume in Geneva</h1><span itemprop=\"datePublished\">12 March 2024</span>")]
    // Microformats
    [InlineData("<div class=\"hentry\"><h1 class=\"entry-title\">Talks resume in Geneva</h1><abbr class=\"published\" title=\"2024-03-12T10:31:05+00:00\">March 12</abbr></div>")]
    [InlineData("<div class=\"h-entry\"><h1 class=\"p-name\">Talks resume in Geneva</h1><time class=\"dt-published\" datetime=\"2024-03-12 10:31:05\">then</time></div>")]
    [InlineData("<article><h1>Talks resume in Geneva</h1><a href=\"/world/talks-resume\" rel=\"bookmark\"><time class=\"entry-date published\" datetime=\"2024-03-12T10:31:05+00:00\">12/03/24</time><time class=\"updated\" datetime=\"2024-03-20T10:31:05+00:00\">20/03/24</time></a></article>")]
    // time
    [InlineData("<article><h1>Talks resume in Geneva</h1><time datetime=\"2024-03-12T10:31:05Z\">3 hours ago</time></article>")]
    [InlineData("<article><header><time datetime=\"2024-03-12\">12 March</time><h1>Talks resume in Geneva</h1></header></article>")]
    [InlineData("<h1>Talks resume in Geneva</h1><p><time pubdate datetime=\"2024-03-12\">12 March</time></p>")]
    [InlineData("<h1>Talks resume in Geneva</h1><time>12 March 2024</time>")]
    [InlineData("<main><h1>Talks resume in Geneva</h1><relative-time class=\"date\" datetime=\"2024-03-12T10:31:05Z\">on 12 March</relative-time></main>")]
    // Classes and data attributes
    [InlineData("<h1>Talks resume in Geneva</h1><div class=\"date\">12 March 2024</div>")]
    [InlineData("<h1>Talks resume in Geneva</h1><div class=\"article__publish-date\">12 Mar 2024 10:31</div>")]
    [InlineData("<h1>Talks resume in Geneva</h1><span class=\"timestamp\" data-timestamp=\"1710239465\">3h</span>")]
    [InlineData("<h1>Talks resume in Geneva</h1><span id=\"pubDate\">March 12, 2024</span>")]
    [InlineData("<h1>Talks resume in Geneva</h1><div class=\"byline\">By Jane Doe | 12 March 2024</div>")]
    [InlineData("<h1>Talks resume in Geneva</h1><div class=\"date\"><span>12</span> <span>March</span> <span>2024</span></div>")]
    [InlineData("<h1>Talks resume in Geneva</h1><p class=\"post-meta\">Posted on <span class=\"date\">March 12, 2024</span> by Jane</p>")]
    // Lines
    [InlineData("<h1>Talks resume in Geneva</h1><p>Published 12 March 2024, 10:31</p>")]
    [InlineData("<h1>Talks resume in Geneva</h1><p>Published: 12/03/2024</p>")]
    [InlineData("<h1>Talks resume in Geneva</h1><p>12 March 2024</p>")]
    [InlineData("<h1>Talks resume in Geneva</h1><div>By Jane Doe</div><div>Tue 12 Mar 2024 10.31 GMT</div>")]
    [InlineData("<h1>Talks resume in Geneva</h1><div>Published: 12 March 2024 Updated: 14 March 2024</div>")]
    [InlineData("<h1>Talks resume in Geneva</h1><div>Updated: 14 March 2024</div><div>First published: 12 March 2024</div>")]
    [InlineData("<h1>Talks resume in Geneva</h1><p>GENEVA, March 12, 2024 /PRNewswire/ -- Delegations of both sides returned to the talks on Tuesday.</p>")]
    [InlineData("<h1>Talks resume in Geneva</h1><div>10:31, 12 March 2024</div>")]
    [InlineData("<h2 class=\"post-title\">Talks resume in Geneva</h2><small>March 12th, 2024 by Jane</small>")]
    public void The_body_says_when_it_was_published(string body) => Assert.Equal("2024-03-12", Day(Page(Html("", body + Words)).Published));

    [Theory]
    [InlineData("de", "Veröffentlicht am 12.03.2024 um 10:31 Uhr")]
    [InlineData("de", "Von Erika Muster, 12. März 2024")]
    [InlineData("de", "Stand: 14.03.2024, 09:00 Uhr | Erstellt: 12.03.2024")]
    [InlineData("fr", "Publié le 12 mars 2024 à 10h31 - Mis à jour le 14 mars 2024 à 09h00")]
    [InlineData("fr", "Publié le 12/03/2024 à 10:31")]
    [InlineData("es", "Publicado el 12/03/2024 10:31")]
    [InlineData("es", "12 de marzo de 2024")]
    [InlineData("it", "Pubblicato il 12 Marzo 2024")]
    [InlineData("pt-BR", "Publicado em 12/03/2024 às 10h31. Atualizado em 14/03/2024")]
    [InlineData("nl", "Gepubliceerd: 12 maart 2024, 10:31")]
    [InlineData("pl", "Opublikowano: 12.03.2024 10:31, aktualizacja: 14.03.2024")]
    [InlineData("pl", "12 marca 2024, 10:31")]
    [InlineData("ru", "Опубликовано 12 марта 2024, 10:31")]
    [InlineData("ru", "12.03.2024, 10:31")]
    [InlineData("uk", "12 березня 2024, 10:31")]
    [InlineData("uk", "Опубліковано: 12.03.2024")]
    [InlineData("tr", "Yayınlanma: 12.03.2024 - 10:31, Güncelleme: 14.03.2024")]
    [InlineData("cs", "12. března 2024 10:31")]
    [InlineData("sv", "Publicerad 12 mars 2024")]
    [InlineData("da", "12. mar. 2024 kl. 10.31")]
    [InlineData("fi", "Julkaistu 12.3.2024 10:31")]
    [InlineData("hu", "2024. március 12. 10:31")]
    [InlineData("ro", "12 martie 2024, 10:31")]
    [InlineData("el", "12 Μαρτίου 2024")]
    [InlineData("ja", "公開日：2024年3月12日")]
    [InlineData("zh", "2024年03月12日 10:31 来源：新华社")]
    [InlineData("zh", "发布时间：2024-03-12 10:31")]
    [InlineData("ko", "입력 2024.03.12. 오전 10:31")]
    [InlineData("ar", "12 مارس 2024")]
    [InlineData("vi", "Thứ ba, 12/3/2024, 10:31 (GMT+7)")]
    [InlineData("en-US", "Posted: 3/12/2024 10:31 AM")]
    [InlineData("en-US", "Mar 12, 2024 / 10:31 AM EDT")]
    public void Lines_at_the_headline_are_understood_in_their_language(string language, string line) =>
        Assert.Equal("2024-03-12", Day(Page(Html("", $"<div id=top>Menu</div><h1>Talks resume in Geneva</h1><div>{line}</div>{Words}", language)).Published));

    [Theory]
    [InlineData("", "<h1>Talks resume in Geneva</h1>")]
    [InlineData("<meta property=\"article:published_time\" content=\"\">", "<h1>Talks resume in Geneva</h1>")]
    [InlineData("<meta property=\"article:published_time\" content=\"1970-01-01T00:00:00Z\">", "<h1>Talks resume in Geneva</h1>")]
    [InlineData("<meta property=\"article:published_time\" content=\"0001-01-01T00:00:00Z\">", "<h1>Talks resume in Geneva</h1>")]
    [InlineData("<meta property=\"article:published_time\" content=\"2031-01-01T00:00:00Z\">", "<h1>Talks resume in Geneva</h1>")]
    [InlineData("<meta name=\"date\" content=\"2024\">", "<h1>Talks resume in Geneva</h1>")]
    [InlineData("<meta name=\"copyright\" content=\"2024-03-12\">", "<h1>Talks resume in Geneva</h1>")]
    [InlineData("<meta name=\"viewport\" content=\"2024-03-12\">", "<h1>Talks resume in Geneva</h1>")]
    // Only when it was changed
    [InlineData("<meta property=\"article:modified_time\" content=\"2024-03-12T10:31:05Z\">", "<h1>Talks resume in Geneva</h1>")]
    [InlineData("<meta property=\"og:updated_time\" content=\"2024-03-12T10:31:05Z\">", "<h1>Talks resume in Geneva</h1>")]
    [InlineData("<meta http-equiv=\"last-modified\" content=\"Tue, 12 Mar 2024 10:31:05 GMT\">", "<h1>Talks resume in Geneva</h1>")]
    [InlineData("", "<h1>Talks resume in Geneva</h1><time itemprop=\"dateModified\" datetime=\"2024-03-12\">12 March 2024</time>")]
    [InlineData("", "<h1>Talks resume in Geneva</h1><div>Last updated: 12 March 2024</div>")]
    // Other articles' dates
    [InlineData("", "<h1>Talks resume in Geneva</h1><div class=\"related-articles\"><h3><a href=\"/b\">Other</a></h3><time datetime=\"2024-03-12\">12 March</time></div>")]
    [InlineData("", "<h1>Talks resume in Geneva</h1><aside><ul><li><a href=\"/b\">Other</a> <span class=\"date\">12 March 2024</span></li></ul></aside>")]
    [InlineData("", "<nav><div class=\"ticker\"><time datetime=\"2024-03-12\">12 March</time> Other</div></nav><h1>Talks resume in Geneva</h1>")]
    [InlineData("", "<article><h1>Talks resume in Geneva</h1></article><article><h2><a href=\"/b\">Other</a></h2><time datetime=\"2024-03-12\">12 March</time></article>")]
    [InlineData("", "<h1>Talks resume in Geneva</h1><section id=\"comments\"><div class=\"comment\"><time datetime=\"2024-03-12T10:31:05Z\">12 March 2024</time> First!</div></section>")]
    [InlineData("", "<h1>Talks resume in Geneva</h1><div class=\"most-read\"><span class=\"date\">12 March 2024</span></div>")]
    // Lists
    [InlineData("", "<h1>News</h1><article><h2>One</h2><time datetime=\"2024-03-12\">12</time></article><article><h2>Two</h2><time datetime=\"2024-03-10\">10</time></article>")]
    [InlineData("""<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"One","datePublished":"2024-03-12"},{"@type":"NewsArticle","headline":"Two","datePublished":"2024-03-10"}]}</script>""", "<h1>Talks resume in Geneva</h1>")]
    [InlineData("""<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Quite another","datePublished":"2024-03-12"},{"@type":"NewsArticle","headline":"And yet another","datePublished":"2024-03-10"}]</script>""", "<h1>Talks resume in Geneva</h1>")]
    // Dates that date something else
    [InlineData("", "<h1>Talks resume in Geneva</h1><footer>© 2024 Gazette</footer>")]
    [InlineData("", "<h1>Talks resume in Geneva</h1><div>Copyright 2019-2024 Gazette. Copyright 12 March 2024.</div>")]
    [InlineData("", "<div class=\"masthead\"><span class=\"current-date\">Tuesday, 12 March 2024</span></div><h1>Talks resume in Geneva</h1>")]
    [InlineData("", "<header><div class=\"date\">Tuesday, 12 March 2024</div></header><h1>Talks resume in Geneva</h1>")]
    [InlineData("", "<h1>Talks resume in Geneva</h1><p>The agreement of 12 March 2024 between the two governments remains the base on which mediators want to build, and its text is known.</p>")]
    [InlineData("", "<h1>Talks resume in Geneva</h1><div>Deadline: 12 March 2024</div>")]
    [InlineData("", "<h1>Talks resume in Geneva</h1><div itemscope itemtype=\"https://schema.org/Event\"><time itemprop=\"startDate\" datetime=\"2024-03-12\">12 March 2024</time></div>")]
    [InlineData("", "<h1>Talks resume in Geneva</h1><div>Call +44 20 2024 0312 or write to 12 Marchmont Street</div>")]
    public void What_dates_something_else_or_nothing_is_no_date_of_publication(string head, string body) => Assert.Equal("none", Day(Page(Html(head, body + Words)).Published));

    [Theory]
    // The article's own object among several
    [InlineData("""<link rel="canonical" href="https://gazette.example/world/talks-resume"><script type="application/ld+json">[{"@type":"NewsArticle","url":"https://gazette.example/other","datePublished":"2024-01-01"},{"@type":"NewsArticle","mainEntityOfPage":{"@id":"https://gazette.example/world/talks-resume"},"datePublished":"2024-03-12"}]</script>""", "")]
    [InlineData("""<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Quite another","datePublished":"2024-01-01"},{"@type":"NewsArticle","headline":"Talks resume in Geneva","datePublished":"2024-03-12"}]</script>""", "")]
    [InlineData("""<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},{"@type":"Article","datePublished":"2024-03-12"}]}</script>""", "")]
    [InlineData("""<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-12","video":{"@type":"VideoObject","uploadDate":"2024-03-10"},"comment":[{"@type":"Comment","dateCreated":"2024-03-19"}]}</script>""", "")]
    // The stronger of two
    [InlineData("""<meta name="date" content="2024-06-01"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-12"}</script>""", "")]
    [InlineData("<meta property=\"article:published_time\" content=\"2024-03-12T10:31:05Z\">", "<div class=\"date\">14 March 2024</div>")]
    // Two that agree outvote one
    [InlineData("<meta name=\"date\" content=\"2024-06-01\">", "<time class=\"published\" datetime=\"2024-03-12\">12 March 2024</time>")]
    // An impossible one leaves the rest
    [InlineData("<meta property=\"article:published_time\" content=\"2031-03-12T10:31:05Z\"><meta name=\"date\" content=\"2024-03-12\">", "")]
    // A plain day and an instant beside each other
    [InlineData("<meta property=\"article:published_time\" content=\"2024-03-12T23:45:00-05:00\">", "<div class=\"date\">12 March 2024</div>")]
    public void Several_are_reconciled(string head, string body) => Assert.Equal("2024-03-12", Day(Page(Html(head, $"<h1>Talks resume in Geneva</h1>{body}{Words}")).Published));

    [Fact]
    public void The_address_and_a_line_outvote_a_meta_element_of_the_last_template_change()
    {
        var page = Page(Html("<meta name=\"date\" content=\"2025-09-01\">", $"<h1>Talks resume in Geneva</h1><p>12 March 2024</p>{Words}"), "https://gazette.example/2024/03/12/talks-resume");
        Assert.Equal("2024-03-12", Day(page.Published));
    }

    [Fact]
    public void The_address_alone_dates_a_page() => Assert.Equal("2024-03-12", Day(Page(Html("", $"<h1>Talks resume in Geneva</h1>{Words}"), "https://gazette.example/2024/03/12/talks-resume").Published));

    [Theory]
    [InlineData("2024-03-12")]
    [InlineData("2024-12-03")]
    public void An_ambiguous_day_is_what_something_else_says(string day) =>
        Assert.Equal(day, Day(Page($"<html><title>Talks resume in Geneva</title><meta name=citation_date content={day}><h1>Talks resume in Geneva</h1><div class=date>12/03/2024</div>{Words}", "https://gazette.com/a").Published));

    [Fact]
    public void An_ambiguous_day_alone_is_none() =>
        Assert.Equal("none", Day(Page($"<html><title>Talks resume in Geneva</title><h1>Talks resume in Geneva</h1><div class=date>03/12/2024</div>{Words}", "https://gazette.com/a").Published));

    [Fact]
    public void A_day_is_midnight_utc_and_an_instant_keeps_what_it_is()
    {
        Assert.Equal(new DateTimeOffset(2024, 3, 12, 0, 0, 0, TimeSpan.Zero), Page(Html("<meta name=\"pubdate\" content=\"2024-03-12\">", "")).Published);
        var instant = Page(Html("<meta name=\"pubdate\" content=\"2024-03-12T20:31:05-05:00\">", "")).Published!.Value;
        Assert.Equal(new DateTimeOffset(2024, 3, 13, 1, 31, 5, TimeSpan.Zero), instant);
        Assert.Equal(12, instant.Day);
        Assert.Equal(new DateTimeOffset(2024, 3, 12, 10, 31, 0, TimeSpan.Zero), Page(Html("<meta name=\"pubdate\" content=\"2024-03-12 10:31\">", "")).Published);
    }

    [Theory]
    [InlineData("<meta property=\"article:modified_time\" content=\"2024-03-14T10:00:00Z\">", "")]
    [InlineData("<meta property=\"og:updated_time\" content=\"2024-03-14T10:00:00Z\">", "")]
    [InlineData("<meta name=\"dcterms.modified\" content=\"2024-03-14\">", "")]
    [InlineData("<meta name=\"revised\" content=\"Thursday, March 14th, 2024, 10:00 am\">", "")]
    [InlineData("", "<time itemprop=\"dateModified\" datetime=\"2024-03-14\">14 March</time>")]
    [InlineData("", "<time class=\"updated\" datetime=\"2024-03-14\">14 March</time>")]
    [InlineData("", "<div>Updated 14 March 2024</div>")]
    [InlineData("", "<div>Published 12 March 2024. Last modified on 14 March 2024</div>")]
    public void Published_and_modified_are_told_apart(string head, string body)
    {
        var page = Page(Html("<meta property=\"article:published_time\" content=\"2024-03-12T10:31:05Z\">" + head, $"<h1>Talks resume in Geneva</h1>{body}{Words}"));
        Assert.Equal(("2024-03-12", "2024-03-14"), (Day(page.Published), Day(page.Modified)));
    }

    [Fact]
    public void What_changed_before_it_was_published_did_not_change() =>
        Assert.Null(Page(Html("<meta property=\"article:published_time\" content=\"2024-03-12T10:31:05Z\"><meta property=\"article:modified_time\" content=\"2024-03-11T08:00:00Z\">", "")).Modified);

    [Fact]
    public void Only_a_stated_date_may_be_older_than_the_web()
    {
        Assert.Equal("1987-10-20", Day(Page(Html("<meta property=\"article:published_time\" content=\"1987-10-20\">", $"<h1>Talks resume in Geneva</h1>{Words}")).Published));
        Assert.Equal("none", Day(Page(Html("", $"<h1>Talks resume in Geneva</h1><div>20 October 1987</div>{Words}")).Published));
    }
}
