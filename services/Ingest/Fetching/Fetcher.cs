using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Monitoring.Hosting;

namespace Monitoring.Ingest.Fetching;

/// <summary>
/// Polite GET through the guard against inner addresses: conditional, at most five redirects, each checked anew, two requests at
/// a time and ten a second per host, 20 seconds and 15 MB for all of it.
/// </summary>
public sealed class Fetcher(Outbound outbound, TimeProvider time, IConfiguration configuration) : IDisposable
{
    public const int MaxBytes = 15 << 20;
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    const int MaxRedirects = 5;

    readonly HttpMessageInvoker first = new(outbound.CreateHandler());
    // Exceptions in Outbound:Allow do not hold for an address that a stranger's redirect names.
    readonly HttpMessageInvoker redirected = new(outbound.CreateHandler(exceptions: false));
    readonly HostLimits hosts = new(time);
    readonly string userAgent = configuration["Ingest:UserAgent"] is { Length: > 0 } named ? named : "Monitoring/1 (news monitoring; feed reader)";

    /// <param name="address">Absolute; anything but http and https is refused.</param>
    /// <param name="accept">Value of the Accept header.</param>
    /// <param name="validators">Of the copy held, if any.</param>
    /// <param name="cancellation">Ends the request. Its time-out does not throw: it is a result.</param>
    public async Task<Fetched> GetAsync(Uri address, string accept, Validators? validators, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(System.Threading.Timeout.InfiniteTimeSpan, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        var at = address;
        try
        {
            Uri? moved = null;
            for (var redirects = 0; ; redirects++)
            {
                if (Refusal(at) is { } refusal) return Failed(at, null, refusal);
                using var turn = await hosts.WaitAsync(at, ending.Token);
                // Waiting for one's turn is no fault of the server.
                if (redirects == 0) timeout.CancelAfter(Timeout);
                using var request = Request(at, accept, validators);
                using var response = await Client(address, at).SendAsync(request, ending.Token);
                if (Redirect(response, at) is not { } next) return await ReadAsync(response, at, moved, ending.Token);
                if (redirects == MaxRedirects) return Failed(at, response.StatusCode, $"It was redirected more than {MaxRedirects} times.");
                // One step that is not for good and the address we hold is still the right one to ask.
                var permanent = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect;
                moved = permanent && (redirects == 0 || moved is not null) ? next : null;
                at = next;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed(at, null, $"{at.Host} did not answer in full within {Timeout.TotalSeconds} s.");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException or TooLargeException)
        {
            return Failed(at, null, Reason(at, fault));
        }
    }

    static string? Refusal(Uri address) => address switch
    {
        { Scheme: not ("http" or "https") } => $"{address.Scheme}: addresses are not fetched, only http and https.",
        { UserInfo.Length: > 0 } => "An address with credentials in it is not fetched.",
        _ => null,
    };

    // The server that an operator allowed may redirect within itself: that opens nothing more than he did.
    HttpMessageInvoker Client(Uri asked, Uri at) =>
        Uri.Compare(asked, at, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0 ? first : redirected;

    HttpRequestMessage Request(Uri address, string accept, Validators? validators)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        var headers = request.Headers;
        headers.TryAddWithoutValidation("User-Agent", userAgent);
        headers.TryAddWithoutValidation("Accept", accept);
        headers.TryAddWithoutValidation("Accept-Encoding", "br, gzip");
        if (validators?.ETag is { } tag) headers.TryAddWithoutValidation("If-None-Match", tag);
        if (validators?.LastModified is { } modified) headers.TryAddWithoutValidation("If-Modified-Since", modified);
        return request;
    }

    static Uri? Redirect(HttpResponseMessage response, Uri at) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location ? new Uri(at, location) : null;

    async Task<Fetched> ReadAsync(HttpResponseMessage response, Uri at, Uri? moved, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var answer = new Fetched
        {
            Address = at,
            MovedTo = moved,
            Status = response.StatusCode,
            ContentType = Raw(response.Content.Headers, "Content-Type"),
            Validators = new Validators(Raw(response.Headers, "ETag"), Raw(response.Content.Headers, "Last-Modified")),
            FreshUntil = FreshUntil(response, now),
            RetryAfter = response.Headers.RetryAfter is { } after ? after.Date ?? now + after.Delta : null,
        };
        return response.StatusCode switch
        {
            HttpStatusCode.OK => answer with { Body = await BoundedBody.ReadAsync(response.Content, MaxBytes, cancellation) },
            HttpStatusCode.NotModified => answer,
            _ => answer with { Error = $"{at.Host} answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd() + "." },
        };
    }

    static DateTimeOffset? FreshUntil(HttpResponseMessage response, DateTimeOffset now)
    {
        var cache = response.Headers.CacheControl;
        if (cache is { NoCache: true } or { NoStore: true }) return null;
        return cache?.MaxAge is { } age ? now + age : response.Content.Headers.Expires;
    }

    // As it stands on the wire: a client that parses a tag and writes it anew may change it, and the server then never says 304.
    static string? Raw(HttpHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    static Fetched Failed(Uri at, HttpStatusCode? status, string error) => new() { Address = at, Status = status, Error = error };

    static string Reason(Uri at, Exception fault) => fault switch
    {
        TooLargeException => fault.Message,
        { InnerException: OutboundDeniedException denied } => denied.Message,
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } => $"The name {at.Host} is not known.",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => $"{at.Authority} refused the connection.",
        { InnerException: System.Security.Authentication.AuthenticationException } => $"{at.Host} has no certificate that can be trusted.",
        InvalidDataException => $"{at.Host} sent a compressed answer that cannot be read.",
        _ => $"{at.Authority} could not be read: {fault.Message}",
    };

    public void Dispose()
    {
        first.Dispose();
        redirected.Dispose();
    }
}
