using Monitoring.Enrichment;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Entities.Tagging;
using Monitoring.Enrichment.Text;

namespace Tests.Unit;

public class NameTaggerTests
{
    static readonly NameTagger Tagger = new(new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge")));

    static List<(string Text, EntityType Type)> Names(string? title, string? body)
    {
        var document = new Document(title, body);
        return [.. Tagger.Tag(document).Select(name => (document.Span(document.Tokens[name.First].Start, document.Tokens[name.End - 1].End).Text, name.Type))];
    }

    [Fact]
    public void Persons_organisations_and_places_that_no_table_knows_are_found() =>
        Assert.Equal(
            [("Adaeze Okonkwo", EntityType.Person), ("Kestrel Shipping Corp.", EntityType.Organisation), ("Port Lavinia", EntityType.Place), ("Okonkwo", EntityType.Person)],
            Names(null, "Adaeze Okonkwo, chief executive of Kestrel Shipping Corp., spoke to reporters in Port Lavinia on Monday. Okonkwo said the company would hire more people."));

    [Fact]
    public void Titles_and_genitives_stay_outside() =>
        Assert.Equal([("Trump", EntityType.Person), ("Zelensky", EntityType.Person)], Names(null, "President Trump's envoy met President Zelensky in the afternoon."));

    // Each name once or more often, found as said; the others are to follow from them.
    static List<(string Text, EntityType Type)> Agreed(string? title, string body, params (string Text, EntityType Type)[] found)
    {
        var document = new Document(title, body);
        var (names, from) = (new List<NamedSpan>(), 0);
        foreach (var (text, type) in found)
        {
            var start = document.Text.IndexOf(text, from, StringComparison.Ordinal);
            from = start + text.Length;
            names.Add(new NamedSpan(Array.FindIndex(document.Tokens, token => token.Start == start), Array.FindIndex(document.Tokens, token => token.End == from) + 1, type));
        }
        return [.. NameConsistency.Apply(document, names).Select(name => (document.Span(document.Tokens[name.First].Start, document.Tokens[name.End - 1].End).Text, name.Type))];
    }

    [Fact]
    public void What_is_written_alike_is_of_the_type_that_most_are() =>
        Assert.Equal([("Balfour", EntityType.Organisation), ("Balfour", EntityType.Organisation), ("Balfour", EntityType.Organisation)],
            Agreed(null, "Balfour rose. Balfour fell. Balfour closed.", ("Balfour", EntityType.Organisation), ("Balfour", EntityType.Place), ("Balfour", EntityType.Organisation)));

    [Fact]
    public void A_surname_is_the_person_named_in_full() =>
        Assert.Equal([("Elena Marwick", EntityType.Person), ("Marwick", EntityType.Person)],
            Agreed(null, "Elena Marwick won. Marwick left.", ("Elena Marwick", EntityType.Person), ("Marwick", EntityType.Place)));

    [Fact]
    public void A_name_found_once_is_found_wherever_it_stands_again() =>
        Assert.Equal([("Lavinia Harbour", EntityType.Place), ("Lavinia Harbour", EntityType.Place), ("LAVINIA HARBOUR", EntityType.Place)],
            Agreed(null, "They met in Lavinia Harbour. Lavinia Harbour is small. LAVINIA HARBOUR is big.", ("Lavinia Harbour", EntityType.Place)));

    [Fact]
    public void Letters_in_brackets_are_what_they_stand_for() =>
        Assert.Equal([("Borrowdale Workers Union", EntityType.Organisation), ("BWU", EntityType.Organisation), ("BWU", EntityType.Organisation)],
            Agreed(null, "The Borrowdale Workers Union (BWU) called a strike. The BWU said so.", ("Borrowdale Workers Union", EntityType.Organisation), ("BWU", EntityType.Place)));

    [Fact]
    public void What_the_body_names_is_the_name_in_the_headline() =>
        Assert.Equal([("Marwick", EntityType.Person), ("Marwick", EntityType.Person)],
            Agreed("Marwick Wows Crowd", "On Sunday Marwick spoke.", ("Marwick Wows", EntityType.Person), ("Marwick", EntityType.Person)));

    [Fact]
    public void A_headline_in_capitals_is_read_as_one_in_small_letters()
    {
        var document = new Document("GERMANY", null);
        var knowledge = new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge"));
        var features = new WordFeatures(new NameEvidence(knowledge), new WordClusters(knowledge.ReadBytes("ner.clusters")));

        Assert.Equal(features.Describe(new Document("Germany", null), new Document("Germany", null).Tokens[0], lowered: false), features.Describe(document, document.Tokens[0], lowered: true));
    }

    [Fact]
    public void Names_never_overlap_and_lie_in_order_whatever_the_text()
    {
        var texts = new[]
        {
            "", "A", new string('A', 100_000), new string('"', 100_000), string.Concat(Enumerable.Repeat("Al-", 50_000)), string.Concat(Enumerable.Repeat("Smith and ", 20_000)), string.Concat(Enumerable.Repeat("🙂\ud800 العربية ", 10_000)),
            string.Concat(Enumerable.Repeat("U.S. (US) 'S ", 10_000)), "\u0000\u0001", string.Concat(Enumerable.Range(0, 60_000).Select(i => $"Name{i} ")),
        };
        foreach (var text in texts)
        {
            var document = new Document(null, text);
            var end = 0;
            foreach (var name in Tagger.Tag(document))
            {
                Assert.InRange(name.First, end, document.Tokens.Length - 1);
                Assert.InRange(name.End, name.First + 1, document.Tokens.Length);
                end = name.End;
            }
        }
    }

    [Fact]
    public void Several_threads_read_alike()
    {
        var texts = Enumerable.Range(0, 200).Select(i => $"Maria Lopez{i} of the Bank of Kadvala met officials in Tbilisi and at the Ministry of Finance{i % 7}.").ToArray();
        var alone = texts.Select(text => Tagger.Tag(new Document(null, text))).ToArray();

        Parallel.For(0, 100 * texts.Length, i => Assert.Equal(alone[i % texts.Length], Tagger.Tag(new Document(null, texts[i % texts.Length]))));
    }
}
