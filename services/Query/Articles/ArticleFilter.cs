using System.Globalization;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Articles;

/// <summary>What a list of articles is narrowed down to: values of one kind are alternatives, different kinds must all be met.</summary>
/// <param name="Topic">Ids or names, folded; a topic covers what is below it.</param>
/// <param name="Entity">Ids, names or other names under which articles mention them.</param>
/// <param name="Source">Domains or names.</param>
/// <param name="Language">ISO 639 codes.</param>
/// <param name="PublishedFrom">From this instant on.</param>
/// <param name="PublishedTo">Before this instant; a date alone means its whole day.</param>
public sealed record ArticleFilter(
    string[] Topic, string[] Entity, string[] Source, string[] Language, DateTimeOffset? PublishedFrom, DateTimeOffset? PublishedTo)
{
    const int MaxValues = 50;

    public static ArticleFilter From(string[]? topic, string[]? entity, string[]? source, string[]? language, string? publishedFrom, string? publishedTo)
    {
        var filter = new ArticleFilter(
            Values(topic, "topic"), Values(entity, "entity"), Values(source, "source"), Values(language, "language"),
            Instant(publishedFrom, "publishedFrom", endOfDay: false), Instant(publishedTo, "publishedTo", endOfDay: true));
        return filter.PublishedFrom < filter.PublishedTo || filter.PublishedFrom is null || filter.PublishedTo is null ? filter
            : throw new ProblemException(400, "publishedFrom must lie before publishedTo.", "publishedFrom");
    }

    /// <summary>The conditions in SQL over the list <c>l</c>; adds their parameters.</summary>
    public string Where(NpgsqlParameterCollection parameters)
    {
        var conditions = new List<string> { "true" };
        if (Topic.Length > 0) conditions.Add($"l.topics && {Ids("topic", Topic)}");
        if (Entity.Length > 0) conditions.Add($"l.entities && {Ids("entity", Entity)}");
        if (Source.Length > 0) conditions.Add($"l.source = any ({Ids("source", Source)})");
        if (Language.Length > 0) conditions.Add($"l.language = any ({Parameter(Language.Select(code => code.ToLowerInvariant()).ToArray())})");
        // What is published is dated by it; the date is what the index has.
        if (PublishedFrom is { } from) conditions.Add($"l.dated >= {Parameter(from)} and l.published >= {Parameter(from)}");
        if (PublishedTo is { } to) conditions.Add($"l.dated < {Parameter(to)} and l.published < {Parameter(to)}");
        return string.Join("\n and ", conditions);

        string Ids(string kind, string[] values) => $"""
            array(select n.id from {Schema}.{kind}_name n where n.folded = any ({Parameter(values.Select(Folding.Fold).ToArray())}) union select unnest({Parameter(values)}::text[]))
            """;

        string Parameter(object value)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
            return $"${parameters.Count}";
        }
    }

    static string[] Values(string[]? values, string field)
    {
        var present = values?.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value.Trim()).ToArray() ?? [];
        return present.Length <= MaxValues ? present : throw new ProblemException(400, $"At most {MaxValues} values of {field} are taken.", field);
    }

    static DateTimeOffset? Instant(string? text, string field, bool endOfDay)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date < DateOnly.MaxValue)
            return new DateTimeOffset((endOfDay ? date.AddDays(1) : date).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            && text.Contains('T', StringComparison.Ordinal) ? instant
            : throw new ProblemException(400, $"{field} must be ISO 8601, such as 2025-04-04 or 2025-04-04T09:30:00Z.", field);
    }
}
