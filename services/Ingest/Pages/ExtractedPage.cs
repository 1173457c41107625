using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

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

    /// <summary>With the publisher's own offset, where it says one: the day there is part of what the page says.</summary>
    [JsonConverter(typeof(OwnOffset))]
    public DateTimeOffset? Published { get; init; }

    /// <inheritdoc cref="Published"/>
    [JsonConverter(typeof(OwnOffset))]
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

    /// <summary>ISO 8601; Z where the offset is none.</summary>
    sealed class OwnOffset : JsonConverter<DateTimeOffset?>
    {
        public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
        {
            if (value is not { } instant) writer.WriteNullValue();
            else writer.WriteStringValue(instant.ToString(instant.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        }
    }
}
