using System.CommandLine;
using System.Diagnostics;
using Monitoring.Enrichment;
using Monitoring.Enrichment.Entities.Tagging;
using Spectre.Console;
using Tests.Quality.Ner;

namespace Tests.Quality;

/// <summary>
/// <c>train-ner FOLDER</c>: word clusters and weights of the tagger out of labelled texts and raw news, the same bytes from the same
/// files and seed. uner.test is never among them.
/// </summary>
static class TrainNerCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Labelled texts (*.tsv); ../topics/news_iptc_level1.tsv is the raw text." };
        var knowledge = new Option<DirectoryInfo>("--knowledge") { Description = "Tables to read, and where ner.clusters and ner.weights go.", DefaultValueFactory = _ => new DirectoryInfo("services/Enrichment/knowledge") };
        var without = new Option<string[]>("--without") { Description = "Sets to leave out besides, to be measured on.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var clusters = new Option<bool>("--keep-clusters") { Description = "Keep ner.clusters as it is." };
        var seed = new Option<ulong>("--seed") { Description = "Of everything random.", DefaultValueFactory = _ => 1 };
        var command = new Command("train-ner", "Trains the name tagger; two threads.") { folder, knowledge, without, clusters, seed };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(folder).FullName, arguments.GetRequiredValue(knowledge).FullName, arguments.GetRequiredValue(without), arguments.GetValue(clusters), arguments.GetValue(seed)));
        return command;
    }

    static int Run(string folder, string target, string[] without, bool keepClusters, ulong seed)
    {
        var clock = Stopwatch.StartNew();
        var news = File.ReadLines(Path.Combine(folder, "..", "topics", "news_iptc_level1.tsv")).Select(line => line.Split('\t')[2]).ToList();
        if (!keepClusters)
        {
            Log("word clusters");
            File.WriteAllBytes(Path.Combine(target, "ner.clusters"), ClusterFile.Train(news.Concat(NerTraining.Raw(folder)), seed));
        }
        var knowledge = new Knowledge(target);
        var training = NerTraining.Create(knowledge, seed, Log);
        var weights = training.Train(folder, without.ToHashSet(), news);
        File.WriteAllBytes(Path.Combine(target, "ner.weights"), weights);
        Log($"{weights.Length:N0} bytes of weights");
        return 0;

        void Log(string what) => AnsiConsole.WriteLine($"{clock.Elapsed:mm\\:ss} {what}");
    }
}
