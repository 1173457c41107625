using Monitoring.Enrichment.Summary;
using Monitoring.Enrichment.Text;

namespace Tests.Unit;

public class LeadTests
{
    static string? Of(string? body) => Lead.Of(new Document("A headline", body));

    [Fact]
    public void Three_sentences_as_given_are_the_lead() =>
        Assert.Equal("“We go,” he said. Snow fell. It’s cold.", Of("“We go,” he said. Snow fell.\n\nIt’s cold. Nobody came."));

    [Theory]
    [InlineData("KYIV (Reuters) - Drones hit the port.")]
    [InlineData("KYIV, April 4 (Reuters) – Drones hit the port.")]
    [InlineData("WASHINGTON — Drones hit the port.")]
    [InlineData("(CNN) -- Drones hit the port.")]
    [InlineData("(CNN) Drones hit the port.")]
    [InlineData("Washington (CNN) Drones hit the port.")]
    [InlineData("NEW DELHI: Drones hit the port.")]
    [InlineData("Kyiv – Drones hit the port.")]
    [InlineData("SAN FRANCISCO, Calif. (AP) — Drones hit the port.")]
    public void Datelines_are_none_of_it(string body) => Assert.Equal("Drones hit the port.", Of(body));

    [Theory]
    [InlineData("(AP Photo/Jane Doe)")]
    [InlineData("By Jane Doe and Al Roe")]
    [InlineData("Enlarge this image toggle caption Al Roe/AP")]
    [InlineData("Read more: What we know about the port")]
    [InlineData("Sign up for our newsletter and never miss a story.")]
    [InlineData("The port, photographed by Al Roe for Getty Images on Friday.")]
    [InlineData("World news")]
    [InlineData("Last updated 10:30 GMT")]
    public void Bylines_captions_and_links_are_none_of_it(string furniture) =>
        Assert.Equal("The port burned all night, officials said.", Of($"{furniture}\n\nThe port burned all night, officials said."));

    [Theory]
    [InlineData("By Monday, 20 people had died.")]
    [InlineData("Trump – who was in Paris – left.")]
    [InlineData("The plan (MTFF) - a draft - was read.")]
    public void Sentences_that_look_like_them_stay(string body) => Assert.Equal(body, Of(body));

    [Fact]
    public void At_most_400_characters()
    {
        var sentence = string.Join(' ', Enumerable.Repeat("word", 50)) + ".";
        Assert.Equal(sentence, Of($"{sentence} W{sentence}"));
        var cut = Of(string.Join(' ', Enumerable.Repeat("word", 500)) + ".")!;
        Assert.InRange(cut.Length, 380, 400);
        Assert.EndsWith("word…", cut, StringComparison.Ordinal);
        Assert.EndsWith("。", Of(string.Concat(Enumerable.Repeat("市议会将于星期二决定新医院的问题。", 60))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("...", null)]
    [InlineData("Only a line", "Only a line")]
    public void A_body_that_is_none_has_none(string? body, string? lead) => Assert.Equal(lead, Of(body));

    [Theory]
    [InlineData("a")]
    [InlineData("(")]
    [InlineData("A - ")]
    [InlineData("🎉")]
    [InlineData("\uD83C")]
    [InlineData("read more\n\n")]
    public void Anything_of_any_length_is_read(string unit) => Assert.InRange(Of(string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length)))?.Length ?? 0, 0, 400);
}
