using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.Query.Articles;
using Monitoring.Query.Quotes;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Values;

/// <param name="Id">What entity= takes.</param>
/// <param name="Name">Canonical name.</param>
/// <param name="Type">person, organisation or place.</param>
/// <param name="Articles">How many articles name it.</param>
/// <param name="FirstSeen">First hour with an article that names it, by publication, else reception.</param>
/// <param name="LastSeen">Last hour with one.</param>
/// <param name="Timeline">Oldest first; what has no articles is left out.</param>
/// <param name="Aliases">How the newest 100 articles name it otherwise, most used first; names that differ in case and accents only are one.</param>
/// <param name="Together">What else its newest articles are about.</param>
/// <param name="QuotesBy">The five newest of what it said.</param>
/// <param name="QuotesAbout">The five newest that name it.</param>
public sealed record EntityPage(
    string Id, string Name, string Type, long Articles, DateTimeOffset? FirstSeen, DateTimeOffset? LastSeen, IReadOnlyList<TimelineItem> Timeline,
    IReadOnlyList<string>? Aliases, Together? Together, IReadOnlyList<QuoteItem>? QuotesBy, IReadOnlyList<QuoteItem>? QuotesAbout);

/// <summary><c>GET /api/entities/{id}</c>: a person, organisation or place in the news.</summary>
public static class GetEntity
{
    const int MaxAliases = 20, Newest = 100, MaxQuotes = 5;

    public static void MapGetEntity(this IEndpointRouteBuilder app) => app.MapGet("/api/entities/{id}", HandleAsync)
        .RequireAuthorization(Scopes.Query)
        .WithTags("Entities").WithName("get-entity")
        .WithSummary("A person, organisation or place: how often it is in the news and with what, what it says and what is said about it")
        .WithDescription("asOf counts the articles that were known at that moment to name it, whatever is known of them today; only what is withdrawn by now is left out. Where more than 1,000 articles have changed since, it answers 422.")
        .Produces<EntityPage>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="id">Its id, or a name that no other bears.</param>
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
        var entity = await pages.FindAsync("entity", id, "id", cancellation);
        if (then is not null)
        {
            var (articles, known) = await past.AsOfAsync("entity", entity.Id, article => article.Entities.Any(named => named.Id == entity.Id), then.Value, range, cancellation);
            return new StoredJson(JsonSerializer.SerializeToUtf8Bytes(
                new EntityPage(entity.Id, entity.Name, entity.Detail, articles, known.First, known.Last, known.Items, null, null, null, null), Json.Options));
        }
        var hours = await ValueTimeline.ReadAsync(database, "entity", entity.Id, range, cancellation);
        var page = new EntityPage(
            entity.Id, entity.Name, entity.Detail, entity.Articles, hours.First, hours.Last, hours.Items,
            await AliasesAsync(database, entity, cancellation),
            await pages.TogetherAsync("entity", entity.Id, [entity.Id], cancellation),
            await quotes.NewestAsync(new QuoteFilter([entity.Id], [], [], []), MaxQuotes, cancellation),
            await quotes.NewestAsync(new QuoteFilter([], [entity.Id], [], []), MaxQuotes, cancellation));
        return new StoredJson(JsonSerializer.SerializeToUtf8Bytes(page, Json.Options));
    }

    static async Task<IReadOnlyList<string>> AliasesAsync(NpgsqlDataSource database, ValueRow entity, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($$"""
            select mention #>> '{}', count(*)
            from (select article_id from {{Schema}}.article_entity where value = $1 order by hour desc, article_id desc limit {{Newest}}) newest
            join {{Schema}}.mt_doc_article doc on doc.id = newest.article_id
            cross join lateral jsonb_path_query(doc.data, '$.entities[*] ? (@.id == $id).mentions[*].text', jsonb_build_object('id', $1)) mention
            group by 1
            """);
        command.Parameters.AddWithValue(entity.Id);
        var mentions = new List<(string Text, long Count)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) mentions.Add((reader.GetString(0), reader.GetInt64(1)));
        return Aliases(entity.Name, mentions);
    }

    /// <summary>How an entity is named otherwise, most used first: of names that fold alike the most used spelling.</summary>
    public static IReadOnlyList<string> Aliases(string name, IEnumerable<(string Text, long Count)> mentions) =>
    [
        .. mentions.GroupBy(mention => Folding.Fold(mention.Text)).Where(alike => alike.Key != Folding.Fold(name))
            .OrderByDescending(alike => alike.Sum(mention => mention.Count)).ThenBy(alike => alike.Key, StringComparer.Ordinal)
            .Select(alike => alike.OrderByDescending(mention => mention.Count).ThenBy(mention => mention.Text, StringComparer.Ordinal).First().Text).Take(MaxAliases),
    ];
}
