using System.Diagnostics;
using Monitoring.Ingest.Feeds;

namespace Tests.Unit;

public class FeedDiscoveryTests
{
    static readonly Uri Home = new("https://gazette.example/");

    static IReadOnlyList<FeedCandidate> Find(string html, string? page = null) => FeedDiscovery.Find(html, page is null ? Home : new Uri(page));
    static string Urls(string html, string? page = null) => string.Join(' ', Find(html, page).Select(feed => feed.Url));

    [Theory]
    [InlineData("application/rss+xml"), InlineData("application/atom+xml"), InlineData("application/feed+json"), InlineData("application/rdf+xml"), InlineData("application/xml"), InlineData("text/xml"), InlineData("application/json")]
    [InlineData("Application/RSS+XML; charset=utf-8")]
    public void A_feed_is_announced_by_its_type(string type)
    {
        var feed = Assert.Single(Find($"""<html><head><link rel="alternate" type="{type}" title=" The &amp; Gazette " href="/feed"></head></html>"""));
        Assert.Equal(new FeedCandidate("https://gazette.example/feed", "The & Gazette", type.Split(';')[0].ToLowerInvariant()), feed);
    }

    [Theory]
    [InlineData("""<LINK REL='Alternate' TYPE=application/rss+xml HREF=/f>""")]
    [InlineData("""<link href="f" type="application/rss+xml" rel="home ALTERNATE">""")]
    [InlineData("""<link rel=alternate href="//gazette.example/f#x" type="application/rss+xml"/>""")]
    [InlineData("""<link rel="feed" href="/f">""")]
    [InlineData("""<link rel="alternate" type="application/rss+xml" href="feed://gazette.example/f">""")]
    [InlineData("""<link rel="alternate" type="application/rss+xml" href="feed:https://gazette.example/f">""")]
    [InlineData("""<body><div><p><link rel="alternate" type="application/rss+xml" href=" /f "></body>""")]
    [InlineData("""<base href="https://gazette.example/x/"><base href="https://other.example/"><link rel="alternate" type="application/rss+xml" href="../f">""")]
    [InlineData("""<a href="/f">RSS</a>""")]
    [InlineData("""<a href="/f"><span>Our <b>RSS</b> feed</span></a>""")]
    [InlineData("""<a href="/f"><img src="i.png" alt="RSS feed"></a>""")]
    [InlineData("""<a href="/f" title="Atom"><svg><path d=""/></svg></a>""")]
    [InlineData("""<a href="/f" type="application/atom+xml">Subscribe</a>""")]
    public void A_feed_is_announced_or_linked_in_many_ways(string html) => Assert.EndsWith("://gazette.example/f", Urls(html), StringComparison.Ordinal);

    [Theory]
    [InlineData("""<a href="https://gazette.example/rss.xml">Subscribe</a>""", "https://gazette.example/rss.xml")]
    [InlineData("""<a href="/world/feed/">x</a>""", "https://gazette.example/world/feed/")]
    [InlineData("""<a href="/?feed=rss2">x</a>""", "https://gazette.example/?feed=rss2")]
    [InlineData("""<a href="/backend.rdf">x</a>""", "https://gazette.example/backend.rdf")]
    [InlineData("""<a href="/index.xml">x</a>""", "https://gazette.example/index.xml")]
    [InlineData("""<a href="/news?format=atom">x</a>""", "https://gazette.example/news?format=atom")]
    [InlineData("""<a href="https://feeds.gazette.example/top">x</a>""", "https://feeds.gazette.example/top")]
    public void An_address_may_say_that_it_is_a_feed(string html, string url) => Assert.Equal(url, Urls(html));

    [Theory]
    [InlineData("""<link rel="stylesheet" href="/feed.css">""")]
    [InlineData("""<link rel="alternate stylesheet" type="text/xml" href="/feed">""")]
    [InlineData("""<link rel="alternate" hreflang="de" href="/de/">""")]
    [InlineData("""<link rel="alternate" type="text/html" href="/m">""")]
    [InlineData("""<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">""")]
    [InlineData("""<link rel="alternate" type="application/json+oembed" href="/oembed?url=x">""")]
    [InlineData("""<link rel="alternate" type="application/rss+xml" href="">""")]
    [InlineData("""<link rel="alternate" type="application/rss+xml">""")]
    [InlineData("""<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">""")]
    [InlineData("""<link rel="EditURI" type="application/rsd+xml" href="/xmlrpc.php?rsd">""")]
    [InlineData("""<!-- <link rel="alternate" type="application/rss+xml" href="/f"> -->""")]
    [InlineData("""<script>document.write('<link rel="alternate" type="application/rss+xml" href="/f">')</script>""")]
    [InlineData("""<textarea><a href="/rss">RSS</a></textarea>""")]
    [InlineData("""<style><a href="/rss">RSS</a></style>""")]
    [InlineData("""<a href="#rss">RSS</a>""")]
    [InlineData("""<a href="/feedback">Feedback</a>""")]
    [InlineData("""<a href="/story">The company that feeds the whole world, and how it came to be so large</a>""")]
    [InlineData("""<a href="https://feedly.com/i/subscription/feed/https%3A%2F%2Fgazette.example%2Ffeed">Feedly RSS</a>""")]
    [InlineData("""<a href="mailto:rss@gazette.example">RSS</a>""")]
    [InlineData("""<a href="/rss-logo.png">RSS</a>""")]
    public void What_is_no_feed_is_not_taken_for_one(string html) => Assert.Equal("", Urls(html));

    [Fact]
    public void The_main_feed_comes_first_and_parts_come_last() => Assert.Equal(
        "https://gazette.example/feed/ https://gazette.example/atom https://gazette.example/feed.json https://gazette.example/rss.xml https://gazette.example/comments/feed/ https://gazette.example/category/sport/feed/ https://gazette.example/a",
        Urls("""
            <a href="/rss.xml">RSS</a>
            <link rel="alternate" type="application/rss+xml" title="Gazette » Comments Feed" href="/comments/feed/">
            <link rel="alternate" type="application/rss+xml" title="Sport" href="/category/sport/feed/">
            <link rel="alternate" type="application/rss+xml" title="Gazette » Politics Category Feed" href="/a">
            <link rel="alternate" type="application/feed+json" href="/feed.json">
            <link rel="alternate" type="application/rss+xml" href="/feed/">
            <link rel="alternate" type="application/atom+xml" href="/atom">
            <link rel="alternate" type="application/rss+xml" href="/feed/">
            """));

    [Fact]
    public void On_the_page_of_a_category_its_feed_is_no_mere_part() => Assert.Equal(
        "https://gazette.example/category/sport/feed/ https://gazette.example/feed/",
        Urls("""<link rel="alternate" type="application/rss+xml" href="/category/sport/feed/"><a href="/feed/">RSS</a>""", "https://gazette.example/category/sport/"));

    [Theory]
    [InlineData("https://www.youtube.com/channel/UCabc_-123/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc_-123")]
    [InlineData("https://www.youtube.com/user/gazette", "https://www.youtube.com/feeds/videos.xml?user=gazette")]
    [InlineData("https://youtube.com/playlist?list=PL1-x", "https://youtube.com/feeds/videos.xml?playlist_id=PL1-x")]
    [InlineData("https://www.reddit.com/r/news/", "https://www.reddit.com/r/news/.rss")]
    [InlineData("https://old.reddit.com/", "https://old.reddit.com/.rss")]
    [InlineData("https://github.com/owner/project/issues", "https://github.com/owner/project/releases.atom")]
    [InlineData("https://medium.com/@someone/story", "https://medium.com/feed/@someone")]
    [InlineData("https://someone.substack.com/p/post", "https://someone.substack.com/feed")]
    [InlineData("https://someone.blogspot.co.uk/2026/", "https://someone.blogspot.co.uk/feeds/posts/default")]
    [InlineData("https://social.example/@someone", "https://social.example/@someone.rss")]
    [InlineData("https://gazette.example/world/", "https://gazette.example/world/feed")]
    [InlineData("https://gazette.example/index.html", "https://gazette.example/feed")]
    [InlineData("http://gazette.example:8080/", "http://gazette.example:8080/feed")]
    public void A_platform_is_known_for_its_path(string page, string first) => Assert.Equal(first, FeedDiscovery.UsualPaths(new Uri(page))[0].AbsoluteUri);

    [Fact]
    public void Usual_paths_are_few_and_on_the_same_host()
    {
        var paths = FeedDiscovery.UsualPaths(new Uri("https://gazette.example/world/europe"));
        Assert.InRange(paths.Count, 9, 10);
        Assert.Equal(paths.Count, paths.Distinct().Count());
        Assert.All(paths, path => Assert.Equal("gazette.example", path.Host));
        Assert.All(new[] { "/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feeds/posts/default", "/?feed=rss2" }, path => Assert.Contains(paths, uri => uri.PathAndQuery == path));
        Assert.Empty(FeedDiscovery.UsualPaths(new Uri("https://www.youtube.com/@handle")));
    }

    [Theory]
    [InlineData("<rss version=\"2.0\">", null, true)]
    [InlineData("\uFEFF \r\n<?xml version=\"1.0\"?><!-- <html> --><?xml-stylesheet href='x>y'?>\n<feed xmlns=", "text/html", true)]
    [InlineData("<?xml version='1.0'?><rdf:RDF xmlns:rdf=", "text/plain", true)]
    [InlineData("<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" \"http://x/rss.dtd\" [<!ENTITY nbsp \"&#160;\">]><rss>", null, true)]
    [InlineData("<a:feed xmlns:a=", null, true)]
    [InlineData("<CHANNEL HREF=", null, true)]
    [InlineData("<br />\n<b>Warning</b>: something in /var/www\n<?xml version='1.0'?><rss>", "text/html", true)]
    [InlineData("{\"version\": \"https://jsonfeed.org/version/1.1\"", "application/json", true)]
    [InlineData("{\"items\": []", "application/feed+json", true)]
    [InlineData("{\"items\": []", "application/json", false)]
    [InlineData("<!doctype HTML><html><body><rss>", "application/rss+xml", false)]
    [InlineData("<html><head>", "application/xml", false)]
    [InlineData("<?xml version='1.0'?><opml version='2.0'>", "text/xml", false)]
    [InlineData("<urlset><feed>", "application/xml", false)]
    [InlineData("", "application/atom+xml", true)]
    [InlineData("<!-- a comment without an end", "application/rss+xml", true)]
    [InlineData("<!-- a comment without an end", "text/xml", false)]
    [InlineData("Not found", null, false)]
    public void A_feed_is_known_by_its_beginning(string start, string? contentType, bool isFeed) => Assert.Equal(isFeed, FeedDiscovery.LooksLikeFeed(start, contentType));

    [Fact]
    public void Hostile_pages_take_neither_the_stack_nor_the_time()
    {
        var clock = Stopwatch.StartNew();
        var nested = string.Concat(Enumerable.Repeat("<a><div>", 200_000));
        Assert.Equal("https://gazette.example/f", Urls(nested + "<link rel=feed href=/f>"));
        Find("<a href=/rss>" + string.Concat(Enumerable.Repeat("x<b>", 200_000)));
        Find("<link " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}=1 ")) + "rel=feed href=/f>");
        Find("<a href=\"" + new string('/', 2_000_000) + "\">rss</a>");
        Find(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<a href=/{i}/rss>RSS</a>")));
        Find(new string('<', 500_000));
        // These end the process where AngleSharp gets to see them.
        foreach (var unit in new[] { "--!", "--!-", "--!--", "---!", "--!!", "--!>", "- !", "<!--", "--!a" })
            Find("<!--" + string.Concat(Enumerable.Repeat(unit, 100_000)));
        Assert.Equal("https://gazette.example/f", Urls("<!----!--!--!--><link rel=feed href=/f>"));
        Assert.Equal("https://gazette.example/f", Urls("<!-- --!><link rel=feed href=/f>"));
        FeedDiscovery.LooksLikeFeed(string.Concat(Enumerable.Repeat("<b>", 500_000)), null);
        FeedDiscovery.LooksLikeFeed(string.Concat(Enumerable.Repeat("<!", 500_000)), null);
        // A few seconds; what grows with the square would take hours.
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), $"{clock.Elapsed}");
    }
}
