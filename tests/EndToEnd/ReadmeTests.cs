using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Every command of the README is run, in its order, and answers what stands below it.</summary>
[Collection(nameof(Installation))]
public partial class ReadmeTests(Installation system, ITestOutputHelper log)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [GeneratedRegex(@"```sh\n(?<command>.*?)\n```(\n```(json|text)\n(?<answer>.*?)\n```)?", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    // What differs from one run to the next: ids, instants, the model's hash and how much there is.
    [GeneratedRegex("""[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|\d{4}-\d\d-\d\dT[\d:.]+Z|\+[0-9a-f]{12}|"articles":\d+""")]
    private static partial Regex Passing();

    [Fact]
    public async Task Every_command_does_what_it_says()
    {
        var blocks = Blocks().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")));
        Assert.InRange(blocks.Count, 10, 30);
        var exports = "";
        foreach (Match block in blocks)
        {
            var (command, expected) = (block.Groups["command"].Value, block.Groups["answer"].Value);
            // That one is running this.
            if (command == "deploy/test") continue;
            var here = command.Replace(".local/", system.Folder + "/", StringComparison.Ordinal).Replace(":8080", $":{system.Port}", StringComparison.Ordinal);
            if (here.StartsWith("export ", StringComparison.Ordinal))
            {
                exports += here + "\n";
                continue;
            }
            var clock = Stopwatch.StartNew();
            while (true)
            {
                var answer = await system.RunAsync("/bin/bash", "-euo", "pipefail", "-c", exports + here);
                log.WriteLine($"{command}\n{answer}\n");
                if (Answers(answer, expected)) break;
                // Only questions may be asked again: what is posted is found and alerted about a moment later.
                Assert.True(!here.Contains(" -d ", StringComparison.Ordinal) && !here.Contains("--data", StringComparison.Ordinal) && clock.Elapsed < Patience,
                    $"{command}\nshould answer\n{expected}\nand answered\n{answer}");
                await Task.Delay(100);
            }
        }
        await system.UpAsync();
    }

    /// <summary>The parts between ellipses come in their order.</summary>
    static bool Answers(string answer, string expected)
    {
        var (from, text) = (0, Passing().Replace(answer, "~"));
        foreach (var part in Passing().Replace(expected, "~").Split('…').Select(part => part.Trim()))
        {
            var at = text.IndexOf(part, from, StringComparison.Ordinal);
            if (at < 0) return false;
            from = at + part.Length;
        }
        return true;
    }

    [Fact]
    public void Every_script_and_file_that_the_pages_name_is_there()
    {
        foreach (var page in new[] { "README.md", "deploy/runbook.md", "deploy/adr/README.md" })
        {
            var text = File.ReadAllText(Path.Combine(Repository.Root, page));
            var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
            foreach (Match link in Regex.Matches(text, @"\]\((?!http)(?<path>[^)]+)\)"))
                Assert.True(File.Exists(Path.Combine(folder, link.Groups["path"].Value)), $"{page} links to {link.Groups["path"].Value}");
            foreach (Match script in Regex.Matches(text, "deploy/[a-z-]+(?=[ `])"))
                Assert.True(Path.Exists(Path.Combine(Repository.Root, script.Value)), $"{page} names {script.Value}");
            foreach (Match file in Regex.Matches(text, @"`(?<path>[A-Z][A-Za-z]+/[A-Za-z/]+\.cs)`"))
                Assert.True(new[] { "services", "shared" }.Any(part => File.Exists(Path.Combine(Repository.Root, part, file.Groups["path"].Value))), $"{page} names {file.Groups["path"].Value}");
        }
    }
}
