using System.Globalization;
using Monitoring.Contracts;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Topics;

/// <summary>
/// Media Topics of an article. The first is the top-level topic that is most likely its subject, with that probability as its
/// score; it is left out only where none is likely (then the list may still hold finer ones). Behind it stand the finer topics
/// that are subjects too, most likely first, none beside one that lies under it. A finer topic's score is no higher than that of
/// the first. In a language other than English only the publisher's tags and named entities speak.
/// </summary>
public sealed class TopicFinder
{
    /// <summary>Least probability with which anything is said about the top-level topic.</summary>
    public const float TopLevel = 0.25f;

    /// <summary>Least probability of a finer topic.</summary>
    public const float Finer = 0.4f;

    const int MaxFiner = 5;
    const int MaxEvidence = 10;
    const int ModelEvidence = 5;

    /// <summary>Below that a topic is not worth asking about.</summary>
    const float Touched = 1.5f;

    /// <summary>A publisher's tag is a decisive term, twice; for the top-level topic so many nats.</summary>
    const float TagScore = 6, TagNats = 2;

    /// <summary>In a short text the model has little to go by and the terms help it; in a long one they would lead it astray.</summary>
    const float FinerNats = 0.7f, ShortWords = 70, LongWords = 250;

    /// <summary>Of names and tags alone: two football clubs (2 each), or one tag.</summary>
    const float Enough = 4;

    /// <summary>The terms of a topic the model has no examples of decide by themselves: so much, and so many times what others have.</summary>
    const float AloneScore = 6, AloneTimes = 1.2f, AloneProbability = 0.6f;

    readonly TopicTree tree;
    readonly TopicRules rules;
    readonly TopicModel model;
    readonly TopicTags publisher;
    readonly Dictionary<string, List<(int Topic, float Weight)>> named = [];
    readonly int[] unlearnt;

    public TopicFinder(Knowledge knowledge) : this(knowledge, knowledge.ReadBytes("topic-weights.bin")) { }

    /// <param name="knowledge">Topics, terms, tags and names.</param>
    /// <param name="weights">Of the model of top-level topics.</param>
    public TopicFinder(Knowledge knowledge, byte[] weights)
    {
        tree = new TopicTree(knowledge);
        rules = new TopicRules(knowledge, tree);
        model = new TopicModel(weights, tree);
        publisher = new TopicTags(knowledge, tree);
        foreach (var row in knowledge.Read("topic-entities.tsv", columns: 3))
        {
            if (!named.TryGetValue(row[0], out var topics)) named.Add(row[0], topics = []);
            topics.Add((tree.Index(row[2], "topic-entities.tsv"), float.Parse(row[1], CultureInfo.InvariantCulture)));
        }
        unlearnt = [.. Enumerable.Range(0, tree.Count).Where(topic => tree.Broader(topic) < 0 && !model.Topics.Contains(topic))];
    }

    /// <param name="document">The text.</param>
    /// <param name="entities">Whom and what it names.</param>
    /// <param name="tags">What the publisher files it under.</param>
    /// <param name="english">Whether the terms and the model know its language.</param>
    public IReadOnlyList<Topic> Find(Document document, ArticleEntities entities, IReadOnlyList<string> tags, bool english)
    {
        var filed = publisher.Find(tags);
        if (!english) return FromNames(document, entities, filed);

        var occurrences = rules.Find(document);
        var scores = rules.Scores(document, occurrences);
        var likely = Likely(document, occurrences, scores, filed);
        foreach (var topic in filed) scores[topic] = MathF.Max(0, scores[topic]) + TagScore;
        var finer = FinerOf(scores, occurrences);
        Lift(likely, finer, document.Words.Length);
        foreach (var topic in unlearnt) Alone(topic, scores, filed, likely);

        var topics = new List<Topic>();
        var best = 0;
        for (var topic = 0; topic < tree.Count; topic++)
            if (likely[topic] > likely[best]) best = topic;
        if (likely[best] >= TopLevel) topics.Add(tree.ToTopic(best, Score(likely[best]), TopEvidence(document, occurrences, best)));
        foreach (var (topic, probability) in finer)
            topics.Add(tree.ToTopic(topic, Score(topics.Count > 0 ? MathF.Min(probability, likely[best]) : probability), Evidence(document, occurrences, topic)));
        return topics;
    }

    /// <summary>By topic: the probability that it is the one top-level topic.</summary>
    float[] Likely(Document document, TopicRules.Occurrence[] occurrences, float[] scores, List<int> filed)
    {
        var likely = new float[tree.Count];
        if (document.Words.Length == 0) return likely;
        var logits = model.Score(document, rules, occurrences, scores);
        var largest = float.MinValue;
        for (var lane = 0; lane < logits.Length; lane++)
        {
            if (model.Topics[lane] < 0) continue;
            foreach (var topic in filed)
                if (tree.Top(topic) == model.Topics[lane]) logits[lane] += TagNats;
            largest = MathF.Max(largest, logits[lane]);
        }
        var sum = 0f;
        for (var lane = 0; lane < logits.Length; lane++)
            if (model.Topics[lane] >= 0) sum += likely[model.Topics[lane]] = MathF.Exp(logits[lane] - largest);
        for (var topic = 0; topic < likely.Length; topic++) likely[topic] /= sum;
        return likely;
    }

    static void Alone(int topic, float[] scores, List<int> filed, float[] likely)
    {
        if (!filed.Contains(topic))
        {
            if (scores[topic] < AloneScore) return;
            for (var other = 0; other < scores.Length; other++)
                if (other != topic && scores[other] * AloneTimes > scores[topic]) return;
        }
        for (var other = 0; other < likely.Length; other++) likely[other] *= 1 - AloneProbability;
        likely[topic] = AloneProbability;
    }

    /// <summary>A finer topic that is a subject speaks for its branch, the strongest of a branch alone.</summary>
    void Lift(float[] likely, List<(int Topic, float Probability)> finer, int words)
    {
        var nats = FinerNats * Math.Clamp((LongWords - words) / (LongWords - ShortWords), 0, 1);
        var strongest = new float[tree.Count];
        foreach (var (topic, probability) in finer) strongest[tree.Top(topic)] = MathF.Max(strongest[tree.Top(topic)], probability);
        var sum = 0f;
        for (var topic = 0; topic < likely.Length; topic++) sum += likely[topic] *= MathF.Exp(nats * strongest[topic]);
        if (sum == 0) return;
        for (var topic = 0; topic < likely.Length; topic++) likely[topic] /= sum;
    }

    List<(int Topic, float Probability)> FinerOf(float[] scores, TopicRules.Occurrence[] occurrences)
    {
        var decision = new TopicDecision(tree, scores, occurrences);
        var finer = new List<(int Topic, float Probability)>();
        for (var topic = 0; topic < scores.Length; topic++)
            if (tree.Broader(topic) >= 0 && scores[topic] >= Touched && decision.Probability(topic) is var probability && probability >= Finer) finer.Add((topic, probability));
        finer.RemoveAll(one => finer.Exists(other => other.Topic != one.Topic && tree.IsUnder(other.Topic, one.Topic)));
        finer.Sort((one, other) => one.Probability != other.Probability ? other.Probability.CompareTo(one.Probability) : one.Topic.CompareTo(other.Topic));
        if (finer.Count > MaxFiner) finer.RemoveRange(MaxFiner, finer.Count - MaxFiner);
        return finer;
    }

    /// <summary>Those of the topic's terms and of those below it, else the words that weigh most in the model.</summary>
    List<Span> TopEvidence(Document document, TopicRules.Occurrence[] occurrences, int top)
    {
        var lane = Array.IndexOf(model.Topics, top);
        var words = lane < 0 ? [] : model.Evidence(document, lane, ModelEvidence);
        return words.Count > 0 ? Spans(document, words) : Evidence(document, occurrences, top);
    }

    static List<Span> Evidence(Document document, TopicRules.Occurrence[] occurrences, int topic)
    {
        var spans = new List<(int Start, int End)>();
        foreach (var occurrence in occurrences)
            if (occurrence.Topic == topic && occurrence.Weight > 0) spans.Add((occurrence.Start, occurrence.End));
        return Spans(document, spans);
    }

    /// <summary>In order of the text, none within another.</summary>
    static List<Span> Spans(Document document, List<(int Start, int End)> found)
    {
        found.Sort((one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.End.CompareTo(one.End));
        var spans = new List<Span>();
        var end = 0;
        foreach (var (start, stop) in found)
        {
            if (stop <= end || spans.Count == MaxEvidence) continue;
            spans.Add(document.Span(start, stop));
            end = stop;
        }
        return spans;
    }

    List<Topic> FromNames(Document document, ArticleEntities entities, List<int> filed)
    {
        var scores = new float[tree.Count];
        var spans = new Dictionary<int, List<(int Start, int End)>>();
        foreach (var topic in filed) scores[topic] += TagScore;
        for (var i = 0; i < entities.Entities.Count; i++)
        {
            if (entities.Entities[i].Ambiguous || !named.TryGetValue(entities.Entities[i].Id, out var topics)) continue;
            foreach (var (topic, weight) in topics)
            {
                scores[topic] += weight;
                if (!spans.TryGetValue(topic, out var found)) spans.Add(topic, found = []);
                foreach (var mention in entities.Mentions)
                    if (mention.Entity == i) found.Add((document.Tokens[mention.First].Start, document.Tokens[mention.End - 1].End));
            }
        }
        var chosen = Enumerable.Range(0, tree.Count).Where(topic => scores[topic] >= Enough).ToList();
        chosen.RemoveAll(one => chosen.Exists(other => other != one && tree.IsUnder(other, one)));
        return [.. chosen.OrderByDescending(topic => scores[topic]).ThenBy(topic => topic)
            .Select(topic => tree.ToTopic(topic, Score(scores[topic] / (scores[topic] + 2)), Spans(document, spans.GetValueOrDefault(topic, []))))];
    }

    static double Score(float probability) => Math.Round(Math.Clamp(probability, 0.001, 0.999), 3);
}
