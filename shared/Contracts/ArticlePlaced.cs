using System.Text.Json.Serialization;

namespace Monitoring.Contracts;

/// <summary>Where an article stands after the story decision. All that Alerts hears about articles.</summary>
public sealed record ArticlePlaced
{
    public const string Exchange = "monitoring.article-placed";
    public const string Urn = "urn:message:Monitoring.Contracts:ArticlePlaced";

    public required Guid ArticleId { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public required ArticleChange Change { get; init; }

    /// <summary>The story it belongs to, if any.</summary>
    public Guid? StoryId { get; init; }

    /// <summary>When its first revision came in.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Absent when withdrawn.</summary>
    public ArticleContent? Article { get; init; }

    /// <summary>Absent when withdrawn.</summary>
    public Enrichment? Enrichment { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ArticleChange>))]
public enum ArticleChange
{
    /// <summary>Placed for the first time.</summary>
    [JsonStringEnumMemberName("new")] New,

    /// <summary>A later revision of an article that had been placed before.</summary>
    [JsonStringEnumMemberName("revised")] Revised,

    /// <summary>Taken back.</summary>
    [JsonStringEnumMemberName("withdrawn")] Withdrawn,

    /// <summary>Unchanged, but now part of another story.</summary>
    [JsonStringEnumMemberName("moved")] Moved,
}
