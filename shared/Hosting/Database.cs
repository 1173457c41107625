using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Monitoring.Hosting;

/// <summary>
/// The two connection strings of a service. <c>Direct</c> serves what lives long (daemon, LISTEN, leases, migrations) and must
/// not pass a transaction pooler; <c>Pooled</c> serves requests, may pass one, and has a time-out for each statement.
/// </summary>
public static class Database
{
    /// <summary>One pool per service, shared with its event store.</summary>
    public static NpgsqlDataSource AddDirectDatabase(this WebApplicationBuilder builder, string service)
    {
        // client_connection_check_interval: PostgreSQL notices within a second that a killed leader is gone, instead of at the
        // end of the statement in which its lock connection sleeps.
        var database = Build(builder.Configuration, service, "Direct", "-c client_connection_check_interval=1s -c idle_in_transaction_session_timeout=60s");
        builder.Services.AddSingleton(database);
        return database;
    }

    /// <summary>Falls back to the Direct server where no Pooled one is named.</summary>
    public static void AddPooledDatabase(this WebApplicationBuilder builder, string service) => builder.Services.AddSingleton(Build(
        builder.Configuration, service, builder.Configuration.GetConnectionString("Pooled") is null ? "Direct" : "Pooled",
        // What is prepared is planned once: over partitions by the dozen, planning took longer than the search itself. Npgsql's own
        // preparing is left off: after a statement that fails it met "unexpected backend message DataRow" (one random request of 10,000).
        "-c statement_timeout=5s -c plan_cache_mode=force_generic_plan"));

    // Options that the connection string itself names win.
    static NpgsqlDataSource Build(IConfiguration configuration, string service, string name, string options)
    {
        var builder = new NpgsqlDataSourceBuilder(configuration.GetConnectionString(name) ?? throw new InvalidOperationException(
            $"ConnectionStrings:{name} is missing: the PostgreSQL database of {service} (Host=…;Port=…;Database=…;Username=…;Password=…)."))
        {
            Name = service,
        };
        builder.ConnectionStringBuilder.ApplicationName ??= $"monitoring-{service}";
        builder.ConnectionStringBuilder.Options ??= options;
        // A page of articles is a few hundred kilobytes; in the usual 8 each is a system call.
        if (!builder.ConnectionStringBuilder.ContainsKey("Read Buffer Size")) builder.ConnectionStringBuilder.ReadBufferSize = 64 * 1024;
        return builder.Build();
    }
}
