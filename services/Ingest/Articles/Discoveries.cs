using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Npgsql;

namespace Monitoring.Ingest.Articles;

/// <summary>A way in which an article came to us.</summary>
/// <param name="Via"><see cref="Push"/>, <see cref="Feed"/>, <see cref="Page"/>, <see cref="File"/> or <see cref="Hub"/>.</param>
/// <param name="FeedId">The feed, where one brought it.</param>
/// <param name="Address">Its address as given, trackers and all.</param>
public sealed record Discovery(string Via, Guid? FeedId, string? Address)
{
    public const string Push = "push", Feed = "feed", Page = "page", File = "file", Hub = "hub";

    /// <summary>A publisher that makes up an address for every reader says nothing new with each.</summary>
    public const int MaxPerArticle = 100;

    public Guid Id(Guid articleId) => Ids.Discovery(articleId, $"{Via}|{FeedId}|{Address}");
}

/// <param name="Via">push, feed, page, file or hub.</param>
/// <param name="FeedId">The feed, where one brought it.</param>
/// <param name="Address">Its address as given.</param>
/// <param name="At">When it first came that way.</param>
public sealed record DiscoveryItem(string Via, Guid? FeedId, string? Address, DateTimeOffset At);

/// <param name="Items">Oldest first, at most 100.</param>
public sealed record DiscoveryList(IReadOnlyList<DiscoveryItem> Items);

/// <summary><c>GET /api/articles/{id}/discoveries</c>: how an article came to us, from its events.</summary>
public static class Discoveries
{
    public static void MapDiscoveries(this IEndpointRouteBuilder app) => app.MapGet("/api/articles/{id:guid}/discoveries", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Articles").WithName("list-discoveries")
        .WithSummary("The ways in which an article came: push, feed, page, file or hub")
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="id">The article.</param>
    /// <param name="database">Where events are.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<DiscoveryList> HandleAsync(Guid id, NpgsqlDataSource database, CancellationToken cancellation) =>
        await ListAsync(database, id, cancellation) ?? throw new ProblemException(404, $"No article {id} is known here.", "id");

    /// <summary>Null where the article is not known.</summary>
    public static async Task<DiscoveryList?> ListAsync(NpgsqlDataSource database, Guid articleId, CancellationToken cancellation)
    {
        // Without the article itself, which may be large.
        await using var command = database.CreateCommand("""
            select data ->> 'discovery', data ->> 'receivedAt', data ->> 'at' from ingest.mt_events
            where stream_id = $1 and type in ('article_received', 'article_discovered') order by version
            """);
        command.Parameters.Add(new() { Value = articleId });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (known, items) = (false, new List<DiscoveryItem>());
        while (await reader.ReadAsync(cancellation))
        {
            known = true;
            if (reader.IsDBNull(0)) continue;
            var discovery = JsonSerializer.Deserialize<Discovery>(reader.GetString(0), Json.Options)!;
            var at = DateTimeOffset.Parse(reader.GetString(reader.IsDBNull(1) ? 2 : 1), System.Globalization.CultureInfo.InvariantCulture);
            items.Add(new DiscoveryItem(discovery.Via, discovery.FeedId, discovery.Address, at));
        }
        return known ? new DiscoveryList(items) : null;
    }
}
