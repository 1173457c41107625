using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Monitoring.Import;

namespace Tests.Unit.Import;

public class LinesTests
{
    static Stream Of(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));
    static string Text(Line line) => line.Bytes is null ? "too long" : Encoding.UTF8.GetString(line.Bytes).TrimEnd('\r');

    [Theory]
    [InlineData("a\nb", "1 a|2 b")]
    [InlineData("a\r\n\r\n \nb\n", "1 a|4 b")]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    public async Task Lines_have_their_numbers_and_empty_ones_are_passed_over(string text, string lines) =>
        Assert.Equal(lines, string.Join('|', await Lines.ReadAsync(Of(text)).Select(line => $"{line.Number} {Text(line)}").ToListAsync()));

    [Fact]
    public async Task A_line_is_too_long_at_one_byte_more_than_the_limit()
    {
        var text = $"{new string('a', Lines.MaxBytes)}\n{new string('b', Lines.MaxBytes + 1)}\nc\n{new string('d', 3 * Lines.MaxBytes)}";
        Assert.Equal([(1, Lines.MaxBytes), (2, 0), (3, 1), (4, 0)], await Lines.ReadAsync(Of(text)).Select(line => (line.Number, line.Bytes?.Length ?? 0)).ToListAsync());
    }

    [Fact]
    public async Task An_array_is_as_many_lines_as_it_has_elements()
    {
        var lines = await Lines.ReadArrayAsync(Of("[ {\"title\": \"a\",\n \"body\": \"b\"}, 7\n]")).ToListAsync();
        Assert.Equal(["""{"title":"a","body":"b"}""", "7"], lines.Select(line => JsonSerializer.Serialize(JsonElement.Parse(line.Bytes!))));
        await Assert.ThrowsAsync<JsonException>(async () => await Lines.ReadArrayAsync(Of("[{}, {")).ToListAsync());
    }

    [Fact]
    public async Task Pieces_end_at_so_many_lines_or_bytes()
    {
        var lines = Lines.ReadAsync(Of("aa\nb\nc\ndddddd\ne\nf"));
        Assert.Equal(["aa b c", "dddddd", "e f"], await lines.PiecesAsync(3, 6, TimeSpan.FromHours(1)).Select(piece => string.Join(' ', piece.Select(Text))).ToListAsync());
    }

    [Fact]
    public async Task A_source_that_pauses_is_not_waited_for()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("a\nb\n"u8.ToArray());
        await using var pieces = Lines.ReadAsync(pipe.Reader.AsStream()).PiecesAsync(100, 1000, TimeSpan.FromMilliseconds(20)).GetAsyncEnumerator();
        Assert.True(await pieces.MoveNextAsync());
        Assert.Equal(["a", "b"], pieces.Current.Select(Text));
        await pipe.Writer.WriteAsync("c"u8.ToArray());
        await pipe.Writer.CompleteAsync();
        Assert.True(await pieces.MoveNextAsync());
        Assert.Equal(["c"], pieces.Current.Select(Text));
        Assert.False(await pieces.MoveNextAsync());
    }
}
