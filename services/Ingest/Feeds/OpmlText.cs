using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Feeds;

/// <summary>The text of an OPML file, so that an XML reader gets as far as possible.</summary>
static partial class OpmlText
{
    /// <summary>Lines stay where they are.</summary>
    public static string Read(ReadOnlySpan<byte> bytes, string? contentType) => Mend(Decode(bytes, contentType));

    /// <summary>By byte order mark, charset of the content type, XML declaration; else UTF-8, and Windows-1252 where it is none.</summary>
    static string Decode(ReadOnlySpan<byte> bytes, string? contentType)
    {
        if (bytes.StartsWith("\uFEFF"u8)) return Encoding.UTF8.GetString(bytes[3..]);
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([(byte)'<', 0])) return Encoding.Unicode.GetString(bytes).TrimStart('\uFEFF');
        if (bytes.StartsWith<byte>([0xFE, 0xFF]) || bytes.StartsWith<byte>([0, (byte)'<'])) return Encoding.BigEndianUnicode.GetString(bytes).TrimStart('\uFEFF');
        var declared = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 200)]);
        foreach (var name in new[] { Charset().Match(contentType ?? ""), Declaration().Match(declared) }.Where(found => found.Success).Select(found => found.Groups["name"].Value).Append("utf-8"))
            if (CharacterSet(name) is { } encoding && TryDecode(encoding, bytes) is { } text) return text;
        return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
    }

    // UTF-16 without a trace of it in the first bytes is a declaration that an editor left behind.
    static Encoding? CharacterSet(string name)
    {
        if (name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase)) return null;
        if (CodePagesEncodingProvider.Instance.GetEncoding(name) is { } codePage) return codePage;
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>What exporters get wrong most: ampersands that are not escaped, HTML's entities, control characters, a declaration that is not at the very start.</summary>
    static string Mend(string text)
    {
        var mended = new StringBuilder(text.Length + 64);
        var start = Preamble().Match(text).Length;
        mended.Append('\n', text.AsSpan(0, start).Count('\n'));
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '&') mended.Append(Reference(text, ref i));
            else if (text[i] >= ' ' ? text[i] is not ('\uFFFE' or '\uFFFF') : text[i] is '\t' or '\n' or '\r') mended.Append(text[i]);
        }
        return mended.ToString();
    }

    /// <summary>The reference at <paramref name="i"/>, which moves to its end; the ampersand alone, escaped, where it is none.</summary>
    static string Reference(string text, ref int i)
    {
        const int Longest = 33;
        var length = text.AsSpan(i, Math.Min(Longest, text.Length - i)).IndexOf(';') + 1;
        var reference = length > 0 ? text.Substring(i, length) : "";
        var meaning = WebUtility.HtmlDecode(reference);
        if (meaning == reference || meaning.Length > 2 || meaning.Any(char.IsControl)) return "&amp;";
        i += length - 1;
        return meaning is "&" or "<" or ">" or "\"" or "'" ? $"&#{(int)meaning[0]};" : meaning;
    }

    [GeneratedRegex(@"charset\s*=\s*[""']?(?<name>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Charset();

    [GeneratedRegex(@"^\s*<\?xml[^>]*?encoding\s*=\s*[""'](?<name>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*(<\?xml\b[^>]*>)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Preamble();
}
