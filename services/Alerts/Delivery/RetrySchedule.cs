namespace Monitoring.Alerts.Delivery;

/// <summary>When a failed delivery is tried again: at about 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, then given up (Standard Webhooks 1.0).</summary>
public static class RetrySchedule
{
    static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <param name="attempt">The one that failed, from 1.</param>
    /// <param name="failedAt">When.</param>
    /// <param name="retryAfter">What the receiver asked for, if it did; it may lengthen a delay, up to a day, not shorten it.</param>
    /// <param name="jitter">0 to 1; spreads attempts over the fifth of a delay, so that a receiver that comes back is not overrun.</param>
    /// <returns>Null when given up.</returns>
    public static DateTimeOffset? Next(int attempt, DateTimeOffset failedAt, TimeSpan? retryAfter, double jitter)
    {
        if (attempt > Delays.Length) return null;
        var delay = Delays[attempt - 1];
        if (retryAfter > delay) delay = retryAfter.Value < Longest ? retryAfter.Value : Longest;
        return failedAt + delay + delay * (0.2 * jitter);
    }
}
