using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;

namespace Tests.EndToEnd;

/// <summary>Who may do what: every route, every service, every server.</summary>
[Collection(nameof(Installation))]
public class AccessTests(Installation system)
{
    async Task<string> NewKeyAsync(params string[] scopes)
    {
        var (status, key) = await system.PostAsync("/api/keys", JsonSerializer.Serialize(new { name = "test", scopes }));
        Assert.Equal(HttpStatusCode.Created, status);
        return key.GetProperty("key").GetString()!;
    }

    static async Task<List<(HttpMethod Method, string Path)>> RoutesAsync(HttpClient client)
    {
        var api = JsonElement.Parse(await client.GetStringAsync(new Uri("/openapi.json", UriKind.Relative)));
        var routes = api.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (new HttpMethod(operation.Name.ToUpperInvariant()), path.Name.Replace("{id}", Guid.Empty.ToString(), StringComparison.Ordinal)))).ToList();
        return [.. routes, (HttpMethod.Get, "/metrics"), .. Installation.Services.Where(service => service != "gateway").Select(service => (HttpMethod.Get, $"/metrics/{service}"))];
    }

    static async Task<HttpStatusCode> TryAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post) request.Content = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        using var response = await client.SendAsync(request);
        if (!response.IsSuccessStatusCode) Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return response.StatusCode;
    }

    [Fact]
    public async Task Every_route_is_refused_without_a_key_with_a_wrong_one_and_with_one_of_the_wrong_scope()
    {
        var routes = await RoutesAsync(system.Client);
        Assert.True(routes.Count >= 25, $"Only {routes.Count} routes are described.");
        using var nobody = system.NewClient(null);
        var keys = new Dictionary<string, HttpClient>();
        foreach (var scope in new[] { "ingest", "query", "alerts" }) keys[scope] = system.NewClient(await NewKeyAsync(scope));
        foreach (var (method, path) in routes)
        {
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await TryAsync(nobody, method, path)));
            // Wrong keys are counted by address, so not every route is tried with one here; see below.
            var allowed = new List<string>();
            foreach (var (scope, client) in keys)
                if (path is not ("/api/alerts/stream" or "/api/stream") && await TryAsync(client, method, path) != HttpStatusCode.Forbidden) allowed.Add(scope);
            var expected = path switch
            {
                "/api/alerts/stream" or "/api/stream" => [],
                _ when path.StartsWith("/api/articles", StringComparison.Ordinal) => method == HttpMethod.Get ? new[] { "query" } : ["ingest"],
                _ when path.StartsWith("/api/alerts", StringComparison.Ordinal) || path.StartsWith("/api/subscriptions", StringComparison.Ordinal) => ["alerts"],
                _ when path.StartsWith("/api/feeds", StringComparison.Ordinal) || path == "/api/extract" => ["ingest"],
                _ when path.StartsWith("/api/sources", StringComparison.Ordinal) => method == HttpMethod.Get ? ["query"] : [],
                _ when path.StartsWith("/api/topics", StringComparison.Ordinal) || path.StartsWith("/api/entities", StringComparison.Ordinal) => ["query"],
                "/api/enrich" or "/api/quotes" or "/api/changes" or "/api/search/explain" => ["query"],
                _ => [],
            };
            Assert.Equal((path, string.Join(',', expected)), (path, string.Join(',', allowed)));
        }
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync(keys["query"], HttpMethod.Get, "/api/alerts/stream"));
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync(keys["alerts"], HttpMethod.Get, "/api/stream"));
    }

    [Fact]
    public async Task A_wrong_expired_or_revoked_key_is_refused_and_guessing_is_slowed_down()
    {
        var text = await NewKeyAsync("query");
        using var client = system.NewClient(text);
        Assert.Equal(HttpStatusCode.OK, await TryAsync(client, HttpMethod.Get, "/api/topics"));
        using var revoked = await system.Client.DeleteAsync(new Uri($"/api/keys/{text.Split('_')[1]}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(client, HttpMethod.Get, "/api/topics"));

        using var header = system.NewClient(null);
        header.DefaultRequestHeaders.Add("X-Api-Key", await NewKeyAsync("query"));
        Assert.Equal(HttpStatusCode.OK, await TryAsync(header, HttpMethod.Get, "/api/topics"));

        // Same id, other secret; then many of them.
        using var guess = system.NewClient(text[..^1] + (text[^1] == 'a' ? 'b' : 'a'));
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 30; i++) answers.Add(await TryAsync(guess, HttpMethod.Get, "/api/topics"));
        Assert.Equal(HttpStatusCode.Unauthorized, answers[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        // The right key goes on working meanwhile.
        Assert.Equal(HttpStatusCode.OK, await TryAsync(header, HttpMethod.Get, "/api/topics"));
    }

    [Fact]
    public async Task A_key_bound_to_a_source_acts_for_that_source_only()
    {
        var (_, key) = await system.PostAsync("/api/keys", """{"name":"bound","scopes":["ingest"],"sources":["bound.example"]}""");
        using var client = system.NewClient(key.GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.Created, (await system.PostAsync("/api/articles", """{"title":"Mine","source":{"domain":"bound.example"}}""", client: client)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await system.PostAsync("/api/articles", """{"title":"Not mine","source":{"domain":"other.example"}}""", client: client)).Status);
        var others = await system.PostArticleAsync("Somebody else's", source: "other.example");
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync(client, HttpMethod.Delete, $"/api/articles/{others}"));
    }

    [Fact]
    public async Task A_rate_is_a_limit_with_a_time_to_wait()
    {
        var (_, key) = await system.PostAsync("/api/keys", """{"name":"slow","scopes":["query"],"rate":1}""");
        using var client = system.NewClient(key.GetProperty("key").GetString());
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, await TryAsync(client, HttpMethod.Get, "/api/topics"));
        using var refused = await client.GetAsync(new Uri("/api/topics", UriKind.Relative));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_service_addressed_past_the_gateway_refuses_whatever_one_claims_to_be()
    {
        foreach (var (service, i) in new[] { "ingest", "enrichment", "projection", "query", "alerts" }.Select((service, i) => (service, i)))
        {
            using var client = new HttpClient
            {
                BaseAddress = new Uri($"http://127.0.0.1:{system.Port + 1 + i}"),
                DefaultRequestVersion = service == "ingest" ? HttpVersion.Version20 : HttpVersion.Version11,
                DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var alive = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", system.Key);
            client.DefaultRequestHeaders.Add("X-Api-Key", system.Key);
            client.DefaultRequestHeaders.Add("X-Monitoring-Token", "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzY29wZSI6ImFkbWluIiwiaXNzIjoibW9uaXRvcmluZy1nYXRld2F5IiwiYXVkIjoibW9uaXRvcmluZyJ9.");
            foreach (var path in new[] { "/health/ready", "/metrics", "/api/articles", "/api/alerts", "/api/rebuild", $"/{service}/openapi.json" })
            {
                using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
                Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
                if (path is "/health/ready" or "/metrics") Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            }
        }
    }

    [Fact]
    public async Task Hubs_of_feeds_come_in_without_a_key_to_their_one_path_and_only_through_the_gateway()
    {
        using var nobody = system.NewClient(null);
        async Task<HttpStatusCode> HookAsync(HttpClient client, HttpMethod method)
        {
            using var request = new HttpRequestMessage(method, "/hooks/websub/nobody-knows-it?hub.mode=subscribe&hub.topic=x&hub.challenge=c") { Version = client.DefaultRequestVersion, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var response = await client.SendAsync(request);
            return response.StatusCode;
        }
        // Ingest's own answers, not the gateway's.
        Assert.Equal(HttpStatusCode.NotFound, await HookAsync(nobody, HttpMethod.Get));
        Assert.Equal(HttpStatusCode.Gone, await HookAsync(nobody, HttpMethod.Post));
        using var wrong = system.NewClient("mon_abcdefabcdef_0123456789012345678901234567890123456789");
        Assert.Equal(HttpStatusCode.Gone, await HookAsync(wrong, HttpMethod.Post));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(nobody, HttpMethod.Post, "/hooks/websub/nobody-knows-it/more"));

        using var past = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{system.Port + 1}"), DefaultRequestVersion = HttpVersion.Version20 };
        Assert.Equal(HttpStatusCode.Unauthorized, await HookAsync(past, HttpMethod.Get));
        Assert.Equal(HttpStatusCode.Unauthorized, await HookAsync(past, HttpMethod.Post));
    }

    [Fact]
    public async Task The_gateway_does_not_pass_on_what_a_client_claims_to_be()
    {
        using var client = system.NewClient(await NewKeyAsync("query"));
        client.DefaultRequestHeaders.Add("X-Monitoring-Token", "forged");
        Assert.Equal(HttpStatusCode.OK, await TryAsync(client, HttpMethod.Get, "/api/topics"));
    }

    [Fact]
    public async Task Readiness_says_who_only_to_an_administrator_and_the_docs_are_open()
    {
        using var nobody = system.NewClient(null);
        Assert.False(JsonElement.Parse(await nobody.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).TryGetProperty("checks", out _));
        var details = (await system.GetAsync("/health/ready")).GetProperty("checks").GetProperty("services").GetProperty("data");
        Assert.Equal(5, details.EnumerateObject().Count());

        var docs = await nobody.GetStringAsync(new Uri("/docs/", UriKind.Relative));
        Assert.DoesNotContain("//", docs.Replace("<!doctype", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("3.1.1", JsonElement.Parse(await nobody.GetStringAsync(new Uri("/openapi.json", UriKind.Relative))).GetProperty("openapi").GetString());
    }

    [Fact]
    public async Task Every_role_is_limited_to_its_schema_and_query_to_reading()
    {
        async Task<string?> RefusedAsync(string role, string sql)
        {
            await using var connection = new NpgsqlConnection(system.Postgres(role));
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            return (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState;
        }
        Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, await RefusedAsync("query", "delete from monitoring.mt_doc_article"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusedAsync("query", "set transaction read write; delete from monitoring.mt_doc_article"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusedAsync("query", "select * from gateway.api_keys"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusedAsync("ingest", "select * from monitoring.mt_events"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusedAsync("alerts", "create table public.mine (id int)"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusedAsync("projection", "select * from ingest.article_keys"));

        await using var wrong = new NpgsqlConnection(system.Postgres("ingest").Replace(system.Secret("postgres-ingest"), "wrong", StringComparison.Ordinal));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, (await Assert.ThrowsAsync<PostgresException>(() => wrong.OpenAsync())).SqlState);
    }

    [Fact]
    public async Task The_broker_knows_no_guest_and_reads_out_no_queue_to_another()
    {
        var guest = new RabbitMQ.Client.ConnectionFactory { Uri = new Uri($"amqp://guest:guest@127.0.0.1:{system.Port + 11}/") };
        await Assert.ThrowsAsync<RabbitMQ.Client.Exceptions.BrokerUnreachableException>(() => guest.CreateConnectionAsync());

        await using var connection = await new RabbitMQ.Client.ConnectionFactory { Uri = system.RabbitMq("ingest") }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var refused = await Assert.ThrowsAsync<RabbitMQ.Client.Exceptions.OperationInterruptedException>(() => channel.BasicGetAsync("enrich-articles", autoAck: true));
        Assert.Equal((ushort?)403, refused.ShutdownReason?.ReplyCode);
    }

    [Fact]
    public void Everything_listens_on_loopback_only()
    {
        // As the kernel has it: local address and port in hexadecimal, state 0A is listening.
        var listening = File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6")).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length > 3 && columns[3] == "0A").Select(columns => columns[1].Split(':'))
            .Where(address => Convert.ToInt32(address[1], 16) is var port && port >= system.Port && port < system.Port + 14).ToList();
        Assert.True(listening.Count >= 9, $"{listening.Count} ports listen.");
        Assert.All(listening, address => Assert.Contains(address[0], new[] { "0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F" }));
    }
}
