using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Monitoring.Contracts;
using Weasel.Postgresql.Tables;

namespace Monitoring.ReadModels;

/// <summary>
/// Who said what about whom: a row for each quotation of the articles that are not withdrawn, replaced with its article. Rows hold
/// what they are asked for by, because conditions on the documents would unpack the text of every article looked at.
/// </summary>
public sealed class Quotes : IProjection
{
    public const string TableName = $"{ReadModelStore.Schema}.article_quote";

    public static void AddTable(StoreOptions options)
    {
        var table = new Table(TableName);
        table.AddColumn<Guid>("article_id").AsPrimaryKey();
        // Counted from the article's last quotation, so that all that descends from the newest is in the order of the text.
        table.AddColumn<int>("position").AsPrimaryKey();
        table.AddColumn("dated", "timestamptz").NotNull();
        table.AddColumn("source", "text").NotNull();
        table.AddColumn("topics", "text[]").NotNull();
        // See SpeakerKey.
        table.AddColumn("speaker", "text").NotNull();
        table.AddColumn("speaker_id", "text").NotNull();
        table.AddColumn("speaker_name", "text").NotNull();
        table.AddColumn("about", "text[]").NotNull();
        table.AddColumn<bool>("direct").NotNull();
        table.AddColumn("cue", "text").NotNull();
        table.AddColumn("text", "text").NotNull();
        table.AddColumn<int>("starts").NotNull();
        table.AddColumn<int>("ends").NotNull();
        foreach (var (name, columns) in new[] { ("date", Array.Empty<string>()), ("speaker", ["speaker"]), ("source", ["source"]) })
            table.Indexes.Add(new IndexDefinition($"article_quote_by_{name}") { Columns = [.. columns, "dated", "article_id", "position"] });
        table.Indexes.Add(new IndexDefinition("article_quote_by_subject") { Columns = ["about", "topics"], Method = IndexMethod.gin });
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <summary>What a speaker is found by: the id of the entity, else the folded name; empty where the article does not tell.</summary>
    public static string SpeakerKey(Speaker? speaker) => speaker is null ? "" : speaker.Id ?? Folding.Fold(speaker.Name);

    /// <summary>Ids of the entities that are named within the quotation, other than its speaker.</summary>
    public static IEnumerable<string> About(Quote quote, IEnumerable<Entity> entities) => entities
        .Where(entity => entity.Id != quote.Speaker?.Id && entity.Mentions.Any(mention => mention.Start >= quote.Start && mention.End <= quote.End))
        .Select(entity => entity.Id).Distinct();

    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var articles = ArticleProjection.Changed(events);
        if (articles.Count == 0) return Task.CompletedTask;
        operations.QueueSqlCommand($"delete from {TableName} where article_id = any (?)", articles.Select(article => article.Id).ToArray());
        var rows = articles.Where(article => article is { Withdrawn: false, Revision: > 0 })
            .SelectMany(article => article.Quotes.Select((quote, i) => (Article: article, Quote: quote, Position: article.Quotes.Count - 1 - i))).ToList();
        if (rows.Count > 0)
            operations.QueueSqlCommand(Sql,
                rows.Select(row => row.Article.Id).ToArray(),
                rows.Select(row => row.Position).ToArray(),
                rows.Select(row => row.Article.Dated!.Value).ToArray(),
                rows.Select(row => Source.Key(row.Article.Source) ?? "").ToArray(),
                rows.Select(row => Joined(row.Article.Topics.SelectMany(topic => topic.Broader.Select(broader => broader.Id).Prepend(topic.Id)).Distinct())).ToArray(),
                rows.Select(row => SpeakerKey(row.Quote.Speaker)).ToArray(),
                rows.Select(row => row.Quote.Speaker?.Id ?? "").ToArray(),
                rows.Select(row => row.Quote.Speaker?.Name ?? "").ToArray(),
                rows.Select(row => Joined(About(row.Quote, row.Article.Entities))).ToArray(),
                rows.Select(row => row.Quote.Direct).ToArray(),
                rows.Select(row => row.Quote.Cue ?? "").ToArray(),
                rows.Select(row => row.Quote.Text).ToArray(),
                rows.Select(row => row.Quote.Start).ToArray(),
                rows.Select(row => row.Quote.End).ToArray());
        return Task.CompletedTask;
    }

    // Parameters may hold neither nulls nor arrays of arrays; ids of topics and entities have no spaces.
    const string Sql = $"""
        insert into {TableName} (article_id, position, dated, source, topics, speaker, speaker_id, speaker_name, about, direct, cue, text, starts, ends)
        select id, position, dated, source, string_to_array(topics, ' '), speaker, speaker_id, speaker_name, string_to_array(about, ' '), direct, cue, text, starts, ends
        from unnest(?::uuid[], ?::int[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bool[], ?::text[], ?::text[], ?::int[], ?::int[])
            as q (id, position, dated, source, topics, speaker, speaker_id, speaker_name, about, direct, cue, text, starts, ends)
        """;

    static string Joined(IEnumerable<string> ids) => string.Join(' ', ids);
}
