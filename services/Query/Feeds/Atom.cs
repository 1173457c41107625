using System.Text;
using System.Xml;

namespace Monitoring.Query.Feeds;

/// <summary>Atom 1.0 (RFC 4287).</summary>
static class Atom
{
    public const string ContentType = "application/atom+xml; charset=utf-8";

    const string Namespace = "http://www.w3.org/2005/Atom";

    public static byte[] Write(FeedContent feed)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("feed", Namespace);
            Element(xml, "id", $"urn:uuid:{feed.Id}");
            Element(xml, "title", FeedEntry.Text(feed.Title));
            Element(xml, "updated", Instant(feed.Updated));
            // Entries of outlets that do not name themselves need one from here (4.1.1).
            Person(xml, "Monitoring");
            Link(xml, "self", feed.Self.AbsoluteUri);
            if (feed.Hub is { } hub) Link(xml, "hub", hub.AbsoluteUri);
            foreach (var entry in feed.Entries) Entry(xml, entry, feed.Home);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    static void Entry(XmlWriter xml, FeedEntry entry, string home)
    {
        xml.WriteStartElement("entry", Namespace);
        if (entry.Article.Language is { } language and not "und") xml.WriteAttributeString("xml", "lang", null, language);
        Element(xml, "id", entry.Id);
        Element(xml, "title", entry.Title);
        Element(xml, "updated", Instant(entry.Updated));
        if (entry.Article.Published is { } published) Element(xml, "published", Instant(published));
        Link(xml, "alternate", entry.Link(home));
        foreach (var author in entry.Authors) Person(xml, author);
        if (entry.Summary is { } summary) Element(xml, "summary", summary);
        foreach (var topic in entry.Article.Topics)
        {
            xml.WriteStartElement("category", Namespace);
            xml.WriteAttributeString("term", topic.Id);
            xml.WriteAttributeString("label", topic.Name);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, text);

    static void Person(XmlWriter xml, string name)
    {
        xml.WriteStartElement("author", Namespace);
        Element(xml, "name", name);
        xml.WriteEndElement();
    }

    static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    static string Instant(DateTimeOffset instant) => XmlConvert.ToString(instant.UtcDateTime, XmlDateTimeSerializationMode.Utc);
}
