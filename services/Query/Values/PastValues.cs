using System.Runtime.InteropServices;
using Monitoring.Query.Search;
using Monitoring.ReadModels;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Values;

/// <summary>
/// How many articles were known to have a topic or an entity at an earlier moment: those that have it and to which nothing has
/// happened since, and those that have changed since and had it then, made anew from the journal. What is withdrawn by now does not count.
/// </summary>
sealed class PastValues(PastArticles past, NpgsqlDataSource database)
{
    /// <param name="kind">topic or entity.</param>
    /// <param name="id">The value.</param>
    /// <param name="has">Whether an article has it.</param>
    /// <param name="then">The moment.</param>
    /// <param name="range">Which timeline.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Hosting.ProblemException">422: too many articles have changed since.</exception>
    public async Task<(long Articles, ValueTimeline Timeline)> AsOfAsync(
        string kind, string id, Func<Article, bool> has, DateTimeOffset then, ValueTimeline.Range range, CancellationToken cancellation)
    {
        var changed = await past.ChangedSinceAsync(then, cancellation);
        await using var command = database.CreateCommand($"""
            select r.hour, count(*) from {Schema}.article_{kind} r join {Schema}.article_heads h using (article_id)
            where r.value = $1 and h.changed_at <= $2 group by r.hour
            """);
        foreach (var value in new object[] { id, then }) command.Parameters.AddWithValue(value);
        var hours = new Dictionary<DateTimeOffset, long>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) hours.Add(reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt64(1));
        foreach (var article in changed.Where(has))
            CollectionsMarshal.GetValueRefOrAddDefault(hours, ValueTimeline.Begin(article.Dated!.Value, TimeSpan.FromHours(1)), out _)++;
        return (hours.Values.Sum(), ValueTimeline.Of(hours, range));
    }
}
