using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Tests.EndToEnd;

/// <summary>Monitoring.http holds every call there is; each is made, in its order, and answers as it is described.</summary>
[Collection(nameof(Installation))]
public class HttpFileTests(Installation system)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_documented_call_has_its_block()
    {
        var (api, file) = (await ApiDocument.ReadAsync(system), new HttpFile(Repository.Read("Monitoring.http")));
        var missing = api.Operations.Where(operation => !file.Calls.Any(call => operation == Called(api, call))).ToList();
        Assert.True(missing.Count == 0, $"Monitoring.http has no block for\n{string.Join('\n', missing)}");
    }

    [Fact]
    public async Task Every_block_is_answered_as_it_is_documented()
    {
        var (api, file) = (await ApiDocument.ReadAsync(system), new HttpFile(Repository.Read("Monitoring.http")));
        await using var publisher = await Publisher.StartAsync(system.ReceiverPort);
        publisher.Serves("/feed.xml", """<rss version="2.0"><channel><title>The Gazette</title><item><title>Talks resume in Geneva</title><link>/talks</link></item></channel></rss>""", "application/rss+xml");
        (file.Variables["address"], file.Variables["key"], file.Variables["feed"]) = (system.Address.AbsoluteUri.TrimEnd('/'), system.Key, publisher.At("/feed.xml").AbsoluteUri);
        file.Variables["since"] = DateTime.UtcNow.ToString("O");
        foreach (var call in file.Calls)
        {
            var operation = Called(api, call);
            Assert.True(operation is not null, $"{call.Title}: {call.Method} {call.Path} is not documented.");
            var clock = Stopwatch.StartNew();
            for (var done = false; !done;)
            {
                var fault = await TryAsync(api, file, call, operation);
                done = fault is null;
                // Only questions may be asked again: what is posted is found and alerted about a moment later.
                Assert.True(done || clock.Elapsed < Patience && call.Method == "GET", $"{call.Title} ({operation})\n{fault}");
                if (!done) await Task.Delay(100);
            }
        }
        await Installation.EventuallyAsync(() => system.GetAsync("/api/rebuild"), progress => progress.GetProperty("status").GetString() == "done");
    }

    /// <summary>What is wrong with the answer to a call; null where nothing is.</summary>
    async Task<string?> TryAsync(ApiDocument api, HttpFile file, HttpCall call, Operation operation)
    {
        using var request = file.Request(call);
        if (request is null)
        {
            foreach (var needed in file.Needs(call).Where(needed => needed.Method == "GET"))
                if (await TryAsync(api, file, needed, Called(api, needed)!) is { } fault) return fault;
            return $"An answer it refers to lacks what it needs: {string.Join(", ", file.Needs(call).Select(needed => needed.Name))}";
        }
        using var response = await system.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var (status, type) = ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType);
        // A stream does not end: that it stands is its answer.
        if (type == "text/event-stream") return operation.Answer(status, type) is null ? $"{status} {type} is not documented." : null;
        var text = await response.Content.ReadAsStringAsync();
        if (status is < 200 or > 299 || !operation.Documents(status)) return $"{status}: {text}";
        if (type is null) return null;
        if (operation.Answer(status, type) is not { } described) return $"{status} {type} is not documented.";
        if (type != "application/json") return null;
        var answer = JsonNode.Parse(text);
        file.Remember(call, answer);
        return api.Faults(answer, described["schema"]).ToList() is { Count: > 0 } faults ? $"{string.Join('\n', faults)}\nin {text}" : null;
    }

    // The path without braces wins: /api/sources/alarms is no outlet.
    static Operation? Called(ApiDocument api, HttpCall call) =>
        api.Operations.Where(operation => operation.Takes(call.Method, call.Path)).MinBy(operation => operation.Path.Count(letter => letter == '{'));
}
