using AngleSharp.Html.Parser;
using Monitoring.Ingest.Formats;

namespace Monitoring.Ingest.Pages;

/// <summary>What a web page says: its metadata and its article's text. Loads nothing, runs nothing, never throws.</summary>
public static class PageExtractor
{
    /// <summary>
    /// Elements open at a time that are still read. The parser looks through all open elements at many a tag: without a bound,
    /// 320 kB of nested lists take it 47 s. Real pages stay below 100; beyond the bound a page is read up to there.
    /// </summary>
    const int MaxOpen = 1_000;

    /// <param name="bytes">The page as it came.</param>
    /// <param name="contentType">Its Content-Type, if any.</param>
    /// <param name="address">Where it came from, if known: relative addresses and the canonical one need it.</param>
    /// <param name="now">What lies more than two days after it is no date of publication.</param>
    public static ExtractedPage Extract(ReadOnlyMemory<byte> bytes, string? contentType, string? address, DateTimeOffset now)
    {
        var html = HtmlComments.Defuse(PageCharset.Decode(bytes.Span, contentType));
        var document = new HtmlParser(new HtmlParserOptions { SkipComments = true, DisableElementPositionTracking = true }).ParseDocument(html[..Bounded(html)]);
        var page = PageMetadata.Read(document, address, now);
        return page with { Text = PageBody.Read(document, page.Title)?.Text };
    }

    /// <inheritdoc cref="Extract(ReadOnlyMemory{byte}, string?, string?, DateTimeOffset)"/>
    public static ExtractedPage Extract(ReadOnlyMemory<byte> bytes, string? contentType, string? address) => Extract(bytes, contentType, address, DateTimeOffset.UtcNow);

    /// <summary>How much of it opens at most <see cref="MaxOpen"/> elements more than it closes; unclosed list items and paragraphs close themselves.</summary>
    static int Bounded(string html)
    {
        var open = 0;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            if (html[at + 1] == '/') open = Math.Max(0, open - 1);
            else if (char.IsAsciiLetter(html[at + 1]) && !ClosesItself(html.AsSpan(at + 1)) && ++open > MaxOpen) return at;
        }
        return html.Length;
    }

    static bool ClosesItself(ReadOnlySpan<char> tag)
    {
        var length = tag.IndexOfAnyExcept(NameCharacters);
        Span<char> name = stackalloc char[8];
        if (length is <= 0 or > 8) return false;
        tag[..length].ToLowerInvariant(name);
        return name[..length] is "p" or "li" or "td" or "th" or "tr" or "dt" or "dd" or "option" or "tbody" or "br" or "img" or "meta" or "link" or "input" or "hr" or "source" or "area" or "base"
            or "col" or "embed" or "param" or "track" or "wbr" or "path" or "rect" or "circle" or "use" or "polygon" or "line" or "stop";
    }

    static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
}
