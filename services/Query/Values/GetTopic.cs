using System.Text.Json;
using Monitoring.Hosting;
using Monitoring.Query.Articles;
using Monitoring.Query.Quotes;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Values;

/// <param name="Id">Media Topics code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Broader">The topics above it, nearest first.</param>
/// <param name="Narrower">The topics right below it that have articles, most articles first.</param>
/// <param name="Articles">How many articles are on it or on what is below it.</param>
/// <param name="FirstSeen">First hour with such an article, by publication, else reception.</param>
/// <param name="LastSeen">Last hour with one.</param>
/// <param name="Timeline">Oldest first; what has no articles is left out.</param>
/// <param name="Together">What else its newest articles are about; neither what is above it nor what is below.</param>
/// <param name="Quotes">The five newest of articles on it.</param>
public sealed record TopicPage(
    string Id, string Name, IReadOnlyList<NamedValue> Broader, IReadOnlyList<CountedValue>? Narrower, long Articles,
    DateTimeOffset? FirstSeen, DateTimeOffset? LastSeen, IReadOnlyList<TimelineItem> Timeline, Together? Together, IReadOnlyList<QuoteItem>? Quotes);

/// <summary><c>GET /api/topics/{id}</c>: a topic in the news.</summary>
public static class GetTopic
{
    const int MaxQuotes = 5;

    public static void MapGetTopic(this IEndpointRouteBuilder app) => app.MapGet("/api/topics/{id}", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Topics").WithName("get-topic")
        .WithSummary("A topic: what is above and below it, how often it is in the news and with what")
        .WithDescription("asOf counts the articles that were known at that moment to be on it, whatever is known of them today; only what is withdrawn by now is left out. Where more than 1,000 articles have changed since, it answers 422.")
        .Produces<TopicPage>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="id">Media Topics code, or a name that no other topic has.</param>
    /// <param name="timeline">Which timeline.</param>
    /// <param name="past">Knows what was.</param>
    /// <param name="pages">What all such pages have.</param>
    /// <param name="quotes">Finds what was said.</param>
    /// <param name="database">The read models.</param>
    /// <param name="asOf">ISO 8601: articles and timeline as they were known at this instant, or at the end of this date; the rest is told for now only.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<IResult> HandleAsync(
        string id, [AsParameters] TimelineAsked timeline, PastValues past, ValuePages pages, QuoteSearch quotes, NpgsqlDataSource database,
        string? asOf = null, CancellationToken cancellation = default)
    {
        var (range, then) = (ValueTimeline.Range.Of(timeline), Instants.Read(asOf, "asOf", endOfDay: true));
        var topic = await pages.FindAsync("topic", id, "id", cancellation);
        var family = await FamilyAsync(database, topic.Id, cancellation);
        NamedValue[] broader = [.. family.Where(member => member.Distance < 0).OrderByDescending(member => member.Distance).Select(member => new NamedValue(member.Id, member.Name))];
        CountedValue[] narrower = [.. family.Where(member => member is { Distance: 1, Articles: > 0 }).OrderByDescending(member => member.Articles).Select(member => new CountedValue(member.Id, member.Name, member.Articles))];
        if (then is not null)
        {
            var (articles, known) = await past.AsOfAsync("topic", topic.Id, article => article.Topics.Any(on => on.Id == topic.Id || on.Broader.Any(above => above.Id == topic.Id)), then.Value, range, cancellation);
            return new StoredJson(JsonSerializer.SerializeToUtf8Bytes(
                new TopicPage(topic.Id, topic.Name, broader, null, articles, known.First, known.Last, known.Items, null, null), Json.Options));
        }
        var hours = await ValueTimeline.ReadAsync(database, "topic", topic.Id, range, cancellation);
        var page = new TopicPage(
            topic.Id, topic.Name, broader, narrower, topic.Articles, hours.First, hours.Last, hours.Items,
            await pages.TogetherAsync("topic", topic.Id, [.. family.Select(member => member.Id)], cancellation),
            await quotes.NewestAsync(new QuoteFilter([], [], [], [topic.Id]), MaxQuotes, cancellation));
        return new StoredJson(JsonSerializer.SerializeToUtf8Bytes(page, Json.Options));
    }

    /// <summary>A topic and how far it is from the one asked for: -1, -2 … above it, 1, 2 … below it.</summary>
    sealed record Member(string Id, string Name, long Articles, int Distance);

    // union, not union all: a circle among the broader topics of some article would not end.
    static async Task<IReadOnlyList<Member>> FamilyAsync(NpgsqlDataSource database, string id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            with recursive above (id, detail, distance) as (
                select id, detail, 0 from {Schema}.topic where id = $1
                union select t.id, t.detail, a.distance - 1 from above a join {Schema}.topic t on t.id = a.detail where a.distance > -20),
            below (id, distance) as (
                select $1, 0
                union select t.id, b.distance + 1 from below b join {Schema}.topic t on t.detail = b.id where b.distance < 20)
            select t.id, t.name, t.articles, f.distance
            from (select id, distance from above union select id, distance from below) f join {Schema}.topic t on t.id = f.id
            """);
        command.Parameters.AddWithValue(id);
        var family = new List<Member>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) family.Add(new Member(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3)));
        return family;
    }
}
