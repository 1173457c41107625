using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Articles;

/// <summary>One address for one page, however it was linked (RFC 3986 section 6, and what trackers append).</summary>
public static partial class CanonicalUrl
{
    public const int MaxLength = 2048;

    /// <summary>The address to keep and show: without fragment, credentials, default port and tracking parameters.</summary>
    /// <returns>Null where it is no absolute http or https address.</returns>
    public static string? TryCanonicalise(string address)
    {
        if (address.Length > MaxLength || !Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri)) return null;
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps || uri.Host.Length == 0) return null;

        var kept = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !Tracking().IsMatch(pair)).ToList();
        var query = kept.Count > 0 ? "?" + string.Join('&', kept) : "";
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        return $"{uri.Scheme}://{uri.IdnHost.ToLowerInvariant().TrimEnd('.')}{port}{uri.AbsolutePath}{query}";
    }

    /// <summary>What identifies the page: http and https, with and without a closing slash, are the same.</summary>
    public static string Key(string canonical) => canonical[(canonical.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/');

    /// <summary>The outlet's domain: the host without <c>www.</c></summary>
    public static string Domain(string canonical)
    {
        var host = new Uri(canonical).IdnHost;
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    [GeneratedRegex("^(utm_[a-z_]+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|vero_id|at_medium|at_campaign|cmpid|ns_campaign|ns_mchannel|ns_source|ocid|xtor|smid|ref_src)(=|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tracking();
}
