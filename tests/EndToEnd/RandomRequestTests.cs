using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>
/// Whatever is sent, the system answers as it is documented and never with an error of its own: 10,000 requests made of the description,
/// in the manner of Schemathesis. The seed is of today, so that every day asks something else; a fault says it.
/// </summary>
[Collection(nameof(Installation))]
public class RandomRequestTests(Installation system, ITestOutputHelper log)
{
    const int Count = 10_000, Clients = 4, MostFaults = 20;

    /// <summary>Operators' commands over the whole system, and the end of other tests' keys.</summary>
    static readonly string[] LeftOut = ["start-rebuild", "replay-", "revoke-key"];

    [Fact]
    public async Task Ten_thousand_random_requests_are_answered_as_documented()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), CultureInfo.InvariantCulture, out var given) ? given : 333;
        var api = await ApiDocument.ReadAsync(system);
        var operations = api.Operations.Where(operation => !LeftOut.Any(name => operation.Id.StartsWith(name, StringComparison.Ordinal))).ToList();
        var before = await MadeAsync();
        using var client = await NewClientAsync();
        var requests = new RandomRequests(api, await KnownAsync(operations));
        var (faults, statuses) = (new ConcurrentDictionary<string, string>(), new ConcurrentDictionary<int, int>());
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (i, cancellation) =>
        {
            if (faults.Count >= MostFaults) return;
            var request = requests.Next(operations, new Random(HashCode(seed, i)));
            var (status, fault) = await FaultAsync(api, client, request);
            statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            // One example of each kind of fault of an operation is enough.
            if (fault is not null && faults.TryAdd($"{request.Operation.Id} {status} {fault.Kind}", ""))
                faults[$"{request.Operation.Id} {status} {fault.Kind}"] = $"{request.Operation}, request {i}: {fault.Sentence}\n    {(await ShortestAsync(api, client, request, fault)).ToCurl()}";
        });
        await ClearAsync(before);
        log.WriteLine($"seed {seed}: {string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Value} × {status.Key}"))}");
        Assert.True(faults.IsEmpty, $"SEED={seed}\n{string.Join("\n\n", faults.Values)}");
        Assert.True(statuses.Where(status => status.Key < 300).Sum(status => status.Value) > Count / 10, "Hardly any request was a good one: the known values do not reach far.");
    }

    sealed record Fault(string Kind, string Sentence);

    static async Task<(int Status, Fault? Fault)> FaultAsync(ApiDocument api, HttpClient client, RandomRequest request)
    {
        using var message = request.ToRequest();
        using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        var (status, type) = ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType);
        // A stream does not end: that it stands is its answer.
        var text = type == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync();
        return (status, Judge(api, request.Operation, status, type, text));
    }

    static Fault? Judge(ApiDocument api, Operation operation, int status, string? type, string text)
    {
        if (status >= 500) return new("5xx", $"{status} {text}");
        if (!operation.Documents(status)) return new("undocumented", $"{status} is not documented. {text}");
        if (status >= 400)
        {
            if (type != "application/problem+json") return new("no problem", $"{status} comes as {type}: {text}");
            var problem = JsonNode.Parse(text)!;
            return (int?)problem["status"] != status || problem["title"] is null || problem["detail"] is null ? new("incomplete", $"{status} lacks status, title or detail: {text}") : null;
        }
        if (text.Length == 0) return null;
        if (operation.Answer(status, type) is not { } described) return new("undescribed", $"{status} {type} is not described.");
        return type == "application/json" && api.Faults(JsonNode.Parse(text), described["schema"]).FirstOrDefault() is { } fault ? new("schema", $"{status}: {fault} in {text[..Math.Min(text.Length, 2_000)]}") : null;
    }

    /// <summary>With everything left out without which the fault stays.</summary>
    static async Task<RandomRequest> ShortestAsync(ApiDocument api, HttpClient client, RandomRequest request, Fault fault)
    {
        for (var (tries, shorter) = (0, true); shorter && tries < 1_000;)
        {
            shorter = false;
            foreach (var smaller in request.Smaller())
            {
                tries++;
                if ((await FaultAsync(api, client, smaller)).Fault?.Kind != fault.Kind) continue;
                (request, shorter) = (smaller, true);
                break;
            }
        }
        return request;
    }

    async Task<HttpClient> NewClientAsync()
    {
        var (status, key) = await system.PostAsync("/api/keys", JsonSerializer.Serialize(new { name = "Random requests", scopes = new[] { "ingest", "query", "alerts", "admin" }, rate = 100_000 }));
        Assert.Equal(HttpStatusCode.Created, status);
        return system.NewClient(key.GetProperty("key").GetString());
    }

    /// <summary>Some articles, and every short text that the lists then answer with: ids, names, cursors.</summary>
    async Task<List<string>> KnownAsync(List<Operation> operations)
    {
        for (var i = 0; i < 5; i++) await system.PostArticleAsync($"Ceasefire talks in Geneva, day {i} {Guid.NewGuid()}", "NATO and António Guterres welcomed the peace process.", "random.example");
        await Installation.EventuallyAsync(() => system.TotalAsync("source=random.example&topic=peace+process"), total => total >= 5);
        var known = new HashSet<string>();
        foreach (var list in operations.Where(operation => operation.Method == "GET" && !operation.Path.Contains('{', StringComparison.Ordinal) && operation.Answer(200, "application/json") is not null))
            Collect(JsonNode.Parse((await system.GetAsync($"{list.Path}?limit=3&source=random.example")).GetRawText()), known);
        return [.. known.Order(StringComparer.Ordinal)];
    }

    static void Collect(JsonNode? value, HashSet<string> known)
    {
        if (value is JsonObject members) foreach (var (_, member) in members) Collect(member, known);
        else if (value is JsonArray items) foreach (var item in items) Collect(item, known);
        else if (value?.GetValueKind() == JsonValueKind.String && (string)value! is { Length: <= 200 } text) known.Add(text);
    }

    static readonly string[] Makes = ["/api/subscriptions", "/api/feeds", "/api/keys"];

    async Task<HashSet<string>> MadeAsync()
    {
        var made = new HashSet<string>();
        foreach (var path in Makes)
            foreach (var item in (await system.GetAsync(path)).GetProperty("items").EnumerateArray())
                if (!item.TryGetProperty("revoked", out _)) made.Add($"{path}/{item.GetProperty("id").GetString()}");
        return made;
    }

    /// <summary>Other tests find no subscription, feed or key that they did not make.</summary>
    async Task ClearAsync(HashSet<string> before)
    {
        foreach (var path in (await MadeAsync()).Except(before))
        {
            using var ended = await system.Client.DeleteAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        }
    }

    // Not System.HashCode, which is another one in every process.
    static int HashCode(int seed, int i) => unchecked((seed * 486_187_739) ^ (i * 16_777_619));
}
