using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Monitoring.Ingest;

/// <summary>
/// The gateway speaks HTTP/2 cleartext to Ingest, on a port that speaks nothing else: over HTTP/1.1 a proxy sends the whole
/// body before it reads the response, and an upload whose results nobody reads yet comes to a halt.
/// </summary>
static class Streams
{
    public static void ListenForStreams(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        // Uploads last as long as they last; the gateway, where clients connect, keeps its limits for all other routes.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        // A connection carries several uploads: one that waits for the database must not use up the window of the others.
        kestrel.Limits.Http2.InitialStreamWindowSize = 768 * 1024;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 16 << 20;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2);
    });
}
