using System.Text;
using Monitoring.Hosting;
using Monitoring.Ingest.Articles;
using Monitoring.Ingest.Formats;

namespace Tests.Unit;

public class FormatTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static Submission Json(string json) => ArticleJson.Read(Encoding.UTF8.GetBytes(json));
    static ProblemException Refused(Action take) => Assert.Throws<ProblemException>(take);

    [Fact]
    public void Json_is_read_member_by_member_and_the_unknown_is_named()
    {
        var submission = Json("""{"id":"7","url":"https://gazette.example/a","source":{"name":"Gazette","domain":"gazette.example"},"title":"AT&T <3 fans","body":"B","published":"2026-02-28","language":"en","authors":["A"],"tags":["t"],"extra":1}""");
        Assert.Equal("AT&T <3 fans", submission.Title);
        Assert.Equal(["Unknown member extra ignored."], submission.Warnings);
        var article = SubmissionChecks.Check(submission, Now);
        Assert.Equal(new DateTimeOffset(2026, 2, 28, 0, 0, 0, TimeSpan.Zero), article.Published);
        Assert.Equal("gazette.example", article.Source!.Domain);
    }

    [Theory]
    [InlineData("""{"title":5}""", "title")]
    [InlineData("""{"source":"Gazette","title":"T"}""", "source")]
    [InlineData("""{"title":"T","authors":"A"}""", "authors")]
    [InlineData("""{"title":"T","tags":[1]}""", "tags[0]")]
    [InlineData("""{"title":"\ud800"}""", "title")]
    public void A_member_of_the_wrong_kind_is_named(string json, string field)
    {
        var problem = Refused(() => Json(json));
        Assert.Equal(400, problem.Status);
        Assert.Equal(field, problem.Field);
    }

    [Fact]
    public void Invalid_json_is_refused_with_line_and_column() =>
        Assert.Contains("line 2, column 10", Refused(() => Json("{\n \"title\":x}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Wrong_utf8_is_refused_with_its_place() =>
        Assert.Contains("byte 11", Refused(() => ArticleJson.Read((byte[])[.. "{\"title\":\"a"u8, 0xFF, .. "\"}"u8])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("9999-01-01")]
    [InlineData("1500-01-01")]
    [InlineData("yesterday")]
    [InlineData("03/04/2026")]
    public void Impossible_dates_are_refused(string published) =>
        Assert.Equal("published", Refused(() => SubmissionChecks.Check(new Submission { Title = "T", Published = published }, Now)).Field);

    [Theory]
    [InlineData("2026-02-28T23:30:00+02:00", "2026-02-28T21:30:00Z")]
    [InlineData("2026-02-28T23:30:00.125Z", "2026-02-28T23:30:00.125Z")]
    [InlineData("2026-02-28 23:30:00", "2026-02-28T23:30:00Z")]
    public void Instants_are_kept_in_utc(string published, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), SubmissionChecks.Check(new Submission { Title = "T", Published = published }, Now).Published);

    [Fact]
    public void Neither_title_nor_body_is_no_article() => Assert.Equal(400, Refused(() => SubmissionChecks.Check(new Submission { Title = " ", Body = "\u0000\n" }, Now)).Status);

    [Fact]
    public void Limits_are_exact()
    {
        SubmissionChecks.Check(new Submission { Title = new string('t', 1_000), Body = new string('b', 1_000_000) }, Now);
        Assert.Equal(413, Refused(() => SubmissionChecks.Check(new Submission { Title = new string('t', 1_001) }, Now)).Status);
        Assert.Equal(413, Refused(() => SubmissionChecks.Check(new Submission { Body = new string('ä', 500_001) }, Now)).Status);
    }

    [Fact]
    public void Control_characters_are_dropped_and_line_ends_are_one_kind()
    {
        var article = SubmissionChecks.Check(new Submission { Title = " a\u0000 \t b ", Body = "one\r\n\r\n\r\n\r\ntwo  \r\nthree\u0007" }, Now);
        Assert.Equal("a b", article.Title);
        Assert.Equal("one\n\ntwo\nthree", article.Body);
    }

    [Fact]
    public void The_source_follows_from_the_address_where_none_is_given() =>
        Assert.Equal("gazette.example", SubmissionChecks.Check(new Submission { Title = "T", Url = "https://www.gazette.example/a" }, Now).Source!.Domain);

    [Fact]
    public void Plain_text_says_title_date_headings_and_credit()
    {
        var submission = PlainText.Read("date 2026-02-27 Talks resume\n\nDelegations met.\n**The background**\nIt is long.\nRead more @ gazette.example", new Submission());
        Assert.Equal(("Talks resume", "gazette.example"), (submission.Title, submission.SourceDomain));
        var article = SubmissionChecks.Check(submission, Now);
        Assert.Equal(new DateTimeOffset(2026, 2, 27, 0, 0, 0, TimeSpan.Zero), article.Published);
        Assert.Equal("Delegations met.\n\nThe background\n\nIt is long.", article.Body);
    }

    [Fact]
    public void A_credit_is_no_source_where_one_was_given()
    {
        var submission = PlainText.Read("Talks resume\nText.\nRead more @ gazette.example", new Submission { SourceDomain = "digest.example" });
        Assert.Equal("digest.example", submission.SourceDomain);
        Assert.Equal("Text.", submission.Body);
    }

    [Theory]
    [InlineData("# Talks resume #\n\nText.")]
    [InlineData("\n**Talks resume**\nText.")]
    [InlineData("Talks resume\nText.")]
    public void The_first_line_or_heading_is_the_title(string text) => Assert.Equal("Talks resume", PlainText.Read(text, new Submission()).Title);

    [Fact]
    public void A_first_line_too_long_for_a_headline_is_text()
    {
        var submission = PlainText.Read(new string('x', 1_001), new Submission());
        Assert.Null(submission.Title);
        Assert.Equal(1_001, submission.Body!.Length);
    }

    [SeedsFact]
    public void The_first_seed_has_a_date_and_no_source()
    {
        var article = SubmissionChecks.Check(PlainText.Read(File.ReadAllText(Path.Combine(SeedsFactAttribute.Folder, "000_87a3e83879af6b9e.txt")), new Submission()), Now);
        Assert.Equal(new DateTimeOffset(2025, 4, 4, 0, 0, 0, TimeSpan.Zero), article.Published);
        Assert.Null(article.Source);
        Assert.Equal("The US President Donald Trumpʼs inner circle is advising him not to speak to Putin until he commits to a complete ceasefire in Ukraine.", article.Title);
        Assert.StartsWith("This is reported by NBC News, citing sources.", article.Body, StringComparison.Ordinal);
    }

    [SeedsFact]
    public void The_second_seed_has_a_source_and_no_date()
    {
        var article = SubmissionChecks.Check(PlainText.Read(File.ReadAllText(Path.Combine(SeedsFactAttribute.Folder, "002_1d244ca062f75ecc.txt")), new Submission()), Now);
        Assert.Null(article.Published);
        Assert.Equal("kyivindependent.com", article.Source!.Domain);
        Assert.Equal("Trump’s Team Opposes Phone Call to Putin, Citing Ukraine Ceasefire Concerns", article.Title);
        Assert.DoesNotContain("**", article.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Read More @", article.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Ninjs_is_read_by_its_roles_and_types()
    {
        var submission = NinjsJson.Read(Encoding.UTF8.GetBytes("""
            {"uri":"tag:mpa.example,2026:1","type":"text","pubStatus":"usable","versionCreated":"2026-02-28T10:00:00Z","contentCreated":"2026-02-28T09:00:00Z","language":"en-GB","by":"A. Reporter",
             "headlines":[{"role":"kicker","value":"Geneva"},{"role":"main","value":"Talks resume"}],
             "bodies":[{"contentType":"text/html","value":"<p>One &amp; two.</p><p>Three<br>four.</p><script>no()</script>"}],
             "infoSources":[{"name":"Meridian Press Agency","role":"publisher","uri":"https://mpa.example"}],
             "subjects":[{"name":"diplomacy","uri":"medtop:20000639"}]}
            """));
        var article = SubmissionChecks.Check(submission, Now);
        Assert.Equal("Talks resume", article.Title);
        Assert.Equal("One & two.\n\nThree\nfour.", article.Body);
        Assert.Equal(("Meridian Press Agency", "mpa.example"), (article.Source!.Name, article.Source.Domain));
        Assert.Equal(9, article.Published!.Value.Hour);
        Assert.Equal(["diplomacy"], article.Tags);
        Assert.False(submission.Canceled);
    }

    [Fact]
    public void A_canceled_ninjs_item_is_a_kill_notice_and_a_withheld_one_is_not_taken()
    {
        Assert.True(NinjsJson.Read("""{"uri":"tag:mpa.example,2026:1","pubStatus":"canceled"}"""u8.ToArray()).Canceled);
        Assert.Equal(("pubStatus", 422), Refused(() => NinjsJson.Read("""{"uri":"tag:x,2026:1","pubStatus":"withheld"}"""u8.ToArray())) is var problem ? (problem.Field, problem.Status) : default);
        Assert.Equal("uri", Refused(() => NinjsJson.Read("{}"u8.ToArray())).Field);
    }

    [Fact]
    public void A_key_bound_to_sources_submits_for_those_only()
    {
        new Caller(["gazette.example"]).MustBeFreeToSubmit("gazette.example");
        Assert.Equal(403, Refused(() => new Caller(["gazette.example"]).MustBeFreeToSubmit("other.example")).Status);
        Assert.Equal(403, Refused(() => new Caller(["gazette.example"]).MustBeFreeToSubmit(null)).Status);
    }
}
