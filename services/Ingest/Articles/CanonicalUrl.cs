using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Articles;

/// <summary>
/// One address for one page, however it was linked (RFC 3986 section 6, and what trackers append). What is kept and shown is an
/// address that answers for sure: nothing is taken off that its server may need. What only identifies, the key, folds more: AMP
/// and mobile forms, the order of parameters, index files.
/// </summary>
public static partial class CanonicalUrl
{
    public const int MaxLength = 2048;
    const int MaxWrappings = 3;

    /// <summary>
    /// The address to keep and show: out of its wrapping (<see cref="WrappedUrl"/>), without fragment, credentials, default port,
    /// sessions and tracking parameters. A fragment that begins with <c>#!</c> stays: it is the path of pages made by scripts.
    /// </summary>
    /// <returns>Null where it is no absolute http or https address.</returns>
    public static string? TryCanonicalise(string address)
    {
        if (address.Length > MaxLength || !Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri)) return null;
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps || uri.Host.Length == 0) return null;
        for (var i = 0; i < MaxWrappings && Host(uri) is { } wrapping && WrappedUrl.Target(uri, wrapping) is { } inside; i++) uri = inside;
        if (Host(uri) is not { } host) return null;

        // Each time anew, because what stood before and behind a session may be one now.
        while (Session().IsMatch(uri.AbsolutePath))
            uri = new Uri($"{uri.GetLeftPart(UriPartial.Authority)}{Session().Replace(uri.AbsolutePath, "")}{uri.Query}{uri.Fragment}");
        return $"{uri.Scheme}://{host}{Port(uri)}{Normal(uri.AbsolutePath)}{Query(Pairs(uri).Where(pair => !TrackingParameters.Is(pair)))}{HashBang(uri)}";
    }

    /// <summary>What identifies the page, whatever the scheme, the screen and the order of parameters.</summary>
    /// <param name="canonical">What <see cref="TryCanonicalise"/> made.</param>
    public static string Key(string canonical)
    {
        var uri = new Uri(canonical);
        var query = Query(Pairs(uri).Where(pair => !TrackingParameters.IsForm(pair)).Order(StringComparer.Ordinal));
        return $"{Site.Fold(Host(uri)!)}{Port(uri)}{Page(Normal(uri.AbsolutePath))}{query}{HashBang(uri)}";
    }

    /// <summary>Whether a key names no page but the whole site, as the links of some feeds do: it identifies no article.</summary>
    public static bool IsSite(string key) => key.AsSpan().IndexOfAny("/?#") < 0;

    /// <summary>The outlet's domain: the host without <c>www.</c>, <c>m.</c>, <c>amp.</c></summary>
    public static string Domain(string canonical) => Site.Fold(Host(new Uri(canonical))!);

    /// <summary>Whether two addresses belong to one site (<see cref="Site"/>), so that one may speak for the other.</summary>
    public static bool SameSite(string a, string b) =>
        Uri.TryCreate(a, UriKind.Absolute, out var one) && Uri.TryCreate(b, UriKind.Absolute, out var other)
        && Host(one) is { } host && Host(other) is { } second && Site.Of(host) == Site.Of(second);

    // In ASCII; null for what no name server knows, such as a ligature or a number with a dot behind it.
    static string? Host(Uri uri)
    {
        if (uri.HostNameType == UriHostNameType.IPv6) return uri.Host;
        try
        {
            var host = uri.IdnHost.ToLowerInvariant().TrimEnd('.');
            return HostName().IsMatch(host) && (uri.HostNameType == UriHostNameType.IPv4 || !IPAddress.TryParse(host, out _)) ? host : null;
        }
        catch (UriFormatException)
        {
            // It may not stand in a host name, which Uri finds out only now.
            return null;
        }
    }

    static string Port(Uri uri) => uri.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{uri.Port}");

    // Until nothing is left to fold, or the key of a key would be another.
    static string Page(string path)
    {
        for (var longer = -1; longer != path.Length;)
        {
            longer = path.Length;
            path = IndexFile().Replace(AmpPath().Replace(Slashes().Replace(path, "/").TrimEnd('/'), ""), "/");
        }
        return path;
    }

    // Feeds escape once or twice too often: ?a=1&amp;b=2.
    static IEnumerable<string> Pairs(Uri uri) => (uri.Query is ['?', .. var query] ? query : "").Split('&')
        .Select(pair => Normal(Escaped().Replace(pair, ""))).Where(pair => pair.Length > 0);

    static string Query(IEnumerable<string> pairs) => string.Join('&', pairs) is { Length: > 0 } query ? "?" + query : "";

    static string HashBang(Uri uri) => uri.Fragment is ['#', '!', _, ..] fragment ? Normal(fragment) : "";

    /// <summary>RFC 3986 section 6.2.2: %-escapes in capitals, none where none is needed.</summary>
    static string Normal(string part)
    {
        if (!part.Contains('%', StringComparison.Ordinal)) return part;
        var normal = new StringBuilder(part.Length);
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] != '%' || i + 2 >= part.Length || !byte.TryParse(part.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                normal.Append(part[i]);
                continue;
            }
            if (char.IsAsciiLetterOrDigit((char)code) || (char)code is '-' or '.' or '_' or '~') normal.Append((char)code);
            else normal.Append('%').Append(code.ToString("X2", CultureInfo.InvariantCulture));
            i += 2;
        }
        return normal.ToString();
    }

    // Java's and PHP's behind a semicolon, ASP.NET's as a segment of its own.
    [GeneratedRegex(@";(jsessionid|phpsessid|sid|cfid|cftoken)=[^/;]*|/\(([A-Z]\([^()/]*\))+\)(?=/)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Session();

    // /amp/story, /story/amp, /news/amp/story, /story.amp, /story.amp.html, /story-123-amp.
    [GeneratedRegex(@"/amp(?=/|$)|(?<=[^./])\.amp(?=(\.html?)?/?$)|(?<=\d)-amp(?=/?$)|/amp\.html?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AmpPath();

    [GeneratedRegex(@"/(index|default)\.(s?html?|php[3-5]?|aspx?|jsp|cfm)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IndexFile();

    [GeneratedRegex(@"^_?[a-z0-9][a-z0-9_-]*(\._?[a-z0-9][a-z0-9_-]*)*$", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();

    [GeneratedRegex("^(amp;)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();

    [GeneratedRegex("/{2,}")]
    private static partial Regex Slashes();
}
