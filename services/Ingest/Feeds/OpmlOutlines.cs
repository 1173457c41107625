using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Feeds;

/// <summary>What has been read of an OPML file so far.</summary>
sealed partial class OpmlOutlines
{
    const int MaxAddress = 2048, MaxFolders = 50;

    sealed record Folder(string Path, bool IsComment);

    readonly Stack<Folder> open = new([new Folder("", false)]);
    readonly List<OpmlLine> lines = [];
    readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    int outlines, tooDeep;

    public bool Goes { get; private set; } = true;

    public IReadOnlyList<OpmlLine> Lines => outlines > 0 || lines.Count > 0 ? lines
        : [new OpmlLine(1, null, null, null, [], "This is no OPML: it holds no outline.")];

    public void Report(int line, string problem) => lines.Add(new OpmlLine(line, null, null, null, [], problem));

    public void End()
    {
        if (tooDeep > 0) tooDeep--;
        else if (open.Count > 1) open.Pop();
    }

    public void Start(int line, Dictionary<string, string> outline, bool isEmpty)
    {
        if (++outlines > Opml.MaxOutlines)
        {
            Report(line, $"More than {Opml.MaxOutlines.ToString("N0", CultureInfo.InvariantCulture)} outlines: nothing was read from here on.");
            Goes = false;
            return;
        }
        if (open.Count > Opml.MaxDepth || tooDeep > 0)
        {
            if (tooDeep == 0) Report(line, $"Nested deeper than {Opml.MaxDepth} folders: nothing was read in here.");
            if (!isEmpty) tooDeep++;
            return;
        }
        var parent = open.Peek();
        var isComment = parent.IsComment || outline.GetValueOrDefault("isComment") is "true" or "True" or "1";
        var name = Opml.Name(outline.GetValueOrDefault("text")) is { Length: > 0 } text ? text : Opml.Name(outline.GetValueOrDefault("title"));
        var isFeed = Add(line, outline, name, parent.Path, isComment);
        if (!isEmpty) open.Push(new Folder(isFeed || name.Length == 0 ? parent.Path : Opml.Path($"{parent.Path}/{name}"), isComment));
    }

    /// <returns>False where it only holds others.</returns>
    bool Add(int line, Dictionary<string, string> outline, string name, string folder, bool isComment)
    {
        var type = outline.GetValueOrDefault("type") ?? "";
        var isReference = type.ToLowerInvariant() is "link" or "include";
        var given = Given(outline, "xmlUrl") ?? Given(outline, "url");
        if (given is null && !isReference && Given(outline, "htmlUrl") is null && !FeedType().IsMatch(type)) return false;

        var (url, problem) = given is null ? (null, "There is no feed address (xmlUrl).") : Address(given);
        var site = Given(outline, "htmlUrl") is { } page ? Address(page).Url : null;
        var folders = (folder.Length > 0 ? [folder] : Enumerable.Empty<string>())
            .Concat((outline.GetValueOrDefault("category") ?? "").Split(',').Select(Opml.Path).Where(path => path.Length > 0)).Distinct(StringComparer.Ordinal).Take(MaxFolders).ToList();
        problem = isComment ? "It is commented out." : isReference && Given(outline, "xmlUrl") is null ? Elsewhere(type, given)
            : Scraped().IsMatch(type) ? $"A page read by {type} is no feed." : problem;
        if (problem is null && !known.TryAdd(url!, lines.Count))
        {
            var first = lines[known[url!]];
            var more = folders.Except(first.Folders, StringComparer.Ordinal).ToList();
            if (more.Count == 0 || first.Folders.Count >= MaxFolders) problem = $"The same address as in line {first.Line}.";
            else
            {
                lines[known[url!]] = first with { Folders = [.. first.Folders, .. more] };
                return true;
            }
        }
        lines.Add(new OpmlLine(line, url, name.Length > 0 ? name : null, site, folders, problem));
        return true;
    }

    static string? Given(Dictionary<string, string> outline, string name) => outline.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    static string Elsewhere(string type, string? url) => type.Equals("include", StringComparison.OrdinalIgnoreCase)
        ? $"It includes another list, which is not followed: import {Short(url ?? "it")} itself." : "It is a link to a page, not a feed.";

    /// <returns>As <see cref="Uri"/> writes it, without fragment and credentials left as they are; or what is wrong with it.</returns>
    static (string? Url, string? Problem) Address(string given)
    {
        var address = FeedScheme().Replace(given, match => match.Groups["inner"].Success ? match.Groups["inner"].Value : "http://");
        if (address.Length > MaxAddress) return (null, $"The address is longer than {MaxAddress} characters.");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps || uri.Host.Length == 0)
            return (null, $"'{Short(given)}' is no absolute http or https address.");
        return (uri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.Fragment, UriFormat.UriEscaped), null);
    }

    static string Short(string text) => text.Length > 100 ? text[..100] + "…" : text;

    // feed:https://…, feed://…; iTunes and podcast programs have theirs.
    [GeneratedRegex("^(feed|itpc|pcast|podcast|rss):(//(?=https?://))?((?<inner>https?://)|//)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FeedScheme();

    [GeneratedRegex("^(rss|atom|feed|json ?feed)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FeedType();

    // FreshRSS reads pages by XPath and JSON by paths.
    [GeneratedRegex("xpath|dotnotation", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scraped();
}
