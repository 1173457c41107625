using System.Globalization;
using System.Text;
using System.Xml;
using Monitoring.Ingest.Formats;

namespace Monitoring.Ingest.Feeds;

/// <summary>A feed that an OPML file lists, or why a line of it is none.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Url">The feed's address, http or https. Of a line with a problem: as far as it was understood.</param>
/// <param name="Title">What its reader called it.</param>
/// <param name="Site">Address of its pages.</param>
/// <param name="Folders">Paths with "/" between the folders; none for a feed that lies in no folder.</param>
/// <param name="Problem">For a person: why it is not taken. Null where it is.</param>
public sealed record OpmlLine(int Line, string? Url, string? Title, string? Site, IReadOnlyList<string> Folders, string? Problem);

/// <param name="Url">The feed's address.</param>
/// <param name="Title">Its name.</param>
/// <param name="Site">Address of its pages.</param>
/// <param name="Folders">Paths with "/" between the folders.</param>
public sealed record OpmlFeed(string Url, string? Title, string? Site, IReadOnlyList<string> Folders);

/// <summary>Lists of feeds as feed readers exchange them (OPML 1.0, 1.1 and 2.0, opml.org): outlines within outlines are folders.</summary>
public static class Opml
{
    public const int MaxOutlines = 10_000;
    public const int MaxDepth = 50;
    public const int MaxName = 200;

    /// <summary>
    /// Reads what can be read: loose ampersands, HTML's entities and undeclared prefixes are forgiven; where the XML breaks off,
    /// one line says so. A feed listed again in another folder is one feed with both folders. Never throws.
    /// </summary>
    /// <param name="bytes">The file.</param>
    /// <param name="contentType">Of the request or response, for its charset.</param>
    /// <returns>In the order of the file.</returns>
    public static IReadOnlyList<OpmlLine> Read(ReadOnlyMemory<byte> bytes, string? contentType)
    {
        var list = new OpmlOutlines();
        // Namespaces off: an exporter's own attributes (frss:…) may lack their declaration. No resolver, and entities are unknown
        // there, so that nothing is fetched or expanded.
        using var xml = new XmlTextReader(new StringReader(OpmlText.Read(bytes.Span, contentType))) { Namespaces = false, DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        try
        {
            while (list.Goes && xml.Read())
            {
                if (!xml.Name.Equals("outline", StringComparison.OrdinalIgnoreCase)) continue;
                if (xml.NodeType == XmlNodeType.Element) list.Start(xml.LineNumber, Attributes(xml), xml.IsEmptyElement);
                else if (xml.NodeType == XmlNodeType.EndElement) list.End();
            }
        }
        catch (XmlException broken)
        {
            list.Report(Math.Max(1, broken.LineNumber), $"The XML breaks off here, and nothing was read beyond: {broken.Message}");
        }
        return list.Lines;
    }

    /// <returns>OPML 2.0. A feed in several folders is listed in each.</returns>
    public static string Write(IEnumerable<OpmlFeed> feeds, string title, DateTimeOffset created)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("opml");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteStartElement("head");
            xml.WriteElementString("title", Name(title));
            xml.WriteElementString("dateCreated", created.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteStartElement("body");
            // In the order of their paths, so that walking from one to the next closes folders and opens others.
            string[] open = [];
            foreach (var (path, feed) in feeds.SelectMany(feed => Paths(feed).Select(path => (path, feed))).OrderBy(listed => string.Join('\0', listed.path), StringComparer.Ordinal))
            {
                var common = open.Zip(path).TakeWhile(pair => pair.First == pair.Second).Count();
                for (var i = open.Length; i > common; i--) xml.WriteEndElement();
                foreach (var folder in path.AsSpan(common))
                {
                    xml.WriteStartElement("outline");
                    xml.WriteAttributeString("text", folder);
                }
                open = path;
                WriteFeed(xml, feed);
            }
        }
        return text.Append('\n').ToString();
    }

    static void WriteFeed(XmlWriter xml, OpmlFeed feed)
    {
        xml.WriteStartElement("outline");
        xml.WriteAttributeString("type", "rss");
        // A text is required; what has no name is known by its address.
        xml.WriteAttributeString("text", Name(feed.Title) is { Length: > 0 } name ? name : feed.Url);
        if (Name(feed.Title) is { Length: > 0 } title) xml.WriteAttributeString("title", title);
        xml.WriteAttributeString("xmlUrl", feed.Url);
        if (feed.Site is { } site) xml.WriteAttributeString("htmlUrl", site);
        xml.WriteEndElement();
    }

    static List<string[]> Paths(OpmlFeed feed)
    {
        var paths = feed.Folders.Select(Path).Where(path => path.Length > 0).Distinct(StringComparer.Ordinal).Select(path => path.Split('/')).ToList();
        return paths.Count > 0 ? paths : [[]];
    }

    /// <summary>A path as it is kept: no empty folders, no ragged white space, no deeper than is read.</summary>
    public static string Path(string? path) =>
        string.Join('/', (path ?? "").Split('/').Select(Name).Where(folder => folder.Length > 0).Take(MaxDepth - 1));

    /// <summary>One line of characters that XML may hold, cut at <see cref="MaxName"/>.</summary>
    internal static string Name(string? text)
    {
        if (CleanText.Line(text) is not { } line) return "";
        var kept = new StringBuilder(Math.Min(line.Length, MaxName));
        foreach (var rune in line.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > MaxName) break;
            if (rune.Value is not (0xFFFE or 0xFFFF)) kept.Append(rune);
        }
        return kept.ToString().Trim();
    }

    static Dictionary<string, string> Attributes(XmlTextReader xml)
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (xml.MoveToNextAttribute()) attributes.TryAdd(xml.Name, xml.Value.Trim());
        xml.MoveToElement();
        return attributes;
    }
}
