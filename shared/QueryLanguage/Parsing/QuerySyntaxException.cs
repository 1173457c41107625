namespace Monitoring.QueryLanguage;

/// <summary>A query that cannot be understood.</summary>
/// <param name="column">Where, from 1, in UTF-16 characters.</param>
/// <param name="problem">What is wrong and what was expected, as a sentence.</param>
public sealed class QuerySyntaxException(int column, string problem) : Exception($"Column {column}: {problem}")
{
    public int Column { get; } = column;
}
