using Monitoring.Hosting;
using Monitoring.Ingest.Formats;

namespace Tests.Unit;

public class MarkdownTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static Submission Read(string text) => Markdown.Read(text, new Submission());
    static string? Body(string markdown) => SubmissionChecks.Check(Read("# T\n\n" + markdown), Now).Body;

    [Theory]
    [InlineData("# Talks *resume*\n\nDelegations met.")]
    [InlineData("Talks resume\n============\n\nDelegations met.")]
    [InlineData("### Talks resume ###\nDelegations met.")]
    [InlineData("**Talks resume**\nDelegations met.")]
    [InlineData("Talks resume\n\nDelegations met.")]
    [InlineData("Talks resume\nDelegations met.")]
    [InlineData("![Hero](a.png)\n\n# [Talks](https://gazette.example) resume\n\nDelegations met.")]
    [InlineData("---\ntitle: Talks resume\n---\n\n# Talks resume\n\nDelegations met.")]
    [InlineData("Title: Talks resume\n\nDelegations met.")]
    [InlineData("<!-- draft -->\n# Talks resume\n\nDelegations met.")]
    public void The_first_heading_is_the_title(string text) =>
        Assert.Equal(("Talks resume", "Delegations met."), (Read(text).Title, Read(text).Body!.Trim()));

    [Theory]
    [InlineData("One *two* **three** _four_ __five__ ***six*** ~~seven~~ `eight *nine*`.", "One two three four five six seven eight *nine*.")]
    [InlineData("A [link](https://a.example \"title\"), a [reference][r], a [short] one and <https://b.example/x>.\n\n[r]: https://c.example\n[short]: https://d.example 'D'",
        "A link, a reference, a short one and https://b.example/x.")]
    [InlineData("Before ![alt text](x.png) after.\n\n[![badge](b.svg)](https://ci.example)\n\nEnd.", "Before  after.\n\nEnd.")]
    [InlineData("First line\nsecond line  \nthird\\\nfourth", "First line second line\nthird\nfourth")]
    [InlineData("One\n\n## Two\n\nThree\n\nFour\n----\nFive", "One\n\nTwo\n\nThree\n\nFour\n\nFive")]
    [InlineData("- one\n- *two*\n  - three\n* * *\n1. a\n2) b", "- one\n- two\n- three\n\n1. a\n\n2. b")]
    [InlineData("3. c\n4. d\n\n   more", "3. c\n\n4. d\n\nmore")]
    [InlineData("- [x] done\n- [ ] open", "- done\n- open")]
    [InlineData("> Quoted *text*\n> goes on.\n>\n> > Deeper.", "Quoted text goes on.\n\nDeeper.")]
    [InlineData("```sh\ncurl *x*\n  y\n```\n\n    indented <b>", "curl *x*\n  y\n\nindented <b>")]
    [InlineData("A note[^1] and another[^n].\n\n[^1]: The *first*.\n[^n]: The second.", "A note and another.\n\n1. The first.\n\n2. The second.")]
    [InlineData("| Party | Seats |\n|---|--:|\n| *Labour* | 31 |", "Party | Seats\nLabour | 31")]
    [InlineData("Escaped \\*stars\\* and \\# and AT&amp;T &copy; &#8364;5 5 < 6 a*b*c snake_case_word.", "Escaped *stars* and # and AT&T © €5 5 < 6 abc snake_case_word.")]
    [InlineData("In <b>bold</b><br>next <span class=\"x\">line</span><!-- no -->.", "In bold\nnext line.")]
    [InlineData("<div>\n<p>One &amp; two</p><p>Three</p>\n<script>var x = '<p>no</p>';</script>\n</div>\n\nFour", "One & two\n\nThree\n\nFour")]
    [InlineData("<div>\n\nInside *a block*.\n\n</div>", "Inside a block.")]
    [InlineData("Text <script>alert(1)</script> more.", "Text  more.")]
    [InlineData("Unfinished *emphasis and [link and `code", "Unfinished *emphasis and [link and `code")]
    [InlineData("A #hashtag is no heading.\n\n#hashtag", "A #hashtag is no heading.\n\n#hashtag")]
    [InlineData("1986\\. A great year.\n\n**The background**\nIt is long.", "1986. A great year.\n\nThe background\n\nIt is long.")]
    public void Markdown_is_told_as_plain_text(string markdown, string text) => Assert.Equal(text.Replace("  ", " ", StringComparison.Ordinal), Body(markdown)!.Replace("  ", " ", StringComparison.Ordinal));

    [Fact]
    public void Head_byline_and_end_are_those_of_plain_text()
    {
        var submission = Read("""
            ---
            date: 2026-02-27
            tags: [peace]
            ---
            # Talks resume

            *By Jane Doe*

            Delegations met.

            Read more @ [gazette.example](https://gazette.example)
            """);
        Assert.Equal(("Talks resume", "Delegations met.", "gazette.example"), (submission.Title, submission.Body!.Trim(), submission.SourceDomain));
        Assert.Equal(["Jane Doe"], submission.Authors);
        Assert.StartsWith("2026-02-27", submission.Published, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_heading_than_the_title_of_the_head_is_text() =>
        Assert.Equal(("Talks", "Why now\n\nText."), (Read("---\ntitle: Talks\n---\n# Why now\n\nText.").Title, Read("---\ntitle: Talks\n---\n# Why now\n\nText.").Body!.Trim()));

    [Theory]
    [InlineData(">")]
    [InlineData("- ")]
    [InlineData("*a **a ")]
    [InlineData("[")]
    [InlineData("<b>")]
    public void What_is_nested_without_end_is_read_all_the_same(string mark)
    {
        var submission = Read("# T\n\n" + string.Concat(Enumerable.Repeat(mark, 100_000)) + "x");
        Assert.Equal("T", submission.Title);
        Assert.EndsWith("x", submission.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_but_images_is_refused() => Assert.Equal("body", Assert.Throws<ProblemException>(() => Read("![a](b.png)")).Field);
}
