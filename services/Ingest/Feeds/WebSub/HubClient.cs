using System.Globalization;
using System.Net;
using Monitoring.Hosting;

namespace Monitoring.Ingest.Feeds.WebSub;

/// <summary>The address under which the outside reaches the gateway (<c>Ingest:PublicAddress</c>); hubs are used only where it is known.</summary>
public sealed class PublicAddress(IConfiguration configuration)
{
    public Uri? Address { get; } = configuration["Ingest:PublicAddress"] is not { Length: > 0 } given ? null
        : HubSubscription.IsUsable(given) ? new Uri(given.TrimEnd('/') + "/")
        : throw new InvalidOperationException($"Ingest:PublicAddress must be an absolute http or https address; {given} is none.");

    public Uri Callback(string token) => new(Address!, $"hooks/websub/{token}");
}

/// <summary>Asks hubs for subscriptions, through the guard against inner addresses.</summary>
public sealed class HubClient(Outbound outbound, PublicAddress address) : IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    readonly HttpClient client = new(outbound.CreateHandler()) { Timeout = Timeout };

    // Exceptions in Outbound:Allow do not extend to where a hub redirects.
    readonly HttpClient redirected = new(outbound.CreateHandler(exceptions: false)) { Timeout = Timeout };

    /// <returns>Null where the hub took the request, which it confirms by asking back; else what went wrong, for a person.</returns>
    public async Task<string?> SendAsync(HubSubscription subscription, string mode, CancellationToken cancellation)
    {
        try
        {
            using var response = await PostAsync(client, new Uri(subscription.Hub), subscription, mode, cancellation);
            if (response.StatusCode is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) || response.Headers.Location is not { } location) return Problem(response);
            var target = new Uri(new Uri(subscription.Hub), location);
            if (!HubSubscription.IsUsable(target.AbsoluteUri)) return "The hub redirects to what is no web address.";
            using var second = await PostAsync(redirected, target, subscription, mode, cancellation);
            return Problem(second);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"The hub did not answer within {Timeout.TotalSeconds} s.";
        }
        catch (HttpRequestException fault)
        {
            return (fault.InnerException as OutboundDeniedException ?? fault as Exception).Message;
        }
    }

    static string? Problem(HttpResponseMessage response) => response.IsSuccessStatusCode ? null : $"The hub answered {(int)response.StatusCode}.";

    async Task<HttpResponseMessage> PostAsync(HttpClient by, Uri hub, HubSubscription subscription, string mode, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, hub)
        {
            Content = new FormUrlEncodedContent(
            [
                new("hub.callback", address.Callback(subscription.Token).AbsoluteUri),
                new("hub.mode", mode),
                new("hub.topic", subscription.Topic),
                .. mode == "subscribe"
                    ? [new("hub.lease_seconds", ((long)HubSubscription.Lease.TotalSeconds).ToString(CultureInfo.InvariantCulture)), new("hub.secret", subscription.Secret)]
                    : Array.Empty<KeyValuePair<string, string>>(),
            ]),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", $"Monitoring/1 (+{address.Address})");
        return await by.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    public void Dispose()
    {
        client.Dispose();
        redirected.Dispose();
    }
}
