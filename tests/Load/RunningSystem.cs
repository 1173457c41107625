using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Tests.Load;

/// <summary>The system under measurement.</summary>
/// <param name="address">Of its gateway.</param>
/// <param name="key">With all scopes.</param>
/// <param name="pids">Where its pid files lie, if on this machine.</param>
sealed class RunningSystem(Uri address, string key, DirectoryInfo? pids) : IDisposable
{
    public HttpClient Client { get; } = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(30), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellation) =>
        JsonElement.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative), cancellation));

    public async Task<JsonElement> PostAsync(string path, string body, string type, CancellationToken cancellation)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var response = await Client.PostAsync(new Uri(path, UriKind.Relative), content, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return response.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new HttpRequestException($"POST {path}: {response.StatusCode} {text}");
    }

    /// <summary>Looks again and again until it holds; more often would slow down what it looks at.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, CancellationToken cancellation, int intervalMilliseconds = 10)
    {
        while (!await holds()) await Task.Delay(intervalMilliseconds, cancellation);
    }

    /// <summary>Resident memory and processor time so far of each process, servers included.</summary>
    public IReadOnlyDictionary<string, (double Megabytes, double CpuSeconds)> Processes() => pids is null
        ? new Dictionary<string, (double, double)>()
        : pids.GetFiles("*.pid").OrderBy(file => file.Name).ToDictionary(file => Path.GetFileNameWithoutExtension(file.Name), file =>
        {
            var root = int.Parse(File.ReadAllText(file.FullName), CultureInfo.InvariantCulture);
            // PostgreSQL is a process per connection.
            var family = Process.GetProcesses().Where(process => process.Id == root || Parent(process.Id) == root).ToList();
            return (family.Sum(process => process.WorkingSet64 / 1e6), Ticks(root) + family.Where(process => process.Id != root).Sum(process => Ticks(process.Id)));
        });

    static string[] Stat(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    static int Parent(int pid) => Stat(pid) is { Length: > 1 } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : 0;

    // User, system, and both of the children that have ended; the kernel's clock has 100 ticks a second.
    static double Ticks(int pid) => Stat(pid) is { Length: > 14 } stat ? stat[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / 100.0 : 0;

    public void Dispose() => Client.Dispose();
}

static class Numbers
{
    /// <summary>Median, 95th percentile and maximum in milliseconds.</summary>
    public static string Spread(this IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToArray();
        return $"median {sorted[sorted.Length / 2]:F0} ms, 95 % {sorted[sorted.Length * 95 / 100]:F0} ms, max {sorted[^1]:F0} ms";
    }
}
