using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Polly;

namespace Monitoring.Hosting;

/// <summary>
/// One writer that groups whatever is waiting into one commit. Many small writers lose up to 60 % of their throughput to the
/// NOTIFY of each commit, one batched writer none. A lone item waits for nobody: it is committed at once, and what arrives
/// meanwhile is the next group.
/// </summary>
/// <param name="commit">Commits a group and answers item by item, in order. Must be idempotent: after a fault of unknown outcome it runs again.</param>
/// <param name="size">Weight of an item in bytes, which bounds a group.</param>
public sealed class GroupCommit<TItem, TResult>(
    Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> commit, Func<TItem, int> size) : BackgroundService
{
    const int MaxItems = 200;
    const int MaxBytes = 8 << 20;

    sealed record Waiting(TItem Item, TaskCompletionSource<TResult> Done);

    readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MaxItems) { SingleReader = true });
    readonly ResiliencePipeline retry = new ResiliencePipelineBuilder().AddRetry(Transient.Retry(attempts: 5)).Build();

    /// <summary>Completes when the item is committed; throws what its commit threw.</summary>
    public async Task<TResult> SubmitAsync(TItem item, CancellationToken cancellation)
    {
        var waiting = new Waiting(item, new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously));
        await queue.Writer.WriteAsync(waiting, cancellation);
        return await waiting.Done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Waiting>(MaxItems);
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                var bytes = 0;
                while (group.Count < MaxItems && bytes < MaxBytes && queue.Reader.TryRead(out var waiting))
                {
                    group.Add(waiting);
                    bytes += size(waiting.Item);
                }
                await CommitAsync(group, stoppingToken);
                group.Clear();
            }
        }
        finally
        {
            queue.Writer.TryComplete();
            while (queue.Reader.TryRead(out var waiting)) group.Add(waiting);
            foreach (var waiting in group) waiting.Done.TrySetCanceled(CancellationToken.None);
        }
    }

    async Task CommitAsync(List<Waiting> group, CancellationToken cancellation)
    {
        try
        {
            var results = await retry.ExecuteAsync(async token => await commit([.. group.Select(waiting => waiting.Item)], token), cancellation);
            for (var i = 0; i < group.Count; i++) group[i].Done.SetResult(results[i]);
        }
        catch (Exception exception) when (group.Count == 1 || Transient.Is(exception))
        {
            foreach (var waiting in group) waiting.Done.TrySetException(exception);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // One of them is poisonous: alone, it harms only itself.
            foreach (var waiting in group) await CommitAsync([waiting], cancellation);
        }
    }
}

public static class GroupCommits
{
    /// <param name="builder">The service.</param>
    /// <param name="commit">What commits a group.</param>
    /// <param name="size">Weight of an item in bytes.</param>
    public static void AddGroupCommit<TItem, TResult, TStore>(
        this WebApplicationBuilder builder, Func<TStore, Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>>> commit, Func<TItem, int> size)
        where TStore : class
    {
        builder.Services.AddSingleton<TStore>();
        builder.Services.AddSingleton(services => new GroupCommit<TItem, TResult>(commit(services.GetRequiredService<TStore>()), size));
        builder.Services.AddHostedService(services => services.GetRequiredService<GroupCommit<TItem, TResult>>());
    }
}
