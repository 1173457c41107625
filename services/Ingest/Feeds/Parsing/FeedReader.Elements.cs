namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>What belongs to what: the feed, entry or source that is being read, and the person or image in it.</summary>
sealed record Place(Draft Draft)
{
    public PersonDraft? Person { get; init; }
    public ImageDraft? Image { get; init; }
    public FeedCategory? Category { get; init; }
    public bool InContentItem { get; init; }
    public bool InEntry { get; init; }

    /// <summary>In an element whose children mean something else, as those of textInput do.</summary>
    public bool IsIgnored { get; init; }
}

/// <summary>The elements of all dialects and modules: what each does where it begins and where it ends.</summary>
sealed partial class FeedReader
{
    readonly Draft feed = new(isEntry: false);
    readonly List<Draft> entries = [];
    XmlDoctype? doctype;
    bool isHtml;

    /// <summary>Null as long as nothing of a feed was seen.</summary>
    public string? Dialect { get; private set; }
    public bool IsHtml => isHtml;

    bool IsAtom => Dialect!.StartsWith("atom", StringComparison.Ordinal);

    public ParsedFeed Feed => feed.ToFeed();

    // RFC 4287, 4.2.1: an entry without authors has its source's, else the feed's. RSS says nothing of the kind.
    public IReadOnlyList<ParsedEntry> Entries => [.. entries.Select(entry => entry.ToEntry(IsAtom ? feed.Authors : [], feed.Language))];

    void Open(string key)
    {
        if (Dialect is null && !BeginsFeed(key) || place.IsIgnored) return;
        switch (key)
        {
            case "rss" or "rdf:rdf" or "feed" or "channel":
                BeginFeed(key);
                break;
            case "item" or "entry":
                BeginEntry();
                break;
            case "source" when place.Draft.IsEntry:
                BeginSource();
                break;
            case "image":
                capture = Plain();
                place = place with { Image = place.Draft.Image, Person = null };
                place.Image.Url ??= Address(Attribute("url") ?? Attribute("href") ?? AttributeOf("rdf", "resource"));
                break;
            case "textinput" or "cloud" or "media:community" or "media:comments":
                capture = null;
                place = place with { IsIgnored = true };
                break;
            case "author" or "dc:creator" or "dc:author" or "dcterms:creator" or "itunes:author" or "managingeditor"
                or "contributor" or "dc:contributor" or "dcterms:contributor"
                or "webmaster" or "publisher" or "dc:publisher" or "dcterms:publisher" or "itunes:owner":
                capture = Plain();
                place = place with { Person = new(), Image = null };
                break;
            case "logo" when Dialect == "cdf":
                place.Draft.Image.Url ??= Address(Attribute("href"));
                break;
            case "foaf:mbox" when place.Person is not null:
                place.Person.Email ??= AttributeOf("rdf", "resource")?.Replace("mailto:", "", StringComparison.Ordinal);
                capture = Plain();
                break;
            case "name" or "email" or "uri" or "homepage" or "itunes:name" or "itunes:email" or "foaf:name" when place.Person is not null:
            case "url" when place.Person is not null || place.Image is not null:
            case "title" or "description" or "width" or "height" when place.Image is not null:
            case "id" or "dc:identifier" or "comments" or "logo" or "icon" or "hour" or "day" or "ttl" or "sy:updateperiod" or "sy:updatefrequency"
                or "language" or "dc:language" or "dcterms:language" or "feedburner:origlink" or "pheedo:origlink" or "creativecommons:license":
            case "pubdate" or "issued" or "published" or "dcterms:issued" or "dcterms:available" or "prism:publicationdate" or "updated" or "modified"
                or "dcterms:modified" or "dc:date" or "dcterms:date" or "lastbuilddate" or "created" or "dcterms:created":
                capture = Plain();
                break;
            case "guid":
                place.Draft.IdIsPermalink = !(Attribute("isPermaLink")?.Trim() is { } said) || said.Equals("true", StringComparison.OrdinalIgnoreCase);
                capture = Plain();
                break;
            case "generator":
                place.Draft.Generator ??= Attribute("uri") ?? Attribute("url");
                capture = Plain();
                break;
            case "admin:generatoragent":
                place.Draft.Generator ??= AttributeOf("rdf", "resource");
                break;
            case "link" or "xhtml:link" when place.Person is null:
                OpenLink();
                break;
            case "a" when Dialect == "cdf":
                place.Draft.SetLink(Address(Attribute("href")), Ranks.Fallback);
                break;
            case "content" when Attribute("type")?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true:
                // Its parts are contents of their own (Atom 0.3).
                capture = null;
                break;
            case "title" or "dc:title" or "dcterms:title" or "media:title" or "itunes:title" or "tagline" or "subtitle" or "summary" or "info" or "abstract" or "itunes:subtitle"
                or "itunes:summary" or "media:description" or "rights" or "copyright" or "dc:rights" or "dcterms:rights" or "content":
                capture = Construct("text/plain");
                break;
            case "description" or "dc:description" or "dcterms:description" or "dcterms:abstract" or "itunes:description" or "content:encoded" or "fullitem":
            case "rdf:value" when place.InContentItem:
                capture = Construct("text/html");
                break;
            case "body" or "xhtml:body" or "xhtml:div":
                capture = Construct("application/xhtml+xml");
                break;
            case "content:item":
                capture = null;
                place = place with { InContentItem = true };
                break;
            default:
                OpenPart(key);
                break;
        }
    }

    // Those that say what they say in attributes.
    void OpenPart(string key)
    {
        var draft = place.Draft;
        switch (key)
        {
            case "category" or "dc:subject" or "dcterms:subject" or "media:category":
                place = place with
                {
                    Category = new(Attribute("term"), Attribute("scheme") ?? Attribute("domain") ?? (key == "media:category" ? "http://search.yahoo.com/mrss/category_schema" : null),
                        Attribute("label")),
                };
                capture = Plain();
                break;
            case "itunes:category":
                draft.AddCategory(Attribute("text"), "http://www.itunes.com/", null);
                break;
            case "keywords" or "itunes:keywords" or "media:keywords":
                capture = Plain();
                break;
            case "enclosure":
                draft.AddEnclosure(Address(Attribute("url") ?? Attribute("href") ?? AttributeOf("rdf", "resource")), Attribute("type"), Attribute("length"));
                break;
            case "media:content" when draft.IsEntry && Address(Attribute("url")) is { } url:
                draft.Media.Add(new(url, Attribute("type"), Attribute("fileSize")));
                if (Attribute("medium") is "image" || Attribute("type")?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true) draft.Image.Url ??= url;
                break;
            case "media:thumbnail" when Attribute("url") is { } thumbnail:
                draft.Image.Url ??= Address(thumbnail);
                break;
            case "itunes:image":
                draft.Image.Url ??= Address(Attribute("href") ?? Attribute("url"));
                break;
            case "cc:license" or "license" or "media:license":
                draft.AddLink(new(Address(AttributeOf("rdf", "resource") ?? Attribute("href")), "license", null, null, null, null));
                capture = Plain();
                break;
        }
    }

    void Close(in Frame frame)
    {
        var own = capture == frame.Capture ? null : capture;
        var draft = place.Draft;
        if (own is null || place.IsIgnored) return;
        var outer = frame.Place;
        switch (frame.Key)
        {
            case "author" or "dc:creator" or "dc:author" or "dcterms:creator" or "itunes:author" or "managingeditor":
                Draft.Add(draft.Authors, ClosePerson(own));
                break;
            case "contributor" or "dc:contributor" or "dcterms:contributor":
                Draft.Add(draft.Contributors, ClosePerson(own));
                break;
            case "webmaster" or "publisher" or "dc:publisher" or "dcterms:publisher" or "itunes:owner":
                draft.Publisher = ClosePerson(own) ?? draft.Publisher;
                break;
            case "source" when draft != outer.Draft:
                CloseSource(own, outer.Draft);
                break;
            case "image":
                if (own.Plain() is { Length: > 0 } text && !text.Contains(' ', StringComparison.Ordinal)) place.Image!.Url ??= Address(text);
                break;
            case "link" or "xhtml:link":
                CloseLink(own);
                break;
            case "title" or "dc:title" or "dcterms:title" or "media:title" or "itunes:title" when place.Image is null:
                // The outermost title is the entry's; those of its parts stand in for it.
                draft.SetTitle(own.Construct(!IsAtom), (frame.Key is "title" or "dc:title" or "dcterms:title" ? 0 : -1_000_000) - Math.Min(open.Count, 900_000));
                break;
            case "description" or "dc:description" or "dcterms:description" or "tagline" or "subtitle" or "summary" or "abstract" or "dcterms:abstract" when place.Image is null:
                CloseDescription(own);
                break;
            case "itunes:subtitle" or "itunes:summary" or "itunes:description":
                draft.SetDescription(own.Construct(!IsAtom), Ranks.Module);
                break;
            case "media:description" or "info":
                draft.SetDescription(own.Construct(!IsAtom), Ranks.Fallback);
                break;
            case "content" or "content:encoded" or "fullitem" or "body" or "xhtml:body" or "xhtml:div" or "rdf:value":
                draft.HasOwnContent = true;
                AddContent(own);
                break;
            case "rights" or "copyright" or "dc:rights" or "dcterms:rights":
                if (own.Construct(!IsAtom) is { IsEmpty: false } rights) draft.Rights = rights.Value;
                break;
            default:
                if (own.Plain() is { Length: > 0 } plain || place.Category is not null) ClosePlain(frame.Key, own.Plain());
                break;
        }
    }

    void ClosePlain(string key, string plain)
    {
        var draft = place.Draft;
        switch (key)
        {
            case "name" or "itunes:name" or "foaf:name":
                place.Person!.Name = plain;
                break;
            case "email" or "itunes:email" or "foaf:mbox":
                place.Person!.Email = plain;
                break;
            case "uri" or "homepage":
            case "url" when place.Person is not null:
                place.Person!.Uri = Address(plain);
                break;
            case "url":
                place.Image!.Url = Address(plain);
                break;
            case "title" when place.Image is not null:
                place.Image.Title = plain;
                break;
            case "id":
                (draft.Id, draft.IdIsPermalink) = (plain, false);
                break;
            case "guid":
                draft.Id = draft.IdIsPermalink ? UrlJoin.Resolve(baseAddress, plain) : plain;
                break;
            case "dc:identifier":
                draft.About ??= plain;
                break;
            case "comments":
                draft.Comments = Address(plain);
                break;
            case "logo":
                draft.Image.Url = Address(plain);
                break;
            case "icon":
                draft.Image.Url ??= Address(plain);
                break;
            case "generator":
                draft.Generator = plain;
                break;
            case "language" or "dc:language" or "dcterms:language":
                draft.Language = Language(plain);
                break;
            case "pubdate" or "issued" or "published" or "dcterms:issued":
                draft.Published = FeedDate.Read(plain) ?? draft.Published;
                break;
            case "dcterms:available" or "prism:publicationdate":
                draft.Published ??= FeedDate.Read(plain);
                break;
            case "updated" or "modified" or "dcterms:modified" or "dc:date" or "dcterms:date" or "lastbuilddate":
                draft.Updated = FeedDate.Read(plain) ?? draft.Updated;
                break;
            case "created" or "dcterms:created":
                draft.Created = FeedDate.Read(plain) ?? draft.Created;
                break;
            case "category" or "dc:subject" or "dcterms:subject" or "media:category":
                CloseCategory(plain);
                break;
            case "keywords" or "itunes:keywords" or "media:keywords":
                foreach (var keyword in plain.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                    draft.AddCategory(keyword, key == "itunes:keywords" ? "http://www.itunes.com/" : null, null);
                break;
            case "cc:license" or "license" or "media:license" or "creativecommons:license":
                if (plain.Contains("://", StringComparison.Ordinal)) draft.AddLink(new(Address(plain), "license", null, null, null, null));
                break;
            case "feedburner:origlink" or "pheedo:origlink":
                draft.AddLink(new(Address(plain), "canonical", null, null, null, null));
                break;
            case "ttl":
                draft.Rhythm.Ttl(plain);
                break;
            case "sy:updateperiod":
                draft.Rhythm.Period(plain);
                break;
            case "sy:updatefrequency":
                draft.Rhythm.Frequency(plain);
                break;
            case "hour":
                draft.Rhythm.SkipHour(plain);
                break;
            case "day":
                draft.Rhythm.SkipDay(plain);
                break;
        }
    }
}
