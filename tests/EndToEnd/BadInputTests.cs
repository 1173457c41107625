using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Tests.EndToEnd;

/// <summary>What is wrong is said clearly, as problem details; what is good around it is kept.</summary>
[Collection(nameof(Installation))]
public class BadInputTests(Installation system)
{
    public static TheoryData<string, string, int, string> Wrong => new()
    {
        { "application/json", "{\"title\": oops}", 400, "line 1, column 11" },
        { "application/json", "[1, 2]", 400, "JSON object" },
        { "application/json", "{}", 400, "title or a body" },
        { "application/json", "{\"title\":\"  \",\"body\":\"\"}", 400, "title or a body" },
        { "application/json", "{\"title\":\"T\",\"published\":\"9999-12-31\"}", 400, "date of publication" },
        { "application/json", "{\"title\":\"T\",\"url\":\"ftp://x.example\"}", 400, "http or https" },
        { "application/json", "{\"title\":{}}", 400, "title must be a string" },
        { "application/json", "{\"title\":\"\\ud800\"}", 400, "no character" },
        { "application/json", "", 400, "JSON" },
        { "application/ninjs+json", "{\"pubStatus\":\"usable\"}", 400, "uri" },
        { "application/ninjs+json", "{\"uri\":\"tag:x,1:1\",\"pubStatus\":\"withheld\"}", 422, "withheld" },
        { "text/plain", " \n ", 400, "empty" },
        { "text/plain; charset=klingon", "Title", 415, "klingon" },
        { "image/png", "\u0089PNG", 415, "application/json" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_request_is_refused_with_its_reason(string type, string body, int status, string reason)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await AssertProblemAsync(await system.Client.PostAsync(new Uri("/api/articles", UriKind.Relative), content), status, reason);
    }

    [Fact]
    public async Task Wrong_utf8_is_refused_with_its_place()
    {
        foreach (var type in new[] { "application/json", "text/plain" })
        {
            using var content = new ByteArrayContent([.. "{\"title\":\"a"u8, 0xC3, 0x28, .. "\"}"u8]);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            await AssertProblemAsync(await system.Client.PostAsync(new Uri("/api/articles", UriKind.Relative), content), 400, "byte 11");
        }
    }

    [Fact]
    public async Task Too_large_is_too_large()
    {
        using var huge = new StringContent($"{{\"title\":\"{new string('x', 3_000_000)}\"}}", new MediaTypeHeaderValue("application/json"));
        await AssertProblemAsync(await system.Client.PostAsync(new Uri("/api/articles", UriKind.Relative), huge), 413, "too large");
        using var title = new StringContent($"{{\"title\":\"{new string('x', 1_001)}\"}}", new MediaTypeHeaderValue("application/json"));
        await AssertProblemAsync(await system.Client.PostAsync(new Uri("/api/articles", UriKind.Relative), title), 413, "1001 characters");
        using var enrich = new StringContent($"{{\"title\":\"{new string('x', 9_000_000)}\"}}", new MediaTypeHeaderValue("application/json"));
        await AssertProblemAsync(await system.Client.PostAsync(new Uri("/api/enrich", UriKind.Relative), enrich), 413, "too large");
    }

    [Fact]
    public async Task Bad_lines_of_a_stream_are_rejected_and_the_good_ones_around_them_kept()
    {
        byte[] upload =
        [
            .. "{\"title\":\"Good line one\",\"source\":{\"domain\":\"lines.example\"}}\n"u8,
            .. "not json\n"u8,
            .. "\n"u8,
            .. "{\"title\":\""u8, .. Enumerable.Repeat((byte)'x', 20_000_000), .. "\"}\n"u8,
            .. "{\"title\":\"bad "u8, 0xFF, .. "\"}\n"u8,
            .. "{\"title\":\"T\",\"published\":\"9999-01-01\"}\n"u8,
            .. "{\"title\":\"Good line seven\",\"extra\":1,\"source\":{\"domain\":\"lines.example\"}}"u8,
        ];
        using var content = new ByteArrayContent(upload);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var response = await system.Client.PostAsync(new Uri("/api/articles", UriKind.Relative), content);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            [(1, "received"), (2, "rejected"), (4, "rejected"), (5, "rejected"), (6, "rejected"), (7, "received")],
            lines.Select(line => (line.GetProperty("line").GetInt32(), line.GetProperty("status").GetString())));
        Assert.Equal([400, 413, 400, 400], lines.Where(line => line.TryGetProperty("problem", out _)).Select(line => line.GetProperty("problem").GetProperty("status").GetInt32()));
        Assert.Equal("published", lines[4].GetProperty("problem").GetProperty("field").GetString());
        Assert.Contains("extra", lines[5].GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        await Installation.EventuallyAsync(() => system.TotalAsync("source=lines.example"), total => total == 2);
    }

    [Theory]
    [InlineData("/api/articles?limit=0", 400, "limit")]
    [InlineData("/api/articles?limit=many", 400, "limit")]
    [InlineData("/api/articles?cursor=nonsense", 400, "cursor")]
    [InlineData("/api/articles?publishedFrom=yesterday", 400, "publishedFrom")]
    [InlineData("/api/articles?publishedFrom=2026-03-02&publishedTo=2026-03-01", 400, "publishedFrom")]
    [InlineData("/api/articles/00000000-0000-0000-0000-000000000000", 404, "id")]
    [InlineData("/api/topics?from=yesterday", 400, "from")]
    [InlineData("/api/alerts?cursor=nonsense", 400, "cursor")]
    [InlineData("/api/alerts/00000000-0000-0000-0000-000000000000", 404, "id")]
    [InlineData("/api/subscriptions/00000000-0000-0000-0000-000000000000", 404, "id")]
    [InlineData("/api/nothing-here", 404, null)]
    public async Task A_wrong_question_is_answered_with_the_field(string path, int status, string? field)
    {
        var problem = await AssertProblemAsync(await system.Client.GetAsync(new Uri(path, UriKind.Relative)), status, "");
        if (field is not null) Assert.Equal(field, problem.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("{}", "topics")]
    [InlineData("{\"topics\":[\"x\"],\"webhook\":{\"url\":\"nowhere\"}}", "webhook.url")]
    [InlineData("{\"topics\":[\"x\"],\"webhook\":{\"url\":\"http://127.0.0.1:1/\"}}", "webhook.url")]
    [InlineData("{\"topics\":[\"x\"],\"webhook\":{\"url\":\"http://localhost/\"}}", "webhook.url")]
    [InlineData("{\"topics\":[\"x\"],\"webhook\":{\"url\":\"http://169.254.169.254/latest/meta-data\"}}", "webhook.url")]
    [InlineData("{\"topics\":[\"x\"],\"webhook\":{\"url\":\"https://93.184.216.34/\",\"secret\":\"short\"}}", "webhook.secret")]
    public async Task A_wrong_subscription_is_refused_with_the_field(string subscription, string field)
    {
        using var content = new StringContent(subscription, new MediaTypeHeaderValue("application/json"));
        var problem = await AssertProblemAsync(await system.Client.PostAsync(new Uri("/api/subscriptions", UriKind.Relative), content), 400, "");
        Assert.Equal(field, problem.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("{}", "title")]
    [InlineData("[{\"title\":\"A flood\"}, {\"title\":\" \"}]", "[1].title")]
    [InlineData("[{\"title\":\"A flood\"}, 5]", "[1].title")]
    [InlineData("{\"title\":5}", "title")]
    [InlineData("{\"title\":\"\\ud800\"}", "title")]
    [InlineData("{\"title\":\"A flood\",\"published\":\"last week\"}", "published")]
    [InlineData("{\"title\":\"A flood\",\"source\":5}", "source")]
    [InlineData("[{\"title\":\"A flood\",\"tags\":\"Weather\"}]", "[0].tags")]
    public async Task A_wrong_text_to_enrich_is_refused_with_the_field(string text, string field)
    {
        using var content = new StringContent(text, new MediaTypeHeaderValue("application/json"));
        var problem = await AssertProblemAsync(await system.Client.PostAsync(new Uri("/api/enrich", UriKind.Relative), content), 400, "");
        Assert.Equal(field, problem.GetProperty("field").GetString());
    }

    static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage response, int status, string reason)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            var problem = JsonElement.Parse(text);
            Assert.Equal(status, problem.GetProperty("status").GetInt32());
            Assert.Contains(reason, problem.TryGetProperty("detail", out var detail) ? detail.GetString() : problem.GetProperty("title").GetString(), StringComparison.OrdinalIgnoreCase);
            return problem;
        }
    }
}
