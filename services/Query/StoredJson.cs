using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;

namespace Monitoring.Query;

/// <summary>JSON that is ready: to the client as it is, with an ETag of its bytes and a 304 for whoever has them already.</summary>
/// <param name="json">The answer.</param>
/// <param name="next">Cursor of the next page, for its Link.</param>
/// <param name="cursor">The parameter that takes it.</param>
sealed class StoredJson(ReadOnlyMemory<byte> json, string? next = null, string cursor = "cursor") : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json.Span).AsSpan(0, 12))}\"");
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "private, no-cache";
        if (next is not null) response.Headers.Link = $"<{NextPage(request)}>; rel=\"next\"";
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, httpContext.RequestAborted);
    }

    string NextPage(HttpRequest request)
    {
        var query = request.Query.Where(parameter => parameter.Key != cursor)
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value ?? ""));
        return request.Path + new QueryBuilder(query) { { cursor, next! } }.ToString();
    }
}
