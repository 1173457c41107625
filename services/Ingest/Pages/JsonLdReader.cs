using System.Globalization;
using System.Text;

namespace Monitoring.Ingest.Pages;

/// <summary>
/// JSON as pages carry it: RFC 8259, and what templates make of it. Trailing or missing commas, raw line breaks and unescaped quotes
/// in strings, single quotes, comments, CDATA and HTML comments around it, several values behind each other, a missing end.
/// Never throws; every character is looked at a bounded number of times, and deeper than <see cref="MaxDepth"/> nothing is kept.
/// </summary>
/// <remarks>Objects are dictionaries (the first of two equal members counts), arrays lists, everything else its text; null is null.</remarks>
ref struct JsonLdReader(ReadOnlySpan<char> json)
{
    const int MaxDepth = 48;

    readonly ReadOnlySpan<char> json = json;
    int at;

    public static List<object?> ReadAll(string script)
    {
        // Some templates escape the whole script; a quote is then never a bare one.
        if (script.Contains("&quot;", StringComparison.Ordinal) && !script.Contains('"', StringComparison.Ordinal))
            script = System.Net.WebUtility.HtmlDecode(script);
        var reader = new JsonLdReader(script);
        var values = new List<object?>();
        while (reader.SkipTo('{', '[')) values.Add(reader.Value(0));
        return values;
    }

    bool SkipTo(char one, char other)
    {
        var found = at < json.Length ? json[at..].IndexOfAny(one, other) : -1;
        at = found < 0 ? json.Length : at + found;
        return found >= 0;
    }

    char Next()
    {
        while (at < json.Length)
        {
            var c = json[at];
            if (char.IsWhiteSpace(c) || c == '\uFEFF') at++;
            else if (c == '/' && at + 1 < json.Length && json[at + 1] is '*' or '/') SkipComment();
            else return c;
        }
        return '\0';
    }

    void SkipComment()
    {
        var block = at + 1 < json.Length && json[at + 1] == '*';
        var end = json[at..].IndexOf(block ? "*/" : "\n");
        at = end < 0 ? json.Length : at + end + (block ? 2 : 1);
    }

    object? Value(int depth)
    {
        switch (Next())
        {
            case '{' or '[' when depth >= MaxDepth: return Skip();
            case '{': return Object(depth);
            case '[': return Array(depth);
            case '"' or '\'': return String(json[at]);
            default:
                var start = at;
                while (at < json.Length && json[at] is not (',' or '}' or ']' or '\n' or '{' or '[')) at++;
                var word = json[start..at].Trim();
                return word is "null" or "" or "undefined" ? null : word.ToString();
        }
    }

    // Without a call for each level: a hostile page nests deeper than any stack.
    object? Skip()
    {
        for (var open = 0; at < json.Length;)
        {
            var c = json[at];
            if (c is '"' or '\'') String(c);
            else at++;
            if (c is '{' or '[') open++;
            if ((c is '}' or ']') && --open <= 0) break;
        }
        return null;
    }

    Dictionary<string, object?> Object(int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        at++;
        while (true)
        {
            var c = Next();
            if (c == '\0') return members;
            if (c == '}') { at++; return members; }
            if (c is ',' or ';' or ':') { at++; continue; }
            if (c == ']') return members;
            var name = c is '"' or '\'' ? String(c) : Name();
            if (Next() != ':')
            {
                // A member without a value, or a stray character: go on behind it.
                if (name.Length == 0) at++;
                continue;
            }
            at++;
            var value = Next() is '}' or ',' ? null : Value(depth + 1);
            members.TryAdd(name, value);
        }
    }

    string Name()
    {
        var start = at;
        while (at < json.Length && (char.IsLetterOrDigit(json[at]) || json[at] is '@' or '_' or '-' or '$')) at++;
        return json[start..at].ToString();
    }

    List<object?> Array(int depth)
    {
        var items = new List<object?>();
        at++;
        while (true)
        {
            var c = Next();
            if (c == '\0' || c == '}') return items;
            if (c == ']') { at++; return items; }
            if (c is ',' or ';' or ':') { at++; continue; }
            var before = at;
            var value = Value(depth + 1);
            if (value is not null) items.Add(value);
            if (at == before) at++;
        }
    }

    string String(char quote)
    {
        var text = new StringBuilder();
        for (at++; at < json.Length; at++)
        {
            var run = json[at..].IndexOfAny(quote, '\\');
            if (run < 0) break;
            text.Append(json.Slice(at, run));
            at += run;
            if (json[at] == '\\') Escape(text);
            else if (Closes()) { at++; return text.ToString(); }
            else text.Append(quote);
        }
        text.Append(json[Math.Min(at, json.Length)..]);
        at = json.Length;
        return text.ToString();
    }

    // A quote that nobody escaped is part of the text: behind the closing one stands what JSON wants there.
    readonly bool Closes()
    {
        var i = SkipSpaces(at + 1);
        if (i >= json.Length || json[i] is ':' or '}' or ']') return true;
        if (json[i] is '"' && i > at + 1 && json[(at + 1)..i].Contains('\n')) return true;
        if (json[i] != ',') return false;
        i = SkipSpaces(i + 1);
        return i >= json.Length || json[i] is '"' or '\'' or '{' or '[' or '}' or ']' or '-' or '/' or 't' or 'f' or 'n' || char.IsAsciiDigit(json[i]);
    }

    readonly int SkipSpaces(int i)
    {
        // Bounded, so that a string of quotes and spaces is not walked through again from every quote.
        for (var end = Math.Min(json.Length, i + 400); i < end && char.IsWhiteSpace(json[i]);) i++;
        return i;
    }

    void Escape(StringBuilder text)
    {
        if (++at >= json.Length) return;
        switch (json[at])
        {
            case 'n': text.Append('\n'); break;
            case 't': text.Append('\t'); break;
            case 'r': text.Append('\r'); break;
            case 'b' or 'f': break;
            case 'u' when at + 4 < json.Length && ushort.TryParse(json.Slice(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                text.Append((char)code);
                at += 4;
                break;
            default: text.Append(json[at]); break;
        }
    }
}
