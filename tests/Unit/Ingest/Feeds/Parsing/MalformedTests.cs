using System.Diagnostics;
using System.Text;
using Monitoring.Ingest.Feeds.Parsing;
using Tests.Quality;
using static Tests.Unit.Feeds.Reading;

namespace Tests.Unit.Feeds;

public class MalformedTests
{
    static void Forgives(string document, string path, string? expected, string? problem = null)
    {
        var read = Read(document);
        Assert.False(read.WellFormed);
        Assert.NotEmpty(read.Problems);
        if (problem is not null) Assert.Contains(read.Problems, told => told.Contains(problem, StringComparison.Ordinal));
        Assert.Equal(expected, read.At(path));
    }

    [Theory]
    [InlineData("<title>AT&T</title>", "title", "AT&T", "& that begins no reference")]
    [InlineData("<title>A & B</title>", "title", "A & B", "& that begins no reference")]
    [InlineData("<title>A &</title>", "title", "A &", "&")]
    [InlineData("<title>1 < 2</title>", "title", "1 < 2", "< that begins no tag")]
    [InlineData("<title>a <3 b</title>", "title", "a <3 b", "< that begins no tag")]
    [InlineData("<title>caf&eacute;</title>", "title", "café", "&eacute; is not declared")]
    [InlineData("<title>a&nbsp;b</title>", "title", "a\u00A0b", "&nbsp; is not declared")]
    [InlineData("<title>&unknown;</title>", "title", "&unknown;", "nothing known")]
    [InlineData("<title>a&#0;b</title>", "title", "ab", "no character")]
    [InlineData("<title>a&#xD800;b</title>", "title", "ab", "no character")]
    [InlineData("<title>a&#x110000;b</title>", "title", "ab", "no character")]
    [InlineData("<title>a&#x1F;b</title>", "title", "ab", "no character")]
    [InlineData("<title>a&#;b</title>", "title", "a&#;b", null)]
    [InlineData("<title>a&#8217b</title>", "title", "a\u2019b", "no character")]
    [InlineData("<link>http://a.example/?a=1&b=2</link>", "link", "http://a.example/?a=1&b=2", null)]
    [InlineData("<link>http://a.example/?a=1&copy=2</link>", "link", "http://a.example/?a=1&copy=2", null)]
    [InlineData("<enclosure url='http://a.example/?a=1&b=2'/>", "enclosures.0.url", "http://a.example/?a=1&b=2", null)]
    [InlineData("<enclosure url=http://a.example/x.mp3 length=5 />", "enclosures.0.url", "http://a.example/x.mp3", "no quotes")]
    [InlineData("<enclosure url=http://a.example/x.mp3 length=5 />", "enclosures.0.length", "5", "no quotes")]
    [InlineData("<enclosure url='a' url='b'/>", "enclosures.0.url", "http://example.org/dir/a", "url twice")]
    [InlineData("<enclosure url='a'length='5'/>", "enclosures.0.length", "5", "No space")]
    [InlineData("<enclosure disabled url='a'/>", "enclosures.0.url", "http://example.org/dir/a", "no value")]
    [InlineData("<enclosure url='a<b'/>", "enclosures.#", "1", "< in an attribute")]
    [InlineData("<enclosure url='a\">\n<title>T</title>", "title", "T", "no closing quote")]
    [InlineData("<enclosure url='a' <title>T</title>", "title", "T", "is not closed")]
    [InlineData("<title>T</TITLE><link>http://a.example/</link>", "link", "http://a.example/", null)]
    [InlineData("<description><p>one<br>two</p></description><guid>g</guid>", "summary", "<p>one<br />two</p>", null)]
    [InlineData("<description><b><i>x</b></i></description><title>T</title>", "title", "T", null)]
    [InlineData("<description>x</p></description><title>T</title>", "title", "T", "closes nothing")]
    [InlineData("<title>T<link>http://a.example/</link><description>D</description>", "link", "http://a.example/", null)]
    [InlineData("<title>T<link>http://a.example/</link><description>D</description>", "title", "T", null)]
    [InlineData("<description>D<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate>", "published", "2004-01-01T19:48:21Z", null)]
    [InlineData("<description>D <p>more<guid>1</guid>", "id", "http://example.org/dir/1", null)]
    [InlineData("<title>T</title><description>D", "summary", "D", null)]
    [InlineData("<description><![CDATA[D", "summary", "D", "CDATA is not closed")]
    [InlineData("<title>T</title><description>a ]]> b</description>", "summary", "a ]]> b", "]]> outside")]
    [InlineData("<!-- a -- b --><title>T</title>", "title", "T", "-- within a comment")]
    [InlineData("<!-- a ><title>T</title>", "title", "T", "comment is not closed")]
    [InlineData("<? a ><title>T</title>", "title", "T", "<? without ?>")]
    [InlineData("<!nothing><title>T</title>", "title", "T", "nothing known")]
    [InlineData("<title>a\u0001b\u0000c</title>", "title", "abc", "U+0001")]
    [InlineData("<x:title>X</x:title><title>T</title>", "title", "T", "prefix of <x:title> is not declared")]
    [InlineData("<title x:a='b'>T</title>", "title", "T", "prefix of x:a is not declared")]
    [InlineData("</wrong><title>T</title>", "title", "T", "</wrong> closes nothing")]
    public void What_can_be_read_of_an_item_is_read(string inItem, string path, string? expected, string? problem) =>
        Forgives(RssItem(inItem), $"entries.0.{path}", expected, problem);

    [Theory]
    [InlineData(" \n<?xml version='1.0'?><rss version='2.0'><channel><title>T</title></channel></rss>", "not at the beginning")]
    [InlineData("<?xml encoding='utf-8'?><rss version='2.0'><channel><title>T</title></channel></rss>", "declaration is malformed")]
    [InlineData("<?xml version='1.0' encodign='utf-8'?><rss version='2.0'><channel><title>T</title></channel></rss>", "declaration is malformed")]
    [InlineData("garbage<rss version='2.0'><channel><title>T</title></channel></rss>", "before the root")]
    [InlineData("<rss version='2.0'><channel><title>T</title></channel></rss>garbage", "after the root")]
    [InlineData("<rss version='2.0'><channel><title>T</title></channel></rss><rss/>", "<rss> after the root")]
    [InlineData("<rss version='2.0'><channel><title>T</title></channel>", "<rss> is not closed")]
    [InlineData("<rss version='2.0'><channel><title>T</title>", "<channel> is not closed")]
    [InlineData("<rss version='2.0'><channel><title>T</channel></rss>", "while <title> is open")]
    [InlineData("<rss version='2.0'><channel><title>T</title></rss></channel>", "while <channel> is open")]
    [InlineData("<rss version='2.0'><channel><title>T</title><item", "<item is cut off")]
    [InlineData("<rss version='2.0'><channel><title>T</title></chan", "</chan is cut off")]
    [InlineData("<rss version='2.0'><channel><title>T</title><![CDATA[", "CDATA is not closed")]
    [InlineData("<!DOCTYPE rss [<rss version='2.0'><channel><title>T</title></channel></rss>", "document type is not closed")]
    [InlineData("<rss version='2.0'><channel><title>T</title></channel></rss><!DOCTYPE rss>", "document type comes after")]
    [InlineData("<rss version=2.0><channel><title>T</title></channel></rss>", "no quotes")]
    [InlineData("<html><body><rss version='2.0'><channel><title>T</title></channel></rss></body>", "is not closed")]
    public void What_can_be_read_of_a_document_is_read(string document, string problem) => Forgives(document, "feed.title", "T", problem);

    [Fact]
    public void Unclosed_items_are_items() =>
        Assert.Equal(["1", "2"], Read("<rss version='2.0'><channel><item><title>1</title><item><title>2</title></channel></rss>").Entries.Select(entry => entry.Title));

    [Fact]
    public void An_unclosed_description_does_not_swallow_the_next_item() =>
        Assert.Equal([null, "2"], Read("<rss version='2.0'><channel><item><description>D<p>x</item><item><title>2</title></item></channel></rss>").Entries.Select(entry => entry.Title));

    [Fact]
    public void An_unclosed_source_does_not_swallow_the_next_item() =>
        Assert.Equal(["1", "2"], Read("<rss version='2.0'><channel><item><title>1</title><source url='x'>S<item><title>2</title></item></channel></rss>").Entries.Select(entry => entry.Title));

    [Theory]
    [InlineData("<?xml version='1.0' encoding='utf-8'?>\n<!-- c --><rss version='2.0'><channel/></rss>\n<!-- c -->\n")]
    [InlineData("<?xml version='1.0'?><?xml-stylesheet href='s'?><rss version='2.0'><channel/></rss>")]
    [InlineData("<!DOCTYPE rss><rss version='2.0'><channel/></rss>")]
    [InlineData("<!DOCTYPE rss [<!ENTITY a 'b'><!-- > ] -->]><rss version='2.0'><channel><title>&a;</title></channel></rss>")]
    [InlineData("<!DOCTYPE rss PUBLIC 'p' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'><rss version='0.91'><channel><title>&eacute;</title></channel></rss>")]
    [InlineData("<rss version='2.0'><channel><title>&amp;&lt;&gt;&quot;&apos;&#65;&#x41;</title></channel></rss>")]
    [InlineData("<rss version = '2.0' ><channel ></channel ></rss >")]
    [InlineData("<rss\nversion=\"2.0\"\t><channel><title a='\"' b=\"'\"/></channel></rss>")]
    [InlineData("<rss version='2.0'><channel><title>a > b \" ' ]] ></title></channel></rss>")]
    [InlineData("<rss version='2.0'><channel><titre-é xml:lang='fr' xml:space='preserve'/></channel></rss>")]
    [InlineData("<rss version='2.0'><channel><x a='>'/></channel></rss>")]
    public void The_well_formed_is_told_from_the_rest(string document)
    {
        Assert.Empty(Read(document).Problems);
        Assert.True(Read(document).WellFormed);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("application/rss+xml", true)]
    [InlineData("application/atom+xml; charset=utf-8", true)]
    [InlineData("Application/XML", true)]
    [InlineData("text/xml; charset=utf-8", true)]
    [InlineData("application/rdf+xml", true)]
    [InlineData("text/plain", false)]
    [InlineData("text/html; charset=utf-8", false)]
    [InlineData("application/octet-stream", false)]
    [InlineData("application/json", false)]
    public void A_type_that_is_none_of_feeds_is_told(string? contentType, bool wellFormed)
    {
        var read = Read("<rss version='2.0'><channel><title>T</title></channel></rss>", contentType);
        Assert.Equal("T", read.Feed.Title);
        Assert.Equal(wellFormed, read.WellFormed);
    }

    [Fact]
    public void Json_feeds_have_types_of_their_own() => Assert.True(Read("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", "application/feed+json").WellFormed);

    [Theory]
    [InlineData("<!DOCTYPE html><html><head><title>Page</title><link rel='alternate' href='/feed'></head><body><p>Hi</p></body></html>", "HTML page")]
    [InlineData("<html xmlns='http://www.w3.org/1999/xhtml'><head><title>Page</title></head></html>", "HTML page")]
    [InlineData("", "empty")]
    [InlineData(" \n ", "empty")]
    [InlineData("Not found", "no feed")]
    [InlineData("<opml version='2.0'><head><title>O</title></head></opml>", "no feed")]
    public void What_is_no_feed_is_told(string document, string problem)
    {
        var read = Read(document);
        Assert.Null(read.Dialect);
        Assert.Null(read.Feed.Title);
        Assert.Empty(read.Entries);
        Assert.False(read.WellFormed);
        Assert.Contains(read.Problems, told => told.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Places_are_told_by_line_and_column() =>
        Assert.Equal("Line 3, column 9: & that begins no reference.", Assert.Single(Read("<rss version='2.0'>\r\n<channel>\r\n<title>A& B</title></channel></rss>").Problems));

    [Fact]
    public void Not_every_problem_of_many_is_told() => Assert.Equal(21, Read(RssItem(new string('&', 5_000))).Problems.Count);

    [Fact]
    public void Declared_entities_are_expanded_once()
    {
        Holds("<!DOCTYPE rss [<!ENTITY gz 'The Gazette'><!ENTITY copy '&#169;'>]><rss version='2.0'><channel><title>&gz; &copy;</title></channel></rss>", "feed.title", "The Gazette ©");
        var bomb = "<!DOCTYPE rss [<!ENTITY a 'ha'>" + string.Concat(Enumerable.Range('b', 20).Select(c => $"<!ENTITY {(char)c} '&{(char)(c - 1)};&{(char)(c - 1)};&{(char)(c - 1)};'>")) + "]>";
        Assert.Equal("&t;&t;&t;", Read(bomb + "<rss version='2.0'><channel><title>&u;</title></channel></rss>").Feed.Title);
    }

    [Fact]
    public void Long_entities_repeated_make_no_long_text()
    {
        var read = Read($"<!DOCTYPE rss [<!ENTITY a '{new string('x', 9_000)}'>]><rss version='2.0'><channel><title>{string.Concat(Enumerable.Repeat("&a;", 10_000))}</title></channel></rss>");
        Assert.InRange(read.Feed.Title!.Length, 900_000, 1_000_000);
        Assert.False(read.WellFormed);
    }

    [Fact]
    public void Nothing_is_loaded_for_external_entities() =>
        Assert.Equal("&x;", Read("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><title>&x;</title></channel></rss>").Feed.Title);

    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "<a>", "<rss version='2.0'>" },
        { "<a>", "<rss version='2.0'><channel><item><description>" },
        { "<a b='c' ", "" },
        { "a='b' ", "<rss " },
        { "<a ", "" },
        { "<a b='", "" },
        { "<", "" },
        { "&", "<rss version='2.0'><channel><title>" },
        { "<!--", "<rss version='2.0'>" },
        { "<!DOCTYPE [", "" },
        { "</b>", "<rss version='2.0'><channel><item>" },
        { "<item>", "<rss version='2.0'><channel>" },
        { "<a xmlns:b='c'>", "" },
        { "<a xml:base='c/'>", "<rss version='2.0'>" },
        { "&lt;div&gt;", "<rss version='2.0'><channel><item><description>" },
        { "<author>a@b.example</author>", "<rss version='2.0'><channel><item>" },
        { "[", "{\"items\":" },
        { "/**/", "{" },
        { "{\"a\":", "" },
    };

    // The bound is for machines under load: most take a fifth of a second, quadratic time was five minutes.
    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_megabyte_of_anything_is_read_in_linear_time(string repeated, string head)
    {
        var document = Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat(repeated, 1_000_000 / repeated.Length)));
        var clock = Stopwatch.StartNew();
        Read(document);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    static List<byte[]> Samples() => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Quality", "feeds"))
        .Where(file => !file.EndsWith(".expected.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    [Fact]
    public void Ten_thousand_mutated_documents_are_read_without_an_exception()
    {
        var samples = Samples();
        Assert.InRange(samples.Count, 30, 100);
        foreach (var (name, bytes) in Mutation.Random(samples, 10_000, seed: 20261122))
        {
            var read = Attempt(name, bytes);
            var size = read.Feed.Title?.Length ?? 0;
            foreach (var entry in read.Entries) size += (entry.Title?.Length ?? 0) + (entry.Summary?.Length ?? 0) + entry.Content.Sum(content => content.Value.Length);
            Assert.True(size <= 10 * bytes.Length + 1_000, $"{name}: {size} characters out of {bytes.Length} bytes");
        }
    }

    [Fact]
    public void Samples_cut_off_anywhere_are_read_without_an_exception()
    {
        foreach (var (name, bytes) in Mutation.Truncations(Samples()).Where((_, i) => i % 7 == 0)) Attempt(name, bytes);
    }

    [Fact]
    public void A_cut_loses_only_what_comes_after_it()
    {
        var document = RssFeed("<item><title>One</title></item><item><title>Two</title><description><![CDATA[<p>ünd</p>]]></description></item>");
        var bytes = Encoding.UTF8.GetBytes(document);
        var second = document.IndexOf("<title>Two</title>", StringComparison.Ordinal) + "<title>Two</title>".Length;
        for (var cut = second; cut < bytes.Length; cut++) Assert.Equal(["One", "Two"], Read(bytes[..cut]).Entries.Select(entry => entry.Title));
    }

    static FeedDocument Attempt(string name, byte[] bytes)
    {
        try
        {
            return Read(bytes);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(name, error);
        }
    }
}
