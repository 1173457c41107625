using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>A text and what kind it is.</summary>
readonly record struct TextValue(string Value, string Type)
{
    public bool IsEmpty => Value.Length == 0;
}

/// <summary>
/// The text of one element while it is read. Child elements are markup where the element may hold any (titles, summaries, content);
/// elsewhere their text counts and they do not.
/// </summary>
/// <param name="type">Media type it is declared to have or has by its dialect; null for elements that hold no markup.</param>
/// <param name="address">Base of relative addresses.</param>
/// <param name="language">In force.</param>
sealed class TextCapture(string? type, string? address, string? language)
{
    // What is nested deeper is no article, and whoever walks the markup later may not run out of stack.
    const int Deepest = 200;

    readonly StringBuilder text = new();
    // The same twice: with the text between the tags as text, and as the HTML that it may be in RSS.
    StringBuilder? markup, mixed;
    int depth, wrapperStart = -1, wrapperEnd = -1;
    bool onlyDivs = true;

    public string? Base => address;
    public string? Language => language;

    /// <summary>The element said itself what it holds.</summary>
    public bool IsDeclared { get; init; }
    public bool IsBase64 { get; init; }

    /// <summary>Escaped markup, though the type is one of XML (Atom 0.3 <c>mode="escaped"</c>).</summary>
    public bool IsEscaped { get; init; }
    public string? Source { get; init; }

    /// <summary>The div around its markup is none of it: Atom 1.0's, and the one that some put around markup in RSS.</summary>
    public bool IsWrapped { get; init; }
    public bool TakesMarkup => type is not null;

    public StringBuilder Text => text;

    /// <summary>To be called after text was added from <paramref name="start"/> on.</summary>
    public void TextAdded(int start)
    {
        if (markup is null) return;
        Escape(markup, text, start);
        mixed?.Append(text, start, text.Length - start);
    }

    /// <param name="name">Without a prefix.</param>
    /// <param name="attributes">As they are to stand, with a space before each.</param>
    public void StartTag(string name, string attributes)
    {
        if (markup is null)
        {
            Escape(markup = new(text.Length + 256), text, 0);
            if (type == "text/html") mixed = new StringBuilder().Append(text);
        }
        if (++depth > Deepest) return;
        if (name != "div") onlyDivs = false;
        var isFirst = wrapperStart < 0 && wrapperEnd < 0;
        markup.Append('<').Append(name).Append(attributes).Append('>');
        mixed?.Append('<').Append(name).Append(attributes).Append('>');
        if (!isFirst) return;
        wrapperEnd = int.MaxValue;
        if (name == "div" && depth == 1 && IsBlank(text, text.Length)) wrapperStart = markup.Length;
    }

    public void EndTag(string name)
    {
        if (depth-- > Deepest || markup is null) return;
        if (depth == 0 && wrapperStart >= 0 && wrapperEnd == int.MaxValue) wrapperEnd = markup.Length;
        if (HtmlAllowed.Void.Contains(name)) return;
        markup.Append("</").Append(name).Append('>');
        mixed?.Append("</").Append(name).Append('>');
    }

    public string Plain() => text.ToString().Trim();

    /// <param name="looked">Whether plain text that reads like HTML is HTML, as in RSS, which does not say.</param>
    public TextValue Construct(bool looked)
    {
        if (markup is not null && onlyDivs && type == "text/html" && text.ToString().Contains('<', StringComparison.Ordinal)) markup = null;
        if (mixed is not null && markup is not null && MarkupGuess.LooksLikeHtml(text.ToString())) return Sanitised(mixed.ToString().Trim(), "text/html");
        if (markup is not null) return type!.EndsWith("xml", StringComparison.Ordinal) && type != "application/xhtml+xml"
            ? new(markup.ToString().Trim(), type)
            : Sanitised(Unwrapped(), "application/xhtml+xml");
        var plain = Plain();
        if (IsBase64) plain = FromBase64(plain);
        if (type == "application/xhtml+xml") return Sanitised(IsEscaped || IsBase64 ? plain : Escaped(plain), type);
        if (type == "text/html") return Sanitised(plain, type);
        if (type == "text/plain" && looked && !IsDeclared && MarkupGuess.LooksLikeHtml(plain)) return Sanitised(plain, "text/html");
        return new(plain, type!);
    }

    TextValue Sanitised(string html, string mediaType) => new(HtmlFragment.Sanitise(html, address).Trim(), mediaType);

    // Atom's div around inline XHTML is no part of the content (RFC 4287, 3.1.1.3).
    string Unwrapped()
    {
        if (wrapperStart < 0 || !IsWrapped) return markup!.ToString().Trim();
        var end = wrapperEnd == int.MaxValue ? markup!.Length : wrapperEnd;
        var after = Math.Min(markup!.Length, end + "</div>".Length);
        return IsBlank(markup, markup.Length, after) ? markup.ToString(wrapperStart, end - wrapperStart).Trim() : markup.ToString().Trim();
    }

    static string FromBase64(string text)
    {
        var bytes = new byte[text.Length + 3];
        // The filling at the end is often forgotten.
        var padded = text.TrimEnd('=') is var bare ? bare + new string('=', (4 - bare.Count(c => !char.IsWhiteSpace(c)) % 4) % 4) : text;
        return Convert.TryFromBase64String(padded, bytes, out var length) && System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length))
            ? Encoding.UTF8.GetString(bytes, 0, length).Trim() : text;
    }

    static bool IsBlank(StringBuilder builder, int end, int start = 0)
    {
        for (var i = start; i < end; i++)
            if (!char.IsWhiteSpace(builder[i])) return false;
        return true;
    }

    static string Escaped(string plain) =>
        plain.AsSpan().IndexOfAny('&', '<', '>') < 0 ? plain : plain.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    static void Escape(StringBuilder to, StringBuilder from, int start) => to.Append(Escaped(from.ToString(start, from.Length - start)));
}
