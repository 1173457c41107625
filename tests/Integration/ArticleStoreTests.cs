using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.Ingest.Articles;
using Npgsql;
using ArticleRevised = Monitoring.Ingest.Articles.ArticleRevised;

namespace Tests.Integration;

/// <summary>What Ingest keeps: each article once, whichever of its processes takes it, and all of a group or nothing.</summary>
[Collection(nameof(Postgres))]
public class ArticleStoreTests(Postgres postgres)
{
    static ArticleContent Article(int number, string body = "As first told.") =>
        new() { Title = $"Article {number}", Body = body, Url = $"https://gazette.example/{number}", Source = new Source { Domain = "gazette.example" } };

    static SubmitArticle Submit(ArticleContent article, string? publisherId = null, bool restore = false) =>
        new(article, ArticleIdentity.Keys(article, publisherId), restore);

    static WithdrawArticle Withdraw(ArticleHead head) => new(head.Id, [], null, "wrong");

    static async Task<ArticleDecision> CommitAsync(Running ingest, ArticleCommand command) =>
        Assert.Single(await ingest.Get<ArticleStore>().CommitAsync([command], default));

    [Fact]
    public async Task Two_processes_that_take_the_same_articles_at_once_keep_each_once()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var one = await Running.IngestAsync(database);
        await using var other = await Running.IngestAsync(database);
        var commands = Enumerable.Range(0, 40).Select(number => Submit(Article(number))).ToArray();

        // Each of eight uploads brings all articles, each in an order of its own.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(upload => Task.Run(async () =>
        {
            var order = commands.ToArray();
            new Random(upload).Shuffle(order);
            var decisions = new List<ArticleDecision>();
            foreach (var group in order.Chunk(5)) decisions.AddRange(await (upload % 2 == 0 ? one : other).Get<ArticleStore>().CommitAsync(group, default));
            return decisions;
        })));

        foreach (var article in answers.SelectMany(decisions => decisions).GroupBy(decision => decision.Head!.Id))
            Assert.Equal([ArticleStatus.Received, .. Enumerable.Repeat(ArticleStatus.Unchanged, 7)], article.Select(decision => decision.Status).Order());
        Assert.Equal(
            (40, 40, 40, 40),
            (await database.CountAsync("ingest.mt_streams where version = 1"), await database.CountAsync("ingest.mt_events"),
                await database.CountAsync("ingest.article_heads"), await database.CountAsync("ingest.article_keys")));
    }

    [Fact]
    public async Task Two_processes_that_revise_an_article_at_once_number_its_revisions_without_gap()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var one = await Running.IngestAsync(database);
        await using var other = await Running.IngestAsync(database);
        var id = (await CommitAsync(one, Submit(Article(1)))).Head!.Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => CommitAsync(i % 2 == 0 ? one : other, Submit(Article(1, $"Version {i}."))))));

        Assert.Equal(Enumerable.Range(2, 20), answers.Select(decision => decision.Head!.Revision).Order());
        await using var session = one.Store.QuerySession();
        var events = await session.Events.FetchStreamAsync(id);
        Assert.Equal(Enumerable.Range(1, 21).Select(revision => Ids.Revision(id, revision)), events.Select(stored => stored.Id));
        // What the next decision compares with is the text that was stored last.
        var last = Assert.IsType<ArticleRevised>(events[^1].Data);
        Assert.Equal((21, ArticleStatus.Unchanged), (last.Revision, (await CommitAsync(other, Submit(last.Article))).Status));
    }

    [Fact]
    public async Task The_commands_of_a_group_see_each_other()
    {
        await using var ingest = await Running.IngestAsync(await postgres.NewDatabaseAsync());
        var first = Submit(Article(1));
        var decisions = await ingest.Get<ArticleStore>().CommitAsync(
            [first, first, Submit(Article(1, "Corrected.")), new WithdrawArticle(null, first.Keys, null, null), first, Submit(Article(1), restore: true)], default);
        Assert.Equal(
            [(ArticleStatus.Received, 1), (ArticleStatus.Unchanged, 1), (ArticleStatus.Revised, 2), (ArticleStatus.Withdrawn, 2), (ArticleStatus.Gone, 2), (ArticleStatus.Revised, 3)],
            decisions.Select(decision => (decision.Status, decision.Head!.Revision)));
        // And so does the next one.
        Assert.Equal((ArticleStatus.Unchanged, 3), (await CommitAsync(ingest, first)) is var again ? (again.Status, again.Head!.Revision) : default);
    }

    [Fact]
    public async Task A_kill_notice_by_uri_finds_what_first_came_by_address()
    {
        await using var ingest = await Running.IngestAsync(await postgres.NewDatabaseAsync());
        const string Uri = "tag:gazette.example,2026:4711";
        var crawled = await CommitAsync(ingest, Submit(Article(1)));
        Assert.Equal(ArticleStatus.Unchanged, (await CommitAsync(ingest, Submit(Article(1), Uri))).Status);

        // The notice has neither address nor source.
        var killed = await CommitAsync(ingest, new WithdrawArticle(null, ArticleIdentity.Keys(new ArticleContent { Title = "Kill" }, Uri), null, null));
        Assert.Equal((ArticleStatus.Withdrawn, crawled.Head!.Id), (killed.Status, killed.Head!.Id));
        Assert.Equal(ArticleStatus.NotFound, (await CommitAsync(ingest, new WithdrawArticle(null, ["uri:|tag:other"], null, null))).Status);
    }

    [Fact]
    public async Task A_key_once_given_stays_with_its_article()
    {
        await using var ingest = await Running.IngestAsync(await postgres.NewDatabaseAsync());
        var first = await CommitAsync(ingest, Submit(Article(1)));
        var second = await CommitAsync(ingest, Submit(Article(2), "4711"));
        // The publisher now uses the address of the first for the second: its own id says which article it is.
        var moved = await CommitAsync(ingest, Submit(Article(2, "Moved.") with { Url = Article(1).Url }, "4711"));
        Assert.Equal((ArticleStatus.Revised, second.Head!.Id), (moved.Status, moved.Head!.Id));
        Assert.Equal((ArticleStatus.Unchanged, first.Head!.Id), await CommitAsync(ingest, Submit(Article(1))) is var again ? (again.Status, again.Head!.Id) : default);
    }

    [Fact]
    public async Task A_withdrawal_is_final_until_the_article_is_restored()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var ingest = await Running.IngestAsync(database);
        var head = (await CommitAsync(ingest, Submit(Article(1)))).Head!;
        foreach (var _ in Enumerable.Range(0, 2)) Assert.Equal(ArticleStatus.Withdrawn, (await CommitAsync(ingest, Withdraw(head))).Status);
        Assert.Equal(ArticleStatus.Gone, (await CommitAsync(ingest, Submit(Article(1, "Again.")))).Status);

        var restored = await CommitAsync(ingest, Submit(Article(1), restore: true));
        Assert.Equal((ArticleStatus.Revised, 2, true), (restored.Status, restored.Head!.Revision, Assert.IsType<ArticleRevised>(restored.Event).Restored));
        await CommitAsync(ingest, Withdraw(head));
        await using var session = ingest.Store.QuerySession();
        Assert.Equal(
            [Ids.Revision(head.Id, 1), Ids.Withdrawal(head.Id, 1), Ids.Revision(head.Id, 2), Ids.Withdrawal(head.Id, 2)],
            (await session.Events.FetchStreamAsync(head.Id)).Select(stored => stored.Id));
    }

    [Fact]
    public async Task Events_heads_and_keys_are_kept_together_or_not_at_all()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var ingest = await Running.IngestAsync(database);
        // The keys are written last: when they cannot be, all else has been.
        await database.ExecuteAsync("alter table ingest.article_keys add constraint no_poison check (key not like '%/13')");

        await Assert.ThrowsAsync<PostgresException>(() => ingest.Get<ArticleStore>().CommitAsync([Submit(Article(12)), Submit(Article(13))], default));
        foreach (var table in new[] { "mt_streams", "mt_events", "article_heads", "article_keys" }) Assert.Equal(0, await database.CountAsync($"ingest.{table}"));

        // Through the appender the others of its group are kept, and the poisonous one alone is refused.
        var appender = ingest.Get<GroupCommit<ArticleCommand, ArticleDecision>>();
        var submitted = Enumerable.Range(10, 6).Select(number => appender.SubmitAsync(Submit(Article(number)), default)).ToList();
        await Task.WhenAll(submitted).ContinueWith(_ => { });
        Assert.Equal([13], submitted.Select((task, i) => (task.IsFaulted, i + 10)).Where(outcome => outcome.IsFaulted).Select(outcome => outcome.Item2));
        foreach (var table in new[] { "mt_streams", "mt_events", "article_heads", "article_keys" }) Assert.Equal(5, await database.CountAsync($"ingest.{table}"));
    }

    static readonly Discovery ByFeed = new(Discovery.Feed, new Guid("0a3b2f8e-0d3c-4d53-9a5e-0a7c1f0f9b11"), "https://gazette.example/talks?utm_source=rss");
    static readonly Discovery ByPage = new(Discovery.Page, null, "https://gazette.example/talks/amp/");
    static readonly Discovery ByPush = new(Discovery.Push, null, "https://www.gazette.example/talks?CMP=share&fbclid=x");

    static SubmitArticle Came(Discovery how, string? publisherId, string body = "Delegations met.")
    {
        var url = CanonicalUrl.TryCanonicalise(how.Address!)!;
        var article = new ArticleContent { Title = "Talks resume", Body = body, Url = url, Source = new Source { Domain = CanonicalUrl.Domain(url) } };
        return new(article, ArticleIdentity.Keys(article, publisherId), Restore: false) { Discovery = how, FormerKeys = FormerIdentity.Keys(article, publisherId, how.Address) };
    }

    [Fact]
    public async Task The_same_article_by_feed_page_and_push_is_one_article_with_three_discoveries()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var ingest = await Running.IngestAsync(database);
        SubmitArticle[] ways = [Came(ByFeed, "https://gazette.example/?p=12"), Came(ByPage, null), Came(ByPush, "urn:newsml:gazette.example:4711")];
        var decisions = new List<ArticleDecision>();
        foreach (var way in ways) decisions.Add(await CommitAsync(ingest, way));
        Assert.Equal([ArticleStatus.Received, ArticleStatus.Unchanged, ArticleStatus.Unchanged], decisions.Select(decision => decision.Status));
        var id = Assert.Single(decisions.Select(decision => decision.Head!.Id).Distinct());

        // All ways again, one by one and together: nothing is new.
        foreach (var way in ways) await CommitAsync(ingest, way);
        await ingest.Get<ArticleStore>().CommitAsync(ways, default);
        var list = await Discoveries.ListAsync(ingest.Get<NpgsqlDataSource>(), id, default);
        Assert.Equal(new[] { ByFeed, ByPage, ByPush }, list!.Items.Select(item => new Discovery(item.Via, item.FeedId, item.Address)));
        Assert.Equal(3, await database.CountAsync("ingest.mt_events"));
        Assert.Null(await Discoveries.ListAsync(ingest.Get<NpgsqlDataSource>(), Guid.NewGuid(), default));

        // A kill notice by the agency's uri, which names nothing else.
        var killed = await CommitAsync(ingest, new WithdrawArticle(null, ArticleIdentity.Keys(new ArticleContent(), "urn:newsml:gazette.example:4711"), null, null));
        Assert.Equal((ArticleStatus.Withdrawn, id), (killed.Status, killed.Head!.Id));
        // And what it took back stays so, whichever way it comes.
        foreach (var way in ways) Assert.Equal(ArticleStatus.Gone, (await CommitAsync(ingest, way)).Status);
        Assert.Equal(4, await database.CountAsync("ingest.mt_events"));
    }

    [Fact]
    public async Task A_group_that_finds_an_article_in_many_ways_tells_each_once()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var ingest = await Running.IngestAsync(database);
        var decisions = await ingest.Get<ArticleStore>().CommitAsync([Came(ByFeed, null), Came(ByPush, null), Came(ByPush, null), Came(ByPage, null, "Delegations left."), Came(ByPage, null, "Delegations left.")], default);
        Assert.Equal([ArticleStatus.Received, ArticleStatus.Unchanged, ArticleStatus.Unchanged, ArticleStatus.Revised, ArticleStatus.Unchanged], decisions.Select(decision => decision.Status));
        Assert.Equal(["article_discovered", "article_discovered", "article_received", "article_revised"], await database.RowsAsync("select type from ingest.mt_events"));
        Assert.Equal(3, (await Discoveries.ListAsync(ingest.Get<NpgsqlDataSource>(), decisions[0].Head!.Id, default))!.Items.Count);
    }

    [Fact]
    public async Task Five_thousand_articles_pushed_again_append_nothing()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var ingest = await Running.IngestAsync(database);
        var articles = Enumerable.Range(0, 5_000).Select(number => Submit(Article(number)) with { Discovery = ByPush with { Address = Article(number).Url } }).ToArray();
        for (var time = 0; time < 2; time++)
        {
            foreach (var group in articles.Chunk(200))
                Assert.All(await ingest.Get<ArticleStore>().CommitAsync(group, default), decision => Assert.Equal(time == 0 ? ArticleStatus.Received : ArticleStatus.Unchanged, decision.Status));
            Assert.Equal(5_000, await database.CountAsync("ingest.mt_events"));
        }
    }

    [Fact]
    public async Task What_is_known_by_the_rules_of_before_is_found_and_unchanged()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var ingest = await Running.IngestAsync(database);
        const string Address = "https://www.gazette.example/talks?icid=1";
        var article = new ArticleContent { Title = "Talks resume", Body = "“Delegations” met.", Url = Address, Source = new Source { Domain = "gazette.example" } };
        var nameless = new ArticleContent { Title = "Without address", Body = "“Text”", Source = new Source { Domain = "gazette.example" } };
        // As the rules of before stored them.
        Guid[] ids = [Guid.NewGuid(), Guid.NewGuid()];
        foreach (var (known, address, id) in new[] { (article, Address, ids[0]), (nameless, null, ids[1]) })
        {
            await database.ExecuteAsync($"insert into ingest.article_heads (article_id, revision, hash, withdrawn, source) values ('{id}', 4, '\\x{Convert.ToHexString(FormerIdentity.Hash(known))}', false, 'gazette.example')");
            await database.ExecuteAsync($"insert into ingest.article_keys values ('{Assert.Single(FormerIdentity.Keys(known, null, address))}', '{id}')");
        }
        var today = article with { Url = CanonicalUrl.TryCanonicalise(Address) };
        SubmitArticle[] again =
        [
            Submit(today) with { FormerKeys = FormerIdentity.Keys(today, null, Address) },
            Submit(nameless) with { FormerKeys = FormerIdentity.Keys(nameless, null, null) },
            // By an address the rules of before took for another page: the first has brought its key of today.
            Submit(today with { Url = "https://gazette.example/talks" }) with { FormerKeys = FormerIdentity.Keys(today, null, "https://gazette.example/talks") },
        ];
        foreach (var (command, id) in again.Zip([ids[0], ids[1], ids[0]]))
            Assert.Equal((ArticleStatus.Unchanged, 4, id), await CommitAsync(ingest, command) is var decision ? (decision.Status, decision.Head!.Revision, decision.Head.Id) : default);
        Assert.Equal(
            new[] { article, nameless }.Select(known => Convert.ToHexStringLower(ArticleIdentity.Hash(known))).Order(StringComparer.Ordinal),
            await database.RowsAsync("select encode(hash, 'hex') from ingest.article_heads"));
        // The former keys are asked, not written.
        Assert.Equal(
            ["txt:", "txt:", "url:gazette.example/talks", "url:www.gazette.example/talks?icid=1"],
            (await database.RowsAsync("select key from ingest.article_keys")).Select(key => key.StartsWith("txt:", StringComparison.Ordinal) ? "txt:" : key));
    }

    [Fact]
    public async Task Where_two_articles_are_known_the_strongest_key_decides_and_a_former_one_before_its_like()
    {
        await using var ingest = await Running.IngestAsync(await postgres.NewDatabaseAsync());
        var byId = await CommitAsync(ingest, new SubmitArticle(Article(1), ["uri:gazette.example|1"], false));
        var byAddress = await CommitAsync(ingest, new SubmitArticle(Article(1), ["url:gazette.example/1"], false));
        var byFormer = await CommitAsync(ingest, new SubmitArticle(Article(1), ["url:www.gazette.example/1"], false));
        Assert.Distinct(new[] { byId, byAddress, byFormer }.Select(decision => decision.Head!.Id));

        async Task<Guid> FoundAsync(string[] keys, string[] former) => (await CommitAsync(ingest, new SubmitArticle(Article(1), keys, false) { FormerKeys = former })).Head!.Id;
        Assert.Equal(byId.Head!.Id, await FoundAsync(["uri:gazette.example|1", "url:gazette.example/1"], ["url:www.gazette.example/1"]));
        Assert.Equal(byFormer.Head!.Id, await FoundAsync(["uri:gazette.example|2", "url:gazette.example/1"], ["url:www.gazette.example/1"]));
        Assert.Equal(byFormer.Head.Id, await FoundAsync(["uri:gazette.example|2"], []));
        Assert.Equal(byAddress.Head!.Id, await FoundAsync(["url:gazette.example/1"], []));
    }
}
