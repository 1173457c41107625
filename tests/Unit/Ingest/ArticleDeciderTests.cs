using Monitoring.Contracts;
using Monitoring.Ingest.Articles;
using ArticleReceived = Monitoring.Ingest.Articles.ArticleReceived;
using ArticleRevised = Monitoring.Ingest.Articles.ArticleRevised;
using ArticleWithdrawn = Monitoring.Ingest.Articles.ArticleWithdrawn;

namespace Tests.Unit;

public class ArticleDeciderTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly ArticleContent Story = new() { Title = "Talks resume", Body = "Delegations met.", Url = "https://gazette.example/talks" };

    static readonly Discovery Push = new(Discovery.Push, null, null);

    static SubmitArticle Submit(ArticleContent article, bool restore = false) => new(article, ArticleIdentity.Keys(article, null), restore);
    static ArticleHead Known(ArticleContent article, int revision = 1, bool withdrawn = false) =>
        new(Ids.Article(ArticleIdentity.Keys(article, null)[0]), revision, ArticleIdentity.Hash(article), withdrawn, "gazette.example");

    [Fact]
    public void An_unknown_article_is_received_under_the_id_of_its_first_key()
    {
        var decision = ArticleDecider.Decide(null, Submit(Story), Now);
        Assert.Equal(ArticleStatus.Received, decision.Status);
        Assert.Equal(Ids.Article("url:gazette.example/talks"), decision.Head!.Id);
        Assert.Equal(new ArticleReceived(1, Now, Story) { Discovery = Push }, decision.Event);
    }

    [Fact]
    public void The_same_text_again_changes_nothing()
    {
        var decision = ArticleDecider.Decide(Known(Story), Submit(Story with { Body = " Delegations\n met. ", Authors = ["A. Nother"] }), Now);
        Assert.Equal(ArticleStatus.Unchanged, decision.Status);
        Assert.Null(decision.Event);
    }

    [Theory]
    [InlineData("Talks break off", "Delegations met.")]
    [InlineData("Talks resume", "Delegations left.")]
    public void A_changed_headline_or_body_is_a_revision(string title, string body)
    {
        var changed = Story with { Title = title, Body = body };
        var decision = ArticleDecider.Decide(Known(Story, revision: 3), Submit(changed), Now);
        Assert.Equal(ArticleStatus.Revised, decision.Status);
        Assert.Equal(new ArticleRevised(4, Now, changed, Restored: false), decision.Event);
        Assert.Equal(ArticleIdentity.Hash(changed), decision.Head!.Hash);
    }

    [Fact]
    public void What_was_stored_under_the_hash_of_before_is_unchanged_and_gets_the_one_of_today()
    {
        var story = Story with { Body = "“Delegations” met.\n\nAdvertisement" };
        var old = Known(story, revision: 2) with { Hash = FormerIdentity.Hash(story) };
        Assert.NotEqual(old.Hash, ArticleIdentity.Hash(story));
        var decision = ArticleDecider.Decide(old, Submit(story), Now);
        Assert.Equal((ArticleStatus.Unchanged, 2, null), (decision.Status, decision.Head!.Revision, decision.Event));
        Assert.Equal(ArticleIdentity.Hash(story), decision.Head.Hash);
        Assert.Equal(ArticleStatus.Revised, ArticleDecider.Decide(old, Submit(story with { Body = "Delegations left." }), Now).Status);
    }

    [Fact]
    public void A_new_way_is_told_once_and_the_known_ones_never_again()
    {
        var feed = new Discovery(Discovery.Feed, new Guid("0a3b2f8e-0d3c-4d53-9a5e-0a7c1f0f9b11"), "https://gazette.example/talks?utm_source=rss");
        var received = ArticleDecider.Decide(null, Submit(Story), Now);
        Assert.Null(received.Discovered);
        Assert.Null(ArticleDecider.Decide(received.Head, Submit(Story), Now).Discovered);

        var found = ArticleDecider.Decide(received.Head, Submit(Story) with { Discovery = feed }, Now);
        Assert.Equal((ArticleStatus.Unchanged, null, new ArticleDiscovered(feed, Now)), (found.Status, found.Event, found.Discovered));
        foreach (var known in new[] { Push, feed }) Assert.Null(ArticleDecider.Decide(found.Head, Submit(Story) with { Discovery = known }, Now).Discovered);

        // Another feed, another address of the same feed, and the same way with another text: all are told.
        foreach (var other in new[] { feed with { FeedId = Guid.Empty }, feed with { Address = "https://gazette.example/amp/talks" }, feed with { Via = Discovery.Hub } })
            Assert.Equal(other, ArticleDecider.Decide(found.Head, Submit(Story) with { Discovery = other }, Now).Discovered?.Discovery);
        var revised = ArticleDecider.Decide(received.Head, Submit(Story with { Body = "Delegations left." }) with { Discovery = feed }, Now);
        Assert.Equal((ArticleStatus.Revised, feed), (revised.Status, revised.Discovered?.Discovery));
    }

    [Fact]
    public void An_address_for_every_reader_is_told_a_hundred_times_and_no_more()
    {
        ArticleHead? head = null;
        var told = 0;
        for (var i = 0; i < 250; i++)
        {
            var decision = ArticleDecider.Decide(head, Submit(Story) with { Discovery = Push with { Address = $"https://gazette.example/talks?reader={i}" } }, Now);
            (head, told) = (decision.Head, told + (decision.Discovered is null ? 0 : 1));
        }
        Assert.Equal((99, Discovery.MaxPerArticle), (told, head!.Discoveries.Count));
    }

    [Fact]
    public void A_withdrawn_article_is_gone_unless_it_is_restored()
    {
        var withdrawn = Known(Story, revision: 2, withdrawn: true);
        Assert.Equal(ArticleStatus.Gone, ArticleDecider.Decide(withdrawn, Submit(Story), Now).Status);

        var restored = ArticleDecider.Decide(withdrawn, Submit(Story, restore: true), Now);
        Assert.Equal(new ArticleRevised(3, Now, Story, Restored: true), restored.Event);
        Assert.False(restored.Head!.Withdrawn);
    }

    [Fact]
    public void A_withdrawal_takes_back_the_latest_revision_once()
    {
        var withdraw = new WithdrawArticle(Known(Story).Id, [], Sources: null, "wrong photo");
        var decision = ArticleDecider.Decide(Known(Story, revision: 2), withdraw, Now);
        Assert.Equal(new ArticleWithdrawn(2, Now, "wrong photo"), decision.Event);

        var again = ArticleDecider.Decide(decision.Head, withdraw, Now);
        Assert.Equal(ArticleStatus.Withdrawn, again.Status);
        Assert.Null(again.Event);
    }

    [Fact]
    public void What_nobody_knows_cannot_be_withdrawn() =>
        Assert.Equal(ArticleStatus.NotFound, ArticleDecider.Decide(null, new WithdrawArticle(Guid.NewGuid(), [], null, null), Now).Status);

    [Fact]
    public void A_key_bound_to_other_sources_may_not_withdraw() =>
        Assert.Equal(ArticleStatus.Forbidden, ArticleDecider.Decide(Known(Story), new WithdrawArticle(null, [], ["other.example"], null), Now).Status);
}
