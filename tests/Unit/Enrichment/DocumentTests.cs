using Monitoring.Contracts;
using Monitoring.Enrichment.Text;

namespace Tests.Unit;

public sealed class DocumentTests
{
    static string[] Tokens(string body) => [.. new Document(null, body) is var document ? document.Tokens.Select(token => document[token].ToString()) : []];

    static string[] Sentences(string? title, string? body)
    {
        var document = new Document(title, body);
        return [.. document.Sentences.Select(sentence => document.Text[document.Tokens[sentence.First].Start..document.Tokens[sentence.End - 1].End])];
    }

    [Fact]
    public void Apostrophes_quotes_dashes_and_spaces_become_one_each_and_offsets_stay()
    {
        var document = new Document("Trump’s “plan”", "U.S.–Ukraine\u00A0talks");
        Assert.Equal("Trump's \"plan\"\nU.S.-Ukraine talks", document.Text);
        Assert.Equal(["Trump", "'s", "\"", "plan", "\"", "U.S.", "-", "Ukraine", "talks"], document.Tokens.Select(token => document[token].ToString()));
        Assert.Equal(new Span(0, 7, "Trump’s"), document.Span(0, 7));
        Assert.Equal(["Trump", "plan", "U.S.", "Ukraine", "talks"], document.Words.Select(i => document[document.Tokens[i]].ToString()));
    }

    [Fact]
    public void Ligatures_are_spelt_out_accents_composed_invisible_characters_gone_and_spans_quote_what_was_given()
    {
        var document = new Document("An oﬃcer", "Zelen\u00ADskyy met Andre\u0301 Lou\u200Bvre");
        Assert.Equal("An officer\nZelenskyy met André Louvre", document.Text);
        Assert.Equal([new(0, 2, "An"), new(3, 8, "oﬃcer"), new(9, 19, "Zelen\u00ADskyy"), new(20, 23, "met"), new(24, 30, "Andre\u0301"), new(31, 38, "Lou\u200Bvre")],
            document.Tokens.Select(token => document.Span(token.Start, token.End)));
        Assert.Equal(11, document.BodyStart);
        Assert.Equal(9, document.ToOriginal(document.BodyStart));
    }

    [Theory]
    [InlineData("Gen. Mark A. Milley left the U.S. at 10:30 a.m.", "Gen.|Mark|A.|Milley|left|the|U.S.|at|10:30|a.m.")]
    [InlineData("It isn't O'Brien's, AT&T's or the workers' $6.7bn.", "It|isn't|O'Brien|'s|,|AT&T|'s|or|the|workers|'|$|6.7bn|.")]
    [InlineData("Some 1,000.50 met in Asia-Pacific (2025).", "Some|1,000.50|met|in|Asia|-|Pacific|(|2025|)|.")]
    [InlineData("See example.com, a 🎉 and naïve 北京 text", "See|example|.|com|,|a|🎉|and|naïve|北京|text")]
    public void Words_keep_what_is_theirs(string text, string expected) => Assert.Equal(expected.Split('|'), Tokens(text));

    [Fact]
    public void Numbers_genitives_and_signs_are_told_apart()
    {
        var document = new Document(null, "Iran's 3.5 € 4th");
        Assert.Equal([TokenKind.Word, TokenKind.Genitive, TokenKind.Number, TokenKind.Punctuation, TokenKind.Word], document.Tokens.Select(token => token.Kind));
    }

    [Theory]
    [InlineData("He left. \"She stays,\" he said. No one came!", "He left.|\"She stays,\" he said.|No one came!")]
    [InlineData("He said: \"I go.\" Then he went.", "He said: \"I go.\"|Then he went.")]
    [InlineData("Gen. Milley of the U.S. Army met Mr. Xi. The U.S. He said so.", "Gen. Milley of the U.S. Army met Mr. Xi.|The U.S.|He said so.")]
    [InlineData("It cost 3.5 million. In 2020 it was 4.", "It cost 3.5 million.|In 2020 it was 4.")]
    [InlineData("Apple Inc. bought it for ... a song. J. K. Rowling wrote.", "Apple Inc. bought it for ... a song.|J. K. Rowling wrote.")]
    [InlineData("First line\nSecond line\n\nNew paragraph", "First line|Second line|New paragraph")]
    [InlineData("These lines were wrapped by a mail program that somebody at the\nMinistry used, and are one sentence.", "These lines were wrapped by a mail program that somebody at the\nMinistry used, and are one sentence.")]
    public void Sentences_end_where_they_do(string text, string expected) => Assert.Equal(expected.Split('|'), Sentences(null, text));

    [Fact]
    public void The_headline_is_a_sentence_of_its_own() => Assert.Equal(["Leaders meet", "and so on."], Sentences("Leaders meet", "and so on."));

    [Theory]
    [InlineData("a")]
    [InlineData("a ")]
    [InlineData("\"")]
    [InlineData("\uD83C")]
    [InlineData("\uDF89\uD83C")]
    [InlineData("🎉")]
    [InlineData("e\u0301\u0301")]
    [InlineData("\u00AD")]
    [InlineData("ﬃ")]
    [InlineData("A.")]
    [InlineData("'s")]
    [InlineData("\u202Eשלום ")]
    public void A_megabyte_of_anything_is_read_and_every_span_is_where_it_says(string unit)
    {
        var document = new Document(unit, string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length)));
        Assert.All(document.Tokens, token =>
        {
            var span = document.Span(token.Start, token.End);
            Assert.Equal(document.Original[span.Start..span.End], span.Text);
        });
        Assert.Equal(document.Tokens.Length, document.Sentences.Sum(sentence => sentence.End - sentence.First));
        Assert.All(document.Sentences, sentence => Assert.InRange(sentence.End - sentence.First, 1, 400));
    }

    [Fact]
    public void Phrases_match_whole_words_and_prefixes_the_beginning()
    {
        var lexicon = new Lexicon<string>([("peace talks", "talks"), ("peace", "peace"), ("cease fire*", "fire")], fold: true);
        var document = new Document(null, "PEACE talks; cease-fires, peacetalks");
        var found = new List<Lexicon<string>.Match>();
        for (var i = 0; i < document.Words.Length; i++) lexicon.Find(document, i, found);
        Assert.Equal(["peace", "talks", "fire"], found.Select(match => match.Value));
    }
}
