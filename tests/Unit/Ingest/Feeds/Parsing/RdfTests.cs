using static Tests.Unit.Feeds.Reading;

namespace Tests.Unit.Feeds;

public class RdfTests
{
    [Theory]
    [InlineData("<channel rdf:about='http://a.example/f'><title>T</title></channel>", "feed.title", "T")]
    [InlineData("<channel rdf:about='http://a.example/f'><title>T</title></channel>", "feed.id", "http://a.example/f")]
    [InlineData("<channel><link>http://a.example/</link><description>D</description></channel>", "feed.description", "D")]
    [InlineData("<channel><items><rdf:Seq><rdf:li rdf:resource='http://a.example/1'/></rdf:Seq></items></channel>", "entries.#", "0")]
    [InlineData("<channel/><item rdf:about='http://a.example/1'><title>T</title></item>", "entries.0.title", "T")]
    [InlineData("<channel/><item rdf:about='http://a.example/1'><title>T</title></item>", "entries.0.id", "http://a.example/1")]
    [InlineData("<channel/><item rdf:about='http://a.example/1'><link>http://a.example/2</link></item>", "entries.0.link", "http://a.example/2")]
    [InlineData("<channel/><item rdf:about='http://a.example/1'><title>T</title></item>", "entries.0.idIsLink", "False")]
    [InlineData("<channel/><item><description>&lt;p&gt;D&lt;/p&gt;</description></item>", "entries.0.summary", "<p>D</p>")]
    [InlineData("<channel/><item><dc:date>2004-01-01T19:48:21Z</dc:date></item>", "entries.0.updated", "2004-01-01T19:48:21Z")]
    [InlineData("<channel/><item><dc:creator>Al</dc:creator><dc:subject>S</dc:subject></item>", "entries.0.authors.0.name", "Al")]
    [InlineData("<channel/><item><dc:creator>Al</dc:creator><dc:subject>S</dc:subject></item>", "entries.0.categories.0.term", "S")]
    [InlineData("<channel/><item><content:encoded><![CDATA[<p>C</p>]]></content:encoded></item>", "entries.0.content.0.value", "<p>C</p>")]
    [InlineData("<channel><dc:language>fr</dc:language></channel><item/>", "entries.0.language", "fr")]
    [InlineData("<channel><image rdf:resource='http://a.example/i.png'/></channel><image rdf:about='http://a.example/i.png'><title>I</title><url>http://a.example/i.png</url><link>http://a.example/</link></image>", "feed.image.title", "I")]
    [InlineData("<channel><title>T</title></channel><image><title>I</title><url>/i.png</url></image>", "feed.title", "T")]
    [InlineData("<channel><image rdf:resource='http://a.example/i.png'/></channel>", "feed.image.url", "http://a.example/i.png")]
    [InlineData("<channel><textinput rdf:resource='http://a.example/s'/></channel><textinput><title>S</title><link>http://a.example/s</link></textinput>", "feed.title", null)]
    [InlineData("<channel><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>", "feed.rhythm.ttl", "06:00:00")]
    [InlineData("<channel><sy:updatePeriod>weekly</sy:updatePeriod></channel>", "feed.rhythm.ttl", "7.00:00:00")]
    [InlineData("<channel><admin:generatorAgent rdf:resource='http://g.example/?v=1'/></channel>", "feed.generator", "http://g.example/?v=1")]
    [InlineData("<channel><cc:license rdf:resource='http://l.example/'/></channel>", "feed.links.0.rel", "license")]
    [InlineData("<channel/><item><dc:identifier>i1</dc:identifier></item>", "entries.0.id", "i1")]
    [InlineData("<channel/><item><content:items><rdf:Bag><rdf:li><content:item><rdf:value><![CDATA[<p>C</p>]]></rdf:value></content:item></rdf:li></rdf:Bag></content:items></item>", "entries.0.content.0.value", "<p>C</p>")]
    [InlineData("<channel/><item><dc:creator><foaf:Person><foaf:name>Al</foaf:name></foaf:Person></dc:creator></item>", "entries.0.authors.0.name", "Al")]
    public void Rss_10_is_read(string inRoot, string path, string? expected) => Holds(Rdf(inRoot), path, expected);

    [Fact]
    public void Rss_10_is_told() => Holds(Rdf("<channel/>"), "dialect", "rss10");

    [Theory]
    [InlineData("dialect", "rss090")]
    [InlineData("feed.title", "T")]
    [InlineData("feed.image.url", "http://a.example/i.png")]
    [InlineData("entries.0.title", "One")]
    [InlineData("entries.0.link", "http://a.example/1")]
    public void Rss_090_is_read(string path, string expected) => Holds("""
        <?xml version="1.0"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
        <channel><title>T</title><link>http://a.example/</link><description>D</description></channel>
        <image><title>I</title><url>http://a.example/i.png</url><link>http://a.example/</link></image>
        <item><title>One</title><link>http://a.example/1</link></item>
        <textinput><title>S</title><description>s</description><name>q</name><link>http://a.example/s</link></textinput>
        </rdf:RDF>
        """, path, expected);

    [Theory]
    [InlineData("dialect", "rss11")]
    [InlineData("feed.title", "T")]
    [InlineData("entries.0.title", "One")]
    public void Rss_11_is_read(string path, string expected) => Holds("""
        <Channel xmlns="http://purl.org/net/rss1.1#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="http://a.example/f">
        <title>T</title><link>http://a.example/</link><description>D</description>
        <items rdf:parseType="Collection"><item rdf:about="http://a.example/1"><title>One</title><link>http://a.example/1</link></item></items>
        </Channel>
        """, path, expected);

    [Fact]
    public void Prefixes_for_the_vocabularies_themselves_change_nothing() =>
        Holds("<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:s='http://purl.org/rss/1.0/'><s:channel/><s:item r:about='http://a.example/1'><s:title>T</s:title></s:item></r:RDF>", "entries.0.id", "http://a.example/1");
}
