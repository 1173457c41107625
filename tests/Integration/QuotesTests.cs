using System.Net;
using System.Text.Json;
using Marten;
using Monitoring.Contracts;
using Monitoring.Projection.Journal;
using Monitoring.ReadModels;

namespace Tests.Integration;

/// <summary>Who said what about whom.</summary>
[Collection(nameof(Postgres))]
public class QuotesTests(Postgres postgres)
{
    static readonly Entity
        Mayor = new() { Id = "ent:wd:Q1", Name = "Ann Mayor", Type = "person", Mentions = [new Span(0, 5, "Mayor"), new Span(30, 35, "Mayor")] },
        Double = new() { Id = "ent:wd:Q2", Name = "Bob Mayor", Type = "person", Mentions = [new Span(100, 105, "Mayor")] },
        City = new() { Id = "ent:wd:Q3", Name = "Springfield", Type = "place", Mentions = [new Span(25, 30, "Spfld")] };

    static Quote Said(int start, int end, string text, string? id, string? speaker, bool direct = true) =>
        new() { Start = start, End = end, Text = text, Direct = direct, Cue = "said", Speaker = speaker is null ? null : new Speaker(id, speaker, 0, 5) };

    static JournalMessage Article(string key, string source, DateTimeOffset published, Topic[] topics, Entity[] entities, params Quote[] quotes) =>
        Lives.Enriched(Ids.Article(key), 1, new ArticleContent { Title = key, Source = new Source { Domain = source }, Published = published }, "m", 1, topics, entities, quotes);

    static async Task<string> TextsAsync(QueryApi query, string parameters) =>
        string.Join(", ", (await query.GetAsync($"/api/quotes?{parameters}")).GetProperty("items").EnumerateArray().Select(quote => quote.GetProperty("text").GetString()));

    [Fact]
    public async Task Quotations_are_found_by_who_speaks_of_whom_where_and_when_newest_first()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var day = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        var council = new Topic { Id = "medtop:2", Name = "city council", Score = 1, Broader = [new("medtop:1", "politics")] };
        await projection.Get<JournalStore>().CommitAsync(
        [
            Article("test:1", "gazette.example", day, [council], [Mayor, City], Said(20, 40, "one", Mayor.Id, Mayor.Name), Said(50, 60, "two", null, "A résident", direct: false)),
            Article("test:2", "wire.example", day.AddDays(1), [], [Mayor, Double], Said(20, 40, "three", Double.Id, Double.Name), Said(50, 60, "four", null, null)),
        ], default);
        await projection.ProjectedAsync();
        await using var query = await QueryApi.StartAsync(database);

        foreach (var (parameters, expected) in new[]
        {
            ("", "three, four, one, two"),
            ("speaker=ent:wd:Q1", "one"), ("speaker=ent%3Awd%3AQ1", "one"), ("speaker=ann%20mayor", "one"), ("speaker=Mayor", "three, one"),
            ("speaker=a%20resident", "two"), ("speaker=A%20r%C3%A9sident&speaker=Ann%20Mayor", "one, two"), ("speaker=%CC%81", ""), ("speaker=nobody", ""),
            // The mayor is named in what she says herself and in what the other says; the city only in hers.
            ("about=Ann%20Mayor", "three"), ("about=spfld", "one"), ("about=Springfield&about=ent:wd:Q1", "three, one"), ("about=Springfield&speaker=Bob%20Mayor", ""),
            ("source=wire.example", "three, four"), ("source=wire.example&source=gazette.example&speaker=Mayor", "three, one"),
            ("topic=politics", "one, two"), ("topic=medtop:2&direct=true", "one"), ("direct=false", "two"),
            ("from=2026-03-02", "three, four"), ("to=2026-03-01", "one, two"), ("from=2026-03-01T10:00:00Z&to=2026-03-02T09:00:00Z", ""),
        })
            Assert.Equal((parameters, expected), (parameters, await TextsAsync(query, parameters)));

        var quote = (await query.GetAsync("/api/quotes?speaker=ent:wd:Q1")).GetProperty("items")[0];
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse($$"""
            {
                "text": "one", "direct": true, "cue": "said", "speaker": {"id": "ent:wd:Q1", "name": "Ann Mayor"}, "about": [{"id": "ent:wd:Q3", "name": "Springfield"}],
                "article": {"id": "{{Ids.Article("test:1")}}", "title": "test:1", "source": {"domain": "gazette.example"}, "published": "2026-03-01T09:00:00Z"},
                "start": 20, "end": 40
            }
            """), quote), quote.GetRawText());

        foreach (var wrong in new[] { "limit=0", "limit=201", "cursor=none", "from=tomorrow", "from=2026-03-02&to=2026-03-01", "direct=maybe", "speaker=%00" })
            await query.RefusedAsync(HttpStatusCode.BadRequest, $"/api/quotes?{wrong}");
    }

    [Fact]
    public async Task Quotations_follow_their_articles_and_pages_have_each_once()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var random = new Random(31);
        await projection.Get<JournalStore>().DeliverAsync(Enumerable.Range(0, 80).SelectMany(_ => Lives.Random(random)), random);
        await projection.ProjectedAsync();
        await using var session = projection.Store.QuerySession();
        var expected = (await session.Query<Article>().ToListAsync()).Where(article => article is { Withdrawn: false, Revision: > 0 })
            .SelectMany(article => article.Quotes.Select(quote => (article.Dated, Row: $"{article.Id} {quote.Start} {quote.Text} {quote.Speaker?.Id} {string.Join(',', Monitoring.ReadModels.Quotes.About(quote, article.Entities))}"))).ToList();
        Assert.True(expected.Count > 50, $"Only {expected.Count} quotations.");

        await using var query = await QueryApi.StartAsync(database);
        var found = new List<string>();
        var dates = new List<DateTimeOffset?>();
        for (string? path = "/api/quotes?limit=7"; path is not null;)
        {
            var page = await query.GetAsync(path);
            foreach (var quote in page.GetProperty("items").EnumerateArray())
            {
                found.Add($"{quote.GetProperty("article").GetProperty("id").GetGuid()} {quote.GetProperty("start").GetInt32()} {quote.GetProperty("text").GetString()} "
                    + $"{(quote.TryGetProperty("speaker", out var speaker) && speaker.TryGetProperty("id", out var id) ? id.GetString() : "")} {string.Join(',', quote.GetProperty("about").EnumerateArray().Select(about => about.GetProperty("id").GetString()))}");
                dates.Add(expected.First(row => row.Row == found[^1]).Dated);
            }
            path = page.TryGetProperty("next", out var next) ? $"/api/quotes?limit=7&cursor={next.GetString()}" : null;
        }
        Assert.Equal(expected.Select(row => row.Row).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal(dates.OrderByDescending(date => date), dates);
    }
}
