using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Monitoring.Alerts.Matching;
using Monitoring.Alerts.Subscriptions;
using Monitoring.Contracts;

namespace Tests.Unit;

public class SubscriptionIndexTests
{
    static Subscription Follow(string[]? topics = null, string[]? entities = null, string[]? sources = null) => new()
    {
        Id = Guid.NewGuid(),
        Interests = new Interests(topics ?? [], entities ?? [], sources ?? []),
        Created = DateTimeOffset.UnixEpoch,
    };

    static readonly ArticleContent Article = new() { Title = "Talks", Source = new Source { Name = "The Gazette", Domain = "gazette.example" } };

    static readonly Enrichment Found = new()
    {
        Model = "m",
        ModelGeneration = 1,
        Language = new Language("en", 1),
        Topics = [new Topic { Id = "medtop:20000076", Name = "peace talks", Score = 0.9, Broader = [new("medtop:20000073", "peace process"), new("medtop:16000000", "conflict, war and peace")], Evidence = [new Span(0, 5, "Talks")] }],
        Entities = [new Entity { Id = "ent:wd:Q3874799", Name = "Volodymyr Zelensky", Type = "person", Mentions = [new Span(10, 19, "Zelenskyy")] }],
    };

    static IReadOnlyList<Match> Match(params Subscription[] subscriptions) => new SubscriptionIndex(subscriptions).Match(Article, Found, DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData("peace talks")]
    [InlineData("Peace  Process")]
    [InlineData("medtop:16000000")]
    public void A_topic_is_met_by_name_or_code_and_by_what_is_below_it(string topic)
    {
        var reason = Assert.Single(Assert.Single(Match(Follow(topics: [topic]))).Reasons);
        Assert.Equal(("topic", topic, "Talks"), (reason.Kind, reason.Asked, reason.Evidence.Single().Text));
    }

    [Theory]
    [InlineData("ent:wd:Q3874799")]
    [InlineData("volodymyr zelensky")]
    [InlineData("Zelenskyy")]
    public void An_entity_is_met_by_id_name_or_the_name_the_article_uses(string entity) => Assert.Single(Match(Follow(entities: [entity])));

    [Theory]
    [InlineData("gazette.example")]
    [InlineData("the gazette")]
    public void A_source_is_met_by_domain_or_name(string source) => Assert.Single(Match(Follow(sources: [source])));

    [Fact]
    public void Any_value_of_a_kind_will_do_but_every_kind_must_be_met()
    {
        Assert.Single(Match(Follow(topics: ["weather", "peace talks"], sources: ["gazette.example"])));
        Assert.Empty(Match(Follow(topics: ["peace talks"], sources: ["other.example"])));
    }

    [Fact]
    public void A_disabled_subscription_hears_nothing() =>
        Assert.Empty(Match(Follow(topics: ["peace talks"]) with { Status = SubscriptionStatus.Disabled }));

    [Fact]
    public void A_subscription_does_not_hear_of_what_was_placed_before_it_was_made() =>
        Assert.Empty(Match(Follow(topics: ["peace talks"]) with { Created = DateTimeOffset.UnixEpoch.AddHours(1) }));

    [Property(MaxTest = 500)]
    public Property The_index_finds_what_trying_every_subscription_finds()
    {
        var topics = Gen.Elements("medtop:1", "a topic", "A Topic", "medtop:9").ArrayOf(2);
        var entities = Gen.Elements("e1", "Name", "name", "other").ArrayOf(2);
        var sources = Gen.Elements("s.example", "S", "t.example").ArrayOf(1);
        var subscriptions = (from t in topics from e in entities from s in sources from drop in Gen.Choose(0, 6)
                             select Follow((drop & 1) != 0 ? [] : t, (drop & 2) != 0 ? [] : e, (drop & 4) != 0 ? [] : s)).ArrayOf(6);
        var articles = from topic in Gen.Elements("medtop:1", "medtop:2") from entity in Gen.Elements("e1", "e2") from domain in Gen.Elements("s.example", "u.example")
                       select (new ArticleContent { Source = new Source { Domain = domain, Name = "S" } }, Found with
                       {
                           Topics = [new Topic { Id = topic, Name = "a topic", Score = 1 }],
                           Entities = [new Entity { Id = entity, Name = "Name", Type = "person" }],
                       });
        return Prop.ForAll(subscriptions.ToArbitrary(), articles.ToArbitrary(), (all, article) =>
            new SubscriptionIndex(all).Match(article.Item1, article.Item2, DateTimeOffset.UnixEpoch).Select(match => match.Subscription.Id).Order()
                .SequenceEqual(all.Where(one => Meets(one, article.Item1, article.Item2)).Select(one => one.Id).Order()));
    }

    // The meaning, written down without an index.
    static bool Meets(Subscription subscription, ArticleContent article, Enrichment enrichment)
    {
        bool Any(IReadOnlyList<string> asked, params string[] names) => asked.Count == 0 || asked.Any(value => names.Select(Folding.Fold).Contains(Folding.Fold(value)));
        var interests = subscription.Interests;
        return interests is not { Topics.Count: 0, Entities.Count: 0, Sources.Count: 0 }
            && Any(interests.Topics, enrichment.Topics[0].Id, enrichment.Topics[0].Name)
            && Any(interests.Entities, enrichment.Entities[0].Id, enrichment.Entities[0].Name)
            && Any(interests.Sources, article.Source!.Domain!, article.Source.Name!);
    }
}
