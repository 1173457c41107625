using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;
using static Tests.EndToEnd.Installation;

namespace Tests.EndToEnd;

/// <summary>NDJSON of any length, for clients that read as they write and for those that do not.</summary>
[Collection(nameof(Installation))]
public class StreamTests(Installation system, ITestOutputHelper output)
{
    static string Line(string source, int i) => JsonSerializer.Serialize(new
    {
        id = i.ToString(CultureInfo.InvariantCulture),
        source = new { domain = source },
        title = $"Report number {i} on the ceasefire talks",
        body = $"Delegations met in Geneva for round {i} of the peace talks. NATO and the United Nations sent observers.",
    });

    static string Status(string line) => JsonElement.Parse(line).GetProperty("status").GetString()!;

    [Fact]
    public async Task The_same_file_twice_is_received_once_and_publishes_nothing_the_second_time()
    {
        const int Lines = 5_000;
        var file = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, Lines).Select(i => Line("twice.example", i))));
        async Task<List<string>> PostAsync()
        {
            using var content = new ByteArrayContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using var response = await system.Client.PostAsync(new Uri("/api/articles", UriKind.Relative), content);
            return [.. (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }
        Task<double> MessagesAsync() => system.MetricAsync("projection", "monitoring_journal_messages_total");

        var before = await MessagesAsync();
        Assert.Equal(Enumerable.Repeat("received", Lines), (await PostAsync()).Select(Status));
        await EventuallyAsync(() => system.TotalAsync("source=twice.example&entity=NATO"), total => total == Lines, TimeSpan.FromSeconds(60));
        // Each article comes to the journal twice: as received and as enriched.
        await EventuallyAsync(MessagesAsync, messages => messages == before + 2 * Lines);

        Assert.Equal(Enumerable.Repeat("unchanged", Lines), (await PostAsync()).Select(Status));
        // Whatever the second run had published would have arrived before this one.
        var marker = await system.PostArticleAsync("After the second run", "NATO.", "marker.example");
        await EventuallyAsync(() => system.TotalAsync("source=marker.example&entity=NATO"), total => total == 1);
        await EventuallyAsync(MessagesAsync, messages => messages == before + 2 * Lines + 2);
        Assert.Equal(Lines, await system.TotalAsync("source=twice.example"));
        Assert.NotEqual(Guid.Empty, marker);
    }

    [Fact]
    public async Task A_hundred_thousand_lines_stall_neither_kind_of_client_and_memory_stays_flat()
    {
        // Most lines say what an earlier one said, so that the tests after this one need not wait for a hundred thousand articles
        // to be read; tests/Load has them all different.
        const int Lines = 100_000;
        const int Articles = 4_000;
        using var watch = new MemoryWatch(system);
        foreach (var (kind, source) in new[] { ("reads at the end", "late.example"), ("reads as it writes", "eager.example") })
        {
            using var upload = await RawUpload.OpenAsync(system, "/api/articles");
            var clock = Stopwatch.StartNew();
            var writing = upload.WriteAsync(Enumerable.Range(0, Lines).Select(i => Line(source, i % Articles)));
            if (kind == "reads at the end") await writing.WaitAsync(TimeSpan.FromMinutes(4));
            var (number, firstAfter) = (0, TimeSpan.Zero);
            await foreach (var line in upload.ReadLinesAsync())
            {
                var result = JsonElement.Parse(line);
                Assert.Equal((++number, number <= Articles ? "received" : "unchanged"), (result.GetProperty("line").GetInt32(), result.GetProperty("status").GetString()));
                if (number != 1) continue;
                firstAfter = clock.Elapsed;
                if (kind == "reads as it writes") Assert.False(writing.IsCompleted, "The first result came after the whole upload.");
            }
            await writing;
            Assert.Equal(Lines, number);
            output.WriteLine($"{kind}: {Lines} lines in {clock.Elapsed.TotalSeconds:F1} s, first result after {firstAfter.TotalMilliseconds:F0} ms");
            await EventuallyAsync(() => system.TotalAsync($"source={source}&entity=NATO"), total => total == Articles, TimeSpan.FromMinutes(2));
            watch.Mark(kind);
        }
        foreach (var line in watch.Report()) output.WriteLine(line);
        // Flat: the second hundred thousand need no more than the first, and nobody grows with the upload.
        Assert.All(watch.Peaks("reads as it writes"), peak => Assert.True(peak.Megabytes < 500, $"{peak.Service} needed {peak.Megabytes} MB."));
        Assert.All(watch.Peaks("reads as it writes").Zip(watch.Peaks("reads at the end")), pair =>
            Assert.True(pair.First.Megabytes < pair.Second.Megabytes + 100, $"{pair.First.Service} went from {pair.Second.Megabytes} to {pair.First.Megabytes} MB."));
    }

    /// <summary>Looks at the memory of every service, twice a second.</summary>
    sealed class MemoryWatch : IDisposable
    {
        readonly Timer timer;
        readonly Dictionary<string, long> peaks = [];
        readonly List<(string Phase, Dictionary<string, long> Peaks)> phases = [];
        readonly Lock gate = new();

        public MemoryWatch(Installation system) => timer = new Timer(_ =>
        {
            foreach (var service in Services)
            {
                var resident = File.ReadLines($"/proc/{system.Pid(service)}/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal));
                var megabytes = long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
                lock (gate) peaks[service] = Math.Max(peaks.GetValueOrDefault(service), megabytes);
            }
        }, null, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));

        public void Mark(string phase)
        {
            lock (gate)
            {
                phases.Add((phase, new(peaks)));
                peaks.Clear();
            }
        }

        public IEnumerable<(string Service, long Megabytes)> Peaks(string phase) => phases.Single(one => one.Phase == phase).Peaks.OrderBy(peak => peak.Key).Select(peak => (peak.Key, peak.Value));

        public IEnumerable<string> Report() => phases.Select(phase => $"{phase.Phase}, peak MB: {string.Join(", ", phase.Peaks.Select(peak => $"{peak.Key} {peak.Value}"))}");

        public void Dispose() => timer.Dispose();
    }
}
