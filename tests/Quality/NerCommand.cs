using System.CommandLine;
using System.Text.Json;
using Monitoring.Enrichment;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Entities.Tagging;
using Monitoring.Enrichment.Text;
using Spectre.Console;
using Tests.Quality.Ner;

namespace Tests.Quality;

/// <summary><c>ner FILE…</c>: names found in labelled texts, exact stretch and type, by the tagger alone and by the whole enrichment.</summary>
static class NerCommand
{
    delegate IReadOnlyList<(int Start, int End, EntityType Type)> Reader(string text);

    /// <param name="enrichment">The whole enrichment of a text as names with offsets into it, types as in the contract; none measures the tagger alone.</param>
    public static Command Create(Func<Knowledge, Func<string, IReadOnlyList<(int Start, int End, string Type)>>>? enrichment = null)
    {
        var files = new Argument<FileInfo[]>("files") { Description = "token TAB tag, BIO, -DOC- between documents.", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<DirectoryInfo>("--knowledge") { Description = "The model's files.", DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "knowledge")) };
        var json = new Option<FileInfo?>("--json") { Description = "Where the figures go besides." };
        var command = new Command("ner", "Measures the names found in labelled texts.") { files, folder, json };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(files), new Knowledge(arguments.GetRequiredValue(folder).FullName), enrichment, arguments.GetValue(json)));
        return command;
    }

    static int Run(FileInfo[] files, Knowledge knowledge, Func<Knowledge, Func<string, IReadOnlyList<(int, int, string)>>>? enrichment, FileInfo? json)
    {
        var tagger = new NameTagger(knowledge);
        var readers = new List<(string Name, Reader Read)> { ("tagger", text => Tagged(tagger, text)) };
        if (enrichment?.Invoke(knowledge) is { } whole) readers.Add(("enrichment", text => Enriched(whole, text)));
        var figures = files.SelectMany(file => readers.Select(reader => (File: file.Name, By: reader.Name, Score: Measure(file, reader.Read)))).ToList();
        var table = new Table().AddColumns("file", "by", "names", "precision", "recall", "F1", "PERSON", "ORGANISATION", "PLACE");
        foreach (var (file, by, score) in figures)
            table.AddRow(file, by, $"{score.Labelled}", $"{score.Overall.Precision:F1}", $"{score.Overall.Recall:F1}", $"{score.Overall.F:F1}",
                Cell(score, EntityType.Person), Cell(score, EntityType.Organisation), Cell(score, EntityType.Place));
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine("By type: F1 (precision/recall). Goals: F1 of 76 on world news and 85 on agency news that are not among the development data.");
        if (json is not null) File.WriteAllText(json.FullName, JsonSerializer.Serialize(figures.Select(figure => new { figure.File, figure.By, figure.Score.Labelled, Precision = figure.Score.Overall.Precision, Recall = figure.Score.Overall.Recall, F1 = figure.Score.Overall.F,
            Person = figure.Score.Of(EntityType.Person).F, Organisation = figure.Score.Of(EntityType.Organisation).F, Place = figure.Score.Of(EntityType.Place).F })));
        return 0;
    }

    static string Cell(NerScore score, EntityType type) => score.Of(type) is var (precision, recall, f) ? $"{f:F1} ({precision:F1}/{recall:F1})" : "";

    static NerScore Measure(FileInfo file, Reader read)
    {
        var score = new NerScore();
        foreach (var text in NerCorpus.Read(file.FullName)) score.Add(text.Names, read(text.Text));
        return score;
    }

    static IReadOnlyList<(int, int, EntityType)> Tagged(NameTagger tagger, string text)
    {
        var document = new Document(null, text);
        return [.. tagger.Tag(document).Select(name => (document.Span(document.Tokens[name.First].Start, document.Tokens[name.End - 1].End), name.Type))
            .Select(name => (name.Item1.Start - 1, name.Item1.End - 1, name.Type))];
    }

    static IReadOnlyList<(int, int, EntityType)> Enriched(Func<string, IReadOnlyList<(int Start, int End, string Type)>> whole, string text) =>
        [.. whole(text).Select(name => (name.Start, name.End, NerCorpus.TypeOf($"B-{name.Type}"))).Where(name => name.Item3 is not null).Select(name => (name.Start, name.End, name.Item3!.Value))];
}
