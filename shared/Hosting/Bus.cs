using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Monitoring.Hosting;

/// <summary>MassTransit on RabbitMQ as all services use it.</summary>
public static class Bus
{
    /// <summary>To be added last: what is added last starts last and stops first, so no message meets a service half started.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="consumers">Adds its consumers, each with a <see cref="QueueDefinition{T}"/>.</param>
    public static void AddBus(this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator>? consumers = null)
    {
        var broker = new Uri(builder.Configuration.GetConnectionString("RabbitMq") ?? throw new InvalidOperationException(
            "ConnectionStrings:RabbitMq is missing: the broker's address (amqp://user:password@host:port/)."));

        // Services start and work without the broker; stopping, consumers get five of the host's ten seconds.
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(options =>
        {
            options.WaitUntilStarted = false;
            options.StopTimeout = TimeSpan.FromSeconds(8);
            options.ConsumerStopTimeout = TimeSpan.FromSeconds(5);
        });
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            // A broker that is away degrades a service, it does not kill it: what was accepted is kept and sent later.
            bus.ConfigureHealthCheckOptions(options =>
            {
                options.Name = "broker";
                options.MinimalFailureStatus = HealthStatus.Degraded;
            });
            consumers?.Invoke(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker, host =>
                {
                    host.PublisherConfirmation = true;
                    host.ConnectionName(builder.Environment.ApplicationName);
                    host.Heartbeat(TimeSpan.FromSeconds(10));
                });
                Reconnect.OftenAndForLong(rabbit);
                rabbit.ConfigureJsonSerializerOptions(Json.Configure);
                // A confirm alone is no delivery: what no queue takes comes back as a fault. Alerts are for whoever listens.
                rabbit.ConfigurePublish(publish => publish.UseExecute(message =>
                {
                    if (message.TryGetPayload<RabbitMqSendContext>(out var send) && message is not PublishContext<Contracts.AlertRaised>) send.Mandatory = true;
                }));
                Topology.Declare(rabbit);
                rabbit.ConfigureEndpoints(context);
            });
        });
    }
}

/// <summary>A consumer's durable queue: quorum, bound by <see cref="Topology"/>, patient with the infrastructure, strict with poison.</summary>
public abstract class QueueDefinition<TConsumer> : ConsumerDefinition<TConsumer> where TConsumer : class, IConsumer
{
    readonly string queue;
    readonly int concurrency;

    /// <param name="queue">One of the queues of <see cref="Topology"/>.</param>
    /// <param name="concurrency">Messages in work at a time.</param>
    protected QueueDefinition(string queue, int concurrency) => (EndpointName, this.queue, this.concurrency) = (queue, queue, concurrency);

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TConsumer> consumerConfigurator, IRegistrationContext context)
    {
        var rabbit = (IRabbitMqReceiveEndpointConfigurator)endpointConfigurator;
        Topology.Arguments(queue, rabbit);
        rabbit.PrefetchCount = (ushort)(2 * concurrency);
        rabbit.ConcurrentMessageLimit = concurrency;
        // Topology binds the queue; a second binding through the endpoint's own exchange would deliver everything twice.
        rabbit.ConfigureConsumeTopology = false;
        // Nobody consumes Fault<T>; the error queue and the log tell.
        rabbit.PublishFaults = false;
        // More than one in ten messages failing is no poison but a fault of ours: stop, let the queue keep them, try again.
        rabbit.UseKillSwitch(options => options.SetActivationThreshold(100).SetTripThreshold(0.1).SetRestartTimeout(m: 1));
        // While the database or the broker is away nothing else could be done either, so messages wait here and are tried every
        // 5 s for half a day; shutting down hands them back to the queue. All other faults are poison: to the error queue at once.
        // (The policy computes its intervals beforehand, so "for ever" would be an array of two billion.)
        rabbit.UseMessageRetry(retry =>
        {
            // A service that is going down fails its messages by its own fault: they wait out its last moments and are delivered anew.
            retry.Handle<Exception>(fault => Transient.Is(fault) || fault is ObjectDisposedException or OperationCanceledException);
            retry.Exponential(10_000, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(400));
        });
    }
}
