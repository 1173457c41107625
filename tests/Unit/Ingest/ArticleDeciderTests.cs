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

    static SubmitArticle Submit(ArticleContent article, bool restore = false) => new(article, ArticleIdentity.Keys(article, null), restore);
    static ArticleHead Known(ArticleContent article, int revision = 1, bool withdrawn = false) =>
        new(Ids.Article(ArticleIdentity.Keys(article, null)[0]), revision, ArticleIdentity.Hash(article), withdrawn, "gazette.example");

    [Fact]
    public void An_unknown_article_is_received_under_the_id_of_its_first_key()
    {
        var decision = ArticleDecider.Decide(null, Submit(Story), Now);
        Assert.Equal(ArticleStatus.Received, decision.Status);
        Assert.Equal(Ids.Article("url:gazette.example/talks"), decision.Head!.Id);
        Assert.Equal(new ArticleReceived(1, Now, Story), decision.Event);
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
