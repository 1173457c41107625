using System.Text.RegularExpressions;
using Monitoring.Ingest.Articles;

namespace Monitoring.Ingest.Formats;

/// <summary>
/// Headers as a mail has them (RFC 5322): <c>Name: value</c>, continued by indented lines, ended by a blank one. An article may
/// begin with "Kyiv: three dead" as well, so lines are headers only where their names say so.
/// </summary>
public static partial class MailHeaders
{
    const int MaxLines = 500;

    /// <summary>The headers, taken off the lines; null where the text begins with none.</summary>
    public static IReadOnlyList<HeadField>? Take(ref ArraySegment<string> lines)
    {
        var fields = new List<HeadField>();
        var ends = new List<int>();
        var at = 0;
        while (at < lines.Count && at < MaxLines && Header().Match(lines[at]) is { Success: true } header)
        {
            var value = new List<string> { header.Groups["value"].Value.Trim() };
            while (++at < lines.Count && at < MaxLines && Folded().IsMatch(lines[at])) value.Add(lines[at].Trim());
            var name = header.Groups["name"].Value;
            // The names of people are decoded one by one: a decoded comma separates nobody.
            var joined = string.Join(' ', value.Where(part => part.Length > 0));
            fields.Add(new HeadField(name, [name.Equals("From", StringComparison.OrdinalIgnoreCase) ? joined : EncodedWords.Decode(joined)]));
            ends.Add(at);
        }
        var closed = at == lines.Count || string.IsNullOrWhiteSpace(lines[at]);
        // The text may follow at once; then unknown names are the text's.
        var count = closed ? fields.Count : fields.TakeWhile(field => HeadOfText.IsKnown(field.Name)).Count();
        if (count == 0 || !AreHeaders(fields[..count])) return null;
        lines = lines[ends[count - 1]..];
        return fields[..count];
    }

    static bool AreHeaders(List<HeadField> fields)
    {
        var known = fields.Where(field => HeadOfText.IsKnown(field.Name)).DistinctBy(field => field.Name, StringComparer.OrdinalIgnoreCase).ToList();
        return known.Any(IsCertain) && (known.Count > 1 || fields.Count == 1);
    }

    // "Source: Lakers to trade" and "From: Russia with love" are headlines; a source that is a host and a date that is one are not.
    static bool IsCertain(HeadField field) => field.Name.ToLowerInvariant() switch
    {
        "title" or "headline" or "subject" or "tags" or "keywords" => field.Values[0].Length > 0,
        "date" or "published" => HeadOfText.Date(field.Values[0]) is not null,
        "url" or "link" => CanonicalUrl.TryCanonicalise(field.Values[0]) is not null,
        "source" => HeadOfText.Outlet(field.Values[0]).Domain is not null,
        "language" => HeadOfText.LanguageTag(field.Values[0]) == field.Values[0],
        "message-id" or "from" => field.Values[0].Contains('@', StringComparison.Ordinal),
        _ => false,
    };

    [GeneratedRegex(@"^(?<name>[A-Za-z][A-Za-z0-9-]*(?: [A-Za-z]+)?):(?:[ \t]+(?<value>.*))?$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^[ \t]+\S")]
    private static partial Regex Folded();
}
