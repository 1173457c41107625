using Monitoring.Client;

namespace Tests.EndToEnd;

/// <summary>What a developer does in the first afternoon, with the typed client that was made from the description.</summary>
[Collection(nameof(Installation))]
public class ClientTests(Installation system)
{
    readonly MonitoringClient client = new(system.Client);

    [Fact]
    public async Task An_article_goes_in_and_is_found()
    {
        var posted = await client.PostArticleAsync(new ArticleInput
        {
            Title = "Ceasefire talks resume in Geneva", Body = "Delegations met for peace talks.", Published = "2026-03-01T09:30:00Z",
            Source = new() { Domain = "typed.example" },
        });
        Assert.Equal((1, ArticleStatus.Received), (posted.Revision, posted.Status));
        var article = await Installation.EventuallyAsync(async () => (await FindAsync("typed.example", limit: 1)).Items.SingleOrDefault(), article => article?.EnrichedRevision == 1);
        Assert.Equal((posted.Id, "Ceasefire talks resume in Geneva", new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero)), (article!.Id, article.Title, article.Published));
        Assert.Contains(article.Topics!, topic => topic.Name == "peace talks");
        Assert.Equal("Delegations met for peace talks.", (await client.GetArticleAsync(posted.Id)).Body);
        Assert.Equal(ArticleStatus.Withdrawn, (await client.WithdrawArticleAsync(posted.Id, "An example")).Status);
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        for (var i = 0; i < 5; i++) await client.PostArticleAsync(new ArticleInput { Title = $"Page {i}", Source = new() { Domain = "client-pages.example" } });
        await Installation.EventuallyAsync(() => FindAsync("client-pages.example", limit: 1), list => list.Total == 5);
        var (titles, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await FindAsync("client-pages.example", limit: 2, cursor);
            titles.AddRange(page.Items.Select(article => article.Title!));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(["Page 4", "Page 3", "Page 2", "Page 1", "Page 0"], titles);
    }

    [Fact]
    public async Task A_refusal_is_an_exception_with_its_problem()
    {
        var wrong = await Assert.ThrowsAsync<ApiException<ProblemDetails>>(() => client.ListArticlesAsync(limit: 201));
        Assert.Equal((400, "limit"), (wrong.StatusCode, wrong.Result.Field));
        Assert.Contains("200", wrong.Result.Detail, StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAsync<ApiException<ProblemDetails>>(() => client.GetArticleAsync(Guid.Empty));
        Assert.Equal((404, "id"), (unknown.StatusCode, unknown.Result.Field));
        using var nobody = system.NewClient(key: null);
        Assert.Equal(401, (await Assert.ThrowsAsync<ApiException<ProblemDetails>>(() => new MonitoringClient(nobody).ListTopicsAsync())).StatusCode);
    }

    [Fact]
    public async Task A_stream_is_read_as_it_comes()
    {
        using var stream = await client.StreamAlertsAsync();
        using var reader = new StreamReader(stream.Stream);
        Assert.Equal("retry: 2000", await reader.ReadLineAsync());
    }

    Task<ArticleList> FindAsync(string source, int limit, string? cursor = null) => client.ListArticlesAsync(source: [source], limit: limit, cursor: cursor);
}
