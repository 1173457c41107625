using System.Text;
using Monitoring.QueryLanguage;

namespace Monitoring.ReadModels.Search;

/// <summary>
/// A query as a condition in SQL over a row <c>s</c> of the search table; it holds where <see cref="Matcher"/> says that the article
/// matches. Clauses over words become one tsquery as far as they can, so that the index decides them together.
/// </summary>
/// <param name="codes">Numbers of the labels asked for, see <see cref="Labels"/>; those missing here are on no article.</param>
/// <param name="parameter">Takes a value and answers its placeholder.</param>
public sealed class SearchCondition(IReadOnlyDictionary<string, int> codes, Func<object, string> parameter)
{
    const string TextColumn = "text", QuotesColumn = "quotes";

    /// <summary>The labels a bound query asks for.</summary>
    public static IEnumerable<string> Labels(Query query) => query switch
    {
        Query.And and => and.Clauses.SelectMany(Labels),
        Query.Or or => or.Clauses.SelectMany(Labels),
        Query.Not not => Labels(not.Clause),
        _ => SearchLabels.Asked(query),
    };

    /// <summary>Whether the index can lead to the articles; else they are looked at one by one, newest first.</summary>
    public static bool IsSelective(Query query) => query switch
    {
        Query.And and => and.Clauses.Any(IsSelective),
        Query.Or or => or.Clauses.All(IsSelective),
        Query.Text or Query.Labelled or Query.Language or Query.Story => true,
        _ => false,
    };

    /// <exception cref="InvalidOperationException">The query still holds names or moments that were not bound.</exception>
    public string Sql(Query query) => query switch
    {
        _ when Column(query) is { } column => $"s.{column} @@ {parameter(TsQuery(query))}::tsquery",
        Query.All => "true",
        Query.And and => $"({string.Join(" and ", Joined(and).Select(Sql))})",
        Query.Or or => $"({string.Join(" or ", or.Clauses.Select(Sql))})",
        // Also where the clause is null, as it is for an article that does not say when it was published.
        Query.Not not => $"({Sql(not.Clause)}) is not true",
        Query.Text text => Within(text),
        Query.Labelled or Query.Language or Query.Story => Labelled(query),
        Query.Between between => Between(between),
        _ => throw new InvalidOperationException($"{query.GetType().Name} is not bound."),
    };

    /// <summary>The clauses, those over one column's words as one.</summary>
    static IEnumerable<Query> Joined(Query.And and) => and.Clauses.GroupBy(Column)
        .SelectMany(group => group.Key is null || group.Count() == 1 ? group : Enumerable.Repeat<Query>(new Query.And([.. group]), 1));

    /// <summary>The column whose tsquery decides all of it; null where there is none.</summary>
    static string? Column(Query query) => query switch
    {
        Query.Text { Within: not null, Patterns.Count: > 2 } => null,
        Query.Text { Field: TextField.Quote or TextField.Speaker } => QuotesColumn,
        Query.Text => TextColumn,
        Query.And and => Column(and.Clauses),
        Query.Or or => Column(or.Clauses),
        Query.Not not => Column(not.Clause),
        _ => null,
    };

    static string? Column(IReadOnlyList<Query> clauses) => clauses.Select(Column).Distinct().ToArray() is [{ } column] ? column : null;

    static string TsQuery(Query query) => query switch
    {
        Query.And and => $"({string.Join(" & ", and.Clauses.Select(TsQuery))})",
        Query.Or or => $"({string.Join(" | ", or.Clauses.Select(TsQuery))})",
        Query.Not not => $"!({TsQuery(not.Clause)})",
        Query.Text text => $"({TsQuery(text)})",
        _ => throw new InvalidOperationException($"{query.GetType().Name} is no clause over words."),
    };

    static string TsQuery(Query.Text text)
    {
        var present = string.Join(" & ", text.Patterns.Select(pattern => AnyOf(pattern.Presence(text.Field), "")));
        if (text is { Patterns.Count: 1, IsDecidedByPresence: true }) return present;
        var places = text.Patterns.Select(pattern => AnyOf(pattern.Positional, text.Weight)).ToArray();
        return $"{present} & ({(text.Within is { } others ? Near(places, others) : string.Join(" <-> ", places))})";
    }

    static string Near(string[] places, int others) => places is [var only] ? only : string.Join(" | ",
        Enumerable.Range(0, others + 2).SelectMany(distance => new[] { $"({places[0]} <{distance}> {places[1]})", $"({places[1]} <{distance}> {places[0]})" }));

    static string AnyOf(IReadOnlyList<string> lexemes, string weight) => $"({string.Join(" | ", lexemes.Select(lexeme => Lexeme(lexeme, weight)))})";

    // A word ends in * where it stands for all that begin so.
    static string Lexeme(string lexeme, string weight)
    {
        var prefix = lexeme.EndsWith('*');
        var quoted = new StringBuilder("'").Append(lexeme, 0, lexeme.Length - (prefix ? 1 : 0)).Replace("\\", "\\\\").Replace("'", "''", 1, lexeme.Length - (prefix ? 1 : 0)).Append('\'');
        if (prefix || weight.Length > 0) quoted.Append(':').Append(prefix ? "*" : "").Append(weight);
        return quoted.ToString();
    }

    string Within(Query.Text text)
    {
        var column = text.Field is TextField.Quote or TextField.Speaker ? QuotesColumn : TextColumn;
        var present = parameter(string.Join(" & ", text.Patterns.Select(pattern => AnyOf(pattern.Presence(text.Field), ""))));
        var places = text.Patterns.SelectMany((pattern, word) => pattern.Positional.Select(lexeme => (lexeme, word))).ToArray();
        var (lexemes, words) = (parameter(places.Select(place => place.lexeme).ToArray()), parameter(places.Select(place => place.word).ToArray()));
        return $"(s.{column} @@ {present}::tsquery and {WordsWithin.FunctionName}(s.{column}, {lexemes}, {words}, {parameter(text.Weight)}, {text.Within!.Value + text.Patterns.Count}))";
    }

    string Labelled(Query query)
    {
        var known = SearchLabels.Asked(query).Where(codes.ContainsKey).Select(label => codes[label]).ToArray();
        return known.Length > 0 ? $"s.labels && {parameter(known)}" : "false";
    }

    string Between(Query.Between between)
    {
        var column = between.Field == TimeField.Published ? "published" : "received";
        return $"(s.{column} is not null{(between.From is { } from ? $" and s.{column} >= {parameter(from)}" : "")}{(between.To is { } to ? $" and s.{column} < {parameter(to)}" : "")})";
    }

    /// <summary>The words that relevance counts, wherever they stand; null where the query asks for none.</summary>
    public static string? Ranked(Query query) => string.Join(" | ", Words(query).Distinct().Select(lexeme => Lexeme(lexeme, ""))) is { Length: > 0 } words ? words : null;

    static IEnumerable<string> Words(Query query) => query switch
    {
        Query.And and => and.Clauses.SelectMany(Words),
        Query.Or or => or.Clauses.SelectMany(Words),
        Query.Text { Field: not (TextField.Quote or TextField.Speaker) } text => text.Patterns.SelectMany(pattern => pattern.Positional),
        _ => [],
    };
}
