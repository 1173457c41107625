using System.Net;
using Monitoring.Ingest.Fetching;
using Monitoring.Ingest.Feeds.Parsing;

namespace Monitoring.Ingest.Feeds;

/// <summary>What became of the entries of one answer.</summary>
/// <param name="Counts">How many of each.</param>
/// <param name="Rejections">Why some could not be taken, the first few.</param>
/// <param name="Left">Entries left for the next poll, because each costs a page.</param>
/// <param name="Incomplete">Entries whose page could not be fetched this time.</param>
public sealed record TakenEntries(EntryCounts Counts, IReadOnlyList<string> Rejections, int Left = 0, int Incomplete = 0)
{
    public static readonly TakenEntries None = new(new EntryCounts(), []);
}

/// <summary>What a poll means for a feed.</summary>
public static class FeedDecider
{
    /// <summary>The rest of a feed with many teasers is taken a little later, not all pages at once.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <param name="feed">As it stands.</param>
    /// <param name="fetched">What its server answered.</param>
    /// <param name="document">What that said; absent unless it answered 200.</param>
    /// <param name="taken">What became of its entries.</param>
    /// <param name="atNewPlace">The other feed that is at the new place already, if it moved to such.</param>
    /// <param name="now">The time.</param>
    /// <param name="jitter">0 to 1.</param>
    public static IReadOnlyList<object> Decide(
        Feed feed, Fetched fetched, FeedDocument? document, TakenEntries taken, Guid? atNewPlace, DateTimeOffset now, double jitter)
    {
        if (fetched.Status == HttpStatusCode.Gone) return [new FeedGone("The server says that it is gone for good (410).", now)];
        if (fetched.Error is not null) return [Failed(fetched.Error)];
        if (fetched.IsUnchanged) return [Polled(304, TakenEntries.None, feed.Description, null, Updated(feed.Validators, fetched.Validators))];
        if (document?.Dialect is null) return [Failed(NoFeed(document))];

        var moved = fetched.MovedTo?.AbsoluteUri is { } to && to != feed.Url ? to : null;
        if (moved is not null && atNewPlace is { } other && other != feed.Id)
            return [new FeedGone($"It moved to {moved}, which is here already, as feed {other}.", now)];
        var description = Describe(document, fetched.Address.AbsoluteUri, now);
        // Where something is left to do, the next answer must hold the entries again, whether they have changed or not.
        var validators = taken.Left + taken.Incomplete > 0 ? Validators.None : fetched.Validators;
        var polled = Polled(200, taken, description, description, validators);
        return moved is null ? [polled] : [new FeedMoved(feed.Url, moved, now), polled];

        FeedFailed Failed(string reason)
        {
            var failures = (feed.Failure?.Count ?? 0) + 1;
            return new FeedFailed(now, (int?)fetched.Status, reason, failures, PollSchedule.AfterFailure(failures, fetched.RetryAfter, now, jitter));
        }

        FeedPolled Polled(int status, TakenEntries entries, FeedDescription? current, FeedDescription? news, Validators validators)
        {
            var interval = PollSchedule.Interval(feed.Settings, current, feed.HubUntil > now);
            var next = PollSchedule.AfterAnswer(interval, current?.Rhythm, fetched.FreshUntil, now, jitter);
            if (entries.Left > 0 && next > now + Rest) next = now + Rest;
            return new FeedPolled(now, status, entries.Counts, validators, news, entries.Rejections, next);
        }
    }

    public static FeedDescription Describe(FeedDocument document, string address, DateTimeOffset now)
    {
        var feed = document.Feed;
        return new FeedDescription(
            feed.TitleType is null or "text/plain" ? feed.Title : feed.Title is null ? null : HtmlFragment.ToText(feed.Title),
            feed.Link, feed.Language, Link("hub"), Link("self") ?? address, feed.Rhythm,
            PollSchedule.Gap(document.Entries.Select(entry => entry.Published ?? entry.Updated).OfType<DateTimeOffset>(), now));

        string? Link(string rel) => feed.Links.FirstOrDefault(link => link.Rel == rel)?.Href;
    }

    // A 304 may bring a newer date or tag; what it does not bring stays.
    static Validators Updated(Validators held, Validators answered) => new(answered.ETag ?? held.ETag, answered.LastModified ?? held.LastModified);

    static string NoFeed(FeedDocument? document) =>
        "What it answered is no feed" + (document?.Problems is [var problem, ..] ? $": {problem}" : ".");
}
