using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Marten;
using Monitoring.Hosting;
using Monitoring.Ingest.Feeds.Parsing;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace Monitoring.Ingest.Feeds;

/// <param name="Entry">As parsed.</param>
/// <param name="Key">What tells it from the others of its feed.</param>
/// <param name="Hash">Of all it says.</param>
/// <param name="Attempts">How often its page could not be fetched.</param>
/// <param name="Seen">Whether the feed had it before.</param>
public sealed record FeedEntry(ParsedEntry Entry, Guid Key, Guid Hash, int Attempts = 0, bool Seen = false)
{
    public static FeedEntry From(ParsedEntry entry) => new(
        entry,
        Digest(Encoding.UTF8.GetBytes(entry.Id ?? entry.Link ?? $"{entry.Title}\n{entry.Summary}")),
        Digest(JsonSerializer.SerializeToUtf8Bytes(entry, Json.Options)));

    static Guid Digest(byte[] bytes) => new(SHA256.HashData(bytes).AsSpan(0, 16));
}

/// <summary>
/// Which entries of a feed were taken, and what they said: most of each answer was in the one before, and costs no submission and
/// no page.
/// </summary>
public sealed class EntryStore(NpgsqlDataSource database)
{
    /// <summary>Entries that a feed has not shown for so long are forgotten; if they come again, identity knows their articles.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    public static void AddTables(StoreOptions options)
    {
        var entries = new Table("ingest.feed_entries");
        entries.AddColumn<Guid>("feed_id").AsPrimaryKey();
        entries.AddColumn<Guid>("key").AsPrimaryKey();
        entries.AddColumn<Guid>("hash").NotNull();
        entries.AddColumn<int>("attempts").NotNull();
        entries.AddColumn("seen_at", "timestamptz").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(entries);
    }

    /// <summary>Those that are new or say something new, with their attempts so far.</summary>
    public async Task<IReadOnlyList<FeedEntry>> ChangedAsync(Guid feedId, IReadOnlyList<FeedEntry> entries, DateTimeOffset now, CancellationToken cancellation)
    {
        var keys = entries.Select(entry => entry.Key).ToArray();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("update ingest.feed_entries set seen_at = $3 where feed_id = $1 and key = any($2) and seen_at < $4")
        {
            Parameters = { new() { Value = feedId }, new() { Value = keys }, new() { Value = now }, new() { Value = now.AddDays(-1) } },
        });
        batch.BatchCommands.Add(new("select key, hash, attempts from ingest.feed_entries where feed_id = $1 and key = any($2)")
        {
            Parameters = { new() { Value = feedId }, new() { Value = keys } },
        });
        var known = new Dictionary<Guid, (Guid Hash, int Attempts)>();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) known[reader.GetGuid(0)] = (reader.GetGuid(1), reader.GetInt32(2));
        return [.. entries.Where(entry => !known.TryGetValue(entry.Key, out var before) || before.Hash != entry.Hash)
            .Select(entry => known.TryGetValue(entry.Key, out var before) ? entry with { Attempts = before.Attempts, Seen = true } : entry)];
    }

    /// <summary>With the hash of the entry where it was taken; one to be tried again is kept without (<see cref="Guid.Empty"/>).</summary>
    public async Task SaveAsync(Guid feedId, IReadOnlyList<FeedEntry> entries, DateTimeOffset now, CancellationToken cancellation)
    {
        if (entries.Count == 0) return;
        await using var command = database.CreateCommand("""
            insert into ingest.feed_entries (feed_id, key, hash, attempts, seen_at)
            select $1, key, hash, attempts, $5 from unnest($2, $3, $4) as e (key, hash, attempts)
            on conflict (feed_id, key) do update set hash = excluded.hash, attempts = excluded.attempts, seen_at = excluded.seen_at
            """);
        command.Parameters.Add(new() { Value = feedId });
        command.Parameters.Add(new() { Value = entries.Select(entry => entry.Key).ToArray() });
        command.Parameters.Add(new() { Value = entries.Select(entry => entry.Hash).ToArray() });
        command.Parameters.Add(new() { Value = entries.Select(entry => entry.Attempts).ToArray() });
        command.Parameters.Add(new() { Value = now });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task ForgetAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("delete from ingest.feed_entries where seen_at < $1");
        command.Parameters.Add(new() { Value = now - Kept });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
