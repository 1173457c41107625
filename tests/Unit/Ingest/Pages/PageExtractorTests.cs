using System.Diagnostics;
using System.Text;
using Monitoring.Ingest.Pages;

namespace Tests.Unit;

public class PageExtractorTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    // What is quadratic takes hours; a loaded machine only longer.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static string? Title(byte[] bytes, string? contentType) => PageExtractor.Extract(bytes, contentType, null, Now).Title;
    static Encoding Legacy(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);

    [Theory]
    [InlineData("utf-8", "text/html; charset=utf-8", "", "Überfall in Köln")]
    [InlineData("utf-8", null, "", "Überfall in Köln")]
    [InlineData("utf-8", "text/html; charset=ISO-8859-1", "", "Überfall in Köln")]
    [InlineData("utf-8", "text/html", "<meta charset=utf-8>", "Переговоры")]
    [InlineData("windows-1251", "text/html; charset=windows-1251", "", "Переговоры")]
    [InlineData("windows-1251", "text/html", "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">", "Переговоры")]
    [InlineData("windows-1251", "text/html", "<!-- <meta charset=utf-8> --><meta charset='windows-1251'>", "Переговоры")]
    [InlineData("koi8-r", "text/html; charset=\"KOI8-R\"", "", "Переговоры")]
    [InlineData("iso-8859-2", "text/html", "<meta charset=iso-8859-2>", "Žluťoučký kůň")]
    [InlineData("windows-1252", "text/html", "", "Überfall – „Köln“")]
    [InlineData("windows-1252", null, "<meta charset=iso-8859-1>", "Überfall – „Köln“")]
    [InlineData("windows-1252", "text/html; charset=utf-8", "", "Überfall in Köln")]
    [InlineData("shift_jis", "text/html", "<meta charset=Shift_JIS>", "会談が再開")]
    [InlineData("euc-jp", "text/html; charset=EUC-JP", "", "会談が再開")]
    [InlineData("gb2312", "text/html", "<meta charset=gb2312>", "会谈恢复")]
    [InlineData("big5", "text/html; charset=big5", "", "會談恢復")]
    [InlineData("euc-kr", "text/html; charset=euc-kr", "", "회담 재개")]
    [InlineData("windows-1256", "text/html; charset=windows-1256", "", "استئناف المحادثات")]
    [InlineData("iso-8859-9", "text/html; charset=iso-8859-9", "", "Görüşmeler başladı")]
    [InlineData("windows-1251", "text/html; charset=nonsense", "<meta charset=windows-1251>", "Переговоры")]
    public void Bytes_become_the_text_they_are(string charset, string? contentType, string head, string title) =>
        Assert.Equal(title, Title(Legacy(charset).GetBytes($"<html><head>{head}<title>{title}</title></head><body></body></html>"), contentType));

    [Fact]
    public void A_byte_order_mark_comes_first()
    {
        const string Page = "<title>Überfall in Köln</title>";
        Assert.Equal("Überfall in Köln", Title([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Page)], "text/html; charset=windows-1251"));
        Assert.Equal("Überfall in Köln", Title([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Page)], "text/html; charset=windows-1251"));
        Assert.Equal("Überfall in Köln", Title([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Page)], null));
    }

    [Fact]
    public void An_xml_declaration_counts() =>
        Assert.Equal("Переговоры", Title(Legacy("windows-1251").GetBytes("<?xml version=\"1.0\" encoding=\"windows-1251\"?><html><title>Переговоры</title></html>"), "application/xhtml+xml"));

    [Fact]
    public void One_broken_character_makes_no_other_charset() =>
        Assert.Equal("Überfall in Köln", Title([.. "<title>Überfall in Köln</title><p>"u8, 0xE4, .. "</p>"u8], "text/html; charset=utf-8"));

    [Fact]
    public void Anything_is_read_without_an_exception()
    {
        var page = Encoding.UTF8.GetBytes("""
            <!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Talks resume &amp; go on</title><script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"author":[{"@id":"#a"}],"datePublished":"2024-03-12T10:31:05Z"},{"@id":"#a","name":"Jane \u00e9 \"D\""}]}</script>
            <meta property="article:published_time" content="2024-03-12T10:31:05+01:00"></head><body><article><h1>Talks</h1><time datetime="2024-03-12">12 March 2024, 10:31 p.m.</time><p>Text &lt; text</p></article></body></html>
            """);
        for (var length = 0; length <= page.Length; length++) PageExtractor.Extract(page.AsMemory(0, length), "text/html", "https://gazette.example/a", Now);
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var broken = page.ToArray();
            for (var j = random.Next(1, 12); j > 0; j--) broken[random.Next(broken.Length)] = (byte)random.Next(256);
            PageExtractor.Extract(broken, "text/html", "https://gazette.example/a", Now);
        }
    }

    [Theory]
    [InlineData("<div>", 1_000_000)]
    [InlineData("<ul><li>", 500_000)]
    [InlineData("<b><a href=x>", 300_000)]
    [InlineData("<p>12 March 2024", 20_000)]
    [InlineData("<time datetime=2024-03-12>", 200_000)]
    [InlineData("<span class=date>1</span>", 20_000)]
    [InlineData("<h1>Talks resume</h1>", 20_000)]
    [InlineData("<meta property=article:published_time content=2024-03-12>", 20_000)]
    [InlineData("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"a\"}</script>", 20_000)]
    public void A_hostile_page_takes_bounded_time(string unit, int times)
    {
        var watch = Stopwatch.StartNew();
        PageExtractor.Extract(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, times))), "text/html", "https://gazette.example/a", Now);
        Assert.True(watch.Elapsed < Patience, $"{watch.ElapsedMilliseconds} ms");
    }

    [Theory]
    [InlineData("[", 200_000)]
    [InlineData("{\"a\":", 200_000)]
    [InlineData("\"    ", 200_000)]
    [InlineData("{\"@graph\":[{\"@type\":\"Article\"},", 20_000)]
    [InlineData("/*", 200_000)]
    public void Hostile_json_takes_bounded_time(string unit, int times)
    {
        var watch = Stopwatch.StartNew();
        PageExtractor.Extract(Encoding.UTF8.GetBytes($"<script type=application/ld+json>{{\"x\":{string.Concat(Enumerable.Repeat(unit, times))}</script>"), "text/html", null, Now);
        Assert.True(watch.Elapsed < Patience, $"{watch.ElapsedMilliseconds} ms");
    }
}
