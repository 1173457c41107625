using System.Security.Claims;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.Ingest.Formats;

namespace Monitoring.Ingest.Articles;

/// <summary>From a submission in any format to what became of it.</summary>
public sealed class Submit(GroupCommit<ArticleCommand, ArticleDecision> appender, TimeProvider time)
{
    /// <summary>The command a submission amounts to. Throws <see cref="ProblemException"/> for what cannot be taken.</summary>
    /// <param name="submission">As given.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <param name="restore">Bring a withdrawn article back.</param>
    /// <param name="discovery">How it came; a push where nothing is said.</param>
    public ArticleCommand Prepare(Submission submission, Caller caller, bool restore, Discovery? discovery = null)
    {
        var article = SubmissionChecks.Check(submission, time.GetUtcNow());
        var (id, address) = (SubmissionChecks.PublisherId(submission), CleanText.Line(submission.Url));
        // Where others bear the address too, the id alone tells them apart.
        var own = id is null || !submission.SharedUrl;
        var keys = ArticleIdentity.Keys(own ? article : article with { Url = null }, id, own ? submission.OtherUrls : null);
        var former = FormerIdentity.Keys(article, id, own ? address : null);
        if (submission.Canceled)
            return new WithdrawArticle(null, keys, caller.Sources, "canceled by its publisher") { FormerKeys = former, TraceParent = TraceParent.Current };
        caller.MustBeFreeToSubmit(Source.Key(article.Source));
        return new SubmitArticle(article, keys, restore)
        {
            Discovery = discovery ?? new Discovery(Discovery.Push, null, address),
            IsTeaser = submission.IsTeaser,
            FormerKeys = former,
            TraceParent = TraceParent.Current,
        };
    }

    /// <summary>Completes when it is kept. Throws <see cref="ProblemException"/> where the decision is a refusal.</summary>
    public async Task<ArticleDecision> CommitAsync(ArticleCommand command, CancellationToken cancellation)
    {
        var decision = await appender.SubmitAsync(command, cancellation);
        Metrics.Articles.Add(1, new KeyValuePair<string, object?>("status", Json.Name(decision.Status)));
        return decision.Status switch
        {
            ArticleStatus.NotFound => throw new ProblemException(404, "No such article is known here."),
            ArticleStatus.Forbidden => throw new ProblemException(403, $"This key may not act for {decision.Head!.Source ?? "an article without a source"}.", "source"),
            ArticleStatus.Gone => throw new ProblemException(409, $"Article {decision.Head!.Id} was withdrawn. To bring it back, post it with restore=true."),
            _ => decision,
        };
    }

    /// <summary>Bytes a command holds while it waits.</summary>
    public static int Size(ArticleCommand command) =>
        command is SubmitArticle { Article: var article } ? 2 * ((article.Title?.Length ?? 0) + (article.Body?.Length ?? 0)) + 500 : 500;
}

/// <summary>Whom the gateway vouches for.</summary>
/// <param name="Sources">Keys of the sources it may act for; null means all.</param>
public sealed record Caller(IReadOnlyCollection<string>? Sources)
{
    /// <summary>The system itself, which polls feeds that a person chose.</summary>
    public static readonly Caller Everyone = new((IReadOnlyCollection<string>?)null);

    public static Caller From(ClaimsPrincipal user)
    {
        var sources = user.FindAll(InternalToken.SourceClaim).Select(claim => claim.Value).ToHashSet();
        return new Caller(sources.Count == 0 || user.HasClaim(InternalToken.ScopeClaim, Scopes.Admin) ? null : sources);
    }

    public void MustBeFreeToSubmit(string? source)
    {
        if (Sources is not null && (source is null || !Sources.Contains(source)))
            throw new ProblemException(403, $"This key takes articles from {string.Join(", ", Sources)} only.", "source");
    }
}
