using System.IO.Compression;

namespace Monitoring.Ingest.Fetching;

public sealed class TooLargeException(int limit) : Exception($"The answer is larger than {limit >> 20} MB.");

/// <summary>The body of an answer, decompressed; what counts against the limit is what comes out, so that no small answer swells up.</summary>
static class BoundedBody
{
    /// <exception cref="TooLargeException">Beyond the limit.</exception>
    /// <exception cref="InvalidDataException">Not compressed as it says.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, int limit, CancellationToken cancellation)
    {
        await using var body = Decoded(await content.ReadAsStreamAsync(cancellation), content.Headers.ContentEncoding);
        using var read = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (read.Length + count > limit) throw new TooLargeException(limit);
            read.Write(buffer, 0, count);
        }
        return read.ToArray();
    }

    static Stream Decoded(Stream body, ICollection<string> encodings)
    {
        foreach (var encoding in encodings.Reverse())
        {
            body = encoding.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
                "br" => new BrotliStream(body, CompressionMode.Decompress),
                "deflate" => new ZLibStream(body, CompressionMode.Decompress),
                "identity" => body,
                _ => throw new InvalidDataException($"Content-Encoding {encoding} is not known here."),
            };
        }
        return body;
    }
}
