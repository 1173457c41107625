using JasperFx.Events;
using Marten;
using MassTransit;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Journalled = Monitoring.ReadModels;

namespace Monitoring.Projection.Publishing;

/// <summary>Tells the outside where articles stand, each time with the article and what was understood of it.</summary>
public sealed class PlacementOutbox : Outbox
{
    public const string OutboxName = "placement-outbox";

    public PlacementOutbox(IBus bus, ILogger<PlacementOutbox> log) : base(OutboxName, bus, log) => IncludeType<Journalled.ArticlePlaced>();

    protected override async Task<Func<IEvent, OutgoingMessage>> TranslatorAsync(
        IReadOnlyList<IEvent> events, IDocumentOperations store, CancellationToken cancellation)
    {
        var ids = events.SelectMany(stored => Sources(stored.StreamId, (Journalled.ArticlePlaced)stored.Data)).ToArray();
        var facts = (await store.Events.QueryAllRawEvents().Where(stored => stored.Id.IsOneOf(ids)).ToListAsync(cancellation))
            .ToDictionary(stored => stored.Id, stored => stored.Data);
        return stored => Translate(stored, (Journalled.ArticlePlaced)stored.Data, facts);
    }

    static IEnumerable<Guid> Sources(Guid articleId, Journalled.ArticlePlaced placed) => placed.Model is null ? [] :
        [Ids.Revision(articleId, placed.Revision), Ids.Enrichment(articleId, placed.Revision, placed.Model)];

    static OutgoingMessage Translate(IEvent stored, Journalled.ArticlePlaced placed, Dictionary<Guid, object> facts)
    {
        var (article, enrichment) = placed.Model is null ? (null, null) : (
            facts[Ids.Revision(stored.StreamId, placed.Revision)] switch
            {
                Journalled.ArticleReceived received => received.Article,
                Journalled.ArticleRevised revised => revised.Article,
                var other => throw new InvalidOperationException($"{other.GetType()} is no revision."),
            },
            ((Journalled.ArticleEnriched)facts[Ids.Enrichment(stored.StreamId, placed.Revision, placed.Model)]).Enrichment);
        var message = new ArticlePlaced
        {
            ArticleId = stored.StreamId,
            Revision = placed.Revision,
            PlacedAt = placed.PlacedAt,
            Change = placed.Change,
            StoryId = placed.StoryId,
            ReceivedAt = placed.ReceivedAt,
            Article = article,
            Enrichment = enrichment,
        };
        return new OutgoingMessage(stored.Id, message, 4 * ((article?.Title?.Length ?? 0) + (article?.Body?.Length ?? 0)) + 1000);
    }
}
