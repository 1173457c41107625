using Marten;
using Monitoring.Hosting;
using Npgsql;

namespace Monitoring.Ingest.Feeds;

/// <summary>Appends what happens to feeds, and keeps the queue in step with it in the same transaction.</summary>
public sealed class FeedStore(IDocumentStore store, NpgsqlDataSource database, FeedQueue queue)
{
    /// <summary>Adds it, due at once.</summary>
    /// <exception cref="ProblemException">409 where its address is known already.</exception>
    public async Task<Feed> AddAsync(Guid id, FeedAdded added, CancellationToken cancellation)
    {
        if (await queue.FindAsync(added.Url, cancellation) is { } known) throw Known(known);
        var feed = Feed.After(null, id, added)!;
        try
        {
            await AppendAsync(id, [added], FeedQueue.Add(feed), cancellation);
            return feed;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw Known(await queue.FindAsync(added.Url, cancellation) ?? id);
        }
    }

    /// <summary>The feed at this address, if it is known here.</summary>
    public Task<Guid?> FindByUrlAsync(string url, CancellationToken cancellation) => queue.FindAsync(url, cancellation);

    /// <summary>A decision of a person.</summary>
    /// <exception cref="ProblemException">404 where there is no such feed.</exception>
    public async Task<Feed> ChangeAsync(Guid id, object happened, CancellationToken cancellation)
    {
        var feed = await LoadAsync(id, cancellation);
        var after = Feed.After(feed, id, happened);
        await AppendAsync(id, [happened], after is null ? FeedQueue.Remove(id) : happened is FeedChanged ? FeedQueue.Touch(id) : FeedQueue.Reschedule(after), cancellation);
        return after ?? feed;
    }

    /// <summary>Due now, without an event: that it was polled will be one.</summary>
    public async Task PollNowAsync(Feed feed, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = FeedQueue.Reschedule(feed with { NextPoll = now });
        command.Connection = connection;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What came of a poll.</summary>
    /// <returns>False, and nothing is kept, where the lease was lost to another process or the feed was removed.</returns>
    public Task<bool> SettleAsync(Feed before, DueFeed due, IReadOnlyList<object> happened, CancellationToken cancellation) =>
        AppendAsync(before.Id, happened, FeedQueue.Settle(happened.Aggregate(before, (feed, e) => Feed.After(feed, feed.Id, e)!), due.Lease), cancellation);

    /// <summary>What its hub brought; its turn to be polled stays as it is.</summary>
    public Task<bool> AppendAsync(Feed feed, FeedPolled polled, CancellationToken cancellation) =>
        AppendAsync(feed.Id, [polled], FeedQueue.Touch(feed.Id), cancellation);

    async Task<bool> AppendAsync(Guid id, IReadOnlyList<object> happened, NpgsqlCommand queued, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (queued)
        {
            queued.Connection = connection;
            if (await queued.ExecuteNonQueryAsync(cancellation) == 0) return false;
        }
        await using var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction));
        session.Events.Append(id, happened);
        await session.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <exception cref="ProblemException">404 where there is no such feed.</exception>
    public async Task<Feed> LoadAsync(Guid id, CancellationToken cancellation) => await FindAsync(id, cancellation) ?? throw new ProblemException(404, $"No feed {id} is known here.", "id");

    public async Task<Feed?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<Feed>(id, cancellation);
    }

    /// <summary>In order of addition.</summary>
    public async Task<IReadOnlyList<Feed>> AllAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.Query<Feed>().OrderBy(feed => feed.Added).ThenBy(feed => feed.Id).ToListAsync(cancellation);
    }

    internal static ProblemException Known(Guid id) => new(409, $"This feed is here already, as {id}.", "url");
}
