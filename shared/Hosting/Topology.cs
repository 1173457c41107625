using MassTransit;
using Monitoring.Contracts;

namespace Monitoring.Hosting;

/// <summary>A message, the exchange it is published to, and the durable queues that must each get a copy.</summary>
public sealed record Route(Type Message, string Exchange, IReadOnlyList<string> Queues);

/// <summary>
/// Who gets what on the broker. A publisher declares exchange, queues and bindings of a message before the first publish on
/// every connection, so that nothing is lost to an exchange without queues: not on a fresh broker, not on one that lost its disk.
/// </summary>
public static class Topology
{
    public const string EnrichArticles = "enrich-articles";
    public const string ProjectArticles = "project-articles";
    public const string MatchArticles = "match-articles";

    public static readonly IReadOnlyList<Route> Routes =
    [
        new(typeof(ArticleReceived), ArticleReceived.Exchange, [EnrichArticles, ProjectArticles]),
        new(typeof(ArticleRevised), ArticleRevised.Exchange, [EnrichArticles, ProjectArticles]),
        new(typeof(ArticleWithdrawn), ArticleWithdrawn.Exchange, [ProjectArticles]),
        new(typeof(ArticleEnriched), ArticleEnriched.Exchange, [ProjectArticles]),
        new(typeof(ArticlePlaced), ArticlePlaced.Exchange, [MatchArticles]),
        new(typeof(AlertRaised), AlertRaised.Exchange, []),
    ];

    /// <summary>Where MassTransit puts what a consumer could not process.</summary>
    public static string ErrorQueue(string queue) => queue + "_error";

    /// <summary>Where MassTransit puts what no consumer of the queue understands.</summary>
    public static string SkippedQueue(string queue) => queue + "_skipped";

    internal static void Declare(IRabbitMqBusFactoryConfigurator bus)
    {
        bus.MessageTopology.SetEntityNameFormatter(new ContractNames(bus.MessageTopology.EntityNameFormatter));
        foreach (var route in Routes)
        {
            bus.Publish(route.Message, message =>
            {
                foreach (var queue in route.Queues)
                {
                    message.BindQueue(route.Exchange, queue, q => Arguments(queue, q));
                    // Also the queues for dead letters, so that the broker's own dead-lettering (delivery limit) finds them.
                    message.BindQueue(ErrorQueue(queue), ErrorQueue(queue), q => Arguments(queue, q));
                }
            });
        }
    }

    /// <summary>Arguments of a queue can never change later, and MassTransit gives those of a queue to its error queue too.</summary>
    internal static void Arguments(string queue, IRabbitMqQueueConfigurator configurator)
    {
        configurator.SetQuorumQueue();
        // The journal has one appender: messages of one article meet their predecessors in order of arrival.
        if (queue == ProjectArticles) configurator.SingleActiveConsumer = true;
    }

    sealed class ContractNames(IEntityNameFormatter others) : IEntityNameFormatter
    {
        public string FormatEntityName<T>() => Routes.FirstOrDefault(route => route.Message == typeof(T))?.Exchange ?? others.FormatEntityName<T>();
    }
}
