using Monitoring.Enrichment;
using Monitoring.Enrichment.Entities.Tagging;
using Monitoring.Enrichment.Text;

namespace Tests.Quality.Ner;

/// <summary>
/// From labelled texts and raw news to weights. What is labelled by machine (gmb) or by rule (gum) is noisy: of each half, the stretches
/// that a model of the other half disputes are left out. Raw news is labelled by two models, and where both say the same it is learnt from
/// too: that brings the names and the wording of other years and outlets.
/// </summary>
sealed class NerTraining(NameEvidence evidence, WordClusters clusters, ulong seed, Action<string> log)
{
    static readonly string[] Gold = ["crossner.pol", "uner.dev", "wikigold.all", "wnut.train"], Noisy = ["gmb.test", "gmb.train", "gum.news", "gum.other"];

    /// <summary>gmb has few marks between documents, so its texts are cut after so many sentences.</summary>
    const int LongestText = 100;

    public int Epochs { get; init; } = 6;
    public int FoldEpochs { get; init; } = 3;
    public int MinCount { get; init; } = 3;
    public int MaxRows { get; init; } = 150_000;
    public int Dropout { get; init; } = 110;
    public float Rate { get; init; } = 0.08f;
    public float NoisyWeight { get; init; } = 1;
    public float SilverWeight { get; init; } = 0.3f;

    /// <summary>Of the raw texts so many are labelled.</summary>
    public int SilverTexts { get; init; } = 4_000;

    readonly WordFeatures features = new(evidence, clusters);

    public static NerTraining Create(Knowledge knowledge, ulong seed, Action<string> log) =>
        new(new NameEvidence(knowledge), new WordClusters(knowledge.ReadBytes("ner.clusters")), seed, log);

    /// <summary>The words of all labelled texts.</summary>
    public static IEnumerable<string> Raw(string folder) =>
        Directory.GetFiles(folder, "*.tsv").Order(StringComparer.Ordinal).SelectMany(file => NerCorpus.Read(file, LongestText)).Select(text => text.Text);

    /// <param name="folder">Of the labelled texts.</param>
    /// <param name="without">Sets to leave out.</param>
    /// <param name="news">Raw texts.</param>
    public byte[] Train(string folder, IReadOnlySet<string> without, IReadOnlyList<string> news)
    {
        var (features, model) = Learn(folder, without, news);
        return TaggerFile.Pack(features, model.Weights, model.Transitions, MaxRows);
    }

    public (List<(uint Key, int Count)> Features, CrfTrainer Model) Learn(string folder, IReadOnlySet<string> without, IReadOnlyList<string> news)
    {
        var noisy = Read(Noisy).ToList();
        var sets = new List<NerExamples> { Examples(Read(Gold), 1), Examples(noisy.Where((_, i) => i % 2 == 0), NoisyWeight), Examples(noisy.Where((_, i) => i % 2 == 1), NoisyWeight) };
        var (keys, ids) = NerExamples.Number(sets, MinCount);
        log($"{sets.Sum(set => set.Stretches.Count):N0} stretches, {sets.Sum(set => set.Labels.Count):N0} tokens, {keys.Count:N0} features");

        var models = new CrfTrainer[2];
        Parallel.For(0, 2, half => models[half] = Train(keys.Count, sets, ids, FoldEpochs, half, [0, 1 + half]));
        for (var half = 0; half < 2; half++) sets[2 - half].Leave(models[half].Disputed(sets[2 - half], ids[2 - half]));
        log($"disputed: {sets.Sum(set => set.Weights.Count(weight => weight == 0)):N0} stretches");

        if (SilverTexts > 0)
        {
            // The halves without what is disputed make two models that err differently.
            Parallel.For(0, 2, half => models[half] = Train(keys.Count, sets, ids, FoldEpochs, 2 + half, [0, 1 + half]));
            sets.Add(Silver([.. models.Select(model => new NameTagger(evidence, clusters, new TaggerWeights(TaggerFile.Pack(keys, model.Weights, model.Transitions, MaxRows))))], news));
            (keys, ids) = NerExamples.Number(sets, MinCount);
            log($"labelled alike by both: {sets[3].Weights.Count(weight => weight > 0):N0} stretches of {sets[3].Weights.Count:N0}; {keys.Count:N0} features");
        }
        var final = Train(keys.Count, sets, ids, Epochs, 4, SilverTexts > 0 ? [3, 1, 2, 0] : [1, 2, 0], log);
        return (keys, final);

        IEnumerable<LabelledText> Read(string[] names) =>
            Recasing.Add(names.Where(name => !without.Contains(name)).SelectMany(name => NerCorpus.Read(Path.Combine(folder, $"{name}.tsv"), LongestText)));
    }

    CrfTrainer Train(int count, List<NerExamples> sets, int[][] ids, int epochs, int run, int[] with, Action<string>? log = null)
    {
        var trainer = new CrfTrainer(count, seed + (ulong)run) { Dropout = Dropout, Rate = Rate };
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var losses = with.Select(set => trainer.Epoch(sets[set], ids[set])).ToList();
            log?.Invoke($"epoch {epoch}: {string.Join(" ", losses.Select(loss => $"{loss:F4}"))}");
        }
        return trainer;
    }

    NerExamples Examples(IEnumerable<LabelledText> texts, float weight)
    {
        var examples = new NerExamples();
        foreach (var text in texts)
        {
            var document = new Document(null, text.Text);
            examples.Add(document, NerCorpus.Spans(document, text, evidence), evidence, features, weight);
        }
        return examples;
    }

    NerExamples Silver(NameTagger[] taggers, IReadOnlyList<string> news)
    {
        var (first, second) = (new NerExamples(), new NerExamples());
        var step = Math.Max(1, news.Count / SilverTexts);
        for (var i = 0; i < news.Count; i += step)
        {
            var document = new Document(null, news[i]);
            first.Add(document, taggers[0].Tag(document), evidence, features, SilverWeight);
            second.Add(document, taggers[1].Tag(document), evidence, null, SilverWeight);
        }
        first.Leave([.. first.Stretches.Select(stretch => !first.Labels.Slice(stretch.First, stretch.End - stretch.First).SequenceEqual(second.Labels.Slice(stretch.First, stretch.End - stretch.First)))]);
        return first;
    }
}
