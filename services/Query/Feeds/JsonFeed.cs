using System.Text.Json;
using Monitoring.Hosting;

namespace Monitoring.Query.Feeds;

/// <summary>JSON Feed 1.1 (jsonfeed.org).</summary>
static class JsonFeed
{
    public const string ContentType = "application/feed+json; charset=utf-8";

    static readonly JsonSerializerOptions Options = new(Json.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static byte[] Write(FeedContent feed) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        Version = "https://jsonfeed.org/version/1.1",
        feed.Title,
        FeedUrl = feed.Self.AbsoluteUri,
        Hubs = feed.Hub is { } hub ? new[] { new { Type = "WebSub", Url = hub.AbsoluteUri } } : null,
        Items = feed.Entries.Select(entry => new
        {
            entry.Id,
            Url = entry.Link(feed.Home),
            entry.Title,
            entry.Summary,
            // An item must have a content of some kind.
            ContentText = entry.Summary ?? entry.Title,
            DatePublished = entry.Article.Published,
            DateModified = entry.Updated,
            Authors = entry.Authors.Select(name => new { Name = name }),
            Tags = entry.Article.Topics.Select(topic => topic.Name),
            entry.Article.Language,
        }),
    }, Options);
}
