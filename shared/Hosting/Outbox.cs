using System.Diagnostics;
using System.Threading.RateLimiting;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using MassTransit;
using Microsoft.Extensions.Logging;
using Polly;

namespace Monitoring.Hosting;

/// <summary>A message on its way out.</summary>
/// <param name="Id">MessageId: the same however often it is sent.</param>
/// <param name="Message">A record of Contracts.</param>
/// <param name="Bytes">About how large it is.</param>
public sealed record OutgoingMessage(Guid Id, object Message, int Bytes);

/// <summary>
/// The transactional outbox: a subscription to the event store that publishes with confirms and moves its progress only after
/// the broker has taken every message of the page. While the broker is away it waits here, and nobody waits for it.
/// </summary>
public abstract class Outbox : SubscriptionBase
{
    const int PageSize = 100;
    const int MaxInFlight = 32;
    const int MaxKilobytesInFlight = 16 * 1024;

    readonly IBus bus;
    readonly ILogger log;
    readonly ResiliencePipeline publish;
    // No transport waits without end: MassTransit's Publish does while the broker is away.
    static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);

    protected Outbox(string name, IBus bus, ILogger log)
    {
        Name = name;
        Options.BatchSize = PageSize;
        this.bus = bus;
        this.log = log;
        publish = new ResiliencePipelineBuilder()
            .AddRetry(Transient.Retry(attempts: int.MaxValue, Failed))
            .AddTimeout(PublishTimeout)
            .Build();
    }

    /// <summary>Loads what a page of events needs, and answers what an event says to the outside.</summary>
    protected abstract Task<Func<IEvent, OutgoingMessage>> TranslatorAsync(
        IReadOnlyList<IEvent> events, IDocumentOperations store, CancellationToken cancellation);

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        var translate = await TranslatorAsync(page.Events, operations, cancellationToken);
        using var kilobytes = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = MaxKilobytesInFlight, QueueLimit = int.MaxValue });
        await Parallel.ForEachAsync(
            page.Events,
            new ParallelOptions { MaxDegreeOfParallelism = MaxInFlight, CancellationToken = cancellationToken },
            async (stored, token) =>
            {
                if (await TryTranslateAsync(stored, translate, controller) is not { } message) return;
                using var lease = await kilobytes.AcquireAsync(Math.Min(message.Bytes / 1024, MaxKilobytesInFlight), token);
                using var activity = Telemetry.Continue($"{Name} publish", ActivityKind.Producer, stored.Trace());
                await publish.ExecuteAsync(async attempt =>
                    await bus.Publish(message.Message, message.Message.GetType(), context => context.MessageId = message.Id, attempt), token);
            });
        return NullChangeListener.Instance;
    }

    // An event that cannot be translated is set aside where health shows it, and the others go on.
    async Task<OutgoingMessage?> TryTranslateAsync(IEvent stored, Func<IEvent, OutgoingMessage> translate, ISubscriptionController controller)
    {
        try
        {
            return translate(stored);
        }
        catch (Exception poison)
        {
            log.LogError(poison, "Event {Sequence} could not be translated by {Outbox} and is set aside", stored.Sequence, Name);
            await controller.RecordDeadLetterEventAsync(stored, poison);
            return null;
        }
    }

    void Failed(Exception reason) => log.LogWarning("{Outbox} waits for the broker: {Reason}", Name, reason.Message);
}
