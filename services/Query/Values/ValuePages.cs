using Monitoring.Contracts;
using Monitoring.Hosting;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Values;

/// <param name="Id">What parameters take.</param>
/// <param name="Name">To show.</param>
/// <param name="Articles">How many of those looked at.</param>
public sealed record CountedValue(string Id, string Name, long Articles);

/// <summary>What else the newest articles are about and where they are from, most first, at most 20 each.</summary>
/// <param name="Of">How many of the newest articles were looked at, at most 1,000.</param>
/// <param name="Entities">Persons, organisations and places that they name.</param>
/// <param name="Topics">Topics that they are on, or on something below.</param>
/// <param name="Sources">Outlets that they are from.</param>
public sealed record Together(int Of, IReadOnlyList<CountedValue> Entities, IReadOnlyList<CountedValue> Topics, IReadOnlyList<CountedValue> Sources);

/// <summary>A topic, entity or source as the tables of its kind have it.</summary>
sealed record ValueRow(string Id, string Name, string Detail, long Articles);

/// <summary>What the pages of topics, entities and sources have in common.</summary>
/// <param name="database">The read models.</param>
sealed class ValuePages(NpgsqlDataSource database)
{
    // Of an entity in most of 100,000 articles, 1,000 take 15 ms and 10,000 take 150.
    const int MaxTogether = 1_000, MaxValues = 20;

    /// <summary>The value that an id or a name means.</summary>
    /// <exception cref="ProblemException">404: none. 400: several bear the name.</exception>
    public async Task<ValueRow> FindAsync(string kind, string asked, string field, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select v.id, v.name, v.detail, v.articles from {Schema}.{kind} v where v.id = $1
            union all
            select v.id, v.name, v.detail, v.articles from {Schema}.{kind} v join {Schema}.{kind}_name n on n.id = v.id
            where n.folded = $2 and not exists (select from {Schema}.{kind} where id = $1)
            order by 4 desc limit 10
            """);
        command.Parameters.AddWithValue(asked);
        command.Parameters.AddWithValue(Folding.Fold(asked));
        var found = new List<ValueRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) found.Add(new ValueRow(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3)));
        return found switch
        {
            [var only] => only,
            [] => throw new ProblemException(404, $"No article has the {kind} '{asked}'.", field),
            _ => throw new ProblemException(400, $"Several bear the name '{asked}': {string.Join(", ", found.Select(value => value.Id))}. Ask by id.", field),
        };
    }

    /// <param name="kind">topic, entity or source.</param>
    /// <param name="id">The value.</param>
    /// <param name="but">Values of the same kind that say nothing here: itself, and what follows from it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Together> TogetherAsync(string kind, string id, string[] but, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            with newest as materialized (
                select article_id from {Schema}.article_{kind} where value = $1 order by hour desc, article_id desc limit {MaxTogether})
            {Counted("entity")} union all {Counted("topic")} union all {Counted("source")}
            union all (select 'of', '', '', count(*) from newest)
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(but);
        var counted = new List<(string Kind, CountedValue Value)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) counted.Add((reader.GetString(0), new CountedValue(reader.GetString(1), reader.GetString(2), reader.GetInt64(3))));
        return new Together((int)counted.Single(value => value.Kind == "of").Value.Articles, Of("entity"), Of("topic"), Of("source"));

        string Counted(string other) => $"""
            (select '{other}', v.id, v.name, c.articles from (
                select o.value, count(*) as articles from newest join {Schema}.article_{other} o using (article_id)
                {(other == kind ? "where o.value <> all ($2)" : "")} group by o.value order by articles desc, o.value limit {MaxValues}) c
             join {Schema}.{other} v on v.id = c.value order by c.articles desc, c.value)
            """;

        CountedValue[] Of(string other) => [.. counted.Where(value => value.Kind == other).Select(value => value.Value)];
    }
}
