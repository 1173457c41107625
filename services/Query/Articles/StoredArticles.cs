using System.Runtime.CompilerServices;
using Monitoring.Query.Search;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Articles;

/// <summary>The documents of a search, newest first, page by page: as many as there are, and only one page in memory.</summary>
public sealed class StoredArticles(SearchIndex index, ArticleSearch search, NpgsqlDataSource database, TimeProvider time)
{
    /// <param name="filter">What is asked for; <c>now</c> in it is the time of the first page.</param>
    /// <param name="size">Articles of a page.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> PagesAsync(ArticleFilter filter, int size, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = await index.ResolveAsync(filter.ToQuery(), time.GetUtcNow(), cancellation);
        SearchPosition? after = null;
        for (; ; )
        {
            var hits = await search.NewestAsync(query, SearchOrder.Published, after, size, ArticleSearch.Details.None, null, null, cancellation);
            if (hits.Count > 0) yield return await OfAsync(hits, cancellation);
            if (hits.Count < size) yield break;
            after = new SearchPosition(hits[^1].At, hits[^1].Id);
        }
    }

    async Task<IReadOnlyList<ReadOnlyMemory<byte>>> OfAsync(IReadOnlyList<SearchHit> hits, CancellationToken cancellation)
    {
        var stored = await DocumentsAsync([.. hits.Select(hit => hit.Id)], cancellation);
        return [.. hits.Where(hit => stored.ContainsKey(hit.Id)).Select(hit => stored[hit.Id])];
    }

    /// <summary>By id, without those that were withdrawn since they were found.</summary>
    public async Task<Dictionary<Guid, ReadOnlyMemory<byte>>> DocumentsAsync(Guid[] ids, CancellationToken cancellation)
    {
        var stored = new Dictionary<Guid, ReadOnlyMemory<byte>>();
        if (ids.Length == 0) return stored;
        await using var command = database.CreateCommand($"""select id, data::text from {Schema}.mt_doc_article where id = any ($1) and not data @> $2::jsonb""");
        command.Parameters.Add(new() { Value = ids });
        command.Parameters.Add(new() { Value = """{"withdrawn": true}""" });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) stored.Add(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1));
        return stored;
    }
}
