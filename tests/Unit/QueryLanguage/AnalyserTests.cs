using Monitoring.QueryLanguage;
using Monitoring.QueryLanguage.Analysis;

namespace Tests.QueryLanguage;

public class AnalyserTests
{
    [Theory]
    [InlineData("Putin's war, the Kremlin’s", "putin war the kremlin")]
    [InlineData("L'Europe d’abord", "l europe d abord")]
    [InlineData("O'Brien", "o brien")]
    [InlineData("The U.S. and U.N. at 9 a.m. today", "the us and un at 9 am today")]
    [InlineData("1,000 people, 6.7 percent. 3 more", "1000 people 6.7 percent 3 more")]
    [InlineData("covid-19 and/or AT&T", "covid 19 and or at t")]
    [InlineData("Straße Łódź Søren İstanbul Œuvre ﬁnance", "strasse lodz soren istanbul oeuvre finance")]
    [InlineData("naïve nai\u0308ve", "naive naive")]
    [InlineData("co\u00ADope\u200Brate", "cooperate")]
    [InlineData("東京は晴れ", "東 京 は 晴 れ")]
    [InlineData("пойти мир", "поити мир")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("ＡＢＣ １２", "abc 12")]
    [InlineData("😀 \ud800 — ?", "")]
    [InlineData("e.g. J. Smith", "eg j smith")]
    public void A_text_is_split_and_folded(string text, string words) => Assert.Equal(words, string.Join(' ', Analyser.Analyse(text, "de").Select(word => word.Folded)));

    [Fact]
    public void Words_know_where_they_stand()
    {
        const string Text = "Die U.S. “Überfälle”, 1,000's";
        Assert.Equal(["Die", "U.S", "Überfälle", "1,000"], Analyser.Analyse(Text, "de").Select(word => Text[word.Start..word.End]));
    }

    [Theory]
    [InlineData("running", "run"), InlineData("runs", "run"), InlineData("talks", "talk"), InlineData("talking", "talk"), InlineData("talked", "talk"), InlineData("sanctions", "sanction"), InlineData("sanctioned", "sanction")]
    [InlineData("elections", "elect"), InlineData("electing", "elect"), InlineData("peaceful", "peac"), InlineData("peace", "peac"), InlineData("organization", "organ"), InlineData("organisation", "organis")]
    [InlineData("caresses", "caress"), InlineData("flies", "fli"), InlineData("ties", "tie"), InlineData("cries", "cri"), InlineData("gas", "gas"), InlineData("this", "this"), InlineData("kiwis", "kiwi"), InlineData("news", "news")]
    [InlineData("agreed", "agre"), InlineData("hopping", "hop"), InlineData("hoping", "hope"), InlineData("luxuriated", "luxuri"), InlineData("by", "by"), InlineData("say", "say"), InlineData("cry", "cri"), InlineData("skies", "sky"), InlineData("dying", "die")]
    [InlineData("national", "nation"), InlineData("generally", "general"), InlineData("communism", "communism"), InlineData("proceed", "proceed"), InlineData("proceeds", "proceed"), InlineData("controlling", "control"), InlineData("consistency", "consist")]
    [InlineData("knightly", "knight"), InlineData("knots", "knot"), InlineData("consolingly", "consol"), InlineData("youth", "youth"), InlineData("ministers", "minist"), InlineData("ministry", "ministri"), InlineData("hopefulness", "hope"), InlineData("relational", "relat")]
    [InlineData("hesitanci", "hesit"), InlineData("formaliti", "formal"), InlineData("replacement", "replac"), InlineData("adjustment", "adjust"), InlineData("roll", "roll"), InlineData("controll", "control"), InlineData("cease", "ceas"), InlineData("bed", "bed"), InlineData("shred", "shred")]
    public void English_is_stemmed_by_Porter2(string word, string stem) => Assert.Equal(stem, EnglishStemmer.Stem(word));

    [Fact]
    public void Other_languages_are_folded_only() => Assert.Equal(["running"], Analyser.Analyse("Running", "de").Select(word => word.Stem));

    static IndexedArticle Indexed(string body, string? title = null) => IndexedArticle.Of(new SearchableArticle { Title = title, Body = body, Language = "en", Received = DateTimeOffset.UnixEpoch });

    [Fact]
    public void A_tsvector_has_words_stems_and_what_is_in_the_title()
    {
        var article = IndexedArticle.Of(new SearchableArticle { Title = "Talks", Authors = ["Jane Doe"], Body = "Peace talks go on", Language = "en", Received = DateTimeOffset.UnixEpoch });
        Assert.Equal(
            "'talks':1A,205 '~talk':1A,205 '^talks' '^~talk' 'jane':102B '@jane' '~jane' 'doe':103B '@doe' '~doe' 'peace':204 '~peac':204 'go':206 '~go' 'on':207 '~on'",
            article.Text.ToTsVector());
        Assert.False(article.IndexedPartly);
    }

    [Theory]
    [InlineData(12_000, false)]
    [InlineData(12_001, true)]
    public void Twelve_thousand_words_of_an_article_are_indexed(int words, bool partly)
    {
        var article = Indexed(string.Join(' ', Enumerable.Range(0, words).Select(i => $"w{i}")));
        Assert.Equal(partly, article.IndexedPartly);
        Assert.True(article.Text.Lexemes.ContainsKey("w11999"));
        Assert.False(article.Text.Lexemes.ContainsKey("w12000"));
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    public void Two_hundred_places_of_a_word_are_kept(int times, bool partly)
    {
        var article = Indexed(string.Join(' ', Enumerable.Repeat("talks", times)));
        Assert.Equal((200, partly), (article.Text.Lexemes["talks"]!.Count, article.IndexedPartly));
    }

    [Fact]
    public void Words_positions_and_bytes_beyond_what_a_tsvector_holds_are_cut()
    {
        Assert.Equal(new string('x', 100), Assert.Single(Indexed(new string('x', 1_000_000)).Text.Lexemes.Keys, key => key[0] == 'x'));
        var authors = IndexedArticle.Of(new SearchableArticle { Authors = [.. Enumerable.Range(0, 500).Select(i => $"author{i}")], Received = DateTimeOffset.UnixEpoch });
        Assert.True(authors.IndexedPartly);
        Assert.All(authors.Text.Lexemes.Values.SelectMany(places => places ?? []), place => Assert.InRange(place.Position, 1, 16_383));
        var bytes = Indexed(string.Join(' ', Enumerable.Range(0, 11_000).Select(i => $"{i}{new string('ж', 90)}")));
        Assert.True(bytes.IndexedPartly);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(bytes.Text.ToTsVector()), 900_000, 1_100_000);
    }
}
