using Microsoft.Extensions.Logging.Abstractions;
using Monitoring.Contracts;
using Monitoring.Ingest.Articles;
using Monitoring.Ingest.Sources;
using Npgsql;

namespace Tests.Integration;

/// <summary>What Ingest learns of outlets from their articles, and who falls silent or floods.</summary>
[Collection(nameof(Postgres))]
public class SourceTests(Postgres postgres)
{
    sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;
        public override DateTimeOffset GetUtcNow() => Now;
    }

    static SubmitArticle Article(int number, string domain, string? name = null, string? language = null, DateTimeOffset? published = null)
    {
        var article = new ArticleContent { Title = $"Article {number}", Url = $"https://{domain}/{number}", Source = new Source { Domain = domain, Name = name }, Language = language, Published = published };
        return new(article, ArticleIdentity.Keys(article, null), Restore: false);
    }

    [Fact]
    public async Task An_outlet_is_what_its_articles_say_and_what_a_person_says_first()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var ingest = await Running.IngestAsync(database);
        var sources = ingest.Get<SourceStore>();
        SubmitArticle[] articles =
        [
            Article(1, "gazette.de"), Article(2, "gazette.de", "The Gazette", "en-GB"), Article(3, "gazette.de", "Gazette!", "de"), Article(4, "gazette.de", null, "de-AT"),
            Article(5, "wire.io", "Wire", "fr"), Article(6, "wire.io", published: DateTimeOffset.UtcNow.AddDays(-30)),
        ];
        // In one group and again: what is known already tells nothing.
        foreach (var group in new[] { articles[..2], articles[2..], articles }) await ingest.Get<ArticleStore>().CommitAsync(group, default);

        Assert.Equal(("The Gazette", "DE", "de", SourceState.Normal), await sources.FindAsync("gazette.de", default) is { } gazette ? (gazette.Name, gazette.Country, gazette.Language, gazette.State) : default);
        Assert.Equal(("Wire", null, "fr"), await sources.FindAsync("wire.io", default) is { } wire ? (wire.Name, wire.Country, wire.Language) : default);
        Assert.Null(await sources.FindAsync("other.example", default));
        // What was published a month ago came now, but is no news.
        Assert.Equal(["gazette.de 4", "wire.io 1"], await database.RowsAsync("select domain || ' ' || sum(received) from ingest.source_volume group by domain"));

        await sources.DescribeAsync("wire.io", "Wire Agency", "FR", null, "key", default);
        Assert.Equal(("Wire Agency", "FR", "fr"), await sources.FindAsync("wire.io", default) is { } said ? (said.Name, said.Country, said.Language) : default);
        await sources.DescribeAsync("wire.io", null, null, "en", "key", default);
        Assert.Equal(("Wire", null, "en"), await sources.FindAsync("wire.io", default) is { } unsaid ? (unsaid.Name, unsaid.Country, unsaid.Language) : default);
        Assert.Equal(2, await database.CountAsync("ingest.mt_events where type = 'source_described'"));
    }

    [Fact]
    public async Task One_process_tells_once_who_fell_silent_floods_and_is_back()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var ingest = await Running.IngestAsync(database);
        var clock = new Clock(new DateTimeOffset(2026, 3, 2, 12, 30, 0, TimeSpan.Zero));
        SourceWatch Watch() => new(ingest.Store, ingest.Get<NpgsqlDataSource>(), clock, NullLogger<SourceWatch>.Instance);
        Task VolumeAsync(string domain, string from, string to, int received) => database.ExecuteAsync(
            $"insert into ingest.source_volume select '{domain}', hour, {received} from generate_series(timestamptz '{from}Z', '{to}Z', '1 hour') hour");
        await database.ExecuteAsync("insert into ingest.watched_hours select generate_series(timestamptz '2026-01-20 00:00Z', '2026-03-02 11:00Z', '1 hour')");
        await database.ExecuteAsync("insert into ingest.sources (domain, first_seen) select unnest(array['calm.example', 'flood.example', 'new.example', 'silent.example']), '2026-01-20Z'");
        await VolumeAsync("calm.example", "2026-01-20 00:00", "2026-03-02 12:00", 10);
        await VolumeAsync("silent.example", "2026-01-20 00:00", "2026-03-02 06:00", 10);
        await VolumeAsync("flood.example", "2026-01-20 00:00", "2026-03-02 11:00", 10);
        await VolumeAsync("flood.example", "2026-03-02 12:00", "2026-03-02 12:00", 200);
        await VolumeAsync("new.example", "2026-03-02 12:00", "2026-03-02 12:00", 500);

        var told = (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Watch().LookAsync(default))))).SelectMany(alarms => alarms).ToList();
        told.AddRange(await Watch().LookAsync(default));
        Assert.Equal(["new.example", "flood.example", "silent.example"], told.Select(alarm => alarm switch { SourceFellSilent s => s.Domain, SourceFlooded f => f.Domain, _ => "?" }).OrderByDescending(domain => domain == "new.example").ThenBy(domain => domain));
        var silent = Assert.Single(told.OfType<SourceFellSilent>());
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero), silent.Since);
        Assert.InRange(silent.Expected, 45, 50);
        Assert.Equal(SourceState.Silent, (await ingest.Get<SourceStore>().FindAsync("silent.example", default))!.State);

        var data = ingest.Get<NpgsqlDataSource>();
        Assert.Equal(["silent", "flooding", "flooding"], (await SourceEndpoints.ListAlarmsAsync(data, true, 10, null, default)).Items.Select(item => item.Kind).OrderDescending());
        Assert.All((await SourceEndpoints.ListAlarmsAsync(data, false, 10, null, default)).Items, item => Assert.True(item.Standing));

        // Two hours on the one is back and the other has calmed down.
        clock.Now = clock.Now.AddHours(2);
        await VolumeAsync("silent.example", "2026-03-02 14:00", "2026-03-02 14:00", 3);
        await VolumeAsync("flood.example", "2026-03-02 13:00", "2026-03-02 14:00", 9);
        var after = await Watch().LookAsync(default);
        Assert.Equal(["flood.example Flooding", "new.example Flooding", "silent.example Silent"], after.Cast<SourceRecovered>().Select(alarm => $"{alarm.Domain} {alarm.From}"));
        Assert.Empty((await SourceEndpoints.ListAlarmsAsync(data, true, 10, null, default)).Items);

        // All of it, newest first, page by page.
        var (kinds, cursor) = (new List<string>(), default(string));
        do
        {
            var page = await SourceEndpoints.ListAlarmsAsync(data, false, 4, cursor, default);
            kinds.AddRange(page.Items.Select(item => item.Kind));
            Assert.All(page.Items, item => Assert.False(item.Standing));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(6, kinds.Count);
        Assert.All(kinds[..3], kind => Assert.Equal("recovered", kind));
        // What no profile needs any more is gone.
        Assert.Equal(0, await database.CountAsync("ingest.source_volume where hour < '2026-02-01'"));
    }
}
