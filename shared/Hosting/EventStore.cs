using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Weasel.Core;

namespace Monitoring.Hosting;

/// <summary>Marten as all services use it. Each has an event store of its own in a schema of its own.</summary>
public static class EventStore
{
    /// <param name="builder">The service.</param>
    /// <param name="service">Its name.</param>
    /// <param name="schema">Schema of events and documents.</param>
    /// <param name="configure">Events, documents and projections of this store.</param>
    public static MartenServiceCollectionExtensions.MartenConfigurationExpression AddEventStore(
        this WebApplicationBuilder builder, string service, string schema, Action<StoreOptions> configure)
    {
        var database = builder.AddDirectDatabase(service);
        builder.Services.AddSingleton<DaemonProgress>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DaemonProgress>());
        builder.Services.AddHealthChecks().AddCheck<DaemonProgress>("daemon", tags: [Health.Ready]);

        return builder.Services
            .AddMarten(services =>
            {
                var options = new StoreOptions();
                options.Connection(database);
                options.Defaults(schema);
                var notification = new EventNotification(database, schema, services.GetRequiredService<ILogger<EventNotification>>());
                options.Listeners.Add(notification);
                options.Projections.Wakeup = notification;
                configure(options);
                return options;
            })
            .UseLightweightSessions()
            .ApplyAllDatabaseChangesOnStartup()
            .AddAsyncDaemon(DaemonMode.HotCold);
    }

    /// <summary>Of the last event there is. The sequence itself may be ahead: a transaction that failed takes its numbers with it.</summary>
    public static async Task<long> LastSequenceAsync(this NpgsqlDataSource database, string schema, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select coalesce(max(seq_id), 0) from {schema}.mt_events");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Also what a reader of the store needs to understand it.</summary>
    public static void Defaults(this StoreOptions options, string schema)
    {
        options.DatabaseSchemaName = schema;
        options.CommandTimeout = 30;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, json => Json.Configure(json));

        var events = options.Events;
        events.StreamIdentity = StreamIdentity.AsGuid;
        events.AppendMode = EventAppendMode.Quick;
        // EventNotification wakes the daemon instead.
        events.UseListenNotifyForEventAppends = false;
        events.EnableUniqueIndexOnEventId = true;
        events.EnableEventTypeIndex = true;
        events.UseIdentityMapForAggregates = false;
        // DistributedLock.Postgres refuses to multiplex on a data source (see Directory.Build.targets).
        events.UseAdvisoryLockTransaction = true;
        events.MetadataConfig.CorrelationIdEnabled = true;
        events.MetadataConfig.CausationIdEnabled = true;
        events.MetadataConfig.HeadersEnabled = true;

        var projections = options.Projections;
        // LISTEN is what wakes the daemon; polling covers the moments without a connection that listens.
        projections.FastPollingTime = TimeSpan.FromMilliseconds(50);
        projections.SlowPollingTime = TimeSpan.FromSeconds(1);
        projections.HealthCheckPollingTime = TimeSpan.FromSeconds(1);
        projections.LeadershipPollingTime = 1000;
        // An event that cannot be read or applied is set aside as a dead letter, seen in health, and harms no other.
        projections.Errors.SkipApplyErrors = true;
        projections.Errors.SkipSerializationErrors = true;
        // An event of an unknown type was written by a newer version: to wait for the update loses nothing, to skip it would.
        projections.Errors.SkipUnknownEvents = false;
    }
}
