using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Monitoring.Contracts;
using Weasel.Postgresql.Tables;

namespace Monitoring.ReadModels;

/// <summary>
/// What articles are listed by, a narrow row for each that is not withdrawn. Conditions on the document itself would unpack its
/// text for every row looked at: at 200,000 articles that took longer than the five seconds a statement has.
/// </summary>
public sealed class ListedArticles : IProjection
{
    public const string TableName = $"{ReadModelStore.Schema}.listed_article";

    public static void AddTable(StoreOptions options)
    {
        var table = new Table(TableName);
        table.AddColumn<Guid>("article_id").AsPrimaryKey();
        table.AddColumn("dated", "timestamptz").NotNull();
        table.AddColumn("published", "timestamptz");
        table.AddColumn("source", "text").NotNull();
        table.AddColumn("language", "text").NotNull();
        table.AddColumn("topics", "text[]").NotNull();
        table.AddColumn("entities", "text[]").NotNull();
        table.Indexes.Add(new IndexDefinition("listed_article_by_date") { Columns = ["dated", "article_id"] });
        table.Indexes.Add(new IndexDefinition("listed_article_by_source") { Columns = ["source", "dated", "article_id"] });
        table.Indexes.Add(new IndexDefinition("listed_article_by_topic") { Columns = ["topics"], Method = IndexMethod.gin });
        table.Indexes.Add(new IndexDefinition("listed_article_by_entity") { Columns = ["entities"], Method = IndexMethod.gin });
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var (listed, gone) = (new List<Article>(), new List<Guid>());
        foreach (var article in ArticleProjection.Changed(events))
            if (article is { Withdrawn: false, Revision: > 0 }) listed.Add(article);
            else gone.Add(article.Id);
        if (gone.Count > 0) operations.QueueSqlCommand($"delete from {TableName} where article_id = any (?)", gone.ToArray());
        if (listed.Count > 0)
            operations.QueueSqlCommand(Sql,
                listed.Select(article => article.Id).ToArray(),
                listed.Select(article => article.Dated!.Value).ToArray(),
                listed.Select(article => article.Published?.ToString("O") ?? "").ToArray(),
                listed.Select(article => Source.Key(article.Source) ?? "").ToArray(),
                listed.Select(article => article.Language ?? "").ToArray(),
                listed.Select(article => Joined(article.Topics.SelectMany(topic => topic.Broader.Select(broader => broader.Id).Prepend(topic.Id)))).ToArray(),
                listed.Select(article => Joined(article.Entities.Select(entity => entity.Id))).ToArray());
        return Task.CompletedTask;
    }

    // Parameters may hold neither nulls nor arrays of arrays; ids of topics and entities have no spaces.
    const string Sql = $"""
        insert into {TableName} (article_id, dated, published, source, language, topics, entities)
        select id, dated, nullif(published, '')::timestamptz, source, language, string_to_array(topics, ' '), string_to_array(entities, ' ')
        from unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
            as l (id, dated, published, source, language, topics, entities)
        on conflict (article_id) do update set
            dated = excluded.dated, published = excluded.published, source = excluded.source, language = excluded.language,
            topics = excluded.topics, entities = excluded.entities
        """;

    static string Joined(IEnumerable<string> ids) => string.Join(' ', ids.Distinct());
}
