using System.Diagnostics;
using AngleSharp.Html.Parser;
using Monitoring.Ingest.Pages;

namespace Tests.Unit;

public class BodyLimitTests
{
    static readonly string Article = string.Concat(Enumerable.Range(1, 5).Select(n => $"<p>Paragraph {n} of the report, which goes on for long enough that any reader would take it for running text, not for a label.</p>"));

    static string Read(string html) => BodySampleTests.Read(PageNesting.Limit(html));
    static string Many(int count, string text) => string.Concat(Enumerable.Repeat(text, count));

    [Theory]
    [InlineData(200_000, "<div>")]
    [InlineData(200_000, "<div class=share>x")]
    [InlineData(200_000, "<span class=share>x")]
    [InlineData(200_000, "<blockquote><p>And so on, he said, and then on and on again until the evening came.")]
    [InlineData(100_000, "<b>")]
    [InlineData(20_000, "<table><tr><td>")]
    [InlineData(100_000, "<p>x</p>")]
    [InlineData(100_000, "<br>")]
    [InlineData(100_000, "<div>A line of it. <a href=/x>Another story that somebody wrote</a></div>")]
    [InlineData(100_000, "<li>Read more: <a href=/x>Another story that somebody wrote</a>")]
    public void Hostile_pages_are_read_in_linear_time(int count, string text)
    {
        var watch = Stopwatch.StartNew();
        var found = Read($"<body>{Many(count, text)}<article><h1>News</h1>{Article}</article>");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60); // the parser alone would take minutes
        Assert.Contains("Paragraph 5 of the report", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_megabytes_are_read() =>
        Assert.Equal(5, Read($"<body><script>{Many(300_000, "var x = '<div>';\n")}</script><div class=menu>{Many(60_000, "<a href=/x>A section of ours</a><svg><path d='M1 2'/></svg>")}</div><article>{Article}</article>").Split("\n\n").Length);

    [Fact]
    public void A_page_of_ordinary_depth_stays_as_it_is()
    {
        var html = BodySampleTests.Html("cnn-like");
        Assert.Same(html, PageNesting.Limit(html));
    }

    [Fact]
    public void Beyond_the_deepest_level_tags_go_and_text_stays()
    {
        var limited = PageNesting.Limit(Many(450, "<div>") + "text" + Many(450, "</div>") + "<div>after</div>");
        Assert.Equal(Many(400, "<div>") + "text" + Many(400, "</div>") + "<div>after</div>", limited);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("<frameset><frame src=x></frameset>")]
    [InlineData("<body><nav><a href=/1>News</a><a href=/2>Sport</a></nav><a href=/3>A headline of a story that is elsewhere</a><a href=/4>And another one of the same kind</a>")]
    [InlineData("<body><h1>Video: the harbour at dawn</h1><video></video><p>0:45</p><footer>© 2026 Harbour TV</footer>")]
    public void Where_there_is_no_article_there_is_no_body(string html) => Assert.Null(PageBody.Read(new HtmlParser().ParseDocument(html), null));

    [Fact]
    public void Whatever_is_cut_off_or_mixed_up_is_read_without_an_exception()
    {
        var random = new Random(7);
        foreach (var name in BodySampleTests.All.Take(8))
        {
            var html = BodySampleTests.Html(name);
            for (var n = 0; n < 40; n++)
            {
                var page = html[..random.Next(html.Length)].ToCharArray();
                for (var change = 0; change < n; change++) page[random.Next(Math.Max(1, page.Length))] = "<>\"'/&=a \0\ud800"[random.Next(11)];
                BodySampleTests.Read(new string(page));
            }
        }
    }
}
