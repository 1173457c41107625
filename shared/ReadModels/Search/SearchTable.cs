using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Monitoring.QueryLanguage;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

namespace Monitoring.ReadModels.Search;

/// <summary>
/// What articles are found and listed by: a narrow row for each that is not withdrawn, its words in a tsvector that our own analyser
/// made. Partitioned by the month an article is filed under, which never changes.
/// </summary>
public sealed class SearchTable : IProjection
{
    public const string TableName = $"{ReadModelStore.Schema}.search_article";

    public static void AddTables(StoreOptions options)
    {
        var table = new Table(TableName) { IgnorePartitionsInMigration = true };
        table.AddColumn("filed_month", "date").AsPrimaryKey();
        table.AddColumn<Guid>("article_id").AsPrimaryKey();
        table.AddColumn("dated", "timestamptz").NotNull();
        table.AddColumn("published", "timestamptz");
        table.AddColumn("received", "timestamptz").NotNull();
        table.AddColumn("labels", "int[]").NotNull();
        table.AddColumn<bool>("indexed_partly").NotNull();
        // Last, because they are large and kept beside the row: whoever looks at the columns before does not read them.
        table.AddColumn<string>("summary").NotNull();
        table.AddColumn("text", "tsvector").NotNull();
        table.AddColumn("quotes", "tsvector").NotNull();
        table.PartitionByList("filed_month").DisableDefaultPartition();
        table.Indexes.Add(new IndexDefinition("search_article_by_date") { Columns = ["dated", "article_id"] });
        table.Indexes.Add(new IndexDefinition("search_article_by_received") { Columns = ["received", "article_id"] });
        // One index over all three: conditions on words and on labels meet inside it, the rarer leading.
        table.Indexes.Add(new IndexDefinition("search_article_by_content") { Columns = ["text", "labels", "quotes"], Method = IndexMethod.gin });
        options.Storage.ExtendedSchemaObjects.Add(table);
        SearchLabels.AddTable(options);
        SearchMonths.AddTable(options);
        WordsWithin.AddFunction(options);
    }

    public static readonly IReadOnlyList<string> TableNames = [TableName, SearchMonths.TableName];

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var serializer = operations.DocumentStore.Options.Serializer();
        var (listed, gone) = (new List<SearchRow>(), new List<Guid>());
        foreach (var article in ArticleProjection.Changed(events))
        {
            if (article is { Withdrawn: false, Revision: > 0 }) listed.Add(SearchRow.Of(article, serializer.ToJson(article with { Body = null })));
            // Later revisions of an article may have come first and filed it elsewhere; a first revision has been nowhere before.
            if (article is not { Withdrawn: false, Revision: > 0 } || article.Revision > article.FiledRevision) gone.Add(article.Id);
        }
        if (gone.Count > 0)
            operations.QueueSqlCommand(
                $"delete from {TableName} s using unnest(?::uuid[]) g (id) where s.article_id = g.id and not exists (select from unnest(?::uuid[], ?::date[]) l (id, month) where l.id = s.article_id and l.month = s.filed_month)",
                gone.ToArray(), listed.Select(row => row.Id).ToArray(), listed.Select(row => row.Month).ToArray());
        if (listed.Count == 0) return;
        await SearchMonths.EnsureAsync(operations, listed.Select(row => row.Month).Distinct().ToArray(), cancellation);
        operations.QueueSqlCommand(SearchLabels.Insert, (object)listed.SelectMany(row => row.Labels).Distinct().Order(StringComparer.Ordinal).ToArray());
        operations.QueueSqlCommand(Upsert,
            listed.Select(row => row.Month).ToArray(),
            listed.Select(row => row.Id).ToArray(),
            listed.Select(row => row.Dated).ToArray(),
            listed.Select(row => row.Published?.ToString("O") ?? "").ToArray(),
            listed.Select(row => row.Received).ToArray(),
            listed.Select(row => string.Join('\n', row.Labels)).ToArray(),
            listed.Select(row => row.IndexedPartly).ToArray(),
            listed.Select(row => row.Summary).ToArray(),
            listed.Select(row => row.Text).ToArray(),
            listed.Select(row => row.Quotes).ToArray());
        operations.QueueSqlCommand(SearchMonths.Widen,
            listed.Select(row => row.Month).ToArray(), listed.Select(row => row.Dated).ToArray(), listed.Select(row => row.Received).ToArray());
    }

    // Parameters may hold neither nulls nor arrays of arrays.
    const string Upsert = $"""
        insert into {TableName} (filed_month, article_id, dated, published, received, labels, indexed_partly, summary, text, quotes)
        select month, id, dated, nullif(published, '')::timestamptz, received,
            array(select l.code from {SearchLabels.TableName} l where l.name = any (string_to_array(labels, chr(10))) order by l.code),
            partly, summary, text::tsvector, quotes::tsvector
        from unnest(?::date[], ?::uuid[], ?::timestamptz[], ?::text[], ?::timestamptz[], ?::text[], ?::bool[], ?::text[], ?::text[], ?::text[])
            as r (month, id, dated, published, received, labels, partly, summary, text, quotes)
        on conflict (filed_month, article_id) do update set
            dated = excluded.dated, published = excluded.published, received = excluded.received, labels = excluded.labels,
            indexed_partly = excluded.indexed_partly, summary = excluded.summary, text = excluded.text, quotes = excluded.quotes
        """;
}

/// <summary>An article's row of the search table.</summary>
/// <param name="Month">First day of the month it is filed under.</param>
/// <param name="Id">The article.</param>
/// <param name="Dated">Published, else received.</param>
/// <param name="Published">When the publisher says it was.</param>
/// <param name="Received">When it first came in.</param>
/// <param name="Labels">See <see cref="SearchLabels"/>.</param>
/// <param name="IndexedPartly">The article is longer than what the analyser takes.</param>
/// <param name="Summary">The article as lists show it: JSON, without its body.</param>
/// <param name="Text">tsvector of title, authors and body.</param>
/// <param name="Quotes">tsvector of quotes and their speakers.</param>
public sealed record SearchRow(
    DateOnly Month, Guid Id, DateTimeOffset Dated, DateTimeOffset? Published, DateTimeOffset Received, IReadOnlyList<string> Labels, bool IndexedPartly,
    string Summary, string Text, string Quotes)
{
    /// <param name="article">Not withdrawn.</param>
    /// <param name="summary">See <see cref="Summary"/>.</param>
    public static SearchRow Of(Article article, string summary)
    {
        var indexed = IndexedArticle.Of(article.ToSearchable());
        return new SearchRow(
            article.Filed!.Value, article.Id, article.Dated!.Value, article.Published, article.Received!.Value, [.. SearchLabels.Of(indexed)],
            indexed.IndexedPartly, summary, indexed.Text.ToTsVector(), indexed.Quotes.ToTsVector());
    }
}
