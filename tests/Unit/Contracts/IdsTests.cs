using Monitoring.Contracts;

namespace Tests.Unit;

public class IdsTests
{
    static readonly Guid Article = new("0a3b2f8e-0d3c-4d53-9a5e-0a7c1f0f9b11");

    [Fact]
    // The values are those of another implementation of UUIDv5 (uuid.uuid5 of Python).
    public void Ids_are_frozen_they_are_in_every_stored_event()
    {
        Assert.Equal(new Guid("e5a6edc7-6301-5019-93b8-6a564a1ec09a"), Ids.Article("url:example.org/a"));
        Assert.Equal(new Guid("efb43da8-c9cb-56df-9df5-2ad843940b3a"), Ids.Revision(Article, 1));
    }

    [Fact]
    public void Ids_are_version_5_of_the_RFC_9562_variant()
    {
        var id = Ids.Article("url:example.org/ä");
        Assert.Equal(5, id.Version);
        Assert.InRange(id.Variant, 8, 11);
    }

    [Fact]
    public void Different_facts_of_an_article_have_different_ids() => Assert.Distinct(
    [
        Ids.Revision(Article, 1), Ids.Revision(Article, 2), Ids.Withdrawal(Article, 1), Ids.Enrichment(Article, 1, "a"), Ids.Enrichment(Article, 1, "b"),
        Ids.Discovery(Article, "push||a"), Ids.Discovery(Article, "push||b"),
        Ids.Placement(Article, 1, ArticleChange.New), Ids.Placement(Article, 1, ArticleChange.Withdrawn),
    ]);

    [Fact]
    public void Keys_of_any_length_have_ids() => Assert.NotEqual(Ids.Article(new string('x', 5_000)), Ids.Article(new string('x', 5_001)));
}
