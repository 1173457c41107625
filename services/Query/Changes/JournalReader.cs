using System.Data;
using System.Text.Json;
using Monitoring.Hosting;
using Monitoring.ReadModels;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Changes;

/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends, and the next one begins.</param>
/// <param name="Items">What was asked for of all that happened between them, in order.</param>
/// <param name="More">Whether there is more behind it already.</param>
sealed record Stretch<T>(JournalPosition From, JournalPosition To, IReadOnlyList<T> Items, bool More);

/// <summary>
/// Walks the journal by number. Transactions do not commit in the order of their numbers, so it never goes beyond the daemon's
/// high-water mark, below which nothing is to come any more; nor beyond what the read models have taken in, so that an article is
/// shown at least as new as the change. While they are made anew, it waits.
/// </summary>
sealed class JournalReader(NpgsqlDataSource database)
{
    /// <summary>Events looked at for one answer, whether or not they are asked for.</summary>
    public const int MaxLooked = 10_000;

    /// <summary>Articles in memory at a time: one may have a megabyte.</summary>
    const int MinChunk = 100, MaxChunk = 500;

    sealed record Entry(JournalPosition Position, string Type, DateTimeOffset At, Guid ArticleId, string? Change, string? Model);

    /// <summary>Up to where one may read. 503 before Projection's first start.</summary>
    public async Task<JournalPosition> EndAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await EndAsync(connection, cancellation);
    }

    static async Task<JournalPosition> EndAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            select epoch, coalesce((select min(p.last_seq_id) from {Schema}.mt_event_progression p
                                    where p.name in ('HighWaterMark', '{Projection}:All') having count(*) = 2), 0)
            from ({JournalEpoch.Select}) e (epoch)
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new(reader.GetString(0), reader.GetInt64(1))
            : throw new ProblemException(503, "The journal is being set up. Try again shortly.");
    }

    /// <param name="after">Where to begin; null at the beginning. 410 where it is of another epoch.</param>
    /// <param name="types">Of these only, as the journal names them.</param>
    /// <param name="select">What to keep of a change; null to leave it out.</param>
    /// <param name="limit">At most as many items.</param>
    /// <param name="cancellation">Ends with the request.</param>
    public async Task<Stretch<T>> ReadAsync<T>(JournalPosition? after, IReadOnlyCollection<string> types, Func<Change, T?> select, int limit, CancellationToken cancellation)
        where T : class
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        // One snapshot for the mark, the events and the documents: a rebuild takes them back together.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var end = await EndAsync(connection, cancellation);
        var from = after?.In(end.Epoch) ?? end with { Sequence = 0 };
        var (at, looked, items) = (from.Sequence, 0, new List<T>());
        while (at < end.Sequence && looked < MaxLooked)
        {
            var size = Math.Min(Math.Clamp(limit, MinChunk, MaxChunk), MaxLooked - looked);
            var entries = await EntriesAsync(connection, end with { Sequence = at }, end.Sequence, size, cancellation);
            foreach (var change in await ChangesAsync(connection, [.. entries.Where(entry => types.Contains(entry.Type))], cancellation))
                if (select(change) is { } item)
                {
                    items.Add(item);
                    if (items.Count == limit) return Until(change.Position.Sequence);
                }
            (at, looked) = (entries.Count < size ? end.Sequence : entries[^1].Position.Sequence, looked + entries.Count);
        }
        return Until(at);

        Stretch<T> Until(long sequence) => new(from, end with { Sequence = sequence }, items, sequence < end.Sequence);
    }

    static async Task<List<Entry>> EntriesAsync(NpgsqlConnection connection, JournalPosition after, long end, int limit, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            select seq_id, type, timestamp, stream_id,
                   case type when 'article_placed' then data ->> 'change' end,
                   case type when 'article_placed' then data ->> 'model' when 'article_enriched' then data -> 'enrichment' ->> 'model' end
            from {Schema}.mt_events where seq_id > $1 and seq_id <= $2 order by seq_id limit $3
            """, connection)
        {
            Parameters = { new() { Value = after.Sequence }, new() { Value = end }, new() { Value = limit } },
        };
        var entries = new List<Entry>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            entries.Add(new(after with { Sequence = reader.GetInt64(0) }, reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetGuid(3), Text(reader, 4), Text(reader, 5)));
        return entries;

        static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    static async Task<IEnumerable<Change>> ChangesAsync(NpgsqlConnection connection, IReadOnlyList<Entry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0) return [];
        await using var command = new NpgsqlCommand($"select data::text from {Schema}.mt_doc_article where id = any($1)", connection)
        {
            Parameters = { new() { Value = entries.Select(entry => entry.ArticleId).Distinct().ToArray() } },
        };
        var articles = new Dictionary<Guid, Article>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                if (JsonSerializer.Deserialize<Article>(reader.GetFieldValue<byte[]>(0), Json.Options) is { } article) articles.Add(article.Id, article);
        // An article without a document is one whose events could not be applied and lie with the dead letters.
        return entries.Select(entry => new Change(
            entry.Position, entry.Type, entry.At, entry.Change, entry.Model, articles.GetValueOrDefault(entry.ArticleId) ?? new Article { Id = entry.ArticleId }));
    }
}
