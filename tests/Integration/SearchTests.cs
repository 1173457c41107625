using System.Globalization;
using System.Net;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Projection.Journal;
using Monitoring.ReadModels.Search;

namespace Tests.Integration;

/// <summary>GET /api/articles by words and all else, over HTTP against real read models.</summary>
[Collection(nameof(Postgres))]
public class SearchTests(Postgres postgres)
{
    static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    static readonly Topic Peace = new() { Id = "medtop:20000073", Name = "peace process", Score = 0.9, Broader = [new("medtop:16000000", "conflict, war and peace")] };
    static readonly Entity Nato = new() { Id = "ent:wd:Q7184", Name = "NATO", Type = "organisation", Mentions = [new Span(0, 4, "NATO")] };

    static JournalMessage Article(string key, string title, string body, int hours, string source = "gazette.example", IReadOnlyList<Topic>? topics = null, IReadOnlyList<Entity>? entities = null, int revision = 1, string model = "m") =>
        Lives.Enriched(Ids.Article($"test:{key}"), revision, new ArticleContent { Title = title, Body = body, Published = Monday.AddHours(hours), Source = new Source { Domain = source } }, model, 1, topics ?? [], entities ?? []);

    static readonly JournalMessage[] News =
    [
        Article("talks", "Ceasefire talks resume", "Delegations sat down in Geneva. The prime minister hopes for peace.", 1, topics: [Peace], entities: [Nato]),
        Article("flood", "Flood in Lisbon", "The river rose. The minister spoke of prime land.", 30, "wire.example"),
        Article("nato", "NATO meets", "Sanctions were talked about.", 50, "wire.example", entities: [Nato]),
        Article("old", "Ceasefire of old", "An older ceasefire held.", -24 * 400),
    ];

    async Task<(Database Database, Running Projection, QueryApi Query)> StartAsync(params JournalMessage[] messages)
    {
        var database = await postgres.NewDatabaseAsync();
        var projection = await Running.ProjectionAsync(database);
        await projection.Get<JournalStore>().CommitAsync(messages, default);
        await projection.ProjectedAsync();
        return (database, projection, await QueryApi.StartAsync(database));
    }

    static string Titles(JsonElement list) => string.Join(", ", list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()));

    [Fact]
    public async Task Articles_are_found_by_words_and_by_what_they_are_about()
    {
        var (_, projection, query) = await StartAsync(News);
        await using var running = projection;
        await using var api = query;
        foreach (var (asked, found) in new (string, string)[]
        {
            ("", "NATO meets, Flood in Lisbon, Ceasefire talks resume, Ceasefire of old"),
            ("q=talk", "NATO meets, Ceasefire talks resume"),
            ("q=%22prime+minister%22", "Ceasefire talks resume"),
            ("q=minister+NEAR/4+prime", "Flood in Lisbon, Ceasefire talks resume"),
            ("q=title:ceasefire", "Ceasefire talks resume, Ceasefire of old"),
            ("q=ceasefire+published:2026", "Ceasefire talks resume"),
            ("q=topic:%22conflict,+war+and+peace%22", "Ceasefire talks resume"),
            ("q=entity:nato+NOT+source:wire.example", "Ceasefire talks resume"),
            ("q=flood+OR+sanction*", "NATO meets, Flood in Lisbon"),
            ("q=NOT+ceasefire", "NATO meets, Flood in Lisbon"),
            ("entity=NATO&q=talks&source=wire.example", "NATO meets"),
            ("topic=peace+process&topic=weather", "Ceasefire talks resume"),
            ("publishedFrom=2026-03-03&publishedTo=2026-03-03", "Flood in Lisbon"),
            ("language=de", ""),
        })
        {
            var list = await query.GetAsync($"/api/articles?{asked}");
            Assert.Equal((asked, found), (asked, Titles(list)));
            Assert.Equal((list.GetProperty("items").GetArrayLength(), true), (list.GetProperty("total").GetInt32(), list.GetProperty("totalIsExact").GetBoolean()));
        }
    }

    [Fact]
    public async Task A_list_can_have_facets_highlights_few_fields_and_another_order()
    {
        var (_, projection, query) = await StartAsync(News);
        await using var running = projection;
        await using var api = query;

        var list = await query.GetAsync("/api/articles?q=talk&facets=topic,entity,source,day&highlight=true&fields=title");
        Assert.Equal("""{"topic":[{"id":"medtop:16000000","name":"conflict, war and peace","articles":1},{"id":"medtop:20000073","name":"peace process","articles":1}],"entity":[{"id":"ent:wd:Q7184","name":"NATO","articles":2}],"source":[{"id":"gazette.example","name":"gazette.example","articles":1},{"id":"wire.example","name":"wire.example","articles":1}],"day":[{"id":"2026-03-04","name":"2026-03-04","articles":1},{"id":"2026-03-02","name":"2026-03-02","articles":1}]}""",
            list.GetProperty("facets").GetRawText());
        Assert.Equal(2, list.GetProperty("facetsOf").GetInt32());
        Assert.Equal("""{"title":"NATO meets"}""", list.GetProperty("items")[0].GetRawText());
        Assert.Equal("""[{"start":26,"end":32,"text":"talked"}]""", list.GetProperty("highlights").GetProperty(Ids.Article("test:nato").ToString()).GetRawText());

        var ranked = await query.GetAsync("/api/articles?q=ceasefire&sort=relevance");
        // It says so twice, and both are long ago.
        Assert.Equal(("Ceasefire of old, Ceasefire talks resume", 2), (Titles(ranked), ranked.GetProperty("rankedOf").GetInt32()));
        Assert.False((await query.GetAsync("/api/articles?q=talk")).GetProperty("items")[0].TryGetProperty("body", out _));
        Assert.Equal("Sanctions were talked about.", (await query.GetAsync("/api/articles?q=talk&fields=body,id&limit=1")).GetProperty("items")[0].GetProperty("body").GetString());
    }

    [Fact]
    public async Task A_list_says_what_the_documents_say()
    {
        var (_, projection, query) = await StartAsync([.. News, Article("nato", "NATO meets again", "Sanctions were talked about: \"No\", <she> said \\ Zürich.", 50, entities: [Nato], revision: 2, model: "n")]);
        await using var running = projection;
        await using var api = query;
        var summaries = (await query.GetAsync("/api/articles")).GetProperty("items");
        // Where words are pointed out, the documents are read.
        var documents = (await query.GetAsync("/api/articles?highlight=true")).GetProperty("items");
        Assert.Equal(4, summaries.GetArrayLength());
        Assert.Equal("NATO meets again", summaries[0].GetProperty("title").GetString());
        Assert.True(JsonElement.DeepEquals(documents, summaries), $"{documents}\n{summaries}");
    }

    [Fact]
    public async Task A_search_is_explained()
    {
        var (_, projection, query) = await StartAsync(News);
        await using var running = projection;
        await using var api = query;
        var explained = await query.GetAsync("/api/search/explain?q=Talks+topic:%22peace+process%22&source=gazette.example");
        Assert.Equal("talks AND topic:\"peace process\" AND source:\"gazette.example\"", explained.GetProperty("query").GetString());
        Assert.Equal("articles that have a form of “talks”, and are on the topic “peace process”, and are from the source “gazette.example”", explained.GetProperty("words").GetString());
        Assert.Equal(1, explained.GetProperty("total").GetInt32());
        Assert.Contains(explained.GetProperty("plan").EnumerateArray(), line => line.GetString()!.Contains("Execution Time", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("q=(a", "q", "Column 3")]
    [InlineData("q=sorce:x", "q", "Did you mean 'source'?")]
    [InlineData("limit=0", "limit", "between 1 and 200")]
    [InlineData("sort=oldest", "sort", "relevance")]
    [InlineData("sort=1", "sort", "relevance")]
    [InlineData("fields=colour", "fields", "no 'colour'")]
    [InlineData("facets=author", "facets", "no facet 'author'")]
    [InlineData("publishedFrom=soon", "publishedFrom", "ISO 8601")]
    [InlineData("publishedFrom=2026-03-02&publishedTo=2026-03-01", "publishedFrom", "before publishedTo")]
    [InlineData("asOf=2026-03-02&sort=relevance", "asOf", "without facets")]
    [InlineData("cursor=nonsense", "cursor", "none of ours")]
    public async Task What_is_wrong_with_a_search_is_said(string asked, string field, string reason)
    {
        await using var query = await QueryApi.StartAsync(await postgres.NewDatabaseAsync());
        using var response = await query.Client.GetAsync(new Uri($"/api/articles?{asked}", UriKind.Relative));
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.BadRequest, field), (response.StatusCode, problem.GetProperty("field").GetString()));
        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_shows_what_was_known_at_a_moment()
    {
        var (database, projection, query) = await StartAsync(News);
        await using var running = projection;
        await using var api = query;
        async Task<string> NowAsync() => (await database.RowsAsync("select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"))[0];

        var then = await NowAsync();
        await projection.Get<JournalStore>().CommitAsync(
        [
            Article("flood", "Drought in Lisbon", "No rain.", 31, "wire.example", revision: 2),
            Article("new", "Talks fail", "Talks about a ceasefire.", 60),
            Lives.Withdrawn(Ids.Article("test:nato"), 1),
        ], default);
        await projection.ProjectedAsync();

        Assert.Equal("Talks fail, Drought in Lisbon, Ceasefire talks resume, Ceasefire of old", Titles(await query.GetAsync("/api/articles")));
        // What is withdrawn is not shown as it was either.
        Assert.Equal("Flood in Lisbon, Ceasefire talks resume, Ceasefire of old", Titles(await query.GetAsync($"/api/articles?asOf={then}")));
        Assert.Equal("Flood in Lisbon", Titles(await query.GetAsync($"/api/articles?asOf={then}&q=river")));
        Assert.Equal("", Titles(await query.GetAsync($"/api/articles?asOf={then}&q=rain")));
        Assert.Equal("Drought in Lisbon", Titles(await query.GetAsync($"/api/articles?asOf={await NowAsync()}&q=rain")));
        // Page by page as at once.
        var first = await query.GetAsync($"/api/articles?asOf={then}&limit=1");
        var second = await query.GetAsync($"/api/articles?asOf={then}&limit=2&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal(("Flood in Lisbon", "Ceasefire talks resume, Ceasefire of old"), (Titles(first), Titles(second)));
    }

    [Fact]
    public async Task Words_are_found_once_an_article_was_understood_in_the_past_as_today()
    {
        var content = new ArticleContent { Title = "Flood", Body = "The river rose.", Published = Monday, Language = "en" };
        var (database, projection, query) = await StartAsync(Lives.Received(Ids.Article("test:late"), 1, content));
        await using var running = projection;
        await using var api = query;
        Assert.Equal(("Flood", ""), (Titles(await query.GetAsync("/api/articles")), Titles(await query.GetAsync("/api/articles?q=river"))));

        var then = (await database.RowsAsync("select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"))[0];
        await projection.Get<JournalStore>().CommitAsync([Lives.Enriched(Ids.Article("test:late"), 1, content, "m", 1, [], [])], default);
        await projection.ProjectedAsync();
        Assert.Equal("Flood", Titles(await query.GetAsync("/api/articles?q=river")));
        Assert.Equal(("Flood", ""), (Titles(await query.GetAsync($"/api/articles?asOf={then}")), Titles(await query.GetAsync($"/api/articles?asOf={then}&q=river"))));
    }

    [Theory]
    [InlineData("published", 100)]
    [InlineData("received", 37)]
    [InlineData("relevance", 50)]
    public async Task Pages_together_are_the_whole(string sort, int limit)
    {
        var random = new Random(5);
        // Many at the same instant, and over several months.
        var (_, projection, query) = await StartAsync([.. Enumerable.Range(0, 420).Select(i => Article($"page{i}", $"Talks {i}", "Talks went on.", random.Next(40) * 100))]);
        await using var running = projection;
        await using var api = query;
        var (ids, pages) = (new List<string>(), 0);
        string? next = null;
        do
        {
            var page = await query.GetAsync($"/api/articles?q=talk&sort={sort}&limit={limit}&fields=id{(next is null ? "" : $"&cursor={next}")}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            Assert.Equal(420, page.GetProperty("total").GetInt32());
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
            pages++;
        }
        while (next is not null);
        Assert.Equal((420, 420, (420 + limit - 1) / limit), (ids.Count, ids.Distinct().Count(), pages));
        await query.RefusedAsync(HttpStatusCode.BadRequest, $"/api/articles?q=other&sort={sort}&cursor={(await query.GetAsync($"/api/articles?q=talk&sort={sort}&limit=1")).GetProperty("next").GetString()}");
    }

    [Fact]
    public async Task Fifty_thousand_results_are_paged_through_while_five_thousand_arrive()
    {
        var (database, projection, query) = await StartAsync(News);
        await using var running = projection;
        await using var api = query;
        // As Projection's own statement would have stored them, one a minute over four months.
        foreach (var month in Enumerable.Range(1, 4))
            await using (var connection = await running.Get<Npgsql.NpgsqlDataSource>().OpenConnectionAsync()) await SearchMonths.EnsureAsync(connection, [new DateOnly(2025, month, 1)], default);
        await database.ExecuteAsync($$"""
            insert into monitoring.search_article (filed_month, article_id, dated, published, received, labels, indexed_partly, summary, text, quotes)
            select date_trunc('month', t at time zone 'utc')::date, id, t, t, t, '{}', false, jsonb_build_object('id', id, 'title', 'Paging'), '''~paging'':1', ''
            from (select gen_random_uuid() as id, '2025-01-01Z'::timestamptz + n * interval '3 min' as t from generate_series(1, 50000) n) made;
            insert into monitoring.mt_doc_article (id, data, mt_dotnet_type)
            select article_id, jsonb_build_object('id', article_id, 'title', 'Paging'), 'article' from monitoring.search_article where text @@ '''~paging''';
            insert into monitoring.search_month select filed_month, min(dated), max(dated), min(received), max(received) from monitoring.search_article group by 1
            on conflict (filed_month) do update set oldest_dated = excluded.oldest_dated, newest_dated = excluded.newest_dated, oldest_received = excluded.oldest_received, newest_received = excluded.newest_received
            """);
        var before = (await database.RowsAsync("select article_id::text from monitoring.search_article where text @@ '''~paging'''")).ToHashSet();
        Assert.Equal(50_000, before.Count);

        var random = new Random(3);
        var arriving = Task.Run(async () =>
        {
            foreach (var batch in Enumerable.Range(0, 5000).Chunk(100))
                await projection.Get<JournalStore>().CommitAsync([.. batch.Select(i => Article($"arrived{i}", "Paging", "Paging.", -24 * 400 + random.Next(24 * 120)))], default);
        });
        var (ids, next) = (new List<string>(), (string?)null);
        do
        {
            var page = await query.GetAsync($"/api/articles?q=paging&limit=200&fields=id{(next is null ? "" : $"&cursor={next}")}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }
        while (next is not null);
        await arriving;
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(before.Except(ids));
        Assert.True(ids.Count > 50_000, string.Create(CultureInfo.InvariantCulture, $"Only {ids.Count} were seen: nothing arrived meanwhile."));
    }
}
