using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Monitoring.Hosting;
using Monitoring.QueryLanguage;
using ArticleQuery = Monitoring.QueryLanguage.Query;

namespace Monitoring.Query.Articles;

/// <summary>What every list of articles can be narrowed down to. A parameter given several times means any of its values; different ones must all be met.</summary>
public sealed class ArticleFilter
{
    const int MaxValues = 50;

    /// <summary>A query: words, "phrases", AND OR NOT, prefix*, "near words"~5, a NEAR/5 b, and the fields topic, entity, person, org, place, source, lang, author, title, body, quote, speaker, cites, story, published, received. Words are all required, in any of their forms.</summary>
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    /// <summary>Name or Media Topics code of a topic; covers what is below it.</summary>
    [FromQuery(Name = "topic")]
    public string[]? Topic { get; init; }

    /// <summary>Name, other name or id of a person, organisation or place.</summary>
    [FromQuery(Name = "entity")]
    public string[]? Entity { get; init; }

    /// <summary>Domain or name of the outlet.</summary>
    [FromQuery(Name = "source")]
    public string[]? Source { get; init; }

    /// <summary>ISO 639 code.</summary>
    [FromQuery(Name = "language")]
    public string[]? Language { get; init; }

    /// <summary>ISO 8601 date or instant: published from then on.</summary>
    [FromQuery(Name = "publishedFrom")]
    public string? PublishedFrom { get; init; }

    /// <summary>ISO 8601: published before this instant, or up to the end of this date.</summary>
    [FromQuery(Name = "publishedTo")]
    public string? PublishedTo { get; init; }

    /// <exception cref="ProblemException">400: a value cannot be read; of a query it says the column and what was expected.</exception>
    public ArticleQuery ToQuery()
    {
        var clauses = new List<ArticleQuery>();
        var words = string.IsNullOrWhiteSpace(Q) ? null : Parse(Q);
        if (words is ArticleQuery.And and) clauses.AddRange(and.Clauses);
        else if (words is not null) clauses.Add(words);
        Add(Topic, "topic", value => new ArticleQuery.Named(NameField.Topic, value));
        Add(Entity, "entity", value => new ArticleQuery.Named(NameField.Entity, value));
        Add(Source, "source", value => new ArticleQuery.Named(NameField.Source, value));
        Add(Language, "language", value => new ArticleQuery.Language(value.ToLowerInvariant()));
        var (from, to) = (Instants.Read(PublishedFrom, "publishedFrom", endOfDay: false), Instants.Read(PublishedTo, "publishedTo", endOfDay: true));
        if (from >= to) throw new ProblemException(400, "publishedFrom must lie before publishedTo.", "publishedFrom");
        if (from is not null || to is not null) clauses.Add(new ArticleQuery.Between(TimeField.Published, from, to));
        return clauses switch { [] => new ArticleQuery.All(), [var only] => only, _ => new ArticleQuery.And([.. clauses]) };

        void Add(string[]? values, string field, Func<string, ArticleQuery> clause)
        {
            var present = values?.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value.Trim()).Distinct().ToArray() ?? [];
            if (present.Length > MaxValues) throw new ProblemException(400, $"At most {MaxValues} values of {field} are taken.", field);
            if (present.Length > 0) clauses.Add(present.Length == 1 ? clause(present[0]) : new ArticleQuery.Or([.. present.Select(clause)]));
        }
    }

    /// <summary>Tells one search from another, for cursors.</summary>
    public string Hash(string more) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        [Q, string.Join('\r', Topic ?? []), string.Join('\r', Entity ?? []), string.Join('\r', Source ?? []), string.Join('\r', Language ?? []), PublishedFrom, PublishedTo, more]))).AsSpan(0, 6));

    static ArticleQuery Parse(string q)
    {
        try
        {
            return QueryParser.Parse(q);
        }
        catch (QuerySyntaxException wrong)
        {
            throw new ProblemException(400, wrong.Message, "q");
        }
    }
}

/// <summary>Instants as parameters give them.</summary>
public static class Instants
{
    /// <param name="text">A date (2025-04-04) or an instant (2025-04-04T09:30:00Z); nothing where it is absent.</param>
    /// <param name="field">The parameter.</param>
    /// <param name="endOfDay">What a date means: its end, else its beginning, in UTC.</param>
    /// <exception cref="ProblemException">400: it is neither.</exception>
    public static DateTimeOffset? Read(string? text, string field, bool endOfDay)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date < DateOnly.MaxValue)
            return new DateTimeOffset((endOfDay ? date.AddDays(1) : date).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            && text.Contains('T', StringComparison.Ordinal) ? instant
            : throw new ProblemException(400, $"{field} must be ISO 8601, such as 2025-04-04 or 2025-04-04T09:30:00Z.", field);
    }
}
