using Monitoring.Enrichment;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Tests.Unit;

public class EntityLinkerTests
{
    static readonly EntityLinker Linker = new(new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge")));

    /// <summary>A text in which a tagger's names stand in brackets: [P person], [O organisation], [L place].</summary>
    static (Document Document, ArticleEntities Entities) Link(string marked, bool english = true)
    {
        var text = new System.Text.StringBuilder();
        var spans = new List<(int Start, int End, EntityType Type)>();
        for (var i = 0; i < marked.Length; i++)
        {
            if (marked[i] is '[' && i + 2 < marked.Length && marked[i + 1] is 'P' or 'O' or 'L' && marked[i + 2] == ' ')
            {
                var close = marked.IndexOf(']', i);
                spans.Add((text.Length + 1, text.Length + 1 + close - i - 3, marked[i + 1] switch { 'P' => EntityType.Person, 'O' => EntityType.Organisation, _ => EntityType.Place }));
                text.Append(marked, i + 3, close - i - 3);
                i = close;
            }
            else text.Append(marked[i]);
        }
        var document = new Document(null, text.ToString());
        var tagged = spans.Select(span => new NamedSpan(Array.FindIndex(document.Tokens, token => token.Start == span.Start), Array.FindIndex(document.Tokens, token => token.End == span.End) + 1, span.Type)).ToList();
        return (document, Linker.Link(document, tagged, english));
    }

    /// <summary>Every entity as its id and the texts of its mentions.</summary>
    static string[] Entities(string marked, bool english = true)
    {
        var (document, entities) = Link(marked, english);
        return [.. entities.Entities.Select((entity, i) =>
            $"{entity.Id}{(entity.Ambiguous ? "?" : "")}: {string.Join(" | ", entities.Mentions.Where(mention => mention.Entity == i).Select(mention => document.Text[document.Tokens[mention.First].Start..document.Tokens[mention.End - 1].End]))}")];
    }

    [Theory]
    [InlineData("The [P US President Donald Trump] called. [P Trump] said so, and [P Mr Trump]'s envoy agreed.", new[] { "ent:wd:Q30: US", "ent:wd:Q22686: Donald Trump | Trump | Trump" })]
    [InlineData("[P Donald Trump Jr.] met [P Donald Trump].", new[] { "ent:person:donald-trump-jr: Donald Trump Jr.", "ent:wd:Q22686: Donald Trump" })]
    [InlineData("[P Anna Petrenko] spoke. Later [P Petrenko] left with [P Oleh Marchuk]; [P Marchuk] drove.", new[] { "ent:person:anna-petrenko: Anna Petrenko | Petrenko", "ent:person:oleh-marchuk: Oleh Marchuk | Marchuk" })]
    [InlineData("[P John Smith] and [P Jane Smith] came. [P Ms Smith] spoke.", new[] { "ent:person:john-smith: John Smith", "ent:person:jane-smith: Jane Smith | Smith" })]
    [InlineData("[P Volodymyr Dmitriyev] and [P V. Dmitriev] are one, [P Vladimir Dmitriev] too.", new[] { "ent:person:volodymyr-dmitriyev: Volodymyr Dmitriyev | V. Dmitriev | Vladimir Dmitriev" })]
    [InlineData("[P Eric H. Petersen] sang; [P Eric Petersen] too.", new[] { "ent:person:eric-petersen: Eric H. Petersen | Eric Petersen" })]
    [InlineData("[P Volodymyr Zelenskij] and [P Sergej V. Lavrov] met.", new[] { "ent:wd:Q3874799: Volodymyr Zelenskij", "ent:wd:Q58217: Sergej V. Lavrov" })]
    [InlineData("[P Anna Petrenko] called. [O Petrenko] won.", new[] { "ent:person:anna-petrenko: Anna Petrenko | Petrenko" })]
    [InlineData("[P Anna Petrenko] called. Then Petrenko won a petrenko.", new[] { "ent:person:anna-petrenko: Anna Petrenko" })]
    [InlineData("[P Anna Petrenko] called. Then Petrenko won.", new[] { "ent:person:anna-petrenko: Anna Petrenko | Petrenko" })]
    [InlineData("[P Theresa May] left in May. The [O Krynka] met. Krynka flows.", new[] { "ent:wd:Q264766: Theresa May", "ent:organisation:krynka: Krynka" })]
    [InlineData("By [P Oren Dorell USA TODAY] and [P CHICAGO Rahm Petrenko], with [P Ann Moss, Oslo].", new[] { "ent:person:oren-dorell: Oren Dorell", "ent:organisation:usa-today: USA TODAY", "ent:person:rahm-petrenko: Rahm Petrenko", "ent:person:ann-moss: Ann Moss", "ent:wd:Q585: Oslo" })]
    [InlineData("[P Lars Müller] spoke; [P Mueller] is from Bonn.", new[] { "ent:person:lars-muller: Lars Müller | Mueller", "ent:wd:Q586: Bonn" })]
    [InlineData("[P Kim Min-seo] won. [P Kim] smiled.", new[] { "ent:person:kim-min-seo: Kim Min-seo | Kim" })]
    [InlineData("[P Maria Lopez] and [P Maria Gomez] sang. [P Maria] danced.", new[] { "ent:person:maria-lopez: Maria Lopez", "ent:person:maria-gomez: Maria Gomez", "ent:person:maria: Maria" })]
    public void A_person_has_one_entity_under_longer_and_shorter_names(string marked, string[] expected) => Assert.Equal(expected, Entities(marked));

    [Theory]
    [InlineData("[P Trump] spoke of [P Robert Trump], and [P Trump] mourned.", new[] { "ent:wd:Q22686: Trump | Trump", "ent:person:robert-trump: Robert Trump" })]
    [InlineData("[P Robert Trump] died. [P Trump] was 71. President [P Trump] mourned.", new[] { "ent:person:robert-trump: Robert Trump | Trump", "ent:wd:Q22686: Trump" })]
    public void Who_is_known_by_the_surname_is_meant_unless_another_of_that_name_has_come_up(string marked, string[] expected) => Assert.Equal(expected, Entities(marked));

    [Theory]
    [InlineData("[O World Health Organization] ([O WHO]) met. The [O WHO] agreed.", new[] { "ent:wd:Q7817: World Health Organization | WHO | WHO" })]
    [InlineData("The [O Kalush Water Users Council] met. [O KWUC] agreed.", new[] { "ent:organisation:kalush-water-users-council: Kalush Water Users Council | KWUC" })]
    [InlineData("The [O State Bureau of Rivers] ([O DBR]) met. [O DBR] agreed.", new[] { "ent:organisation:state-bureau-of-rivers: State Bureau of Rivers | DBR | DBR" })]
    [InlineData("[O Farley Motors Inc.] rose. [O Farley] fell, [O Farley Motors] rose.", new[] { "ent:organisation:farley-motors-inc: Farley Motors Inc. | Farley | Farley Motors" })]
    [InlineData("The [O Department of Rivers] and the [O Rivers Department] are one.", new[] { "ent:organisation:department-of-rivers: Department of Rivers | Rivers Department" })]
    [InlineData("[O Norwich United] and [O Derby United] drew. [O United] lost.", new[] { "ent:organisation:norwich-united: Norwich United", "ent:organisation:derby-united: Derby United", "ent:organisation:united: United" })]
    [InlineData("[O Google] and [O Google Riverworks] are two.", new[] { "ent:wd:Q95: Google", "ent:organisation:google-riverworks: Google Riverworks" })]
    public void An_organisation_has_one_entity_under_longer_and_shorter_names(string marked, string[] expected) => Assert.Equal(expected, Entities(marked));

    [Theory]
    [InlineData("The [O Ukrainian Defence Ministry] said so. The [O Ministry of Defense of Ukraine] agreed. [L Ukraine]'s [O Ministry of Defence] too.", "ent:organisation:ministry-of-defence-ukraine: Ukrainian Defence Ministry | Ministry of Defense of Ukraine | Ministry of Defence")]
    [InlineData("The South Korean Foreign Ministry and the Foreign Ministry.", "ent:organisation:ministry-of-foreign-affairs-south-korea: South Korean Foreign Ministry | Foreign Ministry")]
    [InlineData("The Indonesian Navy sailed.", "ent:organisation:navy-indonesia: Indonesian Navy")]
    [InlineData("[O Kenya's Health Ministry] said so.", "ent:organisation:ministry-of-health-kenya: Health Ministry")]
    public void Bodies_of_government_are_known_by_pattern(string marked, string expected) => Assert.Contains(expected, Entities(marked));

    [Fact]
    public void A_ministry_of_no_certain_country_is_ambiguous() =>
        Assert.Contains("ent:organisation:ministry-of-health?: Health Ministry", Entities("The Polish Health Ministry and the Czech Health Ministry met. A Health Ministry spokesman left."));

    [Theory]
    [InlineData("Officials in [L Georgia] counted.", "ent:place:georgia?: Georgia")]
    [InlineData("Officials in [L Georgia] counted in [L Atlanta].", "ent:wd:Q1428: Georgia")]
    [InlineData("Officials in [L Georgia] counted in [L Tbilisi].", "ent:wd:Q230: Georgia")]
    [InlineData("[L Washington] hesitated.", "ent:place:washington?: Washington")]
    [InlineData("[L Washington] hesitated, the [O White House] said.", "ent:wd:Q61: Washington")]
    [InlineData("Fires in [L Washington] reached [L Spokane].", "ent:wd:Q1223: Washington")]
    [InlineData("A man of [L Birmingham], [L Alabama], sang.", "ent:wd:Q79867: Birmingham")]
    public void A_place_is_told_by_what_else_is_named(string marked, string expected) => Assert.Contains(expected, Entities(marked));

    [Theory]
    [InlineData("[P Paris Hilton] sang.", new[] { "ent:person:paris-hilton: Paris Hilton" })]
    [InlineData("The [O Bank of Ukraine] lent.", new[] { "ent:organisation:bank-of-ukraine: Bank of Ukraine" })]
    [InlineData("The Bank of [L England] lent.", new[] { "ent:wd:Q183231: Bank of England" })]
    [InlineData("Reading is fun. Apple pie too. Will Chad sing?", new string[0])]
    [InlineData("The Tokyo Olympics and Kyiv were on.", new[] { "ent:wd:Q1899: Kyiv" })]
    [InlineData("French President [P Emmanuel Macron] and [P French President Emmanuel Macron] of [P Egypt's Morsy].", new[] { "ent:wd:Q3052772: Emmanuel Macron | Emmanuel Macron", "ent:wd:Q79: Egypt", "ent:person:morsy: Morsy" })]
    [InlineData("[O Apple] fell.", new[] { "ent:wd:Q312: Apple" })]
    [InlineData("[L UKRAINE] WINS", new[] { "ent:wd:Q212: UKRAINE" })]
    public void The_longer_name_stands_and_a_common_word_needs_the_tagger(string marked, string[] expected) => Assert.Equal(expected, Entities(marked));

    [Fact]
    public void Names_in_other_languages_are_the_gazetteers() =>
        Assert.Equal(["ent:wd:Q7184: NATO", "ent:wd:Q1899: Kyiv"], Entities("Die NATO trifft sich in Kyiv.", english: false));

    [Fact]
    public void A_slug_keeps_letters_of_every_script()
    {
        Assert.Equal("владимир-ковальчук", Slug.Of("Владимир  Ковальчук"));
        Assert.Equal("obrien-fils", Slug.Of("O'Brien & Fils"));
        Assert.Equal("a", Slug.Of("\uD800A\uDC00"));
    }

    [Fact]
    public void Mentions_are_ordered_and_never_overlap()
    {
        var (_, entities) = Link("The [O Bank of Ukraine] and [P US President Donald Trump] met the Ukrainian Defence Ministry in Columbus, Ohio, and [L Washington, D.C].");
        for (var i = 1; i < entities.Mentions.Count; i++) Assert.True(entities.Mentions[i].First >= entities.Mentions[i - 1].End);
        Assert.Equal(Enumerable.Range(0, entities.Entities.Count), entities.Mentions.Select(mention => mention.Entity).Distinct());
    }

    [Fact]
    public void Many_names_take_little_time()
    {
        var marked = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"[P Ann{i % 7000} Trump] met [P Trump] of [O Trump Group {i % 5000}]. "));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.NotEmpty(LinkAll(marked).Entities);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");

        static ArticleEntities LinkAll(string marked)
        {
            var document = new Document(null, marked.Replace("[P ", "").Replace("[O ", "").Replace("]", ""));
            var tagged = new List<NamedSpan>();
            for (var i = 0; i + 8 < document.Tokens.Length; i += 10)
                tagged.AddRange([new NamedSpan(i, i + 2, EntityType.Person), new NamedSpan(i + 3, i + 4, EntityType.Person), new NamedSpan(i + 5, i + 8, EntityType.Organisation)]);
            return Linker.Link(document, tagged, english: true);
        }
    }
}
