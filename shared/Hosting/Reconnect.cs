using System.Reflection;
using MassTransit;
using MassTransit.Configuration;
using RabbitMQ.Client.Exceptions;

namespace Monitoring.Hosting;

/// <summary>
/// How often a bus that lost the broker looks for it. MassTransit waits 3, then 6, … then 30 s between two looks, gives up
/// after a thousand, and has no setting for either (8.5.12, RabbitMqHostConfiguration). After an outage of a minute that alone
/// is longer than the half minute in which everything has to be back.
/// </summary>
static class Reconnect
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>A week. The policy keeps an array of its intervals, so "for ever" would be one of two billion.</summary>
    const int Attempts = 300_000;

    public static void OftenAndForLong(IRabbitMqBusFactoryConfigurator rabbit)
    {
        var host = Field(rabbit, "_hostConfiguration").GetValue(rabbit)!;
        Field(host, $"<{nameof(IHostConfiguration.ReceiveTransportRetryPolicy)}>k__BackingField").SetValue(host, Retry.CreatePolicy(retry =>
        {
            retry.Handle<ConnectionException>();
            retry.Handle<AlreadyClosedException>();
            retry.Handle<OperationInterruptedException>();
            retry.Handle<IOException>();
            // As a broker does that comes up and has not read its definitions yet.
            retry.Handle<BrokerUnreachableException>();
            retry.Interval(Attempts, Interval);
        }));
    }

    static FieldInfo Field(object of, string name) => of.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingFieldException(of.GetType().FullName, name);
}
