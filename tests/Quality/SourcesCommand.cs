using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Spectre.Console;

namespace Tests.Quality;

/// <summary><c>sources FILE…</c>: precision and recall of cited sources over labelled excerpts (labels/README: one JSON object a line).</summary>
static class SourcesCommand
{
    sealed record Excerpt(string Id, string? Outlet, string Text, IReadOnlyList<Label> Cited);

    sealed record Label(string Name, bool Anonymous, int Start, int End);

    sealed record Figures(string Kind, int Right, int Found, int Labelled)
    {
        public double Precision => Found == 0 ? 1 : (double)Right / Found;
        public double Recall => Labelled == 0 ? 1 : (double)Right / Labelled;
        public double F => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
    }

    const double PrecisionGoal = 0.9, RecallGoal = 0.85;

    /// <param name="find">What the product finds in a text, by the article's own outlet (a name or a domain, or null); offsets into the text with a title that is absent.</param>
    public static Command Create(Func<string, string?, IReadOnlyList<CitedSource>> find)
    {
        var files = new Argument<FileInfo[]>("files") { Description = "JSON lines: {id, outlet, text, cited[{name, anonymous, start, end}]}.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<FileInfo?>("--json") { Description = "Where to write the figures." };
        var errors = new Option<bool>("--errors") { Description = "Prints what is wrong or missing." };
        var command = new Command("sources", "Measures cited sources: a prediction is right when it overlaps a labelled source that is named or unnamed alike.") { files, json, errors };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(files), find, arguments.GetValue(json), arguments.GetValue(errors)));
        return command;
    }

    static int Run(FileInfo[] files, Func<string, string?, IReadOnlyList<CitedSource>> find, FileInfo? json, bool errors)
    {
        var (right, found, labelled) = (new int[2], new int[2], new int[2]);
        foreach (var line in files.SelectMany(file => File.ReadLines(file.FullName)).Where(line => line.Length > 0))
        {
            var excerpt = JsonSerializer.Deserialize<Excerpt>(line, Json.Options)!;
            // Without a title the text begins behind the line break that ends it.
            var sources = find(excerpt.Text, excerpt.Outlet is { Length: > 0 } outlet ? outlet : null).Select(source => source with { Start = source.Start - 1, End = source.End - 1 }).ToList();
            var open = excerpt.Cited.ToList();
            foreach (var label in excerpt.Cited) labelled[label.Anonymous ? 1 : 0]++;
            foreach (var source in sources)
            {
                var kind = source.Anonymous ? 1 : 0;
                found[kind]++;
                var match = open.Find(label => label.Anonymous == source.Anonymous && label.Start < source.End && source.Start < label.End);
                if (match is not null && open.Remove(match)) right[kind]++;
                else if (errors) AnsiConsole.WriteLine($"{excerpt.Id}: wrong {source.Name} ({source.Cue})");
            }
            if (!errors) continue;
            foreach (var label in open) AnsiConsole.WriteLine($"{excerpt.Id}: missing {label.Name}");
        }

        Figures[] figures = [new("named", right[0], found[0], labelled[0]), new("anonymous", right[1], found[1], labelled[1]), new("all", right.Sum(), found.Sum(), labelled.Sum())];
        var table = new Table().AddColumns("sources", "labelled", "found", "right", "precision", "recall", "F");
        foreach (var row in figures) table.AddRow(row.Kind, $"{row.Labelled}", $"{row.Found}", $"{row.Right}", Percent(row.Precision), Percent(row.Recall), Percent(row.F));
        table.AddRow("goal", "", "", "", Percent(PrecisionGoal), Percent(RecallGoal), "");
        AnsiConsole.Write(table);
        if (json is not null) File.WriteAllText(json.FullName, JsonSerializer.Serialize(figures, Json.Options));
        return figures[2].Precision >= PrecisionGoal && figures[2].Recall >= RecallGoal ? 0 : 1;
    }

    static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture);
}
