using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>Resolves references in the text of a document: numbers, the names of XML and HTML, and what the document itself declared.</summary>
sealed class XmlReferences(string text, Faults faults)
{
    XmlDoctype? doctype;
    bool quiet;
    // Declared entities may not make more text than a document could hold by itself.
    int allowance = 1_000_000;

    public void Declare(XmlDoctype declared) => doctype = declared;

    /// <param name="start">In the document.</param>
    /// <param name="length">Of the text there.</param>
    /// <param name="told">Its faults were told before.</param>
    public string Resolve(int start, int length, bool told = false)
    {
        if (text.AsSpan(start, length).IndexOf('&') < 0) return text.Substring(start, length);
        var resolved = new StringBuilder(length);
        quiet = told;
        Append(resolved, start, length);
        quiet = false;
        return resolved.ToString();
    }

    public void Append(StringBuilder to, int start, int length)
    {
        var end = start + length;
        while (start < end)
        {
            var next = text.AsSpan(start, end - start).IndexOf('&');
            to.Append(text, start, next < 0 ? end - start : next);
            if (next < 0) return;
            start += next;
            start += AppendReference(to, start, end);
        }
    }

    int AppendReference(StringBuilder to, int start, int end)
    {
        var rest = text.AsSpan(start, Math.Min(end - start, 102));
        var close = rest[1..].IndexOfAnyExcept(Names);
        var closed = close >= 0 && rest[close + 1] == ';';
        if (closed && rest[1] != '#')
        {
            var name = rest.Slice(1, close);
            switch (name)
            {
                case "amp": to.Append('&'); return 5;
                case "lt": to.Append('<'); return 4;
                case "gt": to.Append('>'); return 4;
                case "quot": to.Append('"'); return 6;
                case "apos": to.Append('\''); return 6;
            }
            if (doctype is not null && doctype.Entities.TryGetValue(name.ToString(), out var value))
            {
                if (value.Length <= allowance)
                {
                    allowance -= value.Length;
                    to.Append(value);
                }
                else Fault(start, $"&{name}; makes too much text.");
                return close + 2;
            }
        }
        if (rest.Length < 2 || rest[1] != '#' && !closed)
        {
            Fault(start, "& that begins no reference.");
            to.Append('&');
            return 1;
        }
        if (HtmlEntities.At(text, start) is not (var length, var symbol, var repaired) || start + length > end || rest[1] != '#' && length != close + 2)
        {
            if (doctype is not { IsExternal: true } || rest[1] == '#') Fault(start, "A reference to nothing known.");
            to.Append('&');
            return 1;
        }
        if (rest[1] != '#')
        {
            if (doctype is not { IsExternal: true }) Fault(start, $"{text.AsSpan(start, length)} is not declared.");
        }
        else
        {
            var none = repaired && symbol == "\uFFFD" || symbol.Length == 1 && IsControl(symbol[0]);
            if (none || !closed) Fault(start, $"{text.AsSpan(start, Math.Min(length, 12))} is no character.");
            if (none) symbol = "";
        }
        to.Append(symbol);
        return length;
    }

    void Fault(int at, string message)
    {
        if (!quiet) faults.Add(at, message);
    }

    static bool IsControl(char c) => c < ' ' && c is not ('\t' or '\n' or '\r') || c is '\uFFFE' or '\uFFFF';

    static readonly System.Buffers.SearchValues<char> Names =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:#");
}
