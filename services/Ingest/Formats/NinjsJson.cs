using System.Text.Json;
using Monitoring.Hosting;
using Monitoring.Ingest.Feeds.Parsing;

namespace Monitoring.Ingest.Formats;

/// <summary><c>application/ninjs+json</c>: IPTC ninjs 3.1. A canceled item is a kill notice.</summary>
public static class NinjsJson
{
    public static Submission Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonText.Parse(utf8);
        var item = document.RootElement;
        var uri = item.String("uri") ?? throw new ProblemException(400, "A ninjs item needs a uri.", "uri");
        var status = item.String("pubStatus") ?? "usable";
        if (status is not ("usable" or "canceled"))
            throw new ProblemException(422, $"pubStatus is {status}: only usable items are taken in, and canceled ones withdraw.", "pubStatus");

        var source = item.Objects("infoSources").OrderByDescending(candidate => candidate.String("role") == "publisher").FirstOrDefault();
        return new Submission
        {
            Id = uri,
            SourceName = source.ValueKind == JsonValueKind.Object ? source.String("name") : null,
            SourceDomain = source.ValueKind == JsonValueKind.Object ? Host(source.String("uri")) : null,
            Title = Text(Best(item, "headlines")),
            Body = Text(Best(item, "bodies")),
            Published = item.String("contentCreated") ?? item.String("firstCreated") ?? item.String("versionCreated"),
            Language = item.String("language"),
            Authors = item.String("by") is { } by ? [by] : [],
            Tags = [.. item.Objects("subjects").Select(subject => subject.String("name") ?? subject.String("uri")).OfType<string>()],
            Canceled = status == "canceled",
        };
    }

    // The main one in plain text where there is one, else whatever comes first.
    static JsonElement? Best(JsonElement item, string member) => item.Objects(member)
        .OrderByDescending(candidate => candidate.String("role") is null or "main")
        .ThenByDescending(candidate => candidate.String("contentType") is null or "text/plain")
        .Cast<JsonElement?>().FirstOrDefault();

    static string? Text(JsonElement? part) => part?.String("value") is not { } value ? null
        : part.Value.String("contentType") is { } type && type.Contains("html", StringComparison.OrdinalIgnoreCase) ? HtmlFragment.ToText(value) : value;

    static string? Host(string? uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var address) && SubmissionChecks.IsDomain(address.IdnHost) ? address.IdnHost : null;
}
