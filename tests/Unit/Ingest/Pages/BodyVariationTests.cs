using System.Text.RegularExpressions;

namespace Tests.Unit;

/// <summary>The same pages as other templates would have them: what is found may not hang on one of their habits.</summary>
public partial class BodyVariationTests
{
    public static TheoryData<string> Names => BodySampleTests.Names;

    static double F1(string name, Func<string, string> change) => BodySampleTests.F1(BodySampleTests.Read(change(BodySampleTests.Html(name))), BodySampleTests.Gold(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Scripts_drawings_and_a_river_of_stories_change_little(string name) => Assert.InRange(F1(name, WithNoise), 0.95, 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layout_table_around_it_changes_little(string name) => Assert.InRange(F1(name, InTable), 0.9, 1);

    [Fact]
    public void Without_any_names_most_of_it_is_found() =>
        Assert.InRange(BodySampleTests.All.Average(name => F1(name, Nameless)), 0.9, 1);

    internal static string WithNoise(string html)
    {
        var scripts = $"<script>{string.Concat(Enumerable.Range(0, 2000).Select(n => $"window.f{n}=function(a){{return a<{n}&&\"<p>Some text in a script, which nobody sees.</p>\"}};\n"))}</script>";
        var river = string.Concat(Enumerable.Range(0, 60).Select(n => $"<div class=card><a href=/s{n}><svg><path d='M1 2L3 4'/></svg><h3>Another story, number {n} of those on this page</h3></a><p>An excerpt of story {n}, which runs on for a line or so, as they do everywhere.</p><span>{n} hours ago</span></div>"));
        return Body().Replace(html, "$0" + scripts, 1).Replace("</body>", $"<div class=river>{river}</div></body>", StringComparison.OrdinalIgnoreCase);
    }

    internal static string InTable(string html) =>
        Body().Replace(html, "$0<table><tr><td><a href=/1>Home</a><br><a href=/2>Archive</a></td><td>", 1).Replace("</body>", "</td></tr></table></body>", StringComparison.OrdinalIgnoreCase);

    internal static string Nameless(string html) => Attributes().Replace(html, "");

    [GeneratedRegex("<body[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Body();

    [GeneratedRegex("""\s(class|id|role|itemprop|name|data-[a-z-]+|aria-label)=("[^"]*"|'[^']*'|[^\s>]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Attributes();
}
