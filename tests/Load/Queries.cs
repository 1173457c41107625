using System.Diagnostics;

namespace Tests.Load;

/// <summary>What people ask for, on whatever is in the system by now.</summary>
static class Queries
{
    const int Times = 30;

    public static async Task MeasureAsync(RunningSystem system, CancellationToken cancellation)
    {
        var articles = await system.GetAsync("/api/sources?limit=200", cancellation);
        Console.WriteLine($"{articles.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("articles").GetInt64())} articles in the system, each question asked {Times} times:");
        foreach (var path in new[]
        {
            "/api/articles", "/api/articles?topic=peace+process", "/api/articles?entity=NATO", "/api/articles?entity=Zelensky", "/api/articles?topic=peace+process&entity=NATO&language=en",
            "/api/articles?publishedFrom=2026-01-01", "/api/topics", "/api/entities", "/api/sources",
        })
        {
            var times = new List<TimeSpan>();
            for (var i = 0; i < Times; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await system.GetAsync(path, cancellation);
                times.Add(Stopwatch.GetElapsedTime(started));
            }
            Console.WriteLine($"  {path,-65} {times.Spread()}");
        }
    }
}
