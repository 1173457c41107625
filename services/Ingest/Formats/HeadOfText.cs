using System.Globalization;
using System.Text.RegularExpressions;
using Monitoring.Ingest.Articles;
using Monitoring.Ingest.Feeds.Parsing;

namespace Monitoring.Ingest.Formats;

/// <param name="Name">As it is written; members of members are joined by a dot.</param>
/// <param name="Values">One, or the items of a list.</param>
public sealed record HeadField(string Name, IReadOnlyList<string> Values);

/// <summary>
/// What stands at the head of a text, as front matter or as the headers of a mail, and what it says about the article. A value
/// that cannot be read is told and left out: the text is worth more than its head.
/// </summary>
public static partial class HeadOfText
{
    // By preference; names are folded, so that Published-At, published_at and publishedAt are one.
    static readonly string[]
        Title = ["title", "headline", "subject"],
        Published = ["published", "datepublished", "publishedat", "publishedon", "publishdate", "publicationdate", "pubdate", "date"],
        Authors = ["authors", "author", "authors.name", "author.name", "byline", "by", "from", "creator", "writer"],
        SourceName = ["source", "source.name", "publisher", "publisher.name", "outlet"],
        SourceDomain = ["source.domain", "source.url"],
        Address = ["url", "canonicalurl", "canonical", "link", "permalink"],
        Language = ["language", "lang", "contentlanguage", "locale"],
        Tags = ["tags", "tag", "keywords", "categories", "category", "topics"],
        Id = ["id", "guid", "uri", "messageid"];

    static readonly HashSet<string> Known = [.. Title, .. Published, .. Authors, .. SourceName, .. SourceDomain, .. Address, .. Language, .. Tags, .. Id];

    /// <summary>Takes the head off, if there is one. What it says counts more than what the request says beside the text.</summary>
    public static Submission Take(ref ArraySegment<string> lines, Submission known)
    {
        lines = SkipBlank(lines);
        var fields = FrontMatter.Take(ref lines) ?? MailHeaders.Take(ref lines) ?? [];
        lines = SkipBlank(lines);
        return Apply(fields, known);
    }

    public static ArraySegment<string> SkipBlank(ArraySegment<string> lines)
    {
        var blank = 0;
        while (blank < lines.Count && string.IsNullOrWhiteSpace(lines[blank])) blank++;
        return lines[blank..];
    }

    public static bool IsKnown(string name) => Known.Contains(Fold(name));

    public static Submission Apply(IReadOnlyList<HeadField> fields, Submission known)
    {
        if (fields.Count == 0) return known;
        var warnings = new List<string>(known.Warnings);
        var (name, domain) = Outlet(Value(SourceName), Value(SourceDomain));
        var named = name is not null || domain is not null;
        var ignored = fields.Where(field => !IsKnown(field.Name)).Select(field => field.Name).Distinct().Take(20).ToList();
        if (ignored.Count > 0) warnings.Add($"Ignored at the head of the text: {string.Join(", ", ignored)}.");
        return known with
        {
            Title = Value(Title) ?? known.Title,
            Published = Read(Published, "date", Date) ?? known.Published,
            Authors = Values(Authors) is { Count: > 0 } authors ? [.. authors.SelectMany(PersonNames.Split)] : known.Authors,
            SourceName = named ? name : known.SourceName,
            SourceDomain = named ? domain : known.SourceDomain,
            Url = Read(Address, "address", CanonicalUrl.TryCanonicalise) ?? known.Url,
            Language = Read(Language, "language", LanguageTag) ?? known.Language,
            Tags = Values(Tags) is { Count: > 0 } tags ? [.. tags.SelectMany(tag => tags.Count > 1 ? [tag] : Listed(tag))] : known.Tags,
            Id = Value(Id)?.Trim('<', '>') ?? known.Id,
            Warnings = warnings,
        };

        IReadOnlyList<string> Values(string[] names) => names
            .Select(wanted => fields.Where(field => Fold(field.Name) == wanted).SelectMany(field => field.Values).Where(value => !string.IsNullOrWhiteSpace(value)).ToList())
            .FirstOrDefault(values => values.Count > 0) ?? [];

        string? Value(string[] names) => Values(names) is [var first, ..] ? first : null;

        string? Read(string[] names, string what, Func<string, string?> read)
        {
            if (Value(names) is not { } value) return null;
            var result = read(value);
            if (result is null) warnings.Add($"The {what} '{(value.Length > 80 ? value[..80] + "…" : value)}' cannot be read and is left out.");
            return result;
        }
    }

    /// <summary>ISO 8601, or null where it is no date. The 31st of February, which feeds have for the 3rd of March, is none.</summary>
    public static string? Date(string text) =>
        text.Length <= 100 && (!IsoDay().IsMatch(text) || DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) && FeedDate.Read(text) is { } instant ? instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture) : null;

    /// <summary>The first language of a list, en_GB as en-GB; null where it is none.</summary>
    public static string? LanguageTag(string text) =>
        text.Split([',', ';', ' '])[0].Replace('_', '-').Split('.')[0] is var tag && SubmissionChecks.IsLanguage(tag) ? tag : null;

    /// <summary>An address or host is the outlet's domain; <c>Gazette (gazette.example)</c> says both.</summary>
    public static (string? Name, string? Domain) Outlet(string? text, string? beside = null)
    {
        if (beside is not null && Host(beside) is { } host) return (text, host);
        if (text is null) return (null, null);
        if (Host(text) is { } domain) return (null, domain);
        var open = text.LastIndexOfAny(['(', '<', '[']);
        return open > 0 && Host(text[(open + 1)..].TrimEnd(')', '>', ']', ' ')) is { } inside ? (text[..open].Trim(), inside) : (text, null);
    }

    public static string? Host(string text)
    {
        text = text.Trim();
        if (text.Contains("://", StringComparison.Ordinal)) return CanonicalUrl.TryCanonicalise(text) is { } url ? CanonicalUrl.Domain(url) : null;
        var host = text.Split('/')[0].ToLowerInvariant();
        return !SubmissionChecks.IsDomain(host) ? null : host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    static IEnumerable<string> Listed(string text) =>
        text.Trim('[', ']').Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => item.Trim('"', '\'').TrimStart('#'));

    static string Fold(string name) => string.Concat(name.Where(c => c is not ('-' or '_' or ' '))).ToLowerInvariant();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d")]
    private static partial Regex IsoDay();
}
