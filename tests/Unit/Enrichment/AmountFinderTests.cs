using System.Globalization;
using Monitoring.Enrichment;
using Monitoring.Enrichment.Facts;
using Monitoring.Enrichment.Text;

namespace Tests.Unit;

public class AmountFinderTests
{
    static readonly AmountFinder Finder = new(new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge")));

    static string Find(string text) => string.Join(" | ", Finder.Find(new Document(null, text))
        .Select(amount => string.Create(CultureInfo.InvariantCulture, $"{amount.Text} = {amount.Value}{(amount.To is { } to ? $"–{to.ToString(CultureInfo.InvariantCulture)}" : "")} {amount.Currency}")));

    [Theory]
    [InlineData("some 6.7 billion Danish kroner ($970 million) in aid", "6.7 billion Danish kroner = 6700000000 DKK | $970 million = 970000000 USD")]
    [InlineData("$1.2tn, US$5m, €20bn, £3 million, ₴100, ¥300", "$1.2tn = 1200000000000 USD | US$5m = 5000000 USD | €20bn = 20000000000 EUR | £3 million = 3000000 GBP | ₴100 = 100 UAH | ¥300 = 300 JPY")]
    [InlineData("A$3.5m, C$2 billion, HK$10, R$7, $500 CAD", "A$3.5m = 3500000 AUD | C$2 billion = 2000000000 CAD | HK$10 = 10 HKD | R$7 = 7 BRL | $500 CAD = 500 CAD")]
    [InlineData("Rs 500 crore, Rs. 1 lakh crore, 500 lakh rupees, ₹2,000", "Rs 500 crore = 5000000000 INR | Rs. 1 lakh crore = 1000000000000 INR | 500 lakh rupees = 50000000 INR | ₹2,000 = 2000 INR")]
    [InlineData("5,000 euros, 100 hryvnias, 50 cents, 50p, 20 €, USD 5 million", "5,000 euros = 5000 EUR | 100 hryvnias = 100 UAH | 50 cents = 0.5 USD | 50p = 0.5 GBP | 20 € = 20 EUR | USD 5 million = 5000000 USD")]
    [InlineData("R500m and N500 billion, RM2.5 million, Rp 5 triliun", "R500m = 500000000 ZAR | N500 billion = 500000000000 NGN | RM2.5 million = 2500000 MYR | Rp 5 triliun = 5000000000000 IDR")]
    [InlineData("five million dollars, half a billion euros, a $1.5-million prize, a 5-million-dollar deal", "five million dollars = 5000000 USD | half a billion euros = 500000000 EUR | $1.5-million = 1500000 USD | 5-million-dollar = 5000000 USD")]
    [InlineData("1,5 Millionen Euro, 1.500 Euro, 2 mil millones de euros, 10 millions d’euros, 300万元, 5 млрд грн", "1,5 Millionen Euro = 1500000 EUR | 1.500 Euro = 1500 EUR | 2 mil millones de euros = 2000000000 EUR | 10 millions d’euros = 10000000 EUR | 300万元 = 3000000 CNY | 5 млрд грн = 5000000000 UAH")]
    [InlineData("1 234 567 rubles, $3.299 a gallon, $1,234.50", "1 234 567 rubles = 1234567 RUB | $3.299 = 3.299 USD | $1,234.50 = 1234.5 USD")]
    public void Amounts_have_a_value_and_a_currency(string text, string expected) => Assert.Equal(expected, Find(text));

    [Theory]
    [InlineData("$5-10 million", "$5-10 million = 5000000–10000000 USD")]
    [InlineData("between $5 million and $10 million", "$5 million and $10 million = 5000000–10000000 USD")]
    [InlineData("5 to 10 million dollars", "5 to 10 million dollars = 5000000–10000000 USD")]
    [InlineData("€200–€300", "€200–€300 = 200–300 EUR")]
    [InlineData("rose from $5 million to $10 million", "$5 million = 5000000 USD | $10 million = 10000000 USD")]
    public void A_range_is_one_amount(string text, string expected) => Assert.Equal(expected, Find(text));

    [Theory]
    [InlineData("He lost 200 pounds, 2 won medals, N95 masks, R2 and R 5; 4m people, 100,000 men, 5 percent.")]
    [InlineData("3 million kroner and 500 pesos, of which nobody says whose")]
    [InlineData("$ million, € and 99999999999999999999 dollars, $999999999999 trillion trillion trillion")]
    public void What_is_none_or_could_be_several_is_none(string text) => Assert.Equal("", Find(text));

    [Fact]
    public void A_shared_name_is_the_currency_that_was_named_in_full() =>
        Assert.Equal("2 million Norwegian kroner = 2000000 NOK | 500 kroner = 500 NOK", Find("It cost 2 million Norwegian kroner, or 500 kroner a head."));

    [Fact]
    public void A_sign_belongs_to_the_number_behind_it() => Assert.Equal("$10 million = 10000000 USD", Find("in 2015 $10 million"));

    [Theory]
    [InlineData("1 000 ")]
    [InlineData("$")]
    [InlineData("$5-")]
    [InlineData("million ")]
    [InlineData("9")]
    [InlineData("a million dollars ")]
    [InlineData("R")]
    [InlineData("\uD83C")]
    public void Anything_of_any_length_is_read_and_every_span_is_where_it_says(string unit)
    {
        var document = new Document(unit, string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length)));
        Assert.All(Finder.Find(document), amount => Assert.Equal(document.Original[amount.Start..amount.End], amount.Text));
    }
}
