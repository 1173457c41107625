namespace Monitoring.Contracts;

/// <summary>A revision was read and understood. Carries the revision, so that it may arrive before <see cref="ArticleReceived"/>.</summary>
public sealed record ArticleEnriched
{
    public const string Exchange = "monitoring.article-enriched";
    public const string Urn = "urn:message:Monitoring.Contracts:ArticleEnriched";

    public required Guid ArticleId { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required ArticleContent Article { get; init; }
    public required Enrichment Enrichment { get; init; }
}
