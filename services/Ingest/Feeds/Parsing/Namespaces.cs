using System.Collections.Frozen;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// The vocabularies feeds are written in, by the prefix usual for each; "" is RSS and Atom themselves. Addresses are compared without
/// scheme, www, case and closing sign, because publishers write them from memory.
/// </summary>
static class Namespaces
{
    static readonly FrozenDictionary<string, string> ByAddress = new Dictionary<string, string>
    {
        ["backend.userland.com/rss"] = "", ["backend.userland.com/rss2"] = "", ["backend.userland.com/rss091"] = "", ["backend.userland.com/rss092"] = "",
        ["blogs.law.harvard.edu/tech/rss"] = "", ["cyber.law.harvard.edu/rss/rss.html"] = "", ["cyber.law.harvard.edu/rss"] = "",
        ["purl.org/rss/1.0"] = "", ["my.netscape.com/rdf/simple/0.9"] = "", ["channel.netscape.com/rdf/simple/0.9"] = "", ["purl.org/net/rss1.1"] = "",
        ["w3.org/2005/atom"] = "", ["example.com/newformat"] = "", ["example.com/necho"] = "", ["uri/of/echo/namespace"] = "", ["purl.org/pie"] = "",
        ["purl.org/echo"] = "", ["purl.org/rss/1.0/modules/rss091"] = "", ["purl.org/rss/2.0"] = "", ["rssboard.org/rss-specification"] = "",
        ["w3.org/1999/xhtml"] = "xhtml", ["w3.org/1999/02/22-rdf-syntax-ns"] = "rdf", ["w3.org/xml/1998/namespace"] = "xml",
        ["purl.org/dc/dcmitype"] = "dcmitype", ["webns.net/mvcb"] = "admin", ["purl.org/rss/1.0/modules/syndication"] = "sy",
        ["web.resource.org/cc"] = "cc", ["creativecommons.org/ns"] = "cc", ["creativecommons.org/ns#license"] = "cc",
        ["backend.userland.com/creativecommonsrssmodule"] = "creativecommons", ["cyber.law.harvard.edu/rss/creativecommonsrssmodule.html"] = "creativecommons",
        ["rssnamespace.org/feedburner/ext/1.0"] = "feedburner", ["pheedo.com/namespace/pheedo"] = "pheedo", ["wellformedweb.org/commentapi"] = "wfw",
        ["madskills.com/public/xml/rss/module/trackback"] = "trackback", ["xmlns.com/foaf/0.1"] = "foaf", ["georss.org/georss"] = "georss",
        ["google.com/schemas/play-podcasts/1.0"] = "itunes", ["purl.org/syndication/thread/1.0"] = "thr", ["w3.org/1998/math/mathml"] = "mathml",
        ["w3.org/2000/svg"] = "svg", ["w3.org/1999/xlink"] = "xlink",
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<string, string> ByStart = new Dictionary<string, string>
    {
        ["purl.org/atom/"] = "", ["purl.org/dc/elements/"] = "dc", ["purl.org/dc/terms"] = "dcterms", ["purl.org/metadata/dublin_core"] = "dc",
        ["itunes.com/dtds/"] = "itunes", ["example.com/dtds/podcast"] = "itunes", ["search.yahoo.com/mrss"] = "media", ["tools.search.yahoo.com/mrss"] = "media",
        ["purl.org/rss/1.0/modules/content"] = "content", ["purl.org/rss/modules/content"] = "content",
    }.ToFrozenDictionary();

    // Prefixes that stand for another usual one.
    static readonly FrozenDictionary<string, string> Synonyms = new Dictionary<string, string>
    {
        ["atom"] = "", ["atom03"] = "", ["atom10"] = "", ["a10"] = "", ["rss"] = "", ["rss1"] = "", ["rss2"] = "", ["syn"] = "sy", ["dct"] = "dcterms",
        ["googleplay"] = "itunes", ["html"] = "xhtml", ["h"] = "xhtml", ["mrss"] = "media", ["dublincore"] = "dc",
    }.ToFrozenDictionary();

    /// <summary>The usual prefix of an address; null where it is none of feeds.</summary>
    public static string? Known(string address)
    {
        var plain = Plain(address);
        if (ByAddress.TryGetValue(plain, out var prefix)) return prefix;
        foreach (var (start, module) in ByStart)
            if (plain.StartsWith(start, StringComparison.Ordinal)) return module;
        return plain.StartsWith("purl.org/rss/1.0/modules/", StringComparison.Ordinal) ? plain["purl.org/rss/1.0/modules/".Length..] : null;
    }

    /// <summary>What a prefix usually means, for documents that declare it not or with an address of their own.</summary>
    public static string ByPrefix(string prefix)
    {
        var lower = prefix.ToLowerInvariant();
        return Synonyms.GetValueOrDefault(lower, lower);
    }

    public static bool IsRss1(string? address) => Plain(address ?? "") == "purl.org/rss/1.0";
    public static bool IsRss11(string? address) => Plain(address ?? "") == "purl.org/net/rss1.1";
    public static bool IsRss09(string? address) => Plain(address ?? "").Contains("netscape.com/rdf/simple", StringComparison.Ordinal);
    public static bool IsAtom10(string? address) => Plain(address ?? "") == "w3.org/2005/atom" || Plain(address ?? "").StartsWith("purl.org/atom/ns#draft", StringComparison.Ordinal);
    public static bool IsAtom03(string? address) => Plain(address ?? "") == "purl.org/atom/ns";

    static string Plain(string address)
    {
        var plain = address.Trim().ToLowerInvariant();
        var scheme = plain.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0) plain = plain[(scheme + 3)..];
        if (plain.StartsWith("www.", StringComparison.Ordinal)) plain = plain[4..];
        return plain.TrimEnd('/', '#');
    }
}
