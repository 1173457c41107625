using Members = System.Collections.Generic.Dictionary<string, object?>;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>JSON Feed 1.0 and 1.1 (jsonfeed.org).</summary>
static class JsonFeed
{
    public static (string? Dialect, ParsedFeed Feed, IReadOnlyList<ParsedEntry> Entries) Read(string text, string? address, Faults faults)
    {
        var members = new LooseJson(text, faults).Read();
        if (members is null) return (null, new(), []);
        var version = String(members, "version") ?? "";
        var isFeed = version.Contains("jsonfeed.org", StringComparison.OrdinalIgnoreCase) || members.GetValueOrDefault("items") is List<object?>;
        if (!isFeed) return (null, new(), []);
        var feed = Feed(members, address);
        return (version.TrimEnd('/').EndsWith("/1", StringComparison.Ordinal) || version.EndsWith("/1.0", StringComparison.Ordinal) ? "json1" : "json11",
            feed.ToFeed(), [.. Objects(members, "items").Select(item => Item(item, address).ToEntry(feed.Authors, feed.Language))]);
    }

    static Draft Feed(Members members, string? address)
    {
        var feed = new Draft(isEntry: false) { Language = String(members, "language") };
        Title(feed, members);
        feed.SetDescription(new(String(members, "description") ?? "", "text/plain"), Ranks.Proper);
        Link(feed, address, String(members, "home_page_url"), "alternate", "text/html");
        Link(feed, address, String(members, "feed_url"), "self", "application/feed+json");
        Link(feed, address, String(members, "next_url"), "next", "application/feed+json");
        foreach (var hub in Objects(members, "hubs")) Link(feed, address, String(hub, "url"), "hub", null);
        feed.Id = String(members, "feed_url");
        feed.Image.Url = Absolute(address, String(members, "icon") ?? String(members, "favicon"));
        Authors(feed, members, address);
        return feed;
    }

    static Draft Item(Members members, string? address)
    {
        var item = new Draft(isEntry: true) { Id = String(members, "id"), Language = String(members, "language") };
        Title(item, members);
        Link(item, address, String(members, "url"), "alternate", "text/html");
        Link(item, address, String(members, "external_url"), "related", "text/html");
        item.SetDescription(new(String(members, "summary") ?? "", "text/plain"), Ranks.Proper);
        if (String(members, "content_html") is { } html) Content(item, new(HtmlFragment.Sanitise(html, address).Trim(), "text/html"), address);
        if (String(members, "content_text") is { } text) Content(item, new(text, "text/plain"), address);
        item.Image.Url = Absolute(address, String(members, "image") ?? String(members, "banner_image"));
        item.Published = Date(members, "date_published");
        item.Updated = Date(members, "date_modified");
        Authors(item, members, address);
        foreach (var tag in Strings(members, "tags")) item.AddCategory(tag, null, null);
        foreach (var attachment in Objects(members, "attachments"))
            item.AddEnclosure(Absolute(address, String(attachment, "url")), String(attachment, "mime_type"), String(attachment, "size_in_bytes"));
        return item;
    }

    static void Title(Draft draft, Members members) => draft.SetTitle(new(String(members, "title") ?? "", "text/plain"), 0);

    static void Link(Draft draft, string? address, string? url, string relation, string? type)
    {
        if (Absolute(address, url) is not { } absolute) return;
        if (relation == "alternate") draft.SetLink(absolute, Ranks.Proper);
        draft.AddLink(new(absolute, relation, type, null, null, null));
    }

    static void Content(Draft item, TextValue value, string? address)
    {
        if (value.IsEmpty) return;
        item.Content.Add(new(value.Value, value.Type, address, item.Language));
        item.SetDescription(value, Ranks.Copied);
    }

    // 1.0 knew one author.
    static void Authors(Draft draft, Members members, string? address)
    {
        foreach (var author in Objects(members, "authors").Concat(members.GetValueOrDefault("author") is Members one ? [one] : []))
            Draft.Add(draft.Authors, new PersonDraft { Name = String(author, "name"), Uri = Absolute(address, String(author, "url")) }.Person);
        foreach (var name in Strings(members, "authors").Concat(String(members, "author") is { } only ? [only] : [])) Draft.Add(draft.Authors, FeedPeople.Read(name));
    }

    static DateTimeOffset? Date(Members members, string name) => String(members, name) is { } text ? FeedDate.Read(text) : null;
    static string? Absolute(string? address, string? url) => url is null || !UrlJoin.IsSafe(url) ? null : UrlJoin.Resolve(address, url);
    static string? String(Members members, string name) => members.GetValueOrDefault(name) is string text && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
    static IEnumerable<Members> Objects(Members members, string name) => members.GetValueOrDefault(name) is List<object?> list ? list.OfType<Members>() : [];
    static IEnumerable<string> Strings(Members members, string name) => members.GetValueOrDefault(name) is List<object?> list ? list.OfType<string>() : [];
}
