using System.Diagnostics.Metrics;
using Monitoring.Hosting;

namespace Monitoring.Ingest.Feeds;

/// <summary>Polls what is due, several feeds at a time, and shares the work with other Ingest processes through <see cref="FeedQueue"/>.</summary>
public sealed class Poller(FeedQueue queue, PollFeed poll, EntryStore entries, TimeProvider time, ILogger<Poller> log) : BackgroundService
{
    const int MaxInFlight = 16;
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1), Tidy = TimeSpan.FromHours(1);

    static readonly Counter<long> Polls = Telemetry.Meter.CreateCounter<long>("monitoring.ingest.polls", "{poll}", "Feeds polled, by outcome.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var slots = new SemaphoreSlim(MaxInFlight);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var tidied = DateTimeOffset.MinValue; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var due = slots.CurrentCount > 0 ? await queue.LeaseAsync(slots.CurrentCount, time.GetUtcNow(), stoppingToken) : [];
                foreach (var feed in due)
                {
                    await slots.WaitAsync(stoppingToken);
                    _ = PollAsync(feed, slots, stoppingToken).ContinueWith(_ => ended.TrySetResult(), TaskScheduler.Default);
                }
                if (time.GetUtcNow() - tidied > Tidy)
                {
                    await entries.ForgetAsync(time.GetUtcNow(), stoppingToken);
                    tidied = time.GetUtcNow();
                }
                // A poll that ends makes room for another of its host.
                if (due.Count == 0) await Task.WhenAny(ended.Task, Task.Delay(Look, time, stoppingToken));
            }
            catch (Exception fault) when (Transient.Is(fault))
            {
                log.LogWarning("Feeds wait for the database: {Reason}", fault.Message);
                await Task.Delay(Look, time, stoppingToken);
            }
        }
    }

    async Task PollAsync(DueFeed due, SemaphoreSlim slots, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var renewing = RenewAsync(due, ending);
        try
        {
            using var activity = Telemetry.Source.StartActivity("poll feed");
            var outcome = await poll.PollAsync(due, ending.Token);
            Polls.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        }
        catch (OperationCanceledException)
        {
            // Stopping, or the lease was lost: whoever holds it then polls.
        }
        catch (Exception fault)
        {
            // Nothing came of it; the lease runs out and it is polled again.
            Polls.Add(1, new KeyValuePair<string, object?>("outcome", "error"));
            log.LogError(fault, "Feed {Feed} could not be polled", due.FeedId);
        }
        finally
        {
            await ending.CancelAsync();
            await renewing;
            slots.Release();
        }
    }

    async Task RenewAsync(DueFeed due, CancellationTokenSource ending)
    {
        try
        {
            while (true)
            {
                await Task.Delay(FeedQueue.Lease / 3, time, ending.Token);
                if (await queue.RenewAsync(due, time.GetUtcNow(), ending.Token)) continue;
                log.LogWarning("Feed {Feed} is another process's by now", due.FeedId);
                await ending.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The poll is over.
        }
        catch (Exception fault) when (Transient.Is(fault))
        {
            log.LogWarning("The lease of feed {Feed} was not renewed: {Reason}", due.FeedId, fault.Message);
            await ending.CancelAsync();
        }
    }
}
