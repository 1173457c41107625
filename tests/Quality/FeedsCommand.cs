using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Monitoring.Hosting;
using Monitoring.Ingest.Feeds.Parsing;
using Spectre.Console;

namespace Tests.Quality;

/// <summary><c>feeds FOLDER</c>: every file of a folder is read; where NAME.expected.json lies beside it, what it says must hold.</summary>
static class FeedsCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Feeds, one a file, with or without NAME.expected.json (a subset of what preview answers)." };
        var mutate = new Option<int>("--mutate") { Description = "Mutated documents to read besides." };
        var seed = new Option<int>("--seed") { Description = "Of the mutations.", DefaultValueFactory = _ => 1 };
        var command = new Command("feeds", "Reads a folder of feeds and tells what was read and how long it took.") { folder, mutate, seed };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(folder), arguments.GetValue(mutate), arguments.GetValue(seed)));
        return command;
    }

    static int Run(DirectoryInfo folder, int mutate, int seed)
    {
        var files = folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => !file.Name.EndsWith(".expected.json", StringComparison.Ordinal))
            .OrderBy(file => file.FullName, StringComparer.Ordinal).ToList();
        int ill = 0, none = 0, failed = 0, differing = 0, entries = 0;
        var clock = Stopwatch.StartNew();
        var table = new Table().AddColumns("file", "dialect", "entries", "form", "ms", "problem or difference");
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file.FullName);
            var started = clock.Elapsed;
            try
            {
                var read = FeedParser.Parse(bytes, null, null);
                var taken = clock.Elapsed - started;
                var difference = Expected.Difference(file.FullName, JsonSerializer.SerializeToElement(read, Json.Options));
                entries += read.Entries.Count;
                if (!read.WellFormed) ill++;
                if (read.Dialect is null) none++;
                if (difference is not null) differing++;
                table.AddRow(new[] { file.Name, read.Dialect ?? "no feed", $"{read.Entries.Count}", read.WellFormed ? "well" : "ill", $"{taken.TotalMilliseconds:F1}",
                    difference ?? string.Join(" ", read.Problems.Take(1)) }.Select(Markup.Escape).ToArray());
            }
#pragma warning disable CA1031 // Whatever is thrown is what is looked for.
            catch (Exception error)
#pragma warning restore CA1031
            {
                failed++;
                table.AddRow(Markup.Escape(file.Name), "", "", "threw", "", Markup.Escape($"{error.GetType().Name}: {error.Message}"));
            }
        }
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{files.Count} files in {clock.Elapsed.TotalMilliseconds:F0} ms: {entries} entries; {ill} ill-formed, {none} no feed, {failed} threw, {differing} differ from what is expected.");
        return failed + differing + Mutate(files, mutate, seed) > 0 ? 1 : 0;
    }

    static int Mutate(List<FileInfo> files, int count, int seed)
    {
        if (count == 0 || files.Count == 0) return 0;
        var documents = files.Select(file => File.ReadAllBytes(file.FullName)).ToList();
        var (read, failed, slowest, slow) = (0, 0, TimeSpan.Zero, "");
        var clock = Stopwatch.StartNew();
        foreach (var (name, bytes) in Mutation.Truncations(documents).Concat(Mutation.Random(documents, count, seed)))
        {
            var started = clock.Elapsed;
            read++;
            try
            {
                FeedParser.Parse(bytes, null, "http://feeds.example/feed");
            }
#pragma warning disable CA1031 // As above.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (failed++ < 10) AnsiConsole.WriteLine($"{name}: {error}");
            }
            if (clock.Elapsed - started > slowest) (slowest, slow) = (clock.Elapsed - started, name);
        }
        AnsiConsole.WriteLine($"{read} mutated documents in {clock.Elapsed.TotalSeconds:F1} s: {failed} threw; the slowest took {slowest.TotalMilliseconds:F1} ms ({slow}).");
        return failed;
    }
}
