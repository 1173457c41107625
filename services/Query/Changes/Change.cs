using System.Diagnostics;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.QueryLanguage;
using Monitoring.ReadModels;

namespace Monitoring.Query.Changes;

/// <param name="Cursor">What <c>after</c> takes to go on behind it.</param>
/// <param name="Sequence">Its number in the journal; numbers grow, and some are left out.</param>
/// <param name="Type">article.received, article.revised, article.enriched, article.withdrawn or article.placed.</param>
/// <param name="At">When it was written down.</param>
/// <param name="Article">The article as it stands now, which may be later than this change.</param>
/// <param name="Change">What a placement told the outside: new, revised, withdrawn or moved.</param>
/// <param name="Model">Which model files read it (enriched), or the placement rests on.</param>
public sealed record ChangeItem(string Cursor, long Sequence, string Type, DateTimeOffset At, ChangedArticle Article, string? Change, string? Model);

/// <param name="Id">What GET /api/articles/{id} takes.</param>
/// <param name="Revision">The latest.</param>
/// <param name="Withdrawn">True for one that was taken back: of it no more than this is told.</param>
/// <param name="Title">Its title.</param>
/// <param name="Url">Where it was published.</param>
/// <param name="Source">The outlet.</param>
/// <param name="Published">When the publisher says it was published.</param>
/// <param name="Topics">What it is about.</param>
/// <param name="Entities">Whom and what it names.</param>
public sealed record ChangedArticle(
    Guid Id, int Revision, bool? Withdrawn = null, string? Title = null, string? Url = null, Source? Source = null, DateTimeOffset? Published = null,
    IReadOnlyList<Labelled>? Topics = null, IReadOnlyList<Labelled>? Entities = null);

/// <param name="Id">What <c>topic</c> or <c>entity</c> takes.</param>
/// <param name="Name">To show.</param>
public sealed record Labelled(string Id, string Name);

/// <summary>Something that happened to an article, and the article as it stands now.</summary>
/// <param name="position">Behind it.</param>
/// <param name="type">As its event is stored, <c>article_received</c> …</param>
/// <param name="at">When it was written down.</param>
/// <param name="what">Of a placement.</param>
/// <param name="model">Of an enrichment or a placement.</param>
/// <param name="article">The document.</param>
sealed class Change(JournalPosition position, string type, DateTimeOffset at, string? what, string? model, Article article)
{
    /// <summary>All types that there are, as the journal names them.</summary>
    public static readonly string[] Types = ["article_received", "article_revised", "article_enriched", "article_withdrawn", "article_placed"];

    readonly Lazy<ServerSentEvent> sent = new(() => new(position.ToString(), Name(type), JsonSerializer.Serialize(Item(position, type, at, what, model, article), Json.Options)));

    readonly Lazy<IndexedArticle> indexed = new(() => IndexedArticle.Of(article.ToSearchable()));

    /// <summary>When it was read, of <see cref="Stopwatch"/>: names that were bound later are bound with those that its article brought along.</summary>
    public long ReadAt { get; } = Stopwatch.GetTimestamp();

    public JournalPosition Position => position;
    public string Type => type;
    public Article Article => article;

    /// <summary>The article as queries see it; made once, however many ask.</summary>
    public IndexedArticle Indexed => indexed.Value;

    /// <summary>Tells that an article is gone, whether it is the fact or the decision that follows from it.</summary>
    public bool Withdraws => type == "article_withdrawn" || what == "withdrawn";

    /// <summary>As callers know it.</summary>
    public static string Name(string type) => type.Replace('_', '.');

    public ChangeItem ToItem() => Item(position, type, at, what, model, article);

    /// <summary>Written once, however many follow.</summary>
    public ServerSentEvent ToEvent() => sent.Value;

    static ChangeItem Item(JournalPosition position, string type, DateTimeOffset at, string? what, string? model, Article article) =>
        new(position.ToString(), position.Sequence, Name(type), at, Short(article), what, model);

    static ChangedArticle Short(Article article) => article.Withdrawn ? new(article.Id, article.Revision, Withdrawn: true) : new(
        article.Id, article.Revision, null, article.Title, article.Url, article.Source, article.Published,
        [.. article.Topics.Select(topic => new Labelled(topic.Id, topic.Name))], [.. article.Entities.Select(entity => new Labelled(entity.Id, entity.Name))]);
}
