using System.Net;
using System.Text.Json;

namespace Tests.Integration;

/// <summary>A client of Server-Sent Events.</summary>
sealed class EventStream(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string? LastId { get; private set; }

    public static async Task<EventStream> OpenAsync(HttpClient client, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var stream = new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        // The first block has no data: it says that the stream stands, and where.
        Assert.Equal("retry: 2000", await stream.LineAsync());
        stream.LastId = (await stream.LineAsync())!["id: ".Length..];
        Assert.Equal("", await stream.LineAsync());
        return stream;
    }

    /// <summary>The next event; null where the stream ends.</summary>
    public async Task<(string Type, JsonElement Item)?> NextAsync()
    {
        var (id, type, data) = ("", "", "");
        while (await LineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && data.Length > 0)
            {
                LastId = id;
                return (type, JsonElement.Parse(data));
            }
        }
        return null;
    }

    /// <summary>The next line, comments included.</summary>
    public async Task<string?> LineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await reader.ReadLineAsync(patience.Token);
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
