namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>What a feed document says, in whatever dialect. HTML is sanitised, addresses are absolute, absent values are null or empty.</summary>
public sealed record FeedDocument
{
    /// <summary>False where it had to be forgiven: malformed XML or JSON, a wrong declaration, a truncated end.</summary>
    public required bool WellFormed { get; init; }

    /// <summary>IANA name of the character encoding that it was read with, in lower case.</summary>
    public required string Encoding { get; init; }

    /// <summary>
    /// <c>rss090</c>, <c>rss091n</c> (Netscape), <c>rss091u</c> (UserLand), <c>rss092</c> to <c>rss094</c>, <c>rss10</c>, <c>rss11</c>,
    /// <c>rss20</c>, <c>rss</c>, <c>atom01</c> to <c>atom03</c>, <c>atom10</c>, <c>atom</c>, <c>json1</c>, <c>json11</c>, <c>cdf</c>;
    /// null where it is no feed.
    /// </summary>
    public string? Dialect { get; init; }

    /// <summary>What was wrong, for a person, with line and column where known.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public required ParsedFeed Feed { get; init; }

    /// <summary>In document order.</summary>
    public IReadOnlyList<ParsedEntry> Entries { get; init; } = [];
}

/// <summary>A feed, or the feed that an entry was taken from (<c>source</c>).</summary>
public sealed record ParsedFeed
{
    public string? Id { get; init; }
    public string? Title { get; init; }

    /// <summary>Media type of the title: <c>text/plain</c>, <c>text/html</c> or <c>application/xhtml+xml</c>.</summary>
    public string? TitleType { get; init; }

    /// <summary>The site it belongs to.</summary>
    public string? Link { get; init; }
    public string? Description { get; init; }
    public string? Language { get; init; }
    public DateTimeOffset? Published { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public IReadOnlyList<FeedPerson> Authors { get; init; } = [];
    public IReadOnlyList<FeedPerson> Contributors { get; init; } = [];

    /// <summary>Who answers for it: webMaster, dc:publisher, the owner of a podcast.</summary>
    public FeedPerson? Publisher { get; init; }
    public string? Rights { get; init; }
    public string? Generator { get; init; }
    public FeedImage? Image { get; init; }
    public IReadOnlyList<FeedLink> Links { get; init; } = [];
    public IReadOnlyList<FeedCategory> Categories { get; init; } = [];

    /// <summary>What the publisher says about when to come again.</summary>
    public FeedRhythm? Rhythm { get; init; }
}

/// <param name="Ttl">How long a copy may be kept (RSS <c>ttl</c>, or syn:updatePeriod over updateFrequency).</param>
/// <param name="SkipHours">Hours of the day, UTC, 0–23, without news.</param>
/// <param name="SkipDays">Days of the week, UTC, without news.</param>
public sealed record FeedRhythm(TimeSpan? Ttl, IReadOnlyList<int> SkipHours, IReadOnlyList<DayOfWeek> SkipDays);

public sealed record ParsedEntry
{
    /// <summary>Atom id, RSS guid, JSON Feed id: as given, made absolute where it is an address.</summary>
    public string? Id { get; init; }

    /// <summary>The id is the entry's address too (an RSS guid without <c>isPermaLink="false"</c> and without another link).</summary>
    public bool IdIsLink { get; init; }
    public string? Title { get; init; }
    public string? TitleType { get; init; }
    public string? Link { get; init; }
    public IReadOnlyList<FeedLink> Links { get; init; } = [];

    /// <summary>Where the publisher gives one text only it is summary and content both.</summary>
    public string? Summary { get; init; }
    public string? SummaryType { get; init; }
    public IReadOnlyList<FeedContent> Content { get; init; } = [];
    public DateTimeOffset? Published { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public DateTimeOffset? Created { get; init; }
    public IReadOnlyList<FeedPerson> Authors { get; init; } = [];
    public IReadOnlyList<FeedPerson> Contributors { get; init; } = [];
    public IReadOnlyList<FeedCategory> Categories { get; init; } = [];
    public IReadOnlyList<FeedEnclosure> Enclosures { get; init; } = [];

    /// <summary>Address of a picture that stands for it.</summary>
    public string? Image { get; init; }

    /// <summary>Address of the page for comments.</summary>
    public string? Comments { get; init; }
    public string? Rights { get; init; }

    /// <summary>The feed it was first published in, where the publisher says so.</summary>
    public ParsedFeed? Source { get; init; }
    public string? Language { get; init; }
}

public sealed record FeedPerson(string? Name, string? Email, string? Uri);

public sealed record FeedImage(string? Url, string? Link, string? Title);

/// <param name="Href">Absolute.</param>
/// <param name="Rel"><c>alternate</c>, <c>self</c>, <c>enclosure</c>, <c>hub</c> …; <c>alternate</c> where none is given.</param>
/// <param name="Type">Media type, where given or implied by the dialect.</param>
/// <param name="Title">For people.</param>
/// <param name="Hreflang">Language of what it leads to.</param>
/// <param name="Length">Bytes, as given.</param>
public sealed record FeedLink(string? Href, string? Rel, string? Type, string? Title, string? Hreflang, string? Length);

public sealed record FeedCategory(string? Term, string? Scheme, string? Label);

/// <param name="Value">Sanitised where it is HTML.</param>
/// <param name="Type">Media type.</param>
/// <param name="Base">Address that relative ones in it were resolved against.</param>
/// <param name="Language">BCP 47 tag in force where it stands.</param>
/// <param name="Src">Address of the content where it is not in the feed (Atom <c>src</c>).</param>
public sealed record FeedContent(string Value, string? Type, string? Base, string? Language, string? Src = null);

/// <param name="Url">Absolute.</param>
/// <param name="Type">Media type, as given.</param>
/// <param name="Length">Bytes, as given.</param>
public sealed record FeedEnclosure(string? Url, string? Type, string? Length);
