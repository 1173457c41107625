using System.Text.Json;
using Monitoring.Hosting;
using Monitoring.Ingest.Feeds.Parsing;
using Tests.Quality;
using static Tests.Unit.Feeds.Reading;

namespace Tests.Unit.Feeds;

/// <summary>The names that other people's programs rely on.</summary>
public class PreviewTests
{
    const string Full = """
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
        <id>urn:f</id><title>F</title><subtitle>S</subtitle><link href="/"/><updated>2026-01-02T03:04:05Z</updated><rights>R</rights><generator>G</generator><logo>/l</logo>
        <author><name>A</name><email>a@b.example</email><uri>/a</uri></author><contributor><name>C</name></contributor><category term="t" scheme="s" label="l"/>
        <entry><id>urn:e</id><title>E</title><link href="/e" type="text/html" title="t" hreflang="en" length="1"/><link rel="enclosure" href="/m" type="audio/mpeg" length="2"/>
        <link rel="replies" href="/c"/><summary>S</summary><content type="html">C</content><published>2026-01-02T03:04:05Z</published><updated>2026-01-03T03:04:05Z</updated>
        <author><name>B</name></author><contributor><name>C</name></contributor><category term="u"/><rights>R</rights><source><id>urn:s</id><title>O</title></source></entry>
        </feed>
        """;

    static string[] Members(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)];

    static void Has(JsonElement element, string names) => Assert.Empty(names.Split(' ').Except(Members(element)));

    [Fact]
    public void Members_are_called_as_promised()
    {
        var document = JsonSerializer.SerializeToElement(Read(Full), Json.Options);
        Has(document, "wellFormed encoding problems feed entries");
        var feed = document.GetProperty("feed");
        Has(feed, "id title titleType link description language updated authors contributors rights generator image links categories");
        Has(feed.GetProperty("authors")[0], "name email uri");
        Has(feed.GetProperty("image"), "url");
        Has(feed.GetProperty("categories")[0], "term scheme label");
        var entry = document.GetProperty("entries")[0];
        Has(entry, "id idIsLink title titleType link links summary summaryType content published updated authors contributors categories enclosures comments rights source language");
        Has(entry.GetProperty("links")[0], "href rel type title hreflang length");
        Has(entry.GetProperty("content")[0], "value type base language");
        Has(entry.GetProperty("enclosures")[0], "url type length");
        Has(entry.GetProperty("source"), "id title authors links");
        Assert.Equal("2026-01-02T03:04:05Z", entry.GetProperty("published").GetString());
        Assert.Equal(JsonValueKind.False, entry.GetProperty("idIsLink").ValueKind);
    }

    public static TheoryData<string> Expectations { get; } = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Quality", "feeds"), "*.expected.json")
        .Select(file => Path.GetFileName(file)[..^".expected.json".Length]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Samples_are_read_as_expected(string sample)
    {
        var file = Path.Combine(Repository.Root, "tests", "Quality", "feeds", sample);
        Assert.Null(Expected.Difference(file, JsonSerializer.SerializeToElement(Read(File.ReadAllBytes(file), address: null), Json.Options)));
    }

    [Fact]
    public void What_is_absent_is_left_out_and_lists_are_empty()
    {
        var document = JsonSerializer.SerializeToElement(Read(RssItem("")), Json.Options);
        Assert.Equal(["authors", "categories", "contributors", "links"], Members(document.GetProperty("feed")));
        Assert.Equal(["authors", "categories", "content", "contributors", "enclosures", "idIsLink", "links"], Members(document.GetProperty("entries")[0]));
    }

    [Fact]
    public void Every_value_of_the_document_survives_json() =>
        Assert.Equal("\u2019 \U0001F600 <b>", JsonSerializer.Deserialize<FeedDocument>(JsonSerializer.Serialize(Read(RssFeed("<title>&#8217; &#x1F600; &lt;b></title>")), Json.Options), Json.Options)!.Feed.Title);
}
