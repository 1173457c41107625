using Monitoring.Ingest.Feeds;
using Monitoring.Ingest.Feeds.Parsing;
using Monitoring.Ingest.Formats;
using Monitoring.Ingest.Pages;

namespace Tests.Unit;

public class EntryArticleTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly ParsedFeed Gazette = new() { Title = "The Gazette", Link = "https://www.gazette.example/", Language = "en-GB" };
    static readonly ParsedEntry Entry = new()
    {
        Id = "tag:gazette.example,2026:1",
        Link = "https://gazette.example/2026/03/talks",
        Title = "Talks &lt;b&gt; resume",
        TitleType = "text/html",
        Summary = "<p>Delegations met.</p>",
        SummaryType = "text/html",
        Published = Now.AddHours(-1),
        Updated = Now,
        Authors = [new FeedPerson("Ann Reporter", "ann@gazette.example", null), new FeedPerson(null, "x@y.example", null)],
        Categories = [new FeedCategory("diplomacy", null, "Diplomacy"), new FeedCategory("geneva", null, null)],
    };

    static Submission From(ParsedEntry entry, FeedSettings? settings = null) => EntryArticle.From(entry, Gazette, settings ?? new FeedSettings());

    [Fact]
    public void An_entry_becomes_an_article_that_the_checks_take()
    {
        var article = SubmissionChecks.Check(From(Entry), Now);
        Assert.Equal(("Talks <b> resume", "Delegations met.", "https://gazette.example/2026/03/talks"), (article.Title, article.Body, article.Url));
        Assert.Equal((Now.AddHours(-1), "en-GB", "gazette.example"), (article.Published, article.Language, article.Source!.Domain));
        Assert.Equal(["Ann Reporter"], article.Authors);
        Assert.Equal(["Diplomacy", "geneva"], article.Tags);
    }

    [Fact]
    public void The_longest_of_its_texts_is_the_body()
    {
        var article = From(Entry with { Content = [new FeedContent("<p>One.</p><p>Delegations met in Geneva.</p>", "text/html", null, null), new FeedContent("x", "audio/mpeg", null, null)] });
        Assert.Equal("One.\n\nDelegations met in Geneva.", article.Body);
        Assert.Null(From(Entry with { Title = "Same", TitleType = null, Summary = "Same", SummaryType = "text/plain" }).Body);
    }

    [Fact]
    public void What_a_publisher_gets_wrong_does_not_cost_the_article()
    {
        var article = SubmissionChecks.Check(From(new ParsedEntry
        {
            Id = new string('x', 600),
            Title = new string('t', 2_000),
            Link = "javascript:alert(1)",
            Language = "English (UK)",
            Categories = [.. Enumerable.Range(0, 150).Select(i => new FeedCategory($"c{i}", null, null)), new FeedCategory(new string('c', 400), null, null)],
        }), Now);
        Assert.Equal((null, null, "en-GB", 100), (article.Title, article.Url, article.Language, article.Tags.Count));
        Assert.Equal(2_000, article.Body!.Length);
        Assert.Equal("gazette.example", article.Source!.Domain);
    }

    [Fact]
    public void The_outlet_is_where_the_article_is_unless_somebody_knows_better()
    {
        Assert.Equal("wire.example", SubmissionChecks.Check(From(Entry, new FeedSettings(Source: "wire.example")), Now).Source!.Domain);
        var syndicated = From(Entry with { Source = new ParsedFeed { Title = "The Wire", Link = "https://www.wire.example/rss" } });
        Assert.Equal(("wire.example", "The Wire"), (syndicated.SourceDomain, syndicated.SourceName));
        Assert.Equal("gazette.example", From(Entry with { Link = "http://feeds.feedburner.com/~r/gazette/1" }).SourceDomain);
        Assert.Equal("other.example", SubmissionChecks.Check(From(Entry with { Link = "https://other.example/1" }), Now).Source!.Domain);
    }

    [Theory]
    [InlineData("Delegations met."), InlineData(null)]
    [InlineData("LONG and so on …"), InlineData("LONG and so on [...]"), InlineData("LONG Read more"), InlineData("LONG Continue reading “Talks resume”"), InlineData("LONG Weiterlesen →")]
    public void Teasers_are_told_by_their_length_and_end(string? body) =>
        Assert.True(EntryArticle.IsTeaser(new Submission { Body = body?.Replace("LONG", new string('x', 700), StringComparison.Ordinal) }));

    [Fact]
    public void A_whole_text_is_none() => Assert.False(EntryArticle.IsTeaser(new Submission { Body = new string('x', 700) + "." }));

    [Fact]
    public void A_page_completes_what_the_feed_leaves_out_and_overrules_nothing()
    {
        var page = new ExtractedPage
        {
            Title = "Talks resume | The Gazette",
            Text = "Delegations met.\n\nThey will meet again tomorrow.",
            Published = Now.AddDays(-3),
            Authors = ["Somebody Else"],
            SiteName = "The Gazette",
            CanonicalUrl = "https://gazette.example/talks-resume",
            Language = "fr",
        };
        var complete = EntryArticle.With(From(Entry), page, "https://gazette.example/2026/03/talks?from=feed");
        Assert.Equal(("Talks <b> resume", "Delegations met.\n\nThey will meet again tomorrow.", "https://gazette.example/talks-resume"), (complete.Title, complete.Body, complete.Url));
        Assert.Equal(("2026-03-01T11:00:00Z", "en-GB", "The Gazette"), (complete.Published, complete.Language, complete.SourceName));
        Assert.Equal(["Ann Reporter"], complete.Authors);
        Assert.Equal("Delegations met.", EntryArticle.With(From(Entry), new ExtractedPage { Text = "Cookies?" }, "https://gazette.example/1").Body);
    }
}
