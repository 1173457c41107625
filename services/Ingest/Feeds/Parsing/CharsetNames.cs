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
            ?? (NumberedLabel().Match(plain) is { Success: true } page ? Registered("windows-" + page.Groups["number"].Value) ?? Registered("ibm" + page.Groups["number"].Value) : null);
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
        // Their supersets, as everybody reads them.
        "gbk" => CodePage(54936),
        "euc-kr" => CodePage(949),
        _ => SingleByteEncoding.Find(name) ?? CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))!,
    });

    static Encoding CodePage(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))!;

    static readonly ConcurrentDictionary<string, Encoding> Encodings = new(StringComparer.Ordinal);

    static string? Registered(string label) => CodePagesEncodingProvider.Instance.GetEncoding(label)?.WebName.ToLowerInvariant() is { } name
        ? Names.GetValueOrDefault(Key(name), name) : null;

    static string Key(string label) => string.Concat(label.Where(char.IsAsciiLetterOrDigit));

    [GeneratedRegex("^(cp|ibm|windows|win|ms|dos|)[-_]?(?<number>[0-9]{3,5})$")]
    private static partial Regex NumberedLabel();

    // Keys without punctuation, which nobody gets right.
    static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["utf-8"] = "utf8 unicode11utf8 unicode20utf8 xunicode20utf8 u8 utf utf8ucs2 csutf8 utf8sig cp65001 utf8mb4",
        ["utf-16le"] = "utf16 utf16le u16 unicode iso10646ucs2 ucs2 csunicode csutf16 unicodelittleunmarked unicodefeff utf16n csucs2 csunicode11 unicodelittle",
        ["utf-16be"] = "utf16be unicodebigunmarked unicodefffe csutf16be unicodebig",
        ["utf-32le"] = "utf32 utf32le u32 iso10646ucs4 ucs4 csucs4 csutf32",
        ["utf-32be"] = "utf32be csutf32be",
        ["us-ascii"] = "usascii ascii ansix341968 ansix341986 csascii iso646us us 646 iso646irv1991 isoir6 cp367 ibm367",
        ["iso-8859-1"] = "iso88591 88591 8859 latin1 l1 isoir100 ibm819 cp819 csisolatin1 iso885911987 latin iso8859",
        ["windows-1252"] = "windows1252 cp1252 1252 ansi xcp1252 win1252 windows",
        ["gb18030"] = "gb18030 gb2312 gb231280 eucgb2312 euccn gb180302000 csgb2312 gb2312-80 chinese csiso58gb231280 isoir58 gb eucgb2312cn gb23121980 eucgb",
        ["gbk"] = "gbk xgbk cp936 936 ms936 windows936",
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
        ["iso-8859-10"] = "iso885910 latin6 l6 isoir157 csisolatin6 iso8859101992",
        ["iso-8859-14"] = "iso885914 latin8 l8 isoir199 isoceltic iso8859141998",
        ["iso-8859-16"] = "iso885916 latin10 l10 isoir226 iso8859162001",
        ["iso-8859-13"] = "iso885913 latin7 l7",
        ["iso-8859-15"] = "iso885915 latin9 l9 csisolatin9",
        ["iso-8859-2"] = "iso88592 latin2 l2 isoir101 csisolatin2 iso885921987",
        ["iso-8859-3"] = "iso88593 latin3 l3 isoir109 csisolatin3 iso885931988",
        ["iso-8859-4"] = "iso88594 latin4 l4 isoir110 csisolatin4 iso885941988",
        ["iso-8859-5"] = "iso88595 cyrillic isoir144 csisolatincyrillic iso885951988",
        ["iso-8859-6"] = "iso88596 arabic isoir127 csisolatinarabic iso885961987 ecma114 asmo708 iso88596e iso88596i",
        ["iso-8859-7"] = "iso88597 greek greek8 isoir126 csisolatingreek iso885971987 ecma118 elot928 sungreek",
        ["iso-8859-8"] = "iso88598 hebrew isoir138 csisolatinhebrew iso885981988 iso88598e visual",
        ["x-mac-cyrillic"] = "xmaccyrillic maccyrillic xmacukrainian",
        ["x-mac-greek"] = "xmacgreek macgreek",
        ["x-mac-icelandic"] = "xmacicelandic maciceland",
        ["x-mac-ce"] = "xmacce macce maccenteuro maccentraleurope maclatin2",
        ["x-mac-turkish"] = "xmacturkish macturkish",
        ["ibm850"] = "850 cp850 ibm850 cspc850multilingual",
        ["ibm852"] = "852 cp852 ibm852 cspcp852",
        ["ibm855"] = "855 cp855 ibm855 csibm855",
        ["ibm857"] = "857 cp857 ibm857 csibm857",
        ["ibm00858"] = "858 cp858 ibm858 ibm00858 csibm858 cp00858 pcmultilingual850euro ccsid00858",
        ["ibm860"] = "860 cp860 ibm860 csibm860",
        ["ibm861"] = "861 cp861 ibm861 csibm861 cpis",
        ["dos-862"] = "862 cp862 ibm862 dos862 cspc862latinhebrew",
        ["ibm863"] = "863 cp863 ibm863 csibm863",
        ["ibm864"] = "864 cp864 ibm864 csibm864",
        ["ibm865"] = "865 cp865 ibm865 csibm865",
        ["cp866"] = "866 cp866 ibm866 csibm866 dos866",
        ["ibm869"] = "869 cp869 ibm869 csibm869 cpgr",
        ["ibm775"] = "775 cp775 ibm775 cspc775baltic",
        ["ibm037"] = "037 cp037 ibm037 ibm039 csibm037 ebcdiccpca ebcdiccpnl ebcdiccpus ebcdiccpwt",
        ["ibm01140"] = "1140 cp1140 ibm1140 ibm01140 ccsid01140 cp01140 ebcdicus37euro",
        ["cp1125"] = "1125 cp1125 ibm1125 cp866u ruscii",
        ["kz-1048"] = "kz1048 rk1048 strk10482002 cskz1048",
        ["ptcp154"] = "ptcp154 pt154 cp154 cyrillicasian csptcp154",
        ["hp-roman8"] = "hproman8 roman8 r8 ibm1051 cp1051 cshproman8",
    }.SelectMany(entry => entry.Value.Split(' ').Select(label => (Label: Key(label), Name: entry.Key)))
        .DistinctBy(alias => alias.Label).ToFrozenDictionary(alias => alias.Label, alias => alias.Name, StringComparer.Ordinal);
}
