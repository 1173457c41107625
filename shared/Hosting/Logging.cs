using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Monitoring.Hosting;

/// <summary>Structured logs as compact JSON on the console, with trace ids. No text of an article is ever logged.</summary>
static class Logging
{
    /// <summary>For what goes wrong before the host stands.</summary>
    public static Logger Bootstrap(string service) => Configure(new LoggerConfiguration(), service).CreateLogger();

    public static void AddLogging(this WebApplicationBuilder builder, string service)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog((_, log) => Configure(log, service).ReadFrom.Configuration(builder.Configuration));
    }

    public static void UseRequestLog(this WebApplication app) => app.UseSerilogRequestLogging(options =>
        options.GetLevel = (http, _, exception) =>
            // Asked for every few seconds; a check that fails says so itself.
            http.Request.Path.StartsWithSegments("/health") || http.Request.Path.StartsWithSegments("/metrics") ? LogEventLevel.Verbose
            : exception is not null || http.Response.StatusCode >= 500 ? LogEventLevel.Error
            : LogEventLevel.Information);

    static LoggerConfiguration Configure(LoggerConfiguration log, string service) => log
        .MinimumLevel.Information()
        // Without these every request is logged twice.
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
        .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
        .MinimumLevel.Override("Polly", LogEventLevel.Warning)
        .MinimumLevel.Override("Yarp", LogEventLevel.Warning)
        .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
        .MinimumLevel.Override("MassTransit", LogEventLevel.Warning)
        .MinimumLevel.Override("Marten", LogEventLevel.Warning)
        .MinimumLevel.Override("JasperFx", LogEventLevel.Warning)
        // Logs every failed command with its parameter values, which are article texts.
        .MinimumLevel.Override("Marten.IDocumentStore", LogEventLevel.Fatal)
        .Enrich.FromLogContext()
        .Enrich.WithProperty("Service", service)
        .WriteTo.Console(new RenderedCompactJsonFormatter());
}
