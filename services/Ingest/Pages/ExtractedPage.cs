namespace Monitoring.Ingest.Pages;

/// <summary>What a page says of itself and the article on it. What it does not say is null or empty: nothing is guessed.</summary>
public sealed record ExtractedPage
{
    /// <summary>The headline, without the site's name.</summary>
    public string? Title { get; init; }

    /// <summary>The line that names the authors, as it stands.</summary>
    public string? Byline { get; init; }

    /// <summary>One name each.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];
    public DateTimeOffset? Published { get; init; }
    public DateTimeOffset? Modified { get; init; }
    public string? SiteName { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>Absolute; only where it lies on the same site.</summary>
    public string? CanonicalUrl { get; init; }

    /// <summary>The article as plain text, blocks separated by blank lines; null where none was found.</summary>
    public string? Text { get; init; }

    /// <summary>Absolute address of the main picture.</summary>
    public string? LeadImage { get; init; }
}
