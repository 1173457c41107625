using System.Diagnostics.Metrics;
using MassTransit;
using Monitoring.Contracts;
using Monitoring.Hosting;

namespace Monitoring.Projection.Journal;

/// <summary>Hands every message about an article to the journal, and acknowledges it once the journal has it.</summary>
public sealed class ProjectArticlesConsumer(GroupCommit<JournalMessage, bool> journal)
    : IConsumer<ArticleReceived>, IConsumer<ArticleRevised>, IConsumer<ArticleEnriched>, IConsumer<ArticleWithdrawn>
{
    static readonly Counter<long> Messages =
        Telemetry.Meter.CreateCounter<long>("monitoring.journal.messages", "{message}", "Messages about articles, by whether they brought anything new.");

    public Task Consume(ConsumeContext<ArticleReceived> context) => AppendAsync(context, context.Message.ArticleId);
    public Task Consume(ConsumeContext<ArticleRevised> context) => AppendAsync(context, context.Message.ArticleId);
    public Task Consume(ConsumeContext<ArticleEnriched> context) => AppendAsync(context, context.Message.ArticleId);
    public Task Consume(ConsumeContext<ArticleWithdrawn> context) => AppendAsync(context, context.Message.ArticleId);

    async Task AppendAsync<T>(ConsumeContext<T> context, Guid articleId) where T : class
    {
        var isNew = await journal.SubmitAsync(new JournalMessage(articleId, context.Message, TraceParent.Current), context.CancellationToken);
        Messages.Add(1, new KeyValuePair<string, object?>("new", isNew));
    }

    /// <summary>Bytes a message holds while it waits.</summary>
    public static int Size(JournalMessage message) => message.Message switch
    {
        ArticleReceived received => Size(received.Article),
        ArticleRevised revised => Size(revised.Article),
        ArticleEnriched enriched => 2 * Size(enriched.Article),
        _ => 500,
    };

    static int Size(ArticleContent article) => 2 * ((article.Title?.Length ?? 0) + (article.Body?.Length ?? 0)) + 500;
}

/// <summary>As many at a time as make a full group.</summary>
public sealed class ProjectArticlesDefinition() : QueueDefinition<ProjectArticlesConsumer>(Topology.ProjectArticles, concurrency: 200);
