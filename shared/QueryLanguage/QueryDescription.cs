using System.Globalization;

namespace Monitoring.QueryLanguage;

/// <summary>A query in words, for whoever wants to see whether it was understood.</summary>
public static class QueryDescription
{
    /// <returns>Such as: articles that have a form of “talks”, and are on the topic “peace process”, but not from the source “gazette.example”.</returns>
    public static string InWords(Query query) => query switch
    {
        Query.All => "every article",
        Query.And and => $"articles that {Joined(and)}",
        _ => $"articles that {Clause(query)}",
    };

    static string Joined(Query.And and) => string.Join(", and ", and.Clauses.Where(clause => clause is not Query.Not).Select(Inner))
        + string.Concat(and.Clauses.OfType<Query.Not>().Select((not, i) => $"{(i == 0 && and.Clauses.All(clause => clause is Query.Not) ? "" : ", and ")}{Clause(not)}"));

    static string Inner(Query query) => query is Query.Or ? $"either {Clause(query)}" : Clause(query);

    static string Clause(Query query) => query switch
    {
        Query.All => "are there",
        Query.And and => $"({Joined(and)})",
        Query.Or or => string.Join(", or ", or.Clauses.Select(Clause)),
        Query.Not { Clause: Query.And or Query.Or } not => $"do not (also) meet this: {Clause(not.Clause)}",
        Query.Not not => $"do not meet this: {Clause(not.Clause)}",
        Query.Text text => Words(text),
        Query.Named named => $"{Relation(named.Field)} “{named.Name}”",
        Query.Labelled labelled => $"{Relation(labelled.Field)} {string.Join(" or ", labelled.Ids)}",
        Query.Language language => $"are in the language {language.Code}",
        Query.Story story => $"belong to the story {story.Id}",
        Query.Time time => Time(time),
        Query.Between between => $"were {Verb(between.Field)}{(between.From is { } from ? $" from {Instant(from)} on" : "")}{(between.To is { } to ? $" before {Instant(to)}" : "")}",
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, null),
    };

    static string Words(Query.Text text)
    {
        var where = text.Field switch
        {
            TextField.Title => "have in the title",
            TextField.Body => "have in the body",
            TextField.Author => "are by an author whose name has",
            TextField.Quote => "quote somebody with",
            TextField.Speaker => "quote a speaker whose name has",
            _ => "have",
        };
        if (text.Within is { } within) return $"{where} {string.Join(", ", text.Patterns.Select(Word))} with at most {within} other words between";
        return text.Patterns is [var only] ? $"{where} {Word(only)}" : $"{where} the phrase “{string.Join(' ', text.Patterns.Select(pattern => pattern.Word))}”";
    }

    static string Word(Pattern pattern) => pattern.Kind switch
    {
        PatternKind.Stem => $"a form of “{pattern.Word}”",
        PatternKind.Prefix => $"a word that begins with “{pattern.Word}”",
        _ => $"the word “{pattern.Word}”",
    };

    static string Relation(NameField field) => field switch
    {
        NameField.Topic => "are on the topic",
        NameField.Entity => "name",
        NameField.Person => "name the person",
        NameField.Organisation => "name the organisation",
        NameField.Place => "name the place",
        NameField.Source => "are from the source",
        _ => "cite as their source",
    };

    static string Time(Query.Time time)
    {
        var verb = $"were {Verb(time.Field)}";
        if (time.From is { } only && time.From == time.To) return $"{verb} {(only.IsRelative ? "at" : "in")} {only.Text}";
        var from = time.From is null ? "" : time.FromIncluded ? $" from {time.From.Text} on" : $" after {time.From.Text}";
        var to = time.To is null ? "" : time.ToIncluded ? $" up to {time.To.Text}" : $" before {time.To.Text}";
        return from.Length + to.Length > 0 ? verb + from + to : time.Field == TimeField.Published ? "say when they were published" : verb;
    }

    static string Verb(TimeField field) => field == TimeField.Published ? "published" : "received";

    static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
