namespace Monitoring.Enrichment.Topics;

/// <summary>
/// Whether a finer topic is a subject of the article or only touched: logistic regression over how much speaks for it, alone
/// and beside the strongest of the article, above and below it, and in the headline.
/// </summary>
public sealed class TopicDecision
{
    public const int Count = 11;
    const int HeadWords = 14, OpeningWords = 50;
    const float Decisive = 3;

    /// <summary>Fitted to the 101 hand-labelled articles of tests/Quality/labels/topics.tune.tsv, as MODEL.md says.</summary>
    static readonly float[] Weights = [-2.026f, 0.386f, 0.412f, 0.510f, 1.110f, 0.117f, 0.229f, -1.093f, 0.640f, -0.924f, 0.970f];

    readonly TopicTree tree;
    readonly float[] scores, head, opening, strong, below;
    readonly float most;
    readonly List<int> touched = [];

    /// <param name="tree">All topics.</param>
    /// <param name="scores">By topic: what the terms say.</param>
    /// <param name="occurrences">The terms' occurrences, by topic and term.</param>
    public TopicDecision(TopicTree tree, float[] scores, TopicRules.Occurrence[] occurrences)
    {
        (this.tree, this.scores) = (tree, scores);
        (head, opening, strong, below) = (new float[tree.Count], new float[tree.Count], new float[tree.Count], new float[tree.Count]);
        for (var i = 0; i < occurrences.Length; i++)
        {
            var occurrence = occurrences[i];
            // Of one term the first is the first in the text: what stands in the headline is counted once.
            if (occurrence.Weight <= 0 || i > 0 && occurrences[i - 1].Term == occurrence.Term) continue;
            if (occurrence.Word < HeadWords) head[occurrence.Topic] += occurrence.Weight;
            if (occurrence.Word < OpeningWords) opening[occurrence.Topic] += occurrence.Weight;
            if (occurrence.Weight >= Decisive) strong[occurrence.Topic]++;
        }
        for (var topic = 0; topic < tree.Count; topic++)
        {
            if (tree.Broader(topic) < 0 || scores[topic] <= 0) continue;
            touched.Add(topic);
            most = MathF.Max(most, scores[topic]);
            for (var above = tree.Broader(topic); above >= 0; above = tree.Broader(above)) below[above] = MathF.Max(below[above], scores[topic]);
        }
    }

    /// <summary>What is known about a finer topic, as numbers.</summary>
    public void Features(int topic, Span<float> features)
    {
        var score = scores[topic];
        var stronger = 0;
        foreach (var other in touched)
            if (scores[other] > score && !tree.IsUnder(other, topic) && !tree.IsUnder(topic, other)) stronger++;
        var above = tree.Broader(tree.Broader(topic)) < 0 ? 0 : MathF.Max(0, scores[tree.Broader(topic)]);
        features[0] = 1;
        features[1] = MathF.Log(1 + score);
        features[2] = score / most;
        features[3] = MathF.Min(score, 30) / 10;
        features[4] = MathF.Log(1 + head[topic]);
        features[5] = MathF.Log(1 + opening[topic]);
        features[6] = MathF.Log(1 + strong[topic]);
        features[7] = MathF.Log(1 + stronger);
        features[8] = MathF.Log(1 + above);
        features[9] = tree.HasNarrower(topic) ? 1 : 0;
        features[10] = MathF.Log(1 + MathF.Max(0, below[topic]));
    }

    /// <summary>The probability that the article is about a finer topic.</summary>
    public float Probability(int topic)
    {
        Span<float> features = stackalloc float[Count];
        Features(topic, features);
        var sum = 0f;
        for (var i = 0; i < Count; i++) sum += features[i] * Weights[i];
        return 1 / (1 + MathF.Exp(-sum));
    }
}
