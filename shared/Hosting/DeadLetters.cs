using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Monitoring.Hosting;

/// <summary>Messages of a queue that could not be processed: counted in health and metrics, sent again by one call.</summary>
public sealed class DeadLetters(string queue, IConfiguration configuration, TimeProvider time, ILogger<DeadLetters> log)
    : BackgroundService, IHealthCheck
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    // Consumers retry in memory, so this connection needs no recovery of its own: it is opened anew for each look.
    readonly ConnectionFactory broker = new()
    {
        Uri = new Uri(configuration.GetConnectionString("RabbitMq")!),
        AutomaticRecoveryEnabled = false,
        ClientProvidedName = $"dead-letters {queue}",
    };
    long count;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Telemetry.Meter.CreateObservableGauge("monitoring.dead_letters",
            () => new Measurement<long>(Volatile.Read(ref count), new KeyValuePair<string, object?>("queue", queue)), "{message}",
            "Messages that could not be processed.");
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                Volatile.Write(ref count, await CountAsync(stoppingToken));
            }
            catch (Exception exception) when (Transient.Is(exception))
            {
                log.LogDebug("Dead letters of {Queue} could not be counted: {Reason}", queue, exception.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var letters = Volatile.Read(ref count);
        var data = new Dictionary<string, object> { [queue] = letters };
        return Task.FromResult(letters == 0 ? HealthCheckResult.Healthy(data: data) : HealthCheckResult.Degraded(
            $"{letters} messages of {queue} could not be processed; see the log, then replay them.", data: data));
    }

    async Task<long> CountAsync(CancellationToken cancellation)
    {
        await using var connection = await broker.CreateConnectionAsync(cancellation);
        return await CountAsync(connection, Topology.ErrorQueue(queue), cancellation)
            + await CountAsync(connection, Topology.SkippedQueue(queue), cancellation);
    }

    static async Task<long> CountAsync(IConnection connection, string name, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(name, cancellation)).MessageCount;
        }
        catch (OperationInterruptedException notThere) when (notThere.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return 0;
        }
    }

    /// <summary>
    /// Sends every dead letter there is now to its queue again; each leaves the error queue only once the broker has taken the
    /// copy. By a consumer: quorum queues with a single active consumer refuse to be polled.
    /// </summary>
    /// <returns>How many.</returns>
    public async Task<int> ReplayAsync(CancellationToken cancellation)
    {
        await using var connection = await broker.CreateConnectionAsync(cancellation);
        var replayed = 0;
        foreach (var name in new[] { Topology.ErrorQueue(queue), Topology.SkippedQueue(queue) })
            replayed += await ReplayAsync(connection, name, await CountAsync(connection, name, cancellation), cancellation);
        Volatile.Write(ref count, await CountAsync(cancellation));
        return replayed;
    }

    async Task<int> ReplayAsync(IConnection connection, string name, long letters, CancellationToken cancellation)
    {
        if (letters == 0) return 0;
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        await channel.BasicQosAsync(0, 50, global: false, cancellation);

        var replayed = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, letter) =>
        {
            // What failed again meanwhile comes behind those that were here before and waits for the next replay.
            if (replayed >= letters) return;
            var properties = new BasicProperties(letter.BasicProperties);
            foreach (var fault in properties.Headers?.Keys.Where(key => key.StartsWith("MT-Fault-", StringComparison.Ordinal)).ToList() ?? [])
                properties.Headers!.Remove(fault);
            await channel.BasicPublishAsync("", queue, mandatory: true, properties, letter.Body, cancellation);
            await channel.BasicAckAsync(letter.DeliveryTag, multiple: false, cancellation);
            if (++replayed == letters) done.TrySetResult();
        };
        await channel.BasicConsumeAsync(name, autoAck: false, consumer, cancellation);
        // Fewer than counted when another replay runs at the same time.
        for (var before = -1; !done.Task.IsCompleted && before != replayed;)
        {
            before = replayed;
            await Task.WhenAny(done.Task, Task.Delay(Idle, time, cancellation));
        }
        return replayed;
    }
}

public static class DeadLettersOfAQueue
{
    /// <summary>For the service that consumes the queue.</summary>
    public static void AddDeadLetters(this WebApplicationBuilder builder, string queue)
    {
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<DeadLetters>(services, queue));
        builder.Services.AddHostedService(services => services.GetRequiredService<DeadLetters>());
        builder.Services.AddHealthChecks().AddCheck<DeadLetters>("dead-letters", tags: [Health.Ready]);
    }

    public static void MapDeadLetters(this IEndpointRouteBuilder app, string queue) => app
        .MapPost($"/api/dead-letters/{queue}/replay", async (DeadLetters letters, CancellationToken cancellation) =>
            new DeadLettersReplayed(queue, await letters.ReplayAsync(cancellation)))
        .RequireAuthorization(Scopes.Admin)
        .WithTags("Operation").WithName($"replay-{queue}")
        .WithSummary($"Send what could not be processed to the queue {queue} again")
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
}

/// <param name="Queue">The queue.</param>
/// <param name="Replayed">How many messages were sent to it again.</param>
public sealed record DeadLettersReplayed(string Queue, int Replayed);
