using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Monitoring.Contracts;
using Weasel.Postgresql.Tables;

namespace Monitoring.ReadModels;

/// <summary>
/// Which article counts for which topic, entity and source in which hour, and the sums: tables, not documents that grow. The
/// rows of an article are replaced as it changes and the sums move by the difference, so that revisions, newer models and
/// withdrawals undo themselves.
/// </summary>
public sealed class Timelines : IProjection
{
    static readonly Timeline[] All = [new TopicTimeline(), new EntityTimeline(), new SourceTimeline()];

    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var articles = ArticleProjection.Changed(events);
        if (articles.Count > 0)
            foreach (var timeline in All) timeline.Replace(operations, articles);
        return Task.CompletedTask;
    }

    public static void AddTables(StoreOptions options)
    {
        foreach (var table in All.SelectMany(timeline => timeline.Tables())) options.Storage.ExtendedSchemaObjects.Add(table);
    }

    public static IEnumerable<string> TableNames => All.SelectMany(timeline => timeline.Tables()).Select(table => table.Identifier.QualifiedName);
}

/// <param name="Id">Id of a topic or entity, key of a source.</param>
/// <param name="Name">To show.</param>
/// <param name="Detail">The broader topic, the entity's type, the source's domain; empty where there is none.</param>
/// <param name="Names">By which it can be asked for.</param>
public sealed record TimelineValue(string Id, string Name, string Detail, IEnumerable<string> Names);

/// <summary>The tables of one kind of value: <c>article_{kind}</c>, <c>{kind}_hour</c>, <c>{kind}</c> and <c>{kind}_name</c>.</summary>
/// <param name="kind">topic, entity or source.</param>
public abstract class Timeline(string kind)
{
    protected abstract IEnumerable<TimelineValue> Values(Article article);

    public IEnumerable<Table> Tables()
    {
        var rows = new Table($"{ReadModelStore.Schema}.article_{kind}");
        rows.AddColumn<Guid>("article_id").AsPrimaryKey();
        rows.AddColumn("value", "text").AsPrimaryKey();
        rows.AddColumn("hour", "timestamptz").AsPrimaryKey();
        rows.Indexes.Add(new IndexDefinition($"article_{kind}_by_value") { Columns = ["value", "hour", "article_id"] });
        yield return rows;

        var hours = new Table($"{ReadModelStore.Schema}.{kind}_hour");
        hours.AddColumn("value", "text").AsPrimaryKey();
        hours.AddColumn("hour", "timestamptz").AsPrimaryKey();
        hours.AddColumn<int>("articles").NotNull();
        hours.Indexes.Add(new IndexDefinition($"{kind}_hour_by_hour") { Columns = ["hour", "value"] });
        yield return hours;

        var values = new Table($"{ReadModelStore.Schema}.{kind}");
        values.AddColumn("id", "text").AsPrimaryKey();
        values.AddColumn("name", "text").NotNull();
        values.AddColumn("detail", "text").NotNull();
        values.AddColumn<int>("articles").NotNull();
        values.Indexes.Add(new IndexDefinition($"{kind}_by_articles") { Columns = ["articles", "id"], SortOrder = Weasel.Postgresql.Tables.SortOrder.Desc });
        yield return values;

        var names = new Table($"{ReadModelStore.Schema}.{kind}_name");
        names.AddColumn("folded", "text").AsPrimaryKey();
        names.AddColumn("id", "text").AsPrimaryKey();
        yield return names;
    }

    public void Replace(IDocumentOperations operations, IReadOnlyList<Article> articles)
    {
        var rows = articles.Where(article => !article.Withdrawn && article.Revision > 0)
            .SelectMany(article => Values(article).DistinctBy(value => value.Id).Select(value => (Article: article.Id, Value: value, Hour: Hour(article.Dated!.Value))))
            .ToList();
        operations.QueueSqlCommand(Sql,
            rows.Select(row => row.Article).ToArray(),
            rows.Select(row => row.Value.Id).ToArray(),
            rows.Select(row => row.Hour).ToArray(),
            rows.Select(row => row.Value.Name).ToArray(),
            rows.Select(row => row.Value.Detail).ToArray(),
            articles.Select(article => article.Id).ToArray());

        var names = rows.SelectMany(row => row.Value.Names.Append(row.Value.Name).Select(name => (Folded: Folding.Fold(name), row.Value.Id))).Distinct().ToList();
        operations.QueueSqlCommand($"insert into {ReadModelStore.Schema}.{kind}_name (folded, id) select * from unnest(?::text[], ?::text[]) on conflict do nothing",
            names.Select(name => name.Folded).ToArray(), names.Select(name => name.Id).ToArray());
    }

    static DateTimeOffset Hour(DateTimeOffset instant) => new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    // An article that does not name its outlet shows its domain: an article that does is to be believed, whichever comes last.
    string Sql => $"""
        with wanted as (
            select * from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::text[]) as w (article_id, value, hour, name, detail)),
        gone as (
            delete from {ReadModelStore.Schema}.article_{kind} r where r.article_id = any (?)
            and not exists (select 1 from wanted w where (w.article_id, w.value, w.hour) = (r.article_id, r.value, r.hour))
            returning r.value, r.hour),
        come as (
            insert into {ReadModelStore.Schema}.article_{kind} (article_id, value, hour)
            select article_id, value, hour from wanted
            on conflict do nothing
            returning value, hour),
        moved as (
            select value, hour, sum(n)::int as n from (select value, hour, 1 as n from come union all select value, hour, -1 from gone) m
            group by value, hour),
        hours as (
            insert into {ReadModelStore.Schema}.{kind}_hour as h (value, hour, articles)
            select value, hour, n from moved where n <> 0
            on conflict (value, hour) do update set articles = h.articles + excluded.articles)
        insert into {ReadModelStore.Schema}.{kind} as v (id, name, detail, articles)
        select m.value, coalesce(max(w.name), m.value), coalesce(max(w.detail), ''), m.n
        from (select value, sum(n)::int as n from moved group by value) m left join wanted w on w.value = m.value
        group by m.value, m.n
        on conflict (id) do update set
            articles = v.articles + excluded.articles,
            name = case when excluded.name = excluded.id then v.name else excluded.name end,
            detail = case when excluded.detail = '' then v.detail else excluded.detail end
        """;
}

sealed class TopicTimeline() : Timeline("topic")
{
    // An article on a topic is an article on everything above it.
    protected override IEnumerable<TimelineValue> Values(Article article) => article.Topics.SelectMany(topic =>
        topic.Broader.Select((broader, i) => Value(broader.Id, broader.Name, topic.Broader.Skip(i + 1)))
            .Prepend(Value(topic.Id, topic.Name, topic.Broader)));

    static TimelineValue Value(string id, string name, IEnumerable<BroaderTopic> broader) => new(id, name, broader.FirstOrDefault()?.Id ?? "", []);
}

sealed class EntityTimeline() : Timeline("entity")
{
    protected override IEnumerable<TimelineValue> Values(Article article) => article.Entities.Select(entity =>
        new TimelineValue(entity.Id, entity.Name, entity.Type, entity.Mentions.Select(mention => mention.Text)));
}

sealed class SourceTimeline() : Timeline("source")
{
    protected override IEnumerable<TimelineValue> Values(Article article) => Source.Key(article.Source) is not { } key ? [] :
        [new TimelineValue(key, article.Source!.Name ?? key, article.Source.Domain ?? "", [key])];
}
