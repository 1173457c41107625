using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using static Tests.EndToEnd.Installation;

namespace Tests.EndToEnd;

/// <summary>deploy/import as a person runs it: files, folders and standard input into the running system.</summary>
[Collection(nameof(Installation))]
public sealed class ImportTests(Installation system) : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("monitoring-import-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    void File(string name, string text) => System.IO.File.WriteAllText(Path.Combine(folder, name), text);

    static string Article(string source, string title) => JsonSerializer.Serialize(new { source = new { domain = source }, title, body = "Delegations met." });

    /// <param name="command">Of bash; $F is the folder of this test.</param>
    async Task<(int Exit, string Output)> RunAsync(string command)
    {
        var output = await system.RunAsync("/bin/bash", "-c", $"F={folder}; {{ {command}; }} 2>&1; echo \"exit $?\"");
        var ended = Regex.Match(output, @"exit (\d+)\s*$");
        return (int.Parse(ended.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), output[..ended.Index]);
    }

    static long Count(string output, string status) =>
        long.Parse(Regex.Match(output, $@"^{status} +([\d,]+)\s*$", RegexOptions.Multiline).Groups[1].Value, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_folder_of_every_kind_comes_in_and_what_is_wrong_is_told_and_kept()
    {
        const string Source = "folder.example";
        File("a.txt", "Title: Import one\nSource: folder.example\n\nDelegations met.");
        File("b.md", "# Import *two*\n\nDelegations met.");
        File("c.json", Article(Source, "Import three"));
        File("d.json", $"[{Article(Source, "Import four")},\n {Article(Source, "Import five")}]");
        File("e.ninjs", """{"uri":"tag:folder.example,2026:6","headlines":[{"value":"Import six"}],"infoSources":[{"uri":"https://folder.example"}]}""");
        File("f.json", """{"uri":"tag:folder.example,2026:7","headlines":[{"value":"Import seven"}],"infoSources":[{"uri":"https://folder.example"}]}""");
        File("g.ndjson", $"{Article(Source, "Import eight")}\n\n{{\"title\": oops}}\n{{\"title\": \"T\", \"published\": \"soon\"}}\n{Article(Source, "Import nine")}");
        Directory.CreateDirectory(Path.Combine(folder, "below"));
        using (var packed = new GZipStream(System.IO.File.Create(Path.Combine(folder, "below", "h.jsonl.gz")), CompressionLevel.Optimal))
            packed.Write(Encoding.UTF8.GetBytes(Article(Source, "Import ten")));
        System.IO.File.WriteAllBytes(Path.Combine(folder, "i.txt"), [.. "Caf"u8, 0xE9]);
        File("image.png", "");
        File(".hidden.txt", "Hidden");

        var (exit, output) = await RunAsync("deploy/import --source folder.example --report $F.report $F");
        Assert.Equal((1, 10L, 0L, 3L), (exit, Count(output, "received"), Count(output, "unchanged"), Count(output, "rejected")));
        Assert.Contains("g.ndjson:3: Invalid JSON", output, StringComparison.Ordinal);
        Assert.Matches(@"g\.ndjson:4: .*\(published\)", output);
        Assert.Contains("i.txt: Not valid utf-8 at byte 3", output, StringComparison.Ordinal);
        Assert.Matches("Passed over.*image.png", output);
        Assert.DoesNotContain(output, character => char.IsControl(character) && character != '\n');
        Assert.Equal("{\"title\": oops}\n{\"title\": \"T\", \"published\": \"soon\"}\n", await System.IO.File.ReadAllTextAsync(folder + ".report"));
        System.IO.File.Delete(folder + ".report");
        await EventuallyAsync(() => system.TotalAsync($"source={Source}"), total => total == 10);

        foreach (var bad in new[] { "g.ndjson", "i.txt" }) System.IO.File.Delete(Path.Combine(folder, bad));
        (exit, output) = await RunAsync("deploy/import --source folder.example $F");
        Assert.Equal((0, 0L, 8L, 0L), (exit, Count(output, "received"), Count(output, "unchanged"), Count(output, "rejected")));
    }

    [Fact]
    public async Task Lines_of_standard_input_come_in_however_many_and_an_interrupted_import_says_how_far_it_came()
    {
        const int Lines = 5_000;
        File("lines.ndjson", string.Join('\n', Enumerable.Range(1, Lines).Select(i => Article("stdin.example", $"Line {i}"))));
        var (exit, output) = await RunAsync("deploy/import - <$F/lines.ndjson");
        Assert.Equal((0, (long)Lines), (exit, Count(output, "received")));

        File("more.ndjson", Article("stdin.example", "Line 1") + "\n" + Article("stdin.example", "One more") + "\n");
        (exit, output) = await RunAsync("(cat $F/more.ndjson; sleep 30) | timeout --preserve-status -s INT 15 deploy/import -");
        Assert.Equal((130, 1L, 1L), (exit, Count(output, "received"), Count(output, "unchanged")));
        Assert.Contains("interrupted", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MONITORING_KEY=x deploy/import --address http://127.0.0.1:9 README.md", "not reachable")]
    [InlineData("MONITORING_KEY=mon_0 deploy/import deploy/samples/articles.ndjson", "key is not known")]
    [InlineData("deploy/import --address http://127.0.0.1:9 README.md", "key is needed")]
    [InlineData("deploy/import nowhere.ndjson", "no file")]
    [InlineData("deploy/import --errors some -", "--errors")]
    public async Task What_cannot_be_done_is_said_in_a_sentence(string command, string reason)
    {
        var (exit, output) = await RunAsync(command);
        Assert.Equal(2, exit);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
