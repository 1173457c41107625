using System.Globalization;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Values;

/// <param name="Id">Media Topics code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Broader">The topic above it, if any.</param>
/// <param name="Articles">How many articles are on it or on what is below it.</param>
public sealed record TopicItem(string Id, string Name, string? Broader, long Articles);

/// <param name="Id">What <c>entity=</c> takes.</param>
/// <param name="Name">Canonical name.</param>
/// <param name="Type">person, organisation or place.</param>
/// <param name="Articles">How many articles name it.</param>
public sealed record EntityItem(string Id, string Name, string Type, long Articles);

/// <param name="Id">What <c>source=</c> takes.</param>
/// <param name="Name">As the outlet calls itself.</param>
/// <param name="Domain">Its domain, where known.</param>
/// <param name="Articles">How many articles are from it.</param>
public sealed record SourceItem(string Id, string Name, string? Domain, long Articles);

/// <param name="Items">Most articles first.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
public sealed record ValueList<T>(IReadOnlyList<T> Items, string? Next);

/// <summary><c>GET /api/topics</c>, <c>/api/entities</c>, <c>/api/sources</c>: what articles are about and where they are from, with counts.</summary>
public static class ListValues
{
    const int MaxLimit = 200;

    sealed record Row(string Id, string Name, string Detail, long Articles);

    public static void MapListValues(this IEndpointRouteBuilder app)
    {
        Map<TopicItem>(app, "topics", "topic", "Topics, with the one above each, by how many articles are on them",
            row => new TopicItem(row.Id, row.Name, Present(row.Detail), row.Articles));
        Map<EntityItem>(app, "entities", "entity", "Persons, organisations and places, by how many articles name them",
            row => new EntityItem(row.Id, row.Name, row.Detail, row.Articles));
        Map<SourceItem>(app, "sources", "source", "Outlets, by how many articles are from them",
            row => new SourceItem(row.Id, row.Name, Present(row.Detail), row.Articles));
    }

    static void Map<T>(IEndpointRouteBuilder app, string path, string kind, string summary, Func<Row, T> item) => app
        .MapGet($"/api/{path}", (NpgsqlDataSource database, DateTimeOffset? from, DateTimeOffset? to, string? name, int limit = 50, string? cursor = null, CancellationToken cancellation = default) =>
            HandleAsync(database, kind, item, from, to, name, limit, cursor, cancellation))
        .RequireAuthorization(Scopes.Query)
        .WithTags(char.ToUpperInvariant(path[0]) + path[1..]).WithName($"list-{path}").WithSummary(summary)
        .WithDescription("from and to count the articles of those hours only; name finds by any of its names.")
        .Produces<ValueList<T>>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<IResult> HandleAsync<T>(
        NpgsqlDataSource database, string kind, Func<Row, T> item, DateTimeOffset? from, DateTimeOffset? to, string? name, int limit, string? cursor,
        CancellationToken cancellation)
    {
        if (limit is < 1 or > MaxLimit) throw new ProblemException(400, $"limit must lie between 1 and {MaxLimit}.", "limit");
        await using var command = database.CreateCommand();
        var conditions = new List<string> { "c.articles > 0" };
        if (name is not null) conditions.Add($"v.id in (select n.id from {Schema}.{kind}_name n where n.folded = {Parameter(Folding.Fold(name))})");
        if (Cursor.Read(cursor) is { } last)
            conditions.Add(long.TryParse(last.Key, CultureInfo.InvariantCulture, out var count)
                ? $"(c.articles, v.id) < ({Parameter(count)}, {Parameter(last.Id)})" : throw Cursor.Invalid());
        command.CommandText = $"""
            select v.id, v.name, v.detail, c.articles
            from {Schema}.{kind} v join {Counts()} c on c.id = v.id
            where {string.Join(" and ", conditions)}
            order by c.articles desc, v.id desc limit {limit + 1}
            """;
        var rows = new List<Row>(limit + 1);
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) rows.Add(new Row(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3)));
        var next = rows.Count > limit ? Cursor.Write(rows[limit - 1].Articles.ToString(CultureInfo.InvariantCulture), rows[limit - 1].Id) : null;
        var list = new ValueList<T>([.. rows.Take(limit).Select(item)], next);
        return new StoredJson(JsonSerializer.SerializeToUtf8Bytes(list, Json.Options), next);

        string Counts()
        {
            if (from is null && to is null) return $"(select id, articles::bigint from {Schema}.{kind})";
            return $"""
                (select h.value as id, sum(h.articles)::bigint as articles from {Schema}.{kind}_hour h
                 where h.hour >= {Parameter((from ?? DateTimeOffset.MinValue).ToUniversalTime())} and h.hour < {Parameter((to ?? DateTimeOffset.MaxValue).ToUniversalTime())} group by h.value)
                """;
        }

        string Parameter(object value)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
            return $"${command.Parameters.Count}";
        }
    }

    static string? Present(string text) => text.Length > 0 ? text : null;
}
