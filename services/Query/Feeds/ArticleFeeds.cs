using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;
using Monitoring.Hosting;
using Monitoring.Query.Articles;
using Monitoring.QueryLanguage;
using Monitoring.ReadModels;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;
using Ids = Monitoring.Contracts.Ids;

namespace Monitoring.Query.Feeds;

/// <summary><c>GET /api/articles.atom</c> and <c>.json</c>: every query is a feed.</summary>
public static class ArticleFeeds
{
    const int MaxLimit = 200;

    public static void MapArticleFeeds(this IEndpointRouteBuilder app)
    {
        Map(app, "atom", Atom.ContentType, Atom.Write, "The newest articles of a query as an Atom feed");
        Map(app, "json", JsonFeed.ContentType, JsonFeed.Write, "The newest articles of a query as a JSON Feed");
    }

    static void Map(IEndpointRouteBuilder app, string extension, string contentType, Func<FeedContent, byte[]> write, string summary) => app
        .MapGet($"/api/articles.{extension}",
            (HttpContext http, StoredArticles articles, NpgsqlDataSource database, IConfiguration configuration, [AsParameters] ArticleFilter filter, [AsParameters] FeedSize size) =>
                HandleAsync(http, articles, database, configuration, filter, size.Limit ?? 50, contentType, write))
        .RequireAuthorization(Scopes.Query)
        .WithTags("Feeds").WithName($"feed-articles-{extension}").WithSummary(summary)
        .WithDescription("An entry's updated is when its latest revision came in. Send ETag or Last-Modified back and what has not changed is not sent again. Where Query:Hub is set, the feed names it (WebSub).")
        .Produces<string>(StatusCodes.Status200OK, contentType.Split(';')[0]).Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<IResult> HandleAsync(
        HttpContext http, StoredArticles articles, NpgsqlDataSource database, IConfiguration configuration, ArticleFilter filter, int limit, string contentType, Func<FeedContent, byte[]> write)
    {
        if (limit is < 1 or > MaxLimit) throw new ProblemException(400, $"limit must lie between 1 and {MaxLimit}.", "limit");
        var stored = await articles.PagesAsync(filter, limit, http.RequestAborted).FirstOrDefaultAsync(http.RequestAborted) ?? [];
        var entries = await EntriesAsync(database, [.. stored.Select(json => JsonSerializer.Deserialize<Article>(json.Span, Json.Options)!)], http.RequestAborted);
        var home = Home(http.Request, configuration);
        var (query, hub) = (http.Request.QueryString.Value ?? "", configuration["Query:Hub"] is { Length: > 0 } address ? new Uri(address) : null);
        var feed = new FeedContent(Ids.Feed(query), Title(filter), new Uri($"{home}{http.Request.Path}{query}"), home, hub, entries);
        if (hub is not null) http.Response.Headers.Append(HeaderNames.Link, new[] { $"<{hub.AbsoluteUri}>; rel=\"hub\"", $"<{feed.Self.AbsoluteUri}>; rel=\"self\"" });
        http.Response.Headers.CacheControl = "private, no-cache";
        var bytes = write(feed);
        return TypedResults.Bytes(bytes, contentType, lastModified: entries.Count == 0 ? null : entries.Max(entry => entry.Touched),
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\""));
    }

    /// <summary>The query in words.</summary>
    static string Title(ArticleFilter filter)
    {
        var words = QueryDescription.InWords(filter.ToQuery());
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>When things happened is in the journal; a document made anew would say that it was just now.</summary>
    static async Task<IReadOnlyList<FeedEntry>> EntriesAsync(NpgsqlDataSource database, IReadOnlyList<Article> articles, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select stream_id, max(timestamp) filter (where type in ('article_received', 'article_revised')), max(timestamp)
            from {Schema}.mt_events where stream_id = any($1) group by stream_id
            """);
        command.Parameters.Add(new() { Value = articles.Select(article => article.Id).ToArray() });
        var times = new Dictionary<Guid, (DateTimeOffset Updated, DateTimeOffset Touched)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) times.Add(reader.GetGuid(0), (reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return [.. articles.Select(article => new FeedEntry(article, times[article.Id].Updated, times[article.Id].Touched))];
    }

    /// <summary>The address as the client knows it: as configured, else as the gateway passes it on.</summary>
    static string Home(HttpRequest request, IConfiguration configuration)
    {
        if (configuration["Query:Address"] is { Length: > 0 } address) return address.TrimEnd('/');
        var (scheme, host) = (request.Headers["X-Forwarded-Proto"].FirstOrDefault() ?? request.Scheme, request.Headers["X-Forwarded-Host"].FirstOrDefault() ?? request.Host.Value);
        return UriHelper.BuildAbsolute(scheme, new HostString(host ?? "localhost")).TrimEnd('/');
    }
}

/// <summary>How many entries a feed has.</summary>
public sealed class FeedSize
{
    /// <summary>1 to 200 entries; 50 if left out.</summary>
    [Microsoft.AspNetCore.Mvc.FromQuery(Name = "limit")]
    public int? Limit { get; init; }
}
