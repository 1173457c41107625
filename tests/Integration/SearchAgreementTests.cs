using Monitoring.Contracts;
using Monitoring.QueryLanguage;
using Monitoring.ReadModels;
using Monitoring.ReadModels.Search;
using Npgsql;
using Tests.QueryLanguage;

namespace Tests.Integration;

/// <summary>A search over the past and a subscription that had stood then give the same articles: SQL and memory agree on every pair of query and article.</summary>
[Collection(nameof(Postgres))]
public class SearchAgreementTests(Postgres postgres)
{
    const int Articles = 125, Queries = 80;

    [Fact]
    public async Task SQL_and_memory_agree_on_10000_pairs()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var database = await postgres.NewDatabaseAsync();
        await using (await Running.ProjectionAsync(database))
        {
            // Only for its tables.
        }
        await using var source = NpgsqlDataSource.Create(database.As("projection"));
        var articles = Enumerable.Range(0, Articles).ToDictionary(_ => Guid.NewGuid(), _ => Generated.NewArticle(random));
        var indexed = articles.ToDictionary(article => article.Key, article => IndexedArticle.Of(article.Value));
        Assert.Contains(indexed.Values, article => article.IndexedPartly);
        foreach (var (id, article) in articles) await StoreAsync(source, id, article, indexed[id]);
        var codes = await CodesAsync(source);

        var (met, missed) = (0, 0);
        for (var i = 0; i < Queries; i++)
        {
            var asked = Generated.NewQuery(random);
            var bound = Generated.Bound(asked);
            var inMemory = indexed.Where(article => Matcher.Matches(bound, article.Value)).Select(article => article.Key).ToHashSet();
            var inSql = await FindAsync(source, bound, codes);
            Assert.True(inMemory.SetEquals(inSql),
                $"Seed {seed}, {QueryPrinter.Print(asked)}\nonly in memory: {string.Join(", ", inMemory.Except(inSql).Select(id => articles[id].ToString()[..Math.Min(600, articles[id].ToString().Length)]))}\nonly in SQL: {string.Join(", ", inSql.Except(inMemory).Select(id => articles[id].ToString()[..Math.Min(600, articles[id].ToString().Length)]))}");
            (met, missed) = (met + inMemory.Count, missed + Articles - inMemory.Count);
        }
        // Pairs that never match, or always, would show little.
        Assert.InRange(met, Articles * Queries / 20, Articles * Queries * 19 / 20);
        Assert.Equal(10_000, met + missed);
    }

    static async Task StoreAsync(NpgsqlDataSource database, Guid id, SearchableArticle article, IndexedArticle indexed)
    {
        var month = new DateOnly(article.Received.Year, article.Received.Month, 1);
        await using var connection = await database.OpenConnectionAsync();
        await SearchMonths.EnsureAsync(connection, [month], default);
        string[] labels = [.. SearchLabels.Of(indexed)];
        await using (var insert = new NpgsqlCommand(SearchLabels.Insert.Replace("?", "$1", StringComparison.Ordinal), connection) { Parameters = { new() { Value = labels } } })
            await insert.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand($"""
            insert into {SearchTable.TableName} (filed_month, article_id, dated, published, received, labels, indexed_partly, summary, text, quotes)
            select $1, $2, $3, $4, $5, array(select code from {SearchLabels.TableName} where name = any ($6)), $7, '', $8::tsvector, $9::tsvector
            """, connection);
        foreach (var value in new object[] { month, id, article.Published ?? article.Received, (object?)article.Published ?? DBNull.Value, article.Received, labels, indexed.IndexedPartly, indexed.Text.ToTsVector(), indexed.Quotes.ToTsVector() })
            command.Parameters.Add(new() { Value = value });
        command.Parameters[3].NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz;
        await command.ExecuteNonQueryAsync();
    }

    static async Task<Dictionary<string, int>> CodesAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand($"select name, code from {SearchLabels.TableName}");
        var codes = new Dictionary<string, int>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) codes.Add(reader.GetString(0), reader.GetInt32(1));
        return codes;
    }

    static async Task<HashSet<Guid>> FindAsync(NpgsqlDataSource database, Query bound, Dictionary<string, int> codes)
    {
        await using var command = database.CreateCommand();
        var condition = new SearchCondition(codes, value =>
        {
            command.Parameters.Add(new() { Value = value });
            return $"${command.Parameters.Count}";
        }).Sql(bound);
        command.CommandText = $"select s.article_id from {SearchTable.TableName} s where {condition}";
        var found = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) found.Add(reader.GetGuid(0));
        return found;
    }
}
