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

    [Theory]
    [InlineData("HTTPS://WWW.Gazette.Example:443/a?utm_source=x&id=7&fbclid=y#top", "https://www.gazette.example/a?id=7")]
    [InlineData("http://gazette.example", "http://gazette.example/")]
    [InlineData("https://user:secret@gazette.example/a", "https://gazette.example/a")]
    [InlineData("https://gazette.example:8443/a", "https://gazette.example:8443/a")]
    [InlineData("https://bücher.example/a%20b", "https://xn--bcher-kva.example/a%20b")]
    public void Addresses_are_kept_without_what_does_not_matter(string given, string canonical) => Assert.Equal(canonical, CanonicalUrl.TryCanonicalise(given));

    [Theory]
    [InlineData("ftp://gazette.example/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/relative")]
    [InlineData("gazette.example/a")]
    public void Only_web_addresses_are_taken(string given) => Assert.Null(CanonicalUrl.TryCanonicalise(given));

    [Fact]
    public void Http_and_https_with_and_without_a_closing_slash_are_one_page() =>
        Assert.Equal(CanonicalUrl.Key("http://gazette.example/a/"), CanonicalUrl.Key("https://gazette.example/a"));
}
