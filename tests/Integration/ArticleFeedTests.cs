using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Monitoring.Contracts;
using Monitoring.Ingest.Feeds.Parsing;
using Monitoring.Projection.Journal;

namespace Tests.Integration;

/// <summary>Every query is a feed, in both formats that readers know.</summary>
[Collection(nameof(Postgres))]
public class ArticleFeedTests(Postgres postgres)
{
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    static readonly Guid First = Ids.Article("test:feed:1"), Second = Ids.Article("test:feed:2");
    static readonly Topic Peace = new() { Id = "medtop:20000073", Name = "peace process", Score = 0.5 };
    static readonly ArticleContent Content = new()
    {
        Title = "Talks <resume> & \u0001 go on", Body = "They do.", Url = "https://gazette.example/talks?a=1&b=2", Source = new Source { Domain = "gazette.example", Name = "The Gazette" },
        Published = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), Authors = ["Anna Example"],
    };

    static async Task<Running> FilledAsync(Database database)
    {
        var projection = await Running.ProjectionAsync(database);
        await projection.Get<JournalStore>().CommitAsync(
        [
            Lives.Received(First, 1, Content), Lives.Enriched(First, 1, Content, "1.0.0+a", 1, [Peace], []),
            Lives.Received(Second, 1, new ArticleContent { Body = "Of nobody, nowhere and without a title.", Published = Content.Published!.Value.AddHours(-1) }),
        ], default);
        await projection.ProjectedAsync();
        return projection;
    }

    static Task<HttpResponseMessage> GetAsync(QueryApi query, string path, string? etag = null, DateTimeOffset? since = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        request.Headers.IfModifiedSince = since;
        return query.Client.SendAsync(request);
    }

    [Theory]
    [InlineData("atom", "atom10")]
    [InlineData("json", "json")]
    public async Task Our_own_reader_of_feeds_finds_nothing_to_forgive_and_reads_what_was_written(string format, string dialect)
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await FilledAsync(database);
        await using var query = await QueryApi.StartAsync(database);

        using var response = await GetAsync(query, $"/api/articles.{format}?limit=10");
        var document = FeedParser.Parse(await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType!.ToString(), "http://query/");
        Assert.Equal((true, ""), (document.WellFormed, string.Join(' ', document.Problems)));
        Assert.StartsWith(dialect, document.Dialect, StringComparison.Ordinal);
        Assert.Equal([$"urn:uuid:{First}", $"urn:uuid:{Second}"], document.Entries.Select(entry => entry.Id));
        Assert.Equal(Content.Url, document.Entries[0].Link);
        Assert.Equal($"http://query/api/articles/{Second}", document.Entries[1].Link);
        using var limited = await GetAsync(query, $"/api/articles.{format}?limit=1");
        Assert.Single(FeedParser.Parse(await limited.Content.ReadAsByteArrayAsync(), null, null).Entries);
    }

    [Fact]
    public async Task An_Atom_feed_has_what_RFC_4287_wants_of_it()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await FilledAsync(database);
        await using var query = await QueryApi.StartAsync(database, settings: "--Query:Hub=https://hub.example/");
        using var response = await GetAsync(query, "/api/articles.atom?topic=peace%20process&topic=medtop:1");
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;

        string Link(XElement of, string relation) => Assert.Single(of.Elements(Atom + "link"), link => (string?)link.Attribute("rel") == relation).Attribute("href")!.Value;
        Assert.Equal(Atom + "feed", feed.Name);
        Assert.Matches("^urn:uuid:[0-9a-f-]{36}$", Assert.Single(feed.Elements(Atom + "id")).Value);
        Assert.Contains("peace process", Assert.Single(feed.Elements(Atom + "title")).Value, StringComparison.Ordinal);
        Assert.NotEmpty(feed.Elements(Atom + "author"));
        Assert.Equal(("http://query/api/articles.atom?topic=peace%20process&topic=medtop:1", "https://hub.example/"), (Link(feed, "self"), Link(feed, "hub")));
        Assert.Contains("<https://hub.example/>; rel=\"hub\"", response.Headers.GetValues("Link"));

        var entry = Assert.Single(feed.Elements(Atom + "entry"));
        Assert.Equal($"urn:uuid:{First}", Assert.Single(entry.Elements(Atom + "id")).Value);
        Assert.Equal("Talks <resume> &  go on", Assert.Single(entry.Elements(Atom + "title")).Value);
        Assert.Equal(Content.Url, Link(entry, "alternate"));
        Assert.Equal("Anna Example", entry.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        Assert.Equal(("medtop:20000073", "peace process"), (entry.Element(Atom + "category")!.Attribute("term")!.Value, entry.Element(Atom + "category")!.Attribute("label")!.Value));
        Assert.Equal(Content.Published, (DateTimeOffset)entry.Element(Atom + "published")!);
        // Not when it was published or enriched, but when its text came in; and the feed is as new as its newest.
        var came = DateTimeOffset.Parse(Assert.Single(await database.RowsAsync($"select timestamp::text from monitoring.mt_events where type = 'article_received' and stream_id = '{First}'")), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((came, came), ((DateTimeOffset)entry.Element(Atom + "updated")!, (DateTimeOffset)feed.Element(Atom + "updated")!));

        using var json = await GetAsync(query, "/api/articles.json");
        Assert.Equal("""[{"type":"WebSub","url":"https://hub.example/"}]""", JsonElement.Parse(await json.Content.ReadAsStringAsync()).GetProperty("hubs").GetRawText());
    }

    [Theory]
    [InlineData("atom")]
    [InlineData("json")]
    public async Task What_has_not_changed_is_not_sent_again(string format)
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await FilledAsync(database);
        await using var query = await QueryApi.StartAsync(database);
        var path = $"/api/articles.{format}";

        using var first = await GetAsync(query, path);
        var (tag, modified) = (first.Headers.ETag!.ToString(), first.Content.Headers.LastModified!.Value);
        using var byTag = await GetAsync(query, path, tag);
        using var byTime = await GetAsync(query, path, since: modified);
        using var earlier = await GetAsync(query, path, since: modified.AddSeconds(-1));
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.OK), (byTag.StatusCode, byTime.StatusCode, earlier.StatusCode));
        Assert.Empty(await byTag.Content.ReadAsByteArrayAsync());

        await projection.Get<JournalStore>().CommitAsync([Lives.Withdrawn(Second, 1)], default);
        await projection.ProjectedAsync();
        // The time alone could not tell that one is gone; the tag does, and counts.
        using var changed = await GetAsync(query, path, tag, modified);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await query.RefusedAsync(HttpStatusCode.BadRequest, path + "?limit=201");
    }
}
