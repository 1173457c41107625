using Monitoring.Contracts;
using Monitoring.Ingest.Articles;

namespace Tests.Unit;

public class ArticleIdentityTests
{
    static readonly Source Gazette = new() { Domain = "gazette.example" };

    [Fact]
    public void The_publishers_id_comes_before_the_address()
    {
        var keys = ArticleIdentity.Keys(new ArticleContent { Title = "T", Url = "https://gazette.example/a", Source = Gazette }, "4711");
        Assert.Equal(["uri:gazette.example|4711", "url:gazette.example/a"], keys);
    }

    [Fact]
    public void An_id_that_is_a_uri_is_found_without_its_source_too() => Assert.Equal(
        ["uri:gazette.example|tag:gazette.example,2026:4711", "uri:|tag:gazette.example,2026:4711"],
        ArticleIdentity.Keys(new ArticleContent { Title = "T", Source = Gazette }, "tag:gazette.example,2026:4711"));

    [Fact]
    public void Without_id_and_address_source_and_text_identify()
    {
        var article = new ArticleContent { Title = "T", Body = "B", Source = Gazette };
        var key = Assert.Single(ArticleIdentity.Keys(article, null));
        Assert.StartsWith("txt:gazette.example|", key, StringComparison.Ordinal);
        Assert.NotEqual(key, ArticleIdentity.Keys(article with { Source = null }, null)[0]);
        Assert.Equal(key, ArticleIdentity.Keys(article with { Body = " B\n" }, null)[0]);
    }

    [Fact]
    public void Title_and_body_do_not_run_together() => Assert.NotEqual(
        ArticleIdentity.Hash(new ArticleContent { Title = "a b", Body = "c" }), ArticleIdentity.Hash(new ArticleContent { Title = "a", Body = "b c" }));

    [Fact]
    public void An_id_that_is_an_address_identifies_as_one_too()
    {
        var article = new ArticleContent { Title = "T", Url = "https://gazette.example/talks", Source = Gazette };
        Assert.Equal(
            ["uri:gazette.example|https://www.gazette.example/?p=12&utm_source=rss", "uri:|https://www.gazette.example/?p=12&utm_source=rss", "url:gazette.example/talks", "url:gazette.example?p=12"],
            ArticleIdentity.Keys(article, "https://www.gazette.example/?p=12&utm_source=rss"));
        Assert.Equal(
            ["uri:gazette.example|https://gazette.example/talks", "uri:|https://gazette.example/talks", "url:gazette.example/talks"],
            ArticleIdentity.Keys(article, "https://gazette.example/talks"));
    }

    [Fact]
    public void The_address_of_the_site_identifies_no_article()
    {
        var article = new ArticleContent { Title = "T", Url = "https://gazette.example/", Source = Gazette };
        Assert.Equal(["uri:gazette.example|4711"], ArticleIdentity.Keys(article, "4711"));
        Assert.StartsWith("txt:", Assert.Single(ArticleIdentity.Keys(article, null)), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_never_longer_than_an_index_takes()
    {
        var article = new ArticleContent { Title = "T", Url = CanonicalUrl.TryCanonicalise("https://gazette.example/" + new string('ж', 2_000)), Source = new Source { Name = new string('ж', 300) } };
        var keys = ArticleIdentity.Keys(article, new string('ж', 512));
        Assert.Equal(2, keys.Count);
        Assert.All(keys, key => Assert.InRange(key.Length, 60, 100));
        Assert.NotEqual(keys, ArticleIdentity.Keys(article with { Url = article.Url + "a" }, new string('ж', 511)));
    }

    static string Text(string title, string body) => Convert.ToHexString(ArticleIdentity.Hash(new ArticleContent { Title = title, Body = body }));

    const string Body = "The minister said: \"We don't know\" - and left.\n\nMore than 2,000 people came... to the square.";

    [Theory]
    [InlineData("The minister said: “We don’t know” – and left.\n\nMore than 2,000 people came… to the square.")]
    [InlineData("The minister said: «We don‘t know» — and left.\n\nMore than 2,000 people came... to the square.")]
    [InlineData("The minister said:\u00A0\"We don't know\" - and left.\nMore than 2,000 peo\u00ADple came... to\u200B the square.\uFEFF")]
    [InlineData("  The minister said: \"We don't know\"\n- and left. More than 2,000 people came... to the\tsquare.  ")]
    [InlineData("The minister said: \"We don't know\" - and left.\n\nRead more: Flood in Lisbon\n\nMore than 2,000 people came... to the square.")]
    [InlineData("Updated 5 minutes ago\n\nThe minister said: \"We don't know\" - and left.\n\nAdvertisement\n\nMore than 2,000 people came... to the square.\n\nShare this\n\n© 2026 The Gazette. All rights reserved.")]
    public void Another_setting_or_another_line_of_furniture_is_no_other_text(string body) => Assert.Equal(Text("Talks resume", Body), Text("Talks resume", body));

    [Theory]
    [InlineData("The minister said: \"We don't know\" - and left.\n\nMore than 3,000 people came... to the square.")]
    [InlineData("The minister said: \"We do know\" - and left.\n\nMore than 2,000 people came... to the square.")]
    [InlineData("The minister said: \"We don't know\" - and left.")]
    [InlineData("The minister said: \"We don't know\" - and left.\n\nMore than 2,000 people came... to the square.\n\nShare prices fell.")]
    public void Another_word_is_another_text(string body) => Assert.NotEqual(Text("Talks resume", Body), Text("Talks resume", body));

    [Fact]
    public void The_headline_counts_as_it_is_set_but_for_its_marks()
    {
        Assert.Equal(Text("Minister: “No” – at last", ""), Text("Minister: \"No\" - at  last", ""));
        Assert.NotEqual(Text("Talks resume", "B"), Text("Talks Resume", "B"));
        // A headline is no furniture, whatever it says.
        Assert.NotEqual(Text("Advertisement", "B"), Text("Share", "B"));
        Assert.NotEqual(Text("Café", ""), Text("Cafe", ""));
        Assert.Equal(Text("Caf\u00E9", ""), Text("Cafe\u0301", ""));
    }

    [Fact]
    public void Addresses_in_a_text_count_without_their_trackers()
    {
        Assert.Equal(Text("T", "See https://gazette.example/a?id=7."), Text("T", "See https://gazette.example/a?utm_source=mail&id=7&mc_cid=1."));
        Assert.Equal(Text("T", "(https://gazette.example/a) and https://gazette.example/b"), Text("T", "(https://gazette.example/a?fbclid=x) and https://gazette.example/b?gclid=y"));
        Assert.NotEqual(Text("T", "See https://gazette.example/a?id=7"), Text("T", "See https://gazette.example/a?id=8"));
        Assert.NotEqual(Text("T", "Is it https://gazette.example/a?"), Text("T", "Is it https://gazette.example/a!"));
    }

    [Fact]
    public void A_text_of_nothing_but_furniture_is_a_text()
    {
        Assert.NotEqual(Text("T", "Advertisement"), Text("T", "Share"));
        Assert.NotEqual(Text("T", "Advertisement"), Text("T", ""));
    }

    [Fact]
    public void Half_a_character_and_a_million_of_them_are_hashed()
    {
        Assert.NotEqual(Text("T", "a\uD800b ж"), Text("T", "b\uD800b ж"));
        Assert.NotEqual(Text("T", new string('a', 1_000_000)), Text("T", string.Concat(Enumerable.Repeat("http://", 140_000))));
        Assert.NotEqual(Text("T", string.Concat(Enumerable.Repeat("Share on on \n", 80_000))), Text("T", string.Concat(Enumerable.Repeat("1 1 1 1\n", 120_000))));
    }

    [Fact]
    public void What_the_rules_of_before_made_is_frozen()
    {
        var article = new ArticleContent { Title = "Talks  resume", Body = "“Delegations”\n met.", Url = CanonicalUrl.TryCanonicalise("https://m.gazette.example/a/?cmp=1&utm_source=x"), Source = new Source { Domain = "gazette.example" } };
        // The value is that of sha256 over "Talks resume\n“Delegations” met." by another implementation.
        Assert.Equal("59a3597a9e3488ff2ef21e78daf066c7d0fef24f9bdbf5a53653b52eb2836dd0", Convert.ToHexStringLower(FormerIdentity.Hash(article)));
        Assert.Equal(
            ["uri:m.gazette.example|tag:gazette.example,2026:1", "uri:|tag:gazette.example,2026:1", "url:m.gazette.example/a/?cmp=1"],
            FormerIdentity.Keys(article, "tag:gazette.example,2026:1", "https://m.gazette.example/a/?cmp=1&utm_source=x"));
        Assert.Equal(["url:www.gazette.example/a"], FormerIdentity.Keys(article with { Url = "https://www.gazette.example/a" }, null, "https://www.gazette.example/a/"));
        Assert.Equal([$"txt:gazette.example|{Convert.ToHexStringLower(FormerIdentity.Hash(article))}"], FormerIdentity.Keys(article, null, null));
    }
}
