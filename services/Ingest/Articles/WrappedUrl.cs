using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Articles;

/// <summary>
/// Addresses that carry the publisher's own inside them: AMP caches, and the redirectors of search engines and networks. Those
/// that hide it (t.co, news.google.com) are left as they are: only their server knows.
/// </summary>
static partial class WrappedUrl
{
    /// <summary>The address inside; null where there is none.</summary>
    /// <param name="uri">Any.</param>
    /// <param name="host">Its host, lower case, ASCII.</param>
    public static Uri? Target(Uri uri, string host)
    {
        var path = uri.AbsolutePath;
        var cached = AmpCache().IsMatch(host) ? CachedPath().Match(path) : Google().IsMatch(host) || host is "www.bing.com" or "bing.com" ? ViewedPath().Match(path) : Match.Empty;
        // What follows the question mark is partly the page's own, partly the cache's, which the tracking rules take off.
        if (cached.Success) return Absolute($"http{(cached.Groups["s"].Success ? "s" : "")}://{cached.Groups["rest"].Value}{uri.Query}");
        string[] names =
            Google().IsMatch(host) && path == "/url" ? ["url", "q"]
            : host is "www.bing.com" or "bing.com" && path.Equals("/news/apiclick.aspx", StringComparison.OrdinalIgnoreCase) ? ["url"]
            : host is "l.facebook.com" or "lm.facebook.com" or "l.instagram.com" or "l.threads.net" ? ["u"]
            : host.EndsWith("duckduckgo.com", StringComparison.Ordinal) && path == "/l/" ? ["uddg"]
            : host is "out.reddit.com" ? ["url"]
            : host is "www.youtube.com" && path == "/redirect" ? ["q"]
            : [];
        return names.Select(name => Parameter(uri.Query, name)).OfType<string>().Select(Absolute).OfType<Uri>().FirstOrDefault();
    }

    static string? Parameter(string query, string name) => query.TrimStart('?').Split('&')
        .Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal)).Select(pair => Uri.UnescapeDataString(pair[(name.Length + 1)..])).FirstOrDefault();

    static Uri? Absolute(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Contains('.', StringComparison.Ordinal) ? uri : null;

    [GeneratedRegex(@"(^|\.)(cdn\.ampproject\.(org|net)|bing-amp\.com)$", RegexOptions.CultureInvariant)]
    private static partial Regex AmpCache();

    // /c/ content, /v/ in a viewer, /wp/ signed; then s where it came by https.
    [GeneratedRegex(@"^/(c|v|wp)/(?<s>s/)?(?<rest>[^/]+\.[^/]+(/.*)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex CachedPath();

    [GeneratedRegex(@"^/amp/(?<s>s/)?(?<rest>[^/]+\.[^/]+(/.*)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex ViewedPath();

    [GeneratedRegex(@"^(www\.)?google\.(com|[a-z]{2}|com?\.[a-z]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Google();
}
