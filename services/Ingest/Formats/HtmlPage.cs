using System.Globalization;
using Monitoring.Hosting;
using Monitoring.Ingest.Articles;
using Monitoring.Ingest.Pages;

namespace Monitoring.Ingest.Formats;

/// <summary><c>text/html</c>: a page with one article on it. What the request says beside it counts before what the page says.</summary>
public static class HtmlPage
{
    /// <param name="bytes">The page.</param>
    /// <param name="contentType">Its Content-Type, for the charset.</param>
    /// <param name="beside">What the request says: id, url, source.</param>
    /// <param name="now">What lies ahead of it is no date of publication.</param>
    public static Submission Read(ReadOnlyMemory<byte> bytes, string? contentType, Submission beside, DateTimeOffset now)
    {
        var page = PageExtractor.Extract(bytes, contentType, beside.Url, now);
        if (page.Text is null) throw new ProblemException(422, "No article was found on this page.", "body");
        var url = page.CanonicalUrl ?? beside.Url;
        var named = beside.SourceName is not null || beside.SourceDomain is not null;
        return beside with
        {
            // Without a url beside it the page's word is all there is: it says where it stands and thereby whose it is.
            Url = url,
            OtherUrls = beside.Url is null ? [] : [beside.Url],
            Title = page.Title,
            Body = page.Text,
            Published = page.Published?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture),
            Language = page.Language,
            Authors = page.Authors,
            SourceName = named ? beside.SourceName : page.SiteName,
            SourceDomain = named || url is null || CanonicalUrl.TryCanonicalise(url) is not { } known ? beside.SourceDomain : CanonicalUrl.Domain(known),
        };
    }
}
