using static Tests.Unit.Feeds.Reading;

namespace Tests.Unit.Feeds;

public class CdfTests
{
    [Theory]
    [InlineData("dialect", "cdf")]
    [InlineData("feed.title", "News")]
    [InlineData("feed.description", "About it")]
    [InlineData("feed.link", "http://a.example/")]
    [InlineData("feed.updated", "2004-01-01T19:48:21Z")]
    [InlineData("feed.image.url", "http://a.example/logo.gif")]
    [InlineData("entries.#", "2")]
    [InlineData("entries.0.title", "One")]
    [InlineData("entries.0.link", "http://a.example/1")]
    [InlineData("entries.0.summary", "First")]
    [InlineData("entries.0.updated", "2004-01-01T19:48:21Z")]
    [InlineData("entries.1.link", "http://a.example/2")]
    [InlineData("entries.1.title", "Two")]
    public void A_channel_is_read(string path, string expected) => Holds("""
        <?xml version="1.0"?>
        <CHANNEL HREF="http://a.example/" BASE="http://a.example/" LASTMOD="2004-01-01T19:48:21Z">
        <TITLE>News</TITLE><ABSTRACT>About it</ABSTRACT><LOGO HREF="logo.gif" STYLE="IMAGE"/>
        <SCHEDULE STARTDATE="2004-01-01"><INTERVALTIME DAY="1"/></SCHEDULE>
        <ITEM HREF="http://a.example/1" LASTMOD="2004-01-01T19:48:21Z"><TITLE>One</TITLE><ABSTRACT>First</ABSTRACT><USAGE VALUE="Channel"/></ITEM>
        <CHANNEL HREF="sub"><TITLE>Part</TITLE><ITEM HREF="2"><TITLE>Two</TITLE></ITEM></CHANNEL>
        </CHANNEL>
        """, path, expected);

    [Fact]
    public void An_address_may_stand_in_an_anchor() =>
        Holds("<Channel level='1'><A HREF='http://a.example/'>x</A><Title>T</Title></Channel>", "feed.link", "http://a.example/");
}
