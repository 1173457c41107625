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

    [Fact]
    public void The_model_is_named_after_its_files()
    {
        Assert.Equal(new Knowledge(Shipped).Model, new Knowledge(folder).Model);
        File.AppendAllText(Path.Combine(folder, "entities.tsv"), "ent:place:atlantis\tplace\tAtlantis\t\t\tcurated\n");
        Assert.NotEqual(new Knowledge(Shipped).Model, new Knowledge(folder).Model);
        Assert.Contains(new Enricher(new Knowledge(folder), 1).Enrich(new ArticleContent { Body = "The people of Atlantis voted." }).Entities, entity => entity.Id == "ent:place:atlantis");
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
