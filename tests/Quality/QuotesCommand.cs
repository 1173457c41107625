using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monitoring.Contracts;
using Spectre.Console;

namespace Tests.Quality;

/// <summary>
/// <c>quotes FILE.jsonl</c>: who said it, against attributions annotated with source, cue and content. A found quote is right when
/// its speaker overlaps a source of the attribution with which it shares most characters (of several, the one with the shortest
/// content); an attribution is found when a quote that overlaps its content has a speaker that overlaps one of its sources.
/// Attributions without a source are no speaker's and count only against precision.
/// </summary>
static class QuotesCommand
{
    sealed record Stretch(int Start, int End);
    sealed record Annotated(IReadOnlyList<Stretch> Sources, IReadOnlyList<Stretch> Contents, bool Quoted, bool Spoken);

    sealed class Score
    {
        public int Right, Found, Hit, Gold;
        public double Precision => (double)Right / Math.Max(1, Found);
        public double Recall => (double)Hit / Math.Max(1, Gold);
    }

    static readonly HashSet<string> SpeechVerbs = [.. ("say says said saying tell tells told telling add added adds adding according write wrote writes tweet tweeted tweets ask asked asks argue argued argues arguing note noted notes noting "
        + "claim claimed claims claiming announce announced explain explained insist insisted insists suggest suggested declare declared declares report reported reports warn warned warns acknowledge acknowledged state stated states reply replied respond responded continued concluded").Split(' ')];

    public static Command Create(Func<ArticleContent, Enrichment> enrich)
    {
        var files = new Argument<FileInfo[]>("files") { Description = "JSON lines: text, attr[] {s, c, q: stretches as [start, end] in code points}." };
        var half = new Option<string>("--half") { Description = "all, tune or score: which half, by the hash of the id; errors were read in tune only.", DefaultValueFactory = _ => "score" };
        var json = new Option<FileInfo?>("--json") { Description = "Also writes the figures there." };
        var command = new Command("quotes", "Quotations and reported speech: the right speaker.") { files, half, json };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(files), arguments.GetRequiredValue(half), arguments.GetValue(json), enrich));
        return command;
    }

    static int Run(FileInfo[] files, string half, FileInfo? json, Func<ArticleContent, Enrichment> enrich)
    {
        var (quoted, all, spoken, articles) = (new Score(), new Score(), new Score(), 0);
        foreach (var line in files.SelectMany(file => File.ReadLines(file.FullName)))
        {
            using var article = JsonDocument.Parse(line);
            if (half != "all" && IsTuning(article.RootElement.GetProperty("id").GetString()!) != (half == "tune")) continue;
            articles++;
            var text = article.RootElement.GetProperty("text").GetString()!;
            var annotated = Read(article.RootElement.GetProperty("attr"), text);
            var quotes = enrich(new ArticleContent { Body = text }).Quotes.Where(quote => quote.Speaker is not null).ToList();
            Count(quoted, quotes.Where(quote => quote.Direct), annotated, quotes, attribution => attribution.Quoted);
            Count(all, quotes, annotated, quotes, _ => true);
            Count(spoken, quotes, annotated, quotes, attribution => attribution.Spoken);
        }
        var table = new Table().AddColumns("attributions", "precision", "goal", "recall", "goal", "quotes found", "attributions annotated");
        table.AddRow("with quotation marks (found: direct)", $"{quoted.Precision:F3}", "0.92", $"{quoted.Recall:F3}", "0.88", $"{quoted.Found}", $"{quoted.Gold}");
        table.AddRow("whose cue is a common speech verb (found: all)", $"{all.Precision:F3}", "0.92", $"{spoken.Recall:F3}", "0.88", $"{all.Found}", $"{spoken.Gold}");
        table.AddRow("all, with beliefs, intentions and emotions (found: all)", $"{all.Precision:F3}", "", $"{all.Recall:F3}", "", $"{all.Found}", $"{all.Gold}");
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{articles} articles ({half}). Right: the speaker overlaps a source of the attribution with which the quote shares most characters.");
        if (json is not null)
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(new { half, articles, quoted = new { quoted.Precision, quoted.Recall }, spoken = new { all.Precision, spoken.Recall }, all = new { all.Precision, all.Recall } }));
        return 0;
    }

    static void Count(Score score, IEnumerable<Quote> counted, List<Annotated> annotated, List<Quote> quotes, Func<Annotated, bool> counts)
    {
        foreach (var quote in counted)
        {
            score.Found++;
            var best = annotated.Where(attribution => Shared(attribution, quote) > 0).OrderByDescending(attribution => Shared(attribution, quote))
                .ThenBy(attribution => attribution.Contents.Sum(content => content.End - content.Start)).FirstOrDefault();
            if (best is not null && IsBy(quote, best)) score.Right++;
        }
        foreach (var attribution in annotated)
        {
            if (attribution.Sources.Count == 0 || attribution.Contents.Count == 0 || !counts(attribution)) continue;
            score.Gold++;
            if (quotes.Any(quote => Shared(attribution, quote) > 0 && IsBy(quote, attribution))) score.Hit++;
        }
    }

    static int Shared(Annotated attribution, Quote quote) =>
        attribution.Contents.Sum(content => Math.Max(0, Math.Min(content.End, quote.End) - Math.Max(content.Start, quote.Start)));

    static bool IsBy(Quote quote, Annotated attribution) =>
        attribution.Sources.Any(source => source.Start < quote.Speaker!.End && source.End > quote.Speaker.Start);

    static List<Annotated> Read(JsonElement attributions, string text)
    {
        // Code points to UTF-16; and one more, for the line break behind the absent title.
        var offsets = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length; i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1) offsets.Add(i + 1);
        offsets.Add(text.Length + 1);
        return [.. attributions.EnumerateArray().Select(attribution =>
        {
            var contents = Stretches(attribution.GetProperty("q"));
            var cue = string.Join(' ', Stretches(attribution.GetProperty("c")).Select(Words));
            return new Annotated(Stretches(attribution.GetProperty("s")), contents, contents.Any(content => Words(content) is var words && (words.IndexOfAny(['"', '“', '”', '«']) >= 0 || words.Contains("''", StringComparison.Ordinal))),
                cue.ToLowerInvariant().Split(' ', ':', ',').Any(SpeechVerbs.Contains));
        })];

        List<Stretch> Stretches(JsonElement stretches) => [.. stretches.EnumerateArray().Select(stretch => new Stretch(offsets[stretch[0].GetInt32()], offsets[stretch[1].GetInt32()]))];
        string Words(Stretch stretch) => text[(stretch.Start - 1)..(stretch.End - 1)];
    }

#pragma warning disable CA5351 // No secret depends on it.
    static bool IsTuning(string id) => (MD5.HashData(Encoding.UTF8.GetBytes(id))[0] & 1) == 0;
#pragma warning restore CA5351
}
