using Monitoring.Contracts;
using Monitoring.Enrichment;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;
using Monitoring.Enrichment.Topics;

namespace Tests.Unit;

public class TopicFinderTests
{
    static readonly Knowledge Knowledge = new(Path.Combine(AppContext.BaseDirectory, "knowledge"));
    static readonly TopicFinder Finder = new(Knowledge);

    static IReadOnlyList<Topic> Find(string? title, string? body, bool english = true, params string[] tags) => Find(title, body, english, new ArticleEntities([], []), tags);

    static IReadOnlyList<Topic> Find(string? title, string? body, bool english, ArticleEntities entities, params string[] tags)
    {
        var document = new Document(title, body);
        var topics = Finder.Find(document, entities, tags, english);
        Assert.All(topics, topic => Assert.InRange(topic.Score, 0.001, 0.999));
        Assert.All(topics.SelectMany(topic => topic.Evidence), span => Assert.Equal(document.Original[span.Start..span.End], span.Text));
        return topics;
    }

    [Theory]
    [InlineData("Russian drones hit Kharkiv apartment block, killing three", "A Russian drone attack on the northeastern Ukrainian city of Kharkiv killed three people and wounded 17 overnight, the regional governor said on Thursday.", "conflict, war and peace", "armed conflict")]
    [InlineData("ECB keeps rates on hold as inflation eases", "FRANKFURT, Oct 30 (Reuters) - The European Central Bank left interest rates unchanged on Thursday, saying inflation in the euro zone was close to its 2% target.", "economy, business and finance", "monetary policy")]
    [InlineData("Strong earthquake kills dozens in western Afghanistan", "KABUL (Reuters) - A 6.3-magnitude earthquake struck western Afghanistan on Sunday, killing at least 40 people and injuring hundreds, officials said.", "disaster, accident and emergency incident", "earthquake")]
    [InlineData("German rail workers begin 48-hour strike over pay", "BERLIN (AP) - Train drivers walked off the job on Tuesday in a strike called by the GDL union in a dispute over wages and working hours.", "labour", "labour strike")]
    public void A_short_report_has_its_top_level_topic_first_and_a_finer_one(string title, string body, string top, string finer)
    {
        var topics = Find(title, body);
        Assert.Equal(top, topics[0].Name);
        Assert.Empty(topics[0].Broader);
        Assert.NotEmpty(topics[0].Evidence);
        var topic = Assert.Single(topics, topic => topic.Name == finer);
        Assert.Equal(top, topic.Broader[^1].Name);
        Assert.NotEmpty(topic.Evidence);
    }

    [Theory]
    [InlineData("Lottery winner, 82, gives away fortune to village", "A pensioner who won the lottery has given away most of his winnings to neighbours, in a heartwarming story.", "human interest")]
    [InlineData("Heatwave to grip northern India", "Temperatures are likely to rise above 45 degrees Celsius, the weather office said. The forecast says no rain is likely and the heatwave will last.", "weather")]
    public void A_topic_without_examples_is_known_by_its_terms(string title, string body, string top) => Assert.Equal(top, Find(title, body)[0].Name);

    [Fact]
    public void None_has_a_higher_score_than_the_first_and_none_stands_beside_one_under_it()
    {
        var topics = Find("Kenya police fire tear gas as protesters march over new taxes",
            "Kenyan police fired tear gas on Tuesday at hundreds of demonstrators protesting against a finance bill. The protesters marched to parliament, where lawmakers debated the tax.");
        Assert.Contains(topics, topic => topic.Name == "protests and demonstrations");
        Assert.All(topics, topic => Assert.True(topic.Score <= topics[0].Score));
        Assert.All(topics.Skip(1), topic => Assert.DoesNotContain(topics.Skip(1), other => other.Broader.Any(broader => broader.Id == topic.Id)));
    }

    [Fact]
    public void What_is_mentioned_in_passing_is_no_topic()
    {
        var filler = string.Concat(Enumerable.Repeat("The orchestra played the symphony, and the singer and the conductor of the concert bowed before the audience of the theatre. ", 12));
        var topics = Find("Orchestra opens the season with a concert", $"{filler}An earthquake was felt in the city that day. {filler}");
        Assert.DoesNotContain(topics, topic => topic.Name == "earthquake");
        Assert.Contains(topics, topic => topic.Name == "arts and entertainment");
    }

    [Theory]
    [InlineData("medtop:20000073", "peace process")]
    [InlineData("http://cv.iptc.org/newscodes/mediatopic/20000574", "election")]
    [InlineData("subj:15054000", "sport")]
    [InlineData("News/Europe > Politik", "politics")]
    [InlineData("CRICKET", "sport")]
    public void A_publishers_tag_speaks_in_every_language(string tag, string name) =>
        Assert.Equal(name, Assert.Single(Find("Ein Titel", "Ein Text.", english: false, tag)).Name);

    [Theory]
    [InlineData("Europe")]
    [InlineData("99999999")]
    [InlineData("/")]
    [InlineData("")]
    public void A_tag_that_is_no_topic_says_nothing(string tag) => Assert.Empty(Find("Ein Titel", "Ein Text.", english: false, tag));

    [Fact]
    public void A_publishers_tag_tips_an_english_text()
    {
        const string Body = "The minister spoke in the house on Monday and answered questions.";
        Assert.NotEqual("education", Find("Minister speaks", Body)[0].Name);
        Assert.Equal("education", Find("Minister speaks", Body, true, "Schools", "medtop:05000000", "Higher education")[0].Name);
    }

    [Fact]
    public void Two_clubs_are_sport_in_every_language_and_one_is_not()
    {
        const string Title = "Real Madrid empata con Liverpool FC";
        LinkedEntity Club(string name, string id) => new(id, name, EntityType.Organisation);
        var ids = Knowledge.Read("topic-entities.tsv", 3).Where(row => row[2] == "medtop:15000000").Select(row => row[0]).Take(2).ToList();
        var two = new ArticleEntities([Club("Real Madrid", ids[0]), Club("Liverpool FC", ids[1])], [new Mention(0, 2, 0), new Mention(4, 6, 1)]);
        var topic = Assert.Single(Find(Title, null, false, two));
        Assert.Equal("sport", topic.Name);
        Assert.Equal(["Real Madrid", "Liverpool FC"], topic.Evidence.Select(span => span.Text));
        Assert.Empty(Find(Title, null, false, new ArticleEntities([Club("Real Madrid", ids[0])], [new Mention(0, 2, 0)])));
    }

    [Fact]
    public void Every_row_names_a_topic_and_every_entity_is_known()
    {
        var entities = Knowledge.Read("entities.tsv", 6).Select(row => row[0]).ToHashSet();
        Assert.All(Knowledge.Read("topic-entities.tsv", 3), row => Assert.Contains(row[0], entities));
        var tree = new TopicTree(Knowledge);
        Assert.All(Knowledge.Read("topic-tags.tsv", 2), row => Assert.True(tree.TryIndex(row[1], out _), row[0]));
        Assert.All(Knowledge.Read("topic-terms.tsv", 3).CountBy(row => (row[0], row[2])), pair => Assert.Equal(1, pair.Value));
    }

    [Fact]
    public void A_term_is_found_as_the_tokeniser_splits_it()
    {
        var tree = new TopicTree(Knowledge);
        var rules = new TopicRules(Knowledge, tree);
        var document = new Document(null, "The S&P 500 fell after the coup d'état. AT&T rose. The climate's greenhouse gases did not.");
        var topics = rules.Find(document).Select(occurrence => (tree.Name(occurrence.Topic), document.Text[occurrence.Start..occurrence.End])).ToList();
        Assert.Contains(("stocks", "S&P 500"), topics);
        Assert.Contains(("coup d'etat", "coup d'état"), topics);
        Assert.Contains(("climate change", "greenhouse gases"), topics);
    }

    public static TheoryData<string> Awkward => new()
    {
        { "" }, { new string('a', 1_000_000) }, { string.Concat(Enumerable.Repeat("\"", 100_000)) }, { string.Concat(Enumerable.Repeat("ceasefire earthquake ", 50_000)) },
        { string.Concat(Enumerable.Repeat("😀", 50_000)) }, { "\uD800 ceasefire \uDC00" }, { string.Concat(Enumerable.Range(0, 100_000).Select(i => $"w{i} ")) },
    };

    [Theory]
    [MemberData(nameof(Awkward))]
    public void No_text_is_too_awkward(string body)
    {
        Find("T", body);
        Find("T", body, english: false, body.Length > 0 ? body : "\uD800");
    }
}
