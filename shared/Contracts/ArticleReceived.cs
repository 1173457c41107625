namespace Monitoring.Contracts;

/// <summary>An article nobody here had seen before was taken in.</summary>
public sealed record ArticleReceived
{
    public const string Exchange = "monitoring.article-received";
    public const string Urn = "urn:message:Monitoring.Contracts:ArticleReceived";

    public required Guid ArticleId { get; init; }

    /// <summary>Always 1.</summary>
    public required int Revision { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required ArticleContent Article { get; init; }
}
