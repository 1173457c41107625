using Monitoring.Alerts.Subscriptions;
using Monitoring.Contracts;

namespace Monitoring.Alerts.Matching;

/// <param name="Subscription">Who asked.</param>
/// <param name="Reasons">What was asked for and what met it, never empty.</param>
public sealed record Match(Subscription Subscription, IReadOnlyList<AlertReason> Reasons);

/// <summary>
/// The subscriptions by what they ask for, so that an article is compared only with those that one of its topics, entities or
/// its source can meet (the idea of Lucene Monitor's presearcher).
/// </summary>
public sealed class SubscriptionIndex
{
    /// <summary>Something about an article that can be asked for, under every name it can be asked by.</summary>
    sealed record Fact(string Kind, string Id, string Name, IEnumerable<string> Names, IReadOnlyList<Span> Evidence);

    readonly ILookup<(string Kind, string Asked), Subscription> byAsked;

    public SubscriptionIndex(IEnumerable<Subscription> subscriptions) => byAsked = subscriptions
        .Where(subscription => subscription.Status == SubscriptionStatus.Active)
        // Every kind must be met, so any one of them finds all candidates; entities are usually the rarest.
        .SelectMany(subscription => Asked(subscription).First(kind => kind.Values.Count > 0) is var rarest
            ? rarest.Values.Select(value => (Key: (rarest.Kind, Folding.Fold(value)), Subscription: subscription)) : [])
        .ToLookup(entry => entry.Key, entry => entry.Subscription);

    /// <summary>Clocks of two machines differ by less.</summary>
    static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <param name="article">The article.</param>
    /// <param name="enrichment">What was understood of it.</param>
    /// <param name="placedAt">A subscription hears of what is placed after it was made, also when the past is sent again.</param>
    public IReadOnlyList<Match> Match(ArticleContent article, Enrichment enrichment, DateTimeOffset placedAt)
    {
        var facts = Facts(article, enrichment)
            .SelectMany(fact => fact.Names.Append(fact.Id).Append(fact.Name).Select(Folding.Fold).Distinct(), (fact, name) => (Key: (fact.Kind, Name: name), Fact: fact))
            .ToLookup(entry => entry.Key, entry => entry.Fact);
        return [.. facts.SelectMany(fact => byAsked[fact.Key]).DistinctBy(subscription => subscription.Id)
            .Where(subscription => subscription.Created <= placedAt + ClockSkew)
            .Select(subscription => (subscription, Reasons: Reasons(subscription, facts)))
            .Where(match => match.Reasons is not null)
            .Select(match => new Match(match.subscription, match.Reasons!))];
    }

    static List<AlertReason>? Reasons(Subscription subscription, ILookup<(string Kind, string Name), Fact> facts)
    {
        var reasons = new List<AlertReason>();
        foreach (var (kind, values) in Asked(subscription).Where(kind => kind.Values.Count > 0))
        {
            var before = reasons.Count;
            foreach (var asked in values)
                if (facts[(kind, Folding.Fold(asked))].MaxBy(fact => fact.Evidence.Count) is { } met)
                    reasons.Add(new AlertReason(kind, asked, met.Id, met.Name, met.Evidence));
            if (reasons.Count == before) return null;
        }
        return reasons;
    }

    static IEnumerable<(string Kind, IReadOnlyList<string> Values)> Asked(Subscription subscription) =>
    [
        ("entity", subscription.Interests.Entities),
        ("topic", subscription.Interests.Topics),
        ("source", subscription.Interests.Sources),
    ];

    static IEnumerable<Fact> Facts(ArticleContent article, Enrichment enrichment)
    {
        foreach (var topic in enrichment.Topics)
        {
            yield return new Fact("topic", topic.Id, topic.Name, [], topic.Evidence);
            // Whoever follows a topic follows what is below it; the evidence is that of the topic found.
            foreach (var broader in topic.Broader) yield return new Fact("topic", broader.Id, broader.Name, [], topic.Evidence);
        }
        foreach (var entity in enrichment.Entities)
            yield return new Fact("entity", entity.Id, entity.Name, entity.Mentions.Select(mention => mention.Text).Distinct(), entity.Mentions);
        if (Source.Key(article.Source) is { } key)
            yield return new Fact("source", key, article.Source!.Name ?? key, [key], []);
    }
}
