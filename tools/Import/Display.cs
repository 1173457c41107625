using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Monitoring.Import;

/// <summary>What a person sees: a progress bar and a table on a terminal, plain lines anywhere else.</summary>
static class Display
{
    static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100), Seldom = TimeSpan.FromSeconds(5);

    // Told even where there are none.
    static readonly string[] Always = ["received", "revised", "unchanged"];

    static bool IsTerminal => !Console.IsOutputRedirected;

    /// <param name="tally">What grows.</param>
    /// <param name="total">Bytes to read; null where nobody knows.</param>
    /// <param name="api">Says when it waits.</param>
    /// <param name="import">The work.</param>
    public static async Task ShowAsync(Tally tally, long? total, Api api, Func<Task> import)
    {
        var (clock, waiting) = (Stopwatch.StartNew(), TimeSpan.Zero);
        api.Waiting = delay => waiting = clock.Elapsed + delay;
        string Now() => string.Create(CultureInfo.InvariantCulture,
            $"{tally.Total:N0} done, {tally.Total / clock.Elapsed.TotalSeconds:N0} a second{(tally.Rejected > 0 ? $", {tally.Rejected:N0} rejected" : "")}{(waiting > clock.Elapsed ? "; waiting for the system" : "")}");

        if (!IsTerminal)
        {
            await EveryAsync(Seldom, () => Console.WriteLine(total > 0 ? $"{Now()}, {Math.Min(100, 100 * tally.Bytes / total.Value)} %" : Now()), import);
            return;
        }
        await AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask("", maxValue: Math.Max(total ?? 1, 1));
                task.IsIndeterminate = total is null;
                await EveryAsync(Often, () =>
                {
                    task.Description = Now();
                    if (total is not null) task.Value = tally.Bytes;
                }, import);
            });
    }

    static async Task EveryAsync(TimeSpan interval, Action show, Func<Task> import)
    {
        var work = import();
        while (await Task.WhenAny(work, Task.Delay(interval)) != work) show();
        await work;
    }

    public static void Summarise(Tally tally, IReadOnlyList<string> passedOver)
    {
        var counts = Always.Select(status => (Status: status, Count: tally.Counts.GetValueOrDefault(status)))
            .Concat(tally.Counts.Where(count => !Always.Contains(count.Key)).Select(count => (Status: count.Key, Count: count.Value)))
            .Append((Status: "rejected", Count: tally.Rejected)).ToList();
        if (IsTerminal)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumn("").AddColumn(new TableColumn("").RightAligned()).HideHeaders();
            foreach (var (status, count) in counts) table.AddRow(Markup.Escape(status), $"{count:N0}");
            AnsiConsole.Write(table);
        }
        else
            foreach (var (status, count) in counts) Console.WriteLine($"{status,-10} {count,10:N0}");

        foreach (var problem in tally.Problems) Console.WriteLine(problem);
        if (tally.Rejected > tally.Problems.Count) Console.WriteLine($"… and {tally.Rejected - tally.Problems.Count:N0} more; --errors all lists them, --report FILE keeps them.");
        if (passedOver.Count > 0) Console.WriteLine($"Passed over, being of no known kind: {string.Join(", ", passedOver.Take(20).Select(Problem.Printable))}{(passedOver.Count > 20 ? $" and {passedOver.Count - 20:N0} more" : "")}.");
    }
}
