using System.Net;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Projection.Journal;

namespace Tests.Integration;

/// <summary>What the journal knew at any moment, what happened since, and what each revision changed.</summary>
[Collection(nameof(Postgres))]
public class TimeTravelTests(Postgres postgres)
{
    static readonly ArticleContent First = new()
    {
        Title = "Two hurt in fire", Body = "Two people were hurt.\n\nPolice are looking for witnesses.", Url = "https://gazette.example/fire",
        Source = new Source { Domain = "gazette.example" }, Authors = ["A. Writer"],
    };

    static readonly ArticleContent Second = First with { Title = "Three hurt in fire", Body = "Three people were hurt.\n\nPolice are looking for witnesses.", Tags = ["fire"] };

    static readonly Topic Fire = new() { Id = "medtop:20000139", Name = "fire", Score = 0.8, Evidence = [new Span(12, 16, "fire")] };
    static readonly Entity Police = new() { Id = "ent:organisation:police", Name = "Police", Type = "organisation", Mentions = [new Span(40, 46, "Police")] };

    sealed record Journey(Database Database, Running Projection) : IAsyncDisposable
    {
        /// <summary>Lets something happen, and returns a moment at which it was known and nothing later was.</summary>
        public async Task<string> ThenAsync(params JournalMessage[] messages)
        {
            await Projection.Get<JournalStore>().CommitAsync(messages, default);
            await Projection.ProjectedAsync();
            var now = DateTimeOffset.UtcNow;
            await Task.Delay(2);
            return now.ToString("O");
        }

        public ValueTask DisposeAsync() => Projection.DisposeAsync();
    }

    async Task<Journey> BeginAsync()
    {
        var database = await postgres.NewDatabaseAsync();
        return new Journey(database, await Running.ProjectionAsync(database));
    }

    static string At(string moment) => Uri.EscapeDataString(moment);
    static string? Title(JsonElement article) => article.TryGetProperty("title", out var title) ? title.GetString() : null;

    [Fact]
    public async Task An_article_is_answered_as_it_was_known_at_any_moment_of_its_life()
    {
        await using var journey = await BeginAsync();
        var random = new Random(21);
        // What is withdrawn in the end is another matter, see below.
        var lives = Enumerable.Range(0, 6).SelectMany(_ => Lives.Random(random)).Where(message => message.Message is not ArticleWithdrawn).ToArray();
        random.Shuffle(lives);
        var known = new List<(Guid Id, string Moment, string Document)>();
        foreach (var message in lives)
        {
            var moment = await journey.ThenAsync(message);
            known.Add((message.ArticleId, moment, Assert.Single(await journey.Database.RowsAsync($"select data::text from monitoring.mt_doc_article where id = '{message.ArticleId}'"))));
        }
        Assert.True(known.Count > 30, $"Only {known.Count} moments.");

        await using var query = await QueryApi.StartAsync(journey.Database);
        foreach (var (id, moment, document) in known)
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(document), await query.GetAsync($"/api/articles/{id}?asOf={At(moment)}")), $"{id} at {moment} was {document}.");
    }

    [Fact]
    public async Task Entities_and_topics_are_counted_as_they_were_known_at_any_moment()
    {
        await using var journey = await BeginAsync();
        await using var query = await QueryApi.StartAsync(journey.Database);
        var random = new Random(22);
        var lives = Enumerable.Range(0, 8).SelectMany(_ => Lives.Random(random)).Where(message => message.Message is not ArticleWithdrawn).ToArray();
        random.Shuffle(lives);
        string[] paths = ["/api/entities/ent:wd:Q1?interval=hour", "/api/entities/ent:wd:Q2?interval=day", "/api/topics/medtop:1?interval=hour"];
        static string Counted(JsonElement page) => string.Join(' ', new[] { "articles", "firstSeen", "lastSeen", "timeline" }.Select(member => page.TryGetProperty(member, out var value) ? value.GetRawText() : "-"));
        async Task<string> CountedAsync(string path)
        {
            using var answer = await query.Client.GetAsync(new Uri(path, UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.NotFound ? "0 - - []" : Counted(JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
        }

        var known = new List<(string Path, string Moment, string Counted)>();
        foreach (var message in lives)
        {
            var moment = await journey.ThenAsync(message);
            foreach (var path in paths) known.Add((path, moment, await CountedAsync(path)));
        }
        Assert.True(known.Select(page => page.Counted).Distinct().Count() > 15, "Too little happened to show much.");
        foreach (var (path, moment, counted) in known)
            Assert.Equal((path, moment, counted), (path, moment, await CountedAsync($"{path}&asOf={At(moment)}")));

        // Whatever is withdrawn by now had never been there.
        var now = DateTimeOffset.UtcNow.ToString("O");
        await journey.ThenAsync([.. lives.Select(message => message.ArticleId).Distinct().Select(id => Lives.Withdrawn(id, 9))]);
        foreach (var path in paths) Assert.Equal("0 - - []", await CountedAsync($"{path}&asOf={At(now)}"));
        await query.RefusedAsync(HttpStatusCode.BadRequest, "/api/entities/ent:wd:Q1?asOf=then");
    }

    [Fact]
    public async Task A_moment_before_an_article_was_known_says_since_when_it_is()
    {
        await using var journey = await BeginAsync();
        var id = Ids.Article("test:fire");
        var before = DateTimeOffset.UtcNow.AddMinutes(-1).ToString("O");
        await journey.ThenAsync(Lives.Received(id, 1, First));
        await using var query = await QueryApi.StartAsync(journey.Database);

        Assert.Contains("first known at", await query.RefusedAsync(HttpStatusCode.NotFound, $"/api/articles/{id}?asOf={At(before)}"), StringComparison.Ordinal);
        Assert.Contains("first known at", await query.RefusedAsync(HttpStatusCode.NotFound, $"/api/articles/{id}?asOf=2020-01-01"), StringComparison.Ordinal);
        Assert.Contains("No article", await query.RefusedAsync(HttpStatusCode.NotFound, $"/api/articles/{Guid.NewGuid()}?asOf=2020-01-01"), StringComparison.Ordinal);
        await query.RefusedAsync(HttpStatusCode.BadRequest, $"/api/articles/{id}?asOf=yesterday");
        // A date means its end.
        Assert.Equal(First.Title, Title(await query.GetAsync($"/api/articles/{id}?asOf={DateTimeOffset.UtcNow:yyyy-MM-dd}")));
    }

    [Fact]
    public async Task What_is_withdrawn_by_now_is_not_shown_as_it_was_either()
    {
        await using var journey = await BeginAsync();
        var id = Ids.Article("test:withdrawn");
        var shown = await journey.ThenAsync(Lives.Enriched(id, 1, First, "m", 1, [Fire], [Police]));
        var withdrawn = await journey.ThenAsync(Lives.Withdrawn(id, 1));
        var restored = await journey.ThenAsync(Lives.Enriched(id, 2, Second, "m", 1, [Fire], []));
        await using var query = await QueryApi.StartAsync(journey.Database);

        foreach (var moment in new[] { shown, withdrawn })
        {
            var text = (await query.GetAsync($"/api/articles/{id}?asOf={At(moment)}")).GetRawText();
            Assert.DoesNotContain("hurt", text, StringComparison.Ordinal);
            var article = JsonElement.Parse(text);
            Assert.Equal((true, "Reason 1", 0, 0), (
                article.GetProperty("withdrawn").GetBoolean(), article.GetProperty("withdrawnReason").GetString(), article.GetProperty("topics").GetArrayLength(), article.GetProperty("entities").GetArrayLength()));
        }
        Assert.Equal(Second.Title, Title(await query.GetAsync($"/api/articles/{id}?asOf={At(restored)}")));

        var history = (await query.GetAsync($"/api/articles/{id}/history")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["received 1", "enriched 1", "placed 1", "withdrawn 1", "placed 1", "revised 2", "enriched 2", "placed 2"],
            history.Select(item => $"{item.GetProperty("type").GetString()} {item.GetProperty("revision").GetInt32()}"));
        Assert.All(history.Take(5), item => Assert.DoesNotContain("fire", item.GetRawText().Replace("gazette.example/fire", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Equal((Second.Title, "fire"), (Title(history[5]), history[6].GetProperty("topics")[0].GetProperty("evidence")[0].GetProperty("text").GetString()));

        await query.RefusedAsync(HttpStatusCode.Gone, $"/api/articles/{id}/revisions/1..2");
        var revisions = (await query.GetAsync($"/api/articles/{id}/revisions")).GetProperty("items");
        Assert.Equal((true, null, Second.Title), (revisions[0].GetProperty("withdrawn").GetBoolean(), Title(revisions[0]), Title(revisions[1])));
    }

    [Fact]
    public async Task The_history_has_every_event_with_its_evidence_once_over_all_pages()
    {
        await using var journey = await BeginAsync();
        var (id, other) = (Ids.Article("test:history"), Ids.Article("test:other"));
        await journey.ThenAsync(Lives.Received(id, 1, First), Lives.Received(other, 1, First));
        foreach (var model in Enumerable.Range(1, 7)) await journey.ThenAsync(Lives.Enriched(id, 1, First, $"1.{model}.0+a", model, [Fire], [Police]));
        await journey.ThenAsync(Lives.Received(id, 2, Second));
        await using var query = await QueryApi.StartAsync(journey.Database);

        var items = new List<JsonElement>();
        for (var path = $"/api/articles/{id}/history?limit=3"; path is not null;)
        {
            var page = await query.GetAsync(path);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            path = page.TryGetProperty("next", out var next) ? $"/api/articles/{id}/history?limit=3&cursor={next.GetString()}" : null;
        }
        Assert.Equal(
            (await journey.Database.RowsAsync($"select lpad(seq_id::text, 9, '0') from monitoring.mt_events where stream_id = '{id}'")).Select(long.Parse),
            items.Select(item => item.GetProperty("sequence").GetInt64()));
        var enriched = items.Where(item => item.GetProperty("type").GetString() == "enriched").ToList();
        Assert.Equal(Enumerable.Range(1, 7).Select(model => ($"1.{model}.0+a", model, "fire", 40)), enriched.Select(item => (
            item.GetProperty("model").GetString()!, item.GetProperty("modelGeneration").GetInt32(), item.GetProperty("topics")[0].GetProperty("evidence")[0].GetProperty("text").GetString()!,
            item.GetProperty("entities")[0].GetProperty("mentions")[0].GetProperty("start").GetInt32())));
        Assert.DoesNotContain(items, item => item.GetRawText().Contains("witnesses", StringComparison.Ordinal));
        Assert.Equal("new", items.Single(item => item.GetProperty("type").GetString() == "placed").GetProperty("change").GetString());

        await query.RefusedAsync(HttpStatusCode.NotFound, $"/api/articles/{Guid.NewGuid()}/history");
        await query.RefusedAsync(HttpStatusCode.BadRequest, $"/api/articles/{id}/history?limit=0");
        var foreign = (await query.GetAsync($"/api/articles/{id}/history?limit=1")).GetProperty("next").GetString();
        await query.RefusedAsync(HttpStatusCode.BadRequest, $"/api/articles/{other}/history?cursor={foreign}");
    }

    [Fact]
    public async Task Revisions_say_what_they_changed_and_two_are_compared_word_by_word()
    {
        await using var journey = await BeginAsync();
        var id = Ids.Article("test:revisions");
        // The later one is known first.
        await journey.ThenAsync(Lives.Received(id, 2, Second));
        await journey.ThenAsync(Lives.Received(id, 1, First), Lives.Received(id, 3, Second with { Url = "https://gazette.example/fire-3", Authors = [] }));
        await using var query = await QueryApi.StartAsync(journey.Database);

        var revisions = (await query.GetAsync($"/api/articles/{id}/revisions")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([1, 2, 3], revisions.Select(revision => revision.GetProperty("revision").GetInt32()));
        Assert.False(revisions[0].TryGetProperty("changed", out _));
        Assert.Equal(["title body tags", "url authors"], revisions.Skip(1).Select(revision => string.Join(' ', revision.GetProperty("changed").EnumerateArray().Select(field => field.GetString()))));
        var page = await query.GetAsync($"/api/articles/{id}/revisions?limit=1");
        Assert.Equal(2, (await query.GetAsync($"/api/articles/{id}/revisions?limit=1&cursor={page.GetProperty("next").GetString()}")).GetProperty("items")[0].GetProperty("revision").GetInt32());

        var change = await query.GetAsync($"/api/articles/{id}/revisions/1..2");
        Assert.Equal("delete:Two insert:Three equal: people were hurt.\n\nPolice are looking for witnesses.",
            string.Join(' ', change.GetProperty("body").GetProperty("spans").EnumerateArray().Select(span => $"{span.GetProperty("op").GetString()}:{span.GetProperty("text").GetString()}")));
        Assert.Equal(("word", "tags", """["fire"]"""), (change.GetProperty("title").GetProperty("unit").GetString(), change.GetProperty("fields")[0].GetProperty("field").GetString(), change.GetProperty("fields")[0].GetProperty("to").GetRawText()));
        Assert.Equal(["url", "authors", "tags"], (await query.GetAsync($"/api/articles/{id}/revisions/1..3")).GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("field").GetString()));

        foreach (var wrong in new[] { "2..1", "1..1", "1", "a..b", "0..1", "1..2..3", "1...2", "1..99999999999" }) await query.RefusedAsync(HttpStatusCode.BadRequest, $"/api/articles/{id}/revisions/{wrong}");
        Assert.Contains("No revision 4", await query.RefusedAsync(HttpStatusCode.NotFound, $"/api/articles/{id}/revisions/1..4"), StringComparison.Ordinal);
        await query.RefusedAsync(HttpStatusCode.NotFound, $"/api/articles/{Guid.NewGuid()}/revisions/1..2");
        await query.RefusedAsync(HttpStatusCode.NotFound, $"/api/articles/{Guid.NewGuid()}/revisions");
    }
}
