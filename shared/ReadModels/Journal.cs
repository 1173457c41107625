using System.Text.Json;
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

/// <summary>The names under which events are stored never change; a new shape gets a new name and an upcaster.</summary>
public static class JournalEvents
{
    static readonly Dictionary<string, Type> Types = new()
    {
        ["article_received"] = typeof(ArticleReceived),
        ["article_revised"] = typeof(ArticleRevised),
        ["article_withdrawn"] = typeof(ArticleWithdrawn),
        ["article_enriched"] = typeof(ArticleEnriched),
        ["article_placed"] = typeof(ArticlePlaced),
    };

    internal static void AddJournal(this StoreOptions options)
    {
        foreach (var (name, type) in Types) options.Events.MapEventType(type, name);
    }

    /// <summary>An event as the table has it, for whoever reads many at once without Marten.</summary>
    /// <exception cref="NotSupportedException">The name is none of an event here: a newer version wrote it.</exception>
    public static object Read(string name, ReadOnlySpan<byte> json, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(json, Types.GetValueOrDefault(name) ?? throw new NotSupportedException($"Events named {name} are not known here."), options)!;
}
