using Monitoring.Enrichment.Text;

namespace Tests.Unit;

public class TopicLexiconTests
{
    static List<string> Find(string text, bool fold, params string[] phrases)
    {
        var lexicon = new Lexicon<string>(phrases.Select(phrase => (phrase, phrase)), fold);
        var document = new Document(null, text);
        var found = new List<Lexicon<string>.Match>();
        for (var word = 0; word < document.Words.Length; word++) lexicon.Find(document, word, found);
        return found.ConvertAll(match => match.Value);
    }

    [Fact]
    public void A_stem_stands_for_every_word_that_begins_so_at_the_end_of_a_phrase_too()
    {
        Assert.Equal(["protest*", "protest*", "protest"], Find("Protesters protest, a test.", fold: true, "protest*", "protest").Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(["peace talk*"], Find("Peace Talks, not peace walks.", fold: true, "peace talk*"));
        Assert.Empty(Find("peace tal", fold: true, "peace talk*"));
    }

    [Fact]
    public void Case_counts_unless_folded_beyond_ascii_too()
    {
        Assert.Empty(Find("nato", fold: false, "NATO"));
        Assert.Equal(["el niño*"], Find("EL NIÑOS", fold: true, "el niño*"));
    }

    [Fact]
    public void All_of_many_phrases_are_found()
    {
        var phrases = Enumerable.Range(0, 5_000).Select(i => $"word{i} after{i}").ToArray();
        Assert.Equal(phrases, Find(string.Join(' ', phrases), fold: true, phrases));
    }

    [Fact]
    public void A_stem_too_long_to_be_told_apart_is_refused() =>
        Assert.Contains("32 characters", Assert.Throws<InvalidDataException>(() => Find("", true, new string('a', 32) + "*")).Message);
}
