using System.CommandLine;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Enrichment.Summary;
using Monitoring.Enrichment.Text;
using Spectre.Console;

namespace Tests.Quality;

/// <summary><c>neardup FILE</c>: id, tab, id, tab, 1 (one text edited) or 0; whether the fingerprints of the two texts tell so too.</summary>
static class NeardupCommand
{
    const double RecallGoal = 0.98, PrecisionGoal = 0.99;

    sealed record Pair(string One, string Other, bool Same, bool Told, double Similarity, double Containment);

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "Lines of id, tab, id, tab, 1 or 0." };
        var stories = new Option<FileInfo[]>("--stories") { Description = "Texts: story, topic, date, id, text, with tabs between.", AllowMultipleArgumentsPerToken = true };
        var texts = new Option<FileInfo>("--texts") { Description = "More texts: topic, tab, fold, tab, text; line N is iptc:N." };
        var json = new Option<FileInfo>("--json") { Description = "Where to write the figures too." };
        var command = new Command("neardup", "How often fingerprints tell right whether one text is another with edits.") { file, stories, texts, json };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(file), arguments.GetValue(stories) ?? [], arguments.GetValue(texts), arguments.GetValue(json)));
        return command;
    }

    static int Run(FileInfo file, FileInfo[] stories, FileInfo? texts, FileInfo? json)
    {
        var labels = File.ReadLines(file.FullName).Select(line => line.Split('\t')).Where(row => row.Length == 3).ToList();
        var ids = labels.SelectMany(row => row[..2]).ToHashSet();
        var fingerprints = Texts(stories, texts).Where(text => ids.Contains(text.Id)).ToDictionary(text => text.Id, text => Fingerprint.Of(new Document(null, text.Text)) ?? "");
        var pairs = labels.Select(row => Compare(row[0], row[1], row[2] == "1", fingerprints)).ToList();
        var hits = pairs.Count(pair => pair.Same && pair.Told);
        var recall = (double)hits / Math.Max(1, pairs.Count(pair => pair.Same));
        var precision = (double)hits / Math.Max(1, pairs.Count(pair => pair.Told));

        var table = new Table().AddColumns("figure", "goal", "value");
        table.AddRow("pairs", "", $"{pairs.Count}, {pairs.Count(pair => pair.Same)} of one text");
        table.AddRow("recall", $"{RecallGoal:F2}", $"{recall:F3}");
        table.AddRow("precision", $"{PrecisionGoal:F2}", $"{precision:F3}");
        foreach (var wrong in pairs.Where(pair => pair.Same != pair.Told)) table.AddRow(wrong.Same ? "missed" : "wrongly told", $"{wrong.One} {wrong.Other}", $"similarity {wrong.Similarity:F2}, containment {wrong.Containment:F2}");
        AnsiConsole.Write(table);
        if (json is not null) File.WriteAllText(json.FullName, JsonSerializer.Serialize(new { recall, precision, pairs }));
        return recall < RecallGoal || precision < PrecisionGoal ? 1 : 0;
    }

    static Pair Compare(string one, string other, bool same, Dictionary<string, string> fingerprints)
    {
        var (a, b) = (fingerprints[one], fingerprints[other]);
        var containment = Fingerprints.Values(a) is { } x && Fingerprints.Values(b) is { } y ? Fingerprints.Containment(x, y) : 0;
        return new Pair(one, other, same, Fingerprints.AreNearDuplicates(a, b), Fingerprints.Similarity(a, b), containment);
    }

    static IEnumerable<(string Id, string Text)> Texts(FileInfo[] stories, FileInfo? texts) =>
        stories.SelectMany(story => File.ReadLines(story.FullName)).Select(line => line.Split('\t')).Select(row => (row[3], row[4]))
            .Concat(texts is null ? [] : File.ReadLines(texts.FullName).Select((line, i) => ($"iptc:{i + 1}", line.Split('\t')[2])));
}
