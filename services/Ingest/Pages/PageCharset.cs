using System.Text;
using System.Text.RegularExpressions;

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

    static Encoding? Find(string label)
    {
        label = label.Trim().ToLowerInvariant();
        return label switch
        {
            "" => null,
            // What a declaration in ASCII bytes cannot be, by the standard.
            "utf8" or "utf-8" or "unicode-1-1-utf-8" or "utf-16" or "utf-16le" or "utf-16be" or "unicode" => Strict,
            "iso-8859-1" or "iso8859-1" or "latin1" or "latin-1" or "l1" or "us-ascii" or "ascii" or "cp1252" or "x-cp1252" or "iso_8859-1" => Western,
            "iso-8859-9" or "latin5" => CodePagesEncodingProvider.Instance.GetEncoding(1254),
            "tis-620" or "iso-8859-11" => CodePagesEncodingProvider.Instance.GetEncoding(874),
            "gb2312" or "gbk" or "gb_2312-80" or "x-gbk" or "chinese" => CodePagesEncodingProvider.Instance.GetEncoding("gb18030"),
            "cp1251" or "win-1251" or "windows1251" => CodePagesEncodingProvider.Instance.GetEncoding(1251),
            "sjis" or "x-sjis" or "ms932" or "windows-31j" => CodePagesEncodingProvider.Instance.GetEncoding(932),
            "ks_c_5601-1987" or "euc-kr" or "ksc5601" => CodePagesEncodingProvider.Instance.GetEncoding(949),
            "euc-jp" or "x-euc-jp" => CodePagesEncodingProvider.Instance.GetEncoding(51932),
            _ => CodePagesEncodingProvider.Instance.GetEncoding(label),
        };
    }

    [GeneratedRegex(@"charset\s*=\s*[""']?(?<charset>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"<meta[\s/][^>]*?charset\s*=\s*[""']?\s*(?<charset>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Meta();

    [GeneratedRegex(@"^\s*<\?xml\s[^>]*?encoding\s*=\s*[""'](?<charset>[\w.:-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Xml();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();
}
