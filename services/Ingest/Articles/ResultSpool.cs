using System.IO.Pipelines;

namespace Monitoring.Ingest.Articles;

/// <summary>
/// Results between the one who writes them and the client who reads them, whenever it does: a temporary file, so that a client
/// that reads only at the end costs disk, not memory, and holds nobody up.
/// </summary>
public sealed class ResultSpool : IAsyncDisposable
{
    readonly FileStream file = new(Path.Combine(Path.GetTempPath(), $"monitoring-results-{Guid.NewGuid():N}"), new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        Options = FileOptions.DeleteOnClose,
        BufferSize = 0,
    });
    readonly SemaphoreSlim more = new(0);
    long written;
    volatile bool complete;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) return;
        RandomAccess.Write(file.SafeFileHandle, bytes, written);
        Volatile.Write(ref written, written + bytes.Length);
        if (more.CurrentCount == 0) more.Release();
    }

    /// <summary>Nothing more will be written.</summary>
    public void Complete()
    {
        complete = true;
        more.Release();
    }

    /// <summary>Sends what is written as it is written, until it is complete.</summary>
    public async Task CopyToAsync(PipeWriter response, CancellationToken cancellation)
    {
        long sent = 0;
        while (true)
        {
            var last = complete;
            while (sent < Volatile.Read(ref written))
            {
                sent += RandomAccess.Read(file.SafeFileHandle, response.GetSpan(16 * 1024), sent) is var count and > 0
                    ? Advance(response, count) : throw new EndOfStreamException();
                await response.FlushAsync(cancellation);
            }
            if (last) return;
            await more.WaitAsync(cancellation);
        }
    }

    static int Advance(PipeWriter response, int count)
    {
        response.Advance(count);
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        more.Dispose();
    }
}
