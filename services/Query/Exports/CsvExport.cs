using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Monitoring.Hosting;
using Monitoring.ReadModels;

namespace Monitoring.Query.Exports;

/// <summary>RFC 4180, without bodies. What a spreadsheet would compute is written as text: articles come from strangers.</summary>
static class CsvExport
{
    static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture) { NewLine = "\r\n", InjectionOptions = InjectionOptions.Escape };

    static readonly (string Name, Func<Article, string?> Of)[] Columns =
    [
        ("id", article => article.Id.ToString()),
        ("revision", article => article.Revision.ToString(CultureInfo.InvariantCulture)),
        ("published", article => Instant(article.Published)),
        ("received", article => Instant(article.Received)),
        ("source", article => article.Source?.Name),
        ("domain", article => article.Source?.Domain),
        ("language", article => article.Language),
        ("title", article => article.Title),
        ("lead", article => article.Lead),
        ("url", article => article.Url),
        ("authors", article => Joined(article.Authors)),
        ("topics", article => Joined(article.Topics.Select(topic => topic.Name))),
        ("topicIds", article => Joined(article.Topics.Select(topic => topic.Id))),
        ("entities", article => Joined(article.Entities.Select(entity => entity.Name))),
        ("entityIds", article => Joined(article.Entities.Select(entity => entity.Id))),
        ("model", article => article.Model),
    ];

    public static async Task WriteAsync(Stream body, IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> pages, CancellationToken cancellation)
    {
        // Left open and not disposed after a failure: to dispose would write out what is left, as if nothing had happened.
        var csv = new CsvWriter(new StreamWriter(body, new UTF8Encoding(false), leaveOpen: true), Csv);
        foreach (var (name, _) in Columns) csv.WriteField(name);
        await csv.NextRecordAsync();
        await foreach (var page in pages.WithCancellation(cancellation))
        {
            foreach (var stored in page)
            {
                var article = JsonSerializer.Deserialize<Article>(stored.Span, Json.Options)!;
                foreach (var (_, of) in Columns) csv.WriteField(of(article));
                await csv.NextRecordAsync();
            }
            await csv.FlushAsync();
        }
        await csv.FlushAsync();
    }

    static string? Instant(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    static string Joined(IEnumerable<string> values) => string.Join("; ", values);
}
