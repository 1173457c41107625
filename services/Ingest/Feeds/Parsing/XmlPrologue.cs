using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>What the first bytes of an XML document tell of its encoding (XML 1.0, appendix F).</summary>
static partial class XmlPrologue
{
    const int DeclarationLength = 512;

    public const string Ebcdic = "ibm037";

    public static (string? Name, int Length) ByteOrderMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => ("utf-8", 3),
        [0, 0, 0xFE, 0xFF, ..] => ("utf-32be", 4),
        [0xFF, 0xFE, 0, 0, ..] => ("utf-32le", 4),
        [0xFE, 0xFF, ..] => ("utf-16be", 2),
        [0xFF, 0xFE, ..] => ("utf-16le", 2),
        _ => (null, 0),
    };

    /// <summary>Encodings that show without a mark, by zeros around the first two characters of ASCII or by "&lt;?xm" in EBCDIC.</summary>
    public static string? Shape(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0, 0, 0, > 0 and < 0x80, ..] => "utf-32be",
        [> 0 and < 0x80, 0, 0, 0, ..] => "utf-32le",
        [0, > 0 and < 0x80, 0, > 0 and < 0x80, ..] => "utf-16be",
        [> 0 and < 0x80, 0, > 0 and < 0x80, 0, ..] => "utf-16le",
        [0x4C, 0x6F, 0xA7, 0x94, ..] => Ebcdic,
        _ => null,
    };

    public static string? Declared(ReadOnlySpan<byte> body, string? shape)
    {
        // Rules and names of the declaration are ASCII, whatever follows it.
        var encoding = shape is null or "utf-8" ? Encoding.Latin1 : CharsetNames.Encoding(shape);
        var start = encoding.GetString(body[..Math.Min(body.Length, DeclarationLength * encoding.GetByteCount("<"))]);
        return Declaration().Match(start) is { Success: true } match ? match.Groups["label"].Value : null;
    }

    /// <summary>Where the shape is certain only the flavour of EBCDIC is left to the labels.</summary>
    public static string Settle(string shape, IEnumerable<string> declared) =>
        shape != Ebcdic ? shape : declared.FirstOrDefault(CharsetNames.IsEbcdic) ?? Ebcdic;

    [GeneratedRegex("""^[^<]{0,100}<\?xml[^>]{0,300}?\bencoding\s*=\s*["']?\s*(?<label>[^\s"'?>]{1,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
