using Monitoring.Ingest.Feeds.Parsing;

namespace Monitoring.Ingest.Feeds;

/// <summary>Whether entries are completed from their pages.</summary>
public enum Completion
{
    /// <summary>What the feed gives is the article.</summary>
    Never,

    /// <summary>Where the feed gives a teaser only.</summary>
    WhenShort,

    /// <summary>Every entry.</summary>
    Always,
}

/// <summary>What a person decides about a feed.</summary>
/// <param name="Title">A name of their own; else the feed's.</param>
/// <param name="Folders">Labels.</param>
/// <param name="Completion">Whether pages are fetched.</param>
/// <param name="Interval">Shortest time between two polls; null leaves it to the feed's own rhythm.</param>
/// <param name="Source">Domain of the outlet where it is not the site's, for an agency's feed say.</param>
public sealed record FeedSettings(
    string? Title = null, IReadOnlyList<string>? Folders = null, Completion Completion = Completion.WhenShort, TimeSpan? Interval = null, string? Source = null);

/// <summary>Kept byte for byte, to be sent back.</summary>
public sealed record Validators(string? ETag, string? LastModified);

/// <summary>What became of the entries of a poll.</summary>
public sealed record EntryCounts(int Received, int Revised, int Unchanged, int Rejected)
{
    public static readonly EntryCounts None = new(0, 0, 0, 0);
    public int All => Received + Revised + Unchanged + Rejected;
}

/// <summary>What a feed says about itself, as far as polling and listing need it.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Link">The site.</param>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Hub">WebSub hub, if any.</param>
/// <param name="Self">The address it calls its own: the topic at the hub.</param>
/// <param name="Rhythm">When it wants to be polled.</param>
public sealed record FeedDescription(string? Title, string? Link, string? Language, string? Hub, string? Self, FeedRhythm? Rhythm);

// What the event store keeps, one stream per feed. Times are UTC.
public sealed record FeedAdded(string Url, FeedSettings Settings, DateTimeOffset At, string By);
public sealed record FeedChanged(FeedSettings Settings, DateTimeOffset At, string By);
public sealed record FeedPaused(DateTimeOffset At, string By);
public sealed record FeedResumed(DateTimeOffset At, string By);
public sealed record FeedRemoved(DateTimeOffset At, string By);

/// <summary>It answered, 200 or 304, or its hub brought it (<paramref name="Status"/> 0).</summary>
public sealed record FeedPolled(
    DateTimeOffset At, int Status, EntryCounts Entries, Validators Validators, FeedDescription? Description, DateTimeOffset? NewestEntry, DateTimeOffset NextPollAt);

/// <summary>It did not answer, or not with a feed.</summary>
public sealed record FeedFailed(DateTimeOffset At, int? Status, string Reason, int Failures, DateTimeOffset NextPollAt);

/// <summary>It moved for good (301, 308), and the new place was found to be a feed.</summary>
public sealed record FeedMoved(string From, string To, DateTimeOffset At);

/// <summary>It said that it will not come back (410). Not polled any more.</summary>
public sealed record FeedGone(DateTimeOffset At);

/// <summary>The hub confirmed (WebSub): it brings news until <paramref name="LeaseUntil"/>.</summary>
public sealed record FeedHubSubscribed(string Hub, string Topic, DateTimeOffset At, DateTimeOffset LeaseUntil);

/// <summary>The hub refused, failed or ended the subscription: polling alone goes on.</summary>
public sealed record FeedHubEnded(string Hub, string Reason, DateTimeOffset At);
