using static Tests.Unit.Feeds.Reading;

namespace Tests.Unit.Feeds;

public class PeopleTests
{
    [Theory]
    [InlineData("Jane Roe", "Jane Roe", null)]
    [InlineData("jane@a.example", null, "jane@a.example")]
    [InlineData("jane@a.example (Jane Roe)", "Jane Roe", "jane@a.example")]
    [InlineData("Jane Roe (jane@a.example)", "Jane Roe", "jane@a.example")]
    [InlineData("Jane Roe &lt;jane@a.example&gt;", "Jane Roe", "jane@a.example")]
    [InlineData("Jane Roe jane@a.example", "Jane Roe", "jane@a.example")]
    [InlineData("Jane Roe, jane@a.example", "Jane Roe", "jane@a.example")]
    [InlineData("jane@a.example Jane Roe", "Jane Roe", "jane@a.example")]
    [InlineData("&quot;Roe, Jane&quot; &lt;jane@a.example&gt;", "Roe, Jane", "jane@a.example")]
    [InlineData("mailto:jane@a.example", null, "jane@a.example")]
    [InlineData("Jane Roe (mailto:jane@a.example)", "Jane Roe", "jane@a.example")]
    [InlineData("jane.roe+feeds@mail.a.example.co.uk (Jane)", "Jane", "jane.roe+feeds@mail.a.example.co.uk")]
    [InlineData("jane@a.example (Jane (Gazette))", "Jane (Gazette)", "jane@a.example")]
    [InlineData("Jane (Gazette)", "Jane (Gazette)", null)]
    [InlineData("(jane@a.example)", null, "jane@a.example")]
    [InlineData("Jane at example", "Jane at example", null)]
    [InlineData("Jörg Müller", "Jörg Müller", null)]
    [InlineData("@jane", "@jane", null)]
    [InlineData("jane@a.example?subject=Hello", null, "jane@a.example")]
    public void A_line_names_a_person(string line, string? name, string? email)
    {
        Holds(RssItem($"<author>{line}</author>"), "entries.0.authors.0.name", name);
        Holds(RssItem($"<dc:creator>{line}</dc:creator>"), "entries.0.authors.0.email", email);
        Holds(RssFeed($"<managingEditor>{line}</managingEditor>"), "feed.authors.0.name", name);
        Holds(RssFeed($"<webMaster>{line}</webMaster>"), "feed.publisher.email", email);
    }

    [Theory]
    [InlineData("<author/>")]
    [InlineData("<author> </author>")]
    [InlineData("<author><name/></author>")]
    public void Nobody_is_no_person(string author)
    {
        Holds(RssItem(author), "entries.0.authors.#", "0");
        Holds(AtomEntry(author), "entries.0.authors.#", "0");
    }

    [Fact]
    public void Persons_keep_their_order_and_kind()
    {
        var read = Read(AtomEntry("<contributor><name>C</name></contributor><author><name>A</name></author><author><name>B</name></author><contributor><name>D</name></contributor>"));
        Assert.Equal(["A", "B"], read.Entries[0].Authors.Select(person => person.Name));
        Assert.Equal(["C", "D"], read.Entries[0].Contributors.Select(person => person.Name));
    }

    [Fact]
    public void Members_of_a_person_may_come_in_any_order_and_twice() =>
        Holds(AtomEntry("<author><uri>u</uri><email>a@b.example</email><name>Al</name><name>Bo</name></author>"), "entries.0.authors.0.name", "Bo");

    [Fact]
    public void A_name_outside_of_a_person_is_nobody() => Holds(AtomEntry("<name>Al</name><email>a@b.example</email><uri>u</uri>"), "entries.0.authors.#", "0");
}
