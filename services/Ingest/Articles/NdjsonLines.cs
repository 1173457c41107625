using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Monitoring.Ingest.Articles;

/// <param name="Number">From 1; empty lines count but are passed over.</param>
/// <param name="Bytes">Without the line end; null where the line is too long.</param>
public readonly record struct NdjsonLine(int Number, byte[]? Bytes);

/// <summary>Lines of an upload, one at a time. A line beyond the limit is read past without being kept.</summary>
public static class NdjsonLines
{
    public static async IAsyncEnumerable<NdjsonLine> ReadAsync(
        PipeReader body, int maxBytes, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var number = 1;
        var tooLong = false;
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                if (tooLong || line.Length > maxBytes) yield return new NdjsonLine(number, null);
                else if (!IsBlank(line)) yield return new NdjsonLine(number, line.ToArray());
                tooLong = false;
                number++;
            }
            if (buffer.Length > maxBytes)
            {
                tooLong = true;
                buffer = buffer.Slice(buffer.End);
            }
            if (read.IsCompleted)
            {
                // The last line needs no line end.
                if (tooLong) yield return new NdjsonLine(number, null);
                else if (!IsBlank(buffer)) yield return new NdjsonLine(number, buffer.ToArray());
                body.AdvanceTo(buffer.End);
                yield break;
            }
            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var segment in line)
            if (segment.Span.IndexOfAnyExcept(" \t\r"u8) >= 0) return false;
        return true;
    }
}
