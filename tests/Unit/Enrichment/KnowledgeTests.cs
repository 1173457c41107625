using Monitoring.Contracts;
using Monitoring.Enrichment;

namespace Tests.Unit;

public sealed class KnowledgeTests : IDisposable
{
    static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "knowledge");

    readonly string folder = Directory.CreateTempSubdirectory("knowledge").FullName;

    public KnowledgeTests()
    {
        foreach (var file in Directory.GetFiles(Shipped)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static Enricher Shipping(string? additions = null) => new(new Knowledge(Shipped, additions), 1);

    [Fact]
    public void The_model_is_named_after_the_files_that_are_read()
    {
        var model = Shipping().Model;
        Assert.Matches(@"^\d+\.\d+\.\d+\+[0-9a-f]{12}$", model);
        File.WriteAllText(Path.Combine(folder, "of-no-meaning.tsv"), "");
        Assert.Equal(model, new Enricher(new Knowledge(folder), 1).Model);
        File.AppendAllText(Path.Combine(folder, "entities.tsv"), "# A comment decides nothing, but who knows that of a file?\n");
        Assert.NotEqual(model, new Enricher(new Knowledge(folder), 1).Model);
    }

    [Fact]
    public void What_a_user_adds_is_found_beside_what_is_shipped_and_makes_another_model()
    {
        var additions = Directory.CreateTempSubdirectory("additions").FullName;
        try
        {
            Assert.Equal(Shipping().Model, Shipping(additions).Model);
            File.WriteAllText(Path.Combine(additions, "entities.tsv"), "ent:place:atlantis\tplace\tAtlantis\t\t\town\n");
            var enricher = Shipping(additions);
            Assert.NotEqual(Shipping().Model, enricher.Model);
            Assert.Equal(["ent:place:atlantis", "ent:wd:Q212"], enricher.Enrich(new ArticleContent { Body = "The people of Atlantis voted, and those of Ukraine." }).Entities.Select(entity => entity.Id));
        }
        finally
        {
            Directory.Delete(additions, recursive: true);
        }
    }

    [Fact]
    public void A_broken_row_is_named()
    {
        File.AppendAllText(Path.Combine(folder, "topics.tsv"), "medtop:1\tonly two columns\n");
        var fault = Assert.Throws<InvalidDataException>(() => new Enricher(new Knowledge(folder), 1));
        Assert.Matches(@"topics\.tsv, line \d+: 2 columns instead of 3", fault.Message);
    }

    [Fact]
    public void Every_topic_above_another_is_itself_a_topic_and_every_id_stands_once()
    {
        var rows = new Knowledge(Shipped).Read("topics.tsv", 3).Skip(1).ToList();
        Assert.True(rows.Count >= 192);
        Assert.Distinct(rows.Select(row => row[0]));
        Assert.Subset(rows.Select(row => row[0]).ToHashSet(), rows.Select(row => row[2]).Where(broader => broader.Length > 0).ToHashSet());
    }

    [Fact]
    public void Every_entity_has_one_id_a_known_type_and_a_source()
    {
        var rows = new Knowledge(Shipped).Read("entities.tsv", 6).Skip(1).ToList();
        Assert.Distinct(rows.Select(row => row[0]));
        Assert.All(rows, row =>
        {
            Assert.Contains(row[1], new[] { "person", "organisation", "place" });
            Assert.Matches(@"^ent:(wd:Q\d+|(person|organisation|place):[a-z0-9-]+)$", row[0]);
            Assert.NotEmpty(row[5]);
        });
    }
}
