using Monitoring.Contracts;
using Monitoring.Enrichment;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Quotes;
using Monitoring.Enrichment.Text;

namespace Tests.Unit;

public sealed class QuoteFinderTests
{
    static readonly Knowledge Knowledge = new(Path.Combine(AppContext.BaseDirectory, "knowledge"));
    static readonly QuoteFinder Finder = new(Knowledge);
    static readonly EntityLinker Linker = new(Knowledge);

    static IReadOnlyList<Quote> Find(string? title, string body)
    {
        var document = new Document(title, body);
        var quotes = Finder.Find(document, Linker.Link(document, [], english: true));
        Assert.All(quotes, quote =>
        {
            Assert.Equal(quote.Text, document.Original[quote.Start..quote.End]);
            if (quote.Speaker is { } speaker) Assert.InRange(speaker.End, speaker.Start + 1, document.Original.Length);
        });
        return quotes;
    }

    static string Words(Quote quote, string body) => quote.Speaker is { } speaker ? $"\n{body}"[speaker.Start..speaker.End] : "";

    /// <summary>"text | words that name the speaker | cue", for direct quotes.</summary>
    static IEnumerable<string> Direct(string body) => Find(null, body).Where(quote => quote.Direct).Select(quote => $"{quote.Text} | {Words(quote, body)} | {quote.Cue}");

    static IEnumerable<string> Reported(string body) => Find(null, body).Where(quote => !quote.Direct).Select(quote => $"{quote.Text} | {Words(quote, body)} | {quote.Cue}");

    [Theory]
    [InlineData("“We will win,” Smith said on Monday.", "We will win, | Smith | said")]
    [InlineData("\"We will win,\" said Anna Smith, who leads the party.", "We will win, | Anna Smith | said")]
    [InlineData("''We will win,'' Mr. Smith said.", "We will win, | Mr. Smith | said")]
    [InlineData("«We will win», said the minister.", "We will win | the minister | said")]
    [InlineData("„We will win“, the minister told reporters.", "We will win | the minister | told")]
    [InlineData("‘We’ll win the workers’ trust,’ she said.", "We’ll win the workers’ trust, | she | said")]
    [InlineData("Smith said: “We will win.”", "We will win. | Smith | said")]
    [InlineData("Smith, a lawyer for the group, said, “We will win.”", "We will win. | Smith | said")]
    [InlineData("The president, Emmanuel Macron, said it was “very bad”.", "very bad | The president | said")]
    [InlineData("“Why?” Smith asked.", "Why? | Smith | asked")]
    [InlineData("“We will win,” Smith bellowed cheerfully.", "We will win, | Smith | bellowed")]
    [InlineData("People who were briefed on the talks said the offer was “an insult”.", "an insult | People who were briefed on the talks | said")]
    [InlineData("Jones said Smith had called the plan “madness”.", "madness | Jones | said")]
    public void Whoever_stands_beside_the_cue_speaks(string body, string expected) => Assert.Equal([expected], Direct(body));

    [Theory]
    [InlineData("“We will win,” Smith said. “It takes time.”", "We will win, | Smith | said", "It takes time. | Smith | said")]
    [InlineData("“We will win,” Smith said, “but it takes time.”", "We will win, | Smith | said", "but it takes time. | Smith | said")]
    [InlineData("“We will win,” Smith said.\n\n“It takes time to do so.”", "We will win, | Smith | said", "It takes time to do so. | Smith | said")]
    [InlineData("Smith said he was “glad”, but added that it was “hard”.", "glad | Smith | said", "hard | Smith | added")]
    public void A_quotation_goes_on_with_who_spoke(string body, string first, string second) => Assert.Equal([first, second], Direct(body));

    [Fact]
    public void Paragraphs_that_open_with_a_mark_are_one_quotation() =>
        Assert.Equal(["We will win.\n\n“It takes time,\n\n“but we will, | Smith | said"], Direct("“We will win.\n\n“It takes time,\n\n“but we will,” Smith said."));

    [Fact]
    public void A_quotation_in_another_is_part_of_it() =>
        Assert.Equal(["He told me, ‘Go,’ and I went, | Smith | said"], Direct("“He told me, ‘Go,’ and I went,” Smith said."));

    [Theory]
    [InlineData("She starred in “The Long Way Home” last year.")]
    [InlineData("Gov. C.L. \"Butch\" Otter spent the day in Reno.")]
    [InlineData("They slammed the loophole called an \"inversion\" here.")]
    [InlineData("So-called “smart” meters are coming.")]
    [InlineData("The workers' demands and the '90s' music, the judges' view of it.")]
    [InlineData("A mark that \" stands alone.")]
    public void Titles_nicknames_and_names_are_no_quotations(string body) => Assert.Empty(Direct(body));

    [Theory]
    [InlineData("Smith said on Friday that the plan would fail.", "the plan would fail | Smith | said")]
    [InlineData("The plan will fail, officials said on Friday.", "The plan will fail | officials | said")]
    [InlineData("The plan will fail, said Anna Smith, a lawyer.", "The plan will fail | Anna Smith | said")]
    [InlineData("According to the ministry, the plan has failed.", "the plan has failed | the ministry | According to")]
    [InlineData("The plan has failed, according to a spokesman for the ministry.", "The plan has failed | a spokesman for the ministry | according to")]
    [InlineData("Smith told the BBC that the plan had failed.", "the plan had failed | Smith | told")]
    [InlineData("The failure of the plan was reported by Reuters.", "The failure of the plan | Reuters | reported")]
    [InlineData("Smith has repeatedly warned the plan will fail.", "the plan will fail | Smith | warned")]
    [InlineData("The group issued a statement saying the plan had failed.", "the plan had failed | The group | saying")]
    public void Reported_speech_is_found_without_marks(string body, string expected) => Assert.Equal([expected], Reported(body));

    [Theory]
    [InlineData("Two officials were told that the plan had failed.")]
    [InlineData("Amid claims that the plan had failed, he left.")]
    [InlineData("He lives in the United States and in the early voting states that matter.")]
    [InlineData("The proposed law and its claims are in the final report.")]
    public void Nouns_and_passives_report_nothing(string body) => Assert.Empty(Find(null, body));

    [Theory]
    [InlineData("Donald Trump met Angela Merkel. “It was good,” she said.", "Angela Merkel")]
    [InlineData("Donald Trump met Angela Merkel. “It was good,” he said.", "Donald Trump")]
    [InlineData("Vladimir Putin arrived. President Donald Trump, who met him, said it was “good”.", "Donald Trump")]
    [InlineData("Trump praised Putin, who said the talks were “good”.", "Vladimir Putin")]
    [InlineData("President Donald Trump spoke to Vladimir Putin. The president said that the talks went well.", "Donald Trump")]
    [InlineData("Sarah Quillfeather left. “I am glad,” said Sarah Quillfeather. “Very glad,” Quillfeather added.", "Sarah Quillfeather")]
    [InlineData("NATO met. A NATO spokesman said the talks were “good”.", "NATO")]
    public void Names_pronouns_and_roles_lead_to_the_entity(string body, string name) => Assert.Equal(name, Find(null, body)[^1].Speaker?.Name);

    [Theory]
    [InlineData("A friend of Donald Trump said that the talks went well.", "A friend of Donald Trump")]
    [InlineData("Donald Trump’s lawyer said that the talks went well.", "Donald Trump’s lawyer")]
    [InlineData("A resident said that the talks went well.", "A resident")]
    public void A_friend_of_somebody_is_somebody_else(string body, string name)
    {
        var speaker = Assert.Single(Find(null, body)).Speaker!;
        Assert.Equal((null, name), (speaker.Id, speaker.Name));
    }

    [Fact]
    public void A_name_labels_what_its_bearer_says()
    {
        var headline = Assert.Single(Find("Ukraine is ready for talks – Zelensky", "No more is known."));
        Assert.Equal(("Ukraine is ready for talks", false, "Volodymyr Zelensky", "–"), (headline.Text, headline.Direct, headline.Speaker?.Name, headline.Cue));
        Assert.Equal("Donald Trump", Assert.Single(Find("Trump: Putin is playing games", "No more is known.")).Speaker?.Name);
        Assert.Empty(Find("Exclusive: Putin is playing games", "No more is known."));
        Assert.Empty(Find("Putin is playing games - Reuters", "No more is known."));
    }

    [Fact]
    public void A_partial_quotation_belongs_to_the_sentence_it_stands_in() =>
        Assert.Equal(["always be a friend | Xi | told"], Direct("Xi told Putin that China would “always be a friend”, Xinhua reported."));

    [Fact]
    public void Where_the_article_does_not_tell_there_is_no_speaker()
    {
        var quote = Assert.Single(Find(null, "The crowd was large.\n\n“Nobody knows what will become of us.”\n\nThe night was long."));
        Assert.Equal(("Nobody knows what will become of us.", null, null), (quote.Text, quote.Speaker, quote.Cue));
    }

    [Fact]
    public void Offsets_are_those_of_title_and_body_as_given()
    {
        var quote = Assert.Single(Find("Talks", "“Soft\u00ADly,” Smith said."));
        Assert.Equal((7, 15, "Soft\u00ADly,"), (quote.Start, quote.End, quote.Text));
        Assert.Equal((17, 22), (quote.Speaker!.Start, quote.Speaker.End));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\" ")]
    [InlineData("“a ")]
    [InlineData("“a” said ")]
    [InlineData("'a ")]
    [InlineData("\n\n\"a")]
    [InlineData("said ")]
    [InlineData("he said, and ")]
    [InlineData("who said that according to ")]
    [InlineData("Smith, (a, ")]
    [InlineData("\uD83C\u202E said ")]
    [InlineData("according to")]
    public void A_hundred_thousand_of_anything_are_read(string unit)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Find(unit, string.Concat(Enumerable.Repeat(unit, 100_000)));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }
}
