using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace Monitoring.Alerts.Subscriptions;

/// <summary>
/// Changes to subscriptions, each with a new version of the set, which matching compares with what it has in memory: it sees a
/// subscription from the moment its creation was answered, and reads the set only when it has changed.
/// </summary>
public sealed class SubscriptionStore(IDocumentStore store, NpgsqlDataSource database)
{
    public static void AddTables(StoreOptions options)
    {
        var version = new Table("alerts.subscription_version");
        version.AddColumn<int>("id").AsPrimaryKey();
        version.AddColumn<long>("version").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(version);
    }

    public async Task CreateAsync(Guid id, SubscriptionCreated created, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        session.Events.StartStream<Subscription>(id, created);
        await SaveAsync(session, cancellation);
    }

    /// <returns>False where there is none.</returns>
    public async Task<bool> DeleteAsync(Guid id, SubscriptionDeleted deleted, CancellationToken cancellation) => await AppendAsync(id, deleted, cancellation);

    public async Task DisableAsync(Guid id, SubscriptionDisabled disabled, CancellationToken cancellation) => await AppendAsync(id, disabled, cancellation);

    async Task<bool> AppendAsync(Guid id, object happened, CancellationToken cancellation)
    {
        // Marten starts the stream it does not find, and refuses to start one of this id.
        if (id == Guid.Empty) return false;
        await using var session = store.LightweightSession();
        var stream = await session.Events.FetchForExclusiveWriting<Subscription>(id, cancellation);
        if (stream.Aggregate is null) return false;
        stream.AppendOne(happened);
        await SaveAsync(session, cancellation);
        return true;
    }

    public async Task<Subscription?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<Subscription>(id, cancellation);
    }

    public async Task<IReadOnlyList<Subscription>> AllAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.Query<Subscription>().OrderBy(subscription => subscription.Created).ToListAsync(cancellation);
    }

    public async Task<long> VersionAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select version from alerts.subscription_version");
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }

    static async Task SaveAsync(IDocumentSession session, CancellationToken cancellation)
    {
        session.QueueSqlCommand("""
            insert into alerts.subscription_version as v (id, version) values (1, 1) on conflict (id) do update set version = v.version + 1
            """);
        await session.SaveChangesAsync(cancellation);
    }
}
