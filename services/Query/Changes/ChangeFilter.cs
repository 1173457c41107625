using Monitoring.Hosting;

namespace Monitoring.Query.Changes;

/// <summary>Which changes are asked for.</summary>
/// <param name="Types">Of these types, as the journal names them.</param>
sealed record ChangeFilter(IReadOnlyList<string> Types)
{
    public static IReadOnlyList<string> TypesOf(string[]? type)
    {
        var asked = type?.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value.Trim()).ToArray() ?? [];
        if (asked.Except(Change.Types.Select(Change.Name)).FirstOrDefault() is { } unknown)
            throw new ProblemException(400, $"There is no type '{unknown}'. Types are {string.Join(", ", Change.Types.Select(Change.Name))}.", "type");
        return asked.Length == 0 ? Change.Types : [.. Change.Types.Where(known => asked.Contains(Change.Name(known)))];
    }

    public bool Passes(Change change) => Types.Contains(change.Type);
}
