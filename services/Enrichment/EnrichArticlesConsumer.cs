using System.Diagnostics;
using System.Diagnostics.Metrics;
using MassTransit;
using Monitoring.Contracts;
using Monitoring.Hosting;

namespace Monitoring.Enrichment;

/// <summary>
/// Enriches every revision that comes in. One message at a time: there is no state to write, so a batch would group nothing,
/// make a lone article wait, and let one poisonous message take others along (deploy/adr/0004).
/// </summary>
public sealed class EnrichArticlesConsumer(Enricher enricher) : IConsumer<ArticleReceived>, IConsumer<ArticleRevised>
{
    static readonly Histogram<double> Duration =
        Telemetry.Meter.CreateHistogram<double>("monitoring.enrichment.duration", "s", "Time to read one article.");

    // No confirm of the broker takes longer, and no message may hold its place for ever.
    static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);

    public Task Consume(ConsumeContext<ArticleReceived> context) =>
        EnrichAsync(context, context.Message.ArticleId, context.Message.Revision, context.Message.ReceivedAt, context.Message.Article);

    public Task Consume(ConsumeContext<ArticleRevised> context) =>
        EnrichAsync(context, context.Message.ArticleId, context.Message.Revision, context.Message.ReceivedAt, context.Message.Article);

    async Task EnrichAsync(ConsumeContext context, Guid articleId, int revision, DateTimeOffset receivedAt, ArticleContent article)
    {
        var started = Stopwatch.GetTimestamp();
        var enrichment = enricher.Enrich(article);
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        timeout.CancelAfter(PublishTimeout);
        try
        {
            await context.Publish(
                new ArticleEnriched { ArticleId = articleId, Revision = revision, ReceivedAt = receivedAt, Article = article, Enrichment = enrichment },
                publish => publish.MessageId = Ids.Enrichment(articleId, revision, enrichment.Model),
                timeout.Token);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The broker did not take the enrichment of {articleId} within {PublishTimeout.TotalSeconds} s.");
        }
    }
}

public sealed class EnrichArticlesDefinition() : QueueDefinition<EnrichArticlesConsumer>(Topology.EnrichArticles, concurrency: 32);
