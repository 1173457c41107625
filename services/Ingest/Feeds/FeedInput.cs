using Monitoring.Hosting;
using Monitoring.Ingest.Articles;
using Monitoring.Ingest.Formats;

namespace Monitoring.Ingest.Feeds;

/// <param name="Url">Address of a feed, or of a page that names its feeds.</param>
/// <param name="Title">A name of your own, at most 300 characters; else the feed's.</param>
/// <param name="Folders">Labels, at most 20.</param>
/// <param name="Completion">Whether articles are completed from their pages: never, whenShort (as it is where absent) or always.</param>
/// <param name="IntervalMinutes">Shortest time between two polls, 1 to 1440; else by the feed's own rhythm.</param>
/// <param name="Source">Domain of the outlet, where it is not that of the articles' addresses.</param>
public sealed record FeedInput(string? Url, string? Title, IReadOnlyList<string>? Folders, Completion? Completion, double? IntervalMinutes, string? Source)
{
    const int MaxTitle = 300, MaxFolders = 20, MaxFolder = 100;

    /// <exception cref="ProblemException">400 that names the member.</exception>
    public Uri Address() => Address(Url);

    public static Uri Address(string? url)
    {
        if (string.IsNullOrWhiteSpace(url)) throw new ProblemException(400, "A feed needs a url.", "url");
        var typed = url.Trim();
        if (typed.StartsWith("feed:", StringComparison.OrdinalIgnoreCase)) typed = typed[5..].TrimStart('/') is var rest && rest.Contains("://", StringComparison.Ordinal) ? rest : $"https://{rest}";
        // As people type it: example.org.
        if (!typed.Contains("://", StringComparison.Ordinal) && SubmissionChecks.IsDomain(typed.Split('/')[0])) typed = $"https://{typed}";
        return typed.Length <= CanonicalUrl.MaxLength && Uri.TryCreate(typed, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", UserInfo: "", Host.Length: > 0 }
            ? address
            : throw new ProblemException(400, $"The url must be an absolute http or https address of at most {CanonicalUrl.MaxLength} characters, without credentials.", "url");
    }

    /// <summary>What is absent stays as it was.</summary>
    /// <exception cref="ProblemException">400 that names the member.</exception>
    public FeedSettings Over(FeedSettings settings)
    {
        var title = CleanText.Line(Title);
        if (title?.Length > MaxTitle) throw new ProblemException(400, $"The title is longer than {MaxTitle} characters.", "title");
        var folders = Folders?.Select(CleanText.Line).OfType<string>().Distinct().ToArray();
        if (folders?.Length > MaxFolders || folders?.Any(folder => folder.Length > MaxFolder) == true)
            throw new ProblemException(400, $"At most {MaxFolders} folders of at most {MaxFolder} characters are taken.", "folders");
        if (IntervalMinutes is { } minutes && !(minutes is >= 1 and <= 1440)) throw new ProblemException(400, "The interval must be 1 to 1440 minutes.", "intervalMinutes");
        var source = CleanText.Line(Source)?.ToLowerInvariant();
        if (source is not null && !SubmissionChecks.IsDomain(source)) throw new ProblemException(400, "The source must be a host name such as example.org.", "source");
        return settings with
        {
            Title = Title is null ? settings.Title : title,
            Folders = folders ?? settings.Folders,
            Completion = Completion ?? settings.Completion,
            Interval = IntervalMinutes is { } set ? TimeSpan.FromMinutes(set) : settings.Interval,
            Source = Source is null ? settings.Source : source,
        };
    }
}
