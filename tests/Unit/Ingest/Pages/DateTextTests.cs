using System.Globalization;
using Monitoring.Ingest.Pages;

namespace Tests.Unit;

public class DateTextTests
{
    static string? Written(FoundDate? date) => date is { } found ? found.When.ToString(found.HasTime ? "yyyy-MM-dd'T'HH:mm:ssK" : "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    [Theory]
    [InlineData("2024-03-12T10:31:05Z", "2024-03-12T10:31:05+00:00")]
    [InlineData("2024-03-12T10:31:05.123Z", "2024-03-12T10:31:05+00:00")]
    [InlineData("2024-03-12T10:31:05.1234567+01:00", "2024-03-12T10:31:05+01:00")]
    [InlineData("2024-03-12T10:31:05+0100", "2024-03-12T10:31:05+01:00")]
    [InlineData("2024-03-12T10:31:05-05", "2024-03-12T10:31:05-05:00")]
    [InlineData("2024-03-12T10:31:05 +05:30", "2024-03-12T10:31:05+05:30")]
    [InlineData("2024-03-12T10:31+01:00[Europe/Berlin]", "2024-03-12T10:31:00+01:00")]
    [InlineData("2024-03-12T10:31", "2024-03-12T10:31:00+00:00")]
    [InlineData("2024-03-12 10:31:05", "2024-03-12T10:31:05+00:00")]
    [InlineData("2024-03-12 10:31:05.0", "2024-03-12T10:31:05+00:00")]
    [InlineData("2024-03-12 10:31:05 UTC", "2024-03-12T10:31:05+00:00")]
    [InlineData("2024-03-12 10:31:05 EST", "2024-03-12T10:31:05-05:00")]
    [InlineData("2024-03-12", "2024-03-12")]
    [InlineData("2024-3-2", "2024-03-02")]
    [InlineData("2024/03/12", "2024-03-12")]
    [InlineData("2024/03/12 10:31", "2024-03-12T10:31:00+00:00")]
    [InlineData("2024.03.12", "2024-03-12")]
    [InlineData("20240312", "2024-03-12")]
    [InlineData("20240312T103105Z", "2024-03-12T10:31:05+00:00")]
    [InlineData("20240312103105", "2024-03-12T10:31:05+00:00")]
    [InlineData("Tue, 12 Mar 2024 10:31:05 +0200", "2024-03-12T10:31:05+02:00")]
    [InlineData("Tue, 12 Mar 2024 10:31:05 GMT", "2024-03-12T10:31:05+00:00")]
    [InlineData("Tue Mar 12 10:31:05 UTC 2024", "2024-03-12")]
    [InlineData("Tue Mar 12 2024 10:31:05 GMT+0100 (CET)", "2024-03-12T10:31:05+01:00")]
    [InlineData("March 12, 2024", "2024-03-12")]
    [InlineData("Mar. 12, 2024, 6:05 p.m. ET", "2024-03-12T18:05:00-05:00")]
    [InlineData("March 12th, 2024 at 12:10 am", "2024-03-12T00:10:00+00:00")]
    [InlineData("12-Mar-2024", "2024-03-12")]
    [InlineData("12/Mar/2024", "2024-03-12")]
    [InlineData("2024-Mar-12", "2024-03-12")]
    [InlineData("1710239465", "2024-03-12T10:31:05+00:00")]
    [InlineData("1710239465000", "2024-03-12T10:31:05+00:00")]
    public void A_value_is_read_with_the_offset_it_was_written_with(string value, string expected) => Assert.Equal(expected, Written(DateText.Value(value)));

    [Theory]
    [InlineData("")]
    [InlineData("2024")]
    [InlineData("2024-03")]
    [InlineData("March 2024")]
    [InlineData("2024-13-12")]
    [InlineData("2024-02-30")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("2 hours ago")]
    [InlineData("yesterday")]
    [InlineData("{{publishDate}}")]
    [InlineData("12345678")]
    [InlineData("12.4.10.3")]
    [InlineData("+1 202 555 0123")]
    [InlineData("10 markets 2024")]
    [InlineData("2019-2024")]
    public void What_is_no_day_is_none(string value) => Assert.Null(DateText.Value(value));

    [Theory]
    [InlineData("12 March 2024", "en")]
    [InlineData("12th of March 2024", "en")]
    [InlineData("Tuesday 12 March, 2024", "en")]
    [InlineData("12. März 2024", "de")]
    [InlineData("Dienstag, 12.03.2024", "de")]
    [InlineData("12. Mär. 2024", "de")]
    [InlineData("12 mars 2024", "fr")]
    [InlineData("le 12 mars 2024 à 10h31", "fr")]
    [InlineData("12 de marzo de 2024", "es")]
    [InlineData("12 marzo, 2024", "es")]
    [InlineData("12 de março de 2024", "pt")]
    [InlineData("12/mar/2024", "pt")]
    [InlineData("12 marzo 2024", "it")]
    [InlineData("12 maart 2024", "nl")]
    [InlineData("12 mrt 2024", "nl")]
    [InlineData("12 marca 2024", "pl")]
    [InlineData("12 марта 2024", "ru")]
    [InlineData("12 марта 2024 г.", "ru")]
    [InlineData("12 березня 2024", "uk")]
    [InlineData("12 березня 2024 року", "uk")]
    [InlineData("12 mart 2024", "tr")]
    [InlineData("12 Mart 2024 Salı", "tr")]
    [InlineData("12. března 2024", "cs")]
    [InlineData("12. marca 2024", "sk")]
    [InlineData("2024. március 12.", "hu")]
    [InlineData("2024 m. kovo 12 d.", "lt")]
    [InlineData("2024. gada 12. martā", "lv")]
    [InlineData("12. märts 2024", "et")]
    [InlineData("12. maaliskuuta 2024", "fi")]
    [InlineData("12 mars 2024", "sv")]
    [InlineData("12. marts 2024", "da")]
    [InlineData("12. ožujka 2024.", "hr")]
    [InlineData("12. марта 2024.", "sr")]
    [InlineData("12 март 2024", "bg")]
    [InlineData("12 martie 2024", "ro")]
    [InlineData("12 Μαρτίου 2024", "el")]
    [InlineData("12 مارس 2024", "ar")]
    [InlineData("١٢ مارس ٢٠٢٤", "ar")]
    [InlineData("12 במרץ 2024", "he")]
    [InlineData("12 मार्च 2024", "hi")]
    [InlineData("12 Maret 2024", "id")]
    [InlineData("12 tháng 3, 2024", "vi")]
    [InlineData("12 มีนาคม 2567", "th")]
    [InlineData("2024年3月12日", "ja")]
    [InlineData("2024年03月12日 10:31", "zh")]
    [InlineData("2024년 3월 12일", "ko")]
    [InlineData("12 de març de 2024", "ca")]
    public void Months_have_names_in_the_languages_of_the_news(string text, string language) =>
        Assert.Equal(new DateTime(2024, 3, 12), Assert.Single(DateText.Find(text, DateOrder.DayFirst, language)).When.Date);

    [Theory]
    [InlineData("12 listopada 2024", "pl", 11)]
    [InlineData("12. listopada 2024.", "hr", 10)]
    [InlineData("12 серпня 2024", "uk", 8)]
    [InlineData("12. srpna 2024", "cs", 8)]
    [InlineData("12. srpnja 2024.", "hr", 7)]
    [InlineData("12 lipca 2024", "pl", 7)]
    [InlineData("12 мая 2024", "ru", 5)]
    [InlineData("12 mai 2024", "fr", 5)]
    [InlineData("12 août 2024", "fr", 8)]
    [InlineData("1er décembre 2024", "fr", 12)]
    [InlineData("12 Ağustos 2024", "tr", 8)]
    [InlineData("12 dez 2024", "pt", 12)]
    [InlineData("12 ene. 2024", "es", 1)]
    public void A_name_means_its_month_in_its_language(string text, string language, int month) =>
        Assert.Equal(month, Assert.Single(DateText.Find(text, DateOrder.DayFirst, language)).When.Month);

    [Theory]
    [InlineData("3/12/2024", "en-US", null, "2024-03-12", false)]
    [InlineData("3/12/2024", "en-GB", null, "2024-12-03", false)]
    [InlineData("3/12/2024", "en", "https://gazette.co.uk/a", "2024-12-03", false)]
    [InlineData("3/12/2024", "en", "https://gazette.com/a", "2024-03-12", false)]
    [InlineData("3/12/2024", "fr", "https://gazette.com/a", "2024-12-03", false)]
    [InlineData("3/12/2024", null, "https://gazette.it/a", "2024-12-03", false)]
    [InlineData("3/12/2024", null, "https://gazette.com/a", "2024-12-03", true)]
    [InlineData("3/3/2024", null, null, "2024-03-03", false)]
    [InlineData("3/31/2024", "de", null, "2024-03-31", false)]
    [InlineData("31/3/2024", "en-US", null, "2024-03-31", false)]
    [InlineData("03.12.2024", "en-US", null, "2024-12-03", false)]
    [InlineData("03-12-2024", "nl", null, "2024-12-03", false)]
    public void Day_and_month_are_told_apart_by_language_region_and_domain(string text, string? language, string? address, string expected, bool ambiguous)
    {
        var date = Assert.Single(DateText.Find(text, PageDate.Order(language, address), language));
        Assert.Equal((expected, ambiguous), (Written(date), date.Ambiguous));
    }

    [Theory]
    [InlineData("https://g.example/2024/03/12/talks-resume", "2024-03-12")]
    [InlineData("https://g.example/news/2024/3/2/talks.html", "2024-03-02")]
    [InlineData("https://g.example/world/2024/mar/12/talks-resume", "2024-03-12")]
    [InlineData("https://g.example/2024-03-12/talks", "2024-03-12")]
    [InlineData("https://g.example/20240312/talks", "2024-03-12")]
    [InlineData("https://g.example/news/talks-resume-20240312", "2024-03-12")]
    [InlineData("https://g.example/news/talks-resume-2024-03-12/", "2024-03-12")]
    [InlineData("https://g.example/2024/0312/c90000-1.html", "2024-03-12")]
    [InlineData("https://g.example/202403/12/talks.html", "2024-03-12")]
    [InlineData("https://g.example/a/2024_03_12_talks.shtml", "2024-03-12")]
    [InlineData("https://g.example/2024/03/12/", null)]
    [InlineData("https://g.example/2024/03/talks", null)]
    [InlineData("https://g.example/2024/13/12/talks", null)]
    [InlineData("https://g.example/article-20249912", null)]
    [InlineData("https://g.example/world-68543210", null)]
    [InlineData("https://g.example/id/120240312999/x", null)]
    [InlineData("https://g.example/1850/03/12/talks", null)]
    [InlineData("not an address", null)]
    public void An_address_may_carry_the_day(string address, string? expected) => Assert.Equal(expected, DateAddress.Of(address)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void Hostile_lines_are_read_in_no_time()
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        foreach (var text in new[] { new string('1', 100_000), string.Concat(Enumerable.Repeat("1.", 50_000)), string.Concat(Enumerable.Repeat("12 Mar ", 20_000)), new string(' ', 100_000) + "2024", string.Concat(Enumerable.Repeat("2024-", 20_000)) })
            Assert.Empty(DateText.Find(text));
        Assert.True(started.ElapsedMilliseconds < 10_000, $"{started.ElapsedMilliseconds} ms");
    }
}
