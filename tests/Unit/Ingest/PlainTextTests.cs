using Monitoring.Hosting;
using Monitoring.Ingest.Formats;

namespace Tests.Unit;

public class PlainTextTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static Submission Read(string text) => PlainText.Read(text, new Submission());
    static string? Body(string text) => SubmissionChecks.Check(Read(text), Now).Body;

    const string Wrapped = """
        Talks resume in Geneva

        The delegations of the two countries returned to the negotiating table in
        Geneva on Monday, the mediator said, after a pause of three weeks during
        which fighting had flared up again along the river.

        Nobody expects a quick result. "We have time," the mediator told the press
        before the doors were closed.
        """;

    [Fact]
    public void Lines_broken_at_a_width_are_paragraphs_again()
    {
        Assert.Equal("Talks resume in Geneva", Read(Wrapped).Title);
        Assert.Equal("""
            The delegations of the two countries returned to the negotiating table in Geneva on Monday, the mediator said, after a pause of three weeks during which fighting had flared up again along the river.

            Nobody expects a quick result. "We have time," the mediator told the press before the doors were closed.
            """, Body(Wrapped));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_ends_of_any_machine_are_the_same(string lineEnd)
    {
        var other = Read(Wrapped.Replace("\n", lineEnd, StringComparison.Ordinal));
        Assert.Equal((Read(Wrapped).Title, Read(Wrapped).Body), (other.Title, other.Body));
    }

    [Fact]
    public void A_headline_broken_in_two_is_one() => Assert.Equal(
        "President's inner circle advises him not to speak to his counterpart until he commits to a ceasefire",
        Read("""
            President's inner circle advises him not to speak to his counterpart
            until he commits to a ceasefire

            Officials said on Friday that a call was unlikely before the other side
            had agreed to the full text of the proposal, two papers reported.
            """).Title);

    [Fact]
    public void A_wrapped_text_that_begins_with_a_paragraph_has_no_title()
    {
        var submission = Read("""
            The delegations of the two countries returned to the negotiating table in
            Geneva on Monday, the mediator said, after a pause of three weeks during
            which fighting had flared up again along the river.

            Nobody expects a quick result, the mediator told the press before the
            doors were closed.
            """);
        Assert.Null(submission.Title);
        Assert.StartsWith("The delegations of the two countries returned to the negotiating table in Geneva on Monday", submission.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Paragraphs_told_apart_by_indenting_or_a_short_last_line_only_stay_apart() => Assert.Equal("""
        The delegations of the two countries returned to the negotiating table in Geneva on Monday, the mediator said.

        Nobody expects a quick result, the mediator told the press before the doors were closed.

        Observers of three neighbouring states were let in for the first time since the talks began in the spring of last year.
        """, Body("""
        Talks resume

          The delegations of the two countries returned to the negotiating table in
        Geneva on Monday, the mediator said.
          Nobody expects a quick result, the mediator told the press before the
        doors were closed.
        Observers of three neighbouring states were let in for the first time since
        the talks began in the spring of last year.
        """));

    [Fact]
    public void Lists_verses_and_tables_keep_their_lines()
    {
        const string Text = """
            Results

            The four parties of the outgoing government, which had hoped for a second
            term, lost their majority in the election of Sunday, the office said.

            - Labour, which had led the polls for a year and which had been expected to
              come first
            - Greens
            1. one
            2. two

            Party       Seats
            Labour         31

            Roses are red
            Violets are blue
            """;
        var body = Body(Text)!;
        Assert.Contains("\n- Labour, which had led the polls for a year and which had been expected to come first\n- Greens\n1. one\n2. two\n", body, StringComparison.Ordinal);
        Assert.Contains("Party       Seats\nLabour         31", body, StringComparison.Ordinal);
        Assert.Contains("Roses are red\nViolets are blue", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_broken_at_their_hyphen_and_scripts_without_spaces_are_joined_without_one()
    {
        Assert.Contains("peace-keepers", Body("Talks\n\nThe delegations of the two countries returned to the table with the peace-\nkeepers of the union, who had been away for a month, officials said on the\nweekend in a statement.")!, StringComparison.Ordinal);
        var line = new string('和', 36);
        Assert.Contains(line + line + line + line + line, Body($"标题\n\n{line}\n{line}\n{line}\n{line}\n{line}\n短。")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Short_lines_that_were_not_broken_are_not_joined() =>
        Assert.Equal("Delegations met in Geneva for the third round of the talks.\nNATO and the United Nations sent observers to all of them.\nBoth sides spoke.",
            Body("Talks resume\nDelegations met in Geneva for the third round of the talks.\nNATO and the United Nations sent observers to all of them.\nBoth sides spoke."));

    [Fact]
    public void A_headline_as_wide_as_the_line_below_it_stays_a_headline()
    {
        var submission = Read("Team Opposes Phone Call to President, Citing Ceasefire Concerns\nOfficials said on Friday that a call was not likely to happen.");
        Assert.Equal("Team Opposes Phone Call to President, Citing Ceasefire Concerns", submission.Title);
    }

    [Fact]
    public void A_line_for_each_paragraph_becomes_a_paragraph_for_each_line()
    {
        var (one, two) = (string.Join(' ', Enumerable.Repeat("Delegations met.", 10)), string.Join(' ', Enumerable.Repeat("Nobody spoke.", 12)));
        Assert.Equal($"{one}\n\n{two}", Body($"Talks resume\n{one}\n{two}"));
    }

    [Fact]
    public void One_line_is_a_title_and_a_long_one_is_a_text()
    {
        Assert.Equal(("Talks resume in Geneva", ""), (Read("Talks resume in Geneva").Title, Read("Talks resume in Geneva").Body));
        var text = string.Join(' ', Enumerable.Repeat("Delegations met.", 30));
        Assert.Equal((null, text), (Read(text).Title, Read(text).Body));
    }

    [Fact]
    public void An_agency_dateline_begins_a_text_and_stays_in_it()
    {
        const string First = "LISBON, Nov 22 (Reuters) - Two days of rain have closed every bridge of the city.";
        Assert.Equal((null, First), (Read(First + "\n\nMore was to come.").Title, Read(First + "\n\nMore was to come.").Body!.Split('\n')[0]));
        Assert.Equal("Flood hits Lisbon", Read("Flood hits Lisbon\n\n" + First).Title);
        Assert.Equal(First, Read("Flood hits Lisbon\n\n" + First).Body);
    }

    [Theory]
    [InlineData("Breaking: fire in Lisbon\n\nThe old town burns.", "Breaking: fire in Lisbon")]
    [InlineData("Kyiv: three dead\nA drone hit a house.", "Kyiv: three dead")]
    [InlineData("Source: Lakers to trade their guard\n\nHe will go.", "Source: Lakers to trade their guard")]
    [InlineData("From: Russia with love\n\nA film.", "From: Russia with love")]
    [InlineData("Trump: We will see\nPutin: No\n\nThe two did not agree.", "Trump: We will see")]
    [InlineData("Date: what the calendar does to us\n\nAn essay.", "Date: what the calendar does to us")]
    [InlineData("https://gazette.example/a\n\nText.", "https://gazette.example/a")]
    public void A_headline_with_a_colon_is_no_header(string text, string title)
    {
        var submission = Read(text);
        Assert.Equal(title, submission.Title);
        Assert.Empty(submission.Authors);
        Assert.Null(submission.SourceName ?? submission.SourceDomain ?? submission.Published);
    }

    [Theory]
    [InlineData("By Jane Doe", new[] { "Jane Doe" })]
    [InlineData("By Jane Doe and John Q. Smith", new[] { "Jane Doe", "John Q. Smith" })]
    [InlineData("By Jane Doe, John Smith and Léa van den Berg", new[] { "Jane Doe", "John Smith", "Léa van den Berg" })]
    [InlineData("BY JANE DOE", new[] { "JANE DOE" })]
    [InlineData("**By Jane Doe**", new[] { "Jane Doe" })]
    public void A_byline_below_the_title_names_the_authors(string byline, string[] authors)
    {
        var submission = Read($"Talks resume\n{byline}\n\nDelegations met.");
        Assert.Equal(authors, submission.Authors);
        Assert.Equal("Delegations met.", submission.Body!.Trim());
    }

    [Theory]
    [InlineData("By Monday Evening")]
    [InlineData("By the time they met, it was dark.")]
    [InlineData("By noon")]
    [InlineData("By Jane Doe's own account, nothing happened.")]
    public void A_sentence_that_begins_with_by_is_none(string line)
    {
        var submission = Read($"Talks resume\n{line}\n\nDelegations met.");
        Assert.Empty(submission.Authors);
        Assert.StartsWith(line, submission.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_under_the_title_and_headers_below_it_are_none_of_the_text()
    {
        var submission = Read("Talks resume\n============\nDate: 2026-02-27\nURL: https://gazette.example/talks\n\nDelegations met.");
        Assert.Equal(("Talks resume", "Delegations met.", "https://gazette.example/talks"), (submission.Title, submission.Body, submission.Url));
        Assert.StartsWith("2026-02-27", submission.Published, StringComparison.Ordinal);
    }

    [Fact]
    public void A_date_in_the_text_is_no_date_of_publication() =>
        Assert.Null(Read("Talks resume\n\nOn 4 April 2025 delegations met. Published figures of 2025-04-03 say so.").Published);

    [Fact]
    public void A_leading_date_that_is_none_is_told()
    {
        var submission = Read("date 2026-02-31 Talks resume\n\nDelegations met.");
        Assert.Equal(("Talks resume", null), (submission.Title, submission.Published));
        Assert.Contains("2026-02-31", Assert.Single(submission.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_of_Markdown_are_text_save_headings() =>
        Assert.Equal("A *star*, a _line_, `code` and [a link](https://x.example).\n\nThe background\n\n> said",
            Body("T\n\nA *star*, a _line_, `code` and [a link](https://x.example).\n**The background**\n> said"));

    [Theory]
    [InlineData("Read more @ gazette.example", "gazette.example")]
    [InlineData("Read More @ https://www.gazette.example/a/b", "gazette.example")]
    [InlineData("Read the full story at https://gazette.example/talks?id=1", "gazette.example")]
    [InlineData("Read the full article here: gazette.example/talks", "gazette.example")]
    [InlineData("Continue reading at gazette.example.", "gazette.example")]
    [InlineData("Full story: https://gazette.example/talks", "gazette.example")]
    [InlineData("Source: gazette.example", "gazette.example")]
    [InlineData("(Source: https://gazette.example/talks)", "gazette.example")]
    [InlineData("Originally published at https://gazette.example/talks", "gazette.example")]
    [InlineData("This article was originally published on gazette.example.", "gazette.example")]
    [InlineData("Read the full story at https://t.co/Ab3", null)]
    [InlineData("###", null)]
    [InlineData("# # #", null)]
    [InlineData("-30-", null)]
    [InlineData("ENDS", null)]
    [InlineData("-ENDS-", null)]
    [InlineData("© 2026 Gazette Media Ltd. All rights reserved.", null)]
    [InlineData("Copyright 2026 The Gazette. This material may not be published or redistributed.", null)]
    [InlineData("Sent from my iPhone", null)]
    [InlineData("Get Outlook for iOS", null)]
    [InlineData("-- \nJane Doe\nNews desk, +351 555 0101", null)]
    [InlineData("Unsubscribe | Manage your preferences", null)]
    [InlineData("You are receiving this email because you signed up at gazette.example.", null)]
    [InlineData("Share this:\nFacebook\nTwitter | LinkedIn", null)]
    [InlineData("Follow us on Twitter and Facebook", null)]
    [InlineData("Subscribe to our daily newsletter", null)]
    [InlineData("Source: gazette.example\n\n###\n\nSent from my iPhone", "gazette.example")]
    public void What_stands_under_an_article_is_taken_off(string boilerplate, string? source)
    {
        var submission = Read($"Talks resume\n\nDelegations met.\n\n{boilerplate}\n");
        Assert.Equal(("Delegations met.", source), (submission.Body, submission.SourceDomain));
    }

    [Theory]
    [InlineData("Read more in the report that the ministry will publish on Friday.")]
    [InlineData("Source: the Ministry of Health")]
    [InlineData("He originally published the list in 2019.")]
    [InlineData("Copyright law was changed in 2019 for the first time.")]
    [InlineData("Share prices fell by 3 percent.")]
    [InlineData("Follow the money, she said.")]
    [InlineData("The letter ends there.")]
    [InlineData("(Reporting by Jane Doe; editing by John Smith)")]
    [InlineData("Print is dead, the editor said.")]
    [InlineData("(c) The third point of the plan concerns prisoners.")]
    [InlineData("It rained for 30 days and 30 nights.")]
    [InlineData("Unsubscribing was made a right by the court.")]
    public void A_sentence_of_news_stays(string sentence) =>
        Assert.EndsWith(sentence, Read($"Talks resume\n\nDelegations met.\n\n{sentence}").Body, StringComparison.Ordinal);

    [Fact]
    public void What_has_text_below_it_is_none_of_the_end() =>
        Assert.Equal("ENDS\n\nDelegations met.", Read("Talks resume\n\nENDS\n\nDelegations met.").Body);

    [Fact]
    public void A_text_of_furniture_alone_is_kept() => Assert.Equal("ENDS", Read("ENDS\n\n###").Title);

    [Fact]
    public void A_long_part_below_two_dashes_is_no_signature() =>
        Assert.EndsWith("nine", Read("Talks resume\n\nText.\n--\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine").Body, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\n")]
    [InlineData("---\n---\n")]
    [InlineData("date 2026-02-27")]
    public void Nothing_is_refused(string text) => Assert.Equal("body", Assert.Throws<ProblemException>(() => Read(text)).Field);

    [Fact]
    public void Hostile_texts_take_no_longer_than_others()
    {
        foreach (var piece in new[] { "a: b\n", "a", " ", "\n", "- ", "Read more @ ", "=?utf-8?Q?", "**", "<", "\t\n", "# ", "a\n", "By Aa ", "---\n", "(", "read the full story ", "\"", "Tags: a\n b\n" })
        {
            var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));
            foreach (var read in (Func<string, Submission, Submission>[])[PlainText.Read, Markdown.Read])
                foreach (var hostile in new[] { text, "T\n\n" + text, "---\na: " + text })
                {
                    var clock = System.Diagnostics.Stopwatch.StartNew();
                    try
                    {
                        read(hostile, new Submission());
                    }
                    catch (ProblemException problem)
                    {
                        Assert.Equal("body", problem.Field);
                    }
                    Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{read.Method.DeclaringType!.Name} took {clock.Elapsed} for a text of '{piece}'.");
                }
        }
    }
}
