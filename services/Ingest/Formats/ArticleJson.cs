using System.Text.Json;

namespace Monitoring.Ingest.Formats;

/// <summary><c>application/json</c>: <c>{id?, url?, source?{name,domain}, title, body, published?, language?, authors?[], tags?[]}</c></summary>
public static class ArticleJson
{
    static readonly HashSet<string> Known = ["id", "url", "source", "title", "body", "published", "language", "authors", "tags"];

    /// <param name="utf8">One JSON object.</param>
    /// <param name="line">The line of a stream it stands in.</param>
    public static Submission Read(ReadOnlyMemory<byte> utf8, int line = 1)
    {
        using var document = JsonText.Parse(utf8, line);
        var json = document.RootElement;
        var source = json.Object("source");
        return new Submission
        {
            Id = json.String("id"),
            Url = json.String("url"),
            SourceName = source?.String("name", "source.name"),
            SourceDomain = source?.String("domain", "source.domain"),
            Title = json.String("title"),
            Body = json.String("body"),
            Published = json.String("published"),
            Language = json.String("language"),
            Authors = json.Strings("authors"),
            Tags = json.Strings("tags"),
            Warnings = [.. json.EnumerateObject().Where(member => !Known.Contains(member.Name)).Select(member => $"Unknown member {member.Name} ignored.")],
        };
    }
}
