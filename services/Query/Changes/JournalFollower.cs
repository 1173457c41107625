using Monitoring.Hosting;

namespace Monitoring.Query.Changes;

/// <summary>
/// Follows the journal for all streams of this process: one look at the mark ten times a second, and each new stretch is read
/// once, however many clients there are. (A role that may only read cannot LISTEN for longer than a transaction behind a pooler.)
/// </summary>
sealed class JournalFollower(JournalReader journal, TimeProvider time, ILogger<JournalFollower> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    /// <summary>Changes held for those who follow; who is further behind reads by himself until he has caught up.</summary>
    const int MaxHeld = 500;

    sealed record State(Stretch<Change>? Latest, TaskCompletionSource Moved);

    volatile State state = new(null, NewSignal());
    int streams;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                while (await StepAsync(stoppingToken)) { }
            }
            // Before Projection has made the tables, while the database is away, or at a document that cannot be read: those who
            // follow wait for the next try.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The journal could not be read: {Reason}", exception.Message);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>Whether there is more at once.</returns>
    async Task<bool> StepAsync(CancellationToken cancellation)
    {
        var end = await journal.EndAsync(cancellation);
        var before = state.Latest?.To;
        var known = before?.Epoch == end.Epoch;
        if (known && end.Sequence <= before!.Sequence) return false;
        // Where nobody follows, or the epoch is new, there is nothing to hold: only the mark moves.
        var next = known && Volatile.Read(ref streams) > 0
            ? await journal.ReadAsync(before, Change.Types, change => change, MaxHeld, cancellation) : new Stretch<Change>(end, end, [], false);
        var moved = state.Moved;
        state = new(next, NewSignal());
        moved.SetResult();
        return next.More;
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Everything behind a position, as it comes: null after each <paramref name="silence"/>. Ends when the journal is no longer
    /// the one that the position is of.
    /// </summary>
    /// <param name="after">Where to begin.</param>
    /// <param name="silence">How long it takes to become one.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<Change?> FollowAsync(
        JournalPosition after, TimeSpan silence, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        Interlocked.Increment(ref streams);
        try
        {
            for (; ; )
            {
                var (latest, moved) = state;
                if (latest is not null && latest.To.Epoch != after.Epoch) yield break;
                if (latest is null || latest.To.Sequence <= after.Sequence)
                {
                    if (!await MovedAsync(moved.Task, silence, cancellation)) yield return null;
                    continue;
                }
                var stretch = latest.From.Sequence <= after.Sequence ? latest
                    : await journal.ReadAsync(after, Change.Types, change => change, MaxHeld, cancellation);
                foreach (var change in stretch.Items)
                    if (change.Position.Sequence > after.Sequence) yield return change;
                after = stretch.To;
            }
        }
        finally
        {
            Interlocked.Decrement(ref streams);
        }
    }

    async Task<bool> MovedAsync(Task moved, TimeSpan silence, CancellationToken cancellation)
    {
        try
        {
            await moved.WaitAsync(silence, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
