namespace Monitoring.Ingest.Feeds;

/// <summary>A feed as the API shows it.</summary>
public sealed record FeedAnswer
{
    public required Guid Id { get; init; }

    /// <summary>Where it is polled.</summary>
    public required string Url { get; init; }

    /// <summary>The name given to it, else its own.</summary>
    public string? Title { get; init; }

    /// <summary>The page it belongs to.</summary>
    public string? Site { get; init; }
    public string? Language { get; init; }

    /// <summary>Labels.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>active, paused or gone.</summary>
    public required FeedStatus Status { get; init; }

    /// <summary>Whether articles are completed from their pages: never, whenShort or always.</summary>
    public required Completion Completion { get; init; }

    /// <summary>Shortest time between two polls, in minutes, where one was set.</summary>
    public double? IntervalMinutes { get; init; }

    /// <summary>Domain of the outlet, where one was set.</summary>
    public string? Source { get; init; }
    public required DateTimeOffset Added { get; init; }
    public required FeedHealth Health { get; init; }

    /// <summary>In the answer to an addition: further feeds that the page named.</summary>
    public IReadOnlyList<FeedCandidate>? Others { get; init; }
}

/// <param name="LastPoll">When it was last asked.</param>
/// <param name="LastSuccess">When it last answered with a feed, or that nothing had changed.</param>
/// <param name="NextPoll">When it is asked next; absent when paused or gone.</param>
/// <param name="Failure">What is wrong with it, in plain words, since when and how often in a row.</param>
/// <param name="ArticlesPerDay">New articles a day, over the last 28 days or since it was added.</param>
/// <param name="Duplicates">Share, 0 to 1, of its new entries that had come from elsewhere before.</param>
/// <param name="Hub">The WebSub hub that brings its news, if one does.</param>
/// <param name="HubUntil">Until when it has promised to.</param>
public sealed record FeedHealth(
    DateTimeOffset? LastPoll, DateTimeOffset? LastSuccess, DateTimeOffset? NextPoll, FeedFailure? Failure,
    double ArticlesPerDay, double Duplicates, string? Hub, DateTimeOffset? HubUntil)
{
    public static FeedHealth Of(Feed feed, DateTimeOffset? due, DateTimeOffset now)
    {
        // A feed added an hour ago has a day behind it, not the 24th part of one: what it brought at first is its stock.
        var days = Math.Clamp((now - feed.Added).TotalDays, 1, Feed.DaysKept);
        var received = feed.Days.Sum(day => day.Received);
        var known = feed.Days.Sum(day => day.Known);
        return new FeedHealth(
            feed.LastPoll, feed.LastSuccess, due, feed.Failure, Math.Round(received / days, 2),
            received + known == 0 ? 0 : Math.Round((double)known / (received + known), 3), feed.Hub, feed.HubUntil);
    }
}

/// <param name="Items">In order of addition.</param>
public sealed record FeedList(IReadOnlyList<FeedAnswer> Items);

static class FeedAnswers
{
    public static FeedAnswer Answer(this Feed feed, DateTimeOffset? due, DateTimeOffset now) => new()
    {
        Id = feed.Id,
        Url = feed.Url,
        Title = feed.Settings.Title ?? feed.Description?.Title,
        Site = feed.Description?.Link,
        Language = feed.Description?.Language,
        Folders = feed.Settings.Folders ?? [],
        Status = feed.Status,
        Completion = feed.Settings.Completion,
        IntervalMinutes = feed.Settings.Interval?.TotalMinutes,
        Source = feed.Settings.Source,
        Added = feed.Added,
        Health = FeedHealth.Of(feed, due, now),
    };
}
