using System.Buffers;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Feeds.Parsing;

enum XmlPart
{
    Text,
    CData,
    Start,
    End,
    Doctype,

    /// <summary>A comment or a processing instruction.</summary>
    Aside,
}

/// <summary>
/// Cuts a document into tags and text. Takes whatever comes: what is no tag is text, what is not closed ends where the next begins.
/// Every character is looked at a bounded number of times.
/// </summary>
sealed partial class XmlScanner(string text, Faults faults)
{
    static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/><=");
    static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\r\n");
    static readonly SearchValues<char> AsciiNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:_-.");

    readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> names =
        new Dictionary<string, string>().GetAlternateLookup<ReadOnlySpan<char>>();
    // Closing marks that were looked for in vain: they are not looked for again.
    readonly HashSet<string> absent = [];
    int at;

    public XmlPart Part { get; private set; }

    /// <summary>Where the part begins.</summary>
    public int Offset { get; private set; }

    /// <summary>Where its text begins.</summary>
    public int ContentStart { get; private set; }
    public int ContentLength { get; private set; }
    public string Name { get; private set; } = "";
    public bool SelfClosing { get; private set; }
    public XmlAttributes Attributes { get; } = new(text);
    public ReadOnlySpan<char> Content => text.AsSpan(ContentStart, ContentLength);

    public bool Read()
    {
        if (at >= text.Length) return false;
        Offset = at;
        if (text[at] != '<') return ReadText();
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        return IsNameStart(next) ? ReadStart()
            : next == '/' && at + 2 < text.Length && IsNameStart(text[at + 2]) ? ReadEnd()
            : next == '?' ? ReadInstruction()
            : next == '!' ? ReadDeclaration()
            : ReadText();
    }

    bool ReadText()
    {
        var end = at;
        while (end < text.Length && (text[end] != '<' || !BeginsMarkup(end)))
        {
            if (text[end] == '<') faults.Add(end, "< that begins no tag.");
            var next = text.AsSpan(end + 1).IndexOf('<');
            end = next < 0 ? text.Length : end + 1 + next;
        }
        if (Close(at, end) is var mark and >= 0) faults.Add(mark, "]]> outside of CDATA.");
        return Found(XmlPart.Text, at, end - at, end);

        int Close(int from, int to) => text.AsSpan(from, to - from).IndexOf("]]>") is >= 0 and var found ? from + found : -1;
    }

    bool BeginsMarkup(int i) => i + 1 < text.Length &&
        (IsNameStart(text[i + 1]) || text[i + 1] is '!' or '?' || text[i + 1] == '/' && i + 2 < text.Length && IsNameStart(text[i + 2]));

    bool ReadInstruction()
    {
        var end = Find("?>", at + 2);
        if (end < 0)
        {
            faults.Add(at, "<? without ?>.");
            end = Find(">", at);
            return Found(XmlPart.Aside, at, 0, end < 0 ? text.Length : end + 1);
        }
        var target = text.AsSpan(at + 2, end - at - 2);
        if (target.StartsWith("xml") && (target.Length == 3 || Spaces.Contains(target[3])))
        {
            if (at > 0) faults.Add(at, "The XML declaration is not at the beginning.");
            else if (target.Length > 300 || !Declaration().IsMatch(target)) faults.Add(at, "The XML declaration is malformed.");
        }
        else if (target.Length == 0 || !IsNameStart(target[0])) faults.Add(at, "A processing instruction without a name.");
        return Found(XmlPart.Aside, at + 2, end - at - 2, end + 2);
    }

    bool ReadDeclaration()
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("<!--")) return ReadComment();
        if (rest.StartsWith("<![CDATA["))
        {
            var start = at + 9;
            var end = Find("]]>", start);
            if (end < 0) faults.Add(at, "CDATA is not closed.");
            return Found(XmlPart.CData, start, (end < 0 ? text.Length : end) - start, end < 0 ? text.Length : end + 3);
        }
        if (rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase))
        {
            var end = XmlDoctype.End(text, at);
            if (end < 0) faults.Add(at, "The document type is not closed.");
            else if (!rest.StartsWith("<!DOCTYPE")) faults.Add(at, "DOCTYPE is written in capitals.");
            var after = end >= 0 ? end : Find(">", at) is >= 0 and var close ? close + 1 : text.Length;
            return Found(XmlPart.Doctype, at, after - at, after);
        }
        faults.Add(at, "<! that begins nothing known.");
        var stop = Find(">", at);
        return stop < 0 ? Found(XmlPart.Text, at, 2, at + 2) : Found(XmlPart.Aside, at, 0, stop + 1);
    }

    bool ReadComment()
    {
        var end = Find("-->", at + 4);
        if (end < 0)
        {
            faults.Add(at, "The comment is not closed.");
            end = Find(">", at);
            return Found(XmlPart.Aside, at, 0, end < 0 ? text.Length : end + 1);
        }
        if (text.AsSpan(at + 4, end - at - 3).Contains("--", StringComparison.Ordinal)) faults.Add(at, "-- within a comment.");
        return Found(XmlPart.Aside, at, 0, end + 3);
    }

    bool ReadEnd()
    {
        var end = NameEnd(at + 2);
        SetName(at + 2, end);
        var i = SkipSpaces(end);
        if (i >= text.Length)
        {
            faults.Add(at, $"</{Name} is cut off.");
            return Found(XmlPart.End, at, 0, text.Length);
        }
        if (text[i] == '>') return Found(XmlPart.End, at, 0, i + 1);
        faults.Add(at, $"</{Name} with something else in it.");
        var stop = text.AsSpan(i).IndexOfAny('<', '>');
        i = stop < 0 ? text.Length : i + stop;
        return Found(XmlPart.End, at, 0, i < text.Length && text[i] == '>' ? i + 1 : i);
    }

    bool ReadStart()
    {
        var i = NameEnd(at + 1);
        SetName(at + 1, i);
        if (Name.AsSpan().IndexOfAnyExcept(AsciiNames) >= 0 && !Name.All(c => c >= '\u0080' || AsciiNames.Contains(c))) faults.Add(at, $"<{Name} is no name.");
        Attributes.Clear();
        SelfClosing = false;
        while (true)
        {
            var spaced = i;
            i = SkipSpaces(i);
            if (i >= text.Length)
            {
                // Half a tag says nothing.
                faults.Add(at, $"<{Name} is cut off.");
                return Found(XmlPart.Aside, at, 0, text.Length);
            }
            switch (text[i])
            {
                case '>':
                    return Found(XmlPart.Start, at, 0, i + 1);
                case '/' when i + 1 < text.Length && text[i + 1] == '>':
                    SelfClosing = true;
                    return Found(XmlPart.Start, at, 0, i + 2);
                case '<':
                    faults.Add(i, $"<{Name} is not closed.");
                    return Found(XmlPart.Start, at, 0, i);
                case '/' or '=' or '"' or '\'':
                    faults.Add(i, $"{text[i]} is out of place in <{Name}>.");
                    i++;
                    break;
                default:
                    if (i == spaced) faults.Add(i, $"No space before an attribute of <{Name}>.");
                    i = ReadAttribute(i);
                    break;
            }
        }
    }

    int ReadAttribute(int start)
    {
        var end = NameEnd(start);
        var i = SkipSpaces(end);
        if (i >= text.Length || text[i] != '=')
        {
            faults.Add(start, $"An attribute of <{Name}> has no value.");
            Add(start, end, end, end);
            return end;
        }
        i = SkipSpaces(i + 1);
        if (i >= text.Length) return i;
        if (text[i] is '"' or '\'')
        {
            var close = Find(text[i] == '"' ? "\"" : "'", i + 1);
            var value = close < 0 ? default : text.AsSpan(i + 1, close - i - 1);
            if (close >= 0 && !RunsIntoMarkup(value))
            {
                if (value.Contains('<')) faults.Add(i, $"< in an attribute of <{Name}>.");
                Add(start, end, i + 1, close);
                return close + 1;
            }
            faults.Add(i, $"An attribute of <{Name}> has no closing quote.");
            i++;
        }
        else faults.Add(i, $"An attribute of <{Name}> has no quotes.");
        var stop = text.AsSpan(i).IndexOfAny(" \t\r\n>");
        stop = stop < 0 ? text.Length : i + stop;
        // In <link href=http://a.example/> the slash is both.
        if (stop < text.Length && text[stop] == '>' && stop > i && text[stop - 1] == '/') SelfClosing = true;
        Add(start, end, i, stop);
        return stop;
    }

    // A quote that closes only in a later tag: "…> <next a="; text with both signs in it is rarer than a forgotten quote.
    static bool RunsIntoMarkup(ReadOnlySpan<char> value)
    {
        while (value.IndexOf('>') is >= 0 and var close)
        {
            value = value[(close + 1)..];
            var rest = value.TrimStart();
            if (rest.Length > 1 && rest[0] == '<' && (rest[1] == '/' || char.IsAsciiLetter(rest[1]))) return value.Length > rest.Length;
            value = rest;
        }
        return false;
    }

    void Add(int name, int nameEnd, int value, int valueEnd)
    {
        if (!Attributes.Add(name, nameEnd - name, value, valueEnd - value))
            faults.Add(name, $"<{Name}> has {text.AsSpan(name, nameEnd - name)} twice.");
    }

    bool Found(XmlPart part, int start, int length, int next)
    {
        (Part, ContentStart, ContentLength, at) = (part, start, length, next);
        return true;
    }

    int Find(string mark, int from)
    {
        if (from >= text.Length || absent.Contains(mark)) return -1;
        var found = text.AsSpan(from).IndexOf(mark);
        if (found < 0) absent.Add(mark);
        return found < 0 ? -1 : from + found;
    }

    void SetName(int start, int end)
    {
        var span = text.AsSpan(start, end - start);
        if (names.TryGetValue(span, out var known)) Name = known;
        else names[span] = Name = span.ToString();
    }

    int NameEnd(int from) => text.AsSpan(from).IndexOfAny(NameEnds) is >= 0 and var length ? from + length : text.Length;
    int SkipSpaces(int from) => from >= text.Length ? text.Length : text.AsSpan(from).IndexOfAnyExcept(Spaces) is >= 0 and var length ? from + length : text.Length;
    // XML 1.0, 2.8.
    [GeneratedRegex("""^xml\s+version\s*=\s*(["'])1\.\d\1(\s+encoding\s*=\s*(["'])[A-Za-z][\w.\-]*\3)?(\s+standalone\s*=\s*(["'])(yes|no)\5)?\s*$""")]
    private static partial Regex Declaration();

    static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '_' or ':' || c >= '\u0080' && char.IsLetter(c);
}

/// <summary>The attributes of one tag: places in the document, made into strings only when asked for.</summary>
sealed class XmlAttributes(string text)
{
    readonly List<(int Name, int NameLength, int Value, int ValueLength)> all = [];
    HashSet<string>? many;

    public int Count => all.Count;
    public ReadOnlySpan<char> Name(int i) => text.AsSpan(all[i].Name, all[i].NameLength);
    public ReadOnlySpan<char> Value(int i) => text.AsSpan(all[i].Value, all[i].ValueLength);
    public int Offset(int i) => all[i].Value;

    public void Clear()
    {
        all.Clear();
        many = null;
    }

    /// <summary>False where it is there already: the first counts.</summary>
    public bool Add(int name, int nameLength, int value, int valueLength)
    {
        var span = text.AsSpan(name, nameLength);
        if (all.Count < 16)
        {
            for (var i = 0; i < all.Count; i++)
                if (Name(i).SequenceEqual(span)) return false;
        }
        else
        {
            many ??= [.. Enumerable.Range(0, all.Count).Select(i => Name(i).ToString())];
            if (!many.Add(span.ToString())) return false;
        }
        all.Add((name, nameLength, value, valueLength));
        return true;
    }
}
