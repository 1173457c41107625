using Monitoring.Contracts;
using Monitoring.Hosting;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Values;

/// <param name="Id">What parameters take.</param>
/// <param name="Name">To show.</param>
public sealed record NamedValue(string Id, string Name);

/// <summary>What topics, entities and sources are called by those who ask for them: an id, or any name under which articles have them.</summary>
static class Names
{
    const int MaxValues = 50;

    /// <summary>The ids that the values may mean: the values themselves, and all that bear one of them as a name.</summary>
    /// <param name="database">The read models.</param>
    /// <param name="kind">topic, entity or source.</param>
    /// <param name="values">Ids or names; may be absent.</param>
    /// <param name="field">The parameter they came in.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ProblemException">400: more than 50 values.</exception>
    public static async Task<string[]> IdsAsync(NpgsqlDataSource database, string kind, string[]? values, string field, CancellationToken cancellation)
    {
        var present = values?.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value.Trim()).Distinct().ToArray() ?? [];
        if (present.Length == 0) return [];
        if (present.Length > MaxValues) throw new ProblemException(400, $"At most {MaxValues} values of {field} are taken.", field);
        await using var command = database.CreateCommand($"select id from {Schema}.{kind}_name where folded = any ($1)");
        command.Parameters.AddWithValue(present.Select(Folding.Fold).ToArray());
        var ids = new HashSet<string>(present);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) ids.Add(reader.GetString(0));
        return [.. ids];
    }
}
