using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace Monitoring.Import;

/// <summary>The import cannot go on; the message says why in plain words.</summary>
public sealed class ImportException(string message) : Exception(message);

/// <summary>An answer that is none yet: try again.</summary>
sealed class NotNowException(string message, TimeSpan? after = null) : Exception(message)
{
    public TimeSpan? After { get; } = after;
}

/// <summary>The running system. What it cannot take for the moment (503, 429, no connection) is sent again, when it says so.</summary>
public sealed class Api : IDisposable
{
    const int Attempts = 10;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    readonly HttpClient client;
    readonly ResiliencePipeline retry;
    readonly TimeProvider time;
    bool answeredOnce;

    /// <param name="address">Of the gateway.</param>
    /// <param name="key">With the scope ingest.</param>
    /// <param name="time">For the waits between attempts; the system's where absent.</param>
    public Api(Uri address, string key, TimeProvider? time = null)
    {
        this.time = time ?? TimeProvider.System;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(5),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        };
        retry = new ResiliencePipelineBuilder { TimeProvider = this.time }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = Longest,
            // A system that never answered is not there.
            ShouldHandle = new PredicateBuilder().Handle<NotNowException>()
                .Handle<HttpRequestException>(_ => answeredOnce).Handle<IOException>(_ => answeredOnce).Handle<TaskCanceledException>(fault => fault.InnerException is TimeoutException),
            DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Exception is NotNowException { After: { } after } ? after : (TimeSpan?)null),
            OnRetry = attempt =>
            {
                Waiting?.Invoke(attempt.RetryDelay);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    public Uri Address => client.BaseAddress!;

    /// <summary>Hears of waits before another attempt.</summary>
    public Action<TimeSpan>? Waiting { get; set; }

    /// <summary>Posts, again and again if need be, and gives the last answer.</summary>
    /// <param name="path">With its query.</param>
    /// <param name="body">What to post; made anew for every attempt.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, Func<HttpContent> body, CancellationToken cancellation) =>
        RepeatAsync(async token =>
        {
            using var response = await SendAsync(path, body(), token);
            var text = await response.Content.ReadAsStringAsync(token);
            return (response.StatusCode, Parse(text) ?? throw new ImportException($"{new Uri(Address, path)} answered {(int)response.StatusCode} with what is no JSON; is that Monitoring?"));
        }, cancellation);

    /// <summary>
    /// Posts lines until each has its answer: an interrupted stream goes on at the first line that has none, and lines that
    /// could not be kept for the moment are sent again.
    /// </summary>
    /// <param name="path">With its query.</param>
    /// <param name="lines">In their order.</param>
    /// <param name="answered">Hears each answer once.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task PostLinesAsync(string path, List<Line> lines, Action<Line, JsonElement> answered, CancellationToken cancellation) =>
        RepeatAsync<object?>(async token =>
        {
            using var response = await SendAsync(path, new NdjsonContent([.. lines]), token);
            if (!response.IsSuccessStatusCode)
                throw new ImportException(Reason(Parse(await response.Content.ReadAsStringAsync(token))) ?? $"{Address} answered {(int)response.StatusCode}.");
            var (sent, again, next) = (lines.ToArray(), new List<Line>(), 0);
            try
            {
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(token), Encoding.UTF8);
                while (next < sent.Length && await reader.ReadLineAsync(token) is { } text && Parse(text) is { } answer)
                {
                    var line = sent[next++];
                    if (answer.TryGetProperty("problem", out var problem) && problem.TryGetProperty("status", out var status) && status.GetInt32() == 503) again.Add(line);
                    else answered(line, answer);
                }
            }
            finally
            {
                lines.Clear();
                lines.AddRange([.. again, .. sent[next..]]);
            }
            if (lines.Count > 0) throw new NotNowException("The system could not keep some lines for the moment.");
            return null;
        }, cancellation);

    /// <summary>Is anybody there? Throws what to tell where not.</summary>
    public Task CheckAsync(CancellationToken cancellation) => RepeatAsync<object?>(async token =>
    {
        using var response = await client.GetAsync(new Uri("/health/live", UriKind.Relative), token);
        answeredOnce = true;
        return null;
    }, cancellation);

    async Task<HttpResponseMessage> SendAsync(string path, HttpContent body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        answeredOnce = true;
        if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout)) return response;
        using (response)
        {
            if (response.StatusCode == HttpStatusCode.Unauthorized) throw new ImportException("The key is not known to the system.");
            var after = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
            throw new NotNowException($"The system answered {(int)response.StatusCode}.", after is { } wait ? TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, Longest.Ticks)) : null);
        }
    }

    async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation)
    {
        try
        {
            return await retry.ExecuteAsync(async token => await attempt(token), cancellation);
        }
        catch (Exception fault) when (fault is NotNowException or HttpRequestException or IOException || fault is TaskCanceledException { InnerException: TimeoutException })
        {
            throw new ImportException($"The system at {Address} {(answeredOnce ? "does not answer any more" : "is not reachable")}: {fault.Message}");
        }
    }

    /// <summary>What a problem says: its detail, else its title.</summary>
    public static string? Reason(JsonElement? problem) => problem is { ValueKind: JsonValueKind.Object } body
        ? (body.TryGetProperty("detail", out var detail) || body.TryGetProperty("title", out detail) ? detail.GetString() : null) : null;

    static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text.Length > 0 ? text : "{}");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => client.Dispose();

    sealed class NdjsonContent : HttpContent
    {
        readonly Line[] lines;

        public NdjsonContent(Line[] lines)
        {
            this.lines = lines;
            Headers.ContentType = new MediaTypeHeaderValue(Entries.Ndjson);
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var line in lines)
            {
                await stream.WriteAsync(line.Bytes);
                await stream.WriteAsync("\n"u8.ToArray());
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = lines.Sum(line => line.Bytes!.Length + 1L);
            return true;
        }
    }
}
