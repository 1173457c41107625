using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Monitoring.Hosting;

namespace Monitoring.Ingest.Fetching;

/// <summary>A document to look at: the body of the request, else what is found at its <c>url</c>.</summary>
/// <param name="Bytes">As it came.</param>
/// <param name="ContentType">As it was named.</param>
/// <param name="Address">Where it is, where known.</param>
public sealed record PostedDocument(ReadOnlyMemory<byte> Bytes, string? ContentType, string? Address)
{
    /// <exception cref="ProblemException">400 for no address or no document, 413 where it is too large, 422 where the address gives none.</exception>
    public static async Task<PostedDocument> ReadAsync(HttpContext http, string? url, string accept, Fetcher fetcher, CancellationToken cancellation, int maxBytes = Fetcher.MaxBytes)
    {
        if (string.IsNullOrWhiteSpace(url)) url = null;
        Uri? address = null;
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out address) && address.Scheme is "http" or "https"))
            throw new ProblemException(400, "The url must be an absolute http or https address.", "url");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = maxBytes;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancellation);
        if (body.Length > 0) return new PostedDocument(body.ToArray(), http.Request.ContentType, url);
        if (address is null) throw new ProblemException(400, "The body is empty, and no url says where the document is.", "body");
        var fetched = await fetcher.GetAsync(address, accept, null, cancellation);
        return fetched is { Status: HttpStatusCode.OK, Error: null } ? new PostedDocument(fetched.Body, fetched.ContentType, fetched.Address.AbsoluteUri)
            : throw new ProblemException(422, fetched.Error ?? $"{address.Host} answered without a document.", "url");
    }
}
