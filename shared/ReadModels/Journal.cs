using Marten;
using Monitoring.Contracts;

namespace Monitoring.ReadModels;

// The journal: everything that happened to an article, each fact once, one stream per article. Projection appends it
// (services/Projection/Journal), the read models follow from it alone.

/// <summary>First revision. Its event id is Ingest's.</summary>
public sealed record ArticleReceived(int Revision, DateTimeOffset ReceivedAt, ArticleContent Article);

/// <summary>A later revision.</summary>
public sealed record ArticleRevised(int Revision, DateTimeOffset ReceivedAt, ArticleContent Article);

/// <summary>Everything up to the revision is taken back.</summary>
public sealed record ArticleWithdrawn(int Revision, DateTimeOffset WithdrawnAt, string? Reason);

/// <summary>A revision was read. Without the text, which stands in the revision's own event.</summary>
public sealed record ArticleEnriched(int Revision, Enrichment Enrichment);

/// <summary>The decision where the article stands, which the outside is told.</summary>
/// <param name="Revision">The revision it is about.</param>
/// <param name="Model">Of the enrichment it rests on; absent when withdrawn.</param>
/// <param name="Change">What is new.</param>
/// <param name="StoryId">The story it belongs to, if any.</param>
/// <param name="ReceivedAt">When the article's first revision came in, as far as known.</param>
/// <param name="PlacedAt">When this was decided.</param>
public sealed record ArticlePlaced(int Revision, string? Model, ArticleChange Change, Guid? StoryId, DateTimeOffset ReceivedAt, DateTimeOffset PlacedAt);

static class JournalEvents
{
    /// <summary>The names under which events are stored never change; a new shape gets a new name and an upcaster.</summary>
    public static void AddJournal(this StoreOptions options)
    {
        options.Events.MapEventType<ArticleReceived>("article_received");
        options.Events.MapEventType<ArticleRevised>("article_revised");
        options.Events.MapEventType<ArticleWithdrawn>("article_withdrawn");
        options.Events.MapEventType<ArticleEnriched>("article_enriched");
        options.Events.MapEventType<ArticlePlaced>("article_placed");
    }
}
