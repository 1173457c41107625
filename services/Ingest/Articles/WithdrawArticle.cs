using Monitoring.Hosting;

namespace Monitoring.Ingest.Articles;

/// <summary><c>DELETE /api/articles/{id}</c>: nothing of the article is shown any more. Twice does no harm.</summary>
public static class WithdrawArticleEndpoint
{
    public static void MapWithdrawArticle(this IEndpointRouteBuilder app) => app.MapDelete("/api/articles/{id:guid}", HandleAsync)
        .RequireAuthorization(Scopes.Ingest)
        .WithTags("Articles").WithName("withdraw-article")
        .WithSummary("Withdraw an article")
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <param name="id">The article.</param>
    /// <param name="reason">For the record; at most 500 characters.</param>
    /// <param name="http">The request.</param>
    /// <param name="submit">The way in.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<ArticleAnswer> HandleAsync(Guid id, string? reason, HttpContext http, Submit submit, CancellationToken cancellation)
    {
        if (reason?.Length > 500) throw new ProblemException(400, "The reason is longer than 500 characters.", "reason");
        var decision = await submit.CommitAsync(
            new WithdrawArticle(id, [], Caller.From(http.User).Sources, reason) { TraceParent = TraceParent.Current }, cancellation);
        return new ArticleAnswer(id, decision.Head!.Revision, decision.Status, []);
    }
}
