using Monitoring.Ingest.Fetching;
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

/// <summary>What became of the entries of a poll.</summary>
/// <param name="Received">New articles.</param>
/// <param name="Known">New here, but the article had come from elsewhere before.</param>
/// <param name="Revised">New headline or body.</param>
/// <param name="Unchanged">As they were at the last poll.</param>
/// <param name="Rejected">Could not be taken.</param>
public sealed record EntryCounts(int Received = 0, int Known = 0, int Revised = 0, int Unchanged = 0, int Rejected = 0);

/// <summary>What a feed says about itself, as far as polling and listing need it.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Link">The site.</param>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Hub">WebSub hub, if any.</param>
/// <param name="Self">The address it calls its own: the topic at the hub.</param>
/// <param name="Rhythm">When it wants to be polled.</param>
/// <param name="Gap">Time between its entries, by their dates; null where they have none.</param>
public sealed record FeedDescription(string? Title, string? Link, string? Language, string? Hub, string? Self, FeedRhythm? Rhythm, TimeSpan? Gap);

// What the event store keeps, one stream per feed. Times are UTC.
public sealed record FeedAdded(string Url, FeedSettings Settings, DateTimeOffset At, string By);
public sealed record FeedChanged(FeedSettings Settings, DateTimeOffset At, string By);
public sealed record FeedPaused(DateTimeOffset At, string By);
public sealed record FeedResumed(DateTimeOffset At, string By);
public sealed record FeedRemoved(DateTimeOffset At, string By);

/// <summary>It answered, 200 or 304, or its hub brought it (no status). Description and validators are those of the answer.</summary>
public sealed record FeedPolled(
    DateTimeOffset At, int? Status, EntryCounts Entries, Validators Validators, FeedDescription? Description, IReadOnlyList<string> Rejections, DateTimeOffset NextPollAt);

/// <summary>It did not answer, or not with a feed. <paramref name="Failures"/> in a row, this one included.</summary>
public sealed record FeedFailed(DateTimeOffset At, int? Status, string Reason, int Failures, DateTimeOffset NextPollAt);

/// <summary>It moved for good (301, 308), and the new place was found to be a feed.</summary>
public sealed record FeedMoved(string From, string To, DateTimeOffset At);

/// <summary>It will not come back (410), or its new place is another feed's. Not polled any more, until resumed.</summary>
public sealed record FeedGone(string Reason, DateTimeOffset At);

/// <summary>The hub confirmed (WebSub): it brings news until <paramref name="LeaseUntil"/>.</summary>
public sealed record FeedHubSubscribed(string Hub, string Topic, DateTimeOffset At, DateTimeOffset LeaseUntil);

/// <summary>The hub refused, failed or ended the subscription: polling alone goes on.</summary>
public sealed record FeedHubEnded(string Hub, string Reason, DateTimeOffset At);

public enum FeedStatus { Active, Paused, Gone }

/// <param name="Reason">In plain words.</param>
/// <param name="Status">HTTP status, where one came.</param>
/// <param name="Count">Failures in a row.</param>
/// <param name="Since">The first of them.</param>
public sealed record FeedFailure(string Reason, int? Status, int Count, DateTimeOffset Since);

/// <summary>See <see cref="EntryCounts"/>.</summary>
public sealed record FeedDay(DateOnly Day, int Received, int Known);

/// <summary>A feed as it stands; gone when removed.</summary>
public sealed record Feed
{
    /// <summary>Days that articles per day and the share of duplicates are taken over.</summary>
    public const int DaysKept = 28;

    public required Guid Id { get; init; }
    public required string Url { get; init; }
    public required FeedSettings Settings { get; init; }
    public FeedStatus Status { get; init; }
    public required DateTimeOffset Added { get; init; }
    public FeedDescription? Description { get; init; }
    public Validators Validators { get; init; } = Validators.None;
    public DateTimeOffset? LastPoll { get; init; }
    public DateTimeOffset? LastSuccess { get; init; }
    public required DateTimeOffset NextPoll { get; init; }
    public FeedFailure? Failure { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<FeedDay> Days { get; init; } = [];
    public string? Hub { get; init; }
    public DateTimeOffset? HubUntil { get; init; }

    public static Feed? After(Feed? feed, Guid id, object happened) => happened switch
    {
        FeedAdded added => new Feed { Id = id, Url = added.Url, Settings = added.Settings, Added = added.At, NextPoll = added.At },
        FeedRemoved => null,
        _ when feed is null => null,
        FeedChanged changed => feed with { Settings = changed.Settings },
        FeedPaused => feed with { Status = FeedStatus.Paused },
        FeedResumed resumed => feed with { Status = FeedStatus.Active, NextPoll = resumed.At, Failure = null },
        FeedPolled polled => feed.After(polled),
        FeedFailed failed => feed with
        {
            LastPoll = failed.At,
            NextPoll = failed.NextPollAt,
            Failure = new FeedFailure(failed.Reason, failed.Status, failed.Failures, failed.Failures > 1 ? feed.Failure?.Since ?? failed.At : failed.At),
        },
        FeedMoved moved => feed with { Url = moved.To },
        FeedGone gone => feed with { Status = FeedStatus.Gone, Failure = new FeedFailure(gone.Reason, 410, 1, gone.At) },
        FeedHubSubscribed hub => feed with { Hub = hub.Hub, HubUntil = hub.LeaseUntil },
        FeedHubEnded => feed with { Hub = null, HubUntil = null },
        _ => feed,
    };

    // A 304 says that nothing changed since the last good answer, not that what failed since then is mended.
    Feed After(FeedPolled polled) => this with
    {
        LastPoll = polled.At,
        LastSuccess = polled.At,
        NextPoll = polled.NextPollAt,
        Failure = polled.Status == 304 ? Failure : null,
        Validators = polled.Validators,
        Description = polled.Description ?? Description,
        Days = With(DateOnly.FromDateTime(polled.At.UtcDateTime), polled.Entries),
    };

    FeedDay[] With(DateOnly day, EntryCounts entries)
    {
        var known = Days.Count > 0 && Days[^1].Day == day ? Days[^1] : null;
        var today = new FeedDay(day, (known?.Received ?? 0) + entries.Received, (known?.Known ?? 0) + entries.Known);
        return [.. Days.Where(other => other.Day > day.AddDays(-DaysKept) && other.Day != day), today];
    }
}
