using System.Globalization;
using Marten;
using Monitoring.Contracts;
using Monitoring.Projection.Journal;
using Monitoring.Projection.Rebuild;
using Monitoring.ReadModels;

namespace Tests.Integration;

/// <summary>The sums over topics, entities and sources move by differences, and still are what counting anew gives.</summary>
[Collection(nameof(Postgres))]
public class TimelinesTests(Postgres postgres)
{
    static readonly string[] Kinds = ["topic", "entity", "source"];

    static IEnumerable<string> Values(Article article, string kind) => kind switch
    {
        "topic" => article.Topics.SelectMany(topic => topic.Broader.Select(broader => broader.Id).Append(topic.Id)),
        "entity" => article.Entities.Select(entity => entity.Id),
        _ => Source.Key(article.Source) is { } key ? [key] : [],
    };

    static async Task CheckAsync(Database database, Running projection)
    {
        await using var session = projection.Store.QuerySession();
        var articles = await session.Query<Article>().ToListAsync();
        Assert.Equal(
            articles.Where(article => !article.Withdrawn && article.Revision > 0)
                .Select(article => string.Join(' ', article.Id, Source.Key(article.Source) ?? "", article.Language ?? "", string.Join(',', Values(article, "topic").Distinct().Order(StringComparer.Ordinal)), string.Join(',', Values(article, "entity").Distinct().Order(StringComparer.Ordinal))))
                .Order(StringComparer.Ordinal),
            await database.RowsAsync("""
                with labels as (
                    select s.article_id, split_part(l.name, ':', 1) as kind, substr(l.name, strpos(l.name, ':') + 1) as value
                    from monitoring.search_article s left join monitoring.search_label l on l.code = any (s.labels))
                select concat(article_id, ' ', max(value) filter (where kind = 'source'), ' ', max(value) filter (where kind = 'language'),
                    ' ', string_agg(value, ',' order by value collate "C") filter (where kind = 'topic'),
                    ' ', string_agg(value, ',' order by value collate "C") filter (where kind in ('person', 'organisation', 'place'))) from labels group by article_id
                """));
        foreach (var kind in Kinds)
        {
            var rows = await database.RowsAsync($"select concat_ws(' ', article_id, value, to_char(hour at time zone 'utc', 'YYYY-MM-DD HH24:MI')) from monitoring.article_{kind}");
            Assert.NotEmpty(rows);
            Assert.Equal(
                articles.Where(article => !article.Withdrawn)
                    .SelectMany(article => Values(article, kind).Distinct(), (article, value) => string.Create(CultureInfo.InvariantCulture, $"{article.Id} {value} {article.Dated!.Value.UtcDateTime:yyyy-MM-dd HH}:00"))
                    .Order(StringComparer.Ordinal),
                rows);
            // A value that no article has any more keeps its row, with a sum of zero.
            Assert.Equal(
                await database.RowsAsync($"select concat_ws(' ', value, hour, count(*)) from monitoring.article_{kind} group by value, hour"),
                await database.RowsAsync($"select concat_ws(' ', value, hour, articles) from monitoring.{kind}_hour where articles <> 0"));
            Assert.Equal(
                await database.RowsAsync($"select concat_ws(' ', value, count(*)) from monitoring.article_{kind} group by value"),
                await database.RowsAsync($"select concat_ws(' ', id, articles) from monitoring.{kind} where articles <> 0"));
        }
    }

    static List<JournalMessage> Messages(int seed, int articles)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, articles).SelectMany(_ => Lives.Random(random))];
    }

    static async Task RebuildAsync(Running projection)
    {
        var rebuild = projection.Get<RebuildReadModels>();
        rebuild.Start();
        await Running.UntilAsync(async () => (await rebuild.ProgressAsync(default)).Status != "running");
        Assert.Equal(("done", null), await rebuild.ProgressAsync(default) is var progress ? (progress.Status, progress.Error) : default);
    }

    [Fact]
    public async Task An_article_counts_for_what_it_says_now()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var content = new ArticleContent { Title = "T", Source = new Source { Domain = "gazette.example" } };
        var (war, weather) = (
            new Topic { Id = "war", Name = "war", Score = 1, Broader = [new("conflict", "conflict")] },
            new Topic { Id = "weather", Name = "weather", Score = 1 });
        var (one, other) = (Ids.Article("test:one"), Ids.Article("test:other"));
        async Task<string> SumsAsync(params JournalMessage[] messages)
        {
            await projection.Get<JournalStore>().CommitAsync(messages, default);
            await projection.ProjectedAsync();
            return string.Join(", ", await database.RowsAsync("select concat_ws(' ', id, articles) from monitoring.topic union all select concat_ws(' ', id, articles) from monitoring.source"));
        }

        Assert.Equal("conflict 2, gazette.example 2, war 2", await SumsAsync(
            Lives.Enriched(one, 1, content, "m", 1, [war], []), Lives.Enriched(other, 1, content, "m", 1, [war], [])));
        Assert.Equal("conflict 1, gazette.example 2, war 1, weather 1", await SumsAsync(Lives.Enriched(one, 1, content, "n", 2, [weather], [])));
        Assert.Equal("conflict 0, gazette.example 1, war 0, weather 1", await SumsAsync(Lives.Withdrawn(other, 1)));
        Assert.Equal("conflict 1, gazette.example 2, war 1, weather 1", await SumsAsync(Lives.Enriched(other, 2, content, "m", 1, [war], [])));
        // Published elsewhere and the day before: another source and another hour, and the sums over all hours stay.
        var moved = content with { Published = new DateTimeOffset(2026, 2, 28, 23, 59, 0, TimeSpan.Zero), Source = new Source { Domain = "wire.example" } };
        Assert.Equal("conflict 1, gazette.example 1, war 1, weather 1, wire.example 1", await SumsAsync(Lives.Received(other, 3, moved)));
        Assert.Equal(["2026-02-28 23 1"], await database.RowsAsync(
            "select to_char(hour at time zone 'utc', 'YYYY-MM-DD HH24 ') || articles from monitoring.topic_hour where value = 'war' and articles <> 0"));
    }

    [Fact]
    public async Task Sums_and_rows_are_what_counting_the_articles_gives()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var messages = Messages(seed: 11, articles: 60);
        foreach (var part in messages.Chunk(messages.Count / 3 + 1))
        {
            await projection.Get<JournalStore>().DeliverAsync(part, new Random(11));
            await projection.ProjectedAsync();
            await CheckAsync(database, projection);
        }
    }

    [Fact]
    public async Task What_is_on_its_way_when_a_rebuild_begins_is_not_passed_over()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var journal = projection.Get<JournalStore>();
        await journal.DeliverAsync(Messages(seed: 13, articles: 20), new Random(13));
        await projection.ProjectedAsync();

        // The appender has its numbers of the sequence, and cannot commit yet.
        await using var blocked = await database.LockAsync("monitoring.article_heads");
        var late = Messages(seed: 14, articles: 10);
        var committing = journal.CommitAsync(late, default);
        await Running.UntilAsync(async () => await database.CountAsync("pg_locks where not granted") > 0);
        await RebuildAsync(projection);
        await blocked.DisposeAsync();
        await committing;

        await projection.ProjectedAsync();
        await using var session = projection.Store.QuerySession();
        var found = await session.LoadManyAsync<Article>(late.Select(message => message.ArticleId).Distinct());
        Assert.Equal(10, found.Count);
        await CheckAsync(database, projection);
    }

    [Fact]
    public async Task The_name_of_an_outlet_does_not_depend_on_the_order_of_arrival()
    {
        var named = Lives.Received(Ids.Article("test:1"), 1, new ArticleContent { Title = "T", Source = new Source { Domain = "wire.example", Name = "The Wire" } });
        var unnamed = Lives.Received(Ids.Article("test:2"), 1, new ArticleContent { Title = "T", Source = new Source { Domain = "wire.example" } });
        foreach (var messages in new[] { new[] { named, unnamed }, [unnamed, named] })
        {
            var database = await postgres.NewDatabaseAsync();
            await using var projection = await Running.ProjectionAsync(database);
            foreach (var message in messages)
            {
                await projection.Get<JournalStore>().CommitAsync([message], default);
                await projection.ProjectedAsync();
            }
            Assert.Equal("The Wire", Assert.Single(await database.RowsAsync("select name from monitoring.source")));
        }
    }

    [Fact]
    public async Task A_rebuild_makes_right_what_was_wrong()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        await projection.Get<JournalStore>().DeliverAsync(Messages(seed: 12, articles: 40), new Random(12));
        await projection.ProjectedAsync();
        var documents = await database.RowsAsync("select id || ' ' || data from monitoring.mt_doc_article");

        foreach (var kind in Kinds)
            await database.ExecuteAsync($"""
                update monitoring.{kind}_hour set articles = articles + 7;
                update monitoring.{kind} set articles = articles + 7;
                delete from monitoring.article_{kind} where article_id in (select article_id from monitoring.article_{kind} limit 3)
                """);
        await database.ExecuteAsync("""
            update monitoring.mt_doc_article set data = data || '{"title":"Wrong"}';
            delete from monitoring.mt_doc_article where id in (select id from monitoring.mt_doc_article limit 3)
            """);
        await RebuildAsync(projection);

        Assert.Equal(documents, await database.RowsAsync("select id || ' ' || data from monitoring.mt_doc_article"));
        await CheckAsync(database, projection);

        // And it goes on from there.
        await projection.Get<JournalStore>().DeliverAsync(Messages(seed: 15, articles: 20), new Random(15));
        await projection.ProjectedAsync();
        await CheckAsync(database, projection);
    }
}
