using AngleSharp.Dom;
using Monitoring.Ingest.Articles;

namespace Monitoring.Ingest.Pages;

/// <summary>
/// Title, authors, dates, site, language, address and picture of a page, by what it states (JSON-LD, Open Graph, meta elements) and
/// shows (microdata, hAtom, time elements, lines at the headline). Weighs evidence and guesses nothing.
/// </summary>
public static class PageMetadata
{
    /// <param name="document">As parsed; it is only read.</param>
    /// <param name="address">Where it came from, if known.</param>
    /// <param name="now">What lies more than two days after it is no date of publication.</param>
    public static ExtractedPage Read(IDocument document, string? address, DateTimeOffset now)
    {
        var scan = MetadataScan.Of(document);
        var graph = JsonLd.Read(scan.JsonLd);
        var article = graph.Article(
            other => IsSame(other, address) || IsSame(other, scan.Canonical) || scan.Meta("ogurl").Any(url => IsSame(other, url)),
            headline => scan.Meta("ogtitle", "twittertitle").Append(scan.HeadTitle ?? "").Any(title => IsSameTitle(headline, title)));
        var site = MetadataSite.Name(scan, graph, article);
        var language = MetadataSite.Language(scan, article);
        var canonical = MetadataSite.Canonical(scan, article, address);
        var sites = Sites(site, scan, address ?? canonical);
        var (title, heading) = MetadataTitle.Of(scan, article, sites);
        var (byline, authors) = MetadataAuthors.Of(scan, graph, article, heading, sites);
        var (published, modified) = PageDate.Decide(PageDate.Evidence(scan, article, heading, address ?? canonical, language), now);
        return new ExtractedPage
        {
            Title = title,
            Byline = byline,
            Authors = authors,
            Published = published,
            Modified = modified,
            SiteName = site,
            Language = language,
            CanonicalUrl = canonical,
            LeadImage = MetadataSite.Image(scan, graph, article, address),
        };
    }

    static List<string> Sites(string? site, MetadataScan scan, string? address)
    {
        var names = new List<string>();
        if (site is not null) names.Add(site);
        names.AddRange(scan.Meta("applicationname", "ogsitename", "applemobilewebapptitle", "twittersite"));
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0)
        {
            var domain = Site.Of(uri.IdnHost.ToLowerInvariant());
            names.Add(domain);
            names.Add(domain.Split('.')[0]);
        }
        return names;
    }

    static bool IsSame(string one, string? other) => other is { Length: > 0 } && Bare(one) is { Length: > 0 } a && a == Bare(other);

    static string Bare(string address)
    {
        var start = address.IndexOf("://", StringComparison.Ordinal);
        var bare = start < 0 ? address : address[(start + 3)..];
        var end = bare.IndexOfAny(['#', '?']);
        return (end < 0 ? bare : bare[..end]).TrimEnd('/').Replace("www.", "", StringComparison.OrdinalIgnoreCase);
    }

    static bool IsSameTitle(string headline, string title) =>
        MetadataTitle.Letters(headline) is { Length: >= 8 } letters && MetadataTitle.Letters(title).StartsWith(letters, StringComparison.Ordinal);
}
