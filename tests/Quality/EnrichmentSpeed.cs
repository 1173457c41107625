using System.Diagnostics;
using Monitoring.Contracts;
using Monitoring.Enrichment;
using Spectre.Console;

namespace Tests.Quality;

/// <summary>How many articles of 400 words the whole enrichment reads in a second on one core, warm: other articles went before, these are read once each.</summary>
static class EnrichmentSpeed
{
    // A service that has run for a minute: fewer readings before, and the code is not as fast as it gets.
    const int Words = 400, Articles = 3_000, WarmUp = 4;

    /// <param name="file">Lines whose last column is a text: topics/news_iptc_level1.tsv of the data for training.</param>
    public static void Measure(FileInfo file)
    {
        var started = Stopwatch.GetTimestamp();
        var enricher = Model.Load(new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge")));
        var loaded = Stopwatch.GetElapsedTime(started);
        var articles = File.ReadLines(file.FullName).Select(line => line[(line.LastIndexOf('\t') + 1)..]).Select(Cut).OfType<ArticleContent>().Take(2 * Articles).ToList();
        if (articles.Count < 200) throw new InvalidDataException($"{file.Name} has {articles.Count} texts of {Words} words; at least 200 are needed.");
        var half = articles.Count / 2;
        for (var i = 0; i < WarmUp; i++)
            foreach (var article in articles[..half]) enricher.Enrich(article);
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        foreach (var article in articles[half..]) enricher.Enrich(article);
        var (elapsed, used) = (clock.Elapsed, Environment.CpuUsage.TotalTime - cpu);
        AnsiConsole.WriteLine($"{articles.Count - half} articles of {Words} words: {(articles.Count - half) / elapsed.TotalSeconds:F0} a second, {(articles.Count - half) / used.TotalSeconds:F0} per second of processor time (goal 1,500)");
        AnsiConsole.WriteLine($"Files read in {loaded.TotalSeconds:F2} s; process takes {Environment.WorkingSet / 1e6:F0} MB, articles included");
    }

    static ArticleContent? Cut(string text)
    {
        var (count, i) = (0, 0);
        for (; i < text.Length && count < Words; i++)
            if (text[i] == ' ') count++;
        if (count < Words) return null;
        // The headline stands before the first period that a space precedes.
        var headline = text.IndexOf(" . ", StringComparison.Ordinal);
        return headline is > 0 and < 200 ? new ArticleContent { Title = text[..headline], Body = text[(headline + 3)..i] } : new ArticleContent { Body = text[..i] };
    }
}
