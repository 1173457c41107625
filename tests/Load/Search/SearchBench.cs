using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Npgsql;

namespace Tests.Load.Search;

/// <param name="Name">What was asked.</param>
/// <param name="Queries">How many.</param>
/// <param name="MedianHits">Of their totals, which are counted to 10,000.</param>
/// <param name="TimedOut">Of them, those that did not end in time; they count with the time they had.</param>
/// <param name="Median">Milliseconds.</param>
/// <param name="P95">Milliseconds.</param>
/// <param name="Max">Milliseconds.</param>
/// <param name="Goal">Milliseconds that 95 % of them may take; absent where there is no goal.</param>
sealed record SearchFigure(string Name, int Queries, double MedianHits, int TimedOut, double Median, double P95, double Max, double? Goal);

/// <summary>How long searches take with eight clients at once, over HTTP through the gateway, and plain PostgreSQL beside them.</summary>
sealed class SearchBench(RunningSystem system, NpgsqlDataSource database, IReadOnlyDictionary<string, int> frequencies, int articles)
{
    const int Clients = 8;

    /// <summary>What Query allows a statement.</summary>
    const int TimeoutSeconds = 5;

    /// <summary>A rare word is in one article of ten thousand to one of a thousand, a common one in one of twenty to three of ten.</summary>
    string[] Words(double least, double most) => [.. frequencies.Where(word => word.Value >= least * articles && word.Value <= most * articles && word.Key.Length > 3).Select(word => word.Key).Order(StringComparer.Ordinal)];

    public async Task<IReadOnlyList<SearchFigure>> MeasureAsync(CancellationToken cancellation)
    {
        var (rare, common) = (Words(0.0001, 0.001), Words(0.05, 0.3));
        Console.WriteLine($"{rare.Length} rare and {common.Length} common words; {Clients} clients at once");
        var ids = await ColumnAsync($"select article_id::text from monitoring.search_article tablesample system (0.1) limit 5000", cancellation);
        var entities = await ColumnAsync("select id from monitoring.entity where articles > 10 order by random() limit 1000", cancellation);
        var sources = await ColumnAsync("select id from monitoring.source where articles > 10 order by random() limit 1000", cancellation);
        const string Facets = "&facets=topic,entity,source,language,day";
        var rows = new List<SearchFigure>();
        var pairs = new[] { ("rare–rare", rare, rare), ("rare–common", rare, common), ("common–common", common, common) };
        foreach (var (name, one, other) in pairs)
        {
            rows.Add(await HttpAsync(name, 50, random => $"/api/articles?q={Pick(random, one)}+{Pick(random, other)}", cancellation));
            rows.Add(await HttpAsync($"{name}, facets", 200, random => $"/api/articles?q={Pick(random, one)}+{Pick(random, other)}{Facets}", cancellation));
            rows.Add(await HttpAsync($"{name}, by relevance", null, random => $"/api/articles?q={Pick(random, one)}+{Pick(random, other)}&sort=relevance", cancellation));
        }
        rows.Add(await HttpAsync("by id", 20, random => $"/api/articles/{Pick(random, ids)}", cancellation));
        rows.Add(await HttpAsync("by entity", 20, random => $"/api/articles?entity={Uri.EscapeDataString(Pick(random, entities))}", cancellation));
        rows.Add(await HttpAsync("by source", 20, random => $"/api/articles?source={Uri.EscapeDataString(Pick(random, sources))}", cancellation));
        rows.Add(await HttpAsync("newest", null, _ => "/api/articles", cancellation));
        rows.Add(await HttpAsync("phrase of two common words", null, random => $"/api/articles?q=%22{Pick(random, common)}+{Pick(random, common)}%22", cancellation));
        foreach (var (name, one, other) in pairs)
        {
            rows.Add(await PlainAsync($"{name}, plain PostgreSQL: count", random => (Pick(random, one), Pick(random, other)), "select count(*) from monitoring.search_article where text @@ $1::tsquery", cancellation));
            rows.Add(await PlainAsync($"{name}, plain PostgreSQL: page", random => (Pick(random, one), Pick(random, other)), "select article_id from monitoring.search_article where text @@ $1::tsquery order by dated desc limit 50", cancellation));
        }
        return rows;
    }

    static string Pick(Random random, IReadOnlyList<string> of) => of[random.Next(of.Count)];

    async Task<IReadOnlyList<string>> ColumnAsync(string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        var values = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) values.Add(reader.GetString(0));
        return values;
    }

    Task<SearchFigure> HttpAsync(string name, double? goal, Func<Random, string> path, CancellationToken cancellation) => RunAsync(name, goal, warmUp: 50, each: 100, async random =>
    {
        using var response = await system.Client.GetAsync(new Uri(path(random), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable) return null;
        response.EnsureSuccessStatusCode();
        // Read to the end, and no more done with it than finding the total behind the items: the client has its share of the two cores.
        var length = (int)response.Content.Headers.ContentLength!.Value;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            await body.ReadExactlyAsync(buffer.AsMemory(0, length), cancellation);
            var total = buffer.AsSpan(0, length).LastIndexOf("\"total\":"u8);
            return total >= 0 && Utf8Parser.TryParse(buffer.AsSpan((total + 8)..length), out int hits, out _) ? hits : 1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    });

    Task<SearchFigure> PlainAsync(string name, Func<Random, (string, string)> words, string sql, CancellationToken cancellation) => RunAsync(name, null, warmUp: 5, each: 25, async random =>
    {
        var (one, other) = words(random);
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = $"'~{one}' & '~{other}'" });
        command.CommandTimeout = TimeoutSeconds;
        var read = 0;
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            for (; await reader.ReadAsync(cancellation); read++)
                if (reader.GetFieldType(0) == typeof(long)) return (int)reader.GetInt64(0);
        }
        catch (NpgsqlException exception) when (exception.InnerException is TimeoutException)
        {
            // Among a million articles PostgreSQL walks the dates and reads the words of each on its way.
            return null;
        }
        return read;
    });

    static async Task<SearchFigure> RunAsync(string name, double? goal, int warmUp, int each, Func<Random, Task<int?>> ask)
    {
        var asked = new List<(double Milliseconds, int? Hits)>();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var random = new Random(name.Length * 1000 + client);
            for (var i = -warmUp; i < each; i++)
            {
                var started = Stopwatch.GetTimestamp();
                var hits = await ask(random);
                if (i >= 0) lock (asked) asked.Add((Stopwatch.GetElapsedTime(started).TotalMilliseconds, hits));
            }
        })));
        var times = asked.Select(one => one.Milliseconds).Order().ToArray();
        var row = new SearchFigure(
            name, times.Length, asked.Select(one => one.Hits ?? 0).Order().ElementAt(asked.Count / 2), asked.Count(one => one.Hits is null), Math.Round(times[times.Length / 2], 1), Math.Round(times[times.Length * 95 / 100], 1), Math.Round(times[^1], 1), goal);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {row.Name,-44} {row.MedianHits,6} hits  median {row.Median,7:F1} ms  95 % {row.P95,7:F1} ms  max {row.Max,7:F1} ms  {(row.TimedOut > 0 ? $"{row.TimedOut} of {row.Queries} timed out  " : "")}{(goal is null ? "" : row.P95 <= goal ? $"goal {goal} met" : $"goal {goal} missed")}"));
        return row;
    }
}
