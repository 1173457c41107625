using Marten;
using Monitoring.Alerts.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Subscriptions;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Npgsql;
using AlertRaised = Monitoring.Alerts.Alerts.AlertRaised;

namespace Monitoring.Alerts.Matching;

/// <param name="Article">As placed.</param>
/// <param name="TraceParent">W3C trace context of its delivery.</param>
public sealed record PlacedArticle(ArticlePlaced Article, string? TraceParent);

/// <summary>Raises the alerts of a group of articles in one transaction, each once: its id follows from subscription and article.</summary>
public sealed class AlertStore(IDocumentStore store, SubscriptionStore subscriptions, DeliveryQueue deliveries, NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>"alerts" in ASCII: one group over all Alerts processes raises at a time.</summary>
    const long Lock = 0x616c65727473;

    (long Version, SubscriptionIndex Subscriptions) current = (0, new SubscriptionIndex([]));

    /// <returns>How many alerts each article raised.</returns>
    public async Task<IReadOnlyList<int>> CommitAsync(IReadOnlyList<PlacedArticle> articles, CancellationToken cancellation)
    {
        var index = await IndexAsync(cancellation);
        var matches = articles.SelectMany((placed, i) => placed.Article is { Article: { } article, Enrichment: { } enrichment }
            ? index.Match(article, enrichment, placed.Article.PlacedAt).Select(match => (Index: i, Placed: placed, Match: match, Id: Ids.Alert(match.Subscription.Id, placed.Article.ArticleId)))
            : []).DistinctBy(match => match.Id).ToList();
        var raised = new int[articles.Count];
        if (matches.Count == 0) return raised;

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var known = await KnownAsync(connection, [.. matches.Select(match => match.Id)], cancellation);
        await using var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction));
        var now = time.GetUtcNow();
        var news = matches.Where(match => !known.Contains(match.Id)).ToList();
        foreach (var (i, placed, match, id) in news)
        {
            session.Events.StartStream<Alert>(id, session.Events.BuildEvent(Raised(placed.Article, match, now)).WithTrace(placed.TraceParent));
            raised[i]++;
        }
        await session.SaveChangesAsync(cancellation);
        await DeliveryQueue.AddAsync(connection,
            [.. news.Where(raise => raise.Match.Subscription.Webhook is not null).Select(raise => (raise.Id, raise.Match.Subscription.Id, raise.Placed.TraceParent))],
            now, cancellation);
        await transaction.CommitAsync(cancellation);
        deliveries.Wake();
        return raised;
    }

    static AlertRaised Raised(ArticlePlaced placed, Match match, DateTimeOffset now) => new(
        new AlertSubscription(match.Subscription.Id, match.Subscription.Name),
        new AlertArticle
        {
            Id = placed.ArticleId,
            Revision = placed.Revision,
            Title = placed.Article!.Title,
            Url = placed.Article.Url,
            Source = placed.Article.Source,
            Published = placed.Article.Published,
            Received = placed.ReceivedAt,
        },
        match.Reasons,
        match.Subscription.Webhook is not null,
        now);

    async Task<SubscriptionIndex> IndexAsync(CancellationToken cancellation)
    {
        // The version first: a change between the two reads is read twice, never missed.
        var version = await subscriptions.VersionAsync(cancellation);
        if (version != current.Version) current = (version, new SubscriptionIndex(await subscriptions.AllAsync(cancellation)));
        return current.Subscriptions;
    }

    static async Task<HashSet<Guid>> KnownAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select pg_advisory_xact_lock({Lock})"),
                new("select id from alerts.mt_streams where id = any($1)") { Parameters = { new() { Value = ids } } },
            },
        };
        var known = new HashSet<Guid>();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) known.Add(reader.GetGuid(0));
        return known;
    }
}
