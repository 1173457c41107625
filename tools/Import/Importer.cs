using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;

namespace Monitoring.Import;

/// <param name="Named">Paths, addresses, or - for standard input.</param>
/// <param name="Type">What has no telling name holds.</param>
/// <param name="Source">Outlet of texts that name none.</param>
/// <param name="Url">Address of the one text that names none.</param>
/// <param name="Charset">Of texts that are not UTF-8.</param>
/// <param name="Report">For rejected lines.</param>
public sealed record ImportOptions(IReadOnlyList<string> Named, string? Type = null, string? Source = null, string? Url = null, string? Charset = null, FileInfo? Report = null);

/// <summary>One run: everything that was named, posted by its kind.</summary>
public sealed class Importer(Api api, ImportOptions options, Tally tally)
{
    /// <summary>Lines and bytes of one request; two more of them wait to be sent.</summary>
    const int PieceLines = 2_000, PieceBytes = 4 << 20;

    const int InFlight = 8;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Api api, ImportOptions options, int maxProblems, CancellationToken cancellation)
    {
        var entries = Entries.Find(options.Named, options.Type, out var passedOver);
        if (options.Url is not null && entries.Count != 1) throw new ImportException("--url is the address of one article, and there are several files.");
        if (options.Report is { } file && entries.Any(entry => entry.Path is not null && Path.GetFullPath(entry.Path) == file.FullName))
            throw new ImportException($"{file} is to be imported; the report needs another name.");
        await api.CheckAsync(cancellation);

        await using var report = options.Report?.Create();
        var tally = new Tally(maxProblems, report);
        var interrupted = false;
        ImportException? failure = null;
        await Display.ShowAsync(tally, entries.All(entry => entry.Bytes is not null) ? entries.Sum(entry => entry.Bytes!.Value) : null, api, async () =>
        {
            try
            {
                await new Importer(api, options, tally).ImportAsync(entries, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                interrupted = true;
            }
            catch (ImportException ended)
            {
                failure = ended;
            }
        });
        Display.Summarise(tally, passedOver);
        if (failure is not null) throw failure;
        if (interrupted) await Console.Error.WriteLineAsync("import: interrupted. Run it again: what is known already counts as unchanged.");
        return interrupted ? 130 : tally.Rejected > 0 ? 1 : 0;
    }

    async Task ImportAsync(List<Entry> entries, CancellationToken cancellation)
    {
        // Streams keep the system busy alone, and their lines in their order; files by themselves are mostly waiting.
        foreach (var entry in entries.Where(IsStream)) await ImportAsync(entry, cancellation);
        await Parallel.ForEachAsync(entries.Where(entry => !IsStream(entry)), new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation },
            async (entry, token) => await ImportAsync(entry, token));

        static bool IsStream(Entry entry) => entry.Type is Entries.Ndjson or Entries.Opml or Entries.Feed;
    }

    async Task ImportAsync(Entry entry, CancellationToken cancellation)
    {
        try
        {
            if (entry.Type == Entries.Feed)
            {
                await FeedAsync(entry, cancellation);
                return;
            }
            await using var stream = entry.Open(tally.Read);
            await (entry.Type switch
            {
                Entries.Ndjson => StreamAsync(entry, Lines.ReadAsync(stream, cancellation), cancellation),
                Entries.Json => JsonAsync(entry, stream, cancellation),
                Entries.Opml => OpmlAsync(entry, stream, cancellation),
                _ => SingleAsync(entry, entry.Type, await ReadAsync(stream, cancellation), null, cancellation),
            });
        }
        // A file that cannot be read or unpacked harms no other.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            tally.Reject(new Problem(entry.Name, fault.Message, null));
        }
    }

    // The next piece is read while one is under way; there is one at a time, so that an article's revisions keep their order.
    async Task StreamAsync(Entry entry, IAsyncEnumerable<Line> lines, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pieces = Channel.CreateBounded<List<Line>>(1);
        var reading = Task.Run(async () =>
        {
            try
            {
                await foreach (var piece in lines.PiecesAsync(PieceLines, PieceBytes, Pause, ending.Token)) await pieces.Writer.WriteAsync(piece, ending.Token);
                pieces.Writer.Complete();
            }
            catch (JsonException fault)
            {
                tally.Reject(new Problem(entry.Name, $"The array cannot be read on: {fault.Message}", null));
                pieces.Writer.Complete();
            }
            catch (Exception fault)
            {
                pieces.Writer.Complete(fault);
            }
        }, CancellationToken.None);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(cancellation))
            {
                foreach (var line in piece.Where(line => line.Bytes is null)) tally.Reject(new Problem($"{entry.Name}:{line.Number}", TooLong, null));
                piece.RemoveAll(line => line.Bytes is null);
                if (piece.Count > 0) await api.PostLinesAsync("/api/articles", piece, (line, answer) => tally.Take(answer, $"{entry.Name}:{line.Number}", line.Bytes), cancellation);
            }
        }
        finally
        {
            await ending.CancelAsync();
            // A read from a terminal or a pipe that stays silent cannot be called back; it must not hold the summary up.
            if (entry.Path is not null) await reading;
        }
    }

    static readonly string TooLong = $"Longer than {Lines.MaxBytes} bytes, the most that is taken.";

    // One article, an array of them, or lines under the name of JSON.
    async Task JsonAsync(Entry entry, Stream stream, CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream);
        var content = reader.AsStream();
        if (await FirstAsync(reader, cancellation) == '[')
        {
            await StreamAsync(entry, Lines.ReadArrayAsync(content, cancellation), cancellation);
            return;
        }
        var bytes = await ReadAsync(content, cancellation);
        var json = Parse(bytes);
        if (json is null && entry.Path is not null && Array.IndexOf(bytes, (byte)'\n') is var end and > 0 && Parse(bytes.AsSpan(0, end)) is not null)
        {
            await using var again = entry.Open(_ => { });
            await StreamAsync(entry, Lines.ReadAsync(again, cancellation), cancellation);
            return;
        }
        var isNinjs = json is { } item && item.TryGetProperty("uri", out _) && !item.TryGetProperty("title", out _);
        await SingleAsync(entry, isNinjs ? Entries.Ninjs : Entries.Json, bytes, json is { } article && !isNinjs ? JsonSerializer.SerializeToUtf8Bytes(article) : null, cancellation);
    }

    async Task SingleAsync(Entry entry, string type, byte[] bytes, byte[]? line, CancellationToken cancellation)
    {
        if (bytes.Length > Lines.MaxBytes)
        {
            tally.Reject(new Problem(entry.Name, TooLong, null));
            return;
        }
        var beside = new[] { ("source", options.Source), ("url", options.Url) }.Where(pair => pair.Item2 is not null && type.StartsWith("text/", StringComparison.Ordinal))
            .Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}");
        var mediaType = options.Charset is not null && type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset={options.Charset}" : type;
        var (_, answer) = await api.PostAsync($"/api/articles?{string.Join('&', beside)}", () => Content(bytes, mediaType), cancellation);
        tally.Take(answer.TryGetProperty("id", out _) ? answer : JsonSerializer.SerializeToElement(new { status = "rejected", problem = answer }), entry.Name, line);
    }

    async Task OpmlAsync(Entry entry, Stream stream, CancellationToken cancellation)
    {
        var bytes = await ReadAsync(stream, cancellation);
        var (status, answer) = await api.PostAsync("/api/feeds/opml", () => Content(bytes, Entries.Opml), cancellation);
        if ((int)status >= 300 || !answer.TryGetProperty("items", out var items))
        {
            tally.Reject(new Problem(entry.Name, Api.Reason(answer) ?? $"answered {(int)status}", null));
            return;
        }
        foreach (var item in items.EnumerateArray())
            tally.Take(item, $"{entry.Name}:{(item.TryGetProperty("line", out var line) ? line.GetRawText() : "")}{(item.TryGetProperty("url", out var url) ? $" {url.GetString()}" : "")}");
    }

    async Task FeedAsync(Entry entry, CancellationToken cancellation)
    {
        var (status, feed) = await api.PostAsync("/api/feeds", () => Content(JsonSerializer.SerializeToUtf8Bytes(new { url = entry.Name }), Entries.Json), cancellation);
        // The system polls what is new at once by itself.
        if (status == System.Net.HttpStatusCode.Created) tally.Count("feed added");
        else if (status == System.Net.HttpStatusCode.Conflict) tally.Count("feed known");
        else tally.Reject(new Problem(entry.Name, Api.Reason(feed) ?? $"answered {(int)status}", null));
    }

    static ByteArrayContent Content(byte[] bytes, string type) => new(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    // One byte more than is taken says that it is too long.
    static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        while (buffer.WrittenCount <= Lines.MaxBytes && await stream.ReadAsync(buffer.GetMemory(), cancellation) is var count and > 0) buffer.Advance(count);
        return buffer.WrittenSpan.ToArray();
    }

    static async Task<byte?> FirstAsync(PipeReader reader, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var text = new SequenceReader<byte>(read.Buffer);
            if (text.IsNext("\uFEFF"u8)) text.Advance(3);
            text.AdvancePastAny(" \t\r\n"u8);
            var found = text.TryPeek(out var first);
            // A file that is no array is posted as it is, with all that stands before it.
            reader.AdvanceTo(found && first == '[' ? text.Position : read.Buffer.Start, found || read.IsCompleted ? text.Position : read.Buffer.End);
            if (found || read.IsCompleted) return found ? first : null;
        }
    }

    static JsonElement? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonElement.Parse(utf8) is { ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
