using System.Buffers;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Feeds;

public static partial class FeedDiscovery
{
    const int MaxPaths = 10;

    /// <summary>Where sites usually have their feed, for a page that names none: what its platform is known for, else what most have. At most 10, likeliest first.</summary>
    public static IReadOnlyList<Uri> UsualPaths(Uri page)
    {
        var paths = OfPlatform(page) ?? [.. OfSection(page), .. Everywhere];
        return [.. paths.Select(path => new Uri(page, path)).DistinctBy(uri => uri.AbsoluteUri, StringComparer.Ordinal).Take(MaxPaths)];
    }

    static readonly string[] Everywhere = ["/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feeds/posts/default", "/?feed=rss2", "/feed.json"];

    // The feed of the part of the site that was asked for comes before the site's.
    static IEnumerable<string> OfSection(Uri page)
    {
        var path = page.AbsolutePath.TrimEnd('/');
        return path.Length is 0 or > 200 || FileName().IsMatch(path) ? [] : [path + "/feed"];
    }

    static IEnumerable<string>? OfPlatform(Uri page)
    {
        var host = page.IdnHost.ToLowerInvariant();
        var path = page.AbsolutePath.TrimEnd('/');
        var folders = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool On(string domain) => host == domain || host.EndsWith("." + domain, StringComparison.Ordinal);

        if (On("youtube.com")) return YouTube(page, folders);
        if (On("reddit.com")) return [path + "/.rss"];
        if (On("github.com") && folders is [var owner, var project, ..]) return [$"/{owner}/{project}/releases.atom", $"/{owner}/{project}/commits.atom", $"/{owner}/{project}/tags.atom"];
        if (On("github.com") && folders is [var person]) return [$"/{person}.atom"];
        if (host == "medium.com" && folders.Length > 0) return [$"/feed/{folders[0]}"];
        if (On("medium.com") || On("substack.com")) return ["/feed"];
        if (On("blogspot.com") || host.Contains(".blogspot.", StringComparison.Ordinal)) return ["/feeds/posts/default", "/feeds/posts/default?alt=rss"];
        if (On("tumblr.com")) return ["/rss"];
        if (On("wordpress.com")) return ["/feed/"];
        if (On("bsky.app") && folders is ["profile", var profile, ..]) return [$"/profile/{profile}/rss"];
        // Mastodon and its kin.
        return folders is [['@', _, ..] account] ? [$"/{account}.rss", $"/{account}/feed", "/feed", "/rss"] : null;
    }

    // A handle (/@name) leads to its channel only by the page itself, which announces the feed.
    static IEnumerable<string>? YouTube(Uri page, string[] folders) => folders switch
    {
        ["channel", var id, ..] => [$"/feeds/videos.xml?channel_id={id}"],
        ["user", var name, ..] => [$"/feeds/videos.xml?user={name}"],
        _ when Playlist().Match(page.Query) is { Success: true } list => [$"/feeds/videos.xml?playlist_id={list.Groups["id"].Value}"],
        _ => [],
    };

    /// <summary>True where a document begins as a feed does, whatever its content type says; the type decides only where the beginning does not.</summary>
    /// <param name="start">Its first characters, a few thousand say.</param>
    /// <param name="contentType">As the server names it.</param>
    public static bool LooksLikeFeed(ReadOnlySpan<char> start, string? contentType)
    {
        var type = MediaType(contentType);
        var announced = type is "application/feed+json" || type is not null && type is not ("application/xml" or "text/xml" or "application/json" or "text/json") && IsFeed(type, "");
        start = start.TrimStart("\uFEFF \t\r\n\0");
        if (start.StartsWith("{")) return start.Contains("jsonfeed.org/version", StringComparison.Ordinal) || announced;
        for (int next; (next = start.IndexOf('<')) >= 0;)
        {
            start = start[next..];
            var end = start.StartsWith("<!--") ? "-->" : start.StartsWith("<?") ? "?>" : start.StartsWith("<!") && Subset(start) ? "]>" : ">";
            if (!start.StartsWith("<!") && !start.StartsWith("<?") && !start.StartsWith("</"))
            {
                var name = LocalName(start[1..]);
                if (name is "rss" or "feed" or "rdf" or "channel") return true;
                // What a broken server prints before its feed; anything else is another kind of document.
                if (name is not ("br" or "b" or "p" or "font" or "i")) return false;
            }
            else if (start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)) return false;
            var close = start.IndexOf(end, StringComparison.Ordinal);
            if (close < 0) break;
            start = start[(close + end.Length)..];
        }
        return announced;
    }

    // <!DOCTYPE rss [ … ]>: its declarations hold > themselves.
    static bool Subset(ReadOnlySpan<char> declaration) => declaration.IndexOfAny('[', '>') is >= 0 and var i && declaration[i] == '[';

    static readonly SearchValues<char> EndOfName = SearchValues.Create(" \t\r\n/>");

    static string LocalName(ReadOnlySpan<char> tag)
    {
        var length = tag.IndexOfAny(EndOfName);
        var name = tag[..Math.Min(length < 0 ? tag.Length : length, 40)];
        return name[(name.IndexOf(':') + 1)..].ToString().ToLowerInvariant();
    }

    [GeneratedRegex(@"\.(html?|php|aspx?|jsp|cfm)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"[?&]list=(?<id>[\w-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Playlist();
}
