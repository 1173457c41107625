using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace Tests.EndToEnd;

/// <summary>
/// The system as a user has it: deploy/up in a folder of its own on free ports, real PostgreSQL, real RabbitMQ, six processes.
/// One for all tests, which clean up after themselves; what they post has titles of its own.
/// </summary>
public sealed class Installation : IAsyncLifetime
{
    public static readonly string[] Services = ["gateway", "ingest", "enrichment", "projection", "query", "alerts"];

    public string Folder { get; } = Directory.CreateTempSubdirectory("monitoring-e2e-").FullName;
    public int Port { get; } = Machine.FreePorts(22);

    /// <summary>The one inner address that webhooks may go to.</summary>
    public int ReceiverPort => Port + 20;

    public Uri Address => new($"http://127.0.0.1:{Port}");
    public string Key => File.ReadAllText(Path.Combine(Folder, "token")).Trim();
    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // The private servers run as users of their own, who must be able to reach their data.
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
        await ScriptAsync("up", "--port", $"{Port}", "--empty", "--allow", $"127.0.0.1:{ReceiverPort}");
        Client = NewClient(Key);
    }

    public async Task DisposeAsync()
    {
        Client?.Dispose();
        await ScriptAsync("down");
        Directory.Delete(Folder, recursive: true);
    }

    public HttpClient NewClient(string? key)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Runs a script of deploy/ on this installation; fails with its output where it fails.</summary>
    public Task<string> ScriptAsync(string script, params string[] arguments) => RunAsync(Path.Combine(Repository.Root, "deploy", script), arguments);

    public Task<string> RunAsync(string program, params string[] arguments) => Machine.RunAsync(program, arguments, ("MONITORING_LOCAL", Folder));

    public int Pid(string name) => int.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.pid")), CultureInfo.InvariantCulture);

    /// <summary>kill -9, and the process is gone.</summary>
    public void Kill(string name)
    {
        using var process = Process.GetProcessById(Pid(name));
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Another process of a service, with the settings of the one that runs, on a port of its own. The gateway does not know it.</summary>
    public Process StartSecond(string service, int port, params (string Name, string Value)[] settings)
    {
        var running = $"/proc/{Pid(service)}";
        var command = File.ReadAllText($"{running}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (var setting in File.ReadAllText($"{running}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries))
            start.Environment[setting.Split('=')[0]] = setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..];
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Starts what does not run, and waits until all is ready.</summary>
    public Task UpAsync() => ScriptAsync("up", "--empty");

    public Task StartServerAsync(string server) => ScriptAsync("servers", "start", Folder, $"{Port + 10}", server);

    public string Secret(string name) => File.ReadAllText(Path.Combine(Folder, "secrets", name)).Trim();

    public string Postgres(string role) =>
        $"Host=127.0.0.1;Port={Port + 10};Database=monitoring;Username={(role == "postgres" ? role : "monitoring_" + role)};Password={Secret(role == "postgres" ? role : "postgres-" + role)}";

    public Uri RabbitMq(string user) => new($"amqp://{user}:{Secret("rabbitmq-" + user)}@127.0.0.1:{Port + 11}/");

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"GET {path}: {response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string body, string type = "application/json", HttpClient? client = null)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await (client ?? Client).PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.StartsWith('{') ? JsonElement.Parse(text) : default);
    }

    /// <summary>Posts an article as JSON and expects it to be new.</summary>
    public async Task<Guid> PostArticleAsync(string title, string body = "", string? source = null)
    {
        var (status, answer) = await PostAsync("/api/articles", JsonSerializer.Serialize(new { title, body, source = source is null ? null : new { domain = source } }));
        Assert.True(status == HttpStatusCode.Created, $"{status}: {answer}");
        return answer.GetProperty("id").GetGuid();
    }

    public async Task<long> TotalAsync(string filter) => (await GetAsync($"/api/articles?limit=1&{filter}")).GetProperty("total").GetInt64();

    /// <summary>A counter or gauge of a service, summed over its labels.</summary>
    public async Task<double> MetricAsync(string service, string name, string label = "")
    {
        var text = await Client.GetStringAsync(new Uri($"/metrics/{service}", UriKind.Relative));
        return text.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split("} ")[1].Split(' ')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>Waits until something holds; fails with what it was last.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> look, Func<T, bool> holds, TimeSpan? within = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (holds(seen)) return seen;
            Assert.True(clock.Elapsed < (within ?? TimeSpan.FromSeconds(30)), $"Still {seen} after {clock.Elapsed.TotalSeconds:F0} s.");
            await Task.Delay(25);
        }
    }
}

[CollectionDefinition(nameof(Installation))]
public sealed class InstallationCollection : ICollectionFixture<Installation>;
