using AngleSharp.Html.Parser;
using Monitoring.Ingest.Pages;

namespace Tests.Unit;

/// <summary>Pages after the manner of site families, each with the text a reader would call the article.</summary>
public class BodySampleTests
{
    static readonly string Samples = Path.Combine(Repository.Root, "tests", "Unit", "Ingest", "Pages", "samples");

    internal static IEnumerable<string> All => Directory.EnumerateFiles(Samples, "*.html").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. All];

    internal static string Read(string html)
    {
        var document = new HtmlParser().ParseDocument(html);
        return PageBody.Read(document, document.QuerySelector("meta[property='og:title']")?.GetAttribute("content") ?? document.Title)?.Text ?? "";
    }

    internal static string Html(string name) => File.ReadAllText(Path.Combine(Samples, name + ".html"));
    internal static string Gold(string name) => File.ReadAllText(Path.Combine(Samples, name + ".txt"));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_article_is_read_and_nothing_else(string name) => Assert.InRange(F1(Read(Html(name)), Gold(name)), 0.97, 1);

    /// <summary>Of runs of four words; an ideograph is a word.</summary>
    internal static double F1(string found, string gold)
    {
        var (have, want) = (Shingles(found), Shingles(gold));
        var shared = have.Sum(shingle => Math.Min(shingle.Value, want.GetValueOrDefault(shingle.Key)));
        return 2.0 * shared / (have.Values.Sum() + want.Values.Sum());
    }

    static Dictionary<string, int> Shingles(string text)
    {
        var words = System.Text.RegularExpressions.Regex.Matches(text, @"[\u3040-\u30FF\u4E00-\u9FFF]|[\w-[\u3040-\u30FF\u4E00-\u9FFF]]+").Select(word => word.Value).ToList();
        return Enumerable.Range(0, Math.Max(0, words.Count - 3)).Select(start => string.Join(' ', words.GetRange(start, 4))).CountBy(shingle => shingle).ToDictionary();
    }
}
