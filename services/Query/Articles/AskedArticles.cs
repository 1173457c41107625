using Microsoft.AspNetCore.Mvc;

namespace Monitoring.Query.Articles;

/// <summary>The parameters by which feeds and exports are narrowed down: those of the list.</summary>
public sealed class AskedArticles
{
    /// <summary>Name or Media Topics code; covers what is below it.</summary>
    [FromQuery(Name = "topic")]
    public string[]? Topic { get; init; }

    /// <summary>Name, other name or id.</summary>
    [FromQuery(Name = "entity")]
    public string[]? Entity { get; init; }

    /// <summary>Domain or name of the outlet.</summary>
    [FromQuery(Name = "source")]
    public string[]? Source { get; init; }

    /// <summary>ISO 639 code.</summary>
    [FromQuery(Name = "language")]
    public string[]? Language { get; init; }

    /// <summary>ISO 8601 date or instant.</summary>
    [FromQuery(Name = "publishedFrom")]
    public string? PublishedFrom { get; init; }

    /// <summary>ISO 8601; before this instant, or up to the end of this date.</summary>
    [FromQuery(Name = "publishedTo")]
    public string? PublishedTo { get; init; }

    public ArticleFilter ToFilter() => ArticleFilter.From(Topic, Entity, Source, Language, PublishedFrom, PublishedTo);
}
