using System.CommandLine;
using System.Text.Json;
using Monitoring.Enrichment;
using Monitoring.Enrichment.Languages;
using Spectre.Console;

namespace Tests.Quality;

/// <summary><c>language FILE</c>: code, tab, text; every text is cut to pieces that begin at each 100th character, and every piece's language told.</summary>
static class LanguageCommand
{
    const int Step = 100;

    static readonly (int Length, double Goal)[] Lengths = [(100, 0.97), (300, 0.995)];

    sealed record Piece(string Expected, string Told);

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "Lines of ISO 639-1 code, tab, text." };
        var english = new Option<FileInfo>("--english") { Description = "Lines of anything, tab, anything, tab, English text: how many of their beginnings are told to be something else." };
        var knowledge = new Option<string>("--knowledge") { DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "knowledge"), Description = "Folder of the model's files." };
        var json = new Option<FileInfo>("--json") { Description = "Where to write the figures too." };
        var command = new Command("language", "How often the language of 100 and of 300 characters is told right.") { file, english, knowledge, json };
        command.SetAction(arguments => Run(new LanguageDetector(new Knowledge(arguments.GetRequiredValue(knowledge))), arguments.GetRequiredValue(file), arguments.GetValue(english), arguments.GetValue(json)));
        return command;
    }

    static int Run(LanguageDetector detector, FileInfo file, FileInfo? english, FileInfo? json)
    {
        var rows = File.ReadLines(file.FullName).Select(line => line.Split('\t', 2)).Where(row => row.Length == 2).ToList();
        var table = new Table().AddColumns("characters", "pieces", "goal", "right", "mistaken for another");
        var figures = new List<object>();
        var missed = 0;
        foreach (var (length, goal) in Lengths)
        {
            var pieces = rows.SelectMany(row => Cut(row[1], length).Select(text => new Piece(Same(row[0]), Same(detector.Detect(text).Code)))).ToList();
            var right = (double)pieces.Count(piece => piece.Told == piece.Expected) / Math.Max(1, pieces.Count);
            var mistakes = pieces.Where(piece => piece.Told != piece.Expected).CountBy(piece => $"{piece.Expected} as {piece.Told}").OrderByDescending(mistake => mistake.Value).ThenBy(mistake => mistake.Key, StringComparer.Ordinal).ToList();
            if (right < goal) missed++;
            table.AddRow($"{length}", $"{pieces.Count}", $"{goal:P1}", $"{right:P2}", string.Join(", ", mistakes.Select(mistake => $"{mistake.Key}: {mistake.Value}")));
            figures.Add(new { length, pieces = pieces.Count, goal, right, mistakes = mistakes.ToDictionary() });
        }
        foreach (var (length, _) in english is null ? [] : Lengths)
        {
            var texts = File.ReadLines(english!.FullName).Select(line => line.Split('\t')[2]).ToList();
            var others = texts.Count(text => detector.Detect(text[..Math.Min(length, text.Length)]).Code != "en");
            table.AddRow($"{length}", $"{texts.Count}", "all English", $"{1 - (double)others / texts.Count:P2}", $"{others}");
            figures.Add(new { english = length, texts = texts.Count, others });
        }
        AnsiConsole.Write(table);
        if (json is not null) File.WriteAllText(json.FullName, JsonSerializer.Serialize(figures));
        return missed > 0 ? 1 : 0;
    }

    static IEnumerable<string> Cut(string text, int length)
    {
        for (var start = 0; start + length <= text.Length; start += Step) yield return text.Substring(start, length);
    }

    /// <summary>Two codes of one language are one.</summary>
    static string Same(string code) => code switch { "nb" => "no", "fil" => "tl", _ => code };
}
