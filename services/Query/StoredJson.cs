using System.Buffers;
using System.IO.Hashing;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;

namespace Monitoring.Query;

/// <summary>JSON that is ready: to the client as it is, with an ETag of its bytes and a 304 for whoever has them already.</summary>
/// <param name="json">The answer.</param>
/// <param name="next">Cursor of the next page, for its Link.</param>
/// <param name="cursor">The parameter that takes it.</param>
/// <param name="memory">What holds the answer until it is sent.</param>
sealed class StoredJson(ReadOnlySequence<byte> json, string? next = null, string cursor = "cursor", IDisposable? memory = null) : IResult
{
    public StoredJson(byte[] json, string? next = null, string cursor = "cursor") : this(new ReadOnlySequence<byte>(json), next, cursor) { }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var held = memory;
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = new EntityTagHeaderValue($"\"{Hash()}\"");
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
        foreach (var segment in json) await response.Body.WriteAsync(segment, httpContext.RequestAborted);
    }

    string Hash()
    {
        var hash = new XxHash128();
        foreach (var segment in json) hash.Append(segment.Span);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    string NextPage(HttpRequest request)
    {
        var query = request.Query.Where(parameter => parameter.Key != cursor)
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value ?? ""));
        return request.Path + new QueryBuilder(query) { { cursor, next! } }.ToString();
    }
}
