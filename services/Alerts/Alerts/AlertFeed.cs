using System.Runtime.CompilerServices;
using Npgsql;

namespace Monitoring.Alerts.Alerts;

/// <param name="Sequence">Its place in the order of all alerts.</param>
/// <param name="Json">The alert as it was raised.</param>
public sealed record FeedItem(long Sequence, string Json);

/// <summary>
/// Alerts in the order they were raised, from any point on, without gap or repeat: never beyond the daemon's high-water mark,
/// because transactions do not commit in the order of their sequence numbers.
/// </summary>
public sealed class AlertFeed(NpgsqlDataSource database, TimeProvider time)
{
    const int PageSize = 200;

    /// <summary>A look at one row, ten times a second for each client that follows.</summary>
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>The latest alert's place: where a client begins that does not say where it ended.</summary>
    public async Task<long> HighWaterAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select last_seq_id from alerts.mt_event_progression where name = 'HighWaterMark'");
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }

    /// <param name="after">The last one seen.</param>
    /// <param name="subscription">Of this subscription only.</param>
    /// <param name="heartbeat">Yields null whenever nothing came for as long.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<FeedItem?> FollowAsync(
        long after, Guid? subscription, TimeSpan heartbeat, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var quietSince = time.GetTimestamp();
        while (!cancellation.IsCancellationRequested)
        {
            var mark = await HighWaterAsync(cancellation);
            var page = mark > after ? await PageAsync(after, mark, subscription, cancellation) : [];
            foreach (var item in page) yield return item;
            if (page.Count == PageSize)
            {
                after = page[^1].Sequence;
                continue;
            }
            after = Math.Max(after, mark);
            if (page.Count > 0) quietSince = time.GetTimestamp();
            else if (time.GetElapsedTime(quietSince) >= heartbeat)
            {
                quietSince = time.GetTimestamp();
                yield return null;
            }
            await Task.Delay(Interval, time, cancellation);
        }
    }

    async Task<List<FeedItem>> PageAsync(long after, long mark, Guid? subscription, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select e.seq_id, jsonb_build_object('id', e.stream_id, 'subscription', e.data -> 'subscription', 'article', e.data -> 'article',
                                                'reasons', e.data -> 'reasons', 'raised', e.data -> 'at')::text
            from alerts.mt_events e
            where e.type = 'alert_raised' and e.seq_id > $1 and e.seq_id <= $2 and ($3 is null or (e.data -> 'subscription' ->> 'id')::uuid = $3)
            order by e.seq_id limit {PageSize}
            """);
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = mark });
        command.Parameters.Add(new() { Value = (object?)subscription ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        var page = new List<FeedItem>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) page.Add(new FeedItem(reader.GetInt64(0), reader.GetString(1)));
        return page;
    }
}
