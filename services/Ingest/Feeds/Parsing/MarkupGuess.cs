namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>RSS does not say whether a title is text or HTML.</summary>
static class MarkupGuess
{
    /// <summary>
    /// True where it can only be meant as HTML: an end tag, a line break, an empty element with attributes or a reference is in it, and every tag and reference is one
    /// of HTML that may stand in an article.
    /// </summary>
    public static bool LooksLikeHtml(string text)
    {
        var certain = false;
        for (var i = 0; (i = IndexOfAny(text, i)) >= 0;)
            if (text[i] == '&')
            {
                var length = HtmlEntities.At(text, i)?.Length ?? 0;
                var isReference = length > 0 && text[i + length - 1] == ';';
                if (!isReference && LooksLikeReference(text, i)) return false;
                certain |= isReference;
                i += isReference ? length : 1;
            }
            else
            {
                var isEnd = i + 1 < text.Length && text[i + 1] == '/';
                var start = i + (isEnd ? 2 : 1);
                var end = start;
                while (end < text.Length && char.IsAsciiLetterOrDigit(text[end])) end++;
                if (end > start && end - start <= 16 && char.IsAsciiLetter(text[start]))
                {
                    var name = text[start..end].ToLowerInvariant();
                    if (!HtmlAllowed.Elements.Contains(name)) return false;
                    certain |= isEnd || name == "br" || HtmlAllowed.Void.Contains(name) && end < text.Length && text[end] == ' ';
                }
                i = end > i ? end : i + 1;
            }
        return certain;
    }

    static bool LooksLikeReference(string text, int ampersand)
    {
        var end = ampersand + 1;
        while (end < text.Length && end - ampersand < 32 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '#')) end++;
        return end > ampersand + 1 && end < text.Length && text[end] == ';';
    }

    static int IndexOfAny(string text, int from)
    {
        var found = from >= text.Length ? -1 : text.AsSpan(from).IndexOfAny('<', '&');
        return found < 0 ? -1 : from + found;
    }
}
