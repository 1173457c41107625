using Monitoring.Contracts;
using Journalled = Monitoring.ReadModels;

namespace Monitoring.Projection.Journal;

/// <summary>What the journal knows of an article, as far as decisions need it. Zero means none yet.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="Revision">The highest content.</param>
/// <param name="ReceivedAt">When the first known revision came in.</param>
/// <param name="EnrichedRevision">The highest enrichment, its</param>
/// <param name="EnrichedGeneration">generation and</param>
/// <param name="EnrichedModel">model.</param>
/// <param name="WithdrawnRevision">Everything up to it is withdrawn.</param>
/// <param name="PlacedRevision">What the outside was last told of, and</param>
/// <param name="PlacedWithdrawn">whether that was its withdrawal.</param>
public sealed record JournalHead(
    Guid ArticleId, int Revision = 0, DateTimeOffset? ReceivedAt = null, int EnrichedRevision = 0, int EnrichedGeneration = 0, string? EnrichedModel = null,
    int WithdrawnRevision = 0, int PlacedRevision = 0, bool PlacedWithdrawn = false);

/// <param name="Id">Event id: the same for the same fact.</param>
/// <param name="Fact">A record of the journal.</param>
public sealed record JournalEntry(Guid Id, object Fact);

/// <summary>From a message to the facts it holds, and from the facts to where the article stands. The one place that translates messages to journal events.</summary>
public static class JournalDecider
{
    /// <summary>The facts of a message. An enrichment carries its revision, so whichever message comes first brings the text.</summary>
    public static IReadOnlyList<JournalEntry> Facts(object message) => message switch
    {
        ArticleReceived received => [Content(received.ArticleId, received.Revision, received.ReceivedAt, received.Article)],
        ArticleRevised revised => [Content(revised.ArticleId, revised.Revision, revised.ReceivedAt, revised.Article)],
        ArticleEnriched enriched =>
        [
            Content(enriched.ArticleId, enriched.Revision, enriched.ReceivedAt, enriched.Article),
            new(Ids.Enrichment(enriched.ArticleId, enriched.Revision, enriched.Enrichment.Model),
                new Journalled.ArticleEnriched(enriched.Revision, enriched.Enrichment)),
        ],
        ArticleWithdrawn withdrawn =>
        [
            new(Ids.Withdrawal(withdrawn.ArticleId, withdrawn.Revision),
                new Journalled.ArticleWithdrawn(withdrawn.Revision, withdrawn.WithdrawnAt, withdrawn.Reason)),
        ],
        _ => throw new ArgumentException($"{message.GetType()} is no message about an article.", nameof(message)),
    };

    static JournalEntry Content(Guid articleId, int revision, DateTimeOffset receivedAt, ArticleContent article) => new(
        Ids.Revision(articleId, revision),
        revision == 1
            ? new Journalled.ArticleReceived(revision, receivedAt, article)
            : new Journalled.ArticleRevised(revision, receivedAt, article));

    /// <summary>The head after a fact that the journal did not have yet.</summary>
    public static JournalHead After(JournalHead head, object fact) => fact switch
    {
        Journalled.ArticleReceived received => Content(head, received.Revision, received.ReceivedAt),
        Journalled.ArticleRevised revised => Content(head, revised.Revision, revised.ReceivedAt),
        Journalled.ArticleEnriched { Revision: var revision, Enrichment: var enrichment } => IsNewer(head, revision, enrichment)
            ? head with { EnrichedRevision = revision, EnrichedGeneration = enrichment.ModelGeneration, EnrichedModel = enrichment.Model } : head,
        Journalled.ArticleWithdrawn withdrawn => head with { WithdrawnRevision = Math.Max(head.WithdrawnRevision, withdrawn.Revision) },
        Journalled.ArticlePlaced placed => head with { PlacedRevision = placed.Revision, PlacedWithdrawn = placed.Change == ArticleChange.Withdrawn },
        _ => head,
    };

    static JournalHead Content(JournalHead head, int revision, DateTimeOffset receivedAt) => head with
    {
        Revision = Math.Max(head.Revision, revision),
        ReceivedAt = head.ReceivedAt is null || receivedAt < head.ReceivedAt ? receivedAt : head.ReceivedAt,
    };

    static bool IsNewer(JournalHead head, int revision, Enrichment enrichment) =>
        (revision, enrichment.ModelGeneration).CompareTo((head.EnrichedRevision, head.EnrichedGeneration)) switch
        {
            0 => string.CompareOrdinal(enrichment.Model, head.EnrichedModel) > 0,
            var newer => newer > 0,
        };

    /// <summary>
    /// Where the article stands now, if that is news to the outside. It hears of a revision once the revision is understood, of a
    /// withdrawal if it had heard of the article, and nothing of what a newer model thinks of a revision it knows.
    /// </summary>
    public static JournalEntry? Place(JournalHead head, DateTimeOffset now)
    {
        if (head.Revision == 0) return null;
        if (head.Revision <= head.WithdrawnRevision)
            return head.PlacedRevision > 0 && !head.PlacedWithdrawn ? Placed(head, ArticleChange.Withdrawn, null, now) : null;
        return head.EnrichedRevision == head.Revision && head.PlacedRevision < head.Revision
            ? Placed(head, head.PlacedRevision == 0 ? ArticleChange.New : ArticleChange.Revised, head.EnrichedModel, now)
            : null;
    }

    static JournalEntry Placed(JournalHead head, ArticleChange change, string? model, DateTimeOffset now) => new(
        Ids.Placement(head.ArticleId, head.Revision, change),
        new Journalled.ArticlePlaced(head.Revision, model, change, StoryId: null, head.ReceivedAt ?? now, now));
}
