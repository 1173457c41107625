using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using Monitoring.Enrichment;
using Monitoring.Enrichment.Text;
using Monitoring.Enrichment.Topics;
using Spectre.Console;

namespace Tests.Quality;

/// <summary>
/// <c>train-topics FILE</c>: fits the model of top-level topics and writes its weights. The same file, knowledge and seed give the
/// same bytes: one thread, one order of every sum.
/// </summary>
static class TrainTopicsCommand
{
    // The best of those tried by cross-validation over the folds; MODEL.md has the figures beside them.
    const int Epochs = 4, Seed = 1;
    const float LearningRate = 0.5f, RareClasses = 0.35f, PriorCorrection = 0.4f;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "Rows of topic, fold and text." };
        var knowledge = new Option<DirectoryInfo>("--knowledge") { Description = "The knowledge folder.", DefaultValueFactory = _ => new("services/Enrichment/knowledge") };
        var output = new Option<FileInfo?>("--output") { Description = "Where the weights go; topic-weights.bin of the knowledge folder without." };
        var command = new Command("train-topics", "Fits the model of top-level topics.") { file, knowledge, output };
        command.SetAction(arguments =>
        {
            var clock = Stopwatch.StartNew();
            var folder = arguments.GetRequiredValue(knowledge).FullName;
            var rows = Read(arguments.GetRequiredValue(file).FullName, new Knowledge(folder));
            var weights = Train(rows, new TopicTree(new Knowledge(folder)));
            var path = arguments.GetValue(output)?.FullName ?? Path.Combine(folder, "topic-weights.bin");
            File.WriteAllBytes(path, weights);
            AnsiConsole.WriteLine($"{rows.Count(row => row.View == 0)} texts, {weights.Length / 1024} kB of weights in {clock.Elapsed.TotalSeconds:F0} s ({Environment.CpuUsage.TotalTime.TotalSeconds:F0} s of processor time): {path}");
            return 0;
        });
        return command;
    }

    /// <summary>A text (View 0) or its first words (View many) with its topic: what is the same for every fit.</summary>
    public sealed record Example(string Topic, int Fold, int View, Document Document, float[] Rules, List<(int Row, int Count)> Counted);

    /// <summary>Every text, and its openings once more: agency reports are short, the texts to learn from are not.</summary>
    public static List<Example> Read(string path, Knowledge knowledge)
    {
        var rules = new TopicRules(knowledge, new TopicTree(knowledge));
        var examples = new List<Example>();
        foreach (var row in File.ReadLines(path).Select(line => line.Split('\t')))
        {
            var document = ToDocument(row[2]);
            var occurrences = rules.Find(document);
            var fold = int.Parse(row[1], CultureInfo.InvariantCulture);
            examples.Add(new Example(row[0], fold, 0, document, rules.Scores(document, occurrences), TopicModel.Count(document)));
            foreach (var words in TopicModel.Views)
                if (document.Words.Length > words) examples.Add(new Example(row[0], fold, words, document, rules.Scores(document, occurrences, words), TopicModel.Count(document, words)));
        }
        return examples;
    }

    /// <summary>The texts are <c>headline . body</c>.</summary>
    public static Document ToDocument(string text) =>
        text.IndexOf(" . ", StringComparison.Ordinal) is > 0 and < 300 and var cut ? new Document(text[..cut], text[(cut + 3)..]) : new Document(null, text);

    /// <summary>Multinomial logistic regression by AdaGrad (Duchi, Hazan, Singer 2011), rare topics weighted up by the root of their rarity.</summary>
    public static byte[] Train(IReadOnlyList<Example> examples, TopicTree tree)
    {
        var topics = examples.Select(example => example.Topic).Distinct().Order(StringComparer.Ordinal).ToList();
        var idf = Idf(examples);
        var vectors = examples.Select(example => TopicModel.Weigh(example.Counted, row => idf[row], example.Rules, tree)).ToArray();
        var labels = examples.Select(example => topics.IndexOf(example.Topic)).ToArray();
        var share = topics.Select(topic => examples.Count(example => example.Topic == topic) / (float)examples.Count).ToArray();
        var boost = share.Select(p => MathF.Pow(p * topics.Count, -RareClasses)).ToArray();
        var mean = labels.Average(label => boost[label]);

        var weights = new float[((1 << TopicModel.Bits) + 1) * TopicModel.Lanes];
        var squares = new float[weights.Length];
        Array.Fill(squares, 1e-3f);
        var random = new Random(Seed);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var i in order) Step(vectors[i], labels[i], boost[labels[i]] / mean, topics.Count, weights, squares);
        }
        // Menon et al. 2021: less of the training data's opinion of how frequent a topic is.
        for (var lane = 0; lane < topics.Count; lane++) weights[(1 << TopicModel.Bits) * TopicModel.Lanes + lane] -= PriorCorrection * MathF.Log(share[lane]) / TopicModel.BiasValue;
        return TopicModel.Pack([.. topics.Select(topic => Number(topic, tree))], weights, idf);
    }

    static int Number(string name, TopicTree tree) =>
        int.Parse(tree.Id(Enumerable.Range(0, tree.Count).Single(topic => tree.Broader(topic) < 0 && tree.Name(topic) == name))["medtop:".Length..], CultureInfo.InvariantCulture);

    static byte[] Idf(IReadOnlyList<Example> examples)
    {
        var texts = new int[(1 << TopicModel.Bits) + 1];
        var whole = examples.Where(example => example.View == 0).ToList();
        foreach (var example in whole)
            foreach (var (row, _) in example.Counted) texts[row]++;
        // What occurs in one text only tells nothing about others.
        return Array.ConvertAll(texts, count => count < 2 ? (byte)0 : (byte)Math.Clamp(MathF.Round(TopicModel.IdfScale * MathF.Log((1f + whole.Count) / (1 + count))), 1, 255));
    }

    static void Step(TopicModel.Feature[] features, int label, float boost, int topics, float[] weights, float[] squares)
    {
        Span<float> scores = stackalloc float[TopicModel.Lanes];
        var (low, high) = (Vector256<float>.Zero, Vector256<float>.Zero);
        foreach (var feature in features)
        {
            low += Vector256.LoadUnsafe(ref weights[feature.Row * TopicModel.Lanes]) * feature.Value;
            high += Vector256.LoadUnsafe(ref weights[feature.Row * TopicModel.Lanes + 8]) * feature.Value;
        }
        low.CopyTo(scores);
        high.CopyTo(scores[8..]);
        Softmax(scores[..topics]);
        scores[topics..].Clear();
        scores[label] -= 1;
        var (gradientLow, gradientHigh) = (Vector256.Create<float>(scores) * boost, Vector256.Create<float>(scores[8..]) * boost);
        foreach (var feature in features)
        {
            Descend(ref weights[feature.Row * TopicModel.Lanes], ref squares[feature.Row * TopicModel.Lanes], gradientLow * feature.Value);
            Descend(ref weights[feature.Row * TopicModel.Lanes + 8], ref squares[feature.Row * TopicModel.Lanes + 8], gradientHigh * feature.Value);
        }
    }

    static void Descend(ref float weight, ref float square, Vector256<float> gradient)
    {
        var sum = Vector256.LoadUnsafe(ref square) + gradient * gradient;
        sum.StoreUnsafe(ref square);
        (Vector256.LoadUnsafe(ref weight) - gradient * LearningRate / Vector256.Sqrt(sum)).StoreUnsafe(ref weight);
    }

    public static void Softmax(Span<float> scores)
    {
        var largest = float.MinValue;
        foreach (var score in scores) largest = MathF.Max(largest, score);
        var sum = 0f;
        foreach (ref var score in scores) sum += score = MathF.Exp(score - largest);
        foreach (ref var score in scores) score /= sum;
    }
}
