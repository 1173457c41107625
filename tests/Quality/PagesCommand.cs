using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Monitoring.Ingest.Pages;

namespace Tests.Quality;

/// <summary>Precision, recall and F1 of article bodies against gold texts (<c>NAME.html</c> beside <c>NAME.txt</c>), and pages per second on one core.</summary>
static partial class PagesCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Pages (*.html) with their gold texts (*.txt) beside them." };
        var compare = new Option<bool>("--compare") { Description = "SmartReader alone beside ours." };
        var each = new Option<bool>("--each") { Description = "A line for every page." };
        var show = new Option<string?>("--show") { Description = "Print what is read from the page of this name." };
        var command = new Command("pages", "Measures article bodies read from pages.") { folder, compare, each, show };
        command.SetAction(arguments =>
        {
            var pages = Directory.EnumerateFiles(arguments.GetRequiredValue(folder).FullName, "*.html").Order(StringComparer.Ordinal)
                .Where(path => File.Exists(Path.ChangeExtension(path, ".txt")))
                .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Html: File.ReadAllText(path), Gold: File.ReadAllText(Path.ChangeExtension(path, ".txt")))).ToList();
            if (arguments.GetValue(show) is { } shown) Console.WriteLine(Ours(pages.Single(page => page.Name == shown).Html));
            else Report("ours", pages, Ours, arguments.GetValue(each));
            if (arguments.GetValue(compare)) Report("SmartReader", pages, SmartReaders, arguments.GetValue(each));
        });
        return command;
    }

    static void Report(string name, List<(string Name, string Html, string Gold)> pages, Func<string, string> read, bool each)
    {
        var scores = pages.ConvertAll(page => (page.Name, Text: read(page.Html), page.Gold));
        foreach (var (label, units) in new (string, Func<string, IEnumerable<string>>)[] { ("4-word shingles", text => Shingles(text, 4)), ("words", Words) })
        {
            var results = scores.ConvertAll(page => (page.Name, Score: Score.Of(units(page.Text), units(page.Gold))));
            if (each && label[0] == '4')
                foreach (var (page, score) in results.OrderBy(result => result.Score.F1)) Console.WriteLine($"  {page,-28} {score}");
            var (precision, recall) = (results.Average(result => result.Score.Precision), results.Average(result => result.Score.Recall));
            Console.WriteLine($"{name,-12} {label,-16} {new Score(precision, recall)}  pages {pages.Count}");
        }
        // Processor time, not time on the clock: the machine has other work. Once round for the compiler first.
        for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < 3;) pages.ForEach(page => read(page.Html));
        var (count, before) = (0, Environment.CpuUsage.TotalTime);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < 5; count += pages.Count) pages.ForEach(page => read(page.Html));
        Console.WriteLine($"{name,-12} {count / (Environment.CpuUsage.TotalTime - before).TotalSeconds:F0} pages/s on one core, average {pages.Average(page => page.Html.Length) / 1024:F0} kB");
    }

    static string Ours(string html)
    {
        var document = (IHtmlDocument)new HtmlParser().ParseDocument(html);
        return PageBody.Read(document, document.QuerySelector("meta[property='og:title']")?.GetAttribute("content") ?? document.Title)?.Text ?? "";
    }

    static string SmartReaders(string html) => new SmartReader.Reader("https://page.example/", html).GetArticle().TextContent ?? "";

    static IEnumerable<string> Shingles(string text, int size)
    {
        var words = Words(text).ToList();
        return words.Count < size ? [string.Join(' ', words)] : Enumerable.Range(0, words.Count - size + 1).Select(start => string.Join(' ', words.GetRange(start, size)));
    }

    static IEnumerable<string> Words(string text) => Word().Matches(text).Select(word => word.Value);

    // An ideograph is a word here: what is compared has no spaces.
    [GeneratedRegex(@"[\u3040-\u30FF\u4E00-\u9FFF]|[\w-[\u3040-\u30FF\u4E00-\u9FFF]]+")]
    private static partial Regex Word();
}

/// <summary>Overlap of two multisets.</summary>
readonly record struct Score(double Precision, double Recall)
{
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    public static Score Of(IEnumerable<string> found, IEnumerable<string> gold)
    {
        var (have, want) = (found.CountBy(unit => unit).ToDictionary(), gold.CountBy(unit => unit).ToDictionary());
        var shared = (double)have.Sum(unit => Math.Min(unit.Value, want.GetValueOrDefault(unit.Key)));
        return new Score(have.Count == 0 ? 0 : shared / have.Values.Sum(), want.Count == 0 ? 0 : shared / want.Values.Sum());
    }

    public override string ToString() => $"F1 {F1:F3}  precision {Precision:F3}  recall {Recall:F3}";
}
