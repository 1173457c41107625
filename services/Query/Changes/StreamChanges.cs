using System.Diagnostics;
using System.Runtime.CompilerServices;
using Monitoring.Hosting;
using Monitoring.Query.Articles;
using Monitoring.Query.Search;

namespace Monitoring.Query.Changes;

/// <summary><c>GET /api/stream</c>: the same changes as Server-Sent Events, as they come.</summary>
public static class StreamChanges
{
    /// <summary>How old <c>now</c> may become in a query of a stream.</summary>
    static readonly TimeSpan BoundFor = TimeSpan.FromMinutes(1);

    public static void MapStreamChanges(this IEndpointRouteBuilder app) => app.MapGet("/api/stream", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Changes").WithName("stream-changes")
        .WithSummary("Changes as they come, as Server-Sent Events")
        .WithDescription("""
            Each event's id is the cursor that GET /api/changes gives too; its name is the type, its data the item. Send the last id
            back in Last-Event-ID to go on without gap or repeat, or a cursor in after; without either only what comes from now on.
            The filters are those of GET /api/changes. A comment comes every 15 seconds in which there is no event. After a restore of
            the database old ids are answered with 410.
            """)
        .Produces<string>(StatusCodes.Status200OK, ServerSentEvents.ContentType)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status410Gone).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="http">The request.</param>
    /// <param name="journal">What happened.</param>
    /// <param name="follower">What happens.</param>
    /// <param name="filter">Of which articles.</param>
    /// <param name="index">Knows names.</param>
    /// <param name="time">For the heartbeat and for <c>now</c> in a query.</param>
    /// <param name="lifetime">Ends the stream when the service stops.</param>
    /// <param name="after">A cursor to begin behind; Last-Event-ID comes first.</param>
    /// <param name="type">article.received, article.revised, article.enriched, article.withdrawn or article.placed.</param>
    static async Task HandleAsync(
        HttpContext http, JournalReader journal, JournalFollower follower, [AsParameters] ArticleFilter filter, SearchIndex index, TimeProvider time, IHostApplicationLifetime lifetime,
        string? after = null, string[]? type = null)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        Task<ChangeFilter> BindAsync() => ChangeFilter.OfAsync(type, filter, index, time.GetUtcNow(), ending.Token);
        var asked = await BindAsync();
        var end = await journal.EndAsync(ending.Token);
        var start = JournalPosition.Read(http.Request.LastEventId() ?? (after is "now" or "latest" ? null : after))?.In(end.Epoch) ?? end;
        var changes = follower.FollowAsync(start, ServerSentEvents.Heartbeat, ending.Token);
        await http.SendEventsAsync(start.ToString(), EventsAsync(changes, asked, BindAsync, time, ending.Token), ending.Token);
    }

    /// <summary>
    /// Those that pass; null where for the length of a heartbeat none did. A query with names is bound anew for each stretch that was
    /// read: the first article on a topic brings its name along.
    /// </summary>
    static async IAsyncEnumerable<ServerSentEvent?> EventsAsync(
        IAsyncEnumerable<Change?> changes, ChangeFilter filter, Func<Task<ChangeFilter>> bind, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (silentSince, boundAt) = (time.GetTimestamp(), Stopwatch.GetTimestamp());
        await foreach (var change in changes.WithCancellation(cancellation))
        {
            if (change is not null && (filter.HasNames ? boundAt < change.ReadAt : Stopwatch.GetElapsedTime(boundAt) > BoundFor))
                (boundAt, filter) = (Stopwatch.GetTimestamp(), await bind());
            var passes = change is not null && filter.Passes(change);
            if (!passes && change is not null && time.GetElapsedTime(silentSince) < ServerSentEvents.Heartbeat) continue;
            silentSince = time.GetTimestamp();
            yield return passes ? change!.ToEvent() : null;
        }
    }
}
