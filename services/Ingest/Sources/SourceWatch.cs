using Marten;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Npgsql;

namespace Monitoring.Ingest.Sources;

/// <summary>Looks every five minutes whether an outlet fell silent, floods or is back. One of several processes does.</summary>
public sealed class SourceWatch(IDocumentStore store, NpgsqlDataSource database, TimeProvider time, ILogger<SourceWatch> log) : BackgroundService
{
    /// <summary>"source" in ASCII: only one looks at a time.</summary>
    const long Lock = 0x736f75726365;

    static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>What a profile covers, the hour before now and the one that runs.</summary>
    const int Hours = VolumeProfile.Days * 24 + 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                foreach (var alarm in await LookAsync(stoppingToken))
                {
                    log.LogInformation("{Alarm}", alarm);
                    Metrics.SourceAlarms.Add(1, new KeyValuePair<string, object?>("kind", Kind(alarm)));
                }
            }
            catch (Exception fault) when (Transient.Is(fault))
            {
                log.LogWarning("Outlets were not looked at: {Reason}", fault.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal static string Kind(object alarm) => alarm switch
    {
        SourceFellSilent => "silent",
        SourceFlooded => "flooding",
        _ => "recovered",
    };

    /// <summary>What changed; empty where another process looks right now.</summary>
    public async Task<IReadOnlyList<object>> LookAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var start = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(1 - Hours);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var turn = new NpgsqlCommand($"select pg_try_advisory_xact_lock({Lock})", connection))
            if (!(bool)(await turn.ExecuteScalarAsync(cancellation))!) return [];

        var watched = await WatchedAsync(connection, start, now, cancellation);
        var alarms = (await VolumesAsync(connection, start, watched, cancellation))
            .Select(outlet => (outlet.Domain, Id: Guid.CreateVersion7(now), Alarm: SourceAlarm.Decide(outlet.Domain, outlet.State, outlet.Volume, now)))
            .Where(outlet => outlet.Alarm is not null).OrderBy(outlet => outlet.Domain, StringComparer.Ordinal).ToList();

        await using var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction));
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (domain, id, alarm) in alarms)
        {
            var stored = session.Events.BuildEvent(alarm!);
            stored.Id = id;
            session.Events.Append(Ids.Source(domain), stored);
            SourceState? state = alarm switch { SourceFellSilent => SourceState.Silent, SourceFlooded => SourceState.Flooding, _ => null };
            batch.BatchCommands.Add(new("update ingest.sources set state = $2, alarm_id = $3 where domain = $1")
            {
                Parameters =
                {
                    new() { Value = domain },
                    new() { Value = state?.ToString() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                    new() { Value = state is null ? DBNull.Value : id, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid },
                },
            });
        }
        await session.SaveChangesAsync(cancellation);
        if (alarms.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return [.. alarms.Select(outlet => outlet.Alarm!)];
    }

    // This hour is watched from now on, and what no profile needs any more goes.
    static async Task<bool[]> WatchedAsync(NpgsqlConnection connection, DateTimeOffset start, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("delete from ingest.source_volume where hour < $1") { Parameters = { new() { Value = start } } },
                new("delete from ingest.watched_hours where hour < $1") { Parameters = { new() { Value = start } } },
                new("insert into ingest.watched_hours values (date_trunc('hour', $1, 'UTC')) on conflict do nothing") { Parameters = { new() { Value = now } } },
                new("select hour from ingest.watched_hours"),
            },
        };
        var watched = new bool[Hours];
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if ((int)(reader.GetFieldValue<DateTimeOffset>(0) - start).TotalHours is >= 0 and < Hours and var hour) watched[hour] = true;
        return watched;
    }

    // An outlet without an article in all that time has no profile, and its alarm, if any, stands.
    static async Task<IReadOnlyList<(string Domain, SourceState State, Volume Volume)>> VolumesAsync(
        NpgsqlConnection connection, DateTimeOffset start, bool[] watched, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select v.domain, s.state, s.first_seen, array_agg(v.hour), array_agg(v.received)
            from ingest.source_volume v join ingest.sources s on s.domain = v.domain where v.hour >= $1 group by v.domain, s.state, s.first_seen
            """, connection);
        command.Parameters.Add(new() { Value = start });
        var outlets = new List<(string, SourceState, Volume)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var first = (int)(reader.GetFieldValue<DateTimeOffset>(2) - start).TotalHours;
            var hours = new int?[Hours];
            for (var hour = Math.Max(0, first); hour < Hours; hour++)
                if (watched[hour]) hours[hour] = 0;
            foreach (var (hour, received) in reader.GetFieldValue<DateTime[]>(3).Zip(reader.GetFieldValue<int[]>(4)))
                if ((int)(hour - start.UtcDateTime).TotalHours is >= 0 and < Hours and var index) hours[index] = received;
            outlets.Add((reader.GetString(0), SourceStore.State(reader.IsDBNull(1) ? null : reader.GetString(1)), new Volume(start, hours)));
        }
        return outlets;
    }
}
