using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Enrichment;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;
using Monitoring.Enrichment.Topics;
using Monitoring.Hosting;
using Spectre.Console;

namespace Tests.Quality;

/// <summary>
/// <c>topics FILE</c>: rows of topic, fold and text give the figures of the one best top-level topic; rows of line, codes and
/// headline (with <c>--texts</c>) those of the finer topics.
/// </summary>
static class TopicsCommand
{
    sealed record Answer(string Gold, string? Topic, double Score);

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "Rows of topic, fold and text; or labels: line, codes, headline." };
        var texts = new Option<FileInfo?>("--texts") { Description = "The texts that labels are about." };
        var folds = new Option<bool>("--train-folds") { Description = "Fit on the other folds what is asked about one; without, the shipped weights are asked, which have seen these texts." };
        var words = new Option<int>("--words") { Description = "Only the first so many words of every text, as short agency reports have.", DefaultValueFactory = _ => int.MaxValue };
        var knowledge = new Option<DirectoryInfo>("--knowledge") { Description = "The knowledge folder.", DefaultValueFactory = _ => new(Path.Combine(AppContext.BaseDirectory, "knowledge")) };
        var json = new Option<FileInfo?>("--json") { Description = "The figures once more." };
        var command = new Command("topics", "Measures topics against labels.") { file, texts, folds, words, knowledge, json };
        command.SetAction(arguments =>
        {
            var (path, folder) = (arguments.GetRequiredValue(file).FullName, arguments.GetRequiredValue(knowledge).FullName);
            var figures = File.ReadLines(path).First(line => line.Length > 0).Split('\t')[1].Length == 1
                ? TopLevel(path, folder, arguments.GetValue(folds), arguments.GetValue(words))
                : Finer(path, arguments.GetValue(texts)?.FullName ?? throw new ArgumentException("--texts names the file that the labels are about."), folder, arguments.GetValue(folds));
            if (arguments.GetValue(json) is { } output) File.WriteAllText(output.FullName, JsonSerializer.Serialize(figures, Json.Options));
            return 0;
        });
        return command;
    }

    static Dictionary<string, double> TopLevel(string path, string folder, bool trainFolds, int words)
    {
        var finders = Finders(path, folder, trainFolds);
        var names = new TopicTree(new Knowledge(folder));
        var answers = File.ReadLines(path).Select(line => line.Split('\t')).Select(row =>
        {
            var topics = Ask(finders(row[1]), TrainTopicsCommand.ToDocument(First(row[2], words)));
            var first = topics.Count > 0 ? topics[0] : null;
            return new Answer(row[0], first is null ? null : first.Broader.Count == 0 ? first.Name : first.Broader[^1].Name, first?.Score ?? 0);
        }).ToList();

        var table = new Table().AddColumns("topic", "texts", "precision", "recall", "F1");
        var all = new List<double>();
        foreach (var topic in answers.Select(answer => answer.Gold).Distinct().Order(StringComparer.Ordinal))
        {
            double right = answers.Count(answer => answer.Gold == topic && answer.Topic == topic), given = answers.Count(answer => answer.Topic == topic), gold = answers.Count(answer => answer.Gold == topic);
            all.Add(2 * right / (given + gold));
            table.AddRow(topic, $"{gold}", $"{right / Math.Max(1, given):F3}", $"{right / gold:F3}", $"{all[^1]:F3}");
        }
        AnsiConsole.Write(table);

        var certain = answers.OrderByDescending(answer => answer.Score).ToList();
        var figures = new Dictionary<string, double> { ["macroF1"] = all.Average(), ["accuracy"] = Right(answers), ["answered"] = answers.Count(answer => answer.Topic is not null) / (double)answers.Count };
        foreach (var share in new[] { 30, 40, 50, 60, 70, 80, 90 }) figures[$"right@{share}%"] = Right(certain.Take(certain.Count * share / 100));
        for (var score = 5; score <= 9; score++)
        {
            var above = answers.Where(answer => answer.Score >= score / 10.0).ToList();
            figures[$"share of score >= 0.{score}"] = above.Count / (double)answers.Count;
            figures[$"right of score >= 0.{score}"] = Right(above);
        }
        return Show(figures, new() { ["macroF1"] = 0.70, ["right@60%"] = 0.92 });
    }

    static string First(string text, int words)
    {
        var end = 0;
        for (var word = 0; word < words && end >= 0; word++) end = text.IndexOf(' ', end + 1);
        return end < 0 ? text : text[..end];
    }

    static double Right(IEnumerable<Answer> answers) => answers.Select(answer => answer.Topic == answer.Gold ? 1.0 : 0).DefaultIfEmpty().Average();

    /// <summary>
    /// Only topics below the top level count. Exact: a predicted code is right if it is labelled. With ancestors: also if a labelled
    /// code lies under it. Recall: labelled codes predicted, exactly, or with an ancestor of theirs, by all labelled codes.
    /// </summary>
    static Dictionary<string, double> Finer(string path, string textsPath, string folder, bool trainFolds)
    {
        var tree = new TopicTree(new Knowledge(folder));
        var finders = Finders(textsPath, folder, trainFolds);
        var texts = File.ReadAllLines(textsPath);
        double exact = 0, shallow = 0, given = 0, gold = 0, covered = 0;
        foreach (var row in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')))
        {
            var text = texts[int.Parse(row[0], CultureInfo.InvariantCulture) - 1].Split('\t');
            var labelled = row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => tree.Index(id, path)).ToList();
            var predicted = Ask(finders(text[1]), TrainTopicsCommand.ToDocument(text[2])).Where(topic => topic.Broader.Count > 0).Select(topic => tree.Index(topic.Id, path)).ToList();
            given += predicted.Count;
            gold += labelled.Count;
            exact += predicted.Count(labelled.Contains);
            shallow += predicted.Count(topic => labelled.Exists(label => label != topic && tree.IsUnder(label, topic)));
            covered += labelled.Count(label => predicted.Exists(topic => tree.IsUnder(label, topic)));
        }
        return Show(new()
        {
            ["precision, exact"] = exact / given, ["recall, exact"] = exact / gold,
            ["precision, with ancestors"] = (exact + shallow) / given, ["recall, with ancestors"] = covered / gold, ["predicted"] = given, ["labelled"] = gold,
        }, new() { ["precision, exact"] = 0.85, ["recall, exact"] = 0.6 });
    }

    static IReadOnlyList<Topic> Ask(TopicFinder finder, Document document) => finder.Find(document, new ArticleEntities([], []), [], english: true);

    /// <summary>By fold: the finder that has not seen it, or always the shipped one.</summary>
    static Func<string, TopicFinder> Finders(string path, string folder, bool trainFolds)
    {
        var knowledge = new Knowledge(folder);
        if (!trainFolds)
        {
            var shipped = new TopicFinder(knowledge);
            return _ => shipped;
        }
        var examples = TrainTopicsCommand.Read(path, knowledge);
        var tree = new TopicTree(knowledge);
        var finders = examples.Select(example => example.Fold).Distinct()
            .ToDictionary(fold => $"{fold}", fold => new TopicFinder(knowledge, TrainTopicsCommand.Train([.. examples.Where(example => example.Fold != fold)], tree)));
        return fold => finders[fold];
    }

    static Dictionary<string, double> Show(Dictionary<string, double> figures, Dictionary<string, double> goals)
    {
        var table = new Table().AddColumns("measure", "goal", "value");
        foreach (var (name, value) in figures) table.AddRow(name, goals.TryGetValue(name, out var goal) ? $"{goal:F2}" : "", $"{value:F4}");
        AnsiConsole.Write(table);
        return figures;
    }
}
