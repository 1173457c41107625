using System.IO.Compression;
using System.Text;
using Monitoring.Import;

namespace Tests.Unit.Import;

public sealed class EntriesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("monitoring-import-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string File(string name, string text = "")
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    [Theory]
    [InlineData("a.ndjson", Entries.Ndjson)]
    [InlineData("a.JSONL", Entries.Ndjson)]
    [InlineData("a.b.json", Entries.Json)]
    [InlineData("a.ninjs", Entries.Ninjs)]
    [InlineData("a.txt", "text/plain")]
    [InlineData("a.md", "text/markdown")]
    [InlineData("a.htm", "text/html")]
    [InlineData("a.opml", Entries.Opml)]
    [InlineData("a.ndjson.gz", Entries.Ndjson)]
    [InlineData("a.gz", null)]
    [InlineData("a.tar.gz", null)]
    [InlineData("README", null)]
    public void The_ending_says_what_a_file_holds(string file, string? type) => Assert.Equal(type, Entries.TypeOf(file));

    [Fact]
    public void A_folder_is_all_that_lies_below_it_in_order_and_without_what_is_hidden()
    {
        foreach (var name in new[] { "b.txt", "a/z.md", "a/deep/er/x.json", ".git/c.txt", "a/.hidden.txt", "image.png", "a/notes" }) File(name);
        Directory.CreateSymbolicLink(Path.Combine(folder, "a", "circle"), folder);
        var entries = Entries.Find([folder], null, out var passedOver);
        Assert.Equal(["x.json", "z.md", "b.txt"], entries.Select(entry => Path.GetFileName(entry.Path)));
        Assert.Equal(["circle", "notes", "image.png"], passedOver.Select(Path.GetFileName));
    }

    [Fact]
    public void What_is_named_is_a_file_an_address_or_standard_input()
    {
        var text = File("a.text", "abc");
        var entries = Entries.Find([text, "https://gazette.example/feed", "-"], "text", out _);
        Assert.Equal([("text/plain", 3L), (Entries.Feed, 0L), ("text/plain", (long?)null)], entries.Select(entry => (entry.Type, entry.Bytes)));
        Assert.Contains("--type", Assert.Throws<ImportException>(() => Entries.Find([text], null, out _)).Message, StringComparison.Ordinal);
        Assert.Contains("no file", Assert.Throws<ImportException>(() => Entries.Find([text + "x"], null, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_packed_is_unpacked_and_counted_as_it_lies_on_disk()
    {
        var path = Path.Combine(folder, "a.txt.gz");
        using (var packed = new GZipStream(System.IO.File.Create(path), CompressionLevel.Optimal)) packed.Write(Encoding.UTF8.GetBytes(new string('x', 100_000)));
        var read = 0;
        using var stream = new StreamReader(Entries.Find([path], null, out _).Single().Open(count => read += count));
        Assert.Equal(100_000, stream.ReadToEnd().Length);
        Assert.Equal(new FileInfo(path).Length, read);
    }
}
