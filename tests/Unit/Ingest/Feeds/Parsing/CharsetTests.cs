using System.Text;
using Monitoring.Ingest.Feeds.Parsing;

namespace Tests.Unit;

public class CharsetTests
{
    // Those that the framework has.
    static byte[] Bytes(string text, string encoding) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-16le" => Encoding.Unicode.GetBytes(text),
        "utf-16be" => Encoding.BigEndianUnicode.GetBytes(text),
        "utf-32le" => Encoding.UTF32.GetBytes(text),
        "utf-32be" => new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetBytes(text),
        "iso-8859-1" => Encoding.Latin1.GetBytes(text),
        _ => CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes(text),
    };

    static Charset.Decoded Decode(byte[] bytes, string? contentType = null) => Charset.Decode(bytes, contentType);

    [Theory]
    [InlineData("utf-8", "EF-BB-BF")]
    [InlineData("utf-16le", "FF-FE")]
    [InlineData("utf-16be", "FE-FF")]
    [InlineData("utf-32le", "FF-FE-00-00")]
    [InlineData("utf-32be", "00-00-FE-FF")]
    public void A_byte_order_mark_decides(string name, string mark)
    {
        var read = Decode([.. Convert.FromHexString(mark.Replace("-", "")), .. Bytes("<r>Žluťoučký</r>", name)]);
        Assert.Equal(("<r>Žluťoučký</r>", name), (read.Text, read.Encoding));
        Assert.Empty(read.Problems);
        Assert.Contains("koi8-r", Assert.Single(Decode([.. Convert.FromHexString(mark.Replace("-", "")), .. Bytes("<r/>", name)], "text/xml; charset=koi8-r").Problems));
    }

    [Theory]
    [InlineData("utf-16le", "UTF-16")]
    [InlineData("utf-16be", "utf-16")]
    [InlineData("utf-16le", "ISO-10646-UCS-2")]
    [InlineData("utf-32le", "utf-32")]
    [InlineData("utf-32be", "ISO-10646-UCS-4")]
    [InlineData("ibm037", "cp037")]
    [InlineData("ibm500", "IBM500")]
    [InlineData("ibm273", "IBM273")]
    public void First_bytes_tell_what_reads_the_declaration(string name, string label)
    {
        var text = $"<?xml version=\"1.0\" encoding=\"{label}\"?><r>äöü</r>";
        var read = Decode(Bytes(text, name), "application/xml");
        Assert.Equal((text, name), (read.Text, read.Encoding));
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("utf-8", "utf-8", "Iñtërnâtiônàlizætiøn", "utf-8")]
    [InlineData("iso-8859-1", "iso-8859-1", "Iñtërnâtiôn", "iso-8859-1")]
    [InlineData("windows-1252", "iso-8859-1", "“Iñtërnâtiôn”", "windows-1252")]
    [InlineData("windows-1252", "us-ascii", "“Iñtërnâtiôn”", "windows-1252")]
    [InlineData("windows-1252", "Windows_1252", "€", "windows-1252")]
    [InlineData("iso-8859-2", "latin2", "Žluťoučký", "iso-8859-2")]
    [InlineData("iso-8859-15", "ISO_8859-15", "€", "iso-8859-15")]
    [InlineData("windows-1250", "cp1250", "Žluťoučký", "windows-1250")]
    [InlineData("windows-1251", "cp-1251", "Привет", "windows-1251")]
    [InlineData("windows-1253", "windows-1253", "Ελλάδα", "windows-1253")]
    [InlineData("koi8-r", "KOI8-R", "Привет", "koi8-r")]
    [InlineData("koi8-u", "koi8-u", "Київ", "koi8-u")]
    [InlineData("cp866", "ibm866", "Привет", "cp866")]
    [InlineData("macintosh", "x-mac-roman", "é", "macintosh")]
    [InlineData("windows-874", "tis-620", "ไทย", "windows-874")]
    [InlineData("gb18030", "gb2312", "这是中文", "gb18030")]
    [InlineData("gbk", "x-gbk", "这是中文", "gbk")]
    [InlineData("big5", "Big5", "這是中文", "big5")]
    [InlineData("shift_jis", "Shift_JIS", "日本語テキスト", "shift_jis")]
    [InlineData("shift_jis", "x-sjis", "日本語テキスト", "shift_jis")]
    [InlineData("euc-jp", "EUC-JP", "日本語テキスト", "euc-jp")]
    [InlineData("iso-2022-jp", "ISO-2022-JP", "日本語テキスト", "iso-2022-jp")]
    [InlineData("euc-kr", "ks_c_5601-1987", "한국어", "euc-kr")]
    [InlineData("hz-gb-2312", "hz-gb-2312", "这是中文", "hz-gb-2312")]
    public void A_declared_encoding_is_read(string encoding, string label, string text, string name)
    {
        var declared = $"<?xml version='1.0' encoding='{label}' ?><r>{text}</r>";
        var read = Decode(Bytes(declared, encoding), "application/rss+xml");
        Assert.Equal((declared, name), (read.Text, read.Encoding));
        Assert.Empty(read.Problems);
        var http = Decode(Bytes($"<r>{text}</r>", encoding), $"text/xml; charset=\"{label}\"");
        Assert.Equal(($"<r>{text}</r>", name), (http.Text, http.Encoding));
        Assert.Empty(http.Problems);
    }

    [Theory]
    [InlineData("iso-8859-10", 0xBD, '―')]
    [InlineData("iso-8859-14", 0xD0, 'Ŵ')]
    [InlineData("ISO_8859-16:2001", 0xA4, '€')]
    [InlineData("KZ-1048", 0xAA, 'Ғ')]
    [InlineData("ruscii", 0xF2, 'Ґ')]
    [InlineData("ptcp154", 0x80, 'Җ')]
    public void Encodings_that_the_framework_lacks(string label, int number, char character) =>
        Assert.Equal($"<r>{character}</r>", Decode([.. "<r>"u8, (byte)number, .. "</r>"u8], "application/xml; charset=" + label).Text);

    [Fact]
    public void HTTP_outranks_the_declaration()
    {
        var read = Decode(Bytes("<?xml version='1.0' encoding='iso-8859-1'?><r>Привет</r>", "windows-1251"), "text/xml;charset=windows-1251");
        Assert.Equal("windows-1251", read.Encoding);
        Assert.Contains("Привет", read.Text);
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("utf-8", "iso-8859-1", "utf-8")]
    [InlineData("utf-8", "us-ascii", "utf-8")]
    [InlineData("utf-8", "utf-16", "utf-8")]
    [InlineData("iso-8859-1", "utf-8", "windows-1252")]
    [InlineData("iso-8859-1", "utf-16le", "windows-1252")]
    public void A_label_that_the_bytes_contradict_is_passed_over_and_told(string encoding, string label, string name)
    {
        var text = $"<?xml version='1.0' encoding='{label}'?><r>für Élise</r>";
        var read = Decode(Bytes(text, encoding));
        Assert.Equal((text, name), (read.Text, read.Encoding));
        Assert.Equal($"Declared as {label}, read as {name}.", Assert.Single(read.Problems));
    }

    [Fact]
    public void After_a_wrong_label_comes_the_next_source()
    {
        var bytes = Bytes("<?xml version='1.0' encoding='windows-1251'?><r>Привет, мир</r>", "windows-1251");
        Assert.Equal("windows-1251", Decode(bytes, "text/xml; charset=utf-8").Encoding);
        var read = Decode(bytes, "text/xml; charset=klingon");
        Assert.Equal("windows-1251", read.Encoding);
        Assert.Contains("klingon", Assert.Single(read.Problems));
    }

    [Theory]
    [InlineData("utf-8", "Žluťoučký")]
    [InlineData("windows-1252", "“Iñtërnâtiôn”")]
    [InlineData("windows-1251", "Привет, дорогой мир. Новости дня")]
    [InlineData("koi8-r", "Привет, дорогой мир. Новости дня")]
    [InlineData("shift_jis", "これは日本語のテキストです")]
    [InlineData("euc-jp", "これは日本語のテキストです")]
    [InlineData("iso-2022-jp", "これは日本語のテキストです")]
    [InlineData("gb18030", "这是一个中文的网站，在中国")]
    [InlineData("big5", "這是一個中文的網站，在中國")]
    [InlineData("euc-kr", "안녕하세요 세계 여러분, 뉴스입니다")]
    public void Without_a_label_the_bytes_speak(string encoding, string text)
    {
        var read = Decode(Bytes($"<r><title>{text}</title></r>", encoding));
        Assert.Equal(($"<r><title>{text}</title></r>", encoding), (read.Text, read.Encoding));
        Assert.Equal(encoding is not ("utf-8" or "iso-2022-jp"), read.Problems.Count > 0);
    }

    [Theory]
    [InlineData(null, "utf-8")]
    [InlineData("application/xml", "utf-8")]
    [InlineData("text/xml", "us-ascii")]
    [InlineData("text/xml; charset=utf-8", "utf-8")]
    public void ASCII_without_a_declaration(string? contentType, string name)
    {
        Assert.Equal(name, Decode("<r/>"u8.ToArray(), contentType).Encoding);
        Assert.Equal("utf-8", Decode("<?xml version='1.0' encoding='utf-8'?><r/>"u8.ToArray(), contentType).Encoding);
    }

    [Fact]
    public void Strays_in_UTF8_are_windows_1252_and_broken_characters_are_replaced()
    {
        var read = Decode([.. "<r>Příliš žluťoučký kůň úpěl ďábelské ódy "u8, 0x93, .. "q"u8, 0x94, 0xE9, .. " "u8, 0xC0, 0xAF, .. "x"u8, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, .. "</r>"u8, 0xE2, 0x82]);
        Assert.Equal("<r>Příliš žluťoučký kůň úpěl ďábelské ódy “q”é \uFFFDx😀</r>\uFFFD", read.Text);
        Assert.Equal("utf-8", read.Encoding);
        Assert.Single(read.Problems);
    }

    // IANA's registry, the WHATWG's standard and what is seen beside them.
    const string Labels = """
        utf-8 utf8 UTF_8 unicode-1-1-utf-8 us-ascii ANSI_X3.4-1968 iso-ir-6 646 iso-8859-1 ISO_8859-1:1987 latin1 l1 ibm819 cp819 csISOLatin1
        iso-8859-2 iso_8859-2 l2 iso-8859-3 iso-8859-4 iso-8859-5 cyrillic iso-8859-6 arabic iso-8859-7 greek ECMA-118 iso-8859-8 hebrew iso-8859-8-i
        iso-8859-9 latin5 iso-8859-10 latin6 iso-8859-11 iso-8859-13 iso-8859-14 iso-8859-15 latin9 iso-8859-16
        windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 windows-874
        cp1250 cp1251 cp-1252 win1251 1253 x-cp1251 x-cp1252 koi8-r koi8_u koi ibm437 cp437 850 ibm852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp864
        cp865 cp866 cp869 cp737 cp775 cp874 cp1125 macintosh mac x-mac-cyrillic mac-greek maclatin2 x-mac-turkish x-mac-icelandic
        gb2312 GB_2312-80 euc-cn gbk cp936 gb18030 hz-gb-2312 big5 big5-hkscs cn-big5 shift_jis Shift-JIS sjis x-sjis ms_kanji windows-31j cp932
        euc-jp x-euc-jp iso-2022-jp csISO2022JP euc-kr ks_c_5601-1987 korean cp949 uhc iso-2022-kr johab tis-620 ptcp154 kz1048 hp-roman8
        """;

    [Fact]
    public void Labels_in_use_are_known_and_read_ASCII_as_ASCII() =>
        Assert.All(Labels.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), label =>
        {
            var read = Decode("<r>ascii</r>"u8.ToArray(), "application/xml; charset=" + label);
            Assert.Empty(read.Problems);
            Assert.Equal("<r>ascii</r>", read.Text);
        });

    [Theory]
    [InlineData("utf-7")]
    [InlineData("x-user-defined")]
    [InlineData("base64")]
    [InlineData("")]
    public void Labels_that_mean_nothing_do_no_harm(string label) => Assert.Equal("utf-8", Decode("<r>ä</r>"u8.ToArray(), $"application/xml; charset=\"{label}\"").Encoding);

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(8859);
        string?[] types = [null, "text/xml", .. Labels.Split((char[]?)null).Select(label => "application/xml; charset=" + label)];
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            if (i % 3 == 0) bytes = [.. "<?xml version='1.0'"u8, .. bytes];
            Assert.NotNull(Decode(bytes, types[i % types.Length]).Text);
        }
    }
}
