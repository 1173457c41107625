using System.Security.Claims;
using Monitoring.Hosting;
using Monitoring.Ingest.Feeds.WebSub;

namespace Monitoring.Ingest.Feeds;

/// <summary><c>/api/feeds</c></summary>
public static class FeedEndpoints
{
    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/feeds").RequireAuthorization(Scopes.Ingest).WithTags("Feeds")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("", AddAsync).WithName("add-feed").WithSummary("Follow a feed, or the feed of a page")
            .WithDescription("It is read once to see that it is one, and polled from then on. Of a page, its main feed is added; `others` names the rest.")
            .Produces<FeedAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("", ListAsync).WithName("list-feeds").WithSummary("All feeds with their health");
        group.MapGet("/{id:guid}", async (Guid id, FeedStore feeds, FeedQueue queue, TimeProvider time, CancellationToken cancellation) =>
                await AnswerAsync(await feeds.LoadAsync(id, cancellation), queue, time, cancellation))
            .WithName("get-feed").WithSummary("A feed with its health").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("/{id:guid}", ChangeAsync).WithName("change-feed").WithSummary("Change what you decide about a feed; what is absent stays")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id:guid}", async (Guid id, FeedStore feeds, HubStore hubs, TimeProvider time, ClaimsPrincipal user, CancellationToken cancellation) =>
            {
                await feeds.ChangeAsync(id, new FeedRemoved(time.GetUtcNow(), By(user)), cancellation);
                await hubs.LeaveAsync(id, "The feed was removed.", cancellation);
                return TypedResults.NoContent();
            })
            .WithName("remove-feed").WithSummary("Stop following a feed; its articles stay").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{id:guid}/pause", async (Guid id, FeedStore feeds, HubStore hubs, FeedQueue queue, TimeProvider time, ClaimsPrincipal user, CancellationToken cancellation) =>
            {
                var feed = await feeds.ChangeAsync(id, new FeedPaused(time.GetUtcNow(), By(user)), cancellation);
                await hubs.LeaveAsync(id, "The feed is paused.", cancellation);
                return await AnswerAsync(feed, queue, time, cancellation);
            })
            .WithName("pause-feed").WithSummary("Stop polling for the time being").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{id:guid}/resume", async (Guid id, FeedStore feeds, FeedQueue queue, TimeProvider time, ClaimsPrincipal user, CancellationToken cancellation) =>
                await AnswerAsync(await feeds.ChangeAsync(id, new FeedResumed(time.GetUtcNow(), By(user)), cancellation), queue, time, cancellation))
            .WithName("resume-feed").WithSummary("Poll again, from now on; also one that was gone").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{id:guid}/poll", PollAsync).WithName("poll-feed").WithSummary("Poll now").Produces<FeedAnswer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    static async Task<IResult> AddAsync(
        FeedInput input, AddFeed add, FeedQueue queue, TimeProvider time, ClaimsPrincipal user, CancellationToken cancellation)
    {
        var added = await add.AddAsync(input, By(user), cancellation);
        return TypedResults.Created($"/api/feeds/{added.Feed.Id}", await AnswerAsync(added.Feed, queue, time, cancellation) with { Others = added.Others.Count > 0 ? added.Others : null });
    }

    /// <param name="folder">Only those with this label.</param>
    /// <param name="failing">Only those that fail, or only those that do not.</param>
    /// <param name="feeds">All of them.</param>
    /// <param name="queue">When they are due.</param>
    /// <param name="time">Now.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<FeedList> ListAsync(string? folder, bool? failing, FeedStore feeds, FeedQueue queue, TimeProvider time, CancellationToken cancellation)
    {
        var due = await queue.DueAsync(cancellation);
        return new FeedList([.. (await feeds.AllAsync(cancellation))
            .Where(feed => folder is null || feed.Settings.Folders?.Contains(folder) == true)
            .Where(feed => failing is null || failing == feed.Failure is not null)
            .Select(feed => feed.Answer(due.TryGetValue(feed.Id, out var at) ? at : null, time.GetUtcNow()))]);
    }

    static async Task<FeedAnswer> ChangeAsync(
        Guid id, FeedInput input, FeedStore feeds, FeedQueue queue, TimeProvider time, ClaimsPrincipal user, CancellationToken cancellation)
    {
        if (input.Url is not null) throw new ProblemException(400, "A feed's address is what it is: add the other one, and remove this.", "url");
        var feed = await feeds.LoadAsync(id, cancellation);
        var changed = new FeedChanged(input.Over(feed.Settings), time.GetUtcNow(), By(user));
        return await AnswerAsync(changed.Settings == feed.Settings ? feed : await feeds.ChangeAsync(id, changed, cancellation), queue, time, cancellation);
    }

    static async Task<IResult> PollAsync(Guid id, FeedStore feeds, FeedQueue queue, TimeProvider time, CancellationToken cancellation)
    {
        var feed = await feeds.LoadAsync(id, cancellation);
        if (feed.Status != FeedStatus.Active) throw new ProblemException(409, $"The feed is {Json.Name(feed.Status)}. Resume it first.", "id");
        await feeds.PollNowAsync(feed, time.GetUtcNow(), cancellation);
        return TypedResults.Accepted($"/api/feeds/{id}", await AnswerAsync(feed, queue, time, cancellation));
    }

    static async Task<FeedAnswer> AnswerAsync(Feed feed, FeedQueue queue, TimeProvider time, CancellationToken cancellation) =>
        feed.Answer(await queue.DueAsync(feed.Id, cancellation), time.GetUtcNow());

    internal static string By(ClaimsPrincipal user) => user.FindFirstValue("sub") ?? "unknown";
}
