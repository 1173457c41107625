using Monitoring.Hosting;

namespace Tests.Unit;

public class GroupCommitTests
{
    static async Task<T> With<T>(Func<IReadOnlyList<int>, Task<IReadOnlyList<int>>> commit, Func<GroupCommit<int, int>, Task<T>> use)
    {
        using var group = new GroupCommit<int, int>((items, _) => commit(items), _ => 1);
        await group.StartAsync(default);
        try
        {
            return await use(group);
        }
        finally
        {
            await group.StopAsync(default);
        }
    }

    [Fact]
    public async Task What_waits_is_committed_together_and_answered_one_by_one()
    {
        var groups = new List<int>();
        var blocked = new TaskCompletionSource();
        var answers = await With(async items =>
        {
            groups.Add(items.Count);
            if (groups.Count == 1) await blocked.Task;
            return [.. items.Select(item => item * 10)];
        }, async group =>
        {
            var first = group.SubmitAsync(0, default);
            while (groups.Count == 0) await Task.Yield();
            var rest = Enumerable.Range(1, 50).Select(i => group.SubmitAsync(i, default)).ToList();
            blocked.SetResult();
            return await Task.WhenAll([first, .. rest]);
        });
        Assert.Equal(Enumerable.Range(0, 51).Select(i => i * 10), answers);
        Assert.Equal([1, 50], groups);
    }

    [Fact]
    public async Task A_poisonous_item_harms_only_itself()
    {
        var outcomes = await With(
            items => items.Contains(13) ? throw new InvalidOperationException("poison") : Task.FromResult(items),
            async group =>
            {
                var tasks = Enumerable.Range(10, 6).Select(i => group.SubmitAsync(i, default)).ToList();
                await Task.WhenAll(tasks).ContinueWith(_ => { });
                return tasks;
            });
        Assert.Equal([13], outcomes.Select((task, i) => (task, i)).Where(outcome => outcome.task.IsFaulted).Select(outcome => outcome.i + 10));
    }

    [Fact]
    public async Task A_passing_fault_is_tried_again()
    {
        var attempts = 0;
        var answer = await With(items => ++attempts < 3 ? throw new TimeoutException() : Task.FromResult(items), group => group.SubmitAsync(7, default));
        Assert.Equal((7, 3), (answer, attempts));
    }
}
