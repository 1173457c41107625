using Monitoring.Contracts;

namespace Monitoring.Ingest.Articles;

// What the event store keeps, one stream per article. The names stored are frozen in Program.cs; Publishing/ArticleOutbox.cs
// translates to the messages of Contracts.
public sealed record ArticleReceived(int Revision, DateTimeOffset ReceivedAt, ArticleContent Article)
{
    /// <summary>How it first came; not said by events of before 2026-11-23.</summary>
    public Discovery? Discovery { get; init; }
}

public sealed record ArticleRevised(int Revision, DateTimeOffset ReceivedAt, ArticleContent Article, bool Restored);
public sealed record ArticleWithdrawn(int Revision, DateTimeOffset WithdrawnAt, string? Reason);


/// <summary>It came in one more way. What it said then, if anything new, is an event of its own.</summary>
public sealed record ArticleDiscovered(Discovery Discovery, DateTimeOffset At);

/// <summary>What is known of an article, as far as decisions need it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Revision">The latest.</param>
/// <param name="Hash">Of the latest title and body (<see cref="ArticleIdentity.Hash"/>).</param>
/// <param name="Withdrawn">Whether the latest is withdrawn.</param>
/// <param name="Source">Key of the outlet, if known.</param>
public sealed record ArticleHead(Guid Id, int Revision, byte[] Hash, bool Withdrawn, string? Source)
{
    /// <summary>Ids of the ways it came (<see cref="Ids.Discovery"/>); what they are is in the events.</summary>
    public IReadOnlyList<Guid> Discoveries { get; init; } = [];
}

public abstract record ArticleCommand(IReadOnlyList<string> Keys)
{
    /// <summary>Its keys by the rules of before (<see cref="FormerIdentity"/>): asked, never written.</summary>
    public IReadOnlyList<string> FormerKeys { get; init; } = [];

    /// <summary>W3C trace context of the request.</summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// Strongest first: where keys of one submission are known for different articles, the first decides. Of one kind the former
    /// comes before the present, so that no rule makes another article of a known one.
    /// </summary>
    public IEnumerable<string> Asked() => FormerKeys.Concat(Keys).OrderBy(key => key[..4] switch { "uri:" => 0, "url:" => 1, _ => 2 });
}

/// <param name="Article">Cleaned and checked.</param>
/// <param name="Keys">See <see cref="ArticleIdentity.Keys"/>; the first makes the id of an article nobody knows.</param>
/// <param name="Restore">Bring a withdrawn article back.</param>
public sealed record SubmitArticle(ArticleContent Article, IReadOnlyList<string> Keys, bool Restore) : ArticleCommand(Keys)
{
    public Discovery Discovery { get; init; } = new(Discovery.Push, null, null);

    /// <summary>See <see cref="ArticleIdentity.Hash"/>. Taken where the command is made, by many at a time, and not where one writer decides.</summary>
    public byte[] Hash { get; } = ArticleIdentity.Hash(Article);

    /// <summary>Part of the text only, perhaps: makes an article, and revises the one it made, but takes nothing from what came another way.</summary>
    public bool IsTeaser { get; init; }
}

/// <param name="Id">By id, or</param>
/// <param name="Keys">by any key.</param>
/// <param name="Sources">Sources the caller may act for; null means all.</param>
/// <param name="Reason">For the record.</param>
public sealed record WithdrawArticle(Guid? Id, IReadOnlyList<string> Keys, IReadOnlyCollection<string>? Sources, string? Reason) : ArticleCommand(Keys);

public enum ArticleStatus { Received, Unchanged, Revised, Withdrawn, NotFound, Forbidden, Gone }

/// <param name="Status">The answer; NotFound, Forbidden and Gone are refusals.</param>
/// <param name="Head">The article after the decision; absent when not found.</param>
/// <param name="Event">What happened, if anything did.</param>
public sealed record ArticleDecision(ArticleStatus Status, ArticleHead? Head, object? Event = null)
{
    /// <summary>The new way it came, if it is one.</summary>
    public ArticleDiscovered? Discovered { get; init; }
}

public static class ArticleDecider
{
    public static ArticleDecision Decide(ArticleHead? head, SubmitArticle command, DateTimeOffset now)
    {
        var hash = command.Hash;
        var source = Source.Key(command.Article.Source) ?? head?.Source;
        if (head is null)
        {
            var id = Ids.Article(command.Keys[0]);
            head = new ArticleHead(id, 1, hash, false, source) { Discoveries = [command.Discovery.Id(id)] };
            return new(ArticleStatus.Received, head, new ArticleReceived(1, now, command.Article) { Discovery = command.Discovery });
        }
        if (head.Withdrawn && !command.Restore) return new(ArticleStatus.Gone, head);

        var discovery = command.Discovery.Id(head.Id);
        var discovered = head.Discoveries.Contains(discovery) || head.Discoveries.Count >= Discovery.MaxPerArticle ? null : new ArticleDiscovered(command.Discovery, now);
        if (discovered is not null) head = head with { Discoveries = [.. head.Discoveries, discovery] };
        if (!head.Withdrawn && hash.AsSpan().SequenceEqual(head.Hash)) return new(ArticleStatus.Unchanged, head) { Discovered = discovered };
        if (command.IsTeaser && !head.Withdrawn && (head.Discoveries.Count == 0 || head.Discoveries[0] != discovery)) return new(ArticleStatus.Unchanged, head) { Discovered = discovered };
        // A better rule is no revision: what was stored under the hash of before gets the one of today.
        if (!head.Withdrawn && FormerIdentity.Hash(command.Article).AsSpan().SequenceEqual(head.Hash))
            return new(ArticleStatus.Unchanged, head with { Hash = hash }) { Discovered = discovered };

        var next = head with { Revision = head.Revision + 1, Hash = hash, Withdrawn = false, Source = source };
        return new(ArticleStatus.Revised, next, new ArticleRevised(next.Revision, now, command.Article, Restored: head.Withdrawn)) { Discovered = discovered };
    }

    public static ArticleDecision Decide(ArticleHead? head, WithdrawArticle command, DateTimeOffset now) => head switch
    {
        null => new(ArticleStatus.NotFound, null),
        _ when command.Sources is { } sources && (head.Source is null || !sources.Contains(head.Source)) => new(ArticleStatus.Forbidden, head),
        { Withdrawn: true } => new(ArticleStatus.Withdrawn, head),
        _ => new(ArticleStatus.Withdrawn, head with { Withdrawn = true }, new ArticleWithdrawn(head.Revision, now, command.Reason)),
    };
}
