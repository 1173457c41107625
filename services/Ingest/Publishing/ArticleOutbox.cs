using JasperFx.Events;
using Marten;
using MassTransit;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Stored = Monitoring.Ingest.Articles;

namespace Monitoring.Ingest.Publishing;

/// <summary>Publishes what was appended, once the broker takes it. The one place that translates stored events to messages.</summary>
public sealed class ArticleOutbox : Outbox
{
    public const string OutboxName = "article-outbox";

    public ArticleOutbox(IBus bus, ILogger<ArticleOutbox> log) : base(OutboxName, bus, log)
    {
        IncludeType<Stored.ArticleReceived>();
        IncludeType<Stored.ArticleRevised>();
        IncludeType<Stored.ArticleWithdrawn>();
    }

    protected override Task<Func<IEvent, OutgoingMessage>> TranslatorAsync(
        IReadOnlyList<IEvent> events, IDocumentOperations store, CancellationToken cancellation) => Task.FromResult(Translate);

    static OutgoingMessage Translate(IEvent stored) => stored.Data switch
    {
        Stored.ArticleReceived received => Message(stored, received.Article, new ArticleReceived
        {
            ArticleId = stored.StreamId,
            Revision = received.Revision,
            ReceivedAt = received.ReceivedAt,
            Article = received.Article,
        }),
        Stored.ArticleRevised revised => Message(stored, revised.Article, new ArticleRevised
        {
            ArticleId = stored.StreamId,
            Revision = revised.Revision,
            ReceivedAt = revised.ReceivedAt,
            Article = revised.Article,
        }),
        Stored.ArticleWithdrawn withdrawn => Message(stored, null, new ArticleWithdrawn
        {
            ArticleId = stored.StreamId,
            Revision = withdrawn.Revision,
            WithdrawnAt = withdrawn.WithdrawnAt,
            Reason = withdrawn.Reason,
        }),
        _ => throw new InvalidOperationException($"{stored.EventTypeName} is no event of an article."),
    };

    static OutgoingMessage Message(IEvent stored, ArticleContent? article, object message) =>
        new(stored.Id, message, 2 * ((article?.Title?.Length ?? 0) + (article?.Body?.Length ?? 0)) + 1000);
}
