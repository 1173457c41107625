using JasperFx.Events;
using Marten;
using MassTransit;
using Monitoring.Hosting;
using Stored = Monitoring.Alerts.Alerts;

namespace Monitoring.Alerts.Publishing;

/// <summary>Tells whoever listens on the broker that an alert was raised.</summary>
public sealed class AlertOutbox : Outbox
{
    public AlertOutbox(IBus bus, ILogger<AlertOutbox> log) : base("alert-outbox", bus, log) => IncludeType<Stored.AlertRaised>();

    protected override Task<Func<IEvent, OutgoingMessage>> TranslatorAsync(
        IReadOnlyList<IEvent> events, IDocumentOperations store, CancellationToken cancellation) => Task.FromResult(Translate);

    static OutgoingMessage Translate(IEvent stored)
    {
        var raised = (Stored.AlertRaised)stored.Data;
        return new OutgoingMessage(stored.Id, new Contracts.AlertRaised
        {
            AlertId = stored.StreamId,
            SubscriptionId = raised.Subscription.Id,
            SubscriptionName = raised.Subscription.Name,
            ArticleId = raised.Article.Id,
            Revision = raised.Article.Revision,
            RaisedAt = raised.At,
            Reasons = raised.Reasons,
        }, Bytes: 2000);
    }
}
