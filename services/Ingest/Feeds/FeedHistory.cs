using Marten;
using Monitoring.Hosting;

namespace Monitoring.Ingest.Feeds;

/// <param name="Version">1, 2, …</param>
/// <param name="At">When it was stored.</param>
/// <param name="Type">feed_added, feed_polled, feed_failed, …</param>
/// <param name="Data">What happened.</param>
public sealed record FeedHistoryItem(long Version, DateTimeOffset At, string Type, object Data);

/// <param name="Items">Newest first.</param>
/// <param name="Next">Pass as <c>before</c> for the page that follows; absent on the last.</param>
public sealed record FeedHistoryPage(IReadOnlyList<FeedHistoryItem> Items, long? Next);

/// <summary><c>GET /api/feeds/{id}/history</c>: all that happened to a feed, kept also after it was removed.</summary>
public static class FeedHistory
{
    public static void MapFeedHistory(this IEndpointRouteBuilder app) => app.MapGet("/api/feeds/{id:guid}/history", HandleAsync)
        .RequireAuthorization(Scopes.Ingest).WithTags("Feeds").WithName("feed-history").WithSummary("All that happened to a feed, newest first")
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="id">The feed.</param>
    /// <param name="store">Its events.</param>
    /// <param name="before">Only what came before this version.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<FeedHistoryPage> HandleAsync(Guid id, IDocumentStore store, long? before, int limit = 50, CancellationToken cancellation = default)
    {
        if (limit is < 1 or > 200) throw new ProblemException(400, "The limit must be 1 to 200.", "limit");
        await using var session = store.QuerySession();
        var state = await session.Events.FetchStreamStateAsync(id, cancellation) ?? throw new ProblemException(404, $"No feed {id} is known here.", "id");
        var last = before is { } given ? Math.Min(given - 1, state.Version) : state.Version;
        if (last < 1) return new FeedHistoryPage([], null);
        var events = await session.Events.FetchStreamAsync(id, version: last, fromVersion: Math.Max(1, last - limit + 1), token: cancellation);
        var items = events.Where(e => e.EventTypeName.StartsWith("feed_", StringComparison.Ordinal)).OrderByDescending(e => e.Version)
            .Select(e => new FeedHistoryItem(e.Version, e.Timestamp, e.EventTypeName, e.Data)).ToArray();
        if (items.Length == 0) throw new ProblemException(404, $"No feed {id} is known here.", "id");
        return new FeedHistoryPage(items, items[^1].Version > 1 ? items[^1].Version : null);
    }
}
