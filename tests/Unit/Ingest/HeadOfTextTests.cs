using Monitoring.Ingest.Formats;

namespace Tests.Unit;

public class HeadOfTextTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static Submission Read(string text) => PlainText.Read(text, new Submission());
    static DateTimeOffset? Published(string text) => SubmissionChecks.Check(Read(text), Now).Published;

    [Fact]
    public void The_headers_of_a_mail_say_all_they_say()
    {
        var submission = Read("""
            Message-ID: <2026.17@gazette.example>
            From: "Doe, Jane" <jane@gazette.example>, =?iso-8859-1?Q?Jos=E9?= Silva <jose@gazette.example>
            To: desk@monitoring.example
            Subject: =?UTF-8?B?VGFsa3MgcmVzdW1lIGlu?=
             =?UTF-8?Q?_Gen=C3=A8ve?=
            Date: Fri, 27 Feb 2026 09:30:00 +0100
            Keywords: peace, talks; #geneva
            Content-Language: en-GB, fr
            Source: Gazette (gazette.example)
            Link: https://gazette.example/talks

            Delegations met.
            """);
        Assert.Equal(("Talks resume in Genève", "Delegations met.", "2026.17@gazette.example"), (submission.Title, submission.Body, submission.Id));
        Assert.Equal(["Doe, Jane", "José Silva"], submission.Authors);
        Assert.Equal(["peace", "talks", "geneva"], submission.Tags);
        Assert.Equal(("en-GB", "Gazette", "gazette.example", "https://gazette.example/talks"), (submission.Language, submission.SourceName, submission.SourceDomain, submission.Url));
        Assert.Equal(new DateTimeOffset(2026, 2, 27, 8, 30, 0, TimeSpan.Zero), SubmissionChecks.Check(submission, Now).Published);
        Assert.Equal(["Ignored at the head of the text: To."], submission.Warnings);
    }

    [Theory]
    [InlineData("Title: Talks resume\n\nDelegations met.")]
    [InlineData("Headline: Talks resume\nDelegations met.")]
    [InlineData("SUBJECT:  Talks\n\tresume\n\n\nDelegations met.")]
    [InlineData("Title: Talks resume\n\nTalks resume\n\nDelegations met.")]
    [InlineData("Date: 2026-02-27\n\nTalks resume\n\nDelegations met.")]
    [InlineData("Title: Talks resume\nLanguage: en\nDelegations met.")]
    [InlineData("\n\nTitle: Talks resume\r\nDate: 2026-02-27\r\n\r\nDelegations met.")]
    [InlineData("---\ntitle: Talks resume\n---\nDelegations met.")]
    [InlineData("---\ntitle: \"Talks resume\"\n...\n\nDelegations met.")]
    [InlineData("+++\ntitle = \"Talks resume\"\n+++\nDelegations met.")]
    public void A_title_at_the_head_is_the_title(string text) =>
        Assert.Equal(("Talks resume", "Delegations met."), (Read(text).Title, Read(text).Body));

    [Theory]
    [InlineData("Date: 2026-02-27", "2026-02-27T00:00:00Z")]
    [InlineData("Published: 2026-02-27T09:30:00+02:00", "2026-02-27T07:30:00Z")]
    [InlineData("Date: 27 February 2026", "2026-02-27T00:00:00Z")]
    [InlineData("Date: Fri, 27 Feb 2026 09:30:00 GMT", "2026-02-27T09:30:00Z")]
    [InlineData("Date: 2020-01-01\nPublished: 2026-02-27", "2026-02-27T00:00:00Z")]
    public void Dates_are_read_in_the_forms_people_write(string header, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), Published($"Title: T\n{header}\n\nText."));

    [Fact]
    public void What_cannot_be_read_is_told_and_left_out()
    {
        var submission = Read("Title: T\nDate: last week\nURL: /talks\nLanguage: not a language at all\n\nText.");
        Assert.Equal((null, null), (submission.Published, submission.Url));
        Assert.Contains(submission.Warnings, warning => warning.Contains("date 'last week'", StringComparison.Ordinal));
        Assert.Contains(submission.Warnings, warning => warning.Contains("address '/talks'", StringComparison.Ordinal));
        Assert.Equal("Text.", submission.Body);
    }

    [Fact]
    public void What_the_text_says_counts_more_than_what_the_request_says_beside_it()
    {
        var beside = new Submission { SourceDomain = "digest.example", Url = "https://digest.example/1", Id = "1" };
        var named = PlainText.Read("Title: T\nSource: gazette.example\nURL: https://gazette.example/a\n\nText.", beside);
        Assert.Equal(("gazette.example", "https://gazette.example/a", "1"), (named.SourceDomain, named.Url, named.Id));
        Assert.Equal("digest.example", PlainText.Read("Title: T\nDate: 2026-02-27\n\nText.", beside).SourceDomain);
    }

    [Theory]
    [InlineData("Jane Doe", new[] { "Jane Doe" })]
    [InlineData("Jane Doe and John Smith", new[] { "Jane Doe", "John Smith" })]
    [InlineData("Jane Doe, John Smith & Ana Costa", new[] { "Jane Doe", "John Smith", "Ana Costa" })]
    [InlineData("Jane Doe; John Smith", new[] { "Jane Doe", "John Smith" })]
    [InlineData("Doe, Jane", new[] { "Doe, Jane" })]
    [InlineData("Jane Doe <jane@gazette.example>", new[] { "Jane Doe" })]
    [InlineData("jane@gazette.example (Jane Doe)", new[] { "Jane Doe" })]
    [InlineData("jane@gazette.example", new[] { "jane@gazette.example" })]
    [InlineData("\"Desk, News\" <desk@gazette.example>", new[] { "Desk, News" })]
    [InlineData("=?utf-8?Q?Doe=2C_Jane?= <jane@gazette.example>", new[] { "Doe, Jane" })]
    public void Authors_are_told_apart(string from, string[] authors) => Assert.Equal(authors, Read($"Subject: T\nFrom: {from}\n\nText.").Authors);

    [Theory]
    [InlineData("=?UTF-8?Q?a?= =?UTF-8?Q?b?=", "ab")]
    [InlineData("=?UTF-8?Q?a?= b", "a b")]
    [InlineData("=?UTF-8?B?w?= x", "=?UTF-8?B?w?= x")]
    [InlineData("=?UTF-8?Q?Gen=C3?= =?UTF-8?Q?=A8ve?=", "Genève")]
    [InlineData("=?windows-1251?B?zO7x6uLg?=", "Москва")]
    [InlineData("=?utf-8*fr?q?=C3=A9t=C3=A9?=", "été")]
    [InlineData("=?klingon?Q?a?=", "=?klingon?Q?a?=")]
    [InlineData("2 =? 3", "2 =? 3")]
    public void Encoded_words_are_decoded(string header, string text) => Assert.Equal(text, EncodedWords.Decode(header));

    [Fact]
    public void Front_matter_says_all_it_says()
    {
        var submission = Read("""
            ---
            title: 'Talks resume: at last'
            date: 2026-02-27 09:30:00 +0100
            authors:
              - name: Jane Doe
                email: jane@gazette.example
              - name: John Smith
            source: { name: Gazette, domain: gazette.example }
            canonical_url: https://gazette.example/talks
            lang: en_GB
            tags: [peace, "Paris, Texas"]
            layout: post
            draft: null
            ---

            Delegations met.
            """);
        Assert.Equal(("Talks resume: at last", "Delegations met.", "https://gazette.example/talks", "en-GB"), (submission.Title, submission.Body, submission.Url, submission.Language));
        Assert.Equal(("Gazette", "gazette.example"), (submission.SourceName, submission.SourceDomain));
        Assert.Equal(["Jane Doe", "John Smith"], submission.Authors);
        Assert.Equal(["peace", "Paris, Texas"], submission.Tags);
        Assert.StartsWith("2026-02-27T08:30:00", submission.Published, StringComparison.Ordinal);
        Assert.Equal(["Ignored at the head of the text: authors.email, layout, draft."], submission.Warnings);
    }

    [Fact]
    public void Toml_front_matter_says_what_its_simple_lines_say()
    {
        var submission = Read("""
            +++
            title = "Talks \"resume\" in Gen\u00e8ve"   # at last
            date = 2026-02-27T09:30:00Z # UTC
            tags = [ "peace",
              'talks', # both
            ]
            author = 'Jane Doe'
            [extra]
            title = "no"
            +++
            Delegations met.
            """);
        Assert.Equal(("Talks \"resume\" in Genève", "Delegations met."), (submission.Title, submission.Body));
        Assert.Equal(["peace", "talks"], submission.Tags);
        Assert.Equal(["Jane Doe"], submission.Authors);
        Assert.StartsWith("2026-02-27T09:30:00", submission.Published, StringComparison.Ordinal);
    }

    [Fact]
    public void A_colon_that_yaml_does_not_allow_is_forgiven()
    {
        var submission = Read("---\ntitle: Talks: a new beginning\nauthor: Jane Doe\n---\nText.");
        Assert.Equal("Talks: a new beginning", submission.Title);
        Assert.Equal(["Jane Doe"], submission.Authors);
    }

    [Theory]
    [InlineData("---\nA text between two rules.\n---\nMore.")]
    [InlineData("---\ntitle: never closed\n\nMore.")]
    [InlineData("---\n- a\n- list\n---\nMore.")]
    public void What_only_looks_like_front_matter_is_text(string text)
    {
        var submission = Read(text);
        Assert.Empty(submission.Warnings);
        Assert.Equal("---", submission.Title);
    }

    [Theory]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\ntitle: T")]
    [InlineData("a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}\ntitle: T")]
    [InlineData("a: !!binary aGk=\n? [x]\n: y\ntitle: T")]
    public void Yaml_that_means_harm_does_none(string yaml) => Assert.Equal("T", Read($"---\n{yaml}\n---\nText.").Title);

    [Fact]
    public void Yaml_nested_without_end_overflows_nothing() =>
        Assert.NotNull(Read($"---\na: {new string('[', 90_000)}\ntitle: T\n---\nText.").Body);
}
