using Monitoring.Contracts;
using Monitoring.Projection.Journal;

namespace Tests.Integration;

/// <summary>Messages arrive at least once and in any order; journal and read models hold each fact once and say the same in the end.</summary>
[Collection(nameof(Postgres))]
public class JournalTests(Postgres postgres)
{
    /// <summary>All that must not depend on the order of arrival. What placements there were does: the outside is told what is news to it.</summary>
    static readonly Dictionary<string, string> State = new()
    {
        ["facts"] = "select stream_id || ' ' || id || ' ' || type || ' ' || data from monitoring.mt_events where type <> 'article_placed'",
        ["heads"] = """
            select concat_ws(' ', article_id, revision, received_at, enriched_revision, enriched_generation, enriched_model, withdrawn_revision)
            from monitoring.article_heads
            """,
        ["articles"] = "select id || ' ' || data from monitoring.mt_doc_article",
        ["quotes"] = "select q::text from monitoring.article_quote q",
        ["search rows"] = """
            select concat_ws(' ', filed_month, article_id, dated, published, received, indexed_partly, summary, text, quotes,
                (select string_agg(l.name, ',' order by l.name) from monitoring.search_label l where l.code = any (s.labels)))
            from monitoring.search_article s
            """,
        // Values that articles had in between leave a sum of zero behind, and their names.
        ["topics"] = "select r::text from monitoring.article_topic r union all select h::text from monitoring.topic_hour h where articles <> 0 union all select v::text from monitoring.topic v where articles <> 0",
        ["entities"] = "select r::text from monitoring.article_entity r union all select h::text from monitoring.entity_hour h where articles <> 0 union all select v::text from monitoring.entity v where articles <> 0",
        ["sources"] = "select r::text from monitoring.article_source r union all select h::text from monitoring.source_hour h where articles <> 0 union all select v::text from monitoring.source v where articles <> 0",
        ["names"] = """
            select n.folded || ' ' || n.id from monitoring.entity_name n join monitoring.entity v using (id) where v.articles <> 0 union all
            select n.folded || ' ' || n.id from monitoring.topic_name n join monitoring.topic v using (id) where v.articles <> 0 union all
            select n.folded || ' ' || n.id from monitoring.source_name n join monitoring.source v using (id) where v.articles <> 0
            """,
    };

    async Task<Dictionary<string, IReadOnlyList<string>>> StateAfterAsync(IEnumerable<JournalMessage> messages, Random random)
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        // The daemon runs along: where its pages end depends on the moment.
        await projection.Get<JournalStore>().DeliverAsync(messages, random);
        await projection.ProjectedAsync();
        Assert.Equal(0, await database.CountAsync("monitoring.mt_doc_deadletterevent"));

        var state = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (name, sql) in State) state[name] = await database.RowsAsync(sql);
        return state;
    }

    [Fact]
    public async Task Messages_in_any_order_some_twice_leave_the_same_journal_and_read_models()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var messages = Enumerable.Range(0, 40).SelectMany(_ => Lives.Random(random)).ToList();
        var ordered = await StateAfterAsync(messages, random);

        var shuffled = messages.Concat(random.GetItems(messages.ToArray(), messages.Count / 3)).ToArray();
        random.Shuffle(shuffled);
        var other = await StateAfterAsync(shuffled, random);

        foreach (var (name, rows) in ordered)
        {
            Assert.True(rows.Count > 10, $"Seed {seed}: only {rows.Count} {name}, which shows little.");
            Assert.True(rows.SequenceEqual(other[name]),
                $"Seed {seed}, {name}\nonly in order:  {rows.Except(other[name]).FirstOrDefault()}\nonly shuffled: {other[name].Except(rows).FirstOrDefault()}");
        }
    }

    [Fact]
    public async Task What_the_read_models_say_in_the_end_is_what_happened_last()
    {
        var content = new ArticleContent { Title = "Last", Body = "Told last.", Source = new Source { Domain = "gazette.example" } };
        var topic = new Topic { Id = "medtop:1", Name = "topic 1", Score = 0.5 };
        var (restored, withdrawn) = (Ids.Article("test:restored"), Ids.Article("test:withdrawn"));
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        // The newest comes first, and the rest of its past after it.
        await projection.Get<JournalStore>().DeliverAsync(
        [
            Lives.Enriched(restored, 2, content, "2.0.0+a", 2, [topic], []),
            Lives.Enriched(restored, 2, content, "9.0.0+z", 1, [], []),
            Lives.Withdrawn(restored, 1),
            Lives.Enriched(restored, 1, content with { Title = "First" }, "2.0.0+a", 2, [], []),
            Lives.Withdrawn(withdrawn, 1),
            Lives.Enriched(withdrawn, 1, content, "2.0.0+a", 2, [topic], []),
        ], new Random(1));
        await projection.ProjectedAsync();

        Assert.Equal(
            new[] { $"{restored} 2 Last 2 2.0.0+a medtop:1 false", $"{withdrawn} 1 - - - - true" }.Order(StringComparer.Ordinal),
            await database.RowsAsync("""
                select concat_ws(' ', id, data ->> 'revision', coalesce(data ->> 'title', '-'), coalesce(data ->> 'enrichedRevision', '-'),
                    coalesce(data ->> 'model', '-'), coalesce(data #>> '{topics,0,id}', '-'), data ->> 'withdrawn')
                from monitoring.mt_doc_article
                """));
        // What nobody had been told of is not taken back either.
        Assert.Equal([$"{restored} 2 revised"], (await database.RowsAsync(
            "select concat_ws(' ', stream_id, data ->> 'revision', data ->> 'change') from monitoring.mt_events where type = 'article_placed'"))
            .Select(placed => placed.Replace("new", "revised", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_appenders_at_once_take_each_fact_once()
    {
        var random = new Random(7);
        var messages = Enumerable.Range(0, 20).SelectMany(_ => Lives.Random(random)).ToArray();
        var database = await postgres.NewDatabaseAsync();
        await using var one = await Running.ProjectionAsync(database);
        await using var other = await Running.ProjectionAsync(database, leads: false);

        // While the active consumer changes, the broker gives both what the other has not acknowledged yet.
        await Task.WhenAll(new[] { one, other, one, other }.Select((projection, i) => Task.Run(() => projection.Get<JournalStore>().DeliverAsync(messages, new Random(i)))));

        var facts = messages.SelectMany(message => JournalDecider.Facts(message.Message)).Select(fact => fact.Id.ToString()).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(facts, await database.RowsAsync("select id::text from monitoring.mt_events where type <> 'article_placed'"));
        // Nor did any of the attempts fail: a violation of the unique index would leave a gap that stalls the daemon.
        Assert.Equal(await database.RowsAsync("select max(seq_id)::text from monitoring.mt_events"), [$"{await database.CountAsync("monitoring.mt_events")}"]);
    }
}
