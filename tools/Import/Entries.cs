using System.IO.Compression;

namespace Monitoring.Import;

/// <param name="Name">As the summary calls it.</param>
/// <param name="Type">Media type it is posted as.</param>
/// <param name="Path">File; null for standard input and addresses.</param>
/// <param name="Bytes">As it lies on disk; null where nobody knows.</param>
public sealed record Entry(string Name, string Type, string? Path, long? Bytes)
{
    /// <summary>What it holds, unpacked where it is packed.</summary>
    /// <param name="count">Hears of the bytes read, as they lie on disk.</param>
    public Stream Open(Action<int> count)
    {
        var raw = new CountedStream(Path is null ? Console.OpenStandardInput()
            : new FileStream(Path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 }), count);
        return Path?.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) == true ? new GZipStream(raw, CompressionMode.Decompress) : raw;
    }
}

/// <summary>What a path, an address or standard input comes down to.</summary>
public static class Entries
{
    public const string Ndjson = "application/x-ndjson", Json = "application/json", Ninjs = "application/ninjs+json", Opml = "text/x-opml", Feed = "feed";

    static readonly Dictionary<string, string> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".ndjson"] = Ndjson, [".jsonl"] = Ndjson, [".json"] = Json, [".ninjs"] = Ninjs, [".opml"] = Opml,
        [".txt"] = "text/plain", [".md"] = "text/markdown", [".markdown"] = "text/markdown", [".html"] = "text/html", [".htm"] = "text/html",
    };

    static readonly Dictionary<string, string> ByName = new()
    {
        ["ndjson"] = Ndjson, ["json"] = Json, ["ninjs"] = Ninjs, ["opml"] = Opml, ["text"] = "text/plain", ["markdown"] = "text/markdown", ["html"] = "text/html",
    };

    public static string Known => string.Join(' ', ByEnding.Keys);
    public static IEnumerable<string> Types => ByName.Keys;

    /// <summary>Everything that is named, folders with all below them in the order of their names.</summary>
    /// <param name="named">Paths, addresses, or - for standard input.</param>
    /// <param name="type">What has no telling name holds, by the names of <see cref="Types"/>.</param>
    /// <param name="passedOver">Files of folders that are none of the known kinds. Dot files and dot folders are not worth a word.</param>
    public static List<Entry> Find(IEnumerable<string> named, string? type, out List<string> passedOver)
    {
        var (entries, others) = (new List<Entry>(), new List<string>());
        foreach (var name in named)
        {
            if (name == "-") entries.Add(new Entry("standard input", ByName[type ?? "ndjson"], null, null));
            else if (name.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || name.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) entries.Add(new Entry(name, Feed, null, 0));
            else if (Directory.Exists(name)) Walk(new DirectoryInfo(name));
            else if (!File.Exists(name)) throw new ImportException($"{name} is no file, no folder and no http address.");
            else entries.Add(new Entry(name, type is not null ? ByName[type] : TypeOf(name)
                ?? throw new ImportException($"{name} has an ending that says nothing; --type says what it holds."), name, new FileInfo(name).Length));
        }
        passedOver = others;
        return entries;

        void Walk(DirectoryInfo folder)
        {
            foreach (var found in folder.EnumerateFileSystemInfos().Where(found => !found.Name.StartsWith('.')).OrderBy(found => found.Name, StringComparer.Ordinal))
            {
                var path = Path.GetRelativePath(Environment.CurrentDirectory, found.FullName);
                // A link to a folder may lead in a circle.
                if (found is DirectoryInfo { LinkTarget: null } below) Walk(below);
                else if (found is FileInfo file && TypeOf(file.Name) is { } known) entries.Add(new Entry(path, known, file.FullName, file.Length));
                else others.Add(path);
            }
        }
    }

    /// <summary>By the ending, that of a packed file before <c>.gz</c>; null where it says nothing.</summary>
    public static string? TypeOf(string file) =>
        ByEnding.GetValueOrDefault(Path.GetExtension(Path.GetExtension(file).Equals(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file));
}

/// <summary>Tells how far it is read.</summary>
sealed class CountedStream(Stream inner, Action<int> count) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int size) => Counted(inner.Read(buffer, offset, size));
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Counted(await inner.ReadAsync(buffer, cancellationToken));

    int Counted(int read)
    {
        count(read);
        return read;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
