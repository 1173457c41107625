using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Monitoring.Ingest.Articles;

namespace Tests.Unit;

public class StreamTests
{
    static async Task<List<(int, string?)>> LinesAsync(byte[] upload, int chunk, int maxBytes)
    {
        var pipe = new Pipe();
        var writing = Task.Run(async () =>
        {
            foreach (var part in upload.Chunk(chunk)) await pipe.Writer.WriteAsync(part);
            await pipe.Writer.CompleteAsync();
        });
        var lines = new List<(int, string?)>();
        await foreach (var line in NdjsonLines.ReadAsync(pipe.Reader, maxBytes)) lines.Add((line.Number, line.Bytes is null ? null : Encoding.UTF8.GetString(line.Bytes)));
        await writing;
        return lines;
    }

    [Fact]
    public async Task Lines_are_numbered_and_blank_ones_passed_over() => Assert.Equal(
        [(1, "a"), (3, "b\r"), (5, "c")], await LinesAsync("a\n\nb\r\n  \nc"u8.ToArray(), 3, 100));

    [Fact]
    public async Task A_line_too_long_is_reported_and_the_lines_around_it_are_kept() => Assert.Equal(
        [(1, "a"), (2, null), (3, "c")], await LinesAsync(Encoding.UTF8.GetBytes($"a\n{new string('x', 5_000)}\nc"), 64, 1_000));

    [Property]
    public Property However_an_upload_is_cut_its_lines_are_the_same() => Prop.ForAll(
        Gen.Elements("{}", "{\"title\":\"ä\"}", "", " ", new string('x', 40)).ArrayOf().ToArbitrary(), Gen.Choose(1, 50).ToArbitrary(),
        (lines, chunk) =>
        {
            var expected = lines.Select((line, i) => (i + 1, (string?)(Encoding.UTF8.GetByteCount(line) > 32 ? null : line))).Where(line => line.Item2?.Trim() != "").ToList();
            return LinesAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), chunk, 32).GetAwaiter().GetResult().SequenceEqual(expected);
        });

    [Fact]
    public async Task Results_wait_for_a_client_that_reads_late_and_reach_one_that_reads_at_once()
    {
        await using var spool = new ResultSpool();
        var response = new Pipe(new PipeOptions(pauseWriterThreshold: 1024, resumeWriterThreshold: 512));
        var sending = spool.CopyToAsync(response.Writer, default);
        spool.Write("first\n"u8);
        var first = await response.Reader.ReadAtLeastAsync(6);
        Assert.Equal("first\n", Encoding.UTF8.GetString(first.Buffer));
        response.Reader.AdvanceTo(first.Buffer.End);

        // Far more than the client's window; writing it does not wait for anybody.
        for (var i = 0; i < 10_000; i++) spool.Write("0123456789"u8);
        spool.Complete();
        long read = 0;
        while (read < 100_000)
        {
            var part = await response.Reader.ReadAsync();
            read += part.Buffer.Length;
            response.Reader.AdvanceTo(part.Buffer.End);
        }
        await sending;
        Assert.Equal(100_000, read);
    }
}
