using Monitoring.Hosting;
using Monitoring.Query.Articles;
using Monitoring.Query.Search;
using Monitoring.QueryLanguage;
using ArticleQuery = Monitoring.QueryLanguage.Query;

namespace Monitoring.Query.Changes;

/// <summary>Which changes are asked for.</summary>
/// <param name="Types">Of these types, as the journal names them.</param>
/// <param name="Bound">Whose article meets this as it stands now.</param>
/// <param name="HasNames">Whether it was asked by names, of which there may be more as articles come.</param>
sealed record ChangeFilter(IReadOnlyList<string> Types, ArticleQuery Bound, bool HasNames)
{
    /// <exception cref="ProblemException">400: a parameter cannot be read.</exception>
    public static async Task<ChangeFilter> OfAsync(string[]? type, ArticleFilter articles, SearchIndex index, DateTimeOffset now, CancellationToken cancellation)
    {
        var query = articles.ToQuery();
        return new(TypesOf(type), (await index.ResolveAsync(query, now, cancellation)).Bound, QueryNames.Of(query).Count > 0);
    }

    static string[] TypesOf(string[]? type)
    {
        var asked = type?.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value.Trim()).ToArray() ?? [];
        if (asked.Except(Change.Types.Select(Change.Name)).FirstOrDefault() is { } unknown)
            throw new ProblemException(400, $"There is no type '{unknown}'. Types are {string.Join(", ", Change.Types.Select(Change.Name))}.", "type");
        return asked.Length == 0 ? Change.Types : [.. Change.Types.Where(known => asked.Contains(Change.Name(known)))];
    }

    /// <summary>Whoever had an article must hear that it is gone, and what it said can no longer be asked: withdrawals always pass.</summary>
    public bool Passes(Change change) => Types.Contains(change.Type)
        && (Bound is ArticleQuery.All || change.Withdraws || !change.Article.Withdrawn && Matcher.Matches(Bound, change.Indexed));
}
