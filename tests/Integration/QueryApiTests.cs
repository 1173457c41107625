using System.Net;
using System.Net.Http.Headers;
using Monitoring.Contracts;
using Monitoring.Projection.Journal;

namespace Tests.Integration;

/// <summary>What all answers of Query have in common.</summary>
[Collection(nameof(Postgres))]
public class QueryApiTests(Postgres postgres)
{
    [Fact]
    public async Task An_answer_has_a_tag_by_which_it_need_not_be_sent_twice()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var projection = await Running.ProjectionAsync(database);
        var id = Ids.Article("test:tagged");
        await projection.Get<JournalStore>().CommitAsync([Lives.Received(id, 1, new ArticleContent { Title = "Tagged" })], default);
        await projection.ProjectedAsync();

        await using var query = await QueryApi.StartAsync(database);
        using var first = await query.Client.GetAsync(new Uri($"/api/articles/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        query.Client.DefaultRequestHeaders.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));
        using var second = await query.Client.GetAsync(new Uri($"/api/articles/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("ingest", HttpStatusCode.Forbidden)]
    public async Task Nobody_reads_without_the_scope(string? scope, HttpStatusCode expected)
    {
        await using var query = await QueryApi.StartAsync(await postgres.NewDatabaseAsync(), scope);
        await query.RefusedAsync(expected, "/api/topics");
    }
}
