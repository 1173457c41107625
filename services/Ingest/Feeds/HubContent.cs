using Monitoring.Ingest.Articles;
using Monitoring.Ingest.Feeds.Parsing;

namespace Monitoring.Ingest.Feeds;

/// <summary>What a WebSub hub delivers: the feed as a poll would have brought it.</summary>
public sealed class HubContent(FeedStore feeds, TakeEntries entries, TimeProvider time, ILogger<HubContent> log)
{
    public async Task TakeAsync(Guid feedId, ReadOnlyMemory<byte> body, string? contentType, CancellationToken cancellation)
    {
        if (await feeds.FindAsync(feedId, cancellation) is not { Status: FeedStatus.Active } feed) return;
        var document = FeedParser.Parse(body, contentType, feed.Url);
        if (document.Dialect is null)
        {
            log.LogWarning("The hub of feed {Feed} brought something that is no feed", feedId);
            return;
        }
        var taken = await entries.TakeAsync(feed, document, Discovery.Hub, cancellation);
        var polled = new FeedPolled(time.GetUtcNow(), null, taken.Counts, feed.Validators, feed.Description, taken.Rejections, feed.NextPoll);
        await feeds.AppendAsync(feed, polled, cancellation);
    }
}
