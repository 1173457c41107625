using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// HTML from outside made fit to be shown: an allow-list of elements, attributes, CSS and schemes of addresses, applied tag by tag as
/// the text goes by. Text, white space and the order of attributes stay the author's. What comes out is balanced, quoted and a fixed
/// point: sanitising it again changes nothing.
/// </summary>
public static class HtmlFragment
{
    /// <param name="html">As published, tag soup included.</param>
    /// <param name="baseAddress">What its relative addresses are relative to; null leaves them.</param>
    public static string Sanitise(string html, string? baseAddress) => Sanitise(html, baseAddress, xml: false);

    /// <summary>The same for inline XML markup, well-formed or nearly: prefixes of elements go, CDATA is text.</summary>
    public static string SanitiseXhtml(string markup, string? baseAddress) => Sanitise(markup, baseAddress, xml: true);

    /// <summary>What a reader sees: blocks with a blank line between them, list items and table rows on lines of their own, cells between tabs.</summary>
    public static string ToText(string html) => HtmlText.Of(Printable(html));

    /// <summary>Whether a text not declared as HTML is: it has a tag or character reference of HTML, and no tag that HTML does not know.</summary>
    public static bool LooksLikeHtml(string text)
    {
        var found = false;
        for (var i = text.AsSpan().IndexOfAny('<', '&'); i >= 0 && i < text.Length;)
        {
            if (text[i] == '&') found |= HtmlEntities.At(text, i) is { } reference && text[i + reference.Length - 1] == ';';
            else if (TagAt(text, i) is { Name.Length: > 0 } tag)
            {
                if (!HtmlAllowed.Known.Contains(tag.Name)) return false;
                found |= tag.Closing || tag.HasMore || i == 0 || HtmlAllowed.Void.Contains(tag.Name);
            }
            var next = text.AsSpan(i + 1).IndexOfAny('<', '&');
            i = next < 0 ? -1 : i + 1 + next;
        }
        return found;
    }

    // A tag that is properly closed by ">" before another begins.
    static (string Name, bool Closing, bool HasMore) TagAt(string text, int at)
    {
        var closing = at + 1 < text.Length && text[at + 1] == '/';
        var start = at + (closing ? 2 : 1);
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is ':' or '-')) end++;
        if (end == start || end >= text.Length || !char.IsAsciiLetter(text[start]) || !(char.IsWhiteSpace(text[end]) || text[end] is '>' or '/')) return default;
        var close = text.AsSpan(end).IndexOfAny('<', '>');
        if (close < 0 || text[end + close] == '<') return default;
        var name = text[start..end];
        // Elements of an application in HTML say nothing about the rest.
        return name.AsSpan().IndexOfAny(':', '-') >= 0 ? default : (name, closing, text.AsSpan(end, close).Contains('='));
    }

    static string Sanitise(string markup, string? baseAddress, bool xml)
    {
        var text = Printable(markup);
        return text.AsSpan().IndexOfAny('<', '&') < 0 ? text.Trim() : new HtmlSanitiser(text, baseAddress, xml).Run().Trim();
    }

    // Line ends as the standard reads them; no control characters, which only ever hide something.
    static string Printable(string text)
    {
        if (text.AsSpan().IndexOfAny(Controls) < 0) return text;
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\r') kept.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
            else if (!Controls.Contains(text[i])) kept.Append(text[i]);
        return kept.ToString();
    }

    static readonly System.Buffers.SearchValues<char> Controls = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\f')), '\u007F', '\uFEFF', '\uFFFE', '\uFFFF']);
}
