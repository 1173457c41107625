using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Monitoring.Alerts.Alerts;
using Monitoring.Alerts.Subscriptions;
using Monitoring.Hosting;

namespace Monitoring.Alerts.Delivery;

/// <param name="Status">What the receiver answered; absent when it did not.</param>
/// <param name="Error">In plain words; absent on success.</param>
/// <param name="RetryAfter">What the receiver asked for.</param>
public sealed record DeliveryAttempt(HttpStatusCode? Status, string? Error, TimeSpan? RetryAfter = null);

/// <summary>Posts an alert by Standard Webhooks 1.0, through the guard against inner addresses. Only 2xx is success.</summary>
public sealed class WebhookSender(Outbound outbound, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    readonly HttpClient client = new(outbound.CreateHandler()) { Timeout = Timeout };

    public async Task<DeliveryAttempt> SendAsync(Alert alert, Webhook webhook, CancellationToken cancellation)
    {
        var body = Body(alert);
        var now = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("Monitoring/1 (+news alerts)");
        request.Headers.Add("webhook-id", alert.Id.ToString());
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(webhook.Secret, alert.Id.ToString(), now, body));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode) return new DeliveryAttempt(response.StatusCode, null);
            var retryAfter = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - now : null;
            return new DeliveryAttempt(response.StatusCode, $"The receiver answered {(int)response.StatusCode}.", retryAfter);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new DeliveryAttempt(null, $"The receiver did not answer within {Timeout.TotalSeconds} s.");
        }
        catch (HttpRequestException fault)
        {
            return new DeliveryAttempt(null, (fault.InnerException as OutboundDeniedException ?? fault as Exception).Message);
        }
    }

    /// <summary>Well under the 20 kB that receivers are promised: evidence is cut first.</summary>
    static byte[] Body(Alert alert)
    {
        const int MaxSpans = 5, MaxReasons = 20;
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            Type = "alert.raised",
            Timestamp = alert.Raised,
            Data = new
            {
                alert.Id,
                alert.Subscription,
                alert.Article,
                Reasons = alert.Reasons.Take(MaxReasons).Select(reason => reason with { Evidence = [.. reason.Evidence.Take(MaxSpans)] }),
            },
        }, Json.Options);
    }

    public void Dispose() => client.Dispose();
}
