using System.CommandLine;
using System.Text.Json;
using Npgsql;

namespace Tests.Load.Search;

/// <summary><c>search</c>: fills the read models of a fresh system with generated articles and measures searches.</summary>
static class SearchCommand
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create(Option<string> address, Option<string> key)
    {
        var postgres = new Option<string>("--postgres") { Description = "Connection string of the role that owns the read models.", Required = true };
        var knowledge = new Option<DirectoryInfo>("--knowledge") { Description = "services/Enrichment/knowledge, for words and names.", Required = true };
        var articles = new Option<int>("--articles") { Description = "How many.", DefaultValueFactory = _ => 100_000 };
        var json = new Option<FileInfo?>("--json") { Description = "Where the figures go as JSON, too." };
        var command = new Command("search", "Searches over generated articles, eight clients at once.") { address, key, postgres, knowledge, articles, json };
        command.SetAction(async (arguments, cancellation) =>
        {
            using var system = new RunningSystem(new Uri(arguments.GetRequiredValue(address)), arguments.GetRequiredValue(key), null);
            await using var database = NpgsqlDataSource.Create(arguments.GetRequiredValue(postgres));
            var count = arguments.GetRequiredValue(articles);
            var load = new SearchLoad(database, new GeneratedArticles(arguments.GetRequiredValue(knowledge).FullName));
            await load.LoadAsync(count, cancellation);
            var rows = await new SearchBench(system, database, load.Frequencies, count).MeasureAsync(cancellation);
            if (arguments.GetValue(json) is { } file)
                await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(new { articles = count, rows }, Indented), cancellation);
        });
        return command;
    }
}
