using System.Collections.Frozen;

namespace Monitoring.Ingest.Pages;

/// <summary>
/// schema.org in <c>application/ld+json</c>: every object of all scripts of a page, and which of them is the page's article.
/// </summary>
sealed class JsonLd
{
    const int MaxObjects = 5_000;

    static readonly FrozenSet<string> Articles = new[]
    {
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "ReviewNewsArticle",
        "AskPublicNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting",
        "DiscussionForumPosting", "TechArticle", "APIReference", "ScholarlyArticle", "MedicalScholarlyArticle", "Report", "BlogPost",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string> Works = new[]
    {
        "CreativeWork", "Review", "CriticReview", "ClaimReview", "Recipe", "HowTo", "VideoObject", "AudioObject", "PodcastEpisode", "RadioEpisode", "Episode",
        "NewsVideo", "ImageGallery", "MediaGallery", "Photograph", "Message", "QAPage", "FAQPage", "ImageObject", "Clip", "Book", "Course",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string> Pages = new[] { "WebPage", "ItemPage", "AboutPage", "MedicalWebPage", "CheckoutPage", "ProfilePage" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What hangs on these belongs to other articles, or to parts of this one.</summary>
    static readonly FrozenSet<string> Elsewhere = new[]
    {
        "itemListElement", "relatedLink", "isRelatedTo", "citation", "comment", "comments", "blogPost", "blogPosts", "liveBlogUpdate", "review", "reviews",
        "hasPart", "isPartOf", "video", "audio", "mentions", "about", "associatedMedia", "workExample", "isBasedOn", "image", "mainEntityOfPage.hasPart",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    readonly Dictionary<string, Dictionary<string, object?>> byId = new(StringComparer.Ordinal);
    readonly List<(Dictionary<string, object?> Node, bool Elsewhere)> nodes = [];

    public static JsonLd Read(IEnumerable<string> scripts)
    {
        var graph = new JsonLd();
        foreach (var script in scripts)
            foreach (var value in JsonLdReader.ReadAll(script)) graph.Collect(value, elsewhere: false);
        return graph;
    }

    // The reader bounds the depth.
    void Collect(object? value, bool elsewhere)
    {
        if (value is List<object?> list)
            foreach (var item in list) Collect(item, elsewhere);
        if (value is not Dictionary<string, object?> node || nodes.Count >= MaxObjects) return;
        nodes.Add((node, elsewhere));
        if (Text(node, "@id") is { } id && (node.Count > 1 || !byId.ContainsKey(id)) && (!byId.TryGetValue(id, out var known) || known.Count < node.Count)) byId[id] = node;
        foreach (var (name, member) in node)
            if (member is not string) Collect(member, elsewhere || Elsewhere.Contains(name));
    }

    /// <summary>The object that describes the article of this page, or the page itself; null where none does.</summary>
    /// <param name="isThis">Tells whether an address is the page's own.</param>
    /// <param name="isTitle">Tells whether a headline is the page's own.</param>
    public Dictionary<string, object?>? Article(Func<string, bool> isThis, Func<string, bool> isTitle)
    {
        var found = nodes.Where(item => !item.Elsewhere).Select(item => (item.Node, Rank: Rank(item.Node))).Where(item => item.Rank > 0).ToList();
        if (found.Count == 0) return null;
        var best = found.Max(item => item.Rank);
        var equals = found.Where(item => item.Rank == best).Select(item => item.Node).ToList();
        if (equals.Count == 1) return equals[0];
        return equals.FirstOrDefault(node => Addresses(node).Any(isThis))
            ?? equals.FirstOrDefault(node => Headline(node) is { } headline && isTitle(headline))
            // Several articles and none of them is this page's: a list. One article said twice by two plugins is no list.
            ?? (equals.Select(node => Headline(node)).Distinct().Count() == 1 ? equals.MaxBy(node => node.Count) : null);
    }

    static int Rank(Dictionary<string, object?> node)
    {
        var rank = 0;
        foreach (var type in Types(node))
            rank = Math.Max(rank, Articles.Contains(type) ? 3 : Works.Contains(type) ? 2 : Pages.Contains(type) ? 1 : 0);
        return rank == 2 && !node.ContainsKey("datePublished") && !node.ContainsKey("headline") ? 0 : rank;
    }

    /// <summary>True for an article, false for the page or another work.</summary>
    public static bool IsArticle(Dictionary<string, object?> node) => Rank(node) == 3;

    static IEnumerable<string> Types(Dictionary<string, object?> node) =>
        Values(node.GetValueOrDefault("@type") ?? node.GetValueOrDefault("type")).OfType<string>().Select(type => type[(type.LastIndexOfAny(['/', '#', ':']) + 1)..].Trim());

    IEnumerable<string> Addresses(Dictionary<string, object?> node) =>
        new[] { Text(node, "url"), Text(node, "@id"), Node(node, "mainEntityOfPage") is { } page ? Text(page, "@id") ?? Text(page, "url") : Text(node, "mainEntityOfPage") }.OfType<string>();

    public static string? Headline(Dictionary<string, object?> node) => Text(node, "headline") ?? Text(node, "name") ?? Text(node, "alternativeHeadline");

    /// <summary>A member's text; of an array the first, of an object its <c>@value</c>.</summary>
    public static string? Text(Dictionary<string, object?> node, string member) => Values(node.GetValueOrDefault(member))
        .Select(value => value is Dictionary<string, object?> inner ? inner.GetValueOrDefault("@value") : value)
        .OfType<string>().Select(text => text.Trim()).FirstOrDefault(text => text.Length > 0);

    /// <summary>The objects of a member, references followed.</summary>
    public IEnumerable<object> Items(Dictionary<string, object?> node, string member) => Values(node.GetValueOrDefault(member)).OfType<object>().Select(Followed);

    public Dictionary<string, object?>? Node(Dictionary<string, object?> node, string member) => Items(node, member).OfType<Dictionary<string, object?>>().FirstOrDefault();

    object Followed(object value) =>
        value is Dictionary<string, object?> { Count: <= 2 } reference && Text(reference, "@id") is { } id && byId.TryGetValue(id, out var known) ? known : value;

    /// <summary>What is a list here may be a single value there.</summary>
    public static IEnumerable<object?> Values(object? value) => value is List<object?> list ? list : value is null ? [] : [value];

    /// <summary>Names of people or organisations: strings, objects with a name (or several), references.</summary>
    public IEnumerable<string> Names(Dictionary<string, object?> node, string member)
    {
        foreach (var item in Items(node, member))
            if (item is string name) yield return name;
            else if (item is Dictionary<string, object?> person)
            {
                var named = false;
                foreach (var value in Values(person.GetValueOrDefault("name")).OfType<string>())
                {
                    named = true;
                    yield return value;
                }
                if (!named && Text(person, "givenName") is { } given && Text(person, "familyName") is { } family) yield return $"{given} {family}";
            }
    }

    /// <summary>Addresses of pictures: strings, or objects with url or contentUrl.</summary>
    public IEnumerable<string> Pictures(Dictionary<string, object?> node, string member) => Items(node, member)
        .Select(item => item as string ?? (item is Dictionary<string, object?> picture ? Text(picture, "url") ?? Text(picture, "contentUrl") ?? Text(picture, "@id") : null)).OfType<string>();

    /// <summary>The first object of a type anywhere in the page's scripts.</summary>
    public Dictionary<string, object?>? OfType(params ReadOnlySpan<string> types)
    {
        foreach (var (node, _) in nodes)
            foreach (var type in Types(node))
                if (types.Contains(type)) return node;
        return null;
    }
}
