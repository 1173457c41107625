using Monitoring.Enrichment.Facts;
using Monitoring.Enrichment.Text;

namespace Tests.Unit;

public class DateFinderTests
{
    /// <summary>A Monday.</summary>
    static readonly DateTimeOffset Published = new(2025, 3, 31, 9, 0, 0, TimeSpan.Zero);

    static string Find(string text, DateTimeOffset? published) => string.Join(" | ", DateFinder.Find(new Document(null, text), published).Select(date => $"{date.Text} = {date.Value}"));

    [Theory]
    [InlineData("It opened on April 4, 2025, and closed.", "April 4, 2025 = 2025-04-04")]
    [InlineData("Signed Sept. 3rd 2024 in Geneva", "Sept. 3rd 2024 = 2024-09-03")]
    [InlineData("on 4 April 2025 and the 1st of May, 2026", "4 April 2025 = 2025-04-04 | 1st of May, 2026 = 2026-05-01")]
    [InlineData("from April 4-6, 2025 or 7–9 June 2024", "April 4-6, 2025 = 2025-04-04/2025-04-06 | 7–9 June 2024 = 2024-06-07/2024-06-09")]
    [InlineData("Log: 2025-04-04, 13/04/2025, 04/13/2025, 04/04/2025, 24.2.2022.", "2025-04-04 = 2025-04-04 | 13/04/2025 = 2025-04-13 | 04/13/2025 = 2025-04-13 | 04/04/2025 = 2025-04-04 | 24.2.2022 = 2022-02-24")]
    [InlineData("since March 2024 and in 2019, between 2014 and 2018", "March 2024 = 2024-03 | 2019 = 2019 | 2014 = 2014 | 2018 = 2018")]
    [InlineData("Profit rose in the first quarter of 2025 from Q3 2024; H1 2023", "first quarter of 2025 = 2025-01-01/2025-03-31 | Q3 2024 = 2024-07-01/2024-09-30 | H1 2023 = 2023-01-01/2023-06-30")]
    [InlineData("in the 1990s, on Thursday, April 3, 2025", "1990s = 1990-01-01/1999-12-31 | Thursday, April 3, 2025 = 2025-04-03")]
    public void Dates_that_name_their_year_need_nothing_else(string text, string expected)
    {
        Assert.Equal(expected, Find(text, null));
        Assert.Equal(expected, Find(text, Published));
    }

    [Theory]
    [InlineData("Over the weekend, March 30, drones flew.", "Over the weekend, March 30 = 2025-03-30")]
    [InlineData("He said on Thursday that it rained Monday night.", "Thursday = 2025-03-27 | Monday night = 2025-03-31")]
    [InlineData("They will meet on Thursday, officials said on Monday.", "Thursday = 2025-04-03 | Monday = 2025-03-31")]
    [InlineData("next Thursday, last Monday, this Friday", "next Thursday = 2025-04-03 | last Monday = 2025-03-24 | this Friday = 2025-04-04")]
    [InlineData("It began yesterday, goes on today and tomorrow evening.", "yesterday = 2025-03-30 | today = 2025-03-31 | tomorrow = 2025-04-01")]
    [InlineData("last week, last month, this year and next year", "last week = 2025-03-24/2025-03-30 | last month = 2025-02 | this year = 2025 | next year = 2026")]
    [InlineData("last weekend and this weekend; last night, this morning", "last weekend = 2025-03-29/2025-03-30 | this weekend = 2025-04-05/2025-04-06 | last night = 2025-03-30 | this morning = 2025-03-31")]
    [InlineData("two days ago, 3 weeks ago, a year ago", "two days ago = 2025-03-29 | 3 weeks ago = 2025-03-10/2025-03-16 | a year ago = 2024")]
    [InlineData("over the past three days and the last 24 hours", "past three days = 2025-03-28/2025-03-31 | last 24 hours = 2025-03-30/2025-03-31")]
    [InlineData("on 4 April, on December 30 and in January", "4 April = 2025-04-04 | December 30 = 2024-12-30 | January = 2025-01")]
    [InlineData("It is due to open in May; in May it had closed.", "May = 2025-05 | May = 2024-05")]
    [InlineData("on 3 March last year, in November of last year", "3 March last year = 2024-03-03 | November of last year = 2024-11")]
    [InlineData("last quarter and the second half of this year", "last quarter = 2024-10-01/2024-12-31 | second half of this year = 2025-07-01/2025-12-31")]
    public void Others_are_told_from_the_day_of_publication(string text, string expected)
    {
        Assert.Equal(expected, Find(text, Published));
        Assert.Equal("", Find(text, null));
    }

    [Theory]
    [InlineData("They may march on; every Monday; the Sunday Times, ABC’s This Week, the \"Today\" show and Black Friday; Sheffield Wednesday won.")]
    [InlineData("On 03/04/2025 some 2019 people paid $2024, or 2050 people; 10:30, April 31, 2025, room 1914.")]
    [InlineData("The September 11 attacks, in today's world, the second half began.")]
    [InlineData("99999999 years ago, a million years ago")]
    [InlineData("The next day they spoke again; in the coming months, over the last years")]
    public void What_is_no_date_or_could_be_two_is_none(string text) => Assert.Equal("", Find(text, Published));

    [Fact]
    public void Without_its_own_day_a_weekday_before_a_full_date_is_part_of_it() =>
        Assert.Equal("Friday, 28 March 2025 = 2025-03-28", Find("On Friday, 28 March 2025, it snowed.", null));

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T00:00:00Z")]
    [InlineData("2024-02-29T00:00:00Z")]
    public void No_day_of_publication_is_too_early_or_late(string published) =>
        Find("yesterday, tomorrow, last year, next year, 300 years ago, the past 300 years, last weekend, 29 February, next month, the next 30 decades", DateTimeOffset.Parse(published, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("4 ")]
    [InlineData("April ")]
    [InlineData("last ")]
    [InlineData("the weekend, ")]
    [InlineData("Thursday, ")]
    [InlineData("2025-04-")]
    [InlineData("\uD83C")]
    public void Anything_of_any_length_is_read_and_every_span_is_where_it_says(string unit)
    {
        var document = new Document(unit, string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length)));
        Assert.All(DateFinder.Find(document, Published), date => Assert.Equal(document.Original[date.Start..date.End], date.Text));
    }
}
