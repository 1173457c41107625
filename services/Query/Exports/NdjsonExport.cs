namespace Monitoring.Query.Exports;

/// <summary>The documents as they are stored, one a line: PostgreSQL writes jsonb without line breaks.</summary>
static class NdjsonExport
{
    static readonly byte[] NewLine = "\n"u8.ToArray();

    public static async Task WriteAsync(Stream body, IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> pages, CancellationToken cancellation)
    {
        await foreach (var page in pages.WithCancellation(cancellation))
        {
            foreach (var article in page)
            {
                await body.WriteAsync(article, cancellation);
                await body.WriteAsync(NewLine, cancellation);
            }
            await body.FlushAsync(cancellation);
        }
    }
}
