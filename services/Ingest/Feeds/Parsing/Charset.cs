using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>Bytes of a feed or page to text.</summary>
public static class Charset
{
    /// <param name="Text">The XML declaration still in it, no byte order mark.</param>
    /// <param name="Encoding">IANA name in lower case.</param>
    /// <param name="Problems">What its publisher should mend.</param>
    public sealed record Decoded(string Text, string Encoding, IReadOnlyList<string> Problems);

    public static Decoded Decode(ReadOnlyMemory<byte> bytes, string? contentType) => new(Encoding.UTF8.GetString(bytes.Span), "utf-8", []);
}
