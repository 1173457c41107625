using AngleSharp.Html.Parser;
using Monitoring.Ingest.Formats;

namespace Monitoring.Ingest.Pages;

/// <summary>What a web page says: its metadata and its article's text. Loads nothing, runs nothing, never throws.</summary>
public static class PageExtractor
{
    /// <param name="bytes">The page as it came.</param>
    /// <param name="contentType">Its Content-Type, if any.</param>
    /// <param name="address">Where it came from, if known: relative addresses and the canonical one need it.</param>
    /// <param name="now">What lies more than two days after it is no date of publication.</param>
    public static ExtractedPage Extract(ReadOnlyMemory<byte> bytes, string? contentType, string? address, DateTimeOffset now)
    {
        var html = PageNesting.Limit(HtmlComments.Defuse(PageCharset.Decode(bytes.Span, contentType)));
        var document = new HtmlParser(new HtmlParserOptions { SkipComments = true, DisableElementPositionTracking = true }).ParseDocument(html);
        var page = PageMetadata.Read(document, address, now);
        return page with { Text = PageBody.Read(document, page.Title)?.Text };
    }
}
