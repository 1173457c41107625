using Marten;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Projection.Journal;

/// <param name="ArticleId">The article it is about.</param>
/// <param name="Message">A record of Contracts.</param>
/// <param name="TraceParent">W3C trace context of its delivery.</param>
public sealed record JournalMessage(Guid ArticleId, object Message, string? TraceParent);

/// <summary>
/// The journal's one appender: takes each fact once, decides where the article stands, and commits both together. What was
/// stored before is dropped by id beforehand; the unique index is only the backstop, because each violation stalls the daemon.
/// </summary>
public sealed class JournalStore(IDocumentStore store, NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>"journal" in ASCII: two appenders may overlap for a moment when the active consumer changes.</summary>
    const long Lock = 0x6a6f75726e616c;

    public static void AddTables(StoreOptions options)
    {
        var heads = new Table($"{Schema}.article_heads");
        heads.AddColumn<Guid>("article_id").AsPrimaryKey();
        heads.AddColumn<int>("revision").NotNull();
        heads.AddColumn("received_at", "timestamptz");
        heads.AddColumn<int>("enriched_revision").NotNull();
        heads.AddColumn<int>("enriched_generation").NotNull();
        heads.AddColumn("enriched_model", "text");
        heads.AddColumn<int>("withdrawn_revision").NotNull();
        heads.AddColumn<int>("placed_revision").NotNull();
        heads.AddColumn<bool>("placed_withdrawn").NotNull();
        // The time of the first and of the last event of the article: who asks for the past learns what has changed since.
        heads.AddColumn("first_at", "timestamptz").NotNull().DefaultValueByExpression("now()");
        heads.AddColumn("changed_at", "timestamptz").NotNull().DefaultValueByExpression("now()");
        heads.Indexes.Add(new IndexDefinition("article_heads_by_change") { Columns = ["changed_at"] });
        options.Storage.ExtendedSchemaObjects.Add(heads);
    }

    /// <returns>For each message whether it brought anything new.</returns>
    public async Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<JournalMessage> messages, CancellationToken cancellation)
    {
        var facts = messages.Select(message => JournalDecider.Facts(message.Message)).ToList();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (known, heads) = await LoadAsync(connection, messages, facts, cancellation);
        await using var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction));

        var now = time.GetUtcNow();
        var changed = new HashSet<Guid>();
        var brought = new bool[messages.Count];
        for (var i = 0; i < messages.Count; i++)
        {
            var (articleId, _, traceParent) = messages[i];
            var head = heads.GetValueOrDefault(articleId) ?? new JournalHead(articleId);
            var news = facts[i].Where(fact => known.Add(fact.Id)).ToList();
            if (news.Count == 0) continue;
            head = news.Aggregate(head, (before, fact) => JournalDecider.After(before, fact.Fact));
            if (JournalDecider.Place(head, now) is { } placement)
            {
                news.Add(placement);
                head = JournalDecider.After(head, placement.Fact);
            }
            session.Events.Append(articleId, news.Select(fact => Stored(session, fact, traceParent)));
            heads[articleId] = head;
            changed.Add(articleId);
            brought[i] = true;
        }
        await session.SaveChangesAsync(cancellation);
        await SaveAsync(connection, [.. changed.Select(id => heads[id])], cancellation);
        await transaction.CommitAsync(cancellation);
        return brought;
    }

    static JasperFx.Events.IEvent Stored(IDocumentSession session, JournalEntry entry, string? traceParent)
    {
        var stored = session.Events.BuildEvent(entry.Fact);
        stored.Id = entry.Id;
        return stored.WithTrace(traceParent);
    }

    static async Task<(HashSet<Guid> Known, Dictionary<Guid, JournalHead> Heads)> LoadAsync(
        NpgsqlConnection connection, IReadOnlyList<JournalMessage> messages, List<IReadOnlyList<JournalEntry>> facts, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select pg_advisory_xact_lock({Lock})"),
                new($"select id from {Schema}.mt_events where id = any($1)")
                {
                    Parameters = { new() { Value = facts.SelectMany(entries => entries).Select(entry => entry.Id).Distinct().ToArray() } },
                },
                new($"""
                    select article_id, revision, received_at, enriched_revision, enriched_generation, enriched_model, withdrawn_revision,
                           placed_revision, placed_withdrawn
                    from {Schema}.article_heads where article_id = any($1)
                    """)
                {
                    Parameters = { new() { Value = messages.Select(message => message.ArticleId).Distinct().ToArray() } },
                },
            },
        };
        var known = new HashSet<Guid>();
        var heads = new Dictionary<Guid, JournalHead>();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) known.Add(reader.GetGuid(0));
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            heads.Add(reader.GetGuid(0), new JournalHead(
                reader.GetGuid(0), reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetInt32(3), reader.GetInt32(4), reader.IsDBNull(5) ? null : reader.GetString(5),
                reader.GetInt32(6), reader.GetInt32(7), reader.GetBoolean(8)));
        return (known, heads);
    }

    static async Task SaveAsync(NpgsqlConnection connection, IReadOnlyList<JournalHead> heads, CancellationToken cancellation)
    {
        if (heads.Count == 0) return;
        await using var command = new NpgsqlCommand($"""
            insert into {Schema}.article_heads (article_id, revision, received_at, enriched_revision, enriched_generation, enriched_model,
                                                withdrawn_revision, placed_revision, placed_withdrawn)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (article_id) do update set
                revision = excluded.revision, received_at = excluded.received_at, enriched_revision = excluded.enriched_revision,
                enriched_generation = excluded.enriched_generation, enriched_model = excluded.enriched_model,
                withdrawn_revision = excluded.withdrawn_revision, placed_revision = excluded.placed_revision,
                placed_withdrawn = excluded.placed_withdrawn, changed_at = now()
            """, connection);
        command.Parameters.Add(new() { Value = heads.Select(head => head.ArticleId).ToArray() });
        command.Parameters.Add(new() { Value = heads.Select(head => head.Revision).ToArray() });
        command.Parameters.Add(new() { Value = heads.Select(head => head.ReceivedAt).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = heads.Select(head => head.EnrichedRevision).ToArray() });
        command.Parameters.Add(new() { Value = heads.Select(head => head.EnrichedGeneration).ToArray() });
        command.Parameters.Add(new() { Value = heads.Select(head => head.EnrichedModel).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = heads.Select(head => head.WithdrawnRevision).ToArray() });
        command.Parameters.Add(new() { Value = heads.Select(head => head.PlacedRevision).ToArray() });
        command.Parameters.Add(new() { Value = heads.Select(head => head.PlacedWithdrawn).ToArray() });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
