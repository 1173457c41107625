namespace Monitoring.Contracts;

/// <summary>An article met a subscription. One alert per subscription and article. For whoever binds a queue; nobody here consumes it.</summary>
public sealed record AlertRaised
{
    public const string Exchange = "monitoring.alert-raised";
    public const string Urn = "urn:message:Monitoring.Contracts:AlertRaised";

    public required Guid AlertId { get; init; }
    public required Guid SubscriptionId { get; init; }
    public string? SubscriptionName { get; init; }
    public required Guid ArticleId { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public IReadOnlyList<AlertReason> Reasons { get; init; } = [];
}

/// <summary>One thing the subscriber asked for, and what in the article met it.</summary>
/// <param name="Kind"><c>topic</c>, <c>entity</c> or <c>source</c>.</param>
/// <param name="Asked">The value as the subscription has it.</param>
/// <param name="Id">Id of the topic or entity, or the source's domain or name.</param>
/// <param name="Name">Its name.</param>
/// <param name="Evidence">Where the article says so; empty for a source.</param>
public sealed record AlertReason(string Kind, string Asked, string Id, string Name, IReadOnlyList<Span> Evidence);
