using System.Net.Sockets;
using Npgsql;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Monitoring.Hosting;

/// <summary>Faults of the infrastructure, which pass by themselves, told from faults of a message, which do not.</summary>
public static class Transient
{
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        NpgsqlException { IsTransient: true } => true,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.QueryCanceled } => true,
        PostgresException => false,
        NpgsqlException or SocketException or TimeoutException or IOException or TimeoutRejectedException => true,
        MassTransit.ConnectionException or MassTransit.MessageNotAcknowledgedException or MassTransit.MessageReturnedException => true,
        RabbitMQ.Client.Exceptions.RabbitMQClientException => true,
        _ => Is(exception.InnerException),
    };

    /// <summary>Up to <paramref name="attempts"/> retries after 0.1 s, 0.2 s, 0.4 s … at most 5 s each, with jitter.</summary>
    public static RetryStrategyOptions Retry(int attempts, Action<Exception>? onRetry = null) => new()
    {
        ShouldHandle = arguments => ValueTask.FromResult(Is(arguments.Outcome.Exception)),
        MaxRetryAttempts = attempts,
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromMilliseconds(100),
        MaxDelay = TimeSpan.FromSeconds(5),
        UseJitter = true,
        OnRetry = arguments =>
        {
            onRetry?.Invoke(arguments.Outcome.Exception!);
            return default;
        },
    };
}
