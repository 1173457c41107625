using System.CommandLine;
using System.Text.Json;
using Monitoring.Contracts;
using Spectre.Console;

namespace Tests.Quality;

/// <summary>
/// <c>aliases FILE…</c>: whether the names of an excerpt that denote one person, organisation or place became one entity: B³ (Bagga and
/// Baldwin 1998) over the labelled mentions. A labelled mention belongs to the entity that was found at exactly its place, else to the one
/// that overlaps it most; one that nothing overlaps is a cluster of its own. Entities count by id, mentions that have no label do not count.
/// </summary>
static class AliasesCommand
{
    const double PrecisionGoal = 0.97, Goal = 0.88;

    sealed record Cluster(string Type, string Name, int[][] Mentions);
    sealed record Excerpt(string Id, string Text, Cluster[] Clusters);
    sealed record Mention(int Start, int End, int Gold, string? Found, bool Exact);

    /// <param name="enrich">What reads an article.</param>
    public static Command Create(Func<ArticleContent, Enrichment> enrich)
    {
        var files = new Argument<FileInfo[]>("file") { Description = "JSON lines {id, text, clusters:[{type, name, mentions:[[start, end]]}]}.", Arity = ArgumentArity.OneOrMore };
        var errors = new Option<bool>("--errors") { Description = "Tell which names were put together or apart wrongly." };
        var json = new Option<FileInfo?>("--json") { Description = "Where to write the figures." };
        var command = new Command("aliases", "Measures whether the names of one entity within an article become one entity.") { files, errors, json };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(files), enrich, arguments.GetValue(errors), arguments.GetValue(json)));
        return command;
    }

    static int Run(FileInfo[] files, Func<ArticleContent, Enrichment> enrich, bool errors, FileInfo? json)
    {
        double precision = 0, recall = 0;
        int mentions = 0, found = 0, exact = 0, excerpts = 0;
        foreach (var excerpt in files.SelectMany(file => File.ReadLines(file.FullName)).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<Excerpt>(line, JsonSerializerOptions.Web)!))
        {
            var read = Read(excerpt, enrich(new ArticleContent { Body = excerpt.Text }));
            foreach (var mention in read)
            {
                var gold = read.Count(other => other.Gold == mention.Gold);
                var together = mention.Found is null ? 1 : read.Count(other => other.Found == mention.Found);
                var both = mention.Found is null ? 1 : read.Count(other => other.Found == mention.Found && other.Gold == mention.Gold);
                precision += (double)both / together;
                recall += (double)both / gold;
            }
            (mentions, found, exact, excerpts) = (mentions + read.Count, found + read.Count(mention => mention.Found is not null), exact + read.Count(mention => mention.Exact), excerpts + 1);
            if (errors) Tell(excerpt, read);
        }
        precision /= Math.Max(1, mentions);
        recall /= Math.Max(1, mentions);
        var f = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
        AnsiConsole.Write(new Table().AddColumns("aliases", "goal", "value")
            .AddRow("B³ precision", $"{PrecisionGoal:F2}", $"{precision:F4}").AddRow("B³ recall", "", $"{recall:F4}").AddRow("B³ F", $"{Goal:F2}", $"{f:F4}")
            .AddRow("mentions found", "", $"{(double)found / Math.Max(1, mentions):F4}").AddRow("at exactly their place", "", $"{(double)exact / Math.Max(1, mentions):F4}")
            .AddRow("mentions (excerpts)", "", $"{mentions} ({excerpts})"));
        if (json is not null) File.WriteAllText(json.FullName, JsonSerializer.Serialize(new { precision, recall, f, found, exact, mentions, excerpts }, JsonSerializerOptions.Web));
        return precision >= PrecisionGoal && f >= Goal ? 0 : 1;
    }

    static List<Mention> Read(Excerpt excerpt, Enrichment enrichment)
    {
        // The headline is empty, and a line break stands before the body.
        var spans = enrichment.Entities.SelectMany(entity => entity.Mentions.Select(span => (Start: span.Start - 1, End: span.End - 1, entity.Id))).ToList();
        return [.. excerpt.Clusters.SelectMany((cluster, gold) => cluster.Mentions.Select(mention =>
        {
            var overlapping = spans.Where(span => span.Start < mention[1] && span.End > mention[0])
                .OrderByDescending(span => Math.Min(span.End, mention[1]) - Math.Max(span.Start, mention[0])).ThenBy(span => span.End - span.Start).ToList();
            var exact = overlapping.FirstOrDefault(span => span.Start == mention[0] && span.End == mention[1]);
            return new Mention(mention[0], mention[1], gold, exact.Id ?? overlapping.FirstOrDefault().Id, exact.Id is not null);
        }))];
    }

    static void Tell(Excerpt excerpt, List<Mention> read)
    {
        string Names(IEnumerable<Mention> mentions) => string.Join(", ", mentions.Select(mention => excerpt.Text[mention.Start..mention.End]));
        foreach (var entity in read.Where(mention => mention.Found is not null).GroupBy(mention => mention.Found).Where(entity => entity.Select(mention => mention.Gold).Distinct().Count() > 1))
            AnsiConsole.WriteLine($"{excerpt.Id}: together as {entity.Key}: {Names(entity)}");
        foreach (var cluster in read.GroupBy(mention => mention.Gold))
            if (cluster.GroupBy(mention => mention.Found).ToList() is { Count: > 1 } parts)
                AnsiConsole.WriteLine($"{excerpt.Id}: apart: {string.Join(" | ", parts.Select(part => $"{part.Key ?? "not found"}: {Names(part)}"))}");
    }
}
