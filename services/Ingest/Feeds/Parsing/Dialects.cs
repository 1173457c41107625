namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>Which dialect a document is written in, by its root element.</summary>
static class Dialects
{
    /// <param name="root">Key of the element.</param>
    /// <param name="written">Its name as written.</param>
    /// <param name="address">Its namespace.</param>
    /// <param name="version">Its attribute of that name.</param>
    /// <param name="isNetscape">By its document type.</param>
    /// <param name="isCdf">It has attributes that only CDF knows.</param>
    public static string Of(string root, string written, string? address, string? version, bool isNetscape, bool isCdf) => root switch
    {
        "rss" => Rss(version?.Trim() ?? "", isNetscape, address),
        "rdf:rdf" => "rss10",
        "feed" => Atom(version?.Trim(), address),
        "entry" => "atom10",
        "channel" => Namespaces.IsRss11(address) ? "rss11" : isCdf || written == "CHANNEL" ? "cdf" : "rss",
        _ => "rss",
    };

    static string Rss(string version, bool isNetscape, string? address) => version switch
    {
        "0.90" => "rss090",
        "0.91" => isNetscape ? "rss091n" : "rss091u",
        "0.92" => "rss092",
        "0.93" => "rss093",
        "0.94" => "rss094",
        "1.0" => "rss10",
        _ => version.StartsWith('2') || version.Length == 0 && address?.Contains("rss2", StringComparison.OrdinalIgnoreCase) == true ? "rss20" : "rss",
    };

    static string Atom(string? version, string? address) => version switch
    {
        "0.1" => "atom01",
        "0.2" => "atom02",
        "0.3" => "atom03",
        "1.0" => "atom10",
        _ => Namespaces.IsAtom10(address) ? "atom10" : Namespaces.IsAtom03(address) ? "atom03" : "atom",
    };
}
