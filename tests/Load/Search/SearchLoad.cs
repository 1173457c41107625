using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.ReadModels;
using Monitoring.ReadModels.Search;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Tests.Load.Search;

/// <summary>
/// Brings generated articles into the read models by COPY, as rows that Projection's own code makes, because a million of them
/// through the broker would take hours. Partitions are attached when they are full, so that their indexes are built at once.
/// </summary>
sealed class SearchLoad(NpgsqlDataSource database, GeneratedArticles articles)
{
    const int Months = 24, Writers = 2;

    readonly object gate = new();
    readonly Dictionary<string, int> frequencies = [];

    /// <summary>In how many of the articles each word is.</summary>
    public IReadOnlyDictionary<string, int> Frequencies => frequencies;

    public async Task LoadAsync(int count, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var newest = new DateTimeOffset(DateTimeOffset.UtcNow.Year, DateTimeOffset.UtcNow.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(-1);
        using var labels = new Labels(database);
        await Parallel.ForEachAsync(Enumerable.Range(0, Months), new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellation }, async (i, token) =>
            await LoadMonthAsync(newest.AddMonths(i - Months + 1), (int)((long)count * i / Months), (int)((long)count * (i + 1) / Months), labels, token));
        await ExecuteAsync(Sums, cancellation);
        await ExecuteAsync($"vacuum analyze", cancellation);
        Console.WriteLine($"{count} articles brought into the read models in {clock.Elapsed.TotalSeconds:F0} s");
    }

    async Task LoadMonthAsync(DateTimeOffset month, int from, int to, Labels labels, CancellationToken cancellation)
    {
        var filed = new DateOnly(month.Year, month.Month, 1);
        var partition = SearchMonths.Partition(filed);
        await ExecuteAsync(SearchMonths.Create(filed), cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var step = (month.AddMonths(1) - month) / (to - from);
        var local = new Dictionary<string, int>();
        for (var begin = from; begin < to; begin += 2000)
        {
            var made = Enumerable.Range(begin, Math.Min(2000, to - begin)).Select(number => articles.Create(number, month + step * (number - from))).ToList();
            var rows = made.Select(article => SearchRow.Of(article, JsonSerializer.Serialize(article with { Body = null }, Json.Options))).ToList();
            var codes = await labels.CodesAsync(rows.SelectMany(row => row.Labels), cancellation);
            await CopyAsync(connection, $"{partition} (filed_month, article_id, dated, published, received, labels, indexed_partly, summary, text, quotes)", rows.Select(row =>
                $"{row.Month:yyyy-MM-dd}\t{row.Id}\t{row.Dated:O}\t{row.Published:O}\t{row.Received:O}\t{{{string.Join(',', row.Labels.Select(label => codes[label]).Order())}}}\tf\t{Escaped(row.Summary)}\t{row.Text}\t{row.Quotes}"), cancellation);
            await CopyAsync(connection, $"{Schema}.mt_doc_article (id, data, mt_dotnet_type)", made.Select(article =>
                $"{article.Id}\t{Escaped(JsonSerializer.Serialize(article, Json.Options))}\tarticle"), cancellation);
            await CopyAsync(connection, $"{Schema}.article_topic (article_id, value, hour)", made.SelectMany(article => article.Topics
                .SelectMany(topic => topic.Broader.Select(broader => broader.Id).Prepend(topic.Id)).Distinct().Select(topic => $"{article.Id}\t{topic}\t{Hour(article):O}")), cancellation);
            await CopyAsync(connection, $"{Schema}.article_entity (article_id, value, hour)", made.SelectMany(article => article.Entities.Select(entity => $"{article.Id}\t{entity.Id}\t{Hour(article):O}")), cancellation);
            await CopyAsync(connection, $"{Schema}.article_source (article_id, value, hour)", made.Select(article => $"{article.Id}\t{article.Source!.Domain}\t{Hour(article):O}"), cancellation);
            await NamesAsync(connection, made, cancellation);
            foreach (var row in rows) Count(local, row.Text);
        }
        await ExecuteAsync($"set maintenance_work_mem = '1GB'; alter table {SearchTable.TableName} attach partition {partition} for values in ('{filed:yyyy-MM-dd}')", cancellation);
        await ExecuteAsync($"""
            insert into {SearchMonths.TableName} select filed_month, min(dated), max(dated), min(received), max(received) from {partition} group by filed_month
            """, cancellation);
        lock (gate)
            foreach (var (word, articles) in local) frequencies[word] = frequencies.GetValueOrDefault(word) + articles;
        Console.WriteLine($"  {filed:yyyy-MM}: {to - from}");
    }

    // A line of COPY reads escapes of its own.
    static string Escaped(string json) => json.Replace("\\", "\\\\", StringComparison.Ordinal);

    static DateTimeOffset Hour(Article article) => new(article.Dated!.Value.UtcTicks - article.Dated.Value.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    // The stems' lexemes begin with ~; what follows to the closing mark is the stem.
    static void Count(Dictionary<string, int> counts, string vector)
    {
        for (var at = vector.IndexOf("'~", StringComparison.Ordinal); at >= 0; at = vector.IndexOf("'~", at + 2, StringComparison.Ordinal))
        {
            var word = vector[(at + 2)..vector.IndexOf('\'', at + 2)];
            counts[word] = counts.GetValueOrDefault(word) + 1;
        }
    }

    static async Task NamesAsync(NpgsqlConnection connection, IEnumerable<Article> made, CancellationToken cancellation)
    {
        var named = made.SelectMany(article => article.Entities).DistinctBy(entity => entity.Id).ToArray();
        await MergeAsync("entity", [.. named.Select(entity => (entity.Id, entity.Name, entity.Type))]);
        await MergeAsync("topic", [.. made.SelectMany(article => article.Topics).SelectMany(topic =>
            topic.Broader.Select((broader, i) => (broader.Id, broader.Name, i + 1 < topic.Broader.Count ? topic.Broader[i + 1].Id : "")).Prepend((topic.Id, topic.Name, topic.Broader.Count > 0 ? topic.Broader[0].Id : ""))).DistinctBy(topic => topic.Id)]);
        await MergeAsync("source", [.. made.Select(article => article.Source!).DistinctBy(source => source.Domain).Select(source => (source.Domain!, source.Name!, source.Domain!))]);

        async Task MergeAsync(string kind, IReadOnlyList<(string Id, string Name, string Detail)> values)
        {
            await using var command = new NpgsqlCommand($"""
                with named as (select * from unnest($1, $2, $3, $4) as n (id, name, detail, folded) order by id),
                values as (insert into {Schema}.{kind} (id, name, detail, articles) select id, name, detail, 0 from named on conflict do nothing)
                insert into {Schema}.{kind}_name (folded, id) select folded, id from named union select id, id from named order by 1 on conflict do nothing
                """, connection);
            command.Parameters.Add(new() { Value = values.Select(value => value.Id).ToArray() });
            command.Parameters.Add(new() { Value = values.Select(value => value.Name).ToArray() });
            command.Parameters.Add(new() { Value = values.Select(value => value.Detail).ToArray() });
            command.Parameters.Add(new() { Value = values.Select(value => Folding.Fold(value.Name)).ToArray() });
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    static readonly string Sums = string.Join(';', new[] { "topic", "entity", "source" }.Select(kind => $"""
        insert into {Schema}.{kind}_hour (value, hour, articles) select value, hour, count(*) from {Schema}.article_{kind} group by value, hour;
        update {Schema}.{kind} v set articles = s.articles from (select value, sum(articles)::int as articles from {Schema}.{kind}_hour group by value) s where s.value = v.id
        """));

    static async Task CopyAsync(NpgsqlConnection connection, string table, IEnumerable<string> lines, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginTextImportAsync($"copy {table} from stdin", cancellation);
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(line).Append('\n');
            if (text.Length < 1 << 20) continue;
            await copy.WriteAsync(text, cancellation);
            text.Clear();
        }
        await copy.WriteAsync(text, cancellation);
    }

    async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The numbers of labels, each asked for once.</summary>
    sealed class Labels(NpgsqlDataSource database) : IDisposable
    {
        readonly Dictionary<string, int> known = [];
        readonly SemaphoreSlim turn = new(1);

        public void Dispose() => turn.Dispose();

        public async Task<IReadOnlyDictionary<string, int>> CodesAsync(IEnumerable<string> labels, CancellationToken cancellation)
        {
            await turn.WaitAsync(cancellation);
            try
            {
                var unknown = labels.Where(label => !known.ContainsKey(label)).Distinct().ToArray();
                if (unknown.Length > 0)
                {
                    await using var insert = database.CreateCommand(SearchLabels.Insert.Replace("?", "$1", StringComparison.Ordinal));
                    insert.Parameters.Add(new() { Value = unknown });
                    await insert.ExecuteNonQueryAsync(cancellation);
                    await using var read = database.CreateCommand($"select name, code from {SearchLabels.TableName} where name = any ($1)");
                    read.Parameters.Add(new() { Value = unknown });
                    await using var reader = await read.ExecuteReaderAsync(cancellation);
                    while (await reader.ReadAsync(cancellation)) known[reader.GetString(0)] = reader.GetInt32(1);
                }
                return new Dictionary<string, int>(known);
            }
            finally
            {
                turn.Release();
            }
        }
    }
}
