using static Tests.Unit.Feeds.Reading;

namespace Tests.Unit.Feeds;

public class BasesTests
{
    static string Nested(string entry) => $"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://b.example/one/'><entry xml:base='two/'>{entry}</entry></feed>";

    [Theory]
    [InlineData("<link href='x'/>", "link", "http://b.example/one/two/x")]
    [InlineData("<link href='/x'/>", "link", "http://b.example/x")]
    [InlineData("<link xml:base='three/' href='x'/>", "link", "http://b.example/one/two/three/x")]
    [InlineData("<link xml:base='http://c.example/' href='x'/>", "link", "http://c.example/x")]
    [InlineData("<link href='http://c.example/'/>", "link", "http://c.example/")]
    [InlineData("<link href=''/>", "link", null)]
    [InlineData("<link href='#x'/>", "link", "http://b.example/one/two/#x")]
    [InlineData("<link rel='enclosure' href='x'/>", "enclosures.0.url", "http://b.example/one/two/x")]
    [InlineData("<author><name>A</name><uri>x</uri></author>", "authors.0.uri", "http://b.example/one/two/x")]
    [InlineData("<author xml:base='three/'><name>A</name><uri>x</uri></author>", "authors.0.uri", "http://b.example/one/two/three/x")]
    [InlineData("<author><uri xml:base='three/'>x</uri></author>", "authors.0.uri", "http://b.example/one/two/three/x")]
    [InlineData("<content type='html'>&lt;a href='x'&gt;y&lt;/a&gt;</content>", "content.0.value", "<a href=\"http://b.example/one/two/x\">y</a>")]
    [InlineData("<content type='html' xml:base='three/'>&lt;a href='x'&gt;y&lt;/a&gt;</content>", "content.0.value", "<a href=\"http://b.example/one/two/three/x\">y</a>")]
    [InlineData("<content type='html' xml:base='three/'>x</content>", "content.0.base", "http://b.example/one/two/three/")]
    [InlineData("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><a href='x'>y</a></div></content>", "content.0.value", "<a href=\"http://b.example/one/two/x\">y</a>")]
    [InlineData("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml' xml:base='three/'><a href='x'>y</a></div></content>", "content.0.value", "<a href=\"http://b.example/one/two/three/x\">y</a>")]
    [InlineData("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p xml:base='/p/'><a href='x'>y</a></p><img src='z'/></div></content>", "content.0.value", "<p><a href=\"http://b.example/p/x\">y</a></p><img src=\"http://b.example/one/two/z\" />")]
    [InlineData("<summary type='html'>&lt;img src='x'&gt;</summary>", "summary", "<img src=\"http://b.example/one/two/x\" />")]
    [InlineData("<title type='html'>&lt;a href='x'&gt;y&lt;/a&gt;</title>", "title", "<a href=\"http://b.example/one/two/x\">y</a>")]
    [InlineData("<rights type='html'>&lt;a href='x'&gt;y&lt;/a&gt;</rights>", "rights", "<a href=\"http://b.example/one/two/x\">y</a>")]
    [InlineData("<content src='x' type='text/html'/>", "content.0.src", "http://b.example/one/two/x")]
    [InlineData("<source xml:base='/s/'><link href='x'/></source>", "source.link", "http://b.example/s/x")]
    [InlineData("<source xml:base='/s/'><link href='x'/></source><link href='x'/>", "link", "http://b.example/one/two/x")]
    [InlineData("<id>x</id>", "id", "x")]
    [InlineData("<title>x</title>", "title", "x")]
    public void Bases_are_nested(string entry, string path, string? expected) => Holds(Nested(entry), $"entries.0.{path}", expected);

    [Theory]
    [InlineData("<link>x</link>", "link", "http://b.example/x")]
    [InlineData("<guid>x</guid>", "id", "http://b.example/x")]
    [InlineData("<guid isPermaLink='false'>x</guid>", "id", "x")]
    [InlineData("<comments>x</comments>", "comments", "http://b.example/x")]
    [InlineData("<enclosure url='x'/>", "enclosures.0.url", "http://b.example/x")]
    [InlineData("<source url='x'>S</source>", "source.link", "http://b.example/x")]
    [InlineData("<description>&lt;a href='x'&gt;y&lt;/a&gt;</description>", "summary", "<a href=\"http://b.example/x\">y</a>")]
    [InlineData("<description xml:base='z/'><![CDATA[<a href='x'>y</a>]]></description>", "summary", "<a href=\"http://b.example/z/x\">y</a>")]
    [InlineData("<content:encoded><![CDATA[<img src='x'>]]></content:encoded>", "content.0.value", "<img src=\"http://b.example/x\" />")]
    public void Bases_hold_in_rss(string item, string path, string expected) =>
        Holds($"<rss version='2.0' xml:base='http://b.example/' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item>{item}</item></channel></rss>", $"entries.0.{path}", expected);

    [Theory]
    [InlineData("link", "http://b.example/x", "<link>x</link>")]
    [InlineData("image.url", "http://b.example/x", "<image><url>x</url></image>")]
    [InlineData("image.link", "http://b.example/x", "<image><link>x</link></image>")]
    public void Bases_hold_in_channels(string path, string expected, string inChannel) =>
        Holds($"<rss version='2.0'><channel xml:base='http://b.example/'>{inChannel}</channel></rss>", $"feed.{path}", expected);

    [Fact]
    public void A_base_ends_with_its_element() =>
        Holds("<feed xmlns='http://www.w3.org/2005/Atom'><entry xml:base='http://b.example/'><link href='x'/></entry><entry><link href='x'/></entry></feed>", "entries.1.link", "http://example.org/dir/x");

    [Fact]
    public void Without_any_base_addresses_stay_as_they_are()
    {
        var read = Read("<rss version='2.0'><channel><item><link>x</link><description>&lt;a href='y'&gt;z&lt;/a&gt;</description></item></channel></rss>", address: null);
        Assert.Equal("x", read.Entries[0].Link);
        Assert.Equal("<a href=\"y\">z</a>", read.Entries[0].Summary);
    }

    [Theory]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>F</title></feed>", "feed.language", "en")]
    [InlineData("<rss version='2.0' xml:lang='en'><channel/></rss>", "feed.language", "en")]
    [InlineData("<rss version='2.0'><channel xml:lang='en'/></rss>", "feed.language", "en")]
    [InlineData("<rss version='2.0' xml:lang='en'><channel><language>de</language></channel></rss>", "feed.language", "de")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry/></feed>", "entries.0.language", "en")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry xml:lang='de'/></feed>", "entries.0.language", "de")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry xml:lang='de'/></feed>", "feed.language", "en")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry><content>C</content></entry></feed>", "entries.0.content.0.language", "en")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry xml:lang='de'><content xml:lang='fr'>C</content></entry></feed>", "entries.0.content.0.language", "fr")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content xml:lang='en_US'>C</content></entry></feed>", "entries.0.content.0.language", "en-US")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content>C</content></entry></feed>", "entries.0.content.0.language", null)]
    public void Languages_are_inherited(string document, string path, string? expected) => Holds(document, path, expected);
}
