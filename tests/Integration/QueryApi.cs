using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.Hosting;
using Monitoring.Query;
using Npgsql;

namespace Tests.Integration;

/// <summary>
/// Query as its Program.cs makes it, asked over HTTP: with its own role in the database, the token that the gateway would give,
/// and a socket file in place of a port.
/// </summary>
sealed class QueryApi : IAsyncDisposable
{
    readonly WebApplication app;

    QueryApi(WebApplication app, HttpClient client) => (this.app, Client) = (app, client);

    /// <summary>Asks as a key of the scope that the API was started with.</summary>
    public HttpClient Client { get; }

    /// <param name="database">Whose read models it answers from; Projection must have made them.</param>
    /// <param name="scope">Of whoever asks; null asks without a token.</param>
    /// <param name="settings">Further settings, as <c>--Name:Of=value</c>.</param>
    public static async Task<QueryApi> StartAsync(Database database, string? scope = Scopes.Query, params string[] settings)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var socket = $"{database.Socket}.{Guid.NewGuid():N}";
        var app = Service.Build("query",
            [$"--urls=http://unix:{socket}", $"--ConnectionStrings:Direct={database.As("query")}", $"--Internal:Secret={Convert.ToBase64String(secret)}",
                "--Serilog:MinimumLevel:Default=Error", .. settings],
            builder => builder.AddQuery(), app => app.MapQuery());
        await app.StartAsync();
        return new QueryApi(app, new HttpClient(new Gateway(socket, secret, scope)) { BaseAddress = new Uri("http://query") });
    }

    /// <summary>The answer, which must be 200.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"GET {path} answers {(int)response.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>The refusal, which must be problem details of the status; the sentence it says.</summary>
    public async Task<string> RefusedAsync(HttpStatusCode status, string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"GET {path} answers {(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(text) is var problem && problem.TryGetProperty("detail", out var detail) ? detail.GetString()! : "";
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        var database = app.Services.GetRequiredService<NpgsqlDataSource>();
        await app.StopAsync();
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Signs each request anew, because a token is valid for a minute only.</summary>
    sealed class Gateway(string socket, byte[] secret, string? scope) : DelegatingHandler(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
            return new NetworkStream(connection, ownsSocket: true);
        },
    })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (scope is not null) request.Headers.Add(InternalToken.Header, InternalToken.Create(secret, "test", [scope], [], DateTimeOffset.UtcNow));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
