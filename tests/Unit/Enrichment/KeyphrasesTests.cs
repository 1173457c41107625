using Monitoring.Enrichment;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Summary;
using Monitoring.Enrichment.Text;

namespace Tests.Unit;

public class KeyphrasesTests
{
    static readonly Knowledge Knowledge = new(Path.Combine(AppContext.BaseDirectory, "knowledge"));
    static readonly EntityLinker Linker = new(Knowledge);
    static readonly Keyphrases Keyphrases = new(Knowledge);

    static IReadOnlyList<string> Find(string? title, string? body) => new Document(title, body) is var document ? Keyphrases.Find(document, Linker.Link(document, [], english: true)) : [];

    const string Title = "Iran breaks uranium stockpile limit";

    const string Body = "Iran will break the uranium stockpile limit of the nuclear deal within days, officials said on Monday. The nuclear deal was signed in Vienna. "
        + "Centrifuges at the enrichment plant were switched on again, and inspectors saw the centrifuges on Tuesday. “The nuclear deal is dead,” a diplomat in Tehran said.";

    [Fact]
    public void They_are_what_the_article_is_about_in_its_own_words_and_whom_it_names()
    {
        var found = Find(Title, Body);
        Assert.Equal(["Iran", "centrifuges", "nuclear deal", "uranium stockpile limit"], found.Where(phrase => phrase is "Iran" or "nuclear deal" or "uranium stockpile limit" or "centrifuges").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(found, phrase => phrase is "officials" or "Monday" or "said" or "deal" or "days" or "diplomat" or "inspectors");
    }

    [Fact]
    public void A_phrase_within_another_or_its_plural_is_not_told_twice()
    {
        var found = Find("Trade war", "The trade wars began when tariffs rose. A trade war hurts; tariffs and tariff hikes hurt. The trade war goes on.");
        Assert.Single(found, phrase => phrase.StartsWith("trade war", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void There_are_at_most_ten_always_the_same()
    {
        var body = string.Join(" ", Enumerable.Range(0, 60).Select(i => $"The zebu{(char)('a' + i % 26)} herding quarrel. The zebu{(char)('a' + i % 26)} herding quarrel."));
        Assert.Equal(10, Find(null, body).Count);
        Assert.Equal(Find(null, body), Find(null, body));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("He said that it was so.")]
    public void Where_nothing_is_told_there_are_none(string? body) => Assert.Empty(Find(null, body));

    [Theory]
    [InlineData("a")]
    [InlineData("zebu ")]
    [InlineData("Iran ")]
    [InlineData("zebu-")]
    [InlineData("\uD83C")]
    public void Anything_of_any_length_is_read(string unit) => Assert.InRange(Find(unit, string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length))).Count, 0, 10);
}
