using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Monitoring.Gateway.Routing;
using Monitoring.Hosting;

namespace Monitoring.Gateway;

/// <summary>The system is as ready as the services behind the gateway.</summary>
sealed class ServicesCheck(IHttpClientFactory clients, IConfiguration configuration, TokenIssuer tokens) : IHealthCheck
{
    public const string Client = "services";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var answers = await Task.WhenAll(Routes.Services.Select(service => AskAsync(service, cancellationToken)));
        var data = answers.ToDictionary(answer => answer.Service, answer => answer.Details);
        return new HealthCheckResult(
            answers.Min(answer => answer.Status),
            string.Join(", ", answers.Where(answer => answer.Status != HealthStatus.Healthy).Select(answer => $"{answer.Service} is {Json.Name(answer.Status)}")) is { Length: > 0 } troubled ? troubled : null,
            data: data);
    }

    async Task<(string Service, HealthStatus Status, object Details)> AskAsync(string service, CancellationToken cancellation)
    {
        try
        {
            using var request = ServiceRequest.Create(configuration, tokens, service, "/health/ready");
            using var response = await clients.CreateClient(Client).SendAsync(request, cancellation);
            var details = JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellation));
            return (service, Enum.Parse<HealthStatus>(details.GetProperty("status").GetString()!, ignoreCase: true), details);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or JsonException or KeyNotFoundException && !cancellation.IsCancellationRequested)
        {
            return (service, HealthStatus.Unhealthy, "does not answer");
        }
    }
}
