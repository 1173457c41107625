using System.Diagnostics.Metrics;
using MassTransit;
using Monitoring.Contracts;
using Monitoring.Hosting;

namespace Monitoring.Alerts.Matching;

/// <summary>Compares every article that is new or has changed with the subscriptions. An article that had raised an alert does not raise it again.</summary>
public sealed class MatchArticlesConsumer(GroupCommit<PlacedArticle, int> alerts) : IConsumer<ArticlePlaced>
{
    static readonly Counter<long> Raised = Telemetry.Meter.CreateCounter<long>("monitoring.alerts.raised", "{alert}", "Alerts raised.");

    public async Task Consume(ConsumeContext<ArticlePlaced> context)
    {
        if (context.Message.Change is not (ArticleChange.New or ArticleChange.Revised)) return;
        Raised.Add(await alerts.SubmitAsync(new PlacedArticle(context.Message, TraceParent.Current), context.CancellationToken));
    }

    /// <summary>Bytes an article holds while it waits.</summary>
    public static int Size(PlacedArticle placed) => 4 * ((placed.Article.Article?.Title?.Length ?? 0) + (placed.Article.Article?.Body?.Length ?? 0)) + 500;
}

public sealed class MatchArticlesDefinition() : QueueDefinition<MatchArticlesConsumer>(Topology.MatchArticles, concurrency: 100);
