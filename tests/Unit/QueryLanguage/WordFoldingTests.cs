using Monitoring.QueryLanguage.Analysis;

namespace Tests.QueryLanguage;

public class WordFoldingTests
{
    static string Words(string text) => string.Join(' ', Analyser.Analyse(text, null).Select(word => word.Folded));

    [Theory]
    [InlineData("5½ percent", "5 percent")]
    [InlineData("10 m² ① ⒈", "10 m2 1")]
    [InlineData("v1.2 of 1.2.3", "v1.2 of 1.2.3")]
    [InlineData("U.S.-led, J.R.R. Tolkien", "us led jrr tolkien")]
    [InlineData("a\u200B\u200C\u00ADb c\u00AD d", "ab c d")]
    [InlineData("❤\uFE0F 1\uFE0F\u20E3", "1")]
    [InlineData("二〇二五年 a.東", "二 〇 二 五 年 a 東")]
    [InlineData("กำลัง", "ก ำ ลั ง")]
    public void What_is_no_letter_makes_no_word(string text, string words) => Assert.Equal(words, Words(text));

    /// <summary>Else a printed query would not read back as itself, nor find what it was made from.</summary>
    [Fact]
    public void Every_character_folds_to_what_folds_to_itself()
    {
        var odd = new List<string>();
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            if (code is >= 0xD800 and <= 0xDFFF) continue;
            var character = char.ConvertFromUtf32(code);
            foreach (var text in new[] { character, $"a{character}", $"{character}b", $"1{character}2", $"x.{character}" })
                foreach (var word in Analyser.Analyse(text, null))
                    if (Words(word.Folded) != word.Folded || word.Folded.AsSpan().ContainsAny("'\\* \"^~@")) odd.Add($"U+{code:X4} in {text}: {word.Folded}");
        }
        Assert.Empty(odd);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.")]
    [InlineData("1,")]
    [InlineData("1.")]
    [InlineData("東")]
    [InlineData("e\u0301")]
    [InlineData("\u0301")]
    [InlineData("a\u00AD")]
    [InlineData("\u00AD")]
    [InlineData("’s")]
    [InlineData("😀")]
    [InlineData("𝐀")]
    [InlineData("\ud800")]
    public void Any_text_is_read_and_its_words_are_no_longer_than_is_kept(string part) => Assert.All(
        Analyser.Analyse(string.Concat(Enumerable.Repeat(part, 200_000)), "en"),
        word => Assert.True(word.Folded.Length is > 0 and <= Analyser.MaxWord && Words(word.Folded) == word.Folded));
}
