using System.Text;
using Monitoring.Contracts;
using Monitoring.Enrichment;
using Monitoring.Enrichment.CitedSources;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Tests.Unit;

/// <summary>In the texts, sources that are named stand in {braces}, unnamed ones in &lt;angle brackets&gt;.</summary>
public class CitedSourceFinderTests
{
    static readonly CitedSourceFinder Finder = new(new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge")));

    static IReadOnlyList<CitedSource> Find(string? title, string body, Source? outlet = null, string? url = null, ArticleEntities? entities = null) =>
        Finder.Find(new Document(title, body), entities ?? new ArticleEntities([], []), outlet, url);

    static string Unmarked(string marked) => string.Concat(marked.Where(c => c is not ('{' or '}' or '<' or '>')));

    static string Marked(string text, IReadOnlyList<CitedSource> sources)
    {
        var marked = new StringBuilder(text);
        foreach (var source in sources.Reverse()) marked.Insert(source.End, source.Anonymous ? '>' : '}').Insert(source.Start, source.Anonymous ? '<' : '{');
        return marked.ToString();
    }

    static void AssertMarked(string marked, Source? outlet = null, string? url = null) => Assert.Equal("\n" + marked, Marked("\n" + Unmarked(marked), Find(null, Unmarked(marked), outlet, url)));

    [Theory]
    [InlineData("This is reported by {NBC News}, citing <sources>.")]
    [InlineData("The {New York Times} first reported the plan on Monday.")]
    [InlineData("“He knew,” reports The {Associated Press}.")]
    [InlineData("The head of the service told {Bild} that the army was ready.")]
    [InlineData("Lawyers told the British newspaper the {Guardian} that he knew.")]
    [InlineData("“We will stay,” she said in an exclusive interview with {Le Monde}.")]
    [InlineData("Speaking to the {BBC}, Mr Khan said he was innocent.")]
    [InlineData("The attack was first reported by {Ukrinform}.")]
    [InlineData("The minister was quoted by {Interfax} as saying that they were ready.")]
    [InlineData("Japan's {Kyodo} news agency, citing <government sources>, said the yen would be supported.")]
    [InlineData("The senator said on {NBC}'s “Meet the Press” that he would stay.")]
    [InlineData("A study published in {Nature} found that the ice was melting.")]
    [InlineData("A {CNN} poll found that 51 percent agreed.")]
    [InlineData("The president criticised him in a {Fox News} interview.")]
    [InlineData("Documents seen by {Der Spiegel} show that the firm knew.")]
    [InlineData("{Axios}' Barak Ravid reported on Sunday that the talks were over.")]
    [InlineData("{ABC News} and the {Washington Post} report that he will plead guilty.")]
    [InlineData("The {Associated Press} contributed to this report.")]
    [InlineData("The Okaz newspaper is old, and the daily {Al-Thawra} reported nothing else.")]
    [InlineData("The road was closed, {WFLA} reported.")]
    [InlineData("{Politico} was the first to report the news.")]
    [InlineData("The {Standard-Times} of New Bedford is reporting that he left.")]
    [InlineData("She told Megyn Kelly of {Fox News} so.")]
    [InlineData("The {Guardian} understands that he will step down.")]
    [InlineData("In a statement to {Fox News} on Wednesday, Giuliani said it was false.")]
    [InlineData("“It is a mess,” writes {Goldberg}.")]
    public void A_medium_is_a_source_where_it_tells_or_is_told(string marked) => AssertMarked(marked);

    [Theory]
    [InlineData("KYIV, April 4 ({Reuters}) - The air force said it had downed 40 drones.")]
    [InlineData("MOSCOW, April 4. /{TASS}/. Talks began, the ministry said.")]
    [InlineData("LONDON ({AP}) — The prime minister said he would stay.")]
    [InlineData("Read More @ {kyivindependent.com}")]
    [InlineData("Read more at https://www.{bbc.co.uk}/news")]
    [InlineData("Source: {Ukrainska Pravda}")]
    [InlineData("Copyright 2016 The {Associated Press}. All rights reserved.")]
    [InlineData("With inputs from {PTI}")]
    public void Datelines_and_lines_at_the_end_name_sources(string marked) => AssertMarked(marked);

    [Theory]
    [InlineData("US to withdraw troops from Poland - {NBC News}", "")]
    [InlineData("Musk to leave the government within weeks: {Politico}", "")]
    [InlineData("Trump considers dropping the talks – <media>", "")]
    [InlineData("<Sources>: Trump to meet Putin in Riyadh", "")]
    [InlineData("Inflation falls to 2.6%, {official figures} show", "")]
    [InlineData("Ceasefire near, <officials> say", "Talks went on.")]
    public void Headlines_name_them_at_their_ends(string title, string body)
    {
        var bare = Unmarked(title);
        Assert.Equal($"{title}\n{body}", Marked($"{bare}\n{body}", Find(bare, body)));
    }

    [Theory]
    [InlineData("Businesses are ready to return, according to {Kirill Dmitriev}.")]
    [InlineData("The funds grew, according to Czech Foreign Minister {Jan Lipavsky}.")]
    [InlineData("According to the {Israeli military}, rockets were fired.")]
    [InlineData("According to {police}, nobody was hurt.")]
    [InlineData("The firm lost money, according to the {Center for Responsive Politics}.")]
    [InlineData("Prices rose, according to a report by the {World Bank} on Monday.")]
    [InlineData("She is out, according to <people familiar with the matter>.")]
    [InlineData("The call lasted an hour, per <two> sources familiar with the call.")]
    [InlineData("He left early, according to several <sources> and <witnesses>.")]
    [InlineData("A newly unsealed file grew, according to a newly released {report}.")]
    [InlineData("Everything goes according to plan, and according to the schedule.")]
    [InlineData("He asked for mercy, citing his age and the constitution.")]
    public void Whoever_follows_according_to_is_a_source(string marked) => AssertMarked(marked.Replace("<two> sources familiar with the call", "two <sources familiar with the call>", StringComparison.Ordinal));

    [Theory]
    [InlineData("Two people were hurt, <officials> said.")]
    [InlineData("A <senior Taliban commander in Helmand>, who declined to be named, said a drone had hit them.")]
    [InlineData("A <European diplomat> told {Reuters} that nobody had asked them.")]
    [InlineData("“They talk,” said a <person briefed on the talks>, who spoke on condition of anonymity.")]
    [InlineData("A <friend of the actress> told {People} that she was well.")]
    [InlineData("The <officials> cited by {NBC News} say that he has been warned.")]
    [InlineData("The report was confirmed by a <source in the Security Service>.")]
    [InlineData("<Local media> reported that ten people had been killed.")]
    [InlineData("{Iranian state television} said the general had died.")]
    [InlineData("A <Romney campaign aide>, though, said that it was false.")]
    [InlineData("<Some close to the chairman> say he wants to run.")]
    [InlineData("A <source> said it was over. <Another> said that it was not.")]
    [InlineData("The talks were what <aides> called a wake-up call.")]
    [InlineData("The plan was described by <officials> as dangerous.")]
    [InlineData("<Aid workers> said there was no food. Factory workers said they were tired.")]
    [InlineData("He left early, per a <translator>, and returned.")]
    [InlineData("According to <reports> emerging in the press, he left.")]
    [InlineData("According to {Microsoft} and numerous <security firms>, attacks have grown.")]
    [InlineData("Villages were destroyed, <state media> said.")]
    public void Unnamed_people_who_tell_are_anonymous(string marked) => AssertMarked(marked);

    [Theory]
    [InlineData("{Court documents} show that he knew.")]
    [InlineData("A {Monmouth} survey found that 71 percent agreed.")]
    [InlineData("“We are proud,” {Ruth Ginsburg} said in a statement.")]
    [InlineData("In a {statement} released on Tuesday, he decried the bill.")]
    [InlineData("“We are proud,” {Smith}, a lawyer for the family, said in a written statement.")]
    [InlineData("On {Twitter}, the senators hoped for a veto.")]
    [InlineData("The governor said on {Telegram} that two people had died.")]
    [InlineData("“Deeply saddened,” the prime minister wrote on {X}.")]
    [InlineData("The {Trump campaign} issued a statement saying that he meant it.")]
    [InlineData("Grimm's lawyer, {William McGinley}, said in a statement that it was over.")]
    [InlineData("In a letter filed in federal court on Monday, FBI general counsel {James Baker} said the probe went on.")]
    [InlineData("{Issa}, in a written statement after the hearing, called it troubling.")]
    [InlineData("They are less alike than ever, notes a new {Pew Research Center} study.")]
    [InlineData("He received a letter signed by all 42 {Senate Republicans}, which stated that it was over.")]
    [InlineData("A {review} of the attack in Benghazi, Libya, found that nobody knew.")]
    public void Documents_and_platforms_are_sources_where_they_say_something(string marked) => AssertMarked(marked);

    [Theory]
    [InlineData("“It is over,” Smith said. Police said two people had been hurt, and the Pentagon said nothing.")]
    [InlineData("Smith told reporters in Brussels that the deal was dead.")]
    [InlineData("Critics say the plan is weak, and experts say it will fail.")]
    [InlineData("Facebook said its profit grew, and Twitter's chief was hacked.")]
    [InlineData("The officials were asked to leave; a review of the newly found emails began.")]
    [InlineData("John Smith, a senior administration official, said he would stay.")]
    [InlineData("Photo by Stephen Lam/Reuters. She waves to the media. Handout via Reuters")]
    [InlineData("He was telling Hoboken Mayor Dawn Zimmer of the time that people told.")]
    [InlineData("He told NBC brass her story, and state media reports did not provide details.")]
    [InlineData("He said the polls were irrelevant, and so says study author James Lloyd.")]
    [InlineData("“Our investigation has revealed nothing,” he said.")]
    public void Who_speaks_openly_or_is_only_named_is_no_cited_source(string text) => Assert.Equal(text, Marked("\n" + text, Find(null, text))[1..]);

    [Fact]
    public void The_newspaper_is_the_one_that_was_cited_last()
    {
        var sources = Find(null, "He will resign, Der Spiegel reported. The magazine said that he was ill. A local newspaper reported the same.");
        Assert.Equal(["Der Spiegel", "Der Spiegel", "local newspaper"], sources.Select(source => source.Name));
        Assert.Equal([false, false, true], sources.Select(source => source.Anonymous));
    }

    [Fact]
    public void A_short_name_is_that_of_the_medium_named_before() =>
        Assert.Equal(["ent:wd:Q166032", "ent:wd:Q166032"], Find(null, "The Washington Post reported it. “Yes,” he told the Post.").Select(source => source.Id));

    [Fact]
    public void Ids_tell_what_kind_of_source_it_is()
    {
        const string Text = "Reuters reported it. A senior U.S. official told the Muster Herald so. A study found more. Read more @ www.example.org";
        Assert.Equal(["ent:wd:Q130879", "anonymous:senior-u-s-official", "ent:organisation:muster-herald", "document:study", "host:example.org"], Find(null, Text).Select(source => source.Id));
    }

    [Fact]
    public void An_entity_keeps_its_id_and_name()
    {
        var document = new Document(null, "It grew, according to Dmitriev.");
        var entities = new ArticleEntities([new LinkedEntity("ent:wd:Q1", "Kirill Dmitriev", EntityType.Person)], [new Mention(5, 6, 0)]);
        var source = Assert.Single(Finder.Find(document, entities, null, null));
        Assert.Equal(("ent:wd:Q1", "Kirill Dmitriev"), (source.Id, source.Name));
    }

    [Theory]
    [InlineData("The Kyiv Independent", null, null)]
    [InlineData(null, "kyivindependent.com", null)]
    [InlineData(null, null, "https://www.kyivindependent.com/news/1")]
    public void An_article_never_cites_its_own_outlet(string? name, string? domain, string? url) =>
        Assert.Equal(["Reuters"], Find(null, "He told the Kyiv Independent and Reuters. Kyiv Independent reported it. Read more @ kyivindependent.com", new Source { Name = name, Domain = domain }, url).Select(source => source.Name));

    [Fact]
    public void An_outlet_that_the_table_does_not_know_is_its_own_too() =>
        Assert.Empty(Find(null, "He told the Muster Herald so. The Muster Herald reported it.", new Source { Domain = "musterherald.example" }));

    [Fact]
    public void An_article_cites_not_its_own_outlet_by_its_last_word() =>
        Assert.Empty(Find(null, "But King told The News that the boys were there.", new Source { Name = "New York Daily News" }));

    [Fact]
    public void A_dateline_tells_the_outlet_unless_it_is_an_agency()
    {
        Assert.Empty(Find(null, "London (CNN) The minister told CNN that he would stay."));
        Assert.Equal(2, Find(null, "London (Reuters) - The minister told Reuters that he would stay.").Count);
    }

    [Fact]
    public void Hostile_texts_are_read_in_time_and_every_span_is_true()
    {
        string[] texts =
        [
            new('a', 1 << 20), new('A', 1 << 20), string.Concat(Enumerable.Repeat("A ", 1 << 18)), new('"', 100_000), string.Concat(Enumerable.Repeat("according to ", 50_000)),
            string.Concat(Enumerable.Repeat("Sources: Reuters told CNN, ", 20_000)), string.Concat(Enumerable.Repeat("Sources: A b c d\n\nReuters ", 20_000)), string.Concat(Enumerable.Repeat("the Post and ", 50_000)),
            string.Concat(Enumerable.Repeat("a.b-c.com", 50_000)), string.Concat(Enumerable.Repeat("officials who in the ", 50_000)), "according to \ud800", "told \udc00 X 😀 said officials \u202e according to 😀 in a statement",
        ];
        foreach (var text in texts)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var document = new Document(null, text);
            foreach (var source in Finder.Find(document, new ArticleEntities([], []), null, null))
                Assert.InRange(source.Start, 1, source.End - 1);
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public void A_prefix_of_a_text_never_throws()
    {
        const string Text = "According to the UN's Reuters/Ipsos poll, “Sources told CNN's” (AP) - officials, who asked not to be named, said in a statement to The Times: Read more @ a.com, per two sources; reports the BBC.";
        for (var i = 0; i <= Text.Length; i++) Find(Text[..i], Text[i..]);
    }
}
