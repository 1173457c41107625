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

    [Fact]
    public void What_is_written_alike_is_of_one_type()
    {
        var names = Names("Marwick wins again", "Elena Marwick won the vote on Sunday. Marwick thanked her supporters. \"It is a great day,\" Marwick said. Marwick, 45, has led the party since 2019.");

        Assert.All(names.Where(name => name.Text.Contains("Marwick")), name => Assert.Equal(EntityType.Person, name.Type));
        Assert.Equal(5, names.Count(name => name.Text.Contains("Marwick")));
    }

    [Fact]
    public void Letters_in_brackets_are_what_they_stand_for()
    {
        var names = Names(null, "The Borrowdale Workers Union (BWU) called a strike. The BWU said talks had failed. Police met BWU members on Friday.");

        Assert.Equal(3, names.Count(name => name == ("BWU", EntityType.Organisation)));
    }

    [Fact]
    public void A_headline_in_capitals_is_read_too() =>
        Assert.Contains(("GERMANY", EntityType.Place), Names("GERMANY AND FRANCE SIGN NEW TREATY", "Germany and France signed a new treaty on Monday."));

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

        Parallel.For(0, texts.Length, i => Assert.Equal(alone[i], Tagger.Tag(new Document(null, texts[i]))));
    }
}
