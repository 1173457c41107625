using System.Security.Cryptography;
using Monitoring.Ingest.Formats;

namespace Monitoring.Ingest.Feeds.WebSub;

public enum HubState
{
    /// <summary>The hub is being asked, and has not confirmed yet.</summary>
    Requested,

    /// <summary>The hub confirmed, and brings what is new until the lease ends.</summary>
    Verified,

    /// <summary>The hub is to be told that nobody listens any more.</summary>
    Leaving,

    /// <summary>Nothing stands between us and the hub.</summary>
    Ended,
}

/// <summary>What a decision comes to.</summary>
/// <param name="Next">The subscription afterwards.</param>
/// <param name="Happened">For the feed's stream, if anything did.</param>
/// <param name="Mode">What to ask of the hub: <c>subscribe</c>, <c>unsubscribe</c> or nothing.</param>
public sealed record HubStep(HubSubscription Next, object? Happened = null, string? Mode = null);

/// <summary>A feed at its hub (WebSub, https://www.w3.org/TR/websub/). All decisions are here, and are pure.</summary>
/// <param name="FeedId">The feed; it has one hub at a time.</param>
/// <param name="Hub">Where subscriptions are asked for.</param>
/// <param name="Topic">The address that the feed calls its own.</param>
/// <param name="Secret">With which the hub signs.</param>
/// <param name="Token">In the address that the hub calls; nobody else knows it.</param>
public sealed record HubSubscription(Guid FeedId, string Hub, string Topic, string Secret, string Token)
{
    public HubState State { get; init; }
    public DateTimeOffset? RequestedAt { get; init; }
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>When something is to be done; of an ended one, when the hub may be asked anew.</summary>
    public DateTimeOffset NextAttemptAt { get; init; }

    /// <summary>Requests since the hub last confirmed.</summary>
    public int Attempts { get; init; }

    /// <summary>What went wrong last.</summary>
    public string? Problem { get; init; }

    /// <summary>Asked for; the hub decides.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromDays(10);

    public const int MaxAttempts = 8;
    const int MaxAddress = 2048;
    static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(5), LongestRetry = TimeSpan.FromDays(1), Pause = TimeSpan.FromDays(1);
    static readonly TimeSpan LeastMargin = TimeSpan.FromHours(1), ShortestLease = TimeSpan.FromMinutes(1), LongestLease = TimeSpan.FromDays(30);

    public static HubSubscription New(Guid feedId, string hub, string topic, DateTimeOffset now) =>
        new(feedId, hub, topic, HubSignature.NewSecret(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20))) { NextAttemptAt = now };

    /// <summary>What becomes of it when a poll finds the feed to name this hub and topic, or none.</summary>
    /// <param name="known">What stands so far.</param>
    /// <param name="named">A new subscription to what is named; null where nothing usable is.</param>
    /// <param name="now">The time of the poll.</param>
    /// <returns>Null where all stays as it is.</returns>
    public static HubStep? Ensure(HubSubscription? known, HubSubscription? named, DateTimeOffset now)
    {
        if (named is null) return known?.Leave("The feed names no hub any more.", now);
        if (known is null) return new HubStep(named);
        if (known.Hub == named.Hub && known.Topic == named.Topic)
            return known.State == HubState.Ended && known.NextAttemptAt <= now ? new HubStep(named) : null;
        // The hub before needs no word: its next delivery is answered with 410.
        return new HubStep(named, known.State == HubState.Verified ? new FeedHubEnded(known.Hub, "The feed names another hub.", now) : null);
    }

    public static bool IsUsable(string? address) => address is { Length: <= MaxAddress } && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0;

    /// <summary>The feed is paused, removed or has no hub any more.</summary>
    /// <returns>Null where it had ended already.</returns>
    public HubStep? Leave(string reason, DateTimeOffset now) => State switch
    {
        HubState.Requested or HubState.Verified => new HubStep(
            this with { State = HubState.Leaving, NextAttemptAt = now, LeaseUntil = null }, State == HubState.Verified ? new FeedHubEnded(Hub, reason, now) : null),
        _ => null,
    };

    /// <summary>It is due. The time of the next attempt is set before this one is made: who dies over it is followed by another.</summary>
    /// <param name="now">Not before <see cref="NextAttemptAt"/>.</param>
    /// <param name="jitter">0 to 1; spreads retries.</param>
    public HubStep Due(DateTimeOffset now, double jitter) => this switch
    {
        // Once: a hub that does not hear it gets 410 for its next delivery.
        { State: HubState.Leaving } => new HubStep(this with { State = HubState.Ended, NextAttemptAt = now }, Mode: "unsubscribe"),
        { State: HubState.Ended } => new HubStep(this),
        { State: HubState.Verified, LeaseUntil: { } until } when until <= now => End($"Its lease ran out, and the hub did not renew it. {Problem}".TrimEnd(), now),
        { State: HubState.Verified, Attempts: >= MaxAttempts, LeaseUntil: { } until } => new HubStep(this with { NextAttemptAt = until }),
        { Attempts: >= MaxAttempts } => End($"The hub did not confirm after {MaxAttempts} requests. {Problem}".TrimEnd(), now),
        _ => new HubStep(this with { Attempts = Attempts + 1, RequestedAt = now, NextAttemptAt = Sooner(now + Retry(Attempts + 1, jitter), LeaseUntil) }, Mode: "subscribe"),
    };

    /// <summary>5 min, 20 min, 80 min … at most a day after the attempt of this number, from 1; up to a fifth sooner.</summary>
    public static TimeSpan Retry(int attempt, double jitter)
    {
        var delay = FirstRetry * Math.Pow(4, Math.Min(attempt, 10) - 1);
        return (delay < LongestRetry ? delay : LongestRetry) * (1 - 0.2 * jitter);
    }

    /// <summary>The hub asks back whether this is wanted, or says that it will not do it.</summary>
    /// <param name="mode"><c>subscribe</c>, <c>unsubscribe</c> or <c>denied</c>.</param>
    /// <param name="topic">What about.</param>
    /// <param name="leaseSeconds">What the hub grants; what was asked for where it does not say.</param>
    /// <param name="reason">Of a denial.</param>
    /// <param name="now">The time of the request.</param>
    /// <param name="jitter">0 to 1; spreads renewals.</param>
    /// <returns>Null where that is not wanted: the hub gets 404.</returns>
    public HubStep? Asked(string? mode, string? topic, long? leaseSeconds, string? reason, DateTimeOffset now, double jitter)
    {
        var isOn = State is HubState.Requested or HubState.Verified;
        return topic != Topic ? null : mode switch
        {
            "subscribe" when isOn => Confirm(leaseSeconds, now, jitter),
            "unsubscribe" when !isOn => new HubStep(this),
            "denied" when isOn => End($"The hub refused. {CleanText.Line(reason) switch { { Length: > 200 } line => line[..200] + "…", var line => line }}".TrimEnd(), now),
            _ => null,
        };
    }

    HubStep Confirm(long? leaseSeconds, DateTimeOffset now, double jitter)
    {
        var lease = leaseSeconds is > 0 and { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, (long)ShortestLease.TotalSeconds, (long)LongestLease.TotalSeconds)) : Lease;
        var until = now + lease;
        // Asked twice about one request: nothing new, and nothing to keep.
        if (State == HubState.Verified && Attempts == 0 && until - LeaseUntil < TimeSpan.FromMinutes(1)) return new HubStep(this);
        return new HubStep(
            this with { State = HubState.Verified, LeaseUntil = until, NextAttemptAt = until - Margin(lease, jitter), Attempts = 0, Problem = null },
            new FeedHubSubscribed(Hub, Topic, now, until));
    }

    /// <summary>How long before its end a lease is renewed: a fifth of it, at least an hour but not more than half; up to a fifth of that sooner.</summary>
    public static TimeSpan Margin(TimeSpan lease, double jitter)
    {
        var margin = lease / 5 > LeastMargin ? lease / 5 : LeastMargin < lease / 2 ? LeastMargin : lease / 2;
        return margin * (1 + 0.2 * jitter);
    }

    /// <summary>Polling alone goes on; after a day the hub may be asked anew, if the feed still names it.</summary>
    public HubStep End(string reason, DateTimeOffset now) =>
        new(this with { State = HubState.Ended, LeaseUntil = null, NextAttemptAt = now + Pause, Problem = reason }, new FeedHubEnded(Hub, reason, now));

    static DateTimeOffset Sooner(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;
}
