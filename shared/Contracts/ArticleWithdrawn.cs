namespace Monitoring.Contracts;

/// <summary>The publisher (or an operator) took the article back: none of its text up to this revision may be shown any more.</summary>
public sealed record ArticleWithdrawn
{
    public const string Exchange = "monitoring.article-withdrawn";
    public const string Urn = "urn:message:Monitoring.Contracts:ArticleWithdrawn";

    public required Guid ArticleId { get; init; }

    /// <summary>The last revision it takes back; a restored article goes on with the next.</summary>
    public required int Revision { get; init; }
    public required DateTimeOffset WithdrawnAt { get; init; }
    public string? Reason { get; init; }
}
