using Monitoring.ReadModels;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Articles;

/// <summary>The documents that a filter lets through, newest first, page by page: as many as there are, and only one page in memory.</summary>
sealed class StoredArticles(NpgsqlDataSource database)
{
    public async IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> PagesAsync(
        AskedArticles asked, int size, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = asked.ToFilter();
        (DateTimeOffset Dated, Guid Id)? last = null;
        while (true)
        {
            var page = new List<ReadOnlyMemory<byte>>();
            await using (var command = database.CreateCommand())
            {
                var where = filter.Where(command.Parameters);
                if (last is not null)
                {
                    where += $" and (l.dated, l.article_id) < (${command.Parameters.Count + 1}, ${command.Parameters.Count + 2})";
                    command.Parameters.Add(new() { Value = last.Value.Dated });
                    command.Parameters.Add(new() { Value = last.Value.Id });
                }
                command.CommandText = $"""
                    select d.data::text, page.dated, page.article_id
                    from (select l.dated, l.article_id from {ListedArticles.TableName} l where {where} order by l.dated desc, l.article_id desc limit {size}) page
                    join {Schema}.mt_doc_article d on d.id = page.article_id
                    order by page.dated desc, page.article_id desc
                    """;
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation))
                {
                    page.Add(reader.GetFieldValue<byte[]>(0));
                    last = (reader.GetFieldValue<DateTimeOffset>(1), reader.GetGuid(2));
                }
            }
            if (page.Count > 0) yield return page;
            if (page.Count < size) yield break;
        }
    }
}
