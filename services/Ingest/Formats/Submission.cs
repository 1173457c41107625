using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.Ingest.Articles;

namespace Monitoring.Ingest.Formats;

/// <summary>What any format comes down to: an article as given, before it is cleaned and checked.</summary>
public sealed record Submission
{
    public string? Id { get; init; }
    public string? Url { get; init; }

    /// <summary>Further addresses that lead to it.</summary>
    public IReadOnlyList<string> OtherUrls { get; init; } = [];
    public string? SourceName { get; init; }
    public string? SourceDomain { get; init; }
    public string? Title { get; init; }
    public string? Body { get; init; }
    public string? Published { get; init; }
    public string? Language { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Other articles bear the same address, as the episodes of a show do: it does not tell them apart, their ids do.</summary>
    public bool SharedUrl { get; init; }

    /// <summary>The text is perhaps only the beginning of it, as feeds give it.</summary>
    public bool IsTeaser { get; init; }

    /// <summary>A kill notice: withdraw the article instead.</summary>
    public bool Canceled { get; init; }

    /// <summary>What was ignored, for the caller to see.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Cleans and checks a submission. What cannot be kept as it is given is refused with a problem that names the member.</summary>
public static partial class SubmissionChecks
{
    public const int MaxTitle = 1_000;
    public const int MaxBodyBytes = 1_000_000;
    public const int MaxId = 512;
    const int MaxName = 300, MaxListed = 100;

    /// <summary>Newspapers appeared in 1605; a date more than a week ahead is a mistake, not a time zone.</summary>
    static readonly DateTimeOffset FirstNews = new(1605, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    public static ArticleContent Check(Submission submission, DateTimeOffset now)
    {
        var article = new ArticleContent
        {
            Title = CleanText.Line(submission.Title),
            Body = CleanText.Paragraphs(submission.Body),
            Url = Url(submission.Url),
            Source = SourceOf(submission),
            Published = Published(submission.Published, now),
            Language = Language(submission.Language),
            Authors = List(submission.Authors, "authors"),
            Tags = List(submission.Tags, "tags"),
        };
        if (submission.Canceled) return article;
        if (article.Title is null && article.Body is null) throw new ProblemException(400, "An article needs a title or a body.", "title");
        if (article.Title?.Length > MaxTitle) throw new ProblemException(413, $"The title has {article.Title.Length} characters; at most {MaxTitle} are taken.", "title");
        if (article.Body is not null && Encoding.UTF8.GetByteCount(article.Body) is var bytes and > MaxBodyBytes)
            throw new ProblemException(413, $"The body has {bytes} bytes; at most {MaxBodyBytes} are taken.", "body");
        return article;
    }

    /// <summary>The publisher's own id.</summary>
    public static string? PublisherId(Submission submission) => CleanText.Line(submission.Id) switch
    {
        null => null,
        { Length: > MaxId } => throw new ProblemException(400, $"The id is longer than {MaxId} characters.", "id"),
        var id => id,
    };

    static string? Url(string? given) => CleanText.Line(given) is not { } url ? null
        : CanonicalUrl.TryCanonicalise(url)
            ?? throw new ProblemException(400, $"The url must be an absolute http or https address of at most {CanonicalUrl.MaxLength} characters.", "url");

    static Source? SourceOf(Submission submission)
    {
        var name = CleanText.Line(submission.SourceName);
        if (name?.Length > MaxName) throw new ProblemException(400, $"The source's name is longer than {MaxName} characters.", "source.name");
        var domain = CleanText.Line(submission.SourceDomain) is { } given ? Domain(given)
            : Url(submission.Url) is { } url ? CanonicalUrl.Domain(url) : null;
        return name is null && domain is null ? null : new Source { Name = name, Domain = domain };
    }

    static string Domain(string given)
    {
        var domain = given.ToLowerInvariant().TrimEnd('.');
        if (domain.StartsWith("www.", StringComparison.Ordinal)) domain = domain[4..];
        return domain.Length <= 253 && HostName().IsMatch(domain) ? domain
            : throw new ProblemException(400, $"The source's domain must be a host name such as example.org.", "source.domain");
    }

    /// <summary>True where a text names a host rather than an outlet's title.</summary>
    public static bool IsDomain(string text) => HostName().IsMatch(text.ToLowerInvariant());

    /// <summary>True for a BCP 47 tag.</summary>
    public static bool IsLanguage(string text) => text.Length <= 35 && LanguageTag().IsMatch(text);

    static DateTimeOffset? Published(string? given, DateTimeOffset now)
    {
        if (CleanText.Line(given) is not { } text) return null;
        if (!DateTimeOffset.TryParseExact(text, Iso8601, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var published))
            throw new ProblemException(400, "The date of publication must be ISO 8601, such as 2025-04-04 or 2025-04-04T09:30:00Z.", "published");
        return published >= FirstNews && published <= now + Ahead ? published
            : throw new ProblemException(400, $"The date of publication must lie between {FirstNews.Year} and a week from now.", "published");
    }

    static readonly string[] Iso8601 =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK"];

    static string? Language(string? given) => CleanText.Line(given) is not { } tag ? null
        : IsLanguage(tag) ? tag
        : throw new ProblemException(400, "The language must be a BCP 47 tag such as en or pt-BR.", "language");

    static string[] List(IReadOnlyList<string> given, string field)
    {
        if (given.Count > MaxListed) throw new ProblemException(400, $"There are {given.Count} {field}; at most {MaxListed} are taken.", field);
        var cleaned = given.Select(CleanText.Line).OfType<string>().Distinct().ToArray();
        return cleaned.All(item => item.Length <= MaxName) ? cleaned
            : throw new ProblemException(400, $"One of the {field} is longer than {MaxName} characters.", field);
    }

    [GeneratedRegex(@"^(?=[^.]+\.)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
