using System.Text;
using System.Text.RegularExpressions;
using Monitoring.Ingest.Feeds.Parsing;

namespace Monitoring.Ingest.Pages;

/// <summary>
/// A page's bytes as text: by byte order mark, by the charset of its Content-Type, by what it declares in its first 4,096 bytes
/// (HTML Standard, "prescan a byte stream"; XHTML's declaration), else UTF-8 where that is valid, else windows-1252. Never throws.
/// </summary>
static partial class PageCharset
{
    // The standard asks for 1,024; some pages begin with long comments.
    const int Declaration = 4_096;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static string Decode(ReadOnlySpan<byte> bytes, string? contentType)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return Encoding.UTF8.GetString(bytes[3..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        var declared = Find(Parameter().Match(contentType ?? "").Groups["charset"].Value) ?? Declared(bytes);
        // Servers and templates say Latin-1 by habit; text that is valid UTF-8 with a letter beyond ASCII in it is no accident.
        if (declared is null || declared.CodePage is 65001 or 1252) return Utf8(bytes) ?? (declared?.CodePage == 65001 && IsMostlyUtf8(bytes) ? Encoding.UTF8 : Western).GetString(bytes);
        return declared.GetString(bytes);
    }

    static string? Utf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Strict.GetString(bytes) : null;

    // A page of UTF-8 with one broken character in it is still UTF-8.
    static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var (right, wrong) = (0, 0);
        while (bytes.Length > 0)
        {
            var ascii = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0) break;
            bytes = bytes[ascii..];
            if (Rune.DecodeFromUtf8(bytes, out _, out var length) == System.Buffers.OperationStatus.Done) right++;
            else wrong++;
            bytes = bytes[length..];
        }
        return right >= wrong;
    }

    static Encoding? Declared(ReadOnlySpan<byte> bytes)
    {
        var head = Comments().Replace(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Declaration)]), "");
        if (Xml().Match(head) is { Success: true } xml && Find(xml.Groups["charset"].Value) is { } said) return said;
        return Meta().Match(head) is { Success: true } meta ? Find(meta.Groups["charset"].Value) : null;
    }

    static Encoding? Find(string label) => label.Length == 0 ? null : CharsetNames.Find(label) switch
    {
        null => null,
        "utf-8" => Strict,
        // What a declaration in ASCII bytes cannot be, by the standard.
        var name when CharsetNames.IsWide(name) => Strict,
        // Their supersets, as browsers read them.
        "iso-8859-1" or "us-ascii" => Western,
        "iso-8859-9" => CharsetNames.Encoding("windows-1254"),
        "iso-8859-11" or "tis-620" => CharsetNames.Encoding("windows-874"),
        var name => CharsetNames.Encoding(name),
    };

    [GeneratedRegex(@"charset\s*=\s*[""']?(?<charset>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"<meta[\s/][^>]*?charset\s*=\s*[""']?\s*(?<charset>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Meta();

    [GeneratedRegex(@"^\s*<\?xml\s[^>]*?encoding\s*=\s*[""'](?<charset>[\w.:-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Xml();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();
}
