using static Tests.Unit.Feeds.Reading;

namespace Tests.Unit.Feeds;

public class JsonFeedTests
{
    static string Feed(string members) => $$"""{"version": "https://jsonfeed.org/version/1.1", {{members}}}""";
    static string Item(string members) => Feed($$"""
        "title": "F", "items": [{ {{members}} }]
        """);

    [Theory]
    [InlineData("""  "title": "News"  """, "title", "News")]
    [InlineData("""  "title": "A \"b\" \u00e9\n"  """, "title", "A \"b\" \u00e9")]
    [InlineData("""  "home_page_url": "https://a.example/"  """, "link", "https://a.example/")]
    [InlineData("""  "feed_url": "https://a.example/f"  """, "links.0.rel", "self")]
    [InlineData("""  "description": "About"  """, "description", "About")]
    [InlineData("""  "language": "de-AT"  """, "language", "de-AT")]
    [InlineData("""  "icon": "/i.png"  """, "image.url", "http://example.org/i.png")]
    [InlineData("""  "authors": [{"name": "Al", "url": "/al"}, {"name": "Bo"}]  """, "authors.0.uri", "http://example.org/al")]
    [InlineData("""  "authors": [{"name": "Al"}, {"name": "Bo"}]  """, "authors.1.name", "Bo")]
    [InlineData("""  "author": {"name": "Al"}  """, "authors.0.name", "Al")]
    [InlineData("""  "hubs": [{"type": "WebSub", "url": "https://h.example/"}]  """, "links.0.rel", "hub")]
    [InlineData("""  "next_url": "https://a.example/2"  """, "links.0.rel", "next")]
    [InlineData("""  "title": null, "description": 5  """, "title", null)]
    public void A_feed_is_read(string members, string path, string? expected) => Holds(Feed(members), $"feed.{path}", expected);

    [Theory]
    [InlineData("""  "id": "1", "title": "T"  """, "title", "T")]
    [InlineData("""  "title": "<b>"  """, "title", "<b>")]
    [InlineData("""  "id": "1"  """, "id", "1")]
    [InlineData("""  "id": 1  """, "id", "1")]
    [InlineData("""  "url": "1.html"  """, "link", "http://example.org/dir/1.html")]
    [InlineData("""  "external_url": "https://b.example/"  """, "links.0.rel", "related")]
    [InlineData("""  "content_html": "<p onclick='x'>C <a href='x'>y</a></p>"  """, "content.0.value", "<p>C <a href=\"http://example.org/dir/x\">y</a></p>")]
    [InlineData("""  "content_html": "<p>C</p>"  """, "content.0.type", "text/html")]
    [InlineData("""  "content_text": "a <b>"  """, "content.0.value", "a <b>")]
    [InlineData("""  "content_text": "a <b>"  """, "content.0.type", "text/plain")]
    [InlineData("""  "content_text": "C"  """, "summary", "C")]
    [InlineData("""  "summary": "S", "content_text": "C"  """, "summary", "S")]
    [InlineData("""  "image": "/i.png"  """, "image", "http://example.org/i.png")]
    [InlineData("""  "date_published": "2010-02-07T14:04:00-05:00"  """, "published", "2010-02-07T19:04:00Z")]
    [InlineData("""  "date_published": "2010-02-07T14:04:00-05:00"  """, "updated", "2010-02-07T19:04:00Z")]
    [InlineData("""  "date_modified": "2010-02-07T14:04:00Z"  """, "updated", "2010-02-07T14:04:00Z")]
    [InlineData("""  "tags": ["a", "b"]  """, "categories.1.term", "b")]
    [InlineData("""  "authors": [{"name": "Al"}]  """, "authors.0.name", "Al")]
    [InlineData("""  "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}]  """, "enclosures.0.url", "http://example.org/dir/a.mp3")]
    [InlineData("""  "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}]  """, "enclosures.0.length", "12")]
    [InlineData("""  "language": "fr"  """, "language", "fr")]
    public void An_item_is_read(string members, string path, string? expected) => Holds(Item(members), $"entries.0.{path}", expected);

    [Fact]
    public void Items_without_authors_have_those_of_the_feed() =>
        Holds(Feed("""  "authors": [{"name": "Al"}], "items": [{"id": "1"}]  """), "entries.0.authors.0.name", "Al");

    [Theory]
    [InlineData("https://jsonfeed.org/version/1", "json1")]
    [InlineData("https://jsonfeed.org/version/1.1", "json11")]
    public void The_version_is_told(string version, string dialect) => Holds($$"""{"version": "{{version}}", "items": []}""", "dialect", dialect);

    [Theory]
    [InlineData("""{"items": [{"id": "1", "title": "T"},]}""")]
    [InlineData("""{"items": [{"id": "1", "title": "T",}]}""")]
    [InlineData("""{"items": [{"id": "1" "title": "T"}]}""")]
    [InlineData("""{"items": [{"id": "1", "title": "T" """)]
    [InlineData("""{"items": [{"id": "1", "title": "T""")]
    [InlineData("""{/* c */"items": [{'id': "1", title: "T"}]}""")]
    [InlineData("""{"items": [{"id": "1", "title": "T"}]} trailing""")]
    public void What_can_be_read_of_malformed_json_is_read(string document)
    {
        var read = Read(document);
        Assert.False(read.WellFormed);
        Assert.Equal("T", read.At("entries.0.title"));
    }

    [Fact]
    public void A_problem_tells_its_place() => Assert.StartsWith("Line 2, column 1", Read("{\"items\": [],\n}").Problems[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"a\": 1}")]
    public void Other_json_is_no_feed(string document)
    {
        var read = Read(document);
        Assert.Null(read.Dialect);
        Assert.Contains("no JSON Feed", read.Problems[0], StringComparison.Ordinal);
    }
}
