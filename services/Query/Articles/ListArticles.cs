using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Monitoring.Hosting;
using Monitoring.ReadModels;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Articles;

/// <param name="Items">Articles without their bodies.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
/// <param name="Total">How many there are, counted up to 10,000.</param>
/// <param name="TotalIsExact">False where there are more than that.</param>
public sealed record ArticleList(IReadOnlyList<Article> Items, string? Next, int Total, bool TotalIsExact);

/// <summary><c>GET /api/articles</c>: newest first.</summary>
public static class ListArticles
{
    const int MaxCounted = 10_000;
    const int MaxLimit = 200;

    public static void MapListArticles(this IEndpointRouteBuilder app) => app.MapGet("/api/articles", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Articles").WithName("list-articles")
        .WithSummary("Articles by topic, entity, source, language and time, newest first")
        .WithDescription("A parameter given several times means any of its values; different parameters must all be met. Bodies are left out: GET the article.")
        .Produces<ArticleList>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="database">The read models.</param>
    /// <param name="topic">Name or Media Topics code; covers what is below it.</param>
    /// <param name="entity">Name, other name or id.</param>
    /// <param name="source">Domain or name of the outlet.</param>
    /// <param name="language">ISO 639 code.</param>
    /// <param name="publishedFrom">ISO 8601 date or instant.</param>
    /// <param name="publishedTo">ISO 8601; before this instant, or up to the end of this date.</param>
    /// <param name="limit">1 to 200 articles a page.</param>
    /// <param name="cursor">next of the page before.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(
        NpgsqlDataSource database, string[]? topic, string[]? entity, string[]? source, string[]? language,
        string? publishedFrom, string? publishedTo, int limit = 50, string? cursor = null, CancellationToken cancellation = default)
    {
        if (limit is < 1 or > MaxLimit) throw new ProblemException(400, $"limit must lie between 1 and {MaxLimit}.", "limit");
        var filter = ArticleFilter.From(topic, entity, source, language, publishedFrom, publishedTo);

        await using var batch = database.CreateBatch();
        var page = new NpgsqlBatchCommand();
        var where = filter.Where(page.Parameters);
        var after = After(cursor, page.Parameters);
        page.CommandText = $"""
            select (d.data - 'body')::text, page.dated, page.article_id
            from (select l.dated, l.article_id from {ListedArticles.TableName} l where {where}{after}
                  order by l.dated desc, l.article_id desc limit {limit + 1}) page
            join {Schema}.mt_doc_article d on d.id = page.article_id
            order by page.dated desc, page.article_id desc
            """;
        var count = new NpgsqlBatchCommand();
        count.CommandText = $"select count(*) from (select 1 from {ListedArticles.TableName} l where {filter.Where(count.Parameters)} limit {MaxCounted + 1}) counted";
        batch.BatchCommands.Add(page);
        batch.BatchCommands.Add(count);
        return await ReadAsync(batch, limit, cancellation);
    }

    static string After(string? cursor, NpgsqlParameterCollection parameters)
    {
        if (Cursor.Read(cursor) is not { } last) return "";
        if (!DateTimeOffset.TryParseExact(last.Key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var dated) || !Guid.TryParse(last.Id, out var id))
            throw Cursor.Invalid();
        parameters.Add(new NpgsqlParameter { Value = dated });
        parameters.Add(new NpgsqlParameter { Value = id });
        return $"\n and (l.dated, l.article_id) < (${parameters.Count - 1}, ${parameters.Count})";
    }

    static async Task<IResult> ReadAsync(NpgsqlBatch batch, int limit, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Options.Encoder });
        string? next = null;
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        json.WriteStartObject();
        json.WriteStartArray("items");
        (DateTimeOffset Dated, Guid Id) last = default;
        for (var read = 0; await reader.ReadAsync(cancellation); read++)
        {
            if (read == limit)
            {
                next = Cursor.Write(last.Dated.ToString("O", CultureInfo.InvariantCulture), last.Id.ToString());
                break;
            }
            json.WriteRawValue(reader.GetFieldValue<byte[]>(0), skipInputValidation: true);
            last = (reader.GetFieldValue<DateTimeOffset>(1), reader.GetGuid(2));
        }
        json.WriteEndArray();
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var counted = reader.GetInt64(0);
        if (next is not null) json.WriteString("next", next);
        json.WriteNumber("total", Math.Min(counted, MaxCounted));
        json.WriteBoolean("totalIsExact", counted <= MaxCounted);
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
        return new StoredJson(buffer.WrittenMemory, next);
    }
}
