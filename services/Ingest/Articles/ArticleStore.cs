using Marten;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.Ingest.Sources;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

namespace Monitoring.Ingest.Articles;

/// <summary>Appends what a group of commands decides: events, heads and keys in one transaction, one group at a time.</summary>
public sealed class ArticleStore(IDocumentStore store, NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Kept beside the events: who is known by which key, and what the next decision needs to know.</summary>
    public static void AddTables(StoreOptions options)
    {
        var heads = new Table("ingest.article_heads");
        heads.AddColumn<Guid>("article_id").AsPrimaryKey();
        heads.AddColumn<int>("revision").NotNull();
        heads.AddColumn("hash", "bytea").NotNull();
        heads.AddColumn<bool>("withdrawn").NotNull();
        heads.AddColumn<string>("source");
        heads.AddColumn("discoveries", "uuid[]");

        var keys = new Table("ingest.article_keys");
        keys.AddColumn("key", "text").AsPrimaryKey();
        keys.AddColumn<Guid>("article_id").NotNull();

        options.Storage.ExtendedSchemaObjects.Add(heads);
        options.Storage.ExtendedSchemaObjects.Add(keys);
    }

    /// <summary>"ingest" in ASCII: one group over all Ingest processes decides at a time, so that no two make the same article.</summary>
    const long Lock = 0x696e67657374;

    public async Task<IReadOnlyList<ArticleDecision>> CommitAsync(IReadOnlyList<ArticleCommand> commands, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (heads, keys) = await LoadAsync(connection, commands, cancellation);
        await using var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction));

        var now = time.GetUtcNow();
        var changed = new Dictionary<Guid, ArticleHead>();
        var newKeys = new Dictionary<string, Guid>();
        var decisions = new ArticleDecision[commands.Count];
        for (var i = 0; i < commands.Count; i++)
        {
            var command = commands[i];
            var before = Find(command, heads, keys);
            var decision = decisions[i] = Decide(command, before, now);
            if (decision.Head is { } head && head != before) changed[head.Id] = heads[head.Id] = head;
            if (decision.Event is { } happened)
                session.Events.Append(decision.Head!.Id, Stored(session, Id(decision.Head, happened), happened).WithTrace(command.TraceParent));
            if (decision.Discovered is { } discovered)
                session.Events.Append(decision.Head!.Id, Stored(session, discovered.Discovery.Id(decision.Head.Id), discovered).WithTrace(command.TraceParent));
            if (command is SubmitArticle && decision.Head is { } known)
                foreach (var key in command.Keys)
                    if (keys.TryAdd(key, known.Id)) newKeys.Add(key, known.Id);
        }
        await session.SaveChangesAsync(cancellation);
        await SaveAsync(connection, changed, newKeys, Received(commands, decisions), now, cancellation);
        await transaction.CommitAsync(cancellation);
        return decisions;
    }

    static ArticleDecision Decide(ArticleCommand command, ArticleHead? head, DateTimeOffset now) => command switch
    {
        SubmitArticle submit => ArticleDecider.Decide(head, submit, now),
        WithdrawArticle withdraw => ArticleDecider.Decide(head, withdraw, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    static ArticleHead? Find(ArticleCommand command, Dictionary<Guid, ArticleHead> heads, Dictionary<string, Guid> keys)
    {
        if (command is WithdrawArticle { Id: { } id }) return heads.GetValueOrDefault(id);
        foreach (var key in command.Asked())
            if (keys.TryGetValue(key, out var found)) return heads[found];
        return null;
    }

    static Guid Id(ArticleHead head, object happened) =>
        happened is ArticleWithdrawn ? Ids.Withdrawal(head.Id, head.Revision) : Ids.Revision(head.Id, head.Revision);

    static JasperFx.Events.IEvent Stored(IDocumentSession session, Guid id, object happened)
    {
        var stored = session.Events.BuildEvent(happened);
        stored.Id = id;
        return stored;
    }

    static async Task<(Dictionary<Guid, ArticleHead> Heads, Dictionary<string, Guid> Keys)> LoadAsync(
        NpgsqlConnection connection, IReadOnlyList<ArticleCommand> commands, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select pg_advisory_xact_lock({Lock})"),
                new("""
                    select k.key, h.article_id, h.revision, h.hash, h.withdrawn, h.source, h.discoveries
                    from ingest.article_keys k join ingest.article_heads h using (article_id) where k.key = any($1)
                    union all
                    select null, h.article_id, h.revision, h.hash, h.withdrawn, h.source, h.discoveries
                    from ingest.article_heads h where h.article_id = any($2)
                    """)
                {
                    Parameters =
                    {
                        new() { Value = commands.SelectMany(command => command.Asked()).Distinct().ToArray() },
                        new() { Value = commands.OfType<WithdrawArticle>().Select(command => command.Id).OfType<Guid>().ToArray() },
                    },
                },
            },
        };
        var heads = new Dictionary<Guid, ArticleHead>();
        var keys = new Dictionary<string, Guid>();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetGuid(1);
            if (!reader.IsDBNull(0)) keys[reader.GetString(0)] = id;
            heads[id] = new ArticleHead(id, reader.GetInt32(2), reader.GetFieldValue<byte[]>(3), reader.GetBoolean(4),
                reader.IsDBNull(5) ? null : reader.GetString(5))
            {
                Discoveries = reader.IsDBNull(6) ? [] : reader.GetFieldValue<Guid[]>(6),
            };
        }
        return (heads, keys);
    }

    static async Task SaveAsync(
        NpgsqlConnection connection, Dictionary<Guid, ArticleHead> changed, Dictionary<string, Guid> keys, IEnumerable<ArticleContent> received,
        DateTimeOffset now, CancellationToken cancellation)
    {
        if (changed.Count == 0 && keys.Count == 0) return;
        var heads = changed.Values;
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("""
                    insert into ingest.article_heads (article_id, revision, hash, withdrawn, source, discoveries)
                    select id, revision, hash, withdrawn, source, discoveries::uuid[]
                    from unnest($1, $2, $3, $4, $5, $6) as head (id, revision, hash, withdrawn, source, discoveries)
                    on conflict (article_id) do update
                    set revision = excluded.revision, hash = excluded.hash, withdrawn = excluded.withdrawn, source = excluded.source,
                        discoveries = excluded.discoveries
                    """)
                {
                    Parameters =
                    {
                        new() { Value = heads.Select(head => head.Id).ToArray() },
                        new() { Value = heads.Select(head => head.Revision).ToArray() },
                        new() { Value = heads.Select(head => head.Hash).ToArray() },
                        new() { Value = heads.Select(head => head.Withdrawn).ToArray() },
                        new() { Value = heads.Select(head => head.Source).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                        // An array of arrays would be unnested to its end.
                        new() { Value = heads.Select(head => $"{{{string.Join(',', head.Discoveries)}}}").ToArray() },
                    },
                },
                new("insert into ingest.article_keys (key, article_id) select * from unnest($1, $2)")
                {
                    Parameters = { new() { Value = keys.Keys.ToArray() }, new() { Value = keys.Values.ToArray() } },
                },
            },
        };
        SourceStore.Learn(batch, received, now);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    static IEnumerable<ArticleContent> Received(IReadOnlyList<ArticleCommand> commands, ArticleDecision[] decisions) =>
        commands.Zip(decisions).Where(pair => pair.Second.Status == ArticleStatus.Received).Select(pair => ((SubmitArticle)pair.First).Article);
}
