using System.Net;
using System.Text;
using Monitoring.Hosting;
using Monitoring.Ingest.Feeds.Parsing;
using Monitoring.Ingest.Fetching;

namespace Monitoring.Ingest.Feeds;

/// <summary>From an address that a person typed to a feed: it is one, or it is a page that names one, or one lies where they usually do.</summary>
public sealed class AddFeed(FeedStore feeds, FeedQueue queue, Fetcher fetcher, TimeProvider time)
{
    /// <param name="Feed">Added.</param>
    /// <param name="Others">Further feeds that the page names.</param>
    public sealed record Added(Feed Feed, IReadOnlyList<FeedCandidate> Others);

    /// <exception cref="ProblemException">409 where it is here already; 422 where no feed was found, with the reason.</exception>
    public async Task<Added> AddAsync(FeedInput input, string by, CancellationToken cancellation)
    {
        var address = input.Address();
        var settings = input.Over(new FeedSettings());
        if (await queue.FindAsync(address.AbsoluteUri, cancellation) is { } known) throw FeedStore.Known(known);
        var (found, others) = await FindAsync(address, cancellation);
        var now = time.GetUtcNow();
        return new Added(await feeds.AddAsync(Guid.CreateVersion7(now), new FeedAdded(found.AbsoluteUri, settings, now, by), cancellation), others);
    }

    /// <summary>Somebody waits: a server that answers slowly is not asked for all that it may have.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    async Task<(Uri Feed, IReadOnlyList<FeedCandidate> Others)> FindAsync(Uri address, CancellationToken cancellation)
    {
        var until = time.GetUtcNow() + Patience;
        var page = await fetcher.GetAsync(address, PollFeed.Accept, null, cancellation);
        if (page.Error is not null) throw new ProblemException(422, page.Error, "url");
        if (IsFeed(page)) return (page.MovedTo ?? address, []);

        var candidates = FeedDiscovery.Find(Charset.Decode(page.Body, page.ContentType).Text, page.Address);
        foreach (var candidate in candidates.Take(5))
        {
            if (time.GetUtcNow() < until && Uri.TryCreate(candidate.Url, UriKind.Absolute, out var named) && await IsFeedAsync(named, cancellation))
                return (named, [.. candidates.Where(other => other != candidate)]);
        }
        foreach (var usual in FeedDiscovery.UsualPaths(page.Address))
            if (time.GetUtcNow() < until && await IsFeedAsync(usual, cancellation)) return (usual, []);
        throw new ProblemException(422, $"{address} is no feed, names none, and none is where feeds usually are.", "url");
    }

    async Task<bool> IsFeedAsync(Uri address, CancellationToken cancellation) => IsFeed(await fetcher.GetAsync(address, PollFeed.Accept, null, cancellation));

    static bool IsFeed(Fetched fetched) =>
        fetched is { Status: HttpStatusCode.OK, Error: null } && FeedParser.Parse(fetched.Body, fetched.ContentType, fetched.Address.AbsoluteUri).Dialect is not null;
}
