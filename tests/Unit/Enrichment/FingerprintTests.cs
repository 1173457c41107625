using Monitoring.Contracts;
using Monitoring.Enrichment.Summary;
using Monitoring.Enrichment.Text;

namespace Tests.Unit;

public class FingerprintTests
{
    static string Of(string text) => Fingerprint.Of(new Document(null, text))!;

    /// <summary>Words without sense, always the same: what counts is only which follow which.</summary>
    static string[] Words(int count, int seed)
    {
        var words = new string[count];
        var state = (uint)seed;
        for (var i = 0; i < count; i++) words[i] = $"w{(state = state * 1664525 + 1013904223) >> 19}";
        return words;
    }

    static string Text(params IEnumerable<string>[] parts) => string.Join(' ', parts.SelectMany(part => part));

    [Fact]
    public void It_is_128_values_of_16_bits_the_same_for_the_same_text() =>
        Assert.Equal((256, Of("Snow closed the airport again")), (Convert.FromBase64String(Of("Snow closed the airport again")).Length, Of("SNOW closed the airport, again!")));

    [Theory]
    [InlineData("")]
    [InlineData("Two words")]
    public void Fewer_than_three_words_have_none(string text) => Assert.Null(Fingerprint.Of(new Document(null, text)));

    [Fact]
    public void Another_headline_and_a_few_edits_leave_a_near_duplicate()
    {
        var words = Words(400, seed: 1);
        var edited = words.ToArray();
        for (var i = 20; i < edited.Length; i += 40) edited[i] = "edited";
        Assert.True(Fingerprints.AreNearDuplicates(Of(Text(words)), Of(Text(["An", "update", "of", "the", "report"], edited))));
    }

    [Fact]
    public void A_shortened_text_is_contained_in_the_longer_one()
    {
        var words = Words(600, seed: 2);
        var (whole, part) = (Of(Text(words)), Of(Text(words.Take(180))));
        Assert.InRange(Fingerprints.Similarity(whole, part), 0.2, 0.4);
        Assert.True(Fingerprints.AreNearDuplicates(whole, part));
        Assert.True(Fingerprints.AreNearDuplicates(part, whole));
    }

    [Fact]
    public void A_shared_paragraph_or_quotation_is_no_near_duplicate()
    {
        var shared = Words(100, seed: 3);
        var (one, other) = (Of(Text(Words(300, seed: 4), shared)), Of(Text(shared, Words(250, seed: 5))));
        Assert.False(Fingerprints.AreNearDuplicates(one, other));
        Assert.False(Fingerprints.AreNearDuplicates(Of(Text(Words(300, seed: 6))), Of(Text(Words(300, seed: 7)))));
    }

    [Theory]
    [InlineData(1, 0.67)]
    [InlineData(2, 0.5)]
    [InlineData(4, 0.33)]
    public void The_share_of_equal_values_estimates_the_similarity(int others, double jaccard)
    {
        var shared = Words(400, seed: 8);
        double Measured(int seed) => Fingerprints.Similarity(Of(Text(shared, Words(100 * others, seed))), Of(Text(shared, Words(100 * others, seed + 100))));
        Assert.InRange(Enumerable.Range(10, 8).Average(Measured), jaccard - 0.04, jaccard + 0.04);
    }

    [Fact]
    public void The_same_gallery_under_two_articles_makes_them_no_near_duplicates()
    {
        var gallery = Enumerable.Range(1, 12).Select(i => $"Photos: {Text(Words(30, seed: i))} Hide Caption {i} of 12").ToList();
        var (one, other) = (Text(Words(150, seed: 30), gallery), Text(Words(150, seed: 31), gallery));
        Assert.Equal(0, Fingerprints.Similarity(Of(one), Of(other)), 0.05);
    }

    [Fact]
    public void Chinese_and_Thai_are_compared_by_characters()
    {
        const string Chinese = "市议会将于星期二决定新医院的问题主席在长时间辩论后说预算仍然不足";
        Assert.True(Fingerprints.AreNearDuplicates(Of(Chinese), Of("快讯" + Chinese)));
        Assert.Equal(1, Fingerprints.Similarity(Of(Chinese), Of(Chinese[..15] + "，" + Chinese[15..])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64")]
    public void What_is_no_fingerprint_is_like_nothing(string text) => Assert.False(Fingerprints.AreNearDuplicates(text, text));

    [Theory]
    [InlineData("a")]
    [InlineData("a ")]
    [InlineData("hide caption ")]
    [InlineData("photos ")]
    [InlineData("漢")]
    [InlineData("\uD83C")]
    public void Anything_of_any_length_is_read(string unit) => Fingerprint.Of(new Document(unit, string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length))));
}
