using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tests;

/// <summary>A request as the publisher saw it.</summary>
public sealed record SeenRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);
}

/// <summary>A web server on loopback that answers each path as it is told to, and remembers what it was asked.</summary>
public sealed class Publisher : IAsyncDisposable
{
    readonly WebApplication app = NewApp();
    readonly ConcurrentDictionary<string, Func<HttpContext, Task>> answers = new();

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public int Port { get; private set; }

    Publisher(int port)
    {
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.Run(async http =>
        {
            var path = http.Request.Path + http.Request.QueryString;
            Requests.Enqueue(new SeenRequest(path, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            if (answers.TryGetValue(path, out var answer)) await answer(http);
            else http.Response.StatusCode = 404;
        });
    }

    static WebApplication NewApp()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    /// <param name="port">Any free one where 0.</param>
    public static async Task<Publisher> StartAsync(int port = 0)
    {
        var publisher = new Publisher(port);
        await publisher.app.StartAsync();
        publisher.Port = new Uri(publisher.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        return publisher;
    }

    public Uri At(string path) => new($"http://127.0.0.1:{Port}{path}");

    public void Answers(string path, Func<HttpContext, Task> answer) => answers[path] = answer;

    public void Answers(string path, int status, params (string Name, string Value)[] headers) => Answers(path, http =>
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers) http.Response.Headers[name] = value;
        return Task.CompletedTask;
    });

    public void Serves(string path, string text, string type, params (string Name, string Value)[] headers) => Answers(path, async http =>
    {
        http.Response.ContentType = type;
        foreach (var (name, value) in headers) http.Response.Headers[name] = value;
        await http.Response.WriteAsync(text);
    });

    public int Asked(string path) => Requests.Count(request => request.Path == path);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
