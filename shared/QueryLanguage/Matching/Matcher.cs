using Monitoring.QueryLanguage.Analysis;

namespace Monitoring.QueryLanguage;

/// <summary>Whether an article meets a query, in memory. The search table's SQL says the same (a test holds both to it).</summary>
public static class Matcher
{
    /// <exception cref="InvalidOperationException">The query still holds names or moments that were not bound.</exception>
    public static bool Matches(Query bound, IndexedArticle article) => bound switch
    {
        Query.All => true,
        Query.And and => and.Clauses.All(clause => Matches(clause, article)),
        Query.Or or => or.Clauses.Any(clause => Matches(clause, article)),
        Query.Not not => !Matches(not.Clause, article),
        Query.Text text => Matches(text, text.Field is TextField.Quote or TextField.Speaker ? article.Quotes : article.Text),
        Query.Labelled labelled => labelled.Ids.Any(id => Has(article, labelled.Field, id)),
        Query.Language language => article.Language == language.Code,
        Query.Story story => article.Story == story.Id,
        Query.Between { Field: TimeField.Published } between => Lies(article.Published, between),
        Query.Between between => Lies(article.Received, between),
        _ => throw new InvalidOperationException($"{bound.GetType().Name} is not bound."),
    };

    static bool Has(IndexedArticle article, NameField field, string id) => field switch
    {
        NameField.Topic => article.Topics.Contains(id),
        NameField.Entity => article.Persons.Contains(id) || article.Organisations.Contains(id) || article.Places.Contains(id),
        NameField.Person => article.Persons.Contains(id),
        NameField.Organisation => article.Organisations.Contains(id),
        NameField.Place => article.Places.Contains(id),
        NameField.Source => article.Source == id,
        NameField.Cites => article.Cites.Contains(id),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    static bool Lies(DateTimeOffset? instant, Query.Between between) => instant is { } at && !(at < between.From) && !(at >= between.To);

    static bool Matches(Query.Text text, IndexedText index) =>
        text.Patterns.All(pattern => pattern.Presence(text.Field).Any(lexeme => IsThere(index, lexeme)))
        && (text.IsDecidedByPresence || Stretches([.. text.Patterns.Select(pattern => Positions(index, pattern, text.Weight))], text.Within).Any());

    static bool IsThere(IndexedText index, string lexeme) => lexeme.EndsWith('*')
        ? index.Lexemes.Keys.Any(key => key.AsSpan().StartsWith(lexeme.AsSpan(0, lexeme.Length - 1), StringComparison.Ordinal))
        : index.Lexemes.ContainsKey(lexeme);

    internal static int[] Positions(IndexedText index, Pattern pattern, string weight)
    {
        var positions = new SortedSet<int>();
        foreach (var lexeme in pattern.Positional)
            foreach (var occurrences in Found(index, lexeme))
                foreach (var occurrence in occurrences)
                    if (weight.Length == 0 || occurrence.Weight == weight[0]) positions.Add(occurrence.Position);
        return [.. positions];
    }

    static IEnumerable<List<Occurrence>> Found(IndexedText index, string lexeme)
    {
        if (!lexeme.EndsWith('*')) return index.Lexemes.GetValueOrDefault(lexeme) is { } found ? [found] : [];
        return index.Lexemes.Where(entry => entry.Value is not null && entry.Key.AsSpan().StartsWith(lexeme.AsSpan(0, lexeme.Length - 1), StringComparison.Ordinal)).Select(entry => entry.Value!);
    }

    /// <summary>
    /// Where words stand as asked, as first and last position: next to each other in their order, or all of them in a window with at
    /// most so many others. One occurrence may stand for two words.
    /// </summary>
    internal static IEnumerable<(int First, int Last)> Stretches(int[][] words, int? within)
    {
        if (within is null)
        {
            foreach (var first in words[0])
                if (Enumerable.Range(1, words.Length - 1).All(i => Array.BinarySearch(words[i], first + i) >= 0)) yield return (first, first + words.Length - 1);
            yield break;
        }
        var span = within.Value + words.Length;
        foreach (var first in words.SelectMany(positions => positions).Distinct().Order())
        {
            var last = first;
            foreach (var positions in words)
            {
                var at = Array.BinarySearch(positions, first) is var found && found < 0 ? ~found : found;
                if (at == positions.Length || positions[at] >= first + span) { last = -1; break; }
                last = Math.Max(last, positions[at]);
            }
            if (last >= 0) yield return (first, last);
        }
    }
}
