using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Monitoring.Import;

/// <param name="Number">In its file, from 1.</param>
/// <param name="Bytes">One JSON document without a line end; null where it is too long to be taken in.</param>
public readonly record struct Line(int Number, byte[]? Bytes);

/// <summary>Lines out of files of any size, and of anything that is no line yet.</summary>
public static class Lines
{
    /// <summary>What the system takes at most, for one line.</summary>
    public const int MaxBytes = 2 << 20;

    public static async IAsyncEnumerable<Line> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        var (number, tooLong) = (0, false);
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                number++;
                if (LineOf(buffer.Slice(0, end)) is { } line) yield return line;
                tooLong = false;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }
            if (read.IsCompleted)
            {
                number++;
                if (LineOf(buffer) is { } last) yield return last;
                await reader.CompleteAsync();
                yield break;
            }
            if (buffer.Length > MaxBytes)
            {
                tooLong = true;
                buffer = buffer.Slice(buffer.End);
            }
            reader.AdvanceTo(buffer.Start, read.Buffer.End);
        }

        Line? LineOf(ReadOnlySequence<byte> bytes) => tooLong || bytes.Length > MaxBytes ? new Line(number, null)
            : bytes.ToArray() is var line && line.AsSpan().ContainsAnyExcept(" \t\r"u8) ? new Line(number, line) : null;
    }

    /// <summary>The elements of a JSON array, one by one; their number is their place in it.</summary>
    public static async IAsyncEnumerable<Line> ReadArrayAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var number = 0;
        await foreach (var element in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream, cancellationToken: cancellation))
            yield return new Line(++number, JsonSerializer.SerializeToUtf8Bytes(element));
    }

    /// <summary>
    /// Pieces of a stream, each posted as one request: small enough that what is under way at a time is bounded and an
    /// interrupted one is soon repeated, large enough that requests cost nothing. A source that pauses is not waited for.
    /// </summary>
    public static async IAsyncEnumerable<List<Line>> PiecesAsync(this IAsyncEnumerable<Line> lines, int maxLines, int maxBytes, TimeSpan pause, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (piece, bytes) = (new List<Line>(), 0);
        await using var source = lines.GetAsyncEnumerator(cancellation);
        while (true)
        {
            var next = source.MoveNextAsync();
            var more = next.IsCompleted ? null : next.AsTask();
            if (more is not null && piece.Count > 0 && await Task.WhenAny(more, Task.Delay(pause, cancellation)) != more)
            {
                yield return piece;
                (piece, bytes) = ([], 0);
            }
            if (!(more is null ? await next : await more)) break;
            piece.Add(source.Current);
            bytes += source.Current.Bytes?.Length ?? 0;
            if (piece.Count < maxLines && bytes < maxBytes) continue;
            yield return piece;
            (piece, bytes) = ([], 0);
        }
        if (piece.Count > 0) yield return piece;
    }
}
