using System.Globalization;
using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>One run of <see cref="HtmlFragment.Sanitise(string, string?)"/> over a text without control characters.</summary>
sealed class HtmlSanitiser(string markup, string? baseAddress, bool xml)
{
    const string SvgNamespace = "http://www.w3.org/2000/svg", MathNamespace = "http://www.w3.org/1998/Math/MathML", XlinkNamespace = "http://www.w3.org/1999/xlink";

    readonly HtmlTokens tokens = new(markup, xml);
    readonly StringBuilder written = new(markup.Length + 64);
    readonly OpenElements open = new();
    readonly List<string> seen = [];
    string? dropped;
    int depth;

    public string Run()
    {
        while (tokens.Next())
            if (dropped is not null) Drop();
            else
                switch (tokens.Kind)
                {
                    case HtmlTokenKind.Text:
                        WriteText(tokens.Start, tokens.Start + tokens.Length);
                        break;
                    case HtmlTokenKind.Literal:
                        WriteEscaped(markup.AsSpan(tokens.Start, tokens.Length));
                        break;
                    case HtmlTokenKind.StartTag:
                        StartTag();
                        break;
                    case HtmlTokenKind.EndTag:
                        EndTag();
                        break;
                }
        open.CloseAll(written);
        return written.ToString();
    }

    void Drop()
    {
        if (tokens.Name != dropped) return;
        if (tokens.Kind == HtmlTokenKind.StartTag && !tokens.SelfClosing) depth++;
        else if (tokens.Kind == HtmlTokenKind.EndTag && --depth == 0) dropped = null;
    }

    void StartTag()
    {
        var name = tokens.Name;
        if (HtmlAllowed.DroppedWhole.Contains(name))
        {
            if (xml || name == "applet") (dropped, depth) = tokens.SelfClosing ? (null, 0) : (name, 1);
            // Scripts and styles hold no markup. An XML author's <script src="…"/> has no end tag; any other unclosed one has the rest.
            else if (!tokens.SkipElement(name) && !tokens.SelfClosing) tokens.SkipRest();
            return;
        }
        var math = name == "math" || open.Depth("math") >= 0;
        if ((name == "svg" || IsDrawing) && HtmlAllowed.SvgElements.TryGetValue(name, out var svgName))
        {
            WriteTag(svgName, name, Vocabulary.Svg);
            return;
        }
        // HTML ends a drawing, in browsers too.
        if (HtmlAllowed.Elements.Contains(name))
            while (IsDrawing && open.Close("svg", written)) { }
        if (math && HtmlAllowed.MathElements.Contains(name)) WriteTag(name, name, Vocabulary.Math);
        else if (HtmlAllowed.Elements.Contains(name)) WriteTag(name, name, Vocabulary.Html);
    }

    // HTML is welcome within these three, and there a title would be the page's.
    bool IsDrawing => open.Depth("svg") > Math.Max(Math.Max(open.Depth("foreignobject"), open.Depth("desc")), open.Depth("title"));

    void EndTag()
    {
        if (!HtmlAllowed.Void.Contains(tokens.Name)) open.Close(tokens.Name, written);
    }

    void WriteTag(string shown, string name, Vocabulary vocabulary)
    {
        written.Append('<').Append(shown);
        seen.Clear();
        foreach (var attribute in tokens.Attributes)
            if (Allowed(attribute.Name, vocabulary) is { } kept && !seen.Contains(kept) && Value(attribute, name, vocabulary) is { } value)
            {
                seen.Add(kept);
                WriteAttribute(kept, value);
            }
        if (name is "svg" or "math" && !seen.Contains("xmlns")) WriteAttribute("xmlns", name == "svg" ? SvgNamespace : MathNamespace);
        if (vocabulary != Vocabulary.Html && !seen.Contains("xmlns:xlink") && seen.Exists(kept => kept.StartsWith("xlink:", StringComparison.Ordinal)))
            WriteAttribute("xmlns:xlink", XlinkNamespace);
        if (vocabulary == Vocabulary.Html && HtmlAllowed.Void.Contains(name)) written.Append(" />");
        else if (tokens.SelfClosing) written.Append("></").Append(shown).Append('>');
        else
        {
            written.Append('>');
            open.Push(name, shown);
        }
    }

    // The value is escaped already.
    void WriteAttribute(string name, string value) =>
        written.Append(' ').Append(name).Append("=\"").Append(value).Append('"');

    static string? Allowed(string name, Vocabulary vocabulary) => vocabulary switch
    {
        Vocabulary.Svg => HtmlAllowed.SvgAttributes.GetValueOrDefault(name),
        Vocabulary.Math => HtmlAllowed.MathAttributes.Contains(name) ? name : null,
        _ => HtmlAllowed.Attributes.Contains(name) ? name : null,
    };

    // Null removes the attribute.
    string? Value(HtmlAttribute attribute, string element, Vocabulary vocabulary)
    {
        if (attribute.Length < 0) return HtmlAllowed.Addresses.Contains(attribute.Name) || attribute.Name is "style" or "xmlns" ? null : attribute.Name;
        switch (attribute.Name)
        {
            case "style":
                return CssDeclarations.Sanitise(Decoded(attribute), vocabulary == Vocabulary.Svg) is { Length: > 0 } style ? Escaped(style) : null;
            case "xmlns":
                return Decoded(attribute) is var uri && uri == (element == "math" ? MathNamespace : SvgNamespace) && element is "svg" or "math" ? uri : null;
            case "xmlns:xlink":
                return Decoded(attribute) == XlinkNamespace ? XlinkNamespace : null;
        }
        if (HtmlAllowed.Addresses.Contains(attribute.Name)) return Address(attribute, element, vocabulary) is { } address ? Escaped(address) : null;
        if (vocabulary == Vocabulary.Svg && !IsStill(attribute)) return null;
        return Given(attribute);
    }

    string? Address(HtmlAttribute attribute, string element, Vocabulary vocabulary)
    {
        var given = Decoded(attribute);
        // Drawings refer to their own parts; only a link leads elsewhere.
        if (vocabulary == Vocabulary.Svg && element != "a") return given.StartsWith('#') ? given : null;
        var address = UrlJoin.Resolve(baseAddress, given);
        return UrlJoin.IsSafe(address) || element == "img" && attribute.Name == "src" && IsPicture(address) ? address : null;
    }

    // Pictures of dots; an SVG is a document that can do more.
    static bool IsPicture(string address) =>
        Pictures.Any(type => address.StartsWith($"data:image/{type};base64,", StringComparison.OrdinalIgnoreCase));

    static readonly string[] Pictures = ["png", "gif", "jpeg", "jpg", "webp", "avif", "bmp"];

    // What an animation can put into a link, and what a paint can fetch.
    bool IsStill(HtmlAttribute attribute)
    {
        var value = string.Concat(HtmlEntities.Decode(Decoded(attribute)).Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c)));
        if (attribute.Name == "attributename") return !value.EndsWith("href", StringComparison.OrdinalIgnoreCase) && !value.StartsWith("on", StringComparison.OrdinalIgnoreCase);
        if (attribute.Name is "to" or "from" or "by" or "values" && !value.Split(';').All(UrlJoin.IsSafe)) return false;
        for (var url = value.IndexOf("url(", StringComparison.OrdinalIgnoreCase); url >= 0; url = value.IndexOf("url(", url + 4, StringComparison.OrdinalIgnoreCase))
            if (url + 4 >= value.Length || value[url + 4] != '#') return false;
        return !value.Contains('\\', StringComparison.Ordinal);
    }

    string Decoded(HtmlAttribute attribute) => HtmlEntities.Decode(markup.Substring(attribute.Start, attribute.Length));

    static string Escaped(string value) => value
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    string Given(HtmlAttribute attribute)
    {
        var value = markup.AsSpan(attribute.Start, attribute.Length);
        if (value.IndexOfAny("&<>\"") < 0) return value.ToString();
        var given = new StringBuilder(attribute.Length + 16);
        var end = attribute.Start + attribute.Length;
        for (var i = attribute.Start; i < end;)
            switch (markup[i])
            {
                case '&': i += WriteReference(i, end, given, quoted: true); break;
                case '<': given.Append("&lt;"); i++; break;
                case '>': given.Append("&gt;"); i++; break;
                case '"': given.Append("&quot;"); i++; break;
                default: given.Append(markup[i++]); break;
            }
        return given.ToString();
    }

    void WriteText(int from, int to)
    {
        while (from < to)
        {
            var plain = markup.AsSpan(from, to - from).IndexOfAny('<', '&');
            if (plain < 0) plain = to - from;
            written.Append(markup, from, plain);
            from += plain;
            if (from >= to) return;
            if (markup[from] == '&') from += WriteReference(from, to, written, quoted: false);
            else
            {
                written.Append("&lt;");
                from++;
            }
        }
    }

    // A reference stays as written, so that what the author escaped stays escaped; one that browsers repair is repaired here.
    int WriteReference(int at, int end, StringBuilder to, bool quoted)
    {
        if (HtmlEntities.At(markup, at) is not { } reference || at + reference.Length > end)
        {
            to.Append("&amp;");
            return 1;
        }
        var symbol = reference.Symbol;
        var isNumber = markup[at + 1] == '#';
        if (isNumber && (symbol == "\uFFFD" || char.IsControl(symbol[0]) && symbol[0] is not ('\t' or '\n' or '\r'))) to.Append('\uFFFD');
        else if (reference.Repaired) to.Append(CultureInfo.InvariantCulture, $"&#x{(int)symbol[0]:x};");
        // Quotation marks need no escape where nothing is quoted.
        else if (isNumber && (symbol == "'" || symbol == "\"" && !quoted)) to.Append(symbol);
        else to.Append(markup, at, reference.Length).Append(markup[at + reference.Length - 1] == ';' ? "" : ";");
        return reference.Length;
    }

    void WriteEscaped(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (c == '<') written.Append("&lt;");
            else if (c == '&') written.Append("&amp;");
            else written.Append(c);
    }

    enum Vocabulary { Html, Svg, Math }
}
