using Monitoring.Hosting;
using Monitoring.ReadModels;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Articles;

/// <summary><c>GET /api/articles/{id}</c>: the stored document as it is. A withdrawn article says that it is, and no more.</summary>
public static class GetArticle
{
    public static void MapGetArticle(this IEndpointRouteBuilder app) => app.MapGet("/api/articles/{id:guid}", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Articles").WithName("get-article")
        .WithSummary("An article with its topics and entities")
        .Produces<Article>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<IResult> HandleAsync(Guid id, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select data::text from {Schema}.mt_doc_article where id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new StoredJson(reader.GetFieldValue<byte[]>(0))
            : throw new ProblemException(404, $"No article {id} is known here (yet: a new one is found within a second).", "id");
    }
}
