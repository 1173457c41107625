using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// Reads every XML dialect in one pass: keeps the stack of open elements, mends their nesting, keeps base, language and prefixes, and
/// hands what begins and ends to the one list of elements (<c>FeedReader.Elements.cs</c>).
/// </summary>
sealed partial class FeedReader
{
    // Nested relative bases would make each other longer without end.
    const int LongestBase = 800;

    struct Frame
    {
        public string Name, Key;
        public bool IsMarkup;
        public int Mark;
        public string? Base, Language;
        public TextCapture? Capture;
        public Place Place;
    }

    readonly string text;
    readonly Faults faults;
    readonly XmlScanner scanner;
    readonly XmlReferences references;
    readonly XmlNames names = new();
    readonly List<Frame> open = [];
    readonly Dictionary<string, int> openNames = new(StringComparer.OrdinalIgnoreCase);
    bool rootSeen;

    // In force where the reader is.
    string? baseAddress, language;
    TextCapture? capture;
    Place place;

    public FeedReader(string text, string? address, Faults faults)
    {
        (this.text, this.faults, baseAddress) = (text, faults, address);
        scanner = new(text, faults);
        references = new(text, faults);
        place = new(feed);
    }

    public void Read()
    {
        while (scanner.Read())
            switch (scanner.Part)
            {
                case XmlPart.Text:
                case XmlPart.CData:
                    Text(scanner.Part == XmlPart.CData);
                    break;
                case XmlPart.Start:
                    Start();
                    break;
                case XmlPart.End:
                    End();
                    break;
                case XmlPart.Doctype:
                    if (rootSeen) faults.Add(scanner.Offset, "The document type comes after the root element.");
                    doctype = new(scanner.Content);
                    references.Declare(doctype);
                    break;
            }
        if (open.Count > 0) faults.Add(text.Length, $"<{open[^1].Name}> is not closed.");
        while (open.Count > 0) Pop();
        if (!rootSeen) faults.Add("There is no element in it.");
    }

    void Text(bool cdata)
    {
        if (open.Count == 0)
        {
            if (!cdata && scanner.Content.IsWhiteSpace()) return;
            faults.Add(scanner.Offset, rootSeen ? "There is text after the root element." : "There is text before the root element.");
            return;
        }
        if (capture is null)
        {
            // Looked at for its faults alone.
            if (!cdata && scanner.Content.Contains('&')) references.Resolve(scanner.ContentStart, scanner.ContentLength);
            return;
        }
        var start = capture.Text.Length;
        if (cdata) capture.Text.Append(text, scanner.ContentStart, scanner.ContentLength);
        else references.Append(capture.Text, scanner.ContentStart, scanner.ContentLength);
        capture.TextAdded(start);
    }

    void Start()
    {
        var name = scanner.Name;
        if (open.Count == 0 && rootSeen) faults.Add(scanner.Offset, $"<{name}> after the root element.");
        var isRoot = !rootSeen;
        rootSeen = true;
        var mark = names.Mark;
        var (outerBase, outerLanguage) = (baseAddress, language);
        ReadScope();
        CheckPrefixes(name);
        if (isRoot && name.ToLowerInvariant() is "rss" or "feed" or "channel") names.TakeDefaultAsCore();
        var key = names.Key(name);
        var isMarkup = capture is { TakesMarkup: true };
        if (isMarkup && EndsCapture(key) || key is "item" or "entry" && place.InEntry)
        {
            // The element before was never closed. Scope first belongs to what begins now, so it is read once more.
            (baseAddress, language) = (outerBase, outerLanguage);
            names.Leave(mark);
            faults.Add(scanner.Offset, $"<{open[^1].Name}> is not closed before <{name}>.");
            if (isMarkup && key is not ("item" or "entry")) PopCapture();
            else PopEntry();
            mark = names.Mark;
            (outerBase, outerLanguage) = (baseAddress, language);
            ReadScope();
            key = names.Key(name);
            isMarkup = false;
        }
        open.Add(new()
        {
            Name = name, Key = key, IsMarkup = isMarkup, Mark = mark, Base = outerBase, Language = outerLanguage, Capture = capture, Place = place,
        });
        openNames[name] = openNames.GetValueOrDefault(name) + 1;
        if (isMarkup) capture!.StartTag(MarkupName(name), MarkupAttributes());
        else Open(key);
        if (scanner.SelfClosing) Pop();
    }

    void End()
    {
        var name = scanner.Name;
        if (open.Count > 0 && open[^1].Name == name)
        {
            Pop();
            return;
        }
        if (openNames.GetValueOrDefault(name) == 0)
        {
            faults.Add(scanner.Offset, $"</{name}> closes nothing.");
            return;
        }
        faults.Add(scanner.Offset, $"</{name}> comes while <{open[^1].Name}> is open.");
        while (!open[^1].Name.Equals(name, StringComparison.OrdinalIgnoreCase)) Pop();
        Pop();
    }

    void Pop()
    {
        var frame = open[^1];
        open.RemoveAt(open.Count - 1);
        openNames[frame.Name]--;
        if (frame.IsMarkup) capture?.EndTag(MarkupName(frame.Name));
        else Close(frame);
        (capture, place, baseAddress, language) = (frame.Capture, frame.Place, frame.Base, frame.Language);
        names.Leave(frame.Mark);
    }

    void PopCapture()
    {
        while (open.Count > 0 && open[^1].IsMarkup) Pop();
        if (open.Count > 0) Pop();
    }

    void PopEntry()
    {
        while (open.Count > 0 && open[^1].Key is not ("item" or "entry")) Pop();
        if (open.Count > 0) Pop();
    }

    // Elements that can be no markup: where one begins, the text before has ended, whether closed or not.
    bool EndsCapture(string key) => !capture!.IsDeclared && key switch
    {
        "item" or "entry" => !scanner.SelfClosing,
        "pubdate" or "guid" or "dc:date" or "dc:creator" or "content:encoded" or "enclosure" or "lastbuilddate" or "managingeditor" or "webmaster"
            or "published" or "updated" or "author" or "category" or "comments" => CaptureKey is { } inner && inner != key,
        "link" or "description" => CaptureKey is "title",
        _ => false,
    };

    string? CaptureKey
    {
        get
        {
            for (var i = open.Count - 1; i >= 0 && i > open.Count - 20; i--)
                if (!open[i].IsMarkup) return open[i].Key;
            return null;
        }
    }

    // xmlns, xml:base and xml:lang hold for the element itself too.
    void ReadScope()
    {
        var attributes = scanner.Attributes;
        for (var i = 0; i < attributes.Count; i++)
        {
            var name = attributes.Name(i);
            if (name.StartsWith("xmlns", StringComparison.Ordinal) && (name.Length == 5 || name[5] == ':'))
                names.Bind(name.Length == 5 ? "" : name[6..].ToString(), attributes.Value(i).Trim().ToString());
            else if (name.Equals("xml:base", StringComparison.OrdinalIgnoreCase) || name.Equals("base", StringComparison.OrdinalIgnoreCase) && !(capture is { TakesMarkup: true }))
            {
                var written = Value(i).Trim();
                if (written.Length is > 0 and < LongestBase && UrlJoin.IsSafe(written) && UrlJoin.Resolve(baseAddress, written) is { Length: < LongestBase } resolved) baseAddress = resolved;
            }
            else if (name.Equals("xml:lang", StringComparison.OrdinalIgnoreCase) || name.Equals("lang", StringComparison.OrdinalIgnoreCase) && !(capture is { TakesMarkup: true }))
                language = Language(Value(i));
        }
    }

    void CheckPrefixes(string name)
    {
        if (name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !names.IsBound(name.AsSpan(0, colon)))
            faults.Add(scanner.Offset, $"The prefix of <{name}> is not declared.");
        var attributes = scanner.Attributes;
        for (var i = 0; i < attributes.Count; i++)
        {
            var attribute = attributes.Name(i);
            if (attribute.IndexOf(':') is > 0 and var mark && !attribute.StartsWith("xmlns:", StringComparison.Ordinal) && !names.IsBound(attribute[..mark]))
                faults.Add(scanner.Offset, $"The prefix of {attribute} is not declared.");
            // Their values are resolved only where they are wanted; whether they can be is a matter of form.
            if (attributes.Value(i).Contains('&')) references.Resolve(attributes.Offset(i), attributes.Value(i).Length);
        }
    }

    string Value(int i) => references.Resolve(scanner.Attributes.Offset(i), scanner.Attributes.Value(i).Length, told: true).Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>An attribute of the tag just read, by its name in lower case, whatever its prefix is called.</summary>
    string? Attribute(string name)
    {
        var attributes = scanner.Attributes;
        for (var i = 0; i < attributes.Count; i++)
            if (attributes.Name(i).Equals(name, StringComparison.OrdinalIgnoreCase)) return Value(i);
        return null;
    }

    string? AttributeOf(string vocabulary, string local)
    {
        var attributes = scanner.Attributes;
        for (var i = 0; i < attributes.Count; i++)
            if (attributes.Name(i).EndsWith(local, StringComparison.OrdinalIgnoreCase) && names.Key(attributes.Name(i).ToString()) == $"{vocabulary}:{local}") return Value(i);
        return null;
    }

    // For inline markup: prefixes go, nested bases are applied here, for the sanitiser knows of one base only.
    string MarkupAttributes()
    {
        var attributes = scanner.Attributes;
        if (attributes.Count == 0) return "";
        var written = new StringBuilder();
        for (var i = 0; i < attributes.Count; i++)
        {
            var name = attributes.Name(i);
            if (name.StartsWith("xmlns", StringComparison.Ordinal) || name.StartsWith("xml:base", StringComparison.OrdinalIgnoreCase)) continue;
            var local = MarkupName(name.ToString());
            var value = Value(i);
            if (baseAddress != capture!.Base && HtmlAllowed.Addresses.Contains(local) && UrlJoin.IsSafe(value)) value = UrlJoin.Resolve(baseAddress, value);
            written.Append(' ').Append(local).Append("=\"").Append(value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)).Append('"');
        }
        return written.ToString();
    }

    // Prefixes for HTML and what may stand in it go; <o:p> is no <p>.
    string MarkupName(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return name;
        var key = names.Key(name);
        return !key.Contains(':', StringComparison.Ordinal) || key.StartsWith("xhtml:", StringComparison.Ordinal) || key.StartsWith("svg:", StringComparison.Ordinal)
            || key.StartsWith("mathml:", StringComparison.Ordinal) ? name[(colon + 1)..] : name;
    }

    static string? Language(string written) => written.Trim().Replace('_', '-') is { Length: > 0 } tag ? tag : null;
}
