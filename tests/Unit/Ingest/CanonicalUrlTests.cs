using Monitoring.Ingest.Articles;

namespace Tests.Unit;

public class CanonicalUrlTests
{
    static string? Key(string given) => CanonicalUrl.TryCanonicalise(given) is { } canonical ? CanonicalUrl.Key(canonical) : null;

    [Theory]
    [InlineData("HTTPS://WWW.Gazette.Example:443/a?utm_source=x&id=7&fbclid=y#top", "https://www.gazette.example/a?id=7")]
    [InlineData("http://gazette.example", "http://gazette.example/")]
    [InlineData("http://gazette.example:80/a", "http://gazette.example/a")]
    [InlineData("https://user:secret@gazette.example/a", "https://gazette.example/a")]
    [InlineData("https://gazette.example:8443/a", "https://gazette.example:8443/a")]
    [InlineData("https://gazette.example./a", "https://gazette.example/a")]
    [InlineData("https://bücher.example/a%20b", "https://xn--bcher-kva.example/a%20b")]
    [InlineData("https://gazette.example/straße?q=ü", "https://gazette.example/stra%C3%9Fe?q=%C3%BC")]
    [InlineData("https://gazette.example/%7Euser/%41%c3%a4%2f", "https://gazette.example/~user/A%C3%A4%2F")]
    [InlineData("https://gazette.example/latin/%e4", "https://gazette.example/latin/%E4")]
    [InlineData("https://gazette.example/100%", "https://gazette.example/100%25")]
    [InlineData("https://gazette.example/a/./b/../c", "https://gazette.example/a/c")]
    [InlineData("https://gazette.example/#!/news/5", "https://gazette.example/#!/news/5")]
    [InlineData("https://gazette.example/a#comments", "https://gazette.example/a")]
    [InlineData("https://gazette.example/a;jsessionid=1A2B3C?b=1", "https://gazette.example/a?b=1")]
    [InlineData("https://gazette.example/(S(lit3py55t21z5v55vlm25s55))/a.aspx", "https://gazette.example/a.aspx")]
    [InlineData("https://gazette.example/?p=12&amp;cat=3&amp;utm_medium=rss", "https://gazette.example/?p=12&cat=3")]
    [InlineData("https://gazette.example/a?utm_source=x", "https://gazette.example/a")]
    [InlineData("https://gazette.example/a?", "https://gazette.example/a")]
    [InlineData("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a")]
    // What may be needed to be answered stays: the form of the page, the order of parameters, the index file.
    [InlineData("https://m.gazette.example/a/index.html?b=1&a=2&outputType=amp", "https://m.gazette.example/a/index.html?b=1&a=2&outputType=amp")]
    public void Addresses_are_kept_without_what_does_not_matter(string given, string kept)
    {
        Assert.Equal(kept, CanonicalUrl.TryCanonicalise(given));
        Assert.Equal(kept, CanonicalUrl.TryCanonicalise(kept));
    }

    [Theory]
    [InlineData("ftp://gazette.example/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("mailto:a@gazette.example")]
    [InlineData("/relative")]
    [InlineData("//gazette.example/a")]
    [InlineData("gazette.example/a")]
    [InlineData("https://")]
    [InlineData("https://a\u200Db.example/")]
    [InlineData("https://ﷺ.example/")]
    [InlineData("https://1./")]
    [InlineData("")]
    public void Only_web_addresses_are_taken(string given) => Assert.Null(CanonicalUrl.TryCanonicalise(given));

    [Theory]
    [InlineData("https://www-gazette-example.cdn.ampproject.org/c/s/www.gazette.example/a.html?amp_js_v=0.1&usqp=mq331AQ&id=7", "https://www.gazette.example/a.html?id=7")]
    [InlineData("https://gazette-example.cdn.ampproject.org/v/gazette.example/a?amp_gsa=1", "http://gazette.example/a")]
    [InlineData("https://cdn.ampproject.org/c/s/gazette.example/a", "https://gazette.example/a")]
    [InlineData("https://www.google.com/amp/s/www.gazette.example/a/amp", "https://www.gazette.example/a/amp")]
    [InlineData("https://www.google.co.uk/amp/gazette.example/a", "http://gazette.example/a")]
    [InlineData("https://www.bing.com/amp/s/gazette.example/a", "https://gazette.example/a")]
    [InlineData("https://www.google.com/url?rct=j&sa=t&url=https://gazette.example/a%3Fid%3D7%26utm_source%3Dalert&ct=ga&usg=AOv", "https://gazette.example/a?id=7")]
    [InlineData("https://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&url=https%3a%2f%2fgazette.example%2fa&c=1", "https://gazette.example/a")]
    [InlineData("https://l.facebook.com/l.php?u=https%3A%2F%2Fgazette.example%2Fa%3Ffbclid%3DIwAR&h=AT0", "https://gazette.example/a")]
    [InlineData("https://www.google.com/url?q=https://www.google.com/amp/s/gazette.example/a", "https://gazette.example/a")]
    // Theirs: nothing is inside, or not openly.
    [InlineData("https://www.google.com/amp/s/nothing", "https://www.google.com/amp/s/nothing")]
    [InlineData("https://news.google.com/rss/articles/CBMiXmh0dHBz?oc=5", "https://news.google.com/rss/articles/CBMiXmh0dHBz?oc=5")]
    [InlineData("https://www.google.com/url?url=javascript:alert(1)", "https://www.google.com/url?url=javascript:alert(1)")]
    [InlineData("https://gazette.example/url?url=https://other.example/", "https://gazette.example/url?url=https://other.example/")]
    [InlineData("https://gazette.example/amp/s/other.example/a", "https://gazette.example/amp/s/other.example/a")]
    public void An_address_comes_out_of_its_wrapping(string given, string kept) => Assert.Equal(kept, CanonicalUrl.TryCanonicalise(given));

    [Theory]
    [InlineData("utm_source=rss"), InlineData("UTM_Campaign=x"), InlineData("utm_id"), InlineData("fbclid=1"), InlineData("gclid=1"), InlineData("dclid=1"), InlineData("gbraid=1")]
    [InlineData("wbraid=1"), InlineData("msclkid=1"), InlineData("yclid=1"), InlineData("ymclid=1"), InlineData("ysclid=1"), InlineData("_openstat=x"), InlineData("twclid=1")]
    [InlineData("ttclid=1"), InlineData("igshid=1"), InlineData("igsh=1"), InlineData("mc_cid=1"), InlineData("mc_eid=1"), InlineData("_hsenc=p2"), InlineData("_hsmi=2"), InlineData("mkt_tok=3")]
    [InlineData("cmpid=1"), InlineData("CMP=share_btn_tw"), InlineData("icid=x"), InlineData("ICID=ref_fark"), InlineData("ito=1490"), InlineData("ocid=socialflow"), InlineData("smid=tw-share"), InlineData("smtyp=cur")]
    [InlineData("at_medium=RSS"), InlineData("at_campaign=KARANGA"), InlineData("at_bbc_team=editorial"), InlineData("ns_source=x"), InlineData("ns_mchannel=rss"), InlineData("xtor=RSS-3208"), InlineData("pk_campaign=x")]
    [InlineData("mtm_source=x"), InlineData("piwik_kwd=x"), InlineData("s_cid=x"), InlineData("sc_channel=rss"), InlineData("guccounter=1"), InlineData("guce_referrer=aHR0"), InlineData("spm=a2c4e.1"), InlineData("share=twitter")]
    [InlineData("WT.mc_id=x"), InlineData("wt_mc=x"), InlineData("ref_src=twsrc%5Etfw"), InlineData("_ga=2.1"), InlineData("PHPSESSID=abc"), InlineData("ncid=rss"), InlineData("mbid=social"), InlineData("hsCtaTracking=1")]
    public void What_says_how_a_reader_came_is_taken_off(string pair) => Assert.Equal("https://gazette.example/a?id=7", CanonicalUrl.TryCanonicalise($"https://gazette.example/a?{pair}&id=7"));

    [Theory]
    [InlineData("id=7"), InlineData("p=12"), InlineData("page=2"), InlineData("article=9"), InlineData("story=9"), InlineData("v=dQw4"), InlineData("sid=123"), InlineData("cid=9"), InlineData("mod=news"), InlineData("s=1")]
    [InlineData("t=30"), InlineData("tag=war"), InlineData("campaign=x"), InlineData("share=12"), InlineData("utmost=1"), InlineData("format=pdf"), InlineData("ref=2026-113"), InlineData("from=10"), InlineData("view=gallery")]
    public void What_may_say_what_is_read_tells_pages_apart(string pair)
    {
        Assert.EndsWith(pair, CanonicalUrl.TryCanonicalise($"https://gazette.example/a?{pair}"), StringComparison.Ordinal);
        Assert.NotEqual(Key("https://gazette.example/a"), Key($"https://gazette.example/a?{pair}"));
    }

    [Theory]
    [InlineData("http://gazette.example/2026/talks"), InlineData("https://www.gazette.example/2026/talks"), InlineData("https://gazette.example/2026/talks/"), InlineData("https://m.gazette.example/2026/talks")]
    [InlineData("https://mobile.gazette.example/2026/talks"), InlineData("https://touch.gazette.example/2026/talks"), InlineData("https://amp.gazette.example/2026/talks"), InlineData("https://www.m.gazette.example/2026/talks")]
    [InlineData("https://gazette.example/2026/talks/amp"), InlineData("https://gazette.example/2026/talks/amp/"), InlineData("https://gazette.example/amp/2026/talks"), InlineData("https://gazette.example/2026/amp/talks")]
    [InlineData("https://gazette.example/2026/talks.amp"), InlineData("https://gazette.example/2026/talks?amp"), InlineData("https://gazette.example/2026/talks?amp=1"), InlineData("https://gazette.example/2026/talks?outputType=amp")]
    [InlineData("https://gazette.example/2026/talks?outputType=amp-type"), InlineData("https://gazette.example/2026/talks/index.html"), InlineData("https://gazette.example/2026//talks"), InlineData("https://gazette.example/2026/talks/amp.html")]
    [InlineData("https://gazette.example/2026/talks?ref=homepage"), InlineData("https://gazette.example/2026/talks?source=rss"), InlineData("https://gazette.example/%32026/talks"), InlineData("https://gazette.example/2026/x/../talks?CMP=x#c")]
    [InlineData("https://gazette-example.cdn.ampproject.org/v/s/gazette.example/2026/talks/amp?usqp=mq"), InlineData("https://www.google.com/amp/s/amp.gazette.example/2026/talks")]
    public void Every_form_of_a_page_has_its_key(string given)
    {
        Assert.Equal("gazette.example/2026/talks", Key(given));
        // A key is the key of itself: rules that undo each other would make two of one.
        Assert.Equal("gazette.example/2026/talks", Key("https://" + Key(given)));
    }

    [Theory]
    [InlineData("https://gazette.example/a.amp.html", "https://gazette.example/a.html")]
    [InlineData("https://gazette.example/a-b-123-amp", "https://gazette.example/a-b-123")]
    [InlineData("https://gazette.example/a?b=2&a=1", "https://gazette.example/a?a=1&b=2")]
    [InlineData("https://gazette.example/default.aspx?id=7", "https://gazette.example/?id=7")]
    [InlineData("https://en.m.wikipedia.org/wiki/Lisbon", "https://en.wikipedia.org/wiki/Lisbon")]
    public void Two_forms_of_a_page_have_one_key(string one, string other) => Assert.Equal(Key(other), Key(one));

    [Theory]
    [InlineData("https://gazette.example/A", "https://gazette.example/a")]
    [InlineData("https://gazette.example/a", "https://news.gazette.example/a")]
    [InlineData("https://gazette.example/a", "https://gazette.example:8443/a")]
    [InlineData("https://gazette.example/amplifier", "https://gazette.example/lifier")]
    [InlineData("https://gazette.example/camp/a", "https://gazette.example/c/a")]
    [InlineData("https://gazette.example/new-marshall-amp", "https://gazette.example/new-marshall")]
    [InlineData("https://gazette.example/#!/a", "https://gazette.example/#!/b")]
    [InlineData("https://gazette.example/a%2Fb", "https://gazette.example/a/b")]
    [InlineData("https://m.com/a", "https://com/a")]
    [InlineData("https://m.co.uk/a", "https://co.uk/a")]
    [InlineData("https://amp.dev/a", "https://dev/a")]
    [InlineData("https://one.blogspot.com/a", "https://two.blogspot.com/a")]
    public void Different_pages_have_different_keys(string one, string other) => Assert.NotEqual(Key(one), Key(other));

    [Theory]
    [InlineData("https://gazette.example/", true), InlineData("https://www.gazette.example/index.html?utm_source=rss", true), InlineData("https://gazette.example/amp/", true)]
    [InlineData("https://gazette.example/?p=1", false), InlineData("https://gazette.example/#!/a", false), InlineData("https://gazette.example/a", false)]
    public void An_address_without_a_path_names_the_site(string given, bool site) => Assert.Equal(site, CanonicalUrl.IsSite(Key(given)!));

    [Theory]
    [InlineData("https://www.gazette.example/a", "http://gazette.example/b", true)]
    [InlineData("https://amp.gazette.example/a", "https://news.gazette.example/b", true)]
    [InlineData("https://www.bbc.co.uk/a", "https://feeds.bbci.co.uk/b", false)]
    [InlineData("https://news.bbc.co.uk/a", "https://www.bbc.co.uk/b", true)]
    [InlineData("https://a.co.uk/", "https://b.co.uk/", false)]
    [InlineData("https://www.web.de/", "https://web.de/", true)]
    [InlineData("https://asahi.or.jp/", "https://other.or.jp/", false)]
    [InlineData("https://one.blogspot.com/", "https://two.blogspot.com/", false)]
    [InlineData("https://one.blogspot.co.uk/", "https://two.blogspot.co.uk/", false)]
    [InlineData("https://one.github.io/", "https://github.io/", false)]
    [InlineData("https://gazette.example.evil.example/", "https://gazette.example/", false)]
    [InlineData("https://notgazette.example/", "https://gazette.example/", false)]
    [InlineData("https://192.0.2.1/", "https://198.51.2.1/", false)]
    [InlineData("https://192.0.2.1/", "http://192.0.2.1/a", true)]
    [InlineData("https://gazette.example/", "/relative", false)]
    [InlineData("https://GAZETTE.example./", "https://gazette.example/", true)]
    public void A_site_is_what_somebody_registered(string one, string other, bool same)
    {
        Assert.Equal(same, CanonicalUrl.SameSite(one, other));
        Assert.Equal(same, CanonicalUrl.SameSite(other, one));
    }

    [Theory]
    [InlineData("https://www.gazette.example/a", "gazette.example"), InlineData("https://m.gazette.example/a", "gazette.example"), InlineData("https://news.gazette.example/a", "news.gazette.example")]
    [InlineData("https://www.com/", "www.com")]
    public void The_outlet_is_the_host_whatever_the_screen(string given, string domain) => Assert.Equal(domain, CanonicalUrl.Domain(given));

    [Fact]
    public void Whatever_is_given_the_kept_address_is_kept_as_it_is_and_its_key_too()
    {
        var random = new Random(5);
        string[] hosts = ["m.gazette.example", "ü.gazette.example", "www.", "m.", "..", "-", "xn--a", "[::1]", "1", "255", "0x7f", ":80", "%41", "co.uk", "\u00AD", "\u200D", "ﷺ", "中国", "\uD800", "com"];
        string[] parts = ["a", "%41", "%zz", "%", "/", "//", "amp", ".amp", ".html", "?", "&", "=", "amp;", ";sid=1", "utm_x", "ref", "..", ".", "#", "#!", "ü", "\\", " ", "(S(1))", "http://b.example/", "%2F", "+", "index.html", ":", "@", "\u00AD"];
        for (var i = 0; i < 10_000; i++)
        {
            var given = $"https://{(i % 10 != 0 ? "m.gazette.example" : string.Concat(random.GetItems(hosts, random.Next(1, 4))))}/" + string.Concat(random.GetItems(parts, random.Next(12)));
            if (CanonicalUrl.TryCanonicalise(given) is not { } kept) continue;
            Assert.Equal((given, kept), (given, CanonicalUrl.TryCanonicalise(kept)));
            Assert.True(CanonicalUrl.SameSite(kept, kept));
            Assert.Equal((given, CanonicalUrl.Key(kept)), (given, CanonicalUrl.Key("https://" + CanonicalUrl.Key(kept))));
        }
    }
}
