using System.Text.RegularExpressions;
using Monitoring.Ingest.Articles;
using Monitoring.Ingest.Feeds.Parsing;
using Monitoring.Ingest.Formats;
using Monitoring.Ingest.Pages;

namespace Monitoring.Ingest.Feeds;

/// <summary>The article that an entry of a feed is. What a publisher got wrong in one member does not cost the others.</summary>
public static partial class EntryArticle
{
    /// <summary>In characters: shorter texts of feeds are teasers mostly, and what news there is in so few words a page has too.</summary>
    const int ShortText = 600;

    const int MaxListed = 100, MaxName = 300;

    /// <summary>Hosts that only lead on to the outlet's page.</summary>
    static readonly HashSet<string> Redirectors = ["feedproxy.google.com", "feeds.feedburner.com", "rss.feedsportal.com", "news.google.com", "feeds.reuters.com", "feedpress.me", "rss.app"];

    public static Submission From(ParsedEntry entry, ParsedFeed parsed, FeedSettings settings)
    {
        var title = Text(entry.Title, entry.TitleType);
        var body = entry.Content.Select(content => Text(content.Value, content.Type)).Append(Text(entry.Summary, entry.SummaryType))
            .OfType<string>().MaxBy(text => text.Length);
        // Some feeds repeat the headline as the text.
        if (body is not null && body == title) body = null;
        // Longer than any headline: a text, which micro-blogs give in the title.
        if (title?.Length > SubmissionChecks.MaxTitle) (title, body) = (null, body is null ? title : $"{title}\n\n{body}");
        var url = Address(entry.Link) ?? (entry.IdIsLink ? Address(entry.Id) : null);
        return new Submission
        {
            Id = entry.Id is { Length: > 0 and <= SubmissionChecks.MaxId } id ? id : null,
            Url = url,
            SourceDomain = Domain(settings, entry, parsed, url),
            SourceName = Domain(Address(entry.Source?.Link) ?? "") is not null ? Name(entry.Source?.Title) : null,
            Title = title,
            Body = body,
            Published = (entry.Published ?? entry.Updated ?? entry.Created)?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", null),
            Language = Language(entry.Language) ?? Language(parsed.Language),
            Authors = Names((entry.Authors.Count > 0 ? entry.Authors : []).Select(author => author.Name)),
            Tags = Names(entry.Categories.Select(category => category.Label ?? category.Term)),
        };
    }

    public static bool IsTeaser(Submission article) =>
        article.Body is null || article.Body.Length < ShortText || Ellipsis().IsMatch(article.Body);

    /// <summary>With what its page says. The feed's headline and date stand: they are what the publisher sends out; the page has the longer text.</summary>
    /// <param name="article">From the feed.</param>
    /// <param name="page">From its page.</param>
    /// <param name="address">Where the page was found, after redirects.</param>
    public static Submission With(Submission article, ExtractedPage page, string address)
    {
        var at = page.CanonicalUrl ?? address;
        var sameSite = Domain(at);
        return article with
        {
            Url = Address(at) ?? article.Url,
            OtherUrls = [.. new[] { article.Url, address }.OfType<string>()],
            SourceDomain = article.SourceDomain ?? (sameSite is not null && SubmissionChecks.IsDomain(sameSite) ? sameSite : null),
            SourceName = article.SourceName ?? Name(page.SiteName),
            Title = article.Title ?? page.Title,
            Body = page.Text?.Length > (article.Body?.Length ?? 0) ? page.Text : article.Body,
            Published = article.Published ?? page.Published?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", null),
            Language = article.Language ?? Language(page.Language),
            Authors = article.Authors.Count > 0 ? article.Authors : Names(page.Authors),
        };
    }

    static string? Text(string? value, string? type)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        var text = type is null or "text/plain" ? value : type.Contains("html", StringComparison.Ordinal) ? HtmlFragment.ToText(value) : null;
        return CleanText.Paragraphs(text);
    }

    static string? Domain(FeedSettings settings, ParsedEntry entry, ParsedFeed parsed, string? url)
    {
        if (settings.Source is not null) return settings.Source;
        if (Domain(Address(entry.Source?.Link) ?? "") is { } origin) return origin;
        return url is null || Redirectors.Contains(new Uri(url).Host) ? Domain(Address(parsed.Link) ?? "") : null;
    }

    static string? Domain(string address) =>
        CanonicalUrl.TryCanonicalise(address) is { } canonical && CanonicalUrl.Domain(canonical) is var domain && SubmissionChecks.IsDomain(domain) && !Redirectors.Contains(domain) ? domain : null;

    static string? Address(string? given) => given is not null && CanonicalUrl.TryCanonicalise(given) is not null ? given : null;

    static string? Language(string? given) => given is not null && SubmissionChecks.IsLanguage(given.Trim()) ? given.Trim() : null;

    static string? Name(string? given) => CleanText.Line(given) is { Length: <= MaxName } name ? name : null;

    static string[] Names(IEnumerable<string?> given) => [.. given.Select(Name).OfType<string>().Distinct().Take(MaxListed)];

    // The end of a text that was cut: …, ..., [...], "Read more", "Continue reading".
    [GeneratedRegex(@"(…|\.\.\.|\[…\]|\[\.\.\.\]|(read|learn|see) (more|on|the full \w+)|continue reading[^.\n]{0,120}|weiterlesen|mehr lesen|lire la suite|leer más|читать далее|читати далі)\W{0,4}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ellipsis();
}
