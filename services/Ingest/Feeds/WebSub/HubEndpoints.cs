using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Monitoring.Hosting;

namespace Monitoring.Ingest.Feeds.WebSub;

/// <summary>Takes in what a hub delivered; completes when it is kept.</summary>
/// <param name="feedId">The feed.</param>
/// <param name="body">Its document, whole or with what is new only.</param>
/// <param name="contentType">As the hub names it.</param>
/// <param name="cancellation">Ends with the request.</param>
public delegate Task TakeHubContent(Guid feedId, ReadOnlyMemory<byte> body, string? contentType, CancellationToken cancellation);

/// <summary>
/// <c>/hooks/websub/{token}</c>, where hubs call. The gateway lets them through without a key; the token, which only the hub
/// knows, and its signature take the key's place.
/// </summary>
public static class HubEndpoints
{
    const string Path = "/hooks/websub/{token}";

    /// <summary>As for a body that was fetched.</summary>
    public const int MaxBytes = 15 << 20;

    static readonly Counter<long> Deliveries =
        Telemetry.Meter.CreateCounter<long>("monitoring.ingest.hub_deliveries", "{delivery}", "What WebSub hubs delivered, by what became of it.");

    public static void MapHubs(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, VerifyAsync).ExcludeFromDescription();
        app.MapPost(Path, TakeAsync).ExcludeFromDescription();
    }

    static async Task<IResult> VerifyAsync(
        string token, HubStore hubs, HttpContext http,
        [FromQuery(Name = "hub.mode")] string? mode, [FromQuery(Name = "hub.topic")] string? topic, [FromQuery(Name = "hub.challenge")] string? challenge,
        [FromQuery(Name = "hub.lease_seconds")] string? leaseSeconds, [FromQuery(Name = "hub.reason")] string? reason, CancellationToken cancellation)
    {
        var isDenial = mode == "denied";
        if (!isDenial && string.IsNullOrEmpty(challenge)) return Results.NotFound();
        var lease = long.TryParse(leaseSeconds, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : (long?)null;
        if (await hubs.AskedAsync(token, mode, topic, lease, reason, cancellation) is null) return Results.NotFound();
        // The challenge goes back as it came, so no browser may take it for a page.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return isDenial ? Results.Ok() : Results.Text(challenge, "text/plain");
    }

    static async Task<IResult> TakeAsync(string token, HubStore hubs, [FromServices] TakeHubContent take, HttpContext http, ILogger<HubStore> log, CancellationToken cancellation)
    {
        if (await hubs.FindAsync(token, cancellation) is not { State: HubState.Requested or HubState.Verified } subscription)
        {
            Deliveries.Add(1, Outcome("ended"));
            return Results.StatusCode(StatusCodes.Status410Gone);
        }
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxBytes;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancellation);
        var content = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (!http.Request.Headers["X-Hub-Signature"].Any(signature => signature is not null && HubSignature.Verify(signature, content.Span, subscription.Secret)))
        {
            // Answered like a good one, so that nobody learns by trying (WebSub, section 8).
            Deliveries.Add(1, Outcome("forged"));
            log.LogWarning("A delivery for feed {Feed} was not signed by its hub, and is ignored", subscription.FeedId);
            return Results.Accepted();
        }
        await take(subscription.FeedId, content, http.Request.ContentType, cancellation);
        Deliveries.Add(1, Outcome("taken"));
        return Results.Accepted();
    }

    static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);
}
