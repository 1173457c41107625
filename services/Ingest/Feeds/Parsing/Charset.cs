using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// Bytes of a feed to text. What names the encoding, first to last: the byte order mark, the charset of HTTP (RFC 7303, not the
/// us-ascii of RFC 3023), the XML declaration (found in UTF-16, UTF-32 and EBCDIC too, by what its first bytes must be); without them,
/// the bytes. A name that the bytes contradict is passed over and its publisher told.
/// </summary>
public static partial class Charset
{
    /// <param name="Text">The XML declaration still in it, no byte order mark.</param>
    /// <param name="Encoding">IANA name in lower case.</param>
    /// <param name="Problems">What its publisher should mend.</param>
    public sealed record Decoded(string Text, string Encoding, IReadOnlyList<string> Problems);

    /// <param name="bytes">The document.</param>
    /// <param name="contentType">As HTTP gave it, parameters included.</param>
    public static Decoded Decode(ReadOnlyMemory<byte> bytes, string? contentType)
    {
        var (mark, length) = XmlPrologue.ByteOrderMark(bytes.Span);
        var body = bytes.Span[length..];
        var shape = mark ?? XmlPrologue.Shape(body);
        var labels = new[] { Http(contentType), XmlPrologue.Declared(body, shape) }.OfType<string>().ToList();
        var problems = labels.Where(label => CharsetNames.Find(label) is null).Distinct().Select(label => $"The encoding \"{label}\" is unknown.").ToList();
        var declared = labels.Select(CharsetNames.Find).OfType<string>().ToList();
        var content = new CharsetEvidence(body);

        var name = shape is not null ? XmlPrologue.Settle(shape, declared) : content.Choose(declared);
        if (labels.Find(label => CharsetNames.Find(label) is not null) is { } label && !CharsetNames.Agree(label, name)) problems.Add($"Declared as {label}, read as {name}.");
        else if (labels.Count == 0 && shape is null && content.HasHigh && !content.LooksUtf8) problems.Add($"No encoding is declared and it is not UTF-8; read as {name}.");
        // What RFC 2046 presumes of text without a name, where nothing speaks against it.
        if (labels.Count == 0 && shape is null && !content.HasHigh && name == "utf-8" && contentType?.TrimStart().StartsWith("text/", StringComparison.OrdinalIgnoreCase) == true) name = "us-ascii";

        if (name == "iso-8859-1" && content.HasC1) name = "windows-1252";

        var text = name == "utf-8" ? Utf8Repair.Decode(body) : CharsetNames.Encoding(name).GetString(body);
        if (name == "utf-8" && content.Invalid > 0 || name != "gb18030" && name != "utf-8" && text.Contains('\uFFFD', StringComparison.Ordinal))
            problems.Add($"Some bytes are no {name}.");
        return new(text, name, problems);
    }

    static string? Http(string? contentType) =>
        contentType is not null && HttpCharset().Match(contentType) is { Success: true } match ? match.Groups["label"].Value : null;

    [GeneratedRegex("""charset\s*=\s*["']?\s*(?<label>[^\s;,"']{1,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HttpCharset();
}
