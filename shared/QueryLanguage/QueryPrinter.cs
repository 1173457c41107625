using System.Globalization;

namespace Monitoring.QueryLanguage;

/// <summary>A query as text that reads back as the same query.</summary>
public static class QueryPrinter
{
    public static string Print(Query query) => query switch
    {
        Query.All => "*",
        Query.And and => string.Join(" AND ", and.Clauses.Select(clause => clause is Query.Or or Query.And ? $"({Print(clause)})" : Print(clause))),
        Query.Or or => string.Join(" OR ", or.Clauses.Select(clause => clause is Query.Or ? $"({Print(clause)})" : Print(clause))),
        Query.Not not => $"NOT {(not.Clause is Query.And or Query.Or ? $"({Print(not.Clause)})" : Print(not.Clause))}",
        Query.Text text => Print(text),
        Query.Named named => $"{Fields.NameOf(named.Field)}{Quoted(named.Name)}",
        Query.Labelled labelled => $"{Fields.NameOf(labelled.Field)}({string.Join(" OR ", labelled.Ids.Select(Quoted))})",
        Query.Language language => $"lang:{language.Code}",
        Query.Story story => $"story:{story.Id}",
        Query.Time time => $"{Fields.NameOf(time.Field)}{(time.FromIncluded ? '[' : '{')}{time.From?.Text ?? "*"} TO {time.To?.Text ?? "*"}{(time.ToIncluded ? ']' : '}')}",
        Query.Between between => $"{Fields.NameOf(between.Field)}[{Instant(between.From)} TO {Instant(between.To)}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, null),
    };

    static string Print(Query.Text text)
    {
        var field = Fields.NameOf(text.Field);
        if (text is { Patterns: [{ Kind: not PatternKind.Exact } word], Within: null }) return field + Print(word);
        if (text.Patterns.All(pattern => pattern.Kind == PatternKind.Exact))
            return $"{field}\"{string.Join(' ', text.Patterns.Select(pattern => pattern.Word))}\"{(text.Within is { } within ? $"~{within.ToString(CultureInfo.InvariantCulture)}" : "")}";
        var near = string.Join($" NEAR/{text.Within!.Value.ToString(CultureInfo.InvariantCulture)} ", text.Patterns.Select(Print));
        return field.Length > 0 ? $"{field}({near})" : near;
    }

    static string Print(Pattern pattern) => pattern.Kind switch { PatternKind.Prefix => $"{pattern.Word}*", PatternKind.Exact => $"\"{pattern.Word}\"", _ => pattern.Word };

    static string Quoted(string name) => $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    static string Instant(DateTimeOffset? instant) => instant is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture) : "*";
}
