using System.Globalization;
using System.Runtime.InteropServices;
using Monitoring.Hosting;
using Monitoring.ReadModels.Search;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Search;

/// <param name="Id">What the parameter or field of that name takes; a date for day.</param>
/// <param name="Name">To show.</param>
/// <param name="Articles">How many of the hits that were counted.</param>
public sealed record FacetValue(string Id, string Name, int Articles);

/// <summary>What the newest hits are about and where they are from.</summary>
public sealed class Facets(NpgsqlDataSource database)
{
    public const int MaxValues = 20, MaxDays = 100;

    static readonly Dictionary<string, IReadOnlyList<string>> KindsOf = new()
    {
        ["topic"] = [SearchLabels.Topic],
        ["entity"] = SearchLabels.Entities,
        ["source"] = [SearchLabels.Source],
        ["language"] = [SearchLabels.Language],
    };

    const string Day = "day";

    /// <summary>The facets that a parameter names, separated by commas.</summary>
    /// <exception cref="ProblemException">400: one of them is none.</exception>
    public static IReadOnlyList<string> Read(string? text)
    {
        var asked = text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [];
        var unknown = asked.FirstOrDefault(facet => facet != Day && !KindsOf.ContainsKey(facet));
        return unknown is null ? asked : throw new ProblemException(400, $"There is no facet '{unknown}'; there are {string.Join(", ", KindsOf.Keys)} and {Day}.", "facets");
    }

    /// <param name="asked">Which.</param>
    /// <param name="hits">With their labels; by the time they are ordered by for day.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>> CountAsync(IReadOnlyList<string> asked, IReadOnlyList<SearchHit> hits, CancellationToken cancellation)
    {
        var counts = new Dictionary<int, int>();
        foreach (var hit in hits)
            foreach (var code in hit.Labels!) CollectionsMarshal.GetValueRefOrAddDefault(counts, code, out _)++;
        var most = asked.Where(facet => facet != Day).ToDictionary(facet => facet, facet => counts
            .Where(count => KindsOf[facet].Contains(SearchLabels.Kind(count.Key)))
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key).Take(MaxValues).ToArray());
        var names = await NamesAsync([.. most.Values.SelectMany(values => values).Select(value => value.Key)], cancellation);
        return asked.ToDictionary(facet => facet, facet => (IReadOnlyList<FacetValue>)(facet == Day ? Days(hits)
            : [.. most[facet].Select(value => new FacetValue(names[value.Key].Id, names[value.Key].Name, value.Value))]));
    }

    static IReadOnlyList<FacetValue> Days(IReadOnlyList<SearchHit> hits) =>
    [
        .. hits.CountBy(hit => DateOnly.FromDateTime(hit.At.UtcDateTime)).OrderByDescending(day => day.Key).Take(MaxDays)
            .Select(day => day.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) is var date ? new FacetValue(date, date, day.Value) : null!),
    ];

    async Task<Dictionary<int, (string Id, string Name)>> NamesAsync(int[] codes, CancellationToken cancellation)
    {
        var names = new Dictionary<int, (string, string)>();
        if (codes.Length == 0) return names;
        await using var command = database.CreateCommand($"""
            select l.code, l.id, coalesce(t.name, e.name, s.name, l.id)
            from (select code, split_part(name, ':', 1) as kind, substr(name, strpos(name, ':') + 1) as id from {SearchLabels.TableName} where code = any ($1)) l
            left join {Schema}.topic t on l.kind = 'topic' and t.id = l.id
            left join {Schema}.entity e on l.kind in ('person', 'organisation', 'place') and e.id = l.id
            left join {Schema}.source s on l.kind = 'source' and s.id = l.id
            """);
        command.Parameters.Add(new() { Value = codes });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) names.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2)));
        return names;
    }
}
