using System.Diagnostics;
using Monitoring.Hosting;
using Monitoring.Query.Articles;
using Monitoring.QueryLanguage;
using Npgsql;

namespace Monitoring.Query.Search;

/// <param name="Query">As it was understood, in the query language.</param>
/// <param name="Words">The same in words.</param>
/// <param name="Condition">What the database is asked, with its parameters as $1, $2 …</param>
/// <param name="Months">How many months of articles may hold hits, of how many there are.</param>
/// <param name="Plan">How PostgreSQL finds the first page in the newest of them, with what it took.</param>
/// <param name="Total">How many hits there are, counted up to 10,000.</param>
/// <param name="FindMilliseconds">How long the first page took, the total with it.</param>
/// <param name="CountMilliseconds">How long the total takes alone.</param>
public sealed record SearchExplanation(
    string Query, string Words, string Condition, int Months, IReadOnlyList<string> Plan, int Total, double FindMilliseconds, double CountMilliseconds);

/// <summary><c>GET /api/search/explain</c>: how a search is understood, how it is done, and how long it takes.</summary>
public static class ExplainSearch
{
    const int Page = 50;

    public static void MapExplainSearch(this IEndpointRouteBuilder app) => app.MapGet("/api/search/explain", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Articles").WithName("explain-search")
        .WithSummary("How a search is understood, how it is done, and how long it takes")
        .Produces<SearchExplanation>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<SearchExplanation> HandleAsync(
        [AsParameters] ArticleFilter filter, SearchIndex index, ArticleSearch search, NpgsqlDataSource database, TimeProvider time, CancellationToken cancellation)
    {
        var query = await index.ResolveAsync(filter.ToQuery(), time.GetUtcNow(), cancellation);
        var started = Stopwatch.GetTimestamp();
        await search.FirstAsync(query, SearchOrder.Published, Page + 1, ArticleSearch.Details.Summary, null, cancellation);
        var found = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        var total = await search.CountAsync(query, null, cancellation);
        var counted = Stopwatch.GetElapsedTime(started);
        var (condition, plan) = await PlanAsync(query, database, cancellation);
        return new SearchExplanation(
            QueryPrinter.Print(query.Asked), QueryDescription.InWords(query.Asked), condition, query.Months.Count, plan,
            Math.Min(total, ArticleSearch.MaxCounted), Math.Round(found.TotalMilliseconds, 2), Math.Round(counted.TotalMilliseconds, 2));
    }

    static async Task<(string Condition, IReadOnlyList<string> Plan)> PlanAsync(BoundQuery query, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (query.Months.Count == 0) return ("false", []);
        await using var command = database.CreateCommand();
        var statement = SearchStatements.First(
            query with { Months = [query.Months.MaxBy(month => month.NewestDated)!] }, SearchOrder.Published, Page + 1, ArticleSearch.Details.Summary, null, command.Parameters);
        command.CommandText = $"explain (analyze, buffers) {statement}";
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) plan.Add(reader.GetString(0));
        return (statement, plan);
    }
}
