using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Enrichment;
using Monitoring.Hosting;

namespace Tests.Unit;

public class EnricherTests
{
    static readonly Enricher Enricher = new(new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge")), generation: 1);

    static Enrichment Enrich(string? title, string? body = null, string? declared = null) =>
        Enricher.Enrich(new ArticleContent { Title = title, Body = body, Language = declared });
    static IEnumerable<string> TopicNames(Enrichment enrichment) => enrichment.Topics.Select(topic => topic.Name);

    static void AssertSpansAreTrue(string? title, string? body, Enrichment enrichment)
    {
        var text = $"{title}\n{body}";
        Assert.All(enrichment.Topics.SelectMany(topic => topic.Evidence).Concat(enrichment.Entities.SelectMany(entity => entity.Mentions)),
            span => Assert.Equal(text[span.Start..span.End], span.Text));
    }

    [Theory]
    [InlineData("The council will meet on Tuesday to decide about the new hospital, its chairwoman said after a long debate.", "en")]
    [InlineData("Der Stadtrat will am Dienstag über das neue Krankenhaus entscheiden, sagte die Vorsitzende nach langer Debatte.", "de")]
    [InlineData("Le conseil municipal doit se prononcer mardi sur le nouvel hôpital, a déclaré sa présidente après un long débat.", "fr")]
    [InlineData("El ayuntamiento decidirá el martes sobre el nuevo hospital, dijo su presidenta después de un largo debate.", "es")]
    [InlineData("Міська рада у вівторок вирішить питання нової лікарні, заявила голова після тривалої дискусії.", "uk")]
    [InlineData("Городской совет во вторник примет решение о новой больнице, заявила председатель после долгой дискуссии.", "ru")]
    [InlineData("Rada miasta we wtorek podejmie decyzję w sprawie nowego szpitala, powiedziała przewodnicząca po długiej debacie.", "pl")]
    [InlineData("市议会将于星期二决定新医院的问题，主席在长时间辩论后说。", "zh")]
    [InlineData("سيقرر المجلس البلدي يوم الثلاثاء بشأن المستشفى الجديد، كما قالت رئيسته بعد نقاش طويل.", "ar")]
    public void The_language_is_told(string text, string code) => Assert.Equal(code, Enrich(null, text).Language.Code);

    [Fact]
    public void A_text_without_letters_has_no_language() => Assert.Equal("und", Enrich("2026", "123 456 !").Language.Code);

    [Fact]
    public void What_the_publisher_declares_decides_where_the_text_does_not()
    {
        Assert.Equal("pt", Enrich("Lisboa", null, declared: "pt-PT").Language.Code);
        Assert.Equal("en", Enrich(null, "The council will meet on Tuesday to decide about the new hospital, its chairwoman said.", declared: "pt").Language.Code);
    }

    [Fact]
    public void A_topic_says_which_words_decided_and_what_is_above_it()
    {
        const string Title = "Ceasefire talks resume", Body = "Delegations returned to Geneva for peace talks. A ceasefire was within reach, the envoy said.";
        var enrichment = Enrich(Title, Body);
        var topic = Assert.Single(enrichment.Topics, topic => topic.Id == "medtop:20000076");
        Assert.Equal("peace talks", topic.Name);
        Assert.Equal([new BroaderTopic("medtop:20000073", "peace process"), new BroaderTopic("medtop:16000000", "conflict, war and peace")], topic.Broader);
        Assert.Contains(topic.Evidence, span => span.Text == "Ceasefire talks");
        AssertSpansAreTrue(Title, Body, enrichment);
    }

    [Fact]
    public void A_text_about_something_else_has_other_topics()
    {
        var topics = TopicNames(Enrich("Striker scores twice as United win the cup final", "The midfielder was injured in the second half of the football match, but the league leaders held on.")).ToList();
        Assert.Contains("sport", topics);
        Assert.DoesNotContain("peace process", topics);
    }

    [Fact]
    public void Topics_are_for_english_texts_names_for_all()
    {
        var enrichment = Enrich("Der Bundeskanzler reist nach Kyiv", "Der Kanzler will dort am Dienstag über einen Waffenstillstand sprechen, sagte ein Sprecher der NATO in Brüssel.");
        Assert.Empty(enrichment.Topics);
        Assert.Contains(enrichment.Entities, entity => entity.Name == "NATO");
    }

    [Fact]
    public void One_entity_under_several_names_is_one_entity()
    {
        const string Body = "Volodymyr Zelenskyy spoke first. Zelensky’s office said Zelenskiy would travel to the U.S. on Monday.";
        var enrichment = Enrich(null, Body);
        var zelensky = Assert.Single(enrichment.Entities, entity => entity.Type == "person");
        Assert.Equal(("ent:wd:Q3874799", 3), (zelensky.Id, zelensky.Mentions.Count));
        Assert.Contains(enrichment.Entities, entity => entity.Id == "ent:wd:Q30" && entity.Mentions.Single().Text == "U.S.");
        AssertSpansAreTrue(null, Body, enrichment);
    }

    [Fact]
    public void The_longest_name_wins_and_words_are_whole()
    {
        var names = Enrich(null, "The Bank of England kept rates. Neither ukrainex nor natos are names.").Entities.Select(entity => entity.Name).ToList();
        Assert.Equal(["Bank of England"], names);
    }

    [Fact]
    public void A_name_that_fits_several_is_said_to_be_ambiguous_unless_the_article_tells()
    {
        var open = Assert.Single(Enrich(null, "Officials in Georgia counted the votes.").Entities);
        Assert.True(open.Ambiguous);
        Assert.Equal("ent:place:georgia", open.Id);

        var told = Enrich(null, "Officials in Georgia counted the votes in Tbilisi, the capital of the Republic of Georgia.").Entities;
        Assert.DoesNotContain(told, entity => entity.Ambiguous);
    }

    [Fact]
    public void The_same_article_gives_the_same_bytes()
    {
        const string Body = "Talks between Ukraine and Russia resumed in Istanbul, NBC News reported, after the ceasefire collapsed.";
        Assert.Equal(JsonSerializer.Serialize(Enrich("T", Body), Json.Options), JsonSerializer.Serialize(new Enricher(new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge")), 1).Enrich(new ArticleContent { Title = "T", Body = Body }), Json.Options));
    }

    public static TheoryData<string> Awkward => new()
    {
        { "" },
        { new string('a', 1_000_000) },
        { string.Concat(Enumerable.Repeat("\"", 100_000)) },
        { string.Concat(Enumerable.Repeat("ceasefire ", 100_000)) },
        { string.Concat(Enumerable.Repeat("U.S. ", 100_000)) },
        { string.Concat(Enumerable.Repeat("😀👩‍👩‍👧", 20_000)) },
        { "\uD800 Trump \uDC00\uD800\uD800" },
        { "שלום NATO \u202Eabc\u202C عالم" },
        { string.Concat(Enumerable.Repeat("\u0301", 50_000)) },
    };

    [Theory]
    [MemberData(nameof(Awkward))]
    public void No_text_is_too_awkward(string body)
    {
        var enrichment = Enrich("T", body);
        AssertSpansAreTrue("T", body, enrichment);
    }

    /// <summary>The two articles that the project began with: one story told twice.</summary>
    [SeedsFact]
    public void The_seeds_are_understood()
    {
        var (first, second) = (Seed("000"), Seed("002"));
        Assert.Superset(new HashSet<string> { "Donald Trump", "Vladimir Putin", "Volodymyr Zelensky", "NBC News", "Ukraine", "Russia", "White House" }, Names(first));
        Assert.Superset(new HashSet<string> { "Donald Trump", "Vladimir Putin", "Volodymyr Zelensky", "NBC News", "Ukraine", "Russia", "NATO", "Financial Times", "Kharkiv", "Keith Kellogg", "Kirill Dmitriev", "Jan Lipavský" }, Names(second));
        Assert.All(new[] { first, second }, seed =>
        {
            Assert.Superset(new HashSet<string> { "peace process", "diplomacy", "armed conflict" }, TopicNames(seed).ToHashSet());
            var trump = Assert.Single(seed.Entities, entity => entity.Mentions.Any(mention => mention.Text.Contains("Trump", StringComparison.Ordinal)));
            Assert.Superset(new HashSet<string> { "Trump", "Donald Trump" }, trump.Mentions.Select(mention => mention.Text).ToHashSet());
            Assert.Equal("Donald Trump", Assert.Single(seed.Quotes, quote => quote is { Direct: true, Text: "very angry" }).Speaker!.Name);
            Assert.Contains("NBC News", Cited(seed));
        });
        Assert.Equal("Volodymyr Zelensky", Assert.Single(second.Quotes, quote => quote.Text.StartsWith("These are Ukrainian territories", StringComparison.Ordinal)).Speaker!.Name);
        Assert.Contains("Financial Times", Cited(second));
        // "Read More @ kyivindependent.com" makes it the outlet when the text is taken in; as a text of unknown origin it cites it.
        Assert.Superset(new HashSet<string> { "NBC News", "Financial Times", "kyivindependent.com" }, Cited(Enrich(null, SeedText("002"))));
        Assert.Contains(first.Dates, date => date is { Text: "Over the weekend, March 30", Value: "2025-03-30" });
        Assert.Equal([(6_700_000_000m, "DKK"), (970_000_000m, "USD")], second.Amounts.Select(amount => (amount.Value, amount.Currency)));
    }

    static Enrichment Seed(string number)
    {
        var submission = Monitoring.Ingest.Formats.PlainText.Read(SeedText(number), new());
        var enrichment = Enricher.Enrich(new ArticleContent { Title = submission.Title, Body = submission.Body, Published = new DateTimeOffset(2025, 4, 4, 0, 0, 0, TimeSpan.Zero) });
        AssertSpansAreTrue(submission.Title, submission.Body, enrichment);
        return enrichment;
    }

    static string SeedText(string number) => File.ReadAllText(Assert.Single(Directory.GetFiles(SeedsFactAttribute.Folder, $"{number}*")), Encoding.UTF8);

    static HashSet<string> Names(Enrichment enrichment) => [.. enrichment.Entities.Select(entity => entity.Name)];
    static HashSet<string> Cited(Enrichment enrichment) => [.. enrichment.CitedSources.Select(source => source.Name)];
}
