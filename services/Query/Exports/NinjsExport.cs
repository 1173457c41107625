using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.ReadModels;

namespace Monitoring.Query.Exports;

/// <summary>IPTC ninjs 3.1, one object a line. Its schema takes no members of our own.</summary>
static class NinjsExport
{
    public static Task WriteAsync(Stream body, IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> pages, CancellationToken cancellation) =>
        NdjsonExport.WriteAsync(body, pages.Select(IReadOnlyList<ReadOnlyMemory<byte>> (page) => [.. page.Select(Translate)]), cancellation);

    static ReadOnlyMemory<byte> Translate(ReadOnlyMemory<byte> stored) =>
        JsonSerializer.SerializeToUtf8Bytes(Of(JsonSerializer.Deserialize<Article>(stored.Span, Json.Options)!), Json.Options);

    /// <summary>The item that an article is in ninjs.</summary>
    public static object Of(Article article) => new
    {
        Uri = $"urn:uuid:{article.Id}",
        Type = "text",
        Standard = new { Name = "ninjs", Version = "3.1", Schema = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#" },
        Version = $"{article.Revision}",
        FirstCreated = article.Received,
        ContentCreated = article.Published,
        PubStatus = "usable",
        article.Language,
        Headlines = Texts(article.Title is { } title ? new { Role = "main", ContentType = "text/plain", Value = title } : null),
        Descriptions = Texts(article.Lead is { } lead ? new { Role = "summary", ContentType = "text/plain", Value = lead } : null),
        Bodies = Texts(article.Body is { } body ? new { Role = "main", ContentType = "text/plain", CharCount = body.Length, WordCount = Words(body), Value = body } : null),
        By = article.Authors.Count > 0 ? string.Join(", ", article.Authors) : null,
        InfoSources = Texts(article.Source is { } source ? new { source.Name, Role = "publisher", Uri = source.Domain is { } domain ? $"https://{domain}/" : null } : null),
        Renditions = Texts(article.Url is { } url ? new { Name = "web", Href = url, ContentType = "text/html" } : null),
        Subjects = article.Topics.Select(topic => new
        {
            topic.Name,
            Uri = topic.Id.StartsWith("medtop:", StringComparison.Ordinal) ? $"http://cv.iptc.org/newscodes/mediatopic/{topic.Id["medtop:".Length..]}" : null,
            Creator = article.Model,
            Confidence = (int)Math.Round(topic.Score * 100),
        }),
        People = Entities(article, "person"),
        Organisations = Entities(article, "organisation"),
        Places = Entities(article, "place"),
    };

    static object[]? Texts(object? only) => only is null ? null : [only];

    static IEnumerable<object> Entities(Article article, string type) => article.Entities.Where(entity => entity.Type == type).Select(entity => new
    {
        entity.Name,
        Uri = Wikidata(entity),
        Literal = entity.Id,
    });

    static string? Wikidata(Entity entity) => entity.Id.StartsWith("ent:wd:", StringComparison.Ordinal) ? $"http://www.wikidata.org/entity/{entity.Id["ent:wd:".Length..]}" : null;

    static int Words(string text)
    {
        var (words, inside) = (0, false);
        foreach (var c in text)
        {
            if (!inside && !char.IsWhiteSpace(c)) words++;
            inside = !char.IsWhiteSpace(c);
        }
        return words;
    }
}
