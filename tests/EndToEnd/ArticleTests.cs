using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using static Tests.EndToEnd.Installation;

namespace Tests.EndToEnd;

/// <summary>An article's way from the post to the answers.</summary>
[Collection(nameof(Installation))]
public class ArticleTests(Installation system)
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    Task<JsonElement> EnrichedAsync(Guid id, int revision = 1) => EventuallyAsync(
        async () => await (await system.Client.GetAsync(new Uri($"/api/articles/{id}", UriKind.Relative))).Content.ReadAsStringAsync() is var text ? JsonElement.Parse(text) : default,
        article => article.TryGetProperty("enrichedRevision", out var enriched) && enriched.GetInt32() == revision, Soon);

    static IEnumerable<string> Names(JsonElement article, string list) => article.GetProperty(list).EnumerateArray().Select(item => item.GetProperty("name").GetString()!);

    [SeedsFact]
    public async Task The_seeds_come_back_understood_and_are_listed_by_entity()
    {
        var ids = new List<Guid>();
        foreach (var seed in Directory.GetFiles(SeedsFactAttribute.Folder).Order())
        {
            var (status, answer) = await system.PostAsync("/api/articles", await File.ReadAllTextAsync(seed), "text/plain");
            Assert.Equal(HttpStatusCode.Created, status);
            ids.Add(answer.GetProperty("id").GetGuid());
        }
        var (first, second) = (await EnrichedAsync(ids[0]), await EnrichedAsync(ids[1]));
        Assert.All(new[] { first, second }, article =>
        {
            Assert.Contains("peace process", Names(article, "topics"));
            Assert.Subset(Names(article, "entities").ToHashSet(), new HashSet<string> { "Donald Trump", "Vladimir Putin", "Volodymyr Zelensky", "NBC News" });
        });
        // One says when and not where, the other where and not when. What is not said is not there.
        Assert.Equal("2025-04-04T00:00:00Z", first.GetProperty("published").GetString());
        Assert.False(first.TryGetProperty("source", out _));
        Assert.False(second.TryGetProperty("published", out _));
        Assert.Equal("kyivindependent.com", second.GetProperty("source").GetProperty("domain").GetString());

        foreach (var asked in new[] { "Zelensky", "volodymyr zelensky", "ent:wd:Q3874799" })
        {
            var listed = (await system.GetAsync($"/api/articles?entity={Uri.EscapeDataString(asked)}&limit=200")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid());
            Assert.Subset(listed.ToHashSet(), ids.ToHashSet());
        }
    }

    [Fact]
    public async Task An_article_is_visible_tagged_and_says_what_was_posted_to_the_letter()
    {
        const string Title = "AT&T <3 fans: ceasefire <b>talks</b> in Geneva";
        var id = await system.PostArticleAsync(Title, "Delegations of both sides returned to the peace talks in Geneva, NATO said.", "life.example");
        var article = await EnrichedAsync(id);
        Assert.Equal(Title, article.GetProperty("title").GetString());
        Assert.Contains("peace talks", Names(article, "topics"));
        Assert.Contains("Geneva", Names(article, "entities"));
        Assert.Equal(Title, (await system.GetAsync("/api/articles?source=life.example")).GetProperty("items")[0].GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_changed_article_is_a_revision_and_a_withdrawn_one_disappears_until_restored()
    {
        string Body(string text, string extra = "") => JsonSerializer.Serialize(new { url = "https://revisions.example/story?utm_source=x", title = "A story that changes", body = text + extra });
        var (created, answer) = await system.PostAsync("/api/articles", Body("Two people were hurt."));
        var id = answer.GetProperty("id").GetGuid();
        Assert.Equal((HttpStatusCode.Created, "received"), (created, answer.GetProperty("status").GetString()));

        (var status, answer) = await system.PostAsync("/api/articles", Body("Two people  were\nhurt."));
        Assert.Equal((HttpStatusCode.OK, "unchanged"), (status, answer.GetProperty("status").GetString()));
        (status, answer) = await system.PostAsync("/api/articles", Body("Three people were hurt."));
        Assert.Equal((HttpStatusCode.OK, "revised", 2, id), (status, answer.GetProperty("status").GetString(), answer.GetProperty("revision").GetInt32(), answer.GetProperty("id").GetGuid()));
        Assert.Equal("Three people were hurt.", (await EnrichedAsync(id, revision: 2)).GetProperty("body").GetString());

        using var deleted = await system.Client.DeleteAsync(new Uri($"/api/articles/{id}?reason=wrong", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        var gone = await EventuallyAsync(() => system.GetAsync($"/api/articles/{id}"), article => article.GetProperty("withdrawn").GetBoolean(), Soon);
        Assert.False(gone.TryGetProperty("title", out _) || gone.TryGetProperty("body", out _));
        Assert.Equal(0, await system.TotalAsync("source=revisions.example"));

        (status, _) = await system.PostAsync("/api/articles", Body("Three people were hurt."));
        Assert.Equal(HttpStatusCode.Conflict, status);
        (status, answer) = await system.PostAsync("/api/articles?restore=true", Body("Three people were hurt."));
        Assert.Equal((HttpStatusCode.OK, 3), (status, answer.GetProperty("revision").GetInt32()));
        Assert.False((await EnrichedAsync(id, revision: 3)).GetProperty("withdrawn").GetBoolean());
        Assert.Equal(1, await system.TotalAsync("source=revisions.example"));
    }

    [Fact]
    public async Task A_kill_notice_by_uri_finds_what_came_with_it()
    {
        const string Uri = "tag:kill.example,2026:1";
        var (_, answer) = await system.PostAsync("/api/articles", $$"""{"uri":"{{Uri}}","headlines":[{"value":"To be killed"}],"bodies":[{"value":"Text."}],"infoSources":[{"name":"Kill","uri":"https://kill.example"}]}""", "application/ninjs+json");
        var (status, killed) = await system.PostAsync("/api/articles", $$"""{"uri":"{{Uri}}","pubStatus":"canceled"}""", "application/ninjs+json");
        Assert.Equal((HttpStatusCode.OK, "withdrawn", answer.GetProperty("id").GetGuid()), (status, killed.GetProperty("status").GetString(), killed.GetProperty("id").GetGuid()));
        (status, _) = await system.PostAsync("/api/articles", """{"uri":"tag:kill.example,2026:2","pubStatus":"canceled"}""", "application/ninjs+json");
        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat_and_the_same_page_again_is_not_sent()
    {
        var posted = new HashSet<Guid>();
        for (var i = 0; i < 25; i++) posted.Add(await system.PostArticleAsync($"Page filler {i}", source: "pages.example"));
        await EventuallyAsync(() => system.TotalAsync("source=pages.example"), total => total == 25, Soon);

        var seen = new List<Guid>();
        var next = "/api/articles?source=pages.example&limit=10";
        while (next is not null)
        {
            using var response = await system.Client.GetAsync(new Uri(next, UriKind.Relative));
            var page = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            Assert.Equal(page.TryGetProperty("next", out _), response.Headers.TryGetValues("Link", out var link));
            next = link?.Single().Split('>')[0][1..];
        }
        Assert.Equal(25, seen.Count);
        Assert.Equal(posted, [.. seen]);

        using var first = await system.Client.GetAsync(new Uri("/api/articles?source=pages.example", UriKind.Relative));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/articles?source=pages.example");
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var unchanged = await system.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Lists_are_narrowed_down_by_every_filter_and_counted_by_topic_entity_and_source()
    {
        foreach (var (title, published) in new[] { ("Flood in Lisbon: the river burst its banks after two days of heavy flooding", "2026-02-10"), ("Lisbon election: voters go to the polls in the parliamentary election", "2026-02-12") })
            await system.PostAsync("/api/articles", JsonSerializer.Serialize(new { title, body = title + ".", source = new { name = "The Filter", domain = "filter.example" }, published }));
        await EventuallyAsync(() => system.TotalAsync("source=filter.example&entity=Lisbon"), total => total == 2, Soon);

        Assert.Equal(1, await system.TotalAsync("source=The%20Filter&topic=flood"));
        Assert.Equal(1, await system.TotalAsync("source=filter.example&topic=medtop:11000000"));
        Assert.Equal(2, await system.TotalAsync("source=filter.example&topic=flood&topic=election"));
        Assert.Equal(1, await system.TotalAsync("source=filter.example&publishedFrom=2026-02-11"));
        Assert.Equal(1, await system.TotalAsync("source=filter.example&publishedTo=2026-02-10"));
        Assert.Equal(2, await system.TotalAsync("source=filter.example&language=en"));
        Assert.Equal(0, await system.TotalAsync("source=filter.example&language=fr"));
        Assert.Equal(0, await system.TotalAsync("topic=no-such-topic"));

        var source = (await system.GetAsync("/api/sources?name=the%20filter")).GetProperty("items")[0];
        Assert.Equal(("filter.example", "The Filter", 2), (source.GetProperty("id").GetString(), source.GetProperty("name").GetString(), source.GetProperty("articles").GetInt32()));
        var flood = (await system.GetAsync("/api/topics?name=flood")).GetProperty("items")[0];
        Assert.Equal("medtop:20000151", flood.GetProperty("broader").GetString());
        var hour = (await system.GetAsync("/api/topics?name=flood&from=2026-02-10T00:00:00Z&to=2026-02-10T01:00:00Z")).GetProperty("items")[0];
        Assert.Equal(1, hour.GetProperty("articles").GetInt32());
        Assert.Equal("place", (await system.GetAsync("/api/entities?name=lisbon")).GetProperty("items")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_enrichment_can_be_tried_without_storing_anything()
    {
        var before = await system.TotalAsync("");
        var (status, enriched) = await system.PostAsync("/api/enrich", """{"title":"Ceasefire talks in Geneva","body":"The peace talks resumed on Tuesday, the envoy said."}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("peace talks", Names(enriched, "topics"));
        Assert.Equal("en", enriched.GetProperty("language").GetProperty("code").GetString());
        // The outlet is no source of its own, and the day of publication tells which Tuesday.
        const string Text = """{"title":"Talks resume","body":"Envoys met on Tuesday, officials told Reuters, and Mr Orban told NBC News: “We are very close to a deal.”","published":"2026-03-12","source":SOURCE}""";
        foreach (var (source, cited) in new[] { ("\"Gazette\"", new[] { "Reuters", "NBC News" }), ("\"reuters.com\"", ["NBC News"]), ("{\"name\":\"NBC News\"}", ["Reuters"]) })
        {
            var (_, told) = await system.PostAsync("/api/enrich", Text.Replace("SOURCE", source, StringComparison.Ordinal));
            Assert.Equal(cited, Names(told, "citedSources").Where(name => name != "officials"));
            Assert.Equal("2026-03-10", told.GetProperty("dates")[0].GetProperty("value").GetString());
            Assert.Equal("We are very close to a deal.", told.GetProperty("quotes").EnumerateArray().Single(quote => quote.GetProperty("direct").GetBoolean()).GetProperty("text").GetString());
        }
        using var content = new StringContent("""[{"title":"A flood"},{"body":"Geneva"}]""", new MediaTypeHeaderValue("application/json"));
        using var many = await system.Client.PostAsync(new Uri("/api/enrich", UriKind.Relative), content);
        Assert.Equal(2, JsonElement.Parse(await many.Content.ReadAsStringAsync()).GetArrayLength());
        Assert.Equal(before, await system.TotalAsync(""));
    }
}
