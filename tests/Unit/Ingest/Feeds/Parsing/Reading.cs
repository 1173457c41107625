using System.Text;
using System.Text.Json;
using Monitoring.Hosting;
using Monitoring.Ingest.Feeds.Parsing;

namespace Tests.Unit.Feeds;

/// <summary>Small documents, and what preview answers for them, asked by path: <c>entries.0.title</c>.</summary>
static class Reading
{
    public const string Address = "http://example.org/dir/feed.xml";

    const string Modules = """
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
        xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom"
        xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:admin="http://webns.net/mvcb/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule" xmlns:cc="http://web.resource.org/cc/"
        xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
        xmlns:georss="http://www.georss.org/georss" xmlns:foaf="http://xmlns.com/foaf/0.1/"
        """;

    public static string RssFeed(string inChannel) => $"<rss version=\"2.0\" {Modules}><channel>{inChannel}</channel></rss>";
    public static string RssItem(string inItem) => RssFeed($"<item>{inItem}</item>");
    public static string AtomFeed(string inFeed) => $"<feed xmlns=\"http://www.w3.org/2005/Atom\" {Modules}>{inFeed}</feed>";
    public static string AtomEntry(string inEntry) => AtomFeed($"<entry>{inEntry}</entry>");
    public static string Atom03Feed(string inFeed) => $"<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\" {Modules}>{inFeed}</feed>";
    public static string Atom03Entry(string inEntry) => Atom03Feed($"<entry>{inEntry}</entry>");

    public static string Rdf(string inRoot) => $"<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\" {Modules}>{inRoot}</rdf:RDF>";

    public static FeedDocument Read(string document, string? contentType = null, string? address = Address) => Read(Encoding.UTF8.GetBytes(document), contentType, address);
    public static FeedDocument Read(byte[] document, string? contentType = null, string? address = Address) => FeedParser.Parse(document, contentType, address);

    /// <summary>The value at a path as text; null where there is none; <c>#</c> counts a list.</summary>
    public static string? At(this FeedDocument read, string path)
    {
        var element = JsonSerializer.SerializeToElement(read, Json.Options);
        foreach (var step in path.Split('.'))
        {
            if (step == "#") return $"{element.GetArrayLength()}";
            if (int.TryParse(step, out var index))
            {
                if (index >= element.GetArrayLength()) return null;
                element = element[index];
            }
            else if (!element.TryGetProperty(step, out element)) return null;
        }
        return element.ToString();
    }

    /// <summary>Well-formed, and what stands at the path.</summary>
    public static void Holds(string document, string path, string? expected)
    {
        var read = Read(document);
        Assert.Empty(read.Problems);
        Assert.True(read.WellFormed);
        Assert.Equal(expected, read.At(path));
    }
}
