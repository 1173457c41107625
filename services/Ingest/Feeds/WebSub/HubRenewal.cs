using Monitoring.Hosting;

namespace Monitoring.Ingest.Feeds.WebSub;

/// <summary>Asks hubs for what is due: new subscriptions, retries, renewals before a lease ends. Several processes share the work.</summary>
public sealed class HubRenewal(HubStore hubs, HubClient client, PublicAddress address, TimeProvider time, ILogger<HubRenewal> log) : BackgroundService
{
    const int Workers = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (address.Address is null) log.LogInformation("WebSub hubs are not used: Ingest:PublicAddress does not say where the outside reaches this system");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (address.Address is null)
                {
                    await hubs.EndAllAsync("This system has no public address any more.", stoppingToken);
                    return;
                }
                await RunDueAsync(stoppingToken);
                await hubs.WaitAsync(stoppingToken);
            }
            catch (Exception fault) when (Transient.Is(fault))
            {
                log.LogWarning("Hubs wait for the database: {Reason}", fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    /// <summary>Until nothing is due.</summary>
    public Task RunDueAsync(CancellationToken cancellation) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(cancellation)));

    async Task WorkAsync(CancellationToken cancellation)
    {
        try
        {
            while (await hubs.NextDueAsync(cancellation) is { } step) await AskAsync(step, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !Transient.Is(fault))
        {
            log.LogError(fault, "A hub could not be asked; it is tried again");
        }
    }

    async Task AskAsync(HubStep step, CancellationToken cancellation)
    {
        if (step.Happened is FeedHubEnded ended) log.LogWarning("Feed {Feed} is polled alone, without {Hub}: {Reason}", step.Next.FeedId, ended.Hub, ended.Reason);
        if (step.Mode is not { } mode || await client.SendAsync(step.Next, mode, cancellation) is not { } problem) return;
        log.LogWarning("Hub {Hub} did not take the request to {Mode} feed {Feed}: {Reason}", step.Next.Hub, mode, step.Next.FeedId, problem);
        await hubs.NoteAsync(step.Next, problem, cancellation);
    }
}
