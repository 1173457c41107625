using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Monitoring.Hosting;

namespace Monitoring.Ingest.Feeds;

/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Url">Its feed.</param>
/// <param name="Title">As the file names it.</param>
/// <param name="Status">added, known or rejected.</param>
/// <param name="Id">The feed, unless rejected.</param>
/// <param name="Problem">Why it was rejected.</param>
public sealed record OpmlLineResult(int Line, string? Url, string? Title, string Status, Guid? Id = null, string? Problem = null);

/// <param name="Added">Feeds that are new here.</param>
/// <param name="Known">Feeds that were here already.</param>
/// <param name="Rejected">Lines that name no feed.</param>
/// <param name="Items">Line by line, in order.</param>
public sealed record OpmlReport(int Added, int Known, int Rejected, IReadOnlyList<OpmlLineResult> Items);

/// <summary><c>/api/feeds/opml</c>: lists of feeds in and out, as every reader writes and reads them. Folders are labels.</summary>
public static class OpmlEndpoints
{
    const int MaxBytes = 15 << 20;
    static readonly string[] MediaTypes = ["text/x-opml", "application/xml"];

    public static void MapOpml(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/feeds/opml").RequireAuthorization(Scopes.Ingest).WithTags("Feeds")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("", ImportAsync).WithName("import-opml").WithSummary("Follow all feeds of an OPML file")
            .WithDescription("What can be read is added; the report says of each line what became of it. The feeds are first read by the poller, not now.")
            .Accepts<string>(MediaTypes[0], MediaTypes[1], "text/xml").Produces<OpmlReport>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        group.MapGet("", async (FeedStore feeds, TimeProvider time, CancellationToken cancellation) => Results.File(
                Encoding.UTF8.GetBytes(Opml.Write((await feeds.AllAsync(cancellation)).Select(Outline), "Feeds of Monitoring", time.GetUtcNow())), MediaTypes[0], "feeds.opml"))
            .WithName("export-opml").WithSummary("All feeds as OPML 2.0").Produces<string>(StatusCodes.Status200OK, MediaTypes[0]);
    }

    /// <param name="http">The request.</param>
    /// <param name="completion">For all feeds of the file: never, whenShort or always.</param>
    /// <param name="intervalMinutes">For all feeds of the file: shortest time between two polls, 1 to 1440.</param>
    /// <param name="feeds">All feeds.</param>
    /// <param name="time">Now.</param>
    /// <param name="user">Who adds them.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<OpmlReport> ImportAsync(
        HttpContext http, string? completion, double? intervalMinutes, FeedStore feeds, TimeProvider time, ClaimsPrincipal user, CancellationToken cancellation)
    {
        var settings = new FeedInput(null, null, null, Chosen(completion), intervalMinutes, null).Over(new FeedSettings());
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxBytes;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancellation);
        var lines = Opml.Read(body.ToArray(), http.Request.ContentType);
        if (lines.Count == 0) throw new ProblemException(400, "The file holds no outline of a feed (an outline element with an xmlUrl attribute).", "body");
        var items = new List<OpmlLineResult>(lines.Count);
        foreach (var line in lines) items.Add(await AddAsync(line, settings, feeds, time.GetUtcNow(), FeedEndpoints.By(user), cancellation));
        return new OpmlReport(Count("added"), Count("known"), Count("rejected"), items);

        int Count(string status) => items.Count(item => item.Status == status);
    }

    // As in JSON, where names begin with a small letter: the framework binds a query only in the letters of the code.
    static Completion? Chosen(string? completion) => completion is null ? null
        : Enum.GetValues<Completion>().Cast<Completion?>().FirstOrDefault(value => Json.Name(value!.Value) == completion)
            ?? throw new ProblemException(400, $"completion must be one of {string.Join(", ", Enum.GetValues<Completion>().Select(Json.Name))}.", "completion");

    static async Task<OpmlLineResult> AddAsync(OpmlLine line, FeedSettings settings, FeedStore feeds, DateTimeOffset now, string by, CancellationToken cancellation)
    {
        try
        {
            if (line.Problem is not null) return Rejected(line.Problem);
            var address = FeedInput.Address(line.Url);
            if (await feeds.FindByUrlAsync(address.AbsoluteUri, cancellation) is { } known) return new OpmlLineResult(line.Line, line.Url, line.Title, "known", known);
            var named = new FeedInput(null, line.Title, line.Folders, null, null, null).Over(settings);
            var feed = await feeds.AddAsync(Guid.CreateVersion7(now), new FeedAdded(address.AbsoluteUri, named, now, by), cancellation);
            return new OpmlLineResult(line.Line, line.Url, line.Title, "added", feed.Id);
        }
        catch (ProblemException problem)
        {
            return Rejected(problem.Message);
        }

        OpmlLineResult Rejected(string reason) => new(line.Line, line.Url, line.Title, "rejected", Problem: reason);
    }

    static OpmlFeed Outline(Feed feed) =>
        new(feed.Url, feed.Settings.Title ?? feed.Description?.Title, feed.Description?.Link, feed.Settings.Folders ?? []);
}
