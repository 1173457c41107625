using System.Net;
using Monitoring.Ingest.Fetching;
using Monitoring.Ingest.Articles;
using Monitoring.Ingest.Feeds.Parsing;
using Monitoring.Ingest.Feeds.WebSub;

namespace Monitoring.Ingest.Feeds;

/// <summary>One poll of one feed: ask, read, take the entries in, keep what came of it.</summary>
public sealed class PollFeed(FeedStore feeds, FeedQueue queue, Fetcher fetcher, TakeEntries entries, HubStore hubs, TimeProvider time, ILogger<PollFeed> log)
{
    public const string Accept =
        "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5";

    /// <returns>polled, unchanged, failed, gone; or lost where it was another's in the end.</returns>
    public async Task<string> PollAsync(DueFeed due, CancellationToken cancellation)
    {
        if (await feeds.FindAsync(due.FeedId, cancellation) is not { } feed) return "lost";
        var fetched = await fetcher.GetAsync(new Uri(feed.Url), Accept, feed.Validators, cancellation);
        var document = fetched.Status == HttpStatusCode.OK && fetched.Error is null
            ? FeedParser.Parse(fetched.Body, fetched.ContentType, fetched.Address.AbsoluteUri) : null;
        var taken = document?.Dialect is not null ? await entries.TakeAsync(feed, document, Discovery.Feed, cancellation) : TakenEntries.None;
        var atNewPlace = fetched.MovedTo is null ? null : await queue.FindAsync(fetched.MovedTo.AbsoluteUri, cancellation);

        var happened = FeedDecider.Decide(feed, fetched, document, taken, atNewPlace, time.GetUtcNow(), Random.Shared.NextDouble());
        if (!await feeds.SettleAsync(feed, due, happened, cancellation)) return "lost";
        if (fetched.RetryAfter is { } patience && happened is [FeedFailed { NextPollAt: var next }]) await queue.PostponeHostAsync(feed.Url, patience < next ? patience : next, cancellation);
        if (happened[^1] is FeedPolled polled && (polled.Description ?? feed.Description) is { } description)
            await hubs.EnsureAsync(feed.Id, description.Hub, description.Self, cancellation);
        if (happened[^1] is FeedGone gone) await hubs.LeaveAsync(feed.Id, gone.Reason, cancellation);
        return Outcome(feed, happened[^1]);
    }

    string Outcome(Feed feed, object last)
    {
        switch (last)
        {
            case FeedPolled { Status: 304 }:
                return "unchanged";
            case FeedPolled polled:
                log.LogInformation("Feed {Feed} polled: {Received} new, {Revised} revised, {Rejected} rejected", feed.Id, polled.Entries.Received, polled.Entries.Revised, polled.Entries.Rejected);
                return "polled";
            case FeedFailed failed:
                log.LogWarning("Feed {Feed} failed, {Failures} in a row: {Reason}", feed.Id, failed.Failures, failed.Reason);
                return "failed";
            default:
                log.LogWarning("Feed {Feed} is gone", feed.Id);
                return "gone";
        }
    }
}
