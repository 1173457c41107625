using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Monitoring.Hosting;

/// <summary>/health/live: the process answers. /health/ready: it can do its work; an administrator also sees the details.</summary>
public static class Health
{
    /// <summary>Tag of the checks that /health/ready runs.</summary>
    public const string Ready = "ready";

    internal static void MapLiveness(this WebApplication app) =>
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();

    public static IEndpointConventionBuilder MapReadiness(this WebApplication app) =>
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync });

    static Task WriteAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        report.Status,
        Checks = report.Entries.Count > 0 && http.User.HasClaim(claim => claim is { Type: InternalToken.ScopeClaim, Value: Scopes.Admin })
            ? report.Entries.ToDictionary(entry => entry.Key, entry => new
            {
                entry.Value.Status,
                Description = entry.Value.Description ?? entry.Value.Exception?.Message,
                Data = entry.Value.Data.Count > 0 ? entry.Value.Data : null,
            })
            : null,
    }, Json.Options);
}
