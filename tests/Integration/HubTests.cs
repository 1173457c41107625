using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monitoring.Hosting;
using Monitoring.Ingest.Feeds;
using Monitoring.Ingest.Feeds.WebSub;
using Npgsql;

namespace Tests.Integration;

/// <summary>WebSub between an Ingest with real storage and routes, and a hub that speaks HTTP; time stands still until it is moved.</summary>
[Collection(nameof(Postgres))]
public sealed class HubTests(Postgres postgres) : IAsyncLifetime
{
    const string Topic = "https://gazette.example/feed";
    static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    Hub hub = null!;
    readonly Clock clock = new() { Now = Start };
    readonly Guid feed = Guid.NewGuid();
    Database database = null!;

    public async Task InitializeAsync()
    {
        database = await postgres.NewDatabaseAsync();
        hub = await Hub.StartAsync();
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    async Task<Subscriber> SubscriberAsync(bool isPublic = true)
    {
        var subscriber = await Subscriber.StartAsync(database, clock, hub, isPublic);
        await database.ExecuteAsync($"insert into ingest.feed_schedule (feed_id, url_key, host) values ('{feed}', 'gazette.example/feed', 'gazette.example') on conflict do nothing");
        return subscriber;
    }

    Task<IReadOnlyList<string>> EventsAsync() => database.RowsAsync($"select to_char(version, '00') || ' ' || type || coalesce(' ' || (data ->> 'reason'), '') from ingest.mt_events where stream_id = '{feed}'");

    [Fact]
    public async Task A_feed_is_brought_by_its_hub_until_the_lease_ends()
    {
        await using var ingest = await SubscriberAsync();
        await ingest.Hubs.EnsureAsync(feed, hub.Address, Topic, default);
        await ingest.Renewal.RunDueAsync(default);
        var asked = Assert.Single(await hub.RequestsAsync(1));
        Assert.Equal(("subscribe", Topic, "864000"), (asked["hub.mode"], asked["hub.topic"], asked["hub.lease_seconds"]));
        Assert.StartsWith($"{ingest.Address}hooks/websub/", asked["hub.callback"], StringComparison.Ordinal);
        await hub.VerifiedAsync(1);
        Assert.Equal(["feed_hub_subscribed"], (await EventsAsync()).Select(Name));

        // A poll that finds the same hub changes nothing.
        await ingest.Hubs.EnsureAsync(feed, hub.Address, Topic, default);
        await ingest.Renewal.RunDueAsync(default);
        Assert.Single(hub.Requests);

        var body = Encoding.UTF8.GetBytes("<rss version=\"2.0\"/>");
        Assert.Equal(HttpStatusCode.Accepted, await Hub.DeliverAsync(asked, body, Hub.Sign(asked["hub.secret"], body)));
        Assert.Equal((feed, "<rss version=\"2.0\"/>", "application/rss+xml"), Assert.Single(ingest.Taken));
        Assert.Equal(HttpStatusCode.Accepted, await Hub.DeliverAsync(asked, body, Hub.Sign("another secret", body)));
        Assert.Equal(HttpStatusCode.Accepted, await Hub.DeliverAsync(asked, body, null));
        Assert.Equal(HttpStatusCode.Accepted, await Hub.DeliverAsync(asked, [.. body, (byte)' '], Hub.Sign(asked["hub.secret"], body)));
        Assert.Single(ingest.Taken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Hub.DeliverAsync(asked, new byte[HubEndpoints.MaxBytes + 1], Hub.Sign(asked["hub.secret"], body)));
        ingest.Fails = true;
        Assert.Equal(HttpStatusCode.InternalServerError, await Hub.DeliverAsync(asked, body, Hub.Sign(asked["hub.secret"], body)));
        ingest.Fails = false;

        // Renewed when a fifth of the ten days is left, up to a fifth of that sooner; same address, same secret.
        clock.Now = Start.AddDays(7.5);
        await ingest.Renewal.RunDueAsync(default);
        Assert.Single(hub.Requests);
        clock.Now = Start.AddDays(8.01);
        await ingest.Renewal.RunDueAsync(default);
        var again = (await hub.RequestsAsync(2))[1];
        Assert.Equal((asked["hub.callback"], asked["hub.secret"]), (again["hub.callback"], again["hub.secret"]));
        await hub.VerifiedAsync(2);
        Assert.Equal(["feed_hub_subscribed", "feed_hub_subscribed"], (await EventsAsync()).Select(Name));

        // The hub falls silent: it is asked again and again, until the lease ends and polling alone goes on.
        hub.Status = StatusCodes.Status503ServiceUnavailable;
        for (var hours = 0; hours <= 11 * 24; hours += 6)
        {
            clock.Now = Start.AddDays(8.01).AddHours(hours);
            await ingest.Renewal.RunDueAsync(default);
            if (hours == 9 * 24) Assert.Equal(HttpStatusCode.Accepted, await Hub.DeliverAsync(asked, body, Hub.Sign(asked["hub.secret"], body)));
        }
        Assert.Equal(2, ingest.Taken.Count);
        Assert.Equal(" 03 feed_hub_ended Its lease ran out, and the hub did not renew it. The hub answered 503.", (await EventsAsync())[2]);
        Assert.Equal(HttpStatusCode.Gone, await Hub.DeliverAsync(asked, body, Hub.Sign(asked["hub.secret"], body)));
        Assert.Equal(2, ingest.Taken.Count);

        // A day later a poll finds the hub named still: all begins anew, under a new address.
        (hub.Status, clock.Now) = (StatusCodes.Status202Accepted, clock.Now.AddDays(1));
        var before = hub.Requests.Count;
        await ingest.Hubs.EnsureAsync(feed, hub.Address, Topic, default);
        await ingest.Renewal.RunDueAsync(default);
        Assert.NotEqual(asked["hub.callback"], (await hub.RequestsAsync(before + 1))[^1]["hub.callback"]);
    }

    [Fact]
    public async Task A_hub_that_refuses_is_left_alone_for_a_day()
    {
        hub.Denies = "Not for you";
        await using var ingest = await SubscriberAsync();
        await ingest.Hubs.EnsureAsync(feed, hub.Address, Topic, default);
        await ingest.Renewal.RunDueAsync(default);
        await hub.VerifiedAsync(1);
        Assert.Equal([" 01 feed_hub_ended The hub refused. Not for you"], await EventsAsync());
        clock.Now = Start.AddHours(23);
        await ingest.Hubs.EnsureAsync(feed, hub.Address, Topic, default);
        await ingest.Renewal.RunDueAsync(default);
        Assert.Single(hub.Requests);
        clock.Now = Start.AddHours(24);
        await ingest.Hubs.EnsureAsync(feed, hub.Address, Topic, default);
        await ingest.Renewal.RunDueAsync(default);
        Assert.Equal(2, (await hub.RequestsAsync(2)).Count);
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_confirmed_and_the_challenge_goes_back_as_it_came()
    {
        hub.Verifies = false;
        await using var ingest = await SubscriberAsync();
        await ingest.Hubs.EnsureAsync(feed, hub.Address, Topic, default);
        await ingest.Renewal.RunDueAsync(default);
        var callback = (await hub.RequestsAsync(1))[0]["hub.callback"];
        async Task<(HttpStatusCode, string?, string)> AskAsync(string address, string mode, string topic, string? challenge)
        {
            using var answer = await Hub.Client.GetAsync(new Uri(QueryHelpers.AddQueryString(address, new Dictionary<string, string?> { ["hub.mode"] = mode, ["hub.topic"] = topic, ["hub.challenge"] = challenge, ["hub.lease_seconds"] = "3600" })));
            return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
        }
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(callback, "unsubscribe", Topic, "c")).Item1);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(callback, "subscribe", "https://gazette.example/other", "c")).Item1);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(callback, "subscribe", Topic, null)).Item1);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(callback + "0", "subscribe", Topic, "c")).Item1);
        Assert.Equal(HttpStatusCode.Gone, await Hub.DeliverAsync(callback + "0", [], null));
        Assert.Empty(await EventsAsync());
        Assert.Equal((HttpStatusCode.OK, "text/plain", "<b>é&1 +</b>"), await AskAsync(callback, "subscribe", Topic, "<b>é&1 +</b>"));
        Assert.Equal((HttpStatusCode.OK, "text/plain", "2"), await AskAsync(callback, "subscribe", Topic, "2"));
        Assert.Equal(["feed_hub_subscribed"], (await EventsAsync()).Select(Name));
    }

    [Fact]
    public async Task A_feed_that_is_left_is_unsubscribed()
    {
        await using var ingest = await SubscriberAsync();
        await ingest.Hubs.EnsureAsync(feed, hub.Address, Topic, default);
        await ingest.Renewal.RunDueAsync(default);
        await hub.VerifiedAsync(1);
        await ingest.Hubs.LeaveAsync(feed, "The feed is paused.", default);
        await ingest.Renewal.RunDueAsync(default);
        var left = (await hub.RequestsAsync(2))[1];
        Assert.Equal(("unsubscribe", Topic, hub.Requests.First()["hub.callback"]), (left["hub.mode"], left["hub.topic"], left["hub.callback"]));
        Assert.False(left.ContainsKey("hub.secret"));
        await hub.VerifiedAsync(2);
        Assert.Equal(HttpStatusCode.Gone, await Hub.DeliverAsync(left, [], null));
        Assert.Equal(" 02 feed_hub_ended The feed is paused.", (await EventsAsync())[1]);
        clock.Now = Start.AddYears(1);
        await ingest.Renewal.RunDueAsync(default);
        Assert.Equal(2, hub.Requests.Count);
    }

    [Fact]
    public async Task A_hub_does_not_lead_to_inner_addresses()
    {
        hub.Redirect = hub.Address + "inner";
        await using var ingest = await SubscriberAsync();
        await ingest.Hubs.EnsureAsync(feed, hub.Address, Topic, default);
        var other = Guid.NewGuid();
        await ingest.Hubs.EnsureAsync(other, "http://127.0.0.1:1/", Topic, default);
        await ingest.Renewal.RunDueAsync(default);
        await Running.UntilAsync(async () => await database.CountAsync("ingest.hub_subscriptions where problem like '%is not on the public internet%'") == 2);
        Assert.Single(hub.Requests);
    }

    [Fact]
    public async Task Without_a_public_address_hubs_are_not_used_and_what_stood_is_ended()
    {
        await using (var ingest = await SubscriberAsync())
        {
            await ingest.Hubs.EnsureAsync(feed, hub.Address, Topic, default);
            await ingest.Renewal.RunDueAsync(default);
            await hub.VerifiedAsync(1);
        }
        await using var inside = await SubscriberAsync(isPublic: false);
        await Running.UntilAsync(async () => (await EventsAsync()).Contains(" 02 feed_hub_ended This system has no public address any more."));
        await inside.Hubs.EnsureAsync(Guid.NewGuid(), hub.Address, Topic, default);
        Assert.Equal(1, await database.CountAsync("ingest.hub_subscriptions"));
        Assert.Single(hub.Requests);
        Assert.Single(inside.Log, line => line.Contains("Ingest:PublicAddress", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Processes_share_what_is_due_and_ask_for_each_feed_once()
    {
        hub.Verifies = false;
        await using var one = await SubscriberAsync();
        await using var other = await SubscriberAsync();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => one.Hubs.EnsureAsync(Guid.NewGuid(), hub.Address, $"{Topic}/{i}", default)));
        await Task.WhenAll(one.Renewal.RunDueAsync(default), other.Renewal.RunDueAsync(default), one.Renewal.RunDueAsync(default));
        await hub.RequestsAsync(60);
        Assert.Equal(60, hub.Requests.Select(request => request["hub.topic"]).Distinct().Count());
        Assert.Equal(60, hub.Requests.Count);
    }

    static string Name(string happened) => happened.Trim().Split(' ')[1];

    sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }
        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>A hub as the specification has it: takes a request, then asks back.</summary>
    sealed class Hub : IAsyncDisposable
    {
        public static readonly HttpClient Client = new();
        readonly WebApplication app;
        int verified;

        Hub()
        {
            Port = Machine.FreePorts(1);
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls(Address);
            app = builder.Build();
            app.MapPost("/{**any}", async (HttpContext http) =>
            {
                var form = (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
                Requests.Enqueue(form);
                if (Redirect is not null) http.Response.Headers.Location = Redirect;
                else if (Status == StatusCodes.Status202Accepted && Verifies) _ = VerifyAsync(form);
                return Results.StatusCode(Redirect is null ? Status : StatusCodes.Status307TemporaryRedirect);
            });
        }

        public int Port { get; }
        public string Address => $"http://127.0.0.1:{Port}/";
        public int Status { get; set; } = StatusCodes.Status202Accepted;
        public bool Verifies { get; set; } = true;
        public string? Denies { get; set; }
        public string? Redirect { get; set; }
        public ConcurrentQueue<Dictionary<string, string>> Requests { get; } = new();

        public static async Task<Hub> StartAsync()
        {
            var hub = new Hub();
            await hub.app.StartAsync();
            return hub;
        }

        public async Task<IReadOnlyList<Dictionary<string, string>>> RequestsAsync(int count)
        {
            await Running.UntilAsync(() => Task.FromResult(Requests.Count >= count));
            return [.. Requests];
        }

        public Task VerifiedAsync(int count) => Running.UntilAsync(() => Task.FromResult(verified >= count));

        async Task VerifyAsync(Dictionary<string, string> form)
        {
            var challenge = Guid.NewGuid().ToString();
            var query = new Dictionary<string, string?> { ["hub.mode"] = Denies is null ? form["hub.mode"] : "denied", ["hub.topic"] = form["hub.topic"] };
            if (Denies is not null) query["hub.reason"] = Denies;
            else (query["hub.challenge"], query["hub.lease_seconds"]) = (challenge, "864000");
            using var answer = await Client.GetAsync(new Uri(QueryHelpers.AddQueryString(form["hub.callback"], query)));
            if (answer.IsSuccessStatusCode && (Denies is not null || await answer.Content.ReadAsStringAsync() == challenge)) Interlocked.Increment(ref verified);
        }

        public static string Sign(string secret, byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

        public static Task<HttpStatusCode> DeliverAsync(Dictionary<string, string> subscription, byte[] body, string? signature) => DeliverAsync(subscription["hub.callback"], body, signature);

        public static async Task<HttpStatusCode> DeliverAsync(string callback, byte[] body, string? signature)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, callback) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/rss+xml");
            request.Headers.ExpectContinue = body.Length > 1_000_000;
            if (signature is not null) request.Headers.Add("X-Hub-Signature", signature);
            using var answer = await Client.SendAsync(request);
            return answer.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    /// <summary>Ingest, as far as hubs see it.</summary>
    sealed class Subscriber : IAsyncDisposable
    {
        readonly WebApplication app;

        Subscriber(WebApplication app, string address) => (this.app, Address) = (app, address);

        public string Address { get; }
        public HubStore Hubs => app.Services.GetRequiredService<HubStore>();
        public HubRenewal Renewal => app.Services.GetRequiredService<HubRenewal>();
        public ConcurrentQueue<(Guid Feed, string Body, string? ContentType)> Taken { get; } = new();
        public ConcurrentQueue<string> Log { get; private init; } = new();
        public bool Fails { get; set; }

        public static async Task<Subscriber> StartAsync(Database database, Clock clock, Hub hub, bool isPublic)
        {
            var address = $"http://127.0.0.1:{Machine.FreePorts(1)}/";
            var log = new ConcurrentQueue<string>();
            Subscriber subscriber = null!;
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.ClearProviders().AddProvider(new Lines(log));
            builder.Configuration.AddInMemoryCollection(
            [
                new("ConnectionStrings:Direct", database.As("ingest")),
                new("Outbound:Allow", $"127.0.0.1:{hub.Port}"),
                new("Ingest:PublicAddress", isPublic ? address : ""),
            ]);
            builder.WebHost.UseUrls(address);
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton<Outbound>();
            builder.AddEventStore("ingest", schema: "ingest", store =>
            {
                store.AddFeeds();
            });
            builder.AddWebSub();
            builder.Services.AddSingleton<TakeHubContent>((feed, body, contentType, _) =>
            {
                if (subscriber.Fails) throw new InvalidOperationException("It could not be kept.");
                subscriber.Taken.Enqueue((feed, Encoding.UTF8.GetString(body.Span), contentType));
                return Task.CompletedTask;
            });
            var app = builder.Build();
            app.MapWebSub();
            subscriber = new Subscriber(app, address) { Log = log };
            await app.StartAsync();
            return subscriber;
        }

        public async ValueTask DisposeAsync()
        {
            var database = app.Services.GetRequiredService<NpgsqlDataSource>();
            await app.StopAsync();
            await app.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    sealed class Lines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Enqueue(formatter(state, exception));
        public void Dispose()
        {
        }
    }
}
