using System.Text;
using System.Xml;
using Monitoring.ReadModels;

namespace Monitoring.Query.Feeds;

/// <param name="Id">The same wherever and whenever it is asked for.</param>
/// <param name="Title">What it is of.</param>
/// <param name="Self">The address it was asked for at.</param>
/// <param name="Home">Of the API, without a slash at its end.</param>
/// <param name="Hub">WebSub hub that tells of changes; null for none.</param>
/// <param name="Entries">Newest first.</param>
public sealed record FeedContent(Guid Id, string Title, Uri Self, string Home, Uri? Hub, IReadOnlyList<FeedEntry> Entries)
{
    /// <summary>When the newest revision came in; of nothing, the beginning of time.</summary>
    public DateTimeOffset Updated => Entries.Count == 0 ? DateTimeOffset.UnixEpoch : Entries.Max(entry => entry.Updated);
}

/// <param name="Article">As it stands.</param>
/// <param name="Updated">When its latest revision came in.</param>
/// <param name="Touched">When anything happened to it last: topics are found after the text came in.</param>
public sealed record FeedEntry(Article Article, DateTimeOffset Updated, DateTimeOffset Touched)
{
    public string Id => $"urn:uuid:{Article.Id}";

    /// <summary>Readers show nothing without one.</summary>
    public string Title => Text(Article.Title ?? Article.Lead ?? "Untitled");

    public string? Summary => Article.Lead is { } lead ? Text(lead) : null;

    /// <summary>Of the article, else of the outlet.</summary>
    public IReadOnlyList<string> Authors => Article.Authors.Count > 0 ? [.. Article.Authors.Select(Text)]
        : (Article.Source?.Name ?? Article.Source?.Domain) is { } outlet ? [Text(outlet)] : [];

    /// <summary>Where to read it; what came without an address is read here.</summary>
    public string Link(string home) => Article.Url ?? $"{home}/api/articles/{Article.Id}";

    /// <summary>Without what XML cannot hold (XML 1.0, 2.2), so that no article can spoil the feed for the others.</summary>
    public static string Text(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)) clean.Append(rune.ToString());
        return clean.ToString();
    }
}
