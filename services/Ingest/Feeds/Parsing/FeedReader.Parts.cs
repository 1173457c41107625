namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>The elements that take more than a line.</summary>
sealed partial class FeedReader
{
    bool BeginsFeed(string key)
    {
        isHtml |= open.Count == 1 && key is "html" or "xhtml:html";
        return key is "rss" or "rdf:rdf" or "feed" or "channel" || !isHtml && key is "item" or "entry";
    }

    void BeginFeed(string key)
    {
        capture = null;
        if (Dialect is null) Dialect = Dialects.Of(key, scanner.Name, names.Address(scanner.Name), Attribute("version"), doctype is { IsNetscape: true }, HasCdfAttributes());
        else if (key == "rss" || key == "feed") return;
        if (Dialect == "rss10" && (Namespaces.IsRss09(names.Default) || key == "channel" && Namespaces.IsRss09(names.Address(scanner.Name)))) Dialect = "rss090";
        if (place.Draft.IsEntry) return;
        feed.About ??= AttributeOf("rdf", "about");
        feed.Language ??= language;
        if (Dialect == "cdf") TakeCdf(feed);
    }

    void BeginEntry()
    {
        Dialect ??= Dialects.Of(open[^1].Key, scanner.Name, names.Address(scanner.Name), null, false, false);
        capture = null;
        var entry = new Draft(isEntry: true) { About = AttributeOf("rdf", "about"), Language = language };
        entries.Add(entry);
        place = new(entry) { InEntry = true };
        if (Dialect == "cdf") TakeCdf(entry);
    }

    bool HasCdfAttributes() => Attribute("href") is not null || Attribute("lastmod") is not null || Attribute("self") is not null || Attribute("level") is not null;

    void TakeCdf(Draft draft)
    {
        draft.Updated ??= Attribute("lastmod") is { } changed ? FeedDate.Read(changed) : null;
        if (Address(Attribute("href")) is not { } href) return;
        draft.SetLink(href, Ranks.Proper);
        draft.AddLink(new(href, "alternate", "text/html", null, null, null));
    }

    void BeginSource()
    {
        var source = new Draft(isEntry: false);
        if (Address(Attribute("url") ?? Attribute("href")) is { } url)
        {
            source.SetLink(url, Ranks.Fallback);
            source.AddLink(new(url, "self", null, null, null, null));
        }
        source.Language = language;
        place = new(source) { InEntry = true };
        capture = Plain();
    }

    // RSS names the source by the text, Atom by elements.
    void CloseSource(TextCapture own, Draft entry)
    {
        if (own.Plain() is { Length: > 0 } title) place.Draft.SetTitle(new(title, "text/plain"), int.MinValue + 1);
        entry.Source = place.Draft.ToFeed();
    }

    FeedPerson? ClosePerson(TextCapture own)
    {
        if (place.Person?.Person is not { } person) return FeedPeople.Read(own.Plain());
        if (person.Name is null && own.Plain() is { Length: > 0 } line && FeedPeople.Read(line) is { } written) return person with { Name = written.Name, Email = person.Email ?? written.Email };
        // Some write the whole line into the name.
        return person.Email is null && person.Name is { } name && name.Contains('@', StringComparison.Ordinal) && FeedPeople.Read(name) is { Name: not null, Email: not null } both
            ? person with { Name = both.Name, Email = both.Email } : person;
    }

    void OpenLink()
    {
        var href = Attribute("href") ?? AttributeOf("rdf", "resource");
        if (href is null)
        {
            capture = Plain();
            return;
        }
        if (place.Image is not null) return;
        var relation = Relation(Attribute("rel"));
        var type = Attribute("type")?.Trim() is { Length: > 0 } given ? given : relation switch { "alternate" => "text/html", "self" => "application/atom+xml", _ => null };
        var address = Address(href);
        var draft = place.Draft;
        if (relation.Equals("enclosure", StringComparison.OrdinalIgnoreCase))
        {
            draft.AddLink(new(address, relation, type, Attribute("title"), Attribute("hreflang"), Attribute("length")));
            draft.AddEnclosure(address, type, Attribute("length"));
            return;
        }
        draft.AddLink(new(address, relation, type, Attribute("title"), Attribute("hreflang"), Attribute("length")));
        if (relation == "alternate") draft.SetLink(address, IsHtmlType(type) ? Ranks.Module : Ranks.Fallback);
        else if (relation == "replies" && IsHtmlType(type ?? "text/html")) draft.Comments ??= address;
    }

    void CloseLink(TextCapture own)
    {
        if (own.Plain() is not { Length: > 0 } text || Address(text) is not { } address) return;
        if (place.Image is not null)
        {
            place.Image.Link = address;
            return;
        }
        place.Draft.SetLink(address, Ranks.Proper);
        place.Draft.AddLink(new(address, "alternate", "text/html", null, null, null));
    }

    void CloseDescription(TextCapture own)
    {
        var draft = place.Draft;
        if (draft.IsEntry && draft.TakesDescriptionAsContent) AddContent(own);
        else draft.SetDescription(own.Construct(!IsAtom), Ranks.Proper);
    }

    void AddContent(TextCapture own)
    {
        var value = own.Construct(!IsAtom);
        if (value.IsEmpty && own.Source is null) return;
        place.Draft.Content.Add(new(value.Value, value.Type, own.Base, own.Language ?? feed.Language, own.Source));
        if (value.Type is "text/plain" or "text/html" or "application/xhtml+xml") place.Draft.SetDescription(value, Ranks.Copied);
    }

    void CloseCategory(string plain)
    {
        var (term, scheme, label) = place.Category!;
        if (string.IsNullOrWhiteSpace(term)) place.Draft.AddCategory(plain, scheme, label);
        else
        {
            place.Draft.AddCategory(term, scheme, label);
            if (plain != term.Trim()) place.Draft.AddCategory(plain, null, null);
        }
    }

    TextCapture Plain() => new(null, baseAddress, language);

    TextCapture Construct(string usual)
    {
        var written = Attribute("type")?.Trim().ToLowerInvariant();
        var declared = written switch
        {
            "text" => "text/plain",
            "html" => "text/html",
            "xhtml" => "application/xhtml+xml",
            { } type when type.Contains('/', StringComparison.Ordinal) => type,
            _ => null,
        };
        var mode = Attribute("mode")?.Trim().ToLowerInvariant();
        var effective = declared ?? usual;
        return new(effective, baseAddress, language)
        {
            IsDeclared = declared is not null,
            IsEscaped = mode == "escaped",
            IsWrapped = Dialect is "atom10" or "atom" || effective == "text/html",
            IsBase64 = mode == "base64"
                || !(effective.StartsWith("text/", StringComparison.Ordinal) || effective.EndsWith("+xml", StringComparison.Ordinal) || effective.EndsWith("/xml", StringComparison.Ordinal)),
            Source = Address(Attribute("src")),
        };
    }

    // RFC 4287 lets a registered relation be written as an address too.
    static string Relation(string? written)
    {
        var relation = written?.Trim() ?? "";
        foreach (var registry in Registries)
            if (relation.StartsWith(registry, StringComparison.OrdinalIgnoreCase)) relation = relation[registry.Length..];
        return relation.Length == 0 ? "alternate" : relation.Equals("alternate", StringComparison.OrdinalIgnoreCase) ? "alternate" : relation;
    }

    static readonly string[] Registries =
        ["http://www.iana.org/assignments/relation/", "https://www.iana.org/assignments/relation/", "http://www.iana.org/assignments/link-relations/"];

    static bool IsHtmlType(string? type) => type is not null &&
        (type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/xhtml+xml", StringComparison.OrdinalIgnoreCase));

    string? Address(string? written) => string.IsNullOrWhiteSpace(written) || !UrlJoin.IsSafe(written) ? null : UrlJoin.Resolve(baseAddress, written.Trim());
}
