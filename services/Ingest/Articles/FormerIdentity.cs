using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Monitoring.Contracts;

namespace Monitoring.Ingest.Articles;

/// <summary>
/// Keys and hashes by the rules of before 2026-11-23, frozen: what is known by them is found by them, so that a better rule
/// re-identifies nothing and revises nothing (architecture, promise 4). They are asked, never written.
/// </summary>
public static partial class FormerIdentity
{
    /// <param name="article">Cleaned and checked, by the rules of today.</param>
    /// <param name="publisherId">The publisher's id or ninjs uri, if any.</param>
    /// <param name="address">The address as given, which those rules saw.</param>
    public static IReadOnlyList<string> Keys(ArticleContent article, string? publisherId, string? address)
    {
        var url = address is null ? null : TryCanonicalise(address);
        var source = Source.Key(Before(article, url));
        var keys = new List<string>(3);
        if (publisherId is not null)
        {
            keys.Add($"uri:{source}|{publisherId}");
            if (source is not null && publisherId.Contains(':', StringComparison.Ordinal) && Uri.IsWellFormedUriString(publisherId, UriKind.Absolute))
                keys.Add($"uri:|{publisherId}");
        }
        if (url is not null) keys.Add($"url:{url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/')}");
        if (keys.Count == 0) keys.Add($"txt:{source}|{Convert.ToHexStringLower(Hash(article))}");
        return keys;
    }

    // A domain taken from the address was its host, m. and amp. included.
    static Source? Before(ArticleContent article, string? url) =>
        article.Source?.Domain is { } domain && url is not null && article.Url is not null && domain == CanonicalUrl.Domain(article.Url)
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
            ? article.Source with { Domain = uri.IdnHost is var host && host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host }
            : article.Source;

    static string? TryCanonicalise(string address)
    {
        if (address.Length > CanonicalUrl.MaxLength || !Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri)) return null;
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps || uri.Host.Length == 0) return null;

        var kept = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !Tracking().IsMatch(pair)).ToList();
        var query = kept.Count > 0 ? "?" + string.Join('&', kept) : "";
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        return $"{uri.Scheme}://{uri.IdnHost.ToLowerInvariant().TrimEnd('.')}{port}{uri.AbsolutePath}{query}";
    }

    /// <summary>SHA-256 over title and body with nothing but white space folded.</summary>
    public static byte[] Hash(ArticleContent article)
    {
        var text = new StringBuilder((article.Title?.Length ?? 0) + (article.Body?.Length ?? 0) + 1);
        AppendFolded(text, article.Title);
        text.Append('\n');
        AppendFolded(text, article.Body);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    static void AppendFolded(StringBuilder text, string? part)
    {
        var space = false;
        foreach (var c in part ?? "")
        {
            if (char.IsWhiteSpace(c)) { space = true; continue; }
            if (space && text.Length > 0 && text[^1] != '\n') text.Append(' ');
            space = false;
            text.Append(c);
        }
    }

    [GeneratedRegex("^(utm_[a-z_]+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|vero_id|at_medium|at_campaign|cmpid|ns_campaign|ns_mchannel|ns_source|ocid|xtor|smid|ref_src)(=|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tracking();
}
