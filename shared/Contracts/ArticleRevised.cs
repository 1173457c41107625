namespace Monitoring.Contracts;

/// <summary>A known article came again with a changed headline or body, or was restored after a withdrawal.</summary>
public sealed record ArticleRevised
{
    public const string Exchange = "monitoring.article-revised";
    public const string Urn = "urn:message:Monitoring.Contracts:ArticleRevised";

    public required Guid ArticleId { get; init; }

    /// <summary>2, 3, …</summary>
    public required int Revision { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required ArticleContent Article { get; init; }
}
