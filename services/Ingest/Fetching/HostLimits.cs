using System.Collections.Concurrent;

namespace Monitoring.Ingest.Fetching;

/// <summary>A cap on what one host is asked by this process, whatever for: two requests at a time, and ten a second after the first five.</summary>
sealed class HostLimits(TimeProvider time)
{
    const int AtATime = 2;
    static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Burst = 5 * Gap;

    /// <summary>Hosts nobody has asked for this long are forgotten.</summary>
    static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);
    const int MaxHosts = 10_000;

    sealed class Host : IDisposable
    {
        public readonly SemaphoreSlim Slots = new(AtATime);
        /// <summary>When its requests so far would all have been made, one in a gap (a leaky bucket).</summary>
        public DateTimeOffset NextAt;

        public void Dispose() => Slots.Dispose();
    }

    readonly ConcurrentDictionary<string, Host> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Until it is this request's turn; disposing the answer ends it.</summary>
    public async Task<IDisposable> WaitAsync(Uri address, CancellationToken cancellation)
    {
        ForgetIdle();
        var host = hosts.GetOrAdd(address.Authority, _ => new Host());
        await host.Slots.WaitAsync(cancellation);
        try
        {
            TimeSpan wait;
            lock (host)
            {
                var now = time.GetUtcNow();
                var at = host.NextAt > now ? host.NextAt : now;
                host.NextAt = at + Gap;
                wait = host.NextAt - now - Burst;
            }
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellation);
            return new Turn(host.Slots);
        }
        catch
        {
            host.Slots.Release();
            throw;
        }
    }

    void ForgetIdle()
    {
        if (hosts.Count < MaxHosts) return;
        var before = time.GetUtcNow() - Idle;
        foreach (var (name, host) in hosts)
            if (host.Slots.CurrentCount == AtATime && host.NextAt < before) hosts.TryRemove(name, out _);
    }

    sealed class Turn(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
