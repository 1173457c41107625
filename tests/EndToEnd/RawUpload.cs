using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Tests.EndToEnd;

/// <summary>
/// A client of its own making, on a bare socket: it decides when it writes and when it reads, which .NET's HttpClient over
/// HTTP/1.1 does not let one do (it sends the whole body before it looks at the answer).
/// </summary>
sealed class RawUpload : IDisposable
{
    readonly TcpClient socket = new();
    NetworkStream stream = null!;

    public static async Task<RawUpload> OpenAsync(Installation system, string path, string? key = null, string type = "application/x-ndjson")
    {
        var upload = new RawUpload();
        await upload.socket.ConnectAsync("127.0.0.1", system.Port);
        upload.stream = upload.socket.GetStream();
        await upload.stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{system.Port}\r\nAuthorization: Bearer {key ?? system.Key}\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n"));
        return upload;
    }

    /// <summary>Sends lines in chunks of about 64 kB.</summary>
    public async Task WriteAsync(IEnumerable<string> lines)
    {
        var chunk = new ArrayBufferWriter<byte>(80_000);
        foreach (var line in lines)
        {
            Encoding.UTF8.GetBytes(line, chunk);
            chunk.Write("\n"u8);
            if (chunk.WrittenCount < 64_000) continue;
            await SendAsync(chunk.WrittenMemory);
            chunk.ResetWrittenCount();
        }
        if (chunk.WrittenCount > 0) await SendAsync(chunk.WrittenMemory);
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
    }

    /// <summary>Sends a chunk; the body may go on after it, or stand still.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"));
        await stream.WriteAsync(bytes);
        await stream.WriteAsync("\r\n"u8.ToArray());
    }

    /// <summary>The lines of the answer as they come.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync()
    {
        var reader = new BufferedStream(stream, 64 * 1024);
        var status = await HeaderAsync(reader);
        Assert.StartsWith("HTTP/1.1 200", status, StringComparison.Ordinal);
        while (await HeaderAsync(reader) is { Length: > 0 }) { }
        var line = new MemoryStream();
        while (int.Parse(await HeaderAsync(reader), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var size and > 0)
        {
            var chunk = new byte[size];
            await reader.ReadExactlyAsync(chunk);
            foreach (var b in chunk)
            {
                if (b != '\n') { line.WriteByte(b); continue; }
                yield return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
                line.SetLength(0);
            }
            await HeaderAsync(reader);
        }
        Assert.Equal(0, line.Length);
    }

    /// <summary>A refusal, from its status line to its problem details. Waits as long as there is none.</summary>
    public async Task<string> ReadProblemAsync()
    {
        var reader = new BufferedStream(stream, 64 * 1024);
        var answer = new StringBuilder();
        for (var line = ""; !line.StartsWith('{'); answer.AppendLine(line)) line = await HeaderAsync(reader);
        return answer.ToString();
    }

    static async Task<string> HeaderAsync(Stream reader)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await reader.ReadExactlyAsync(one);
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }

    public void Dispose() => socket.Dispose();
}
