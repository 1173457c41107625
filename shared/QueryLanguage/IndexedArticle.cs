using Monitoring.Contracts;
using Monitoring.QueryLanguage.Analysis;

namespace Monitoring.QueryLanguage;

/// <summary>What of an article can be asked for.</summary>
public sealed record SearchableArticle
{
    public string? Title { get; init; }
    public string? Body { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>ISO 639 code as found.</summary>
    public string? Language { get; init; }
    public DateTimeOffset? Published { get; init; }
    public required DateTimeOffset Received { get; init; }
    public Source? Source { get; init; }
    public Guid? Story { get; init; }
    public IReadOnlyList<Topic> Topics { get; init; } = [];
    public IReadOnlyList<Entity> Entities { get; init; } = [];
    public IReadOnlyList<Quote> Quotes { get; init; } = [];
    public IReadOnlyList<CitedSource> CitedSources { get; init; } = [];
}

/// <summary>An article as queries see it, in memory and, by way of the search table, in SQL.</summary>
public sealed class IndexedArticle
{
    /// <summary>Of title, authors and body, in this order.</summary>
    public IndexedText Text { get; } = new();

    /// <summary>Of what is quoted, each behind its speaker.</summary>
    public IndexedText Quotes { get; } = new();

    /// <summary>Ids, with those of all topics above.</summary>
    public IReadOnlySet<string> Topics { get; }
    public IReadOnlySet<string> Persons { get; }
    public IReadOnlySet<string> Organisations { get; }
    public IReadOnlySet<string> Places { get; }

    /// <summary>Ids and folded names of the sources that the article itself names.</summary>
    public IReadOnlySet<string> Cites { get; }

    /// <summary>Domain of the outlet, else its folded name.</summary>
    public string? Source { get; }
    public string? Language { get; }
    public Guid? Story { get; }

    /// <summary>In whole microseconds, as PostgreSQL keeps them.</summary>
    public DateTimeOffset? Published { get; }
    public DateTimeOffset Received { get; }

    /// <summary>The article is longer than what is indexed of one.</summary>
    public bool IndexedPartly => Text.IsPartial || Quotes.IsPartial;

    IndexedArticle(SearchableArticle article)
    {
        Language = article.Language?.ToLowerInvariant();
        Text.AddTitle(Analyser.Analyse(article.Title, Language));
        foreach (var author in article.Authors) Text.Add(Zone.Author, Analyser.Analyse(author, null), isName: true);
        Text.Add(Zone.Body, Analyser.Analyse(article.Body, Language));
        foreach (var quote in article.Quotes)
        {
            if (quote.Speaker is { } speaker) Quotes.Add(Zone.Speaker, Analyser.Analyse(speaker.Name, null), isName: true);
            Quotes.Add(Zone.Quote, Analyser.Analyse(quote.Text, Language));
        }
        Topics = article.Topics.SelectMany(topic => topic.Broader.Select(broader => broader.Id).Prepend(topic.Id)).ToHashSet();
        Persons = Of("person");
        Organisations = Of("organisation");
        Places = Of("place");
        Cites = article.CitedSources.SelectMany(source => new[] { source.Id, Folding.Fold(source.Name) }).ToHashSet();
        Source = Contracts.Source.Key(article.Source);
        Story = article.Story;
        Published = article.Published is { } published ? Microseconds(published) : null;
        Received = Microseconds(article.Received);

        HashSet<string> Of(string type) => [.. article.Entities.Where(entity => entity.Type == type).Select(entity => entity.Id)];
    }

    public static IndexedArticle Of(SearchableArticle article) => new(article);

    internal static DateTimeOffset Microseconds(DateTimeOffset instant) => new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
