using static Tests.Unit.Feeds.Reading;

namespace Tests.Unit.Feeds;

public class ModulesTests
{
    [Theory]
    [InlineData("<dc:title>T</dc:title>", "title", "T")]
    [InlineData("<dc:title>D</dc:title><title>T</title>", "title", "D")]
    [InlineData("<dc:description>D</dc:description>", "summary", "D")]
    [InlineData("<dc:creator>Al</dc:creator>", "authors.0.name", "Al")]
    [InlineData("<dc:creator>a@b.example (Al)</dc:creator>", "authors.0.email", "a@b.example")]
    [InlineData("<dc:creator>Al</dc:creator><dc:creator>Bo</dc:creator>", "authors.1.name", "Bo")]
    [InlineData("<dc:author>Al</dc:author>", "authors.0.name", "Al")]
    [InlineData("<dcterms:creator>Al</dcterms:creator>", "authors.0.name", "Al")]
    [InlineData("<dc:contributor>Al</dc:contributor>", "contributors.0.name", "Al")]
    [InlineData("<dc:contributor>Al</dc:contributor>", "authors.#", "0")]
    [InlineData("<dc:publisher>Gazette</dc:publisher>", "authors.#", "0")]
    [InlineData("<dc:subject>A; B, C</dc:subject>", "categories.0.term", "A; B, C")]
    [InlineData("<dc:subject>A</dc:subject><dc:subject>B</dc:subject>", "categories.1.term", "B")]
    [InlineData("<dc:subject>A</dc:subject><category>A</category>", "categories.#", "1")]
    [InlineData("<dc:rights>R</dc:rights>", "rights", "R")]
    [InlineData("<dc:language>fr</dc:language>", "language", "fr")]
    [InlineData("<dc:date>2003-12-31T10:14:55Z</dc:date>", "updated", "2003-12-31T10:14:55Z")]
    [InlineData("<dc:date>2003-12-31</dc:date>", "updated", "2003-12-31T00:00:00Z")]
    [InlineData("<dcterms:created>2003-12-31T10:14:55Z</dcterms:created>", "created", "2003-12-31T10:14:55Z")]
    [InlineData("<dcterms:issued>2003-12-31T10:14:55Z</dcterms:issued>", "published", "2003-12-31T10:14:55Z")]
    [InlineData("<dcterms:modified>2003-12-31T10:14:55Z</dcterms:modified>", "updated", "2003-12-31T10:14:55Z")]
    [InlineData("<dcterms:modified>2003-12-31T10:14:55Z</dcterms:modified>", "published", null)]
    [InlineData("<content:encoded>&lt;p&gt;C&lt;/p&gt;</content:encoded>", "content.0.value", "<p>C</p>")]
    [InlineData("<content:encoded><![CDATA[a]]><![CDATA[b]]></content:encoded>", "content.0.value", "ab")]
    [InlineData("<content:encoded><![CDATA[<p>a ]]]]><![CDATA[> b</p>]]></content:encoded>", "content.0.value", "<p>a ]]> b</p>")]
    [InlineData("<media:title>M</media:title>", "title", "M")]
    [InlineData("<media:title>M</media:title><title>T</title>", "title", "T")]
    [InlineData("<title>T</title><media:title>M</media:title>", "title", "T")]
    [InlineData("<title>T</title><media:content url='m.jpg'><media:title>M</media:title><media:description>Caption</media:description></media:content>", "title", "T")]
    [InlineData("<media:group><media:title>M</media:title><media:description>D</media:description></media:group>", "summary", "D")]
    [InlineData("<description>S</description><media:content url='m.jpg'><media:description>Caption</media:description></media:content>", "summary", "S")]
    [InlineData("<description>S</description><media:content url='m.jpg'><media:description>Caption</media:description></media:content>", "content.#", "0")]
    [InlineData("<media:content url='m.jpg' type='image/jpeg' fileSize='7'/>", "enclosures.0.url", "http://example.org/dir/m.jpg")]
    [InlineData("<media:content url='m.jpg' type='image/jpeg' fileSize='7'/>", "enclosures.0.length", "7")]
    [InlineData("<media:content url='m.jpg'/><enclosure url='e.mp3'/>", "enclosures.0.url", "http://example.org/dir/e.mp3")]
    [InlineData("<media:content url='e.mp3'/><enclosure url='e.mp3'/>", "enclosures.#", "1")]
    [InlineData("<media:content url='m.jpg' medium='image'/>", "image", "http://example.org/dir/m.jpg")]
    [InlineData("<media:thumbnail url='t.jpg' width='10'/>", "image", "http://example.org/dir/t.jpg")]
    [InlineData("<media:thumbnail url='t.jpg'/>", "enclosures.#", "0")]
    [InlineData("<media:credit role='photographer'>Al</media:credit>", "authors.#", "0")]
    [InlineData("<media:category>A</media:category>", "categories.0.scheme", "http://search.yahoo.com/mrss/category_schema")]
    [InlineData("<media:category scheme='http://s.example/' label='L'>A</media:category>", "categories.0.label", "L")]
    [InlineData("<media:keywords>a, b ,c</media:keywords>", "categories.2.term", "c")]
    [InlineData("<media:player url='http://p.example/'/><media:rating>nonadult</media:rating>", "link", null)]
    [InlineData("<media:license href='http://l.example/'>L</media:license>", "links.0.href", "http://l.example/")]
    [InlineData("<itunes:author>Al</itunes:author>", "authors.0.name", "Al")]
    [InlineData("<itunes:subtitle>S</itunes:subtitle>", "summary", "S")]
    [InlineData("<itunes:summary>S</itunes:summary>", "summary", "S")]
    [InlineData("<itunes:summary>S</itunes:summary><description>D</description>", "summary", "D")]
    [InlineData("<description>D</description><itunes:summary>S</itunes:summary>", "summary", "D")]
    [InlineData("<itunes:summary>S</itunes:summary>", "summaryType", "text/plain")]
    [InlineData("<itunes:keywords>a,b c</itunes:keywords>", "categories.1.term", "b c")]
    [InlineData("<itunes:keywords>a,b c</itunes:keywords>", "categories.0.scheme", "http://www.itunes.com/")]
    [InlineData("<itunes:image href='/i.jpg'/>", "image", "http://example.org/i.jpg")]
    [InlineData("<itunes:title>I</itunes:title>", "title", "I")]
    [InlineData("<itunes:title>I</itunes:title><title>T</title>", "title", "T")]
    [InlineData("<title>T</title><itunes:duration>1:00</itunes:duration><itunes:explicit>no</itunes:explicit><itunes:block>yes</itunes:block>", "title", "T")]
    [InlineData("<atom:author><atom:name>Al</atom:name></atom:author>", "authors.0.name", "Al")]
    [InlineData("<atom:updated>2003-12-31T10:14:55Z</atom:updated>", "updated", "2003-12-31T10:14:55Z")]
    [InlineData("<atom:summary>&lt;b&gt;S&lt;/b&gt;</atom:summary>", "summary", "<b>S</b>")]
    [InlineData("<atom:content type='html'>&lt;b&gt;C&lt;/b&gt;</atom:content>", "content.0.value", "<b>C</b>")]
    [InlineData("<atom:id>urn:1</atom:id>", "id", "urn:1")]
    [InlineData("<atom:link rel='enclosure' href='a.mp3'/>", "enclosures.0.url", "http://example.org/dir/a.mp3")]
    [InlineData("<atom:category term='t'/>", "categories.0.term", "t")]
    [InlineData("<creativeCommons:license>http://l.example/</creativeCommons:license>", "links.0.rel", "license")]
    [InlineData("<cc:license rdf:resource='http://l.example/'/>", "links.0.href", "http://l.example/")]
    [InlineData("<feedburner:origLink>http://o.example/1</feedburner:origLink><link>http://f.example/1</link>", "link", "http://f.example/1")]
    [InlineData("<feedburner:origLink>http://o.example/1</feedburner:origLink>", "links.0.rel", "canonical")]
    [InlineData("<slash:comments>5</slash:comments><wfw:commentRss>http://w.example/</wfw:commentRss><wfw:comment>http://w.example/</wfw:comment>", "comments", null)]
    public void A_module_in_an_item_is_read(string inItem, string path, string? expected) => Holds(RssItem(inItem), $"entries.0.{path}", expected);

    [Theory]
    [InlineData("<dc:title>T</dc:title>", "title", "T")]
    [InlineData("<dc:description>D</dc:description>", "description", "D")]
    [InlineData("<dc:creator>Al</dc:creator>", "authors.0.name", "Al")]
    [InlineData("<dc:publisher>p@b.example (Pub)</dc:publisher>", "publisher.name", "Pub")]
    [InlineData("<dc:date>2003-12-31T10:14:55Z</dc:date>", "updated", "2003-12-31T10:14:55Z")]
    [InlineData("<dc:subject>S</dc:subject>", "categories.0.term", "S")]
    [InlineData("<dc:rights>R</dc:rights>", "rights", "R")]
    [InlineData("<itunes:author>Al</itunes:author>", "authors.0.name", "Al")]
    [InlineData("<itunes:owner><itunes:name>Ow</itunes:name><itunes:email>o@b.example</itunes:email></itunes:owner>", "publisher.name", "Ow")]
    [InlineData("<itunes:owner><itunes:name>Ow</itunes:name><itunes:email>o@b.example</itunes:email></itunes:owner>", "publisher.email", "o@b.example")]
    [InlineData("<itunes:owner><itunes:name>Ow</itunes:name></itunes:owner>", "authors.#", "0")]
    [InlineData("<itunes:image href='http://a.example/i.jpg'/>", "image.url", "http://a.example/i.jpg")]
    [InlineData("<itunes:category text='Arts'><itunes:category text='Design'/></itunes:category>", "categories.0.term", "Arts")]
    [InlineData("<itunes:category text='Arts'><itunes:category text='Design'/></itunes:category>", "categories.1.term", "Design")]
    [InlineData("<itunes:category text='Arts'/>", "categories.0.scheme", "http://www.itunes.com/")]
    [InlineData("<itunes:subtitle>Sub</itunes:subtitle>", "description", "Sub")]
    [InlineData("<itunes:summary>Sum</itunes:summary>", "description", "Sum")]
    [InlineData("<itunes:subtitle>Sub</itunes:subtitle><description>D</description>", "description", "D")]
    [InlineData("<description>D</description><itunes:summary>Sum</itunes:summary>", "description", "D")]
    [InlineData("<admin:generatorAgent rdf:resource='http://g.example/'/>", "generator", "http://g.example/")]
    [InlineData("<generator>G</generator><admin:generatorAgent rdf:resource='http://g.example/'/>", "generator", "G")]
    [InlineData("<admin:errorReportsTo rdf:resource='mailto:a@b.example'/>", "authors.#", "0")]
    [InlineData("<atom:link rel='self' type='application/rss+xml' href='/f'/>", "links.0.type", "application/rss+xml")]
    [InlineData("<atom:link rel='hub' href='http://h.example/'/>", "links.0.href", "http://h.example/")]
    [InlineData("<atom:subtitle>Sub</atom:subtitle>", "description", "Sub")]
    [InlineData("<atom:icon>/i.ico</atom:icon>", "image.url", "http://example.org/i.ico")]
    [InlineData("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", "rhythm.ttl", "00:30:00")]
    [InlineData("<sy:updatePeriod>hourly</sy:updatePeriod><ttl>15</ttl>", "rhythm.ttl", "00:15:00")]
    public void A_module_in_a_channel_is_read(string inChannel, string path, string? expected) => Holds(RssFeed(inChannel), $"feed.{path}", expected);

    [Theory]
    [InlineData("http://purl.org/dc/elements/1.1/")]
    [InlineData("http://purl.org/dc/elements/1.0/")]
    [InlineData("http://purl.org/DC/Elements/1.1/")]
    [InlineData("http://purl.org/dc/elements/1.1")]
    [InlineData("https://purl.org/dc/elements/1.1/")]
    public void Addresses_of_vocabularies_vary(string uri) =>
        Holds($"<rss version='2.0' xmlns:x='{uri}'><channel><item><x:creator>Al</x:creator></item></channel></rss>", "entries.0.authors.0.name", "Al");

    [Theory]
    [InlineData("http://search.yahoo.com/mrss/")]
    [InlineData("http://search.yahoo.com/mrss")]
    [InlineData("http://search.yahoo.com/mrss/1.0/")]
    public void Media_is_found_under_its_addresses(string uri) =>
        Holds($"<rss version='2.0' xmlns:x='{uri}'><channel><item><x:thumbnail url='t'/></item></channel></rss>", "entries.0.image", "http://example.org/dir/t");

    [Theory]
    [InlineData("http://www.itunes.com/dtds/podcast-1.0.dtd")]
    [InlineData("http://www.itunes.com/DTDs/Podcast-1.0.dtd")]
    [InlineData("http://www.itunes.com/DTDs/PodCast-1.0.dtd")]
    public void Podcasts_are_found_under_their_addresses(string uri) =>
        Holds($"<rss version='2.0' xmlns:x='{uri}'><channel><x:author>Al</x:author></channel></rss>", "feed.authors.0.name", "Al");

    [Fact]
    public void A_usual_prefix_with_an_address_of_its_own_is_still_understood() =>
        Holds("<rss version='2.0' xmlns:dc='http://mine.example/'><channel><item><dc:creator>Al</dc:creator></item></channel></rss>", "entries.0.authors.0.name", "Al");

    [Theory]
    [InlineData("<dc:creator>Al</dc:creator>", "authors.0.name", "Al")]
    [InlineData("<content:encoded>C</content:encoded>", "content.0.value", "C")]
    [InlineData("<atom:updated>2003-12-31T10:14:55Z</atom:updated>", "updated", "2003-12-31T10:14:55Z")]
    [InlineData("<itunes:author>Al</itunes:author>", "authors.0.name", "Al")]
    public void A_usual_prefix_needs_no_declaration_to_be_understood(string inItem, string path, string expected)
    {
        var read = Read($"<rss version='2.0'><channel><item>{inItem}</item></channel></rss>");
        Assert.Equal(expected, read.At($"entries.0.{path}"));
        Assert.Contains("is not declared", Assert.Single(read.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_vocabularies_are_passed_over() =>
        Holds("<rss version='2.0' xmlns:f='http://foo.example/'><channel><item><f:title>F</f:title><f:link>http://f.example/</f:link></item></channel></rss>", "entries.0.title", null);

    [Fact]
    public void A_prefix_may_be_bound_where_it_is_used() =>
        Holds("<rss version='2.0'><channel><item><x:creator xmlns:x='http://purl.org/dc/elements/1.1/'>Al</x:creator></item></channel></rss>", "entries.0.authors.0.name", "Al");

    [Fact]
    public void A_prefix_may_be_bound_anew() =>
        Holds("<rss version='2.0' xmlns:x='http://foo.example/'><channel><item xmlns:x='http://purl.org/dc/elements/1.1/'><x:creator>Al</x:creator></item><item><x:creator>Bo</x:creator></item></channel></rss>", "entries.1.authors.#", "0");
}
