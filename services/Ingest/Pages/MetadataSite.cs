using System.Text.RegularExpressions;
using Monitoring.Ingest.Articles;

namespace Monitoring.Ingest.Pages;

/// <summary>Where a page belongs: its site's name, its language, its own address, its picture.</summary>
static partial class MetadataSite
{
    /// <summary>The name a site gives itself; of an account on another site only when there is nothing else.</summary>
    public static string? Name(MetadataScan scan, JsonLd graph, Dictionary<string, object?>? article)
    {
        var names = scan.Meta("ogsitename")
            .Concat(article is null ? [] : graph.Names(article, "publisher"))
            .Concat(graph.OfType("WebSite") is { } site ? graph.Names(new() { ["site"] = site }, "site") : [])
            .Concat(graph.OfType("NewsMediaOrganization", "Organization") is { } organization ? graph.Names(new() { ["site"] = organization }, "site") : [])
            .Concat(scan.Meta("applicationname", "applemobilewebapptitle", "citationjournaltitle", "dcpublisher", "dctermspublisher", "dcsource", "publisher", "copyright"))
            .Select(MetadataTitle.Clean).Where(name => name.Length is > 1 and <= 100 && name.Any(char.IsLetter) && !Address().IsMatch(name) && !Copyright().IsMatch(name));
        return names.FirstOrDefault() ?? scan.Meta("twittersite").Select(name => name.Trim().TrimStart('@')).FirstOrDefault(name => name.Length > 1 && !Address().IsMatch(name) && !name.All(char.IsDigit));
    }

    /// <summary>BCP 47 in its usual case: en-GB, zh-Hant-TW.</summary>
    public static string? Language(MetadataScan scan, Dictionary<string, object?>? article)
    {
        var stated = new[] { scan.Language }.Concat(article is null ? [] : [JsonLd.Text(article, "inLanguage")])
            .Concat(scan.Meta("oglocale", "contentlanguage", "language", "dclanguage", "dctermslanguage", "ginlanguage")).Select(Tag).OfType<string>().ToList();
        return stated.FirstOrDefault();
    }

    static string? Tag(string? stated)
    {
        var tag = stated?.Split(',', ';', ' ')[0].Trim().Replace('_', '-');
        // A name is no tag.
        if (tag is null || !Bcp47().IsMatch(tag) || tag.StartsWith("x-", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("und", StringComparison.OrdinalIgnoreCase)) return null;
        return string.Join('-', tag.Split('-').Select((part, i) => i == 0 ? part.ToLowerInvariant() : part.Length switch
        {
            2 => part.ToUpperInvariant(),
            4 when char.IsLetter(part[0]) => char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant(),
            _ => part.ToLowerInvariant(),
        }));
    }

    /// <summary>
    /// The address a page gives itself, absolute: only of the site it came from, and never the home page for an article below it.
    /// </summary>
    public static string? Canonical(MetadataScan scan, Dictionary<string, object?>? article, string? address)
    {
        var page = Uri.TryCreate(address, UriKind.Absolute, out var given) && IsWeb(given) ? given : null;
        var stated = new[] { scan.Canonical }.Concat(scan.Meta("ogurl"))
            .Concat(article is null ? [] : [JsonLd.Text(article, "url"), MainPage(article)])
            .Concat(scan.Meta("twitterurl", "parselylink", "citationfulltexthtmlurl", "dcidentifier"));
        foreach (var candidate in stated)
            if (Absolute(candidate, scan, page) is { } uri && (page is null || CanonicalUrl.SameSite(page.AbsoluteUri, uri.AbsoluteUri)) && !(uri.AbsolutePath.Length <= 1 && uri.Query.Length == 0 && (page is null || page.PathAndQuery.Length > 1)))
                return new UriBuilder(uri) { Fragment = "" }.Uri.AbsoluteUri;
        return null;
    }

    static string? MainPage(Dictionary<string, object?> article) => JsonLd.Text(article, "mainEntityOfPage")
        ?? (JsonLd.Values(article.GetValueOrDefault("mainEntityOfPage")).OfType<Dictionary<string, object?>>().FirstOrDefault() is { } page ? JsonLd.Text(page, "url") ?? JsonLd.Text(page, "@id") : null);

    public static string? Image(MetadataScan scan, JsonLd graph, Dictionary<string, object?>? article, string? address)
    {
        var page = Uri.TryCreate(address, UriKind.Absolute, out var given) ? given : null;
        return scan.Meta("ogimage", "ogimagesecureurl", "ogimageurl").Concat(article is null ? [] : graph.Pictures(article, "image"))
            .Concat(scan.Meta("twitterimage", "twitterimagesrc", "parselyimageurl", "sailthruimagefull", "thumbnail")).Append(scan.Image).Concat(article is null ? [] : graph.Pictures(article, "thumbnailUrl"))
            .Select(candidate => Absolute(candidate, scan, page)?.AbsoluteUri).FirstOrDefault(image => image is not null);
    }

    static Uri? Absolute(string? candidate, MetadataScan scan, Uri? page)
    {
        if (string.IsNullOrWhiteSpace(candidate) || candidate.Length > 2_048) return null;
        var against = page;
        if (scan.Base is { } stated) against = page is null ? Uri.TryCreate(stated, UriKind.Absolute, out var known) ? known : null : Uri.TryCreate(page, stated, out var joined) ? joined : page;
        candidate = candidate.Trim();
        if (candidate.StartsWith("//", StringComparison.Ordinal)) candidate = (page?.Scheme ?? "https") + ":" + candidate;
        // On Unix a path alone would be an absolute file: address.
        var found = Uri.TryCreate(candidate, UriKind.Absolute, out var uri) && !candidate.StartsWith('/') || against is not null && Uri.TryCreate(against, candidate, out uri);
        return found && uri is not null && IsWeb(uri) ? uri : null;
    }

    static bool IsWeb(Uri uri) => (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0;

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
    private static partial Regex Bcp47();

    [GeneratedRegex(@"://|^www\.|^//")]
    private static partial Regex Address();

    [GeneratedRegex(@"©|copyright|all rights|\d{4}", RegexOptions.IgnoreCase)]
    private static partial Regex Copyright();
}
