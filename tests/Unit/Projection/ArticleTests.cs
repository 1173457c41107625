using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.Projection.Journal;
using Monitoring.ReadModels;
using ArticleEnriched = Monitoring.Contracts.ArticleEnriched;
using ArticleReceived = Monitoring.Contracts.ArticleReceived;
using ArticleRevised = Monitoring.Contracts.ArticleRevised;
using ArticleWithdrawn = Monitoring.Contracts.ArticleWithdrawn;
using Placed = Monitoring.ReadModels.ArticlePlaced;

namespace Tests.Unit;

/// <summary>Messages arrive at least once and in any order; what an article says in the end depends on neither.</summary>
public class ArticleTests
{
    static readonly Guid Id = new("0a3b2f8e-0d3c-4d53-9a5e-0a7c1f0f9b11");
    static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static DateTimeOffset At(int revision) => Start.AddMinutes(revision);

    static ArticleContent Content(int revision) => new()
    {
        Title = $"Title {revision}",
        Body = $"Body {revision}",
        Source = new Source { Domain = $"outlet{revision}.example" },
        Published = revision % 2 == 0 ? Start.AddDays(-revision) : null,
        Language = "en-GB",
        Authors = [$"Author {revision}"],
    };

    static Enrichment Understood(int revision, int generation) => new()
    {
        Model = $"{generation}.0.0+{revision}",
        ModelGeneration = generation,
        Language = new Language("en", 1),
        Topics = [new Topic { Id = $"medtop:{revision}{generation}", Name = "topic", Score = 0.5 }],
    };

    static object Received(int revision) => revision == 1
        ? new ArticleReceived { ArticleId = Id, Revision = 1, ReceivedAt = At(1), Article = Content(1) }
        : new ArticleRevised { ArticleId = Id, Revision = revision, ReceivedAt = At(revision), Article = Content(revision) };

    static object Enriched(int revision, int generation = 1) => new ArticleEnriched
    {
        ArticleId = Id,
        Revision = revision,
        ReceivedAt = At(revision),
        Article = Content(revision),
        Enrichment = Understood(revision, generation),
    };

    static object Withdrawn(int revision) => new ArticleWithdrawn { ArticleId = Id, Revision = revision, WithdrawnAt = At(revision + 10), Reason = $"Reason {revision}" };

    /// <summary>As the journal does it: each fact once, then the decision where the article stands.</summary>
    static (Article? Article, JournalHead Head, List<Placed> Placements) Play(IEnumerable<object> messages)
    {
        var (known, head, article, placements) = (new HashSet<Guid>(), new JournalHead(Id), (Article?)null, new List<Placed>());
        foreach (var message in messages)
        {
            var news = JournalDecider.Facts(message).Where(fact => known.Add(fact.Id)).ToList();
            if (news.Count == 0) continue;
            foreach (var fact in news) (head, article) = (JournalDecider.After(head, fact.Fact), Article.After(article, Id, fact.Fact));
            if (JournalDecider.Place(head, Start) is not { } placement) continue;
            Assert.True(known.Add(placement.Id));
            head = JournalDecider.After(head, placement.Fact);
            placements.Add((Placed)placement.Fact);
        }
        return (article, head, placements);
    }

    static string State(IEnumerable<object> messages) => JsonSerializer.Serialize(Play(messages).Article, Json.Options);

    // Lives of up to three revisions, with newer models and withdrawals in between. A revision exists only if the one before does.
    static readonly Arbitrary<object[]> Lives = (
        from revisions in Gen.Choose(1, 3)
        from messages in Gen.Elements(Enumerable.Range(1, revisions).SelectMany(revision => new[] { Received(revision), Enriched(revision), Enriched(revision, 2), Withdrawn(revision) }).ToArray())
            .ArrayOf(8)
        from order in Gen.Shuffle(Enumerable.Range(1, revisions).Select(Received).Concat(messages).ToArray())
        select order).ToArbitrary();

    [Property(MaxTest = 5_000)]
    public Property Messages_in_any_order_some_twice_give_one_state() => Prop.ForAll(
        Lives, Gen.Choose(0, int.MaxValue).ToArbitrary(),
        (life, seed) =>
        {
            var other = life.Concat(life.Take(seed % life.Length)).ToArray();
            new Random(seed).Shuffle(other);
            return State(life) == State(other);
        });

    [Property(MaxTest = 5_000)]
    public Property The_outside_is_told_each_revision_once_and_of_a_withdrawal_only_what_it_had_heard_of() => Prop.ForAll(Lives, life =>
    {
        var (article, head, placements) = Play(life);
        var told = placements.Where(placed => placed.Change is not ArticleChange.Withdrawn).Select(placed => placed.Revision).ToList();
        var changes = placements.Select(placed => placed.Change).ToList();
        return told.SequenceEqual(told.Distinct().Order())
            && changes.FirstOrDefault() is ArticleChange.New
            && changes.Skip(1).All(change => change != ArticleChange.New)
            && changes.Zip(changes.Skip(1)).All(pair => pair is not (ArticleChange.Withdrawn, ArticleChange.Withdrawn))
            // What the outside knows last is how the article stands, unless it is still being read.
            && (article!.Withdrawn ? placements.Count == 0 || changes[^1] == ArticleChange.Withdrawn
                : head.EnrichedRevision != article.Revision || placements[^1].Revision == article.Revision);
    });

    [Fact]
    public void An_enrichment_that_arrives_first_brings_the_article_along()
    {
        var article = Play([Enriched(1)]).Article!;
        Assert.Equal(("Title 1", 1, 1), (article.Title, article.Revision, article.EnrichedRevision));
        Assert.Equal(State([Received(1), Enriched(1)]), State([Enriched(1), Received(1)]));
    }

    [Fact]
    public void Between_a_revision_and_its_enrichment_the_old_tags_stay_and_say_so()
    {
        var article = Play([Received(1), Enriched(1), Received(2)]).Article!;
        Assert.Equal((2, 1, "Title 2", "medtop:11"), (article.Revision, article.EnrichedRevision, article.Title, article.Topics.Single().Id));
    }

    [Fact]
    public void A_withdrawn_article_says_nothing_any_more_and_a_restored_one_does()
    {
        var withdrawn = Play([Received(1), Enriched(1), Withdrawn(1)]).Article!;
        Assert.True(withdrawn.Withdrawn);
        Assert.Equal((null, null, 0, "Reason 1"), (withdrawn.Title, withdrawn.Body, withdrawn.Topics.Count, withdrawn.WithdrawnReason));

        var restored = Play([Received(1), Enriched(1), Withdrawn(1), Received(2)]).Article!;
        Assert.Equal((false, "Title 2", null, null), (restored.Withdrawn, restored.Title, restored.WithdrawnReason, restored.EnrichedRevision));
    }

    [Fact]
    public void A_newer_model_changes_the_tags_and_tells_nobody()
    {
        var (article, _, placements) = Play([Received(1), Enriched(1), Enriched(1, generation: 2)]);
        Assert.Equal("medtop:12", article!.Topics.Single().Id);
        Assert.Equal(ArticleChange.New, Assert.Single(placements).Change);
    }

    [Fact]
    public void Text_stands_in_the_journal_once_per_revision() => Assert.Equal(
        ["ArticleReceived", "ArticleEnriched"], JournalDecider.Facts(Enriched(1)).Select(fact => fact.Fact.GetType().Name));
}
