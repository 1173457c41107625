using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Tests.Load;

/// <summary>A stream of articles nobody has seen: how fast they are accepted, how fast they are readable and tagged, and what it takes.</summary>
static class Throughput
{
    public static async Task MeasureAsync(RunningSystem system, int lines, CancellationToken cancellation)
    {
        var source = $"load-{Guid.NewGuid():N}.example";
        var before = system.Processes();
        var peaks = new Dictionary<string, double>();
        using var watch = new Timer(_ =>
        {
            foreach (var (name, process) in system.Processes())
                lock (peaks) peaks[name] = Math.Max(peaks.GetValueOrDefault(name), process.Megabytes);
        }, null, 0, 1000);

        var tagged = await CountAsync(system, "/api/entities?name=NATO", cancellation);
        var clock = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/articles") { Content = new Lines(source, lines) };
        using var response = await system.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        using var reader = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellation));
        var received = 0;
        while (await reader.ReadLineAsync(cancellation) is { } line)
            if (line.Contains("\"received\"", StringComparison.Ordinal)) received++;
        var accepted = clock.Elapsed;
        Console.WriteLine($"{lines} new articles streamed in: {received} received in {accepted.TotalSeconds:F1} s, {received / accepted.TotalSeconds:F0} a second");

        await RunningSystem.UntilAsync(async () => await CountAsync(system, $"/api/sources?name={source}", cancellation) >= lines, cancellation, 250);
        var readable = clock.Elapsed;
        // Each of them names NATO.
        await RunningSystem.UntilAsync(async () => await CountAsync(system, "/api/entities?name=NATO", cancellation) >= tagged + lines, cancellation, 250);
        Console.WriteLine($"  readable after {readable.TotalSeconds:F1} s, all tagged after {clock.Elapsed.TotalSeconds:F1} s, {lines / clock.Elapsed.TotalSeconds:F0} a second");
        foreach (var (name, process) in system.Processes())
            lock (peaks) Console.WriteLine($"  {name,-10} peak {peaks.GetValueOrDefault(name),6:F0} MB, {process.CpuSeconds - before[name].CpuSeconds,6:F1} s of processor time");
    }

    static async Task<long> CountAsync(RunningSystem system, string path, CancellationToken cancellation) =>
        (await system.GetAsync(path, cancellation)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("articles").GetInt64()).FirstOrDefault();

    sealed class Lines : HttpContent
    {
        readonly string source;
        readonly int count;

        public Lines(string source, int count)
        {
            (this.source, this.count) = (source, count);
            Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 1; i <= count; i++)
            {
                await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new
                {
                    id = $"{i}",
                    source = new { domain = source },
                    title = $"Report number {i} on the ceasefire talks",
                    body = $"Delegations met in Geneva for round {i} of the peace talks. NATO and the United Nations sent observers.",
                }));
                await stream.WriteAsync("\n"u8.ToArray());
            }
        }

        protected override bool TryComputeLength(out long length) => (length = -1) > 0;
    }
}
