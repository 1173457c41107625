using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;

namespace Monitoring.Hosting;

/// <summary>What every service is made of: logs, traces, metrics, health, problem details, the token check. A Program.cs adds its own.</summary>
public static class Service
{
    /// <param name="name">Lower case; names the service in logs, traces, metrics and on the broker.</param>
    /// <param name="args">Command line.</param>
    /// <param name="build">Adds the service's parts.</param>
    /// <param name="map">Maps its routes.</param>
    public static async Task<int> RunAsync(string name, string[] args, Action<WebApplicationBuilder> build, Action<WebApplication> map)
    {
        if (HealthProbe.IsAsked(args)) return await HealthProbe.RunAsync();
        Log.Logger = Logging.Bootstrap(name);
        try
        {
            var app = Build(name, args, build, map);
            await app.RunAsync();
            return 0;
        }
        // HostAbortedException is how design-time tools (the OpenAPI generator, a test host) stop a program they only wanted built.
        catch (Exception exception) when (exception is not HostAbortedException)
        {
            Log.Fatal(exception, "{Service} stopped", name);
            return 1;
        }
        finally
        {
            await Log.CloseAndFlushAsync();
        }
    }

    /// <summary>The service as it runs, not started yet. For <see cref="RunAsync"/>, and for tests that ask it over HTTP.</summary>
    /// <param name="name">See <see cref="RunAsync"/>.</param>
    /// <param name="args">Command line.</param>
    /// <param name="build">Adds the service's parts.</param>
    /// <param name="map">Maps its routes.</param>
    public static WebApplication Build(string name, string[] args, Action<WebApplicationBuilder> build, Action<WebApplication> map)
    {
        // The content root is where the program lies, so that settings and knowledge files are found whatever the current folder.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddLogging(name);
        builder.AddTelemetry(name);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks();
        builder.Services.Configure<JsonOptions>(options => Json.Configure(options.SerializerOptions));
        // In-flight requests, consumers and the daemon get ten seconds; a container runtime usually gives at least that.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.AddProblems();
        // Nothing here is protected by the data protection that authentication brings along: no key files, then.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.AddScopes();
        builder.AddApiDescription(name);
        build(builder);

        var app = builder.Build();
        app.UseRequestLog();
        app.UseProblems();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapLiveness();
        app.MapTelemetry();
        app.MapApiDescription();
        map(app);
        return app;
    }
}
