using System.Text.RegularExpressions;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;
using Monitoring.Ingest.Formats;

namespace Monitoring.Ingest.Feeds;

/// <param name="Url">Absolute http or https address.</param>
/// <param name="Title">What the page calls it.</param>
/// <param name="Type">Media type that the page announces, in lower case.</param>
public sealed record FeedCandidate(string Url, string? Title, string? Type);

/// <summary>
/// Which feeds a page has: those it announces (<c>link rel="alternate"</c>, by the RSS Advisory Board's autodiscovery and HTML's
/// <c>rel="feed"</c>), then those it links to.
/// </summary>
public static partial class FeedDiscovery
{
    const int MaxCandidates = 100, MaxAddress = 2048, MaxText = 200;

    enum Rank { Announced, Linked, Partial }

    /// <summary>Most likely the page's main feed first; those of comments, categories and tags last. At most 100. Reads tags only, once, whatever they are nested in.</summary>
    /// <param name="html">The page, or its beginning.</param>
    /// <param name="pageAddress">Where it came from in the end.</param>
    public static IReadOnlyList<FeedCandidate> Find(string html, Uri pageAddress)
    {
        var found = new List<(Rank Rank, bool IsJson, FeedCandidate Candidate)>();
        var page = new Page(pageAddress);
        using var source = new TextSource(Bangs().Replace(html, ""));
        var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        (HtmlTagToken Tag, string Text)? anchor = null;
        while (tokens.Get() is { Type: not HtmlTokenType.EndOfFile } token && found.Count < MaxCandidates)
        {
            if (token is HtmlTagToken tag)
            {
                if (anchor is { } open && tag.Name == "a")
                {
                    Add(page.Linked(open.Tag, open.Text));
                    anchor = null;
                }
                if (tag.Type != HtmlTokenType.StartTag) continue;
                if (Raw(tag.Name) is { } mode) tokens.State = mode;
                else if (tag.Name == "base") page.SetBase(tag.GetAttribute("href"));
                else if (tag.Name == "link") Add(page.Announced(tag));
                else if (tag.Name == "a") anchor = (tag, "");
                // A picture that says RSS is a link that says RSS.
                else if (tag.Name == "img" && anchor is { } around) anchor = (around.Tag, Cut(around.Text + " " + tag.GetAttribute("alt")));
            }
            else if (anchor is { } inside && token.Type == HtmlTokenType.Character) anchor = (inside.Tag, Cut(inside.Text + token.Data[..Math.Min(token.Data.Length, MaxText)]));
        }
        if (anchor is { } last) Add(page.Linked(last.Tag, last.Text));
        return [.. found.OrderBy(one => one.Rank).ThenBy(one => one.IsJson).Select(one => one.Candidate).DistinctBy(one => one.Url, StringComparer.Ordinal)];

        void Add((Rank, bool, FeedCandidate)? candidate)
        {
            if (candidate is { } some) found.Add(some);
        }
    }

    static string Cut(string text) => text.Length > MaxText ? text[..MaxText] : text;

    // What is no markup inside them: a script may write links that are none.
    static HtmlParseMode? Raw(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        _ => null,
    };

    sealed class Page(Uri address)
    {
        bool IsPart => Part().IsMatch(address.PathAndQuery);
        Uri? baseAddress;

        public void SetBase(string? href)
        {
            // The first one counts.
            if (baseAddress is not null || string.IsNullOrWhiteSpace(href) || !Uri.TryCreate(address, href.Trim(), out var uri) || !IsWeb(uri)) return;
            baseAddress = uri;
        }

        public (Rank, bool, FeedCandidate)? Announced(HtmlTagToken link)
        {
            var rel = (link.GetAttribute("rel") ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var type = MediaType(link.GetAttribute("type"));
            if (Absolute(link.GetAttribute("href")) is not { } url) return null;
            if (!rel.Contains("feed") && !(rel.Contains("alternate") && !rel.Contains("stylesheet") && (type is null ? FeedAddress().IsMatch(Path(url)) : IsFeed(type, url)))) return null;
            return Rated(url, CleanText.Line(link.GetAttribute("title")), type, Rank.Announced);
        }

        public (Rank, bool, FeedCandidate)? Linked(HtmlTagToken anchor, string text)
        {
            if (Absolute(anchor.GetAttribute("href")) is not { } url || Reader().IsMatch(url)) return null;
            var name = CleanText.Line(text) ?? CleanText.Line(anchor.GetAttribute("title")) ?? CleanText.Line(anchor.GetAttribute("aria-label"));
            var type = MediaType(anchor.GetAttribute("type"));
            var says = FeedAddress().IsMatch(Path(url)) || FeedHost().IsMatch(url) || name is { Length: <= 60 } && FeedText().IsMatch(name) || type is not null && IsFeed(type, url);
            return says && !Document().IsMatch(Path(url)) ? Rated(url, name, type, Rank.Linked) : null;
        }

        (Rank, bool, FeedCandidate) Rated(string url, string? title, string? type, Rank rank) =>
            (!IsPart && Part().IsMatch(Path(url)) || Comments().IsMatch(Path(url)) || Comments().IsMatch(title ?? "") || !IsPart && PartTitle().IsMatch(title ?? "") ? Rank.Partial : rank,
                type?.EndsWith("json", StringComparison.Ordinal) ?? url.EndsWith(".json", StringComparison.OrdinalIgnoreCase),
                new FeedCandidate(url, title, type));

        string? Absolute(string? href)
        {
            if (string.IsNullOrWhiteSpace(href) || href.Length > MaxAddress) return null;
            var given = FeedScheme().Replace(href.Trim(), match => match.Groups["inner"].Success ? match.Groups["inner"].Value : "http://");
            if (!Uri.TryCreate(baseAddress ?? address, given, out var uri) || !IsWeb(uri)) return null;
            var url = WithoutFragment(uri);
            return url == WithoutFragment(address) ? null : url;
        }

        static string WithoutFragment(Uri uri) => uri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.Fragment, UriFormat.UriEscaped);
        static bool IsWeb(Uri uri) => (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0;
        static string Path(string url) => new Uri(url).PathAndQuery;
    }

    static string? MediaType(string? type) => CleanText.Line(type?.Split(';')[0])?.ToLowerInvariant();

    // Types that say XML or JSON only: WordPress announces its API and previews to embed by them too.
    static bool IsFeed(string type, string url) => type switch
    {
        "application/rss+xml" or "application/atom+xml" or "application/rdf+xml" or "application/feed+json" or "application/x-rss+xml" or "application/x-atom+xml" or "application/rss" or "application/atom" or "text/rss+xml" or "text/atom+xml" or "text/rss" => true,
        "application/xml" or "text/xml" or "application/json" or "text/json" => !NoFeed().IsMatch(url),
        _ => false,
    };

    /// <summary>Within a comment AngleSharp 1.10.3 goes a step down its stack for each of these, until the process ends. Without them the comment ends where it did.</summary>
    [GeneratedRegex("(?<=--)!(?=-)")]
    private static partial Regex Bangs();

    [GeneratedRegex(@"/wp-json/|oembed|sitemap|manifest|opensearch|rsd\b|\.opml\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoFeed();

    [GeneratedRegex(@"/(feeds?|rss2?|atom|rdf)(/|$|\?)|[./](rss|atom|rdf)(\.xml|\.php|\.aspx?)?/?($|\?)|/(feed|feeds|index|rss2?|atom|news|headlines|top)\.(xml|rss|rdf|json)($|\?)|[?&](feed|format|type|output|alt|fmt)=(rss2?|atom|rdf|feed)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FeedAddress();

    [GeneratedRegex(@"^https?://(feeds?|rss)\d?\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FeedHost();

    [GeneratedRegex(@"\b(rss(\s?2\.0)?|atom|(news|xml|json)[ -]?feeds?|feeds?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FeedText();

    [GeneratedRegex(@"/comments?(/|$|\?)|comments?[-_.]?(feed|rss|xml|atom)|(feed|rss|atom)[-_/.]?comments?|comments?-rss2|\b(comments?|kommentare?|commentaires?|comentarios?|commenti|reacties)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Comments();

    [GeneratedRegex(@"/(category|categories|tags?|topics?|authors?|label|labels|search|kategorie|schlagwort)/|[?&](cat|tag|author|s|label|category|search)=|/-/", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(@"\b(category|categories|tag|author|search results|kategorie|schlagwort)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PartTitle();

    /// <summary>Buttons that add to a feed reader, or share.</summary>
    [GeneratedRegex(@"^https?://([\w-]+\.)*(feedly\.com|inoreader\.com|newsblur\.com|netvibes\.com|theoldreader\.com|bloglines\.com|newsgator\.com|my\.yahoo\.com|my\.msn\.com|fusion\.google\.com|google\.com/(reader|ig)|facebook\.com|twitter\.com|x\.com|linkedin\.com|addtoany\.com|wikipedia\.org)(/|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reader();

    [GeneratedRegex(@"\.(pdf|jpe?g|png|gif|svg|webp|mp[34]|zip|css|js|exe|docx?|opml)($|\?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Document();

    [GeneratedRegex("^feed:((?<inner>https?:)|//(?<inner>https?:(?=//))|//)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FeedScheme();
}
