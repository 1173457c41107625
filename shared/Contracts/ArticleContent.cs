namespace Monitoring.Contracts;

/// <summary>What one revision of an article says, as plain text. Absent members are absent in JSON, never null.</summary>
public sealed record ArticleContent
{
    /// <summary>At most 1,000 characters, one line. At least one of title and body is present.</summary>
    public string? Title { get; init; }

    /// <summary>At most 1,000,000 UTF-8 bytes; paragraphs are separated by blank lines.</summary>
    public string? Body { get; init; }

    /// <summary>Absolute http or https address, without fragment and tracking parameters.</summary>
    public string? Url { get; init; }

    public Source? Source { get; init; }

    /// <summary>When the publisher says it was published; absent when the publisher does not say.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>BCP 47 tag the publisher declares; Enrichment finds its own.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>Categories as the publisher gives them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>The outlet an article comes from: its host name where known, else the name it gives itself.</summary>
public sealed record Source
{
    public string? Name { get; init; }

    /// <summary>Lower-case host name without <c>www.</c></summary>
    public string? Domain { get; init; }

    /// <summary>What identifies the outlet: the domain, else the folded name, else nothing.</summary>
    public static string? Key(Source? source) =>
        source?.Domain ?? (source?.Name is { } name ? Folding.Fold(name) : null);
}
