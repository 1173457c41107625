using Marten;
using Monitoring.Ingest.Articles;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace Monitoring.Ingest.Feeds;

/// <param name="FeedId">The feed to poll.</param>
/// <param name="Lease">Proves that it is ours: what comes of the poll is kept only while it still is.</param>
public sealed record DueFeed(Guid FeedId, Guid Lease);

/// <summary>
/// When each feed is due, as a work queue in PostgreSQL (FOR UPDATE SKIP LOCKED) that any number of Ingest processes share. A feed
/// is leased for a moment and the lease renewed while the poll lasts: a process that dies loses it, and another polls.
/// </summary>
public sealed class FeedQueue(NpgsqlDataSource database)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>Feeds of one host that are polled at a time, by all processes together.</summary>
    const int MaxPerHost = 2;

    public static void AddTables(StoreOptions options)
    {
        var schedule = new Table("ingest.feed_schedule");
        schedule.AddColumn<Guid>("feed_id").AsPrimaryKey();
        schedule.AddColumn("url_key", "text").NotNull();
        schedule.AddColumn("host", "text").NotNull();
        schedule.AddColumn("due_at", "timestamptz");
        schedule.AddColumn<Guid>("lease");
        schedule.AddColumn("leased_until", "timestamptz");
        schedule.Indexes.Add(new IndexDefinition("feed_schedule_by_url") { Columns = ["url_key"], IsUnique = true });
        schedule.Indexes.Add(new IndexDefinition("feed_schedule_by_due") { Columns = ["due_at"] });
        schedule.Indexes.Add(new IndexDefinition("feed_schedule_by_host") { Columns = ["host", "leased_until"] });
        options.Storage.ExtendedSchemaObjects.Add(schedule);
    }

    /// <summary>The feed at this address, if it is known here.</summary>
    public async Task<Guid?> FindAsync(string url, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select feed_id from ingest.feed_schedule where url_key = $1");
        command.Parameters.Add(new() { Value = Key(url) });
        return await command.ExecuteScalarAsync(cancellation) as Guid?;
    }

    /// <summary>When one is due; null where it is paused or ended.</summary>
    public async Task<DateTimeOffset?> DueAsync(Guid feedId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select due_at from ingest.feed_schedule where feed_id = $1");
        command.Parameters.Add(new() { Value = feedId });
        return await command.ExecuteScalarAsync(cancellation) is DateTime due ? new DateTimeOffset(due) : null;
    }

    /// <summary>When each feed is due; paused and ended ones are not.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> DueAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select feed_id, due_at from ingest.feed_schedule where due_at is not null");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var due = new Dictionary<Guid, DateTimeOffset>();
        while (await reader.ReadAsync(cancellation)) due[reader.GetGuid(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        return due;
    }

    public async Task<IReadOnlyList<DueFeed>> LeaseAsync(int limit, DateTimeOffset now, CancellationToken cancellation)
    {
        // The candidates are few (due and oldest first), so that ranking them by host does not read the whole queue.
        await using var command = database.CreateCommand("""
            with due as (
                select feed_id, host, due_at from ingest.feed_schedule
                where due_at <= $1 and (leased_until is null or leased_until <= $1) order by due_at limit 1000),
            turn as (
                select feed_id, row_number() over (partition by host order by due_at, feed_id)
                    + (select count(*) from ingest.feed_schedule l where l.host = due.host and l.leased_until > $1) as place
                from due)
            update ingest.feed_schedule set lease = gen_random_uuid(), leased_until = $1 + $2
            where feed_id in (
                select s.feed_id from ingest.feed_schedule s join turn t using (feed_id)
                where t.place <= $3 and s.due_at <= $1 and (s.leased_until is null or s.leased_until <= $1)
                order by s.due_at limit $4 for update of s skip locked)
            returning feed_id, lease
            """);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = Lease });
        command.Parameters.Add(new() { Value = MaxPerHost });
        command.Parameters.Add(new() { Value = limit });
        var due = new List<DueFeed>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) due.Add(new DueFeed(reader.GetGuid(0), reader.GetGuid(1)));
        return due;
    }

    /// <returns>False where another has it by now.</returns>
    public async Task<bool> RenewAsync(DueFeed feed, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("update ingest.feed_schedule set leased_until = $3 where feed_id = $1 and lease = $2");
        command.Parameters.Add(new() { Value = feed.FeedId });
        command.Parameters.Add(new() { Value = feed.Lease });
        command.Parameters.Add(new() { Value = now + Lease });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>A host that asked for patience (429, 503) is left alone with all its feeds.</summary>
    public async Task PostponeHostAsync(string url, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("update ingest.feed_schedule set due_at = $2 where host = $1 and due_at < $2");
        command.Parameters.Add(new() { Value = Host(url) });
        command.Parameters.Add(new() { Value = until });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // What FeedStore does to the queue, in the transaction of its events.

    public static NpgsqlCommand Add(Feed feed) => Command(
        "insert into ingest.feed_schedule (feed_id, url_key, host, due_at) values ($1, $2, $3, $4)", feed.Id, Key(feed.Url), Host(feed.Url), feed.NextPoll);

    public static NpgsqlCommand Remove(Guid feedId) => Command("delete from ingest.feed_schedule where feed_id = $1", feedId);

    public static NpgsqlCommand Touch(Guid feedId) => Command("update ingest.feed_schedule set host = host where feed_id = $1", feedId);

    public static NpgsqlCommand Reschedule(Feed feed) => feed.Status == FeedStatus.Active
        ? Command("update ingest.feed_schedule set due_at = $2 where feed_id = $1", feed.Id, feed.NextPoll)
        : Command("update ingest.feed_schedule set due_at = null where feed_id = $1", feed.Id);

    /// <summary>One that was paused meanwhile stays so.</summary>
    public static NpgsqlCommand Settle(Feed feed, Guid lease) => Command("""
        update ingest.feed_schedule set url_key = $3, host = $4, lease = null, leased_until = null,
            due_at = case when due_at is null or not $6 then null else $5 end
        where feed_id = $1 and lease = $2
        """, feed.Id, lease, Key(feed.Url), Host(feed.Url), feed.NextPoll, feed.Status == FeedStatus.Active);

    static NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    public static string Key(string url) => CanonicalUrl.TryCanonicalise(url) is { } canonical ? CanonicalUrl.Key(canonical) : url;

    public static string Host(string url) => new Uri(url).Authority;
}
