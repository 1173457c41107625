using Monitoring.Contracts;
using Monitoring.QueryLanguage.Analysis;

namespace Monitoring.QueryLanguage;

/// <summary>Where an article says what a query asks for.</summary>
public static class Highlights
{
    public const int Most = 200;

    /// <param name="bound">The query; what it excludes is not pointed out.</param>
    /// <param name="title">Of the article.</param>
    /// <param name="body">Of the article.</param>
    /// <param name="language">ISO 639; decides the stems.</param>
    /// <returns>Spans of title + "\n" + body in their order, at most <see cref="Most"/>.</returns>
    public static IReadOnlyList<Span> Find(Query bound, string? title, string? body, string? language)
    {
        var texts = Texts(bound).ToList();
        if (texts.Count == 0) return [];
        var text = $"{title}\n{body}";
        var (inTitle, inBody) = (Analyser.Analyse(title, language), Analyser.Analyse(body, language));
        var bodyStart = (title?.Length ?? 0) + 1;
        var spans = texts.SelectMany(query => Enumerable.Concat(
            query.Field == TextField.Body ? [] : Find(query, inTitle, 0), query.Field == TextField.Title ? [] : Find(query, inBody, bodyStart)));
        return [.. spans.Distinct().OrderBy(span => span.Start).ThenBy(span => span.End).Take(Most).Select(span => new Span(span.Start, span.End, text[span.Start..span.End]))];
    }

    static IEnumerable<Query.Text> Texts(Query query) => query switch
    {
        Query.And and => and.Clauses.SelectMany(Texts),
        Query.Or or => or.Clauses.SelectMany(Texts),
        Query.Text { Field: TextField.Any or TextField.Title or TextField.Body } text => [text],
        _ => [],
    };

    static IEnumerable<(int Start, int End)> Find(Query.Text query, List<Word> words, int offset)
    {
        var positions = query.Patterns.Select(pattern => Positions(pattern, words)).ToArray();
        // Alone, every occurrence; together, the words of each place where they stand as asked.
        if (positions.Length == 1) return positions[0].Select(at => (offset + words[at].Start, offset + words[at].End));
        return Matcher.Stretches(positions, query.Within).SelectMany(stretch => query.Within is null
            ? new[] { (offset + words[stretch.First].Start, offset + words[stretch.Last].End) }
            : positions.SelectMany(of => of).Where(at => at >= stretch.First && at <= stretch.Last).Select(at => (offset + words[at].Start, offset + words[at].End)));
    }

    static int[] Positions(Pattern pattern, List<Word> words)
    {
        var stem = EnglishStemmer.Stem(pattern.Word);
        return [.. Enumerable.Range(0, words.Count).Where(i => pattern.Kind switch
        {
            PatternKind.Stem => words[i].Stem == stem || words[i].Stem == pattern.Word,
            PatternKind.Prefix => words[i].Folded.StartsWith(pattern.Word, StringComparison.Ordinal),
            _ => words[i].Folded == pattern.Word,
        })];
    }
}
