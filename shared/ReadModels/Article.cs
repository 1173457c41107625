using System.Globalization;
using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using Monitoring.Contracts;
using Monitoring.QueryLanguage;

namespace Monitoring.ReadModels;

/// <summary>
/// An article as it stands. The document is what the API answers. Which facts it knows decides what it says, not the order in
/// which they came: of revisions and of enrichments the highest counts, and a withdrawal takes everything up to its revision.
/// </summary>
public sealed record Article
{
    public required Guid Id { get; init; }

    /// <summary>The latest known; 0 while only a withdrawal is.</summary>
    public int Revision { get; init; }

    /// <summary>The revision that topics and entities are from; behind <see cref="Revision"/> for a moment after a change.</summary>
    public int? EnrichedRevision { get; init; }

    public string? Title { get; init; }
    public string? Body { get; init; }
    public string? Url { get; init; }
    public Source? Source { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When the publisher says it was published; absent when it does not say.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>When it first came in; absent while only a withdrawal is known.</summary>
    public DateTimeOffset? Received { get; init; }

    /// <summary>What it is listed by: published, else received.</summary>
    public DateTimeOffset? Dated { get; init; }

    /// <summary>
    /// First day of the month under which it is filed for search: of its publication as first received, not before 1990 nor more than
    /// a day after it was received. Never changes, save that a first revision comes late.
    /// </summary>
    public DateOnly? Filed { get; init; }

    /// <summary>The revision that it is filed by: the lowest known.</summary>
    public int FiledRevision { get; init; }

    /// <summary>ISO 639 code as found, before that as declared.</summary>
    public string? Language { get; init; }

    /// <summary>ISO 639 code as the publisher declares it.</summary>
    public string? DeclaredLanguage { get; init; }
    public IReadOnlyList<Topic> Topics { get; init; } = [];
    public IReadOnlyList<Entity> Entities { get; init; } = [];
    public IReadOnlyList<Quote> Quotes { get; init; } = [];

    /// <summary>Whom the article itself names as its source.</summary>
    public IReadOnlyList<CitedSource> CitedSources { get; init; } = [];
    public IReadOnlyList<Amount> Amounts { get; init; } = [];
    public IReadOnlyList<DateReference> Dates { get; init; } = [];
    public IReadOnlyList<string> Keyphrases { get; init; } = [];

    /// <summary>The first sentences, for previews.</summary>
    public string? Lead { get; init; }
    public bool Withdrawn { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
    public string? WithdrawnReason { get; init; }

    /// <summary>Which model files decided.</summary>
    public string? Model { get; init; }
    public int? ModelGeneration { get; init; }

    /// <summary>Everything up to this revision is withdrawn.</summary>
    public int WithdrawnRevision { get; init; }

    /// <summary>The article after an event; null before it is the article nobody knows.</summary>
    public static Article After(Article? article, Guid id, object happened)
    {
        article ??= new Article { Id = id };
        return happened switch
        {
            ArticleReceived received => article.Read(received.Revision, received.ReceivedAt, received.Article),
            ArticleRevised revised => article.Read(revised.Revision, revised.ReceivedAt, revised.Article),
            ArticleEnriched enriched => article.Understand(enriched.Revision, enriched.Enrichment),
            ArticleWithdrawn withdrawn => article.Withdraw(withdrawn),
            _ => article,
        };
    }

    Article Read(int revision, DateTimeOffset receivedAt, ArticleContent content)
    {
        var article = Received is null || receivedAt < Received ? this with { Received = receivedAt, Dated = Published ?? receivedAt } : this;
        if (FiledRevision == 0 || revision < FiledRevision) article = article with { FiledRevision = revision, Filed = FiledMonth(content.Published, receivedAt) };
        if (revision <= Revision) return article;
        article = article with
        {
            Revision = revision,
            Url = content.Url,
            Source = content.Source,
            Published = content.Published,
            Dated = content.Published ?? article.Received,
            Withdrawn = revision <= WithdrawnRevision,
        };
        if (article.Withdrawn) return article;
        var declared = content.Language?.Split('-')[0].ToLower(CultureInfo.InvariantCulture);
        return article with
        {
            Title = content.Title,
            Body = content.Body,
            Authors = content.Authors,
            Tags = content.Tags,
            DeclaredLanguage = declared,
            Language = EnrichedRevision is null ? declared : Language,
            WithdrawnAt = null,
            WithdrawnReason = null,
        };
    }

    static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static DateOnly FiledMonth(DateTimeOffset? published, DateTimeOffset received)
    {
        var latest = received.AddDays(1);
        var dated = published is not { } said ? received : said < Earliest ? Earliest : said > latest ? latest : said;
        return new DateOnly(dated.UtcDateTime.Year, dated.UtcDateTime.Month, 1);
    }

    Article Understand(int revision, Enrichment enrichment)
    {
        if (revision <= WithdrawnRevision || !IsNewer(revision, enrichment)) return this;
        return (this with
        {
            EnrichedRevision = revision,
            Model = enrichment.Model,
            ModelGeneration = enrichment.ModelGeneration,
        }).Tagged(enrichment, enrichment.Language.Code);
    }

    /// <summary>With what an enrichment says, or with nothing of it.</summary>
    Article Tagged(Enrichment? enrichment, string? language) => this with
    {
        Language = language,
        Topics = enrichment?.Topics ?? [],
        Entities = enrichment?.Entities ?? [],
        Quotes = enrichment?.Quotes ?? [],
        CitedSources = enrichment?.CitedSources ?? [],
        Amounts = enrichment?.Amounts ?? [],
        Dates = enrichment?.Dates ?? [],
        Keyphrases = enrichment?.Keyphrases ?? [],
        Lead = enrichment?.Lead,
    };

    // Two models of one generation are told apart by name, so that the order of arrival decides nothing.
    bool IsNewer(int revision, Enrichment enrichment) =>
        (revision, enrichment.ModelGeneration).CompareTo((EnrichedRevision ?? 0, ModelGeneration ?? 0)) switch
        {
            0 => string.CompareOrdinal(enrichment.Model, Model) > 0,
            var newer => newer > 0,
        };

    Article Withdraw(ArticleWithdrawn withdrawn)
    {
        if (withdrawn.Revision <= WithdrawnRevision) return this;
        var article = this with { WithdrawnRevision = withdrawn.Revision };
        if (EnrichedRevision <= withdrawn.Revision)
            article = (article with { EnrichedRevision = null, Model = null, ModelGeneration = null }).Tagged(null, DeclaredLanguage);
        return Revision > withdrawn.Revision ? article : article with
        {
            Withdrawn = true,
            WithdrawnAt = withdrawn.WithdrawnAt,
            WithdrawnReason = withdrawn.Reason,
            Title = null,
            Body = null,
            Authors = [],
            Tags = [],
            DeclaredLanguage = null,
            Language = null,
        };
    }
}

public static class SearchableArticles
{
    /// <summary>
    /// As the query language reads it. Words count once the article was understood, a moment after it came in: only then its language
    /// is known, which decides the stems, and subscriptions too hear of it only then. To index it twice would take as much time
    /// again as all the rest.
    /// </summary>
    public static SearchableArticle ToSearchable(this Article article)
    {
        var known = new SearchableArticle
        {
            Language = article.Language,
            Published = article.Published,
            Received = article.Received ?? default,
            Source = article.Source,
            Topics = article.Topics,
            Entities = article.Entities,
            CitedSources = article.CitedSources,
        };
        return article.EnrichedRevision is null ? known : known with { Title = article.Title, Body = article.Body, Authors = article.Authors, Quotes = article.Quotes };
    }
}

public sealed partial class ArticleProjection : SingleStreamProjection<Article, Guid>
{
    public ArticleProjection()
    {
        Name = "article";
        IncludeType<ArticleReceived>();
        IncludeType<ArticleRevised>();
        IncludeType<ArticleEnriched>();
        IncludeType<ArticleWithdrawn>();
    }

    // Marten's faster replay of a composite counts events as read that are not committed yet, and they are lost to the read
    // models: its ceiling is the last number that the sequence gave out, not the high-water mark (JasperFx.Events 2.100.1).
    public override bool CanParticipateInCompositeReplay => false;

    public override Article? Evolve(Article? snapshot, Guid id, IEvent e) => Article.After(snapshot, id, e.Data);

    /// <summary>The articles that the stage of this projection changed, as they are now, for the stages that follow.</summary>
    public static IReadOnlyList<Article> Changed(IReadOnlyList<IEvent> events) =>
        [.. events.OfType<IEvent<Updated<Article>>>().Select(updated => updated.Data.Entity).DistinctBy(article => article.Id)];

    public static void AddDocument(StoreOptions options) => options.Schema.For<Article>().DocumentAlias("article");
}
