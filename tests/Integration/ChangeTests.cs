using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Marten;
using Marten.Services;
using Monitoring.Contracts;
using Monitoring.Projection.Journal;
using Monitoring.Projection.Rebuild;
using Npgsql;
using Journal = Monitoring.ReadModels;

namespace Tests.Integration;

/// <summary>Everything that happened to articles, told once and in order, page by page and as a stream.</summary>
[Collection(nameof(Postgres))]
public class ChangeTests(Postgres postgres)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    static string Page(string? after, int limit = 1000, string more = "") => $"/api/changes?limit={limit}{(after is null ? "" : $"&after={after}")}{more}";

    static long Sequence(JsonElement item) => item.GetProperty("sequence").GetInt64();

    static async Task<IReadOnlyList<long>> JournalAsync(Database database) =>
        [.. (await database.RowsAsync("select seq_id::text from monitoring.mt_events where type like 'article\\_%'")).Select(row => long.Parse(row, CultureInfo.InvariantCulture)).Order()];

    /// <summary>Takes its numbers long before it commits: what is written in between by others has higher ones and is there first.</summary>
    static async Task DawdleAsync(Running projection, Random random, int articles)
    {
        for (var i = 0; i < articles; i++)
        {
            await using var connection = await projection.Get<NpgsqlDataSource>().OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var session = projection.Store.LightweightSession(SessionOptions.ForTransaction(transaction));
            session.Events.Append(Ids.Article($"test:dawdled:{random.NextInt64()}"), new Journal.ArticleReceived(1, DateTimeOffset.UtcNow, new ArticleContent { Title = $"Dawdled {i}" }));
            await session.SaveChangesAsync();
            await Task.Delay(random.Next(60));
            await transaction.CommitAsync();
        }
    }

    /// <summary>Page by page, until all that will ever be there has come.</summary>
    static async Task<List<long>> ReadAsync(QueryApi query, Random random, Task<IReadOnlyList<long>> all)
    {
        var (read, after, clock) = (new List<long>(), default(string), Stopwatch.StartNew());
        while (clock.Elapsed < Patience && (!all.IsCompleted || read.Count < (await all).Count))
        {
            var page = await query.GetAsync(Page(after, random.Next(1, 40)));
            read.AddRange(page.GetProperty("items").EnumerateArray().Select(Sequence));
            after = page.GetProperty("next").GetString();
            if (page.GetProperty("items").GetArrayLength() > 0 && random.Next(3) == 0) after = page.GetProperty("items").EnumerateArray().Last().GetProperty("cursor").GetString();
            if (!page.GetProperty("more").GetBoolean()) await Task.Delay(random.Next(20));
        }
        return read;
    }

    /// <summary>By a stream that breaks off again and again.</summary>
    static async Task<List<long>> FollowAsync(QueryApi query, string start, Random random, Task<IReadOnlyList<long>> all)
    {
        var (read, last) = (new List<long>(), start);
        while (!all.IsCompleted || read.Count < (await all).Count)
        {
            await using var stream = await EventStream.OpenAsync(query.Client, "/api/stream", last);
            for (var left = random.Next(1, 60); left > 0 && (!all.IsCompleted || read.Count < (await all).Count); left--)
                if (await stream.NextAsync() is { } next) read.Add(Sequence(next.Item));
            last = stream.LastId!;
        }
        return read;
    }

    [Fact]
    public async Task With_four_writers_at_once_every_change_comes_once_and_in_order_page_by_page_and_by_stream()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        await using var query = await QueryApi.StartAsync(database);
        var start = (await query.GetAsync(Page("now"))).GetProperty("next").GetString()!;

        var written = new TaskCompletionSource<IReadOnlyList<long>>();
        var readers = new[] { ReadAsync(query, new Random(1), written.Task), ReadAsync(query, new Random(2), written.Task) }
            .Concat(Enumerable.Range(3, 4).Select(seed => FollowAsync(query, start, new Random(seed), written.Task))).ToList();
        await Task.WhenAll(Enumerable.Range(1, 4).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            return seed % 2 == 0 ? DawdleAsync(projection, random, 60)
                : projection.Get<JournalStore>().DeliverAsync(Enumerable.Range(0, 80).SelectMany(_ => Lives.Random(random)), random);
        })));
        var journal = await JournalAsync(database);
        Assert.True(journal.Count > 600, $"Only {journal.Count} changes, which shows little.");
        written.SetResult(journal);
        foreach (var read in await Task.WhenAll(readers)) Assert.Equal(journal, read);
    }

    [Fact]
    public async Task Each_change_shows_its_article_as_it_stands_now_and_of_a_withdrawn_one_no_more_than_that()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var (kept, gone) = (Ids.Article("test:kept"), Ids.Article("test:gone"));
        var content = new ArticleContent { Title = "First", Body = "Body", Url = "https://gazette.example/1", Source = new Source { Domain = "gazette.example" } };
        var topic = new Topic { Id = "medtop:1", Name = "topic 1", Score = 0.5 };
        foreach (var message in new[]
        {
            Lives.Received(kept, 1, content), Lives.Received(gone, 1, content), Lives.Enriched(gone, 1, content, "1.0.0+a", 1, [topic], []),
            Lives.Withdrawn(gone, 1), Lives.Enriched(kept, 1, content, "1.0.0+a", 1, [topic], []), Lives.Received(kept, 2, content with { Title = "Second" }),
        })
            await projection.Get<JournalStore>().CommitAsync([message], default);
        await projection.ProjectedAsync();
        await using var query = await QueryApi.StartAsync(database);

        var items = (await query.GetAsync(Page(null))).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["received", "received", "enriched", "placed", "withdrawn", "placed", "enriched", "placed", "revised"],
            items.Select(item => item.GetProperty("type").GetString()!["article.".Length..]));
        Assert.Equal([null, null, null, "new", null, "withdrawn", null, "new", null], items.Select(item => item.TryGetProperty("change", out var change) ? change.GetString() : null));
        Assert.Equal([null, null, "1.0.0+a", "1.0.0+a", null, null, "1.0.0+a", "1.0.0+a", null], items.Select(item => item.TryGetProperty("model", out var model) ? model.GetString() : null));
        foreach (var article in items.Select(item => item.GetProperty("article")))
            if (article.GetProperty("id").GetGuid() == gone) Assert.Equal($$"""{"id":"{{gone}}","revision":1,"withdrawn":true}""", article.GetRawText());
            else Assert.Equal("Second 2 medtop:1", $"{article.GetProperty("title")} {article.GetProperty("revision")} {article.GetProperty("topics")[0].GetProperty("id")}");

        var withdrawals = await query.GetAsync(Page(null, more: "&type=article.withdrawn"));
        Assert.Equal(gone, Assert.Single(withdrawals.GetProperty("items").EnumerateArray()).GetProperty("article").GetProperty("id").GetGuid());
        Assert.Contains("article.received", await query.RefusedAsync(HttpStatusCode.BadRequest, Page(null, more: "&type=article.unknown")), StringComparison.Ordinal);
        await query.RefusedAsync(HttpStatusCode.BadRequest, Page("nonsense"));
    }

    [Fact]
    public async Task A_change_passes_a_query_that_its_article_meets_now_and_a_withdrawal_passes_any()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        await using var query = await QueryApi.StartAsync(database);
        await using var stream = await EventStream.OpenAsync(query.Client, "/api/stream?q=talk%20-title:weather&topic=peace%20process&type=article.placed&type=article.withdrawn");
        var (talks, weather, changed, gone) = (Ids.Article("test:talks"), Ids.Article("test:weather"), Ids.Article("test:changed"), Ids.Article("test:withdrawn"));
        var topic = new Topic { Id = "medtop:20000073", Name = "peace process", Score = 0.5 };
        var content = new ArticleContent { Title = "They are talking", Body = "Again.", Language = "en" };
        foreach (var message in new[]
        {
            Lives.Enriched(gone, 1, content, "1.0.0+a", 1, [], []), Lives.Withdrawn(gone, 1),
            Lives.Enriched(weather, 1, content with { Title = "Talks of the weather" }, "1.0.0+a", 1, [topic], []),
            Lives.Enriched(changed, 1, content, "1.0.0+a", 1, [topic], []), Lives.Enriched(changed, 2, content with { Title = "They fight", Body = "Again." }, "1.0.0+a", 1, [topic], []),
            Lives.Enriched(talks, 1, content, "1.0.0+a", 1, [topic], []),
        })
            await projection.Get<JournalStore>().CommitAsync([message], default);
        await projection.ProjectedAsync();

        var items = (await query.GetAsync(Page(null, more: "&q=talk%20-title:weather&topic=peace%20process&type=article.placed&type=article.withdrawn"))).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([(gone, "article.withdrawn"), (gone, "article.placed"), (talks, "article.placed")],
            items.Select(item => (item.GetProperty("article").GetProperty("id").GetGuid(), item.GetProperty("type").GetString()!)));

        // The name of the topic was nobody's when the stream began. What stood otherwise when it came by was passed on then.
        var seen = new List<(Guid, string)>();
        while (!seen.Contains((talks, "article.placed")) && seen.Count < 6)
            if (await stream.NextAsync() is { } next) seen.Add((next.Item.GetProperty("article").GetProperty("id").GetGuid(), next.Type));
        Assert.Contains((gone, "article.withdrawn"), seen);
        Assert.Contains((talks, "article.placed"), seen);
        Assert.DoesNotContain(weather, seen.Select(change => change.Item1));

        Assert.Contains("Column", await query.RefusedAsync(HttpStatusCode.BadRequest, Page(null, more: "&q=(talk")), StringComparison.Ordinal);
        await query.RefusedAsync(HttpStatusCode.BadRequest, "/api/stream?q=(talk");
    }

    [Fact]
    public async Task Ten_thousand_changes_are_looked_at_for_an_answer_and_the_next_goes_on_behind_them_although_none_passed()
    {
        var database = await postgres.NewDatabaseAsync();
        await (await Running.ProjectionAsync(database)).DisposeAsync();
        await database.ExecuteAsync("""
            insert into monitoring.mt_streams (id, version) values ('00000000-0000-0000-0000-000000000001', 12000);
            insert into monitoring.mt_events (seq_id, id, stream_id, version, type, data, mt_dotnet_type)
            select n, gen_random_uuid(), '00000000-0000-0000-0000-000000000001', n, case n when 11000 then 'article_withdrawn' else 'article_revised' end, '{}', ''
            from generate_series(1, 12000) n;
            delete from monitoring.mt_event_progression;
            insert into monitoring.mt_event_progression (name, last_seq_id) values ('HighWaterMark', 12000), ('articles:All', 11500)
            """);
        await using var query = await QueryApi.StartAsync(database);

        var first = await query.GetAsync(Page(null, more: "&type=article.withdrawn"));
        Assert.Equal((0, true), (first.GetProperty("items").GetArrayLength(), first.GetProperty("more").GetBoolean()));
        var second = await query.GetAsync(Page(first.GetProperty("next").GetString(), more: "&type=article.withdrawn"));
        Assert.Equal(11000, Sequence(Assert.Single(second.GetProperty("items").EnumerateArray())));
        Assert.False(second.GetProperty("more").GetBoolean());

        // Exactly those looked at are behind the cursor; and what the read models have not taken in yet waits.
        var between = await query.GetAsync(Page(first.GetProperty("next").GetString()));
        Assert.Equal(10_001, Sequence(between.GetProperty("items")[0]));
        Assert.Equal(11_500, Sequence((await query.GetAsync(Page(between.GetProperty("next").GetString()))).GetProperty("items").EnumerateArray().Last()));

        // Read models made anew: progress goes back, a cursor does not.
        await database.ExecuteAsync("update monitoring.mt_event_progression set last_seq_id = 5 where name = 'articles:All'");
        var waiting = await query.GetAsync(Page(second.GetProperty("next").GetString()));
        Assert.Equal((0, second.GetProperty("next").GetString(), false),
            (waiting.GetProperty("items").GetArrayLength(), waiting.GetProperty("next").GetString(), waiting.GetProperty("more").GetBoolean()));
    }

    [Fact]
    public async Task A_place_in_a_journal_that_was_restored_is_gone()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        await projection.Get<JournalStore>().DeliverAsync(Lives.Random(new Random(3)), new Random(1));
        await projection.ProjectedAsync();
        await using var query = await QueryApi.StartAsync(database);
        var cursor = (await query.GetAsync(Page(null))).GetProperty("next").GetString()!;
        await using var open = await EventStream.OpenAsync(query.Client, "/api/stream");

        await database.ExecuteAsync("update monitoring.journal_epoch set epoch = gen_random_uuid()");
        Assert.Null(await open.NextAsync());
        Assert.Contains("after=now", await query.RefusedAsync(HttpStatusCode.Gone, Page(cursor)), StringComparison.Ordinal);
        await query.RefusedAsync(HttpStatusCode.Gone, $"/api/stream?after={cursor}");
        Assert.NotEqual(cursor, (await query.GetAsync(Page("now"))).GetProperty("next").GetString());
    }

    [Fact]
    public async Task While_the_read_models_are_made_anew_the_feed_waits_and_neither_repeats_nor_shows_what_is_not_there()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var journal = projection.Get<JournalStore>();
        var random = new Random(5);
        await journal.DeliverAsync(Enumerable.Range(0, 300).SelectMany(_ => Lives.Random(random)), random);
        await projection.ProjectedAsync();
        await using var query = await QueryApi.StartAsync(database);
        var start = (await query.GetAsync(Page("now"))).GetProperty("next").GetString()!;

        var written = new TaskCompletionSource<IReadOnlyList<long>>();
        var follower = FollowAsync(query, start, new Random(1), written.Task);
        var before = (await JournalAsync(database)).Count;
        projection.Get<RebuildReadModels>().Start();
        var fresh = Enumerable.Range(0, 20).SelectMany(_ => Lives.Random(random)).ToList();
        await journal.DeliverAsync(fresh, random);
        // From the beginning, again and again: whatever is shown has its document.
        while ((await projection.Get<RebuildReadModels>().ProgressAsync(default)).Status == "running")
            foreach (var item in (await query.GetAsync(Page(null, 50))).GetProperty("items").EnumerateArray())
                Assert.NotEqual(0, item.GetProperty("article").GetProperty("revision").GetInt32());
        Assert.Equal("done", (await projection.Get<RebuildReadModels>().ProgressAsync(default)).Status);
        written.SetResult([.. (await JournalAsync(database)).Skip(before)]);
        Assert.Equal(await written.Task, await follower);
    }

    [Fact]
    public async Task A_hundred_clients_ask_the_database_no_more_than_one_and_all_hear_of_a_change()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var query = await QueryApi.StartAsync(database);
        var asked = 0;
        using var meter = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.duration" }) listener.EnableMeasurementEvents(instrument);
            },
        };
        meter.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
                if (tag is { Key: "db.client.connection.pool.name", Value: "query" }) Interlocked.Increment(ref asked);
        });
        meter.Start();

        async Task<int> AskedInASecondAsync()
        {
            var before = Volatile.Read(ref asked);
            await Task.Delay(TimeSpan.FromSeconds(1));
            return Volatile.Read(ref asked) - before;
        }
        var streams = new List<EventStream> { await EventStream.OpenAsync(query.Client, "/api/stream") };
        var one = await AskedInASecondAsync();
        for (var i = 1; i < 100; i++) streams.Add(await EventStream.OpenAsync(query.Client, "/api/stream"));
        var hundred = await AskedInASecondAsync();
        Assert.InRange(one, 3, 15);
        Assert.InRange(hundred, 3, 15);

        var before = Volatile.Read(ref asked);
        await projection.Get<JournalStore>().CommitAsync([Lives.Received(Ids.Article("test:heard"), 1, new ArticleContent { Title = "Heard" })], default);
        foreach (var stream in streams) Assert.Equal("Heard", (await stream.NextAsync())!.Value.Item.GetProperty("article").GetProperty("title").GetString());
        Assert.InRange(Volatile.Read(ref asked) - before, 1, 40);

        // And a service that stops ends them all.
        await query.DisposeAsync();
        foreach (var stream in streams)
        {
            Assert.Null(await stream.NextAsync());
            await stream.DisposeAsync();
        }
    }
}
