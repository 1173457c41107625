using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Monitoring.Contracts;
using Monitoring.Projection.Journal;

namespace Tests.Integration;

/// <summary>All articles of a query, of whatever number, in the formats that others read.</summary>
[Collection(nameof(Postgres))]
public class ExportTests(Postgres postgres)
{
    static readonly Source Gazette = new() { Domain = "gazette.example", Name = "The Gazette" };

    static ArticleContent Content(int number) => new()
    {
        Title = $"Title {number}",
        Body = string.Join(' ', Enumerable.Repeat($"Body {number} with a word or two.", 120)),
        Source = Gazette,
        Published = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(number % 5000),
    };

    static async Task FillAsync(Running projection, int articles)
    {
        foreach (var numbers in Enumerable.Range(1, articles).Chunk(500))
            await projection.Get<JournalStore>().CommitAsync([.. numbers.Select(number => Lives.Received(Ids.Article($"test:exported:{number}"), 1, Content(number)))], default);
        await projection.ProjectedAsync();
    }

    static async Task<string[]> LinesAsync(QueryApi query, string path) =>
        (await query.Client.GetStringAsync(new Uri(path, UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task Twenty_thousand_articles_go_out_once_each_and_memory_stays_flat()
    {
        const int Articles = 20_000;
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        await FillAsync(projection, Articles);
        await using var query = await QueryApi.StartAsync(database);
        Assert.Equal(Articles / 5000, (await LinesAsync(query, "/api/articles.ndjson?publishedFrom=2026-03-01T00:01:00Z&publishedTo=2026-03-01T00:02:00Z")).Length);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (ids, characters, held, last) = (new HashSet<Guid>(), 0L, 0L, DateTimeOffset.MaxValue);
        using var response = await query.Client.GetAsync(new Uri("/api/articles.ndjson", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("articles.ndjson", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            var article = JsonElement.Parse(line);
            Assert.True(ids.Add(article.GetProperty("id").GetGuid()), "Came twice.");
            var published = article.GetProperty("published").GetDateTimeOffset();
            Assert.True(published <= last, "Newest first.");
            last = published;
            characters += line.Length;
            if (ids.Count % 2000 == 0) held = Math.Max(held, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
        Assert.Equal(Articles, ids.Count);
        Assert.True(characters > 70_000_000, $"Only {characters} characters went out, which shows little.");
        Assert.True(held < 16_000_000, $"{held} bytes were held while {characters} went through.");
    }

    [Fact]
    public async Task Csv_is_read_back_by_a_reader_of_Csv_and_no_cell_of_it_computes()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var content = Content(1) with { Title = "=HYPERLINK(\"https://evil.example\";\"a, b\")\nsecond line", Authors = ["@one", "Two, \"the\" second"], Url = "https://gazette.example/1" };
        var topics = new[] { new Topic { Id = "medtop:1", Name = "topic 1", Score = 0.5 }, new Topic { Id = "medtop:2", Name = "topic 2", Score = 0.4 } };
        await projection.Get<JournalStore>().CommitAsync([Lives.Received(Ids.Article("test:csv"), 1, content), Lives.Enriched(Ids.Article("test:csv"), 1, content, "1.0.0+a", 1, topics, [])], default);
        await projection.ProjectedAsync();
        await using var query = await QueryApi.StartAsync(database);

        var text = await query.Client.GetStringAsync(new Uri("/api/articles.csv", UriKind.Relative));
        Assert.Equal(2, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        Assert.True(await csv.ReadAsync() && csv.ReadHeader() && await csv.ReadAsync());
        Assert.Equal("'" + content.Title, csv["title"]);
        Assert.Equal("'@one; Two, \"the\" second", csv["authors"]);
        Assert.Equal(("topic 1; topic 2", "medtop:1; medtop:2", "2026-03-01T00:01:00Z", "gazette.example"), (csv["topics"], csv["topicIds"], csv["published"], csv["domain"]));
        Assert.DoesNotContain("with a word or two", text, StringComparison.Ordinal);
        Assert.False(await csv.ReadAsync());
        // Of nothing there are the names of the columns.
        Assert.StartsWith("id,revision,", await query.Client.GetStringAsync(new Uri("/api/articles.csv?language=xx", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ninjs_is_what_ingest_takes_for_the_same_article()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var id = Ids.Article("test:ninjs");
        var content = Content(7) with { Authors = ["One"], Url = "https://gazette.example/7", Language = "en" };
        var entities = new[] { new Entity { Id = "ent:wd:Q71", Name = "Geneva", Type = "place" }, new Entity { Id = "ent:person:someone", Name = "Someone", Type = "person" } };
        await projection.Get<JournalStore>().CommitAsync(
            [Lives.Received(id, 1, content), Lives.Enriched(id, 1, content, "1.0.0+a", 1, [new Topic { Id = "medtop:20000073", Name = "peace process", Score = 0.625 }], entities)], default);
        await projection.ProjectedAsync();
        await using var query = await QueryApi.StartAsync(database);

        var line = Assert.Single(await LinesAsync(query, "/api/articles.ninjs"));
        var item = JsonElement.Parse(line);
        Assert.Equal(("ninjs", "3.1"), (item.GetProperty("standard").GetProperty("name").GetString(), item.GetProperty("standard").GetProperty("version").GetString()));
        Assert.Equal("""{"name":"peace process","uri":"http://cv.iptc.org/newscodes/mediatopic/20000073","creator":"1.0.0\u002Ba","confidence":62}""", item.GetProperty("subjects")[0].GetRawText());
        Assert.Equal("http://www.wikidata.org/entity/Q71", item.GetProperty("places")[0].GetProperty("uri").GetString());
        Assert.False(item.GetProperty("people")[0].TryGetProperty("uri", out _));
        Assert.Equal(840, item.GetProperty("bodies")[0].GetProperty("wordCount").GetInt32());

        var read = Monitoring.Ingest.Formats.NinjsJson.Read(Encoding.UTF8.GetBytes(line));
        Assert.Equal(($"urn:uuid:{id}", content.Title, content.Body, "en", "gazette.example", "The Gazette"), (read.Id, read.Title, read.Body, read.Language, read.SourceDomain, read.SourceName));
        Assert.Equal(content.Published, DateTimeOffset.Parse(read.Published!, CultureInfo.InvariantCulture));
        Assert.False(read.Canceled);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("ninjs")]
    public async Task What_goes_wrong_in_the_middle_breaks_the_transfer_off(string format)
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        await FillAsync(projection, 300);
        // The last to go out.
        await database.ExecuteAsync($$"""update monitoring.mt_doc_article set data = data || '{"authors": 7}' where id = '{{Ids.Article("test:exported:1")}}'""");
        await using var query = await QueryApi.StartAsync(database);

        using var response = await query.Client.GetAsync(new Uri($"/api/articles.{format}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
    }
}
