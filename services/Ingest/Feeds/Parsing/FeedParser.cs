using System.Buffers;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// Reads a feed of any dialect, well-formed or not. Throws nothing whatever the bytes are; takes time and memory linear in them;
/// loads nothing. What it had to forgive is in <see cref="FeedDocument.Problems"/>.
/// </summary>
public static class FeedParser
{
    static readonly SearchValues<char> Forbidden = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\uFFFE\uFFFF");

    /// <param name="bytes">The document.</param>
    /// <param name="contentType">The whole Content-Type it came with; null where none was said.</param>
    /// <param name="address">Where it came from: the base of relative addresses.</param>
    public static FeedDocument Parse(ReadOnlyMemory<byte> bytes, string? contentType, string? address)
    {
        var decoded = Charset.Decode(bytes, contentType);
        var text = Normal(decoded.Text);
        var faults = new Faults(text);
        foreach (var problem in decoded.Problems) faults.Add(problem);
        if (text.AsSpan().IndexOfAny(Forbidden) is >= 0 and var bad)
        {
            faults.Add(bad, $"The character U+{(int)text[bad]:X4} stands in no document.");
            text = string.Concat(text.Split([.. text.Where(Forbidden.Contains).Distinct()]));
        }
        var start = text.AsSpan().TrimStart();
        return start.StartsWith("{") ? Json() : Xml();

        FeedDocument Json()
        {
            CheckType(contentType, "json", faults);
            var (dialect, feed, entries) = JsonFeed.Read(text, address, faults);
            if (dialect is null) faults.Add("This is JSON, but no JSON Feed.");
            return Document(decoded.Encoding, faults, dialect, feed, entries);
        }

        FeedDocument Xml()
        {
            if (!text.AsSpan().IsWhiteSpace()) CheckType(contentType, "xml", faults);
            else faults.Add("The document is empty.");
            var reader = new FeedReader(text, address, faults);
            reader.Read();
            // Of another kind of document the form does not matter.
            if (reader.Dialect is null && reader.IsHtml) faults = new(text);
            if (reader.Dialect is null) faults.Add(reader.IsHtml ? "This is an HTML page, not a feed." : "There is no feed in this document.");
            return reader.Dialect is null ? Document(decoded.Encoding, faults, null, new(), [])
                : Document(decoded.Encoding, faults, reader.Dialect, reader.Feed, reader.Entries);
        }
    }

    static FeedDocument Document(string encoding, Faults faults, string? dialect, ParsedFeed feed, IReadOnlyList<ParsedEntry> entries) =>
        new() { WellFormed = faults.None, Encoding = encoding, Problems = faults.All, Dialect = dialect, Feed = feed, Entries = entries };

    // XML 1.0, 2.11. A byte order mark that was not taken for one is no text.
    static string Normal(string text)
    {
        text = text.TrimStart('\uFEFF');
        return text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;
    }

    // A feed served as text or as a page is read, and its publisher told: other readers may not find it.
    static void CheckType(string? contentType, string family, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(contentType)) return;
        var type = contentType.Split(';', ',')[0].Trim().ToLowerInvariant();
        if (type.EndsWith($"/{family}", StringComparison.Ordinal) || type.EndsWith($"+{family}", StringComparison.Ordinal) || type.EndsWith("/xml-dtd", StringComparison.Ordinal)
            || type.EndsWith("external-parsed-entity", StringComparison.Ordinal)) return;
        faults.Add($"It was served as {(type.Length > 100 ? type[..100] : type)}, which is no type of a feed.");
    }
}
