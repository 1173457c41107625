using Marten;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

namespace Monitoring.Ingest.Feeds.WebSub;

/// <summary>Keeps what stands between feeds and their hubs; what happens to a subscription and its event are one transaction.</summary>
public sealed class HubStore(IDocumentStore store, NpgsqlDataSource database, PublicAddress address, TimeProvider time) : IDisposable
{
    static readonly string[] On = ["requested", "verified"];

    readonly SemaphoreSlim more = new(0);

    public static void AddTables(StoreOptions options)
    {
        var subscriptions = new Table("ingest.hub_subscriptions");
        subscriptions.AddColumn<Guid>("feed_id").AsPrimaryKey();
        subscriptions.AddColumn("hub", "text").NotNull();
        subscriptions.AddColumn("topic", "text").NotNull();
        subscriptions.AddColumn("secret", "text").NotNull();
        subscriptions.AddColumn("callback_token", "text").NotNull();
        subscriptions.AddColumn("state", "text").NotNull();
        subscriptions.AddColumn("requested_at", "timestamptz");
        subscriptions.AddColumn("lease_until", "timestamptz");
        subscriptions.AddColumn("next_attempt_at", "timestamptz").NotNull();
        subscriptions.AddColumn<int>("attempts").NotNull();
        subscriptions.AddColumn("problem", "text");
        subscriptions.Indexes.Add(new IndexDefinition("hub_subscriptions_by_token") { Columns = ["callback_token"], IsUnique = true });
        subscriptions.Indexes.Add(new IndexDefinition("hub_subscriptions_by_attempt") { Columns = ["next_attempt_at"] });
        options.Storage.ExtendedSchemaObjects.Add(subscriptions);
    }

    /// <summary>After a poll: the feed is to be subscribed at this hub, or at none. Does nothing where nobody outside can call us.</summary>
    /// <param name="feedId">The feed.</param>
    /// <param name="hub">As the feed names it (rel="hub").</param>
    /// <param name="topic">The address that the feed calls its own (rel="self"), else where it was polled.</param>
    /// <param name="cancellation">Ends with the poll.</param>
    public async Task EnsureAsync(Guid feedId, string? hub, string? topic, CancellationToken cancellation)
    {
        if (address.Address is null) return;
        var now = time.GetUtcNow();
        var named = HubSubscription.IsUsable(hub) && HubSubscription.IsUsable(topic) ? HubSubscription.New(feedId, hub!, topic!, now) : null;
        await DecideAsync("feed_id = $1", feedId, known => HubSubscription.Ensure(known, named, now), cancellation);
    }

    /// <summary>The feed is not to be followed any more. The hub is told, once.</summary>
    public Task LeaveAsync(Guid feedId, string reason, CancellationToken cancellation) =>
        DecideAsync("feed_id = $1", feedId, known => known?.Leave(reason, time.GetUtcNow()), cancellation);

    public async Task<HubSubscription?> FindAsync(string token, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await LoadAsync(connection, "callback_token = $1", token, cancellation);
    }

    /// <summary>The hub asks back or refuses; see <see cref="HubSubscription.Asked"/>.</summary>
    public Task<HubStep?> AskedAsync(string token, string? mode, string? topic, long? leaseSeconds, string? reason, CancellationToken cancellation) => DecideAsync(
        "callback_token = $1", token, known => known?.Asked(mode, topic, leaseSeconds, reason, time.GetUtcNow(), Random.Shared.NextDouble()), cancellation);

    /// <summary>Decides one that is due and that no other process holds; any one, so that one that cannot be decided does not hold up the others.</summary>
    /// <returns>Null where none is due.</returns>
    public Task<HubStep?> NextDueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return DecideAsync("state <> 'ended' and next_attempt_at <= $1 order by random() limit 1", now, due => due?.Due(now, Random.Shared.NextDouble()), cancellation, "skip locked");
    }

    /// <summary>Nobody outside can call us any more.</summary>
    public async Task EndAllAsync(string reason, CancellationToken cancellation)
    {
        while (await DecideAsync("state = any($1) limit 1", On, one => one?.End(reason, time.GetUtcNow()), cancellation) is not null)
        {
        }
    }

    /// <summary>Keeps what went wrong, for the reason given at the end.</summary>
    public async Task NoteAsync(HubSubscription subscription, string problem, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("update ingest.hub_subscriptions set problem = $2 where callback_token = $1 and state in ('requested', 'verified')");
        command.Parameters.Add(new() { Value = subscription.Token });
        command.Parameters.Add(new() { Value = problem });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Until something is new to do, or half a minute: renewals fall due by themselves, and other processes subscribe feeds too.</summary>
    public Task WaitAsync(CancellationToken cancellation) => more.WaitAsync(TimeSpan.FromSeconds(30), cancellation);

    async Task<HubStep?> DecideAsync<T>(string condition, T value, Func<HubSubscription?, HubStep?> decide, CancellationToken cancellation, string locking = "")
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var known = await LoadAsync(connection, $"{condition} for update {locking}", value, cancellation);
        if (decide(known) is not { } step) return null;
        if (step.Next == known) return step;
        await SaveAsync(connection, step.Next, cancellation);
        if (step.Happened is { } happened && await HoldAsync(connection, step.Next.FeedId, cancellation))
        {
            await using var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction));
            session.Events.Append(step.Next.FeedId, happened);
            await session.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        if (step.Next.NextAttemptAt <= time.GetUtcNow() && more.CurrentCount == 0) more.Release();
        return step;
    }

    // Until the end of the transaction, so that what happens to the feed is appended one after another; of one that was removed nothing more is told.
    static async Task<bool> HoldAsync(NpgsqlConnection connection, Guid feedId, CancellationToken cancellation)
    {
        await using var touch = FeedQueue.Touch(feedId);
        touch.Connection = connection;
        return await touch.ExecuteNonQueryAsync(cancellation) == 1;
    }

    static async Task<HubSubscription?> LoadAsync<T>(NpgsqlConnection connection, string condition, T value, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            select feed_id, hub, topic, secret, callback_token, state, requested_at, lease_until, next_attempt_at, attempts, problem
            from ingest.hub_subscriptions where {condition}
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<T>() { TypedValue = value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        return new HubSubscription(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4))
        {
            State = Enum.Parse<HubState>(reader.GetString(5), ignoreCase: true),
            RequestedAt = reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6),
            LeaseUntil = reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7),
            NextAttemptAt = reader.GetFieldValue<DateTimeOffset>(8),
            Attempts = reader.GetInt32(9),
            Problem = reader.IsDBNull(10) ? null : reader.GetString(10),
        };
    }

    static async Task SaveAsync(NpgsqlConnection connection, HubSubscription subscription, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            insert into ingest.hub_subscriptions (feed_id, hub, topic, secret, callback_token, state, requested_at, lease_until, next_attempt_at, attempts, problem)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (feed_id) do update set hub = excluded.hub, topic = excluded.topic, secret = excluded.secret, callback_token = excluded.callback_token,
                state = excluded.state, requested_at = excluded.requested_at, lease_until = excluded.lease_until, next_attempt_at = excluded.next_attempt_at,
                attempts = excluded.attempts, problem = excluded.problem
            """, connection)
        {
            Parameters =
            {
                new() { Value = subscription.FeedId },
                new() { Value = subscription.Hub },
                new() { Value = subscription.Topic },
                new() { Value = subscription.Secret },
                new() { Value = subscription.Token },
                new() { Value = subscription.State.ToString().ToLowerInvariant() },
                new() { Value = subscription.RequestedAt ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = subscription.LeaseUntil ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = subscription.NextAttemptAt },
                new() { Value = subscription.Attempts },
                new() { Value = subscription.Problem ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public void Dispose() => more.Dispose();
}
