using System.Globalization;
using System.Text.Json;
using Monitoring.Hosting;
using Monitoring.Query.Search;
using Monitoring.ReadModels;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Articles;

/// <summary>
/// <c>GET /api/articles/{id}</c>: the stored document as it is, or as it was known at an earlier moment. A withdrawn article says
/// that it is, and no more.
/// </summary>
public static class GetArticle
{
    public static void MapGetArticle(this IEndpointRouteBuilder app) => app.MapGet("/api/articles/{id:guid}", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Articles").WithName("get-article")
        .WithSummary("An article with its topics and entities, as it is or as it was known")
        .WithDescription("asOf answers with what the journal held then: the revision, topics and entities that were known. What is withdrawn by now is not shown as it was either.")
        .Produces<Article>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="id">The article.</param>
    /// <param name="past">Knows what was.</param>
    /// <param name="database">The read models.</param>
    /// <param name="asOf">ISO 8601: as it was known at this instant, or at the end of this date in UTC; as it is now where absent.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(Guid id, PastArticles past, NpgsqlDataSource database, string? asOf = null, CancellationToken cancellation = default) =>
        new StoredJson(Instants.Read(asOf, "asOf", endOfDay: true) is { } then
            ? JsonSerializer.SerializeToUtf8Bytes(await AsOfAsync(id, then, past, database, cancellation), Json.Options)
            : await NowAsync(id, database, cancellation));

    public static ProblemException NotFound(Guid id) => new(404, $"No article {id} is known here (yet: a new one is found within a second).", "id");

    static async Task<byte[]> NowAsync(Guid id, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select data::text from {Schema}.mt_doc_article where id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? reader.GetFieldValue<byte[]>(0) : throw NotFound(id);
    }

    static async Task<Article> AsOfAsync(Guid id, DateTimeOffset then, PastArticles past, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select min(timestamp) from {Schema}.mt_events where stream_id = $1");
        command.Parameters.AddWithValue(id);
        if (await command.ExecuteScalarAsync(cancellation) is not DateTime first) throw NotFound(id);
        if (first > then) throw new ProblemException(404, string.Create(CultureInfo.InvariantCulture, $"Article {id} was not known yet at {then.UtcDateTime:O}; it was first known at {first:O}."), "asOf");
        return (await past.AsOfAsync([id], then, cancellation)).Single();
    }
}
