using Microsoft.Extensions.Caching.Memory;
using Monitoring.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace Monitoring.Gateway.Keys;

/// <summary>The keys of this installation, in <c>gateway.api_keys</c>.</summary>
public sealed class KeyStore(NpgsqlDataSource database, IMemoryCache cache, IConfiguration configuration, TimeProvider time) : IHostedService
{
    /// <summary>How long a revocation may take to be noticed by every gateway.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    const string Columns = "id, hash, name, scopes, sources, rate, created_at, expires_at, revoked_at";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var create = database.CreateCommand("""
            create table if not exists gateway.api_keys (
                id text primary key, hash bytea not null, name text not null, scopes text[] not null, sources text[] not null, rate integer,
                created_at timestamptz not null, expires_at timestamptz, revoked_at timestamptz)
            """);
        await create.ExecuteNonQueryAsync(cancellationToken);
        // The key an installation begins with. One that was revoked stays revoked.
        if (configuration["Gateway:InitialKey"] is not { Length: > 0 } text) return;
        var key = KeyText.Parse(text) ?? throw new InvalidOperationException("Gateway:InitialKey must look like mon_{id}_{secret}, with 32 characters of secret or more.");
        await AddAsync(new ApiKey(key.Id, key.Hash(), "initial", [Scopes.Admin], [], null, time.GetUtcNow(), null, null), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task AddAsync(ApiKey key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"insert into gateway.api_keys ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing");
        command.Parameters.Add(new() { Value = key.Id });
        command.Parameters.Add(new() { Value = key.Hash });
        command.Parameters.Add(new() { Value = key.Name });
        command.Parameters.Add(new() { Value = key.Scopes.ToArray() });
        command.Parameters.Add(new() { Value = key.Sources.ToArray() });
        command.Parameters.Add(new() { Value = (object?)key.Rate ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = key.Created });
        command.Parameters.Add(new() { Value = (object?)key.Expires ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = (object?)key.Revoked ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>From memory for a few seconds, unknown ids too: guessing costs the database little.</summary>
    public async ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancellation) =>
        await cache.GetOrCreateAsync(("api-key", id), async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Remembered;
            entry.Size = 1;
            await using var command = database.CreateCommand($"select {Columns} from gateway.api_keys where id = $1");
            command.Parameters.Add(new() { Value = id });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await reader.ReadAsync(cancellation) ? Read(reader) : null;
        });

    public async Task<IReadOnlyList<ApiKey>> AllAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Columns} from gateway.api_keys order by created_at");
        var keys = new List<ApiKey>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) keys.Add(Read(reader));
        return keys;
    }

    /// <returns>False where there is no such key, or it was revoked before.</returns>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("update gateway.api_keys set revoked_at = $2 where id = $1 and revoked_at is null");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        var revoked = await command.ExecuteNonQueryAsync(cancellation) > 0;
        cache.Remove(("api-key", id));
        return revoked;
    }

    static ApiKey Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetString(2), row.GetFieldValue<string[]>(3), row.GetFieldValue<string[]>(4),
        row.IsDBNull(5) ? null : row.GetInt32(5), row.GetFieldValue<DateTimeOffset>(6),
        row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8));
}
