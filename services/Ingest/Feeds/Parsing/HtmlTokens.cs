using System.Collections.Frozen;

namespace Monitoring.Ingest.Feeds.Parsing;

enum HtmlTokenKind { End, Text, Literal, StartTag, EndTag }

/// <param name="Name">In lower case.</param>
/// <param name="Start">Where its value stands in the markup, without quotes.</param>
/// <param name="Length">Of the value; -1 where it has none.</param>
readonly record struct HtmlAttribute(string Name, int Start, int Length);

/// <summary>
/// Tags and text of markup, one after the other, the way the HTML standard tokenizes, with two indulgences: a tag that meets the next
/// one ends there, and a quotation mark that never closes is none. Comments, declarations and processing instructions are passed over.
/// Linear time: nothing is looked for twice.
/// </summary>
sealed class HtmlTokens(string markup, bool xml)
{
    const int LongestAttribute = 20;

    readonly List<HtmlAttribute> attributes = [];
    readonly int lastQuote = markup.LastIndexOf('"');
    readonly int lastApostrophe = markup.LastIndexOf('\'');
    readonly HashSet<string> neverClosed = new(StringComparer.Ordinal);
    int at;
    bool inCdata;

    public HtmlTokenKind Kind { get; private set; }

    /// <summary>Of a tag, in lower case.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Of text, in the markup.</summary>
    public int Start { get; private set; }
    public int Length { get; private set; }
    public bool SelfClosing { get; private set; }
    public IReadOnlyList<HtmlAttribute> Attributes => attributes;

    public bool Next()
    {
        while (at < markup.Length)
        {
            if (markup[at] != '<') return Text(at);
            var next = at + 1 < markup.Length ? markup[at + 1] : '\0';
            if (char.IsAsciiLetter(next)) return StartTag();
            if (next == '/' && at + 2 < markup.Length && char.IsAsciiLetter(markup[at + 2])) return EndTag();
            if (next is not ('!' or '?' or '/')) return Text(at);
            if (Declaration()) return true;
        }
        Kind = HtmlTokenKind.End;
        return false;
    }

    /// <summary>Passes over what is in an element that holds no markup, its end tag included.</summary>
    /// <returns>False where it has no end tag; then nothing is passed over.</returns>
    public bool SkipElement(string name)
    {
        if (neverClosed.Contains(name)) return false;
        var end = at;
        do
        {
            end = markup.IndexOf("</" + name, end, StringComparison.OrdinalIgnoreCase);
            if (end < 0)
            {
                neverClosed.Add(name);
                return false;
            }
            end += name.Length + 2;
        }
        while (end < markup.Length && !IsNameEnd(markup[end]));
        var close = markup.IndexOf('>', end);
        at = close < 0 ? markup.Length : close + 1;
        return true;
    }

    public void SkipRest() => at = markup.Length;

    bool Text(int from)
    {
        var to = markup.AsSpan(from + 1).IndexOf('<');
        at = to < 0 ? markup.Length : from + 1 + to;
        if (inCdata && markup.AsSpan(from, at - from).IndexOf("]]>") is >= 0 and var close)
        {
            inCdata = false;
            (Start, Length, at) = (from, close, from + close + 3);
        }
        else (Start, Length) = (from, at - from);
        Kind = HtmlTokenKind.Text;
        return true;
    }

    // A CDATA section is text in XML; in HTML it is what a publisher forgot to unwrap, and its content is read on.
    bool Declaration()
    {
        var rest = markup.AsSpan(at);
        if (rest.StartsWith("<!--"))
        {
            // "<!-->" and "<!--->" are whole comments.
            if (rest[4..].StartsWith(">")) at += 5;
            else if (rest[4..].StartsWith("->")) at += 6;
            else at = After(rest[4..].IndexOf("-->"), 4, 3);
            return false;
        }
        if (rest.StartsWith("<![CDATA[", StringComparison.OrdinalIgnoreCase))
        {
            if (!xml)
            {
                inCdata = true;
                at += 9;
                return false;
            }
            var close = rest.IndexOf("]]>");
            (Start, Length) = (at + 9, (close < 0 ? rest.Length : close) - 9);
            at = After(close, 0, 3);
            Kind = HtmlTokenKind.Literal;
            return true;
        }
        at = xml && rest.StartsWith("<?") ? After(rest.IndexOf("?>"), 0, 2) : After(rest.IndexOf('>'), 0, 1);
        return false;
    }

    int After(int found, int offset, int length) => found < 0 ? markup.Length : at + offset + found + length;

    bool EndTag()
    {
        at += 2;
        Name = ReadName();
        attributes.Clear();
        var end = markup.AsSpan(at).IndexOfAny('<', '>');
        at = end < 0 ? markup.Length : markup[at + end] == '>' ? at + end + 1 : at + end;
        Kind = HtmlTokenKind.EndTag;
        return true;
    }

    bool StartTag()
    {
        at++;
        Name = ReadName();
        attributes.Clear();
        SelfClosing = false;
        while (at < markup.Length)
        {
            var c = markup[at];
            if (c == '>')
            {
                at++;
                break;
            }
            if (c == '<') break;
            if (IsSpace(c) || c == '/')
            {
                SelfClosing = c == '/' && at + 1 < markup.Length && markup[at + 1] == '>';
                at++;
            }
            else attributes.Add(ReadAttribute());
        }
        Kind = HtmlTokenKind.StartTag;
        return true;
    }

    HtmlAttribute ReadAttribute()
    {
        var start = at++;
        while (at < markup.Length && markup[at] is not ('=' or '<') && !IsNameEnd(markup[at])) at++;
        var name = AttributeName(markup.AsSpan(start, at - start));
        var equals = at;
        while (equals < markup.Length && IsSpace(markup[equals])) equals++;
        if (equals >= markup.Length || markup[equals] != '=') return new(name, start, -1);
        at = equals + 1;
        while (at < markup.Length && IsSpace(markup[at])) at++;
        if (at < markup.Length && markup[at] is '"' or '\'' && QuotedEnd() is > 0 and var end)
        {
            var quoted = new HtmlAttribute(name, at + 1, end - at - 1);
            at = end + 1;
            return quoted;
        }
        if (at < markup.Length && markup[at] is '"' or '\'') at++;
        start = at;
        while (at < markup.Length && markup[at] is not ('>' or '<') && !IsSpace(markup[at])) at++;
        // A slash that closes the tag is no part of the value: href=page/> was written by someone who thinks in XML.
        if (at < markup.Length && markup[at] == '>' && at > start && markup[at - 1] == '/') at--;
        return new(name, start, at - start);
    }

    // A value that runs over tags and ends in the midst of something has lost its quotation mark.
    int QuotedEnd()
    {
        var quote = markup[at];
        if (at >= (quote == '"' ? lastQuote : lastApostrophe)) return -1;
        var end = markup.IndexOf(quote, at + 1);
        if (end + 1 >= markup.Length || IsNameEnd(markup[end + 1])) return end;
        return markup.AsSpan(at, end - at).IndexOfAny('<', '>') < 0 || IsAttribute(end + 1) ? end : -1;
    }

    bool IsAttribute(int from)
    {
        var to = from;
        while (to < markup.Length && to - from < LongestAttribute && (char.IsAsciiLetterOrDigit(markup[to]) || markup[to] is '-' or ':')) to++;
        return to > from && to < markup.Length && markup[to] == '=';
    }

    string ReadName()
    {
        var start = at;
        while (at < markup.Length && markup[at] != '<' && !IsNameEnd(markup[at])) at++;
        var name = markup.AsSpan(start, at - start);
        // Whatever the prefix, an XHTML element by its local name; but Office and Facebook have elements of their own.
        if (xml && name.IndexOf(':') is > 0 and var colon && !IsForeign(name[..colon])) name = name[(colon + 1)..];
        return ElementNames.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known) ? known : name.ToString().ToLowerInvariant();
    }

    static bool IsForeign(ReadOnlySpan<char> prefix) => prefix is "o" or "v" or "w" or "fb" or "g";

    static string AttributeName(ReadOnlySpan<char> name) =>
        AttributeNames.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known) ? known : name.ToString().ToLowerInvariant();

    static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';

    static bool IsNameEnd(char c) => IsSpace(c) || c is '>' or '/';

    // So that a name seldom costs memory.
    static readonly FrozenSet<string> ElementNames = HtmlAllowed.Known;

    static readonly FrozenSet<string> AttributeNames = HtmlAllowed.Attributes;
}
