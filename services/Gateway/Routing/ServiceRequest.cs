using System.Net;
using Monitoring.Hosting;

namespace Monitoring.Gateway.Routing;

/// <summary>A request of the gateway's own to a service behind it.</summary>
static class ServiceRequest
{
    public static HttpRequestMessage Create(IConfiguration configuration, TokenIssuer tokens, string service, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Routes.Address(configuration, service), path));
        if (service == "ingest") (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        request.Headers.Add(InternalToken.Header, tokens.ForGateway());
        return request;
    }
}
