using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>Labels of encodings, IANA's and those in use beside them, to one name each, as the WHATWG's Encoding standard reads them.</summary>
static partial class CharsetNames
{
    /// <returns>The name in lower case; null where the label means nothing.</returns>
    public static string? Find(string label)
    {
        var plain = label.Trim().ToLowerInvariant();
        return Names.GetValueOrDefault(Key(plain))
            ?? Registered(plain) ?? Registered(plain.Replace('_', '-'))
            ?? (plain.StartsWith("x-", StringComparison.Ordinal) ? Find(plain[2..]) : null)
            ?? (CodePage().Match(plain) is { Success: true } page ? Registered("windows-" + page.Groups["number"].Value) ?? Registered("ibm" + page.Groups["number"].Value) : null);
    }

    public static bool IsWide(string name) => name.StartsWith("utf-16", StringComparison.Ordinal) || name.StartsWith("utf-32", StringComparison.Ordinal);

    public static bool IsMultiByte(string name) => name is "gb18030" or "gbk" or "big5" or "shift_jis" or "euc-jp" or "euc-kr" or "iso-2022-jp" or "iso-2022-kr" or "hz-gb-2312" or "johab";

    public static bool IsEbcdic(string name) => !IsWide(name) && name != "utf-8" && Encoding(name).GetString([0x4C, 0x6F]) == "<?";

    /// <summary>Whether a label says the same as a name, or nothing that a reader would tell from it.</summary>
    public static bool Agree(string label, string name)
    {
        var declared = Find(label);
        return declared == name || declared is "iso-8859-1" or "us-ascii" && name == "windows-1252" || declared is not null && IsWide(declared) && IsWide(name)
            && declared[..6] == name[..6] && !label.EndsWith("be", StringComparison.OrdinalIgnoreCase) && !label.EndsWith("le", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Never throws on bytes: what is none of its characters is U+FFFD.</summary>
    public static Encoding Encoding(string name) => Encodings.GetOrAdd(name, static name => name switch
    {
        "utf-8" => new UTF8Encoding(false),
        "utf-16le" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        "utf-16be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        "utf-32le" => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        "utf-32be" => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        "us-ascii" => System.Text.Encoding.GetEncoding("us-ascii", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD")),
        "iso-8859-1" => System.Text.Encoding.Latin1,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))!,
    });

    static readonly ConcurrentDictionary<string, Encoding> Encodings = new(StringComparer.Ordinal);

    static string? Registered(string label) => CodePagesEncodingProvider.Instance.GetEncoding(label)?.WebName.ToLowerInvariant() is { } name
        ? Names.GetValueOrDefault(Key(name), name) : null;

    static string Key(string label) => string.Concat(label.Where(char.IsAsciiLetterOrDigit));

    [GeneratedRegex("^(cp|ibm|windows|win|ms|dos|)[-_]?(?<number>[0-9]{3,5})$")]
    private static partial Regex CodePage();

    // Keys without punctuation, which nobody gets right.
    static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["utf-8"] = "utf8 unicode11utf8 unicode20utf8 xunicode20utf8 u8 utf utf8ucs2 csutf8 utf8sig cp65001 utf8mb4",
        ["utf-16le"] = "utf16 utf16le u16 unicode iso10646ucs2 ucs2 csunicode csutf16 unicodelittleunmarked unicodefeff utf16n csucs2 csunicode11 unicodelittle",
        ["utf-16be"] = "utf16be unicodebigunmarked unicodefffe csutf16be unicodebig",
        ["utf-32le"] = "utf32 utf32le u32 iso10646ucs4 ucs4 csucs4 csutf32",
        ["utf-32be"] = "utf32be csutf32be",
        ["us-ascii"] = "usascii ascii ansix341968 ansix341986 csascii iso646us us 646 iso646irv1991 isoir6 cp367 ibm367",
        ["iso-8859-1"] = "iso88591 88591 latin1 l1 isoir100 ibm819 cp819 csisolatin1 iso885911987 latin iso8859",
        ["windows-1252"] = "windows1252 cp1252 1252 ansi xcp1252 win1252 windows",
        ["gb18030"] = "gb18030 gb2312 gb231280 eucgb2312 euccn gb180302000 csgb2312 gb2312-80 chinese csiso58gb231280 isoir58 xgbk gb eucgb2312cn gb23121980 eucgb",
        ["gbk"] = "gbk cp936 936 ms936 windows936",
        ["big5"] = "big5 big5hkscs big5tw csbig5 cnbig5 cp950 950 ms950 hkscs xxbig5 big5eten",
        ["shift_jis"] = "shiftjis sjis xsjis mskanji csshiftjis windows31j cswindows31j ms932 cp932 932 s_jis shiftjis2004 shiftjisx0213 sjis2004 sjisx0213 mskanji",
        ["euc-jp"] = "eucjp xeucjp cseucpkdfmtjapanese ujis u_jis eucjis2004 jisx0213 eucjisx0213 extendedunixcodepackedformatforjapanese",
        ["iso-2022-jp"] = "iso2022jp csiso2022jp iso2022jp1 iso2022jp2 iso2022jp3 iso2022jpext iso2022jp2004",
        ["euc-kr"] = "euckr ksc5601 ksx1001 ksc56011987 ksc56011989 korean cseuckr csksc56011987 isoir149 cp949 949 uhc ms949 windows949 ksc5601_1987",
        ["iso-2022-kr"] = "iso2022kr csiso2022kr",
        ["hz-gb-2312"] = "hzgb2312 hz hzgb",
        ["johab"] = "johab cp1361 ms1361 1361",
        ["koi8-r"] = "koi8r koi8 koi cskoi8r",
        ["koi8-u"] = "koi8u koi8ru",
        ["windows-874"] = "windows874 tis620 tis6200 tis62025290 tis62025291 iso885911 iso8859112001 thai dos874 cp874 isoir166",
        ["macintosh"] = "macintosh mac macroman xmacroman csmacintosh",
        ["iso-8859-9"] = "iso88599 latin5 l5 isoir148 csisolatin5 iso885991989",
    }.SelectMany(entry => entry.Value.Split(' ').Select(label => (Label: Key(label), Name: entry.Key)))
        .DistinctBy(alias => alias.Label).ToFrozenDictionary(alias => alias.Label, alias => alias.Name, StringComparer.Ordinal);
}
