using System.Net;

namespace Monitoring.Hosting;

/// <summary><c>dotnet Monitoring.X.dll health</c> asks the service in the same container whether it lives: its image has no curl.</summary>
static class HealthProbe
{
    public static bool IsAsked(string[] args) => args is ["health"];

    public static async Task<int> RunAsync()
    {
        var port = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] ?? "8080";
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
        // Ingest speaks HTTP/2 only, the others HTTP/1.1 only.
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/health/live") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
                using var response = await client.SendAsync(request);
                if (response.IsSuccessStatusCode) return 0;
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                await Console.Error.WriteLineAsync(fault.Message);
            }
        }
        return 1;
    }
}
