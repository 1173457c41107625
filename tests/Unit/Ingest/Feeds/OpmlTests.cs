using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Monitoring.Ingest.Feeds;

namespace Tests.Unit;

public class OpmlTests
{
    static IReadOnlyList<OpmlLine> Read(string text, string? contentType = null) => Opml.Read(Encoding.UTF8.GetBytes(text), contentType);
    static IReadOnlyList<OpmlLine> Body(string outlines) => Read($"<opml version=\"2.0\"><head><title>Mine</title></head><body>{outlines}</body></opml>");
    static OpmlLine Only(string outlines) => Assert.Single(Body(outlines));
    static string Folders(OpmlLine line) => string.Join(" | ", line.Folders);

    [Fact]
    public void A_feed_has_an_address_a_name_and_a_site()
    {
        var line = Only("""<outline text="The Gazette" title="Gazette feed" type="rss" xmlUrl="https://gazette.example/feed" htmlUrl="https://gazette.example/" description="News"/>""");
        Assert.Equal(("https://gazette.example/feed", "The Gazette", "https://gazette.example/", "", null, 1), (line.Url, line.Title, line.Site, Folders(line), line.Problem, line.Line));
    }

    [Theory]
    [InlineData("""<outline title="T" xmlurl="https://a.example/f"/>""")]
    [InlineData("""<outline text="T" XMLURL="https://a.example/f" type="atom"/>""")]
    [InlineData("""<outline text="T" xmlURL="  https://a.example/f " type="RSS"/>""")]
    [InlineData("""<outline text="T" url="https://a.example/f"/>""")]
    [InlineData("""<OUTLINE TEXT="T" XmlUrl="feed:https://a.example/f"/>""")]
    [InlineData("""<outline text="" title="T" xmlUrl="HTTPS://A.EXAMPLE:443/f#top" type="rss1"/>""")]
    [InlineData("""<outline text="T" xmlUrl="feed://https://a.example/f" type="JSONFeed" foo:bar="undeclared"/>""")]
    public void Exporters_spell_the_address_in_many_ways(string outline)
    {
        var line = Only(outline);
        Assert.Equal(("https://a.example/f", "T", null), (line.Url, line.Title, line.Problem));
    }

    [Fact]
    public void The_scheme_of_feeds_is_that_of_the_web() => Assert.Equal("http://a.example/f", Only("""<outline text="T" xmlUrl="feed://a.example/f"/>""").Url);

    [Fact]
    public void Outlines_within_outlines_and_categories_are_folders()
    {
        var lines = Body("""
            <outline text="News"><outline text="World" title="World"><outline xmlUrl="https://a.example/1" text="1" category="/Geo/Asia,Daily, /"/></outline>
            <outline xmlUrl="https://a.example/2" text="2"/></outline><outline xmlUrl="https://a.example/3" text="3"/><outline text=""><outline xmlUrl="https://a.example/4" text="4"/></outline>
            """);
        Assert.Equal(["News/World | Geo/Asia | Daily", "News", "", ""], lines.Select(Folders));
        Assert.All(lines, line => Assert.Null(line.Problem));
    }

    [Fact]
    public void A_feed_in_two_folders_is_one_and_a_feed_listed_twice_is_reported()
    {
        var lines = Body("""
            <outline text="A"><outline xmlUrl="https://a.example/1" text="1"/></outline>
            <outline text="B"><outline xmlUrl="https://A.example/1#x" text="1"/></outline>
            <outline text="B"><outline xmlUrl="https://a.example/1" text="1"/></outline>
            """);
        Assert.Equal(["A | B", "B"], lines.Select(Folders));
        Assert.Equal([null, "The same address as in line 1."], lines.Select(line => line.Problem));
    }

    [Theory]
    [InlineData("""<outline text="T" type="rss"/>""", "no feed address")]
    [InlineData("""<outline text="T" htmlUrl="https://a.example/"/>""", "no feed address")]
    [InlineData("""<outline text="T" xmlUrl="a.example/feed"/>""", "'a.example/feed' is no absolute")]
    [InlineData("""<outline text="T" xmlUrl="/feed"/>""", "'/feed' is no absolute")]
    [InlineData("""<outline text="T" xmlUrl="file:///etc/passwd"/>""", "no absolute http")]
    [InlineData("""<outline text="T" xmlUrl="javascript:alert(1)"/>""", "no absolute http")]
    [InlineData("""<outline text="T" xmlUrl="http://"/>""", "no absolute http")]
    [InlineData("""<outline text="T" type="include" url="https://a.example/more.opml"/>""", "import https://a.example/more.opml itself")]
    [InlineData("""<outline text="T" type="link" url="https://a.example/"/>""", "a link to a page")]
    [InlineData("""<outline text="T" type="HTML+XPath" xmlUrl="https://a.example/"/>""", "is no feed")]
    [InlineData("""<outline text="T" isComment="true"><outline text="U" xmlUrl="https://a.example/f"/></outline>""", "commented out")]
    [InlineData("""<outline text="T" isComment="true" xmlUrl="https://a.example/f"/>""", "commented out")]
    public void What_is_not_taken_says_why(string outline, string reason)
    {
        var line = Only(outline);
        Assert.Contains(reason, line.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_too_long_is_not_taken() =>
        Assert.Contains("longer than 2048", Only($"<outline xmlUrl=\"https://a.example/{new string('a', 2100)}\"/>").Problem, StringComparison.Ordinal);

    [Fact]
    public void Lines_are_those_of_the_file() => Assert.Equal([4, 5], Read("""

        <?xml version="1.1" encoding="UTF-8"?>
        <opml><body>
        <outline text="1" xmlUrl="https://a.example/1"/>
        <outline text="2"
            xmlUrl="https://a.example/2"/></body></opml>
        """).Select(line => line.Line));

    [Theory]
    [InlineData("AT&T", "AT&T")]
    [InlineData("caf&eacute;&nbsp;&#8212; d&#xE9;j&agrave; vu", "café — déjà vu")]
    [InlineData("a &lt; b &amp; c &quot;d&quot; &bogus; &", "a < b & c \"d\" &bogus; &")]
    [InlineData("a\u0001b", "ab")]
    public void Loose_ampersands_and_entities_of_html_are_forgiven(string given, string title) => Assert.Equal(title, Only($"<outline text=\"{given}\" xmlUrl=\"https://a.example/?a=1&b=2\"/>") switch
    {
        { Url: "https://a.example/?a=1&b=2", Problem: null } line => line.Title,
        var other => other.ToString(),
    });

    [Fact]
    public void What_comes_before_the_xml_breaks_off_is_read()
    {
        var lines = Read("<opml><body>\n<outline xmlUrl=\"https://a.example/1\" text=\"1\"/>\n</oops><outline xmlUrl=\"https://a.example/2\" text=\"2\"/></body></opml>");
        Assert.Equal(["https://a.example/1", null], lines.Select(line => line.Url));
        Assert.Equal(3, lines[1].Line);
        Assert.StartsWith("The XML breaks off here", lines[1].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{\"feeds\": []}")]
    [InlineData("<!doctype html><html><body><p>Hello</p></body></html>")]
    public void What_is_no_opml_says_so(string text) => Assert.NotNull(Assert.Single(Read(text)).Problem);

    [Fact]
    public void No_entity_is_expanded_and_nothing_is_fetched()
    {
        var lines = Read("""
            <!DOCTYPE opml SYSTEM "http://127.0.0.1:1/x.dtd" [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
            <opml><body><outline text="&b;&f;" xmlUrl="https://a.example/1"/></body></opml>
            """);
        Assert.Equal(("&b;&f;", null), (lines[0].Title, Assert.Single(lines).Problem));
    }

    [Theory]
    [InlineData("windows-1251", null, true)]
    [InlineData("windows-1251", "text/xml; charset=windows-1251", false)]
    [InlineData("utf-16", null, true)]
    [InlineData("utf-16BE", null, true)]
    [InlineData("utf-8", "application/xml; charset=\"utf-8\"", false)]
    [InlineData("koi8-r", "text/x-opml", true)]
    public void Encodings_are_those_that_the_file_or_its_type_names(string name, string? contentType, bool declares)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var text = $"{(declares ? $"<?xml version='1.0' encoding='{name}'?>" : "")}<opml><body><outline text='Новости' xmlUrl='https://a.example/1'/></body></opml>";
        Assert.Equal("Новости", Assert.Single(Opml.Read(encoding.GetBytes(text), contentType)).Title);
    }

    [Fact]
    public void A_wrong_declaration_does_not_keep_the_file_from_being_read()
    {
        Assert.Equal("é", Assert.Single(Read("<?xml version='1.0' encoding='utf-16'?><opml><body><outline text='é' xmlUrl='https://a.example/1'/></body></opml>")).Title);
        Assert.Equal("é", Assert.Single(Opml.Read(Encoding.Latin1.GetBytes("<opml><body><outline text='é' xmlUrl='https://a.example/1'/></body></opml>"), "text/xml; charset=x-unknown")).Title);
        Assert.Equal("é", Assert.Single(Read("\uFEFF<?xml version='1.0' encoding='iso-8859-1'?><opml><body><outline text='é' xmlUrl='https://a.example/1'/></body></opml>")).Title);
    }

    [Fact]
    public void A_file_has_its_limits()
    {
        var many = Body(string.Concat(Enumerable.Range(0, Opml.MaxOutlines + 5).Select(i => $"<outline xmlUrl=\"https://a.example/{i}\"/>")));
        Assert.Equal(Opml.MaxOutlines, many.Count(line => line.Problem is null));
        Assert.Contains("More than 10,000 outlines", many[^1].Problem, StringComparison.Ordinal);

        var deep = Body(string.Concat(Enumerable.Repeat("<outline text=\"a\">", 1000)) + "<outline xmlUrl=\"https://a.example/deep\"/>"
            + string.Concat(Enumerable.Repeat("</outline>", 1000)) + "<outline xmlUrl=\"https://a.example/after\"/>");
        Assert.Contains("deeper than 50", deep[0].Problem, StringComparison.Ordinal);
        Assert.Equal(("https://a.example/after", ""), (deep[1].Url, Folders(deep[1])));

        var endless = Read("<opml><body>" + string.Concat(Enumerable.Repeat("<outline>", 1_000_000)));
        Assert.Contains(endless, line => line.Problem?.Contains("More than", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void No_damage_makes_it_throw()
    {
        var whole = Encoding.UTF8.GetBytes(Opml.Write(
            [new("https://a.example/?a=1&b=2", "Émile & Co", "https://a.example/", ["A/B", "C"]), new("https://b.example/", null, null, [])], "All", DateTimeOffset.UnixEpoch));
        for (var length = 0; length <= whole.Length; length++) Assert.NotEmpty(Opml.Read(whole.AsMemory(0, length), null));
        var random = new Random(1);
        for (var i = 0; i < 3_000; i++)
        {
            var damaged = whole.ToArray();
            for (var j = random.Next(1, 6); j > 0; j--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Assert.NotEmpty(Opml.Read(damaged, null));
        }
    }

    [Fact]
    public void A_written_list_is_what_readers_expect()
    {
        var written = Opml.Write([new("https://a.example/f", "A", "https://a.example/", ["News/World", "Daily"]), new("https://b.example/f", null, null, [])],
            "Feeds", new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.FromHours(1)));
        Assert.Equal("""
            <?xml version="1.0" encoding="utf-8"?>
            <opml version="2.0">
              <head>
                <title>Feeds</title>
                <dateCreated>Sun, 01 Mar 2026 12:00:00 GMT</dateCreated>
              </head>
              <body>
                <outline type="rss" text="https://b.example/f" xmlUrl="https://b.example/f" />
                <outline text="Daily">
                  <outline type="rss" text="A" title="A" xmlUrl="https://a.example/f" htmlUrl="https://a.example/" />
                </outline>
                <outline text="News">
                  <outline text="World">
                    <outline type="rss" text="A" title="A" xmlUrl="https://a.example/f" htmlUrl="https://a.example/" />
                  </outline>
                </outline>
              </body>
            </opml>

            """, written);
    }

    [Property(MaxTest = 300)]
    public Property What_is_written_is_read_again(NonEmptyArray<Tuple<string?, string[]>> feeds)
    {
        var given = feeds.Get.Select((feed, i) => new OpmlFeed($"https://feed{i}.example/?a={i}&b=1", feed.Item1, i % 2 == 0 ? $"https://feed{i}.example/" : null, feed.Item2 ?? [])).ToList();
        var read = Opml.Read(Encoding.UTF8.GetBytes(Opml.Write(given, "All", DateTimeOffset.UnixEpoch)), null);
        var expected = given.Select(feed => Shown(feed.Url, Known(feed.Title) ?? feed.Url, feed.Site, feed.Folders.Select(Opml.Path).Where(path => path.Length > 0).Distinct(StringComparer.Ordinal), null));
        var actual = read.Select(line => Shown(line.Url, line.Title, line.Site, line.Folders, line.Problem));
        return expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)).Label(string.Join('\n', expected) + "\n---\n" + string.Join('\n', actual));
    }

    // A path of one folder is a name: what XML can hold of it, on one line.
    static string? Known(string? title) => Opml.Path(title?.Replace('/', '∕')) is { Length: > 0 } name ? title!.Contains('/', StringComparison.Ordinal) ? name.Replace('∕', '/') : name : null;

    static string Shown(string? url, string? title, string? site, IEnumerable<string> folders, string? problem) =>
        $"{url} {title} {site} [{string.Join(" | ", folders.Order(StringComparer.Ordinal))}] {problem}";
}
