using Monitoring.Contracts;
using Monitoring.QueryLanguage;

namespace Tests.QueryLanguage;

public class MatcherTests
{
    static readonly SearchableArticle Article = new()
    {
        Title = "Ceasefire talks resume",
        Body = "Delegations from Kyiv and Moscow sat down for talks in Geneva. The prime minister was running late; nobody spoke of peace.",
        Authors = ["Jane Doe"],
        Language = "en",
        Published = new DateTimeOffset(2025, 4, 4, 9, 30, 0, TimeSpan.Zero),
        Received = new DateTimeOffset(2025, 4, 4, 10, 0, 0, TimeSpan.Zero),
        Source = new Source { Name = "The Gazette", Domain = "gazette.example" },
        Topics = [new Topic { Id = "medtop:20000073", Name = "peace process", Score = 1, Broader = [new BroaderTopic("medtop:16000000", "conflict, war and peace")] }],
        Entities = [new Entity { Id = "ent:wd:Q71", Name = "Geneva", Type = "place" }],
        Quotes = [new Quote { Start = 0, End = 1, Direct = true, Text = "We will not yield", Speaker = new Speaker(null, "Angela Merkel", 0, 1) }],
        CitedSources = [new CitedSource { Id = "ent:wd:Q13974", Name = "NBC News", Anonymous = false, Cue = "told", Start = 0, End = 1 }],
    };

    static readonly IndexedArticle Indexed = IndexedArticle.Of(Article);

    static IEnumerable<string> Ids(NameField field, string folded) => (field, folded) switch
    {
        (NameField.Topic, "peace process") => ["medtop:20000073"],
        (NameField.Entity or NameField.Place or NameField.Person, "geneve") => ["ent:wd:Q71"],
        (NameField.Source, "the gazette") => ["gazette.example"],
        _ => [],
    };

    [Theory]
    [InlineData("talk"), InlineData("TALKING run"), InlineData("\"prime minister\""), InlineData("title:ceasefire title:talk"), InlineData("body:talks"), InlineData("author:doe author:\"jane doe\""), InlineData("doe")]
    [InlineData("deleg*"), InlineData("kyiv NEAR/1 moscow"), InlineData("moscow NEAR/1 kyiv"), InlineData("\"moscow delegations\"~3"), InlineData("minister NEAR/2 run"), InlineData("sat NEAR/8 geneva NEAR/8 talk")]
    [InlineData("quote:yield quote:\"not yield\" speaker:merkel speaker:\"Angela Merkel\" speaker:merk*"), InlineData("topic:\"Peace Process\" topic:medtop:16000000"), InlineData("entity:Genève place:Genève"), InlineData("source:\"The Gazette\" source:gazette.example")]
    [InlineData("lang:en cites:\"NBC News\" cites:ent:wd:Q13974"), InlineData("published:2025-04-04 published:2025 received:>2025-04-04T09:59:59Z"), InlineData("published:[2025-04-01 TO 2025-04-04]"), InlineData("published:<=now received:>now-1d")]
    [InlineData("nonsense OR talks"), InlineData("talks NOT war"), InlineData("NOT (war OR flood)"), InlineData("*"), InlineData("title:ceas*")]
    public void An_article_matches(string query) => Assert.True(Matcher.Matches(QueryParser.Parse(query).Bind(Ids, new DateTimeOffset(2025, 4, 4, 12, 0, 0, TimeSpan.Zero)), Indexed), query);

    [Theory]
    [InlineData("war"), InlineData("\"minister prime\""), InlineData("\"talk\""), InlineData("title:peace"), InlineData("title:\"ceasefire resume\""), InlineData("body:ceasefire"), InlineData("author:kyiv"), InlineData("kyiv NEAR/0 moscow"), InlineData("\"moscow delegations\"~2")]
    [InlineData("ceasefire NEAR/20 delegations"), InlineData("quote:merkel"), InlineData("speaker:yield"), InlineData("topic:war"), InlineData("person:Genève"), InlineData("org:ent:wd:Q71"), InlineData("source:bbc.co.uk")]
    [InlineData("lang:de"), InlineData("cites:reuters"), InlineData("published:2025-04-03"), InlineData("published:{2025-04-04 TO *]"), InlineData("published:[2025-04-01 TO 2025-04-04}"), InlineData("received:>2025-04-04T10:00:00Z"), InlineData("talks NOT peace"), InlineData("title:\"resume\" NOT author:jane")]
    public void An_article_does_not_match(string query) => Assert.False(Matcher.Matches(QueryParser.Parse(query).Bind(Ids, new DateTimeOffset(2025, 4, 4, 12, 0, 0, TimeSpan.Zero)), Indexed), query);

    [Fact]
    public void What_was_never_published_lies_in_no_range_of_publication()
    {
        var article = IndexedArticle.Of(Article with { Published = null });
        Assert.False(Matcher.Matches(Generated.Bound(QueryParser.Parse("published:<now+9y")), article));
        Assert.True(Matcher.Matches(Generated.Bound(QueryParser.Parse("NOT published:<now+9y")), article));
    }

    [Fact]
    public void What_is_not_bound_is_not_asked()
    {
        Assert.Throws<InvalidOperationException>(() => Matcher.Matches(QueryParser.Parse("topic:war"), Indexed));
        Assert.Throws<InvalidOperationException>(() => Matcher.Matches(QueryParser.Parse("published:2025"), Indexed));
    }

    [Theory]
    [InlineData("talk", "0-22: talks, talks")]
    [InlineData("\"prime minister\" NOT late", "prime minister")]
    [InlineData("moscow NEAR/1 kyiv", "Kyiv, Moscow")]
    [InlineData("title:talk", "talks")]
    [InlineData("body:talk", "talks")]
    [InlineData("geneva OR run*", "Geneva, running")]
    [InlineData("topic:medtop:16000000", "")]
    public void Words_that_were_asked_for_are_pointed_out(string query, string expected)
    {
        var text = $"{Article.Title}\n{Article.Body}";
        var spans = Highlights.Find(Generated.Bound(QueryParser.Parse(query)), Article.Title, Article.Body, "en");
        Assert.All(spans, span => Assert.Equal(span.Text, text[span.Start..span.End]));
        Assert.Equal(expected.Split(": ")[^1], string.Join(", ", spans.Select(span => span.Text)));
    }
}
