using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monitoring.Import;

namespace Tests.Unit.Import;

/// <summary>A system that is away, busy, or breaks off in the middle.</summary>
public sealed class ApiTests : IAsyncLifetime
{
    readonly List<string> posted = [];
    readonly Queue<Func<HttpContext, string[], Task>> moods = [];
    WebApplication server = null!;
    Api api = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(async http =>
        {
            if (http.Request.Path == "/health/live") return;
            var lines = (await new StreamReader(http.Request.Body).ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lock (posted) posted.Add(string.Join(' ', lines));
            await (moods.TryDequeue(out var mood) ? mood : Receive)(http, lines);
        });
        await server.StartAsync();
        api = new Api(new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()), "key");
        await api.CheckAsync(default);
    }

    public async Task DisposeAsync()
    {
        api.Dispose();
        await server.DisposeAsync();
    }

    static Task Receive(HttpContext http, string[] lines) => http.Response.WriteAsync(string.Concat(lines.Select((_, i) => Answer(i + 1, "received"))));

    static string Answer(int line, string status, int? problem = null) =>
        (problem is null ? JsonSerializer.Serialize(new { line, status }) : JsonSerializer.Serialize(new { line, status, problem = new { status = problem } })) + "\n";

    static List<Line> ThreeLines => [.. "abc".Select((letter, i) => new Line(i + 10, Encoding.UTF8.GetBytes(letter.ToString())))];

    async Task<List<(int, string)>> PostAsync()
    {
        var answers = new List<(int, string)>();
        await api.PostLinesAsync("/api/articles", ThreeLines, (line, answer) => answers.Add((line.Number, answer.GetProperty("status").GetString()!)), default);
        return answers;
    }

    [Fact]
    public async Task A_stream_that_breaks_off_goes_on_at_the_first_line_without_an_answer()
    {
        moods.Enqueue(async (http, _) =>
        {
            await http.Response.WriteAsync(Answer(1, "received") + "{\"line\":2,\"sta");
            await http.Response.Body.FlushAsync();
            // A reset overtakes what is not read yet.
            await Task.Delay(500);
            http.Abort();
        });
        Assert.Equal([(10, "received"), (11, "received"), (12, "received")], await PostAsync());
        Assert.Equal(["a b c", "b c"], posted);
    }

    [Fact]
    public async Task An_answer_that_ends_too_early_is_none()
    {
        moods.Enqueue((http, _) => http.Response.WriteAsync(Answer(1, "received")));
        Assert.Equal(3, (await PostAsync()).Count);
        Assert.Equal(["a b c", "b c"], posted);
    }

    [Fact]
    public async Task A_line_that_cannot_be_kept_for_the_moment_is_sent_again_and_one_that_is_wrong_is_not()
    {
        moods.Enqueue((http, _) => http.Response.WriteAsync(Answer(1, "rejected", 503) + Answer(2, "rejected", 400) + Answer(3, "received")));
        Assert.Equal([(11, "rejected"), (12, "received"), (10, "received")], await PostAsync());
        Assert.Equal(["a b c", "a"], posted);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_busy_system_says_when_to_come_again(int status)
    {
        var waits = new List<TimeSpan>();
        api.Waiting = waits.Add;
        moods.Enqueue((http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        var (answered, _) = await api.PostAsync("/api/articles", () => new StringContent("x"), default);
        Assert.Equal(HttpStatusCode.OK, answered);
        Assert.Equal([TimeSpan.FromSeconds(1)], waits);
        Assert.Equal(["x", "x"], posted);
    }

    [Fact]
    public async Task A_key_that_is_not_known_ends_it()
    {
        moods.Enqueue((http, _) => Task.FromResult(http.Response.StatusCode = 401));
        Assert.Contains("key", (await Assert.ThrowsAsync<ImportException>(() => PostAsync())).Message, StringComparison.Ordinal);
        Assert.Single(posted);
    }

    [Fact]
    public async Task Where_nobody_listens_it_ends_at_once()
    {
        using var nobody = new Api(new Uri("http://127.0.0.1:1"), "key");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Contains("not reachable", (await Assert.ThrowsAsync<ImportException>(() => nobody.CheckAsync(default))).Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_was_rejected_is_told_with_its_place_and_kept_for_the_report()
    {
        using var report = new MemoryStream();
        var tally = new Tally(maxProblems: 1, report);
        tally.Take(JsonElement.Parse("""{"line":1,"status":"revised"}"""), "a:1");
        tally.Take(JsonElement.Parse("""{"line":2,"status":"rejected","problem":{"detail":"Bad\u001b[31m date.","field":"published"}}"""), "a:2", "x"u8.ToArray());
        tally.Take(JsonElement.Parse("""{"title":"Not Found","status":"rejected"}"""), "a:3", "y"u8.ToArray());
        Assert.Equal((3, 2, 1), (tally.Total, tally.Rejected, tally.Counts["revised"]));
        Assert.Equal("a:2: Bad [31m date. (published)", Assert.Single(tally.Problems).ToString());
        Assert.Equal("x\ny\n", Encoding.UTF8.GetString(report.ToArray()));
    }
}
