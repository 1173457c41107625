using System.Text;
using Monitoring.Hosting;
using Monitoring.Ingest.Formats;

namespace Tests.Unit;

public class HtmlPageTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    const string Page = """
        <!DOCTYPE html><html lang="en-GB"><head><title>Talks resume in Geneva | The Gazette</title>
        <link rel="canonical" href="https://www.gazette.example/world/talks"><meta property="og:site_name" content="The Gazette">
        <meta property="article:published_time" content="2026-03-01T09:30:00+01:00"><meta name="author" content="Jane Doe"></head>
        <body><nav><a href="/">Home</a></nav><article><h1>Talks resume in Geneva</h1>
        <p>Delegations of both sides returned to the peace talks in Geneva on Sunday, officials of the host country said, after a break of six weeks.</p>
        <p>Mediators spoke of progress in two of the three working groups, and the next round is to begin before the end of the month, they added.</p>
        </article><footer>© 2026 The Gazette</footer></body></html>
        """;

    static Submission Read(string html, Submission? beside = null) => HtmlPage.Read(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", beside ?? new(), Now);

    [Fact]
    public void A_page_says_what_an_article_needs()
    {
        var submission = Read(Page);
        Assert.Equal(("Talks resume in Geneva", "https://www.gazette.example/world/talks", "The Gazette", "gazette.example"), (submission.Title, submission.Url, submission.SourceName, submission.SourceDomain));
        Assert.Equal(("en-GB", "Jane Doe"), (submission.Language, Assert.Single(submission.Authors)));
        Assert.StartsWith("Delegations of both sides", submission.Body, StringComparison.Ordinal);
        Assert.EndsWith("they added.", submission.Body, StringComparison.Ordinal);
        var article = SubmissionChecks.Check(submission, Now);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 8, 30, 0, TimeSpan.Zero), article.Published);
    }

    [Fact]
    public void The_request_knows_better_than_the_page()
    {
        var submission = Read(Page, new Submission { Id = "7", Url = "https://digest.example/copy", SourceDomain = "digest.example" });
        Assert.Equal(("7", "https://digest.example/copy", "digest.example", null), (submission.Id, submission.Url, submission.SourceDomain, submission.SourceName));
    }

    [Fact]
    public void The_canonical_address_counts_on_its_own_site() =>
        Assert.Equal("https://www.gazette.example/world/talks", Read(Page, new Submission { Url = "https://m.gazette.example/amp/talks?x=1" }).Url);

    [Fact]
    public void What_the_page_does_not_say_stays_unsaid()
    {
        var submission = Read(Page[Page.IndexOf("<body>", StringComparison.Ordinal)..].Replace("© 2026 The Gazette", "", StringComparison.Ordinal));
        Assert.Equal((null, null, null, null, null), (submission.Published, submission.Url, submission.SourceName, submission.SourceDomain, submission.Language));
        Assert.Empty(submission.Authors);
    }

    [Fact]
    public void A_page_without_an_article_is_refused() =>
        Assert.Equal(422, Assert.Throws<ProblemException>(() => Read("<html><head><title>Gazette</title></head><body><nav><a href=/a>Home</a></nav></body></html>")).Status);

    [Fact]
    public void A_date_far_ahead_is_no_date_of_publication() =>
        Assert.Null(Read(Page.Replace("2026-03-01T09", "2026-03-09T09", StringComparison.Ordinal)).Published);
}
