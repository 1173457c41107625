using System.Text.Json;
using Monitoring.Hosting;
using Monitoring.Query.Quotes;
using Npgsql;

namespace Monitoring.Query.Values;

/// <param name="Id">What source= takes.</param>
/// <param name="Name">As the outlet calls itself.</param>
/// <param name="Domain">Its domain, where known.</param>
/// <param name="Articles">How many articles are from it.</param>
/// <param name="FirstSeen">First hour with an article from it, by publication, else reception.</param>
/// <param name="LastSeen">Last hour with one.</param>
/// <param name="Timeline">Oldest first; what has no articles is left out.</param>
/// <param name="Together">What its newest articles are about.</param>
/// <param name="Quotes">The five newest of what speakers say there.</param>
public sealed record SourcePage(
    string Id, string Name, string? Domain, long Articles, DateTimeOffset? FirstSeen, DateTimeOffset? LastSeen, IReadOnlyList<TimelineItem> Timeline,
    Together Together, IReadOnlyList<QuoteItem> Quotes);

/// <summary><c>GET /api/sources/{domain}/activity</c>: what an outlet writes about. Who it is, <c>GET /api/sources/{domain}</c> says.</summary>
public static class SourceActivity
{
    const int MaxQuotes = 5;

    public static void MapSourceActivity(this IEndpointRouteBuilder app) => app.MapGet("/api/sources/{domain}/activity", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Sources").WithName("get-source-activity")
        .WithSummary("How much an outlet publishes, about what, and whom it quotes")
        .Produces<SourcePage>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="domain">Its domain, or a name that no other outlet has.</param>
    /// <param name="timeline">Which timeline.</param>
    /// <param name="pages">What all such pages have.</param>
    /// <param name="quotes">Finds what was said.</param>
    /// <param name="database">The read models.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(
        string domain, [AsParameters] TimelineAsked timeline, ValuePages pages, QuoteSearch quotes, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var range = ValueTimeline.Range.Of(timeline);
        var source = await pages.FindAsync("source", domain, "domain", cancellation);
        var hours = await ValueTimeline.ReadAsync(database, "source", source.Id, range, cancellation);
        var page = new SourcePage(
            source.Id, source.Name, source.Detail.Length > 0 ? source.Detail : null, source.Articles, hours.First, hours.Last, hours.Items,
            await pages.TogetherAsync("source", source.Id, [source.Id], cancellation),
            await quotes.NewestAsync(new QuoteFilter([], [], [source.Id], []), MaxQuotes, cancellation));
        return new StoredJson(JsonSerializer.SerializeToUtf8Bytes(page, Json.Options));
    }
}
