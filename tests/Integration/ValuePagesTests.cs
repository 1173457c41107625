using System.Net;
using System.Text.Json;
using Marten;
using Monitoring.Contracts;
using Monitoring.Projection.Journal;
using Monitoring.ReadModels;

namespace Tests.Integration;

/// <summary>Pages of entities, topics and sources say what counting the articles says.</summary>
[Collection(nameof(Postgres))]
public class ValuePagesTests(Postgres postgres)
{
    static IEnumerable<string> Topics(Article article) => article.Topics.SelectMany(topic => topic.Broader.Select(broader => broader.Id).Append(topic.Id)).Distinct();
    static IEnumerable<string> Entities(Article article) => article.Entities.Select(entity => entity.Id).Distinct();
    static IEnumerable<string> Sources(Article article) => Source.Key(article.Source) is { } key ? [key] : [];

    static Dictionary<string, int> Counts(IEnumerable<Article> articles, Func<Article, IEnumerable<string>> values) => articles.SelectMany(values).CountBy(value => value).ToDictionary();

    static Dictionary<string, int> Counts(JsonElement page, string list) =>
        page.GetProperty("together").GetProperty(list).EnumerateArray().ToDictionary(value => value.GetProperty("id").GetString()!, value => value.GetProperty("articles").GetInt32());

    static Dictionary<DateTimeOffset, int> Timeline(JsonElement page) =>
        page.GetProperty("timeline").EnumerateArray().ToDictionary(item => item.GetProperty("from").GetDateTimeOffset(), item => item.GetProperty("articles").GetInt32());

    [Fact]
    public async Task A_page_counts_what_its_articles_say_now()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var random = new Random(41);
        await projection.Get<JournalStore>().DeliverAsync(Enumerable.Range(0, 150).SelectMany(_ => Lives.Random(random)), random);
        await projection.ProjectedAsync();
        await using var session = projection.Store.QuerySession();
        var all = (await session.Query<Article>().ToListAsync()).Where(article => article is { Withdrawn: false, Revision: > 0 }).ToList();
        await using var query = await QueryApi.StartAsync(database);

        foreach (var id in Enumerable.Range(1, 6).Select(number => $"ent:wd:Q{number}"))
        {
            var articles = all.Where(article => Entities(article).Contains(id)).ToList();
            Assert.True(articles.Count > 5, $"Only {articles.Count} articles name {id}.");
            var page = await query.GetAsync($"/api/entities/{id}?interval=hour&from=2026-02-01T00:00:00Z&to=2026-03-05T00:00:00Z");
            Assert.Equal((articles.Count, articles.Count), (page.GetProperty("articles").GetInt32(), page.GetProperty("together").GetProperty("of").GetInt32()));
            Assert.Equal(articles.CountBy(article => Hour(article.Dated!.Value)).ToDictionary(), Timeline(page));
            Assert.Equal((articles.Min(article => Hour(article.Dated!.Value)), articles.Max(article => Hour(article.Dated!.Value))), (page.GetProperty("firstSeen").GetDateTimeOffset(), page.GetProperty("lastSeen").GetDateTimeOffset()));
            Assert.Equal(Counts(articles, article => Entities(article).Where(other => other != id)), Counts(page, "entities"));
            Assert.Equal(Counts(articles, Topics), Counts(page, "topics"));
            Assert.Equal(Counts(articles, Sources), Counts(page, "sources"));
            Assert.Equal(Math.Min(5, all.Sum(article => article.Quotes.Count(quote => quote.Speaker?.Id == id))), page.GetProperty("quotesBy").GetArrayLength());
        }

        // 8 → 4 → 2 → 1, 5 → 2 → 1: what is above and below 2 says nothing about it.
        var on = all.Where(article => Topics(article).Contains("medtop:2")).ToList();
        var topic = await query.GetAsync("/api/topics/medtop%3A2");
        Assert.Equal(("topic 2", on.Count, "medtop:1"), (topic.GetProperty("name").GetString(), topic.GetProperty("articles").GetInt32(), topic.GetProperty("broader")[0].GetProperty("id").GetString()));
        Assert.Equal(["medtop:4", "medtop:5"], topic.GetProperty("narrower").EnumerateArray().Select(value => value.GetProperty("id").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(Counts(on, article => Topics(article).Except(["medtop:1", "medtop:2", "medtop:4", "medtop:5", "medtop:8"])), Counts(topic, "topics"));
        Assert.Equal(Counts(on, Entities), Counts(topic, "entities"));
        Assert.Equal(on.CountBy(article => Day(article.Dated!.Value)).ToDictionary(), Timeline(topic));
        Assert.Equal(topic.GetRawText(), (await query.GetAsync("/api/topics/TOPIC%202")).GetRawText());

        var from = all.Where(article => Sources(article).Contains("gazette.example")).ToList();
        var source = await query.GetAsync("/api/sources/gazette.example/activity?interval=week");
        Assert.Equal(("The Gazette", "gazette.example", from.Count), (source.GetProperty("name").GetString(), source.GetProperty("domain").GetString(), source.GetProperty("articles").GetInt32()));
        Assert.Equal(Counts(from, Topics), Counts(source, "topics"));
        Assert.Empty(Counts(source, "sources"));
        Assert.All(Timeline(source).Keys, week => Assert.Equal((DayOfWeek.Monday, TimeSpan.Zero), (week.DayOfWeek, week.TimeOfDay)));
        Assert.Equal(from.Count, Timeline(source).Values.Sum());
        Assert.Equal("gazette.example", Assert.Single(source.GetProperty("quotes").EnumerateArray().Select(quote => quote.GetProperty("article").GetProperty("source").GetProperty("domain").GetString()).Distinct()));

        static DateTimeOffset Hour(DateTimeOffset instant) => new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        static DateTimeOffset Day(DateTimeOffset instant) => new(instant.UtcDateTime.Date, TimeSpan.Zero);
    }

    [Fact]
    public async Task An_entity_is_found_by_id_or_by_a_name_of_its_own_and_says_how_else_it_is_named()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        Entity Zelensky(params string[] mentions) => new() { Id = "ent:wd:Q3874799", Name = "Volodymyr Zelensky", Type = "person", Mentions = [.. mentions.Select((mention, i) => new Span(i * 20, i * 20 + mention.Length, mention))] };
        var wife = new Entity { Id = "ent:wd:Q61996", Name = "Olena Zelenska", Type = "person", Mentions = [new Span(0, 8, "Zelensky")] };
        var content = new ArticleContent { Title = "T", Published = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero) };
        await projection.Get<JournalStore>().CommitAsync(
        [
            Lives.Enriched(Ids.Article("test:1"), 1, content, "m", 1, [], [Zelensky("Volodymyr Zelensky", "Zelensky", "Zelensky", "ZELENSKY")]),
            Lives.Enriched(Ids.Article("test:2"), 1, content with { Published = content.Published!.Value.AddYears(-30) }, "m", 1, [], [Zelensky("Zelenskyy", "Volodymyr Zelénsky"), wife]),
        ], default);
        await projection.ProjectedAsync();
        await using var query = await QueryApi.StartAsync(database);

        foreach (var asked in new[] { "ent:wd:Q3874799", "ent%3Awd%3AQ3874799", "volodymyr%20zelensky", "Zelenskyy" })
        {
            var page = await query.GetAsync($"/api/entities/{asked}");
            Assert.Equal(("ent:wd:Q3874799", "person", 2), (page.GetProperty("id").GetString(), page.GetProperty("type").GetString(), page.GetProperty("articles").GetInt32()));
            Assert.Equal(["Zelensky", "Zelenskyy"], page.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()));
        }
        var several = await query.RefusedAsync(HttpStatusCode.BadRequest, "/api/entities/Zelensky");
        Assert.Contains("ent:wd:Q3874799, ent:wd:Q61996", several, StringComparison.Ordinal);
        foreach (var unknown in new[] { "/api/entities/ent:wd:Q0", "/api/topics/medtop:0", "/api/sources/nowhere.example/activity" })
            await query.RefusedAsync(HttpStatusCode.NotFound, unknown);

        // Thirty years are more than a thousand days, the last thirty with articles are not.
        Assert.Equal(2, Timeline(await query.GetAsync("/api/entities/ent:wd:Q3874799")).Count);
        Assert.Equal(1, Assert.Single(Timeline(await query.GetAsync("/api/entities/ent:wd:Q3874799?from=2026-01-01"))).Value);
        foreach (var wrong in new[] { "to=2026-03-02", "from=1996-01-01", "interval=month", "from=2026-03-01&to=2026-02-01", "from=now" })
            await query.RefusedAsync(HttpStatusCode.BadRequest, $"/api/entities/ent:wd:Q3874799?{wrong}");
    }
}
