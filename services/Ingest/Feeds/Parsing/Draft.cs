namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>A person while it is read.</summary>
sealed class PersonDraft
{
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string? Uri { get; set; }

    public FeedPerson? Person => Name is null && Email is null && Uri is null ? null : new(Name, Email, Uri);
}

/// <summary>An image while it is read.</summary>
sealed class ImageDraft
{
    public string? Url { get; set; }
    public string? Link { get; set; }
    public string? Title { get; set; }

    public FeedImage? Image => Url is null && Link is null && Title is null ? null : new(Url, Link, Title);
}

/// <summary>
/// What has been read so far of a feed, an entry or the source of an entry. Where several elements say the same thing, the rank of
/// each decides: what was meant for it wins over what can stand in for it.
/// </summary>
sealed class Draft(bool isEntry)
{
    // Of links, persons and enclosures each: more are nobody's, and looking for doubles stays cheap.
    const int Most = 500;

    readonly HashSet<FeedCategory> seen = [];
    TextValue? title, description;
    int titleRank = int.MinValue, descriptionRank = int.MinValue, linkRank = int.MinValue;
    string? link;

    public bool IsEntry => isEntry;
    public string? Id { get; set; }

    /// <summary>rdf:about: the id where there is no other.</summary>
    public string? About { get; set; }
    public bool IdIsPermalink { get; set; }
    public string? Language { get; set; }
    public DateTimeOffset? Published { get; set; }
    public DateTimeOffset? Updated { get; set; }
    public DateTimeOffset? Created { get; set; }
    public List<FeedPerson> Authors { get; } = [];
    public List<FeedPerson> Contributors { get; } = [];
    public FeedPerson? Publisher { get; set; }
    public string? Rights { get; set; }
    public string? Generator { get; set; }
    public ImageDraft Image { get; } = new();
    public List<FeedLink> Links { get; } = [];
    public List<FeedCategory> Categories { get; } = [];
    public List<FeedContent> Content { get; } = [];
    public List<FeedEnclosure> Enclosures { get; } = [];

    /// <summary>Of the media module: enclosures too, after those that are called so.</summary>
    public List<FeedEnclosure> Media { get; } = [];
    public string? Comments { get; set; }
    public ParsedFeed? Source { get; set; }
    public Rhythm Rhythm { get; } = new();


    /// <summary>In RSS a second description stands where content would.</summary>
    public bool TakesDescriptionAsContent => descriptionRank == Ranks.Proper && !HasOwnContent;
    public bool HasOwnContent { get; set; }

    public void SetTitle(TextValue value, int rank)
    {
        if (!value.IsEmpty && rank > titleRank) (title, titleRank) = (value, rank);
    }

    /// <summary>The last of equals wins; of copies the first.</summary>
    public void SetDescription(TextValue value, int rank)
    {
        if (!value.IsEmpty && (rank > descriptionRank || rank == descriptionRank && rank > Ranks.Copied)) (description, descriptionRank) = (value, rank);
    }

    public void SetLink(string? address, int rank)
    {
        if (!string.IsNullOrEmpty(address) && rank > linkRank && UrlJoin.IsSafe(address)) (link, linkRank) = (address, rank);
    }

    public string? Link => link;

    public void AddLink(FeedLink added)
    {
        if (added.Href is { Length: > 0 } && Links.Count < Most && !Links.Contains(added)) Links.Add(added);
    }

    public void AddCategory(string? term, string? scheme, string? label)
    {
        var category = new FeedCategory(Present(term), Present(scheme), Present(label));
        if ((category.Term ?? category.Label ?? category.Scheme) is not null && seen.Add(category)) Categories.Add(category);
    }

    public void AddEnclosure(string? url, string? type, string? length)
    {
        if (string.IsNullOrEmpty(url) || Enclosures.Count == Most || Enclosures.Exists(enclosure => enclosure.Url == url)) return;
        Enclosures.Add(new(url, Present(type), Present(length)));
        AddLink(new(url, "enclosure", Present(type), null, null, Present(length)));
    }

    public static void Add(List<FeedPerson> people, FeedPerson? person)
    {
        if (person is not null && people.Count < Most && !people.Contains(person)) people.Add(person);
    }

    public ParsedFeed ToFeed() => new()
    {
        Id = Id ?? About,
        Title = title?.Value,
        TitleType = title?.Type,
        Link = link,
        Description = description?.Value,
        Language = Language,
        Published = Published,
        Updated = Updated ?? Published,
        Authors = Authors,
        Contributors = Contributors,
        Publisher = Publisher,
        Rights = Rights,
        Generator = Generator,
        Image = Image.Image,
        Links = Links,
        Categories = Categories,
        Rhythm = Rhythm.ToFeed(),
    };

    /// <param name="inherited">Of the feed: stand for the entry's own authors where it names none.</param>
    /// <param name="language">Of the feed.</param>
    public ParsedEntry ToEntry(IReadOnlyList<FeedPerson> inherited, string? language)
    {
        foreach (var media in Media) AddEnclosure(media.Url, media.Type, media.Length);
        var idIsLink = IdIsPermalink && Id is not null && link is null;
        if (idIsLink) SetLink(Id, Ranks.Fallback);
        return new()
        {
            Id = Id ?? About,
            IdIsLink = idIsLink,
            Title = title?.Value,
            TitleType = title?.Type,
            Link = link,
            Links = Links,
            Summary = description?.Value,
            SummaryType = description?.Type,
            Content = Content,
            Published = Published,
            Updated = Updated ?? Published,
            Created = Created,
            Authors = Authors.Count > 0 ? Authors : Source is { Authors.Count: > 0 } ? Source.Authors : inherited,
            Contributors = Contributors,
            Categories = Categories,
            Enclosures = Enclosures,
            Image = Image.Url,
            Comments = Comments,
            Rights = Rights,
            Source = Source,
            Language = Language ?? language,
        };
    }

    static string? Present(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>How directly an element says what it says.</summary>
static class Ranks
{
    /// <summary>Taken over from another member.</summary>
    public const int Copied = 0;
    public const int Fallback = 1;
    public const int Module = 2;
    public const int Proper = 3;
}
