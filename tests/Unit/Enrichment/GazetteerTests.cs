using Monitoring.Enrichment;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Tests.Unit;

public class GazetteerTests
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "knowledge");
    static readonly Gazetteer Gazetteer = new(new Knowledge(Folder));

    static string[] Names(string text)
    {
        var document = new Document(null, text);
        return [.. Gazetteer.Find(document).Select(span => $"{document.Text[document.Tokens[span.First].Start..document.Tokens[span.End - 1].End]} = {string.Join(" or ", span.Name.Entities.Select(entity => entity.Name))}")];
    }

    [Theory]
    [InlineData("NATO’s Bank of England", new[] { "NATO = NATO", "Bank of England = Bank of England" })]
    [InlineData("Ukrainex, NATOs and ukraine are no names.", new string[0])]
    [InlineData("the Bank, of England", new[] { "England = England" })]
    [InlineData("the U.S. and the U, S", new[] { "U.S. = United States" })]
    [InlineData("Zelensky, Zelenskyy and Zelenskiy", new[] { "Zelensky = Volodymyr Zelensky", "Zelenskyy = Volodymyr Zelensky", "Zelenskiy = Volodymyr Zelensky" })]
    [InlineData("in Birmingham, Alabama, and Washington, D.C.", new[] { "Birmingham = Birmingham, Alabama", "Alabama = Alabama", "Washington, D.C. = Washington, D.C." })]
    [InlineData("in Georgia", new[] { "Georgia = Georgia or Georgia (US state)" })]
    public void Names_are_whole_words_in_their_case_and_the_longest_first(string text, string[] expected) => Assert.Equal(expected, Names(text));

    [Theory]
    [InlineData("Turkey", false)]
    [InlineData("Target", true)]
    [InlineData("Ukraine", false)]
    [InlineData("Jordan", true)]
    public void What_is_also_a_common_word_or_a_first_name_is_weak(string name, bool weak) => Assert.Equal(weak, Assert.Single(Gazetteer.Find(new Document(null, name))).Name.Weak);

    [Fact]
    public void Names_in_capitals_are_found_when_asked_for()
    {
        var document = new Document(null, "THE NEW YORK TIMES IN Ukraine");
        Assert.Equal("The New York Times", Gazetteer.Shouted(document, 0, 4)?.Entities[0].Name);
        Assert.Null(Gazetteer.Shouted(document, 1, 3)?.Entities.FirstOrDefault(entity => entity.Type == EntityType.Organisation));
        Assert.Null(Gazetteer.Shouted(document, 5, 6));
    }

    [Fact]
    public void Ids_are_unique_and_rows_complete()
    {
        var rows = new Knowledge(Folder).Read("entities.tsv", columns: 6).Where(row => row[0] != "id").ToList();
        Assert.Empty(rows.GroupBy(row => row[0]).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.All(rows, row => Assert.True(row[0].StartsWith("ent:wd:Q", StringComparison.Ordinal) || row[0].StartsWith($"ent:{row[1]}:", StringComparison.Ordinal), row[0]));
        Assert.All(rows, row => Assert.True(row[5] is "gaz" or "curated" && row[4].Length is 0 or 2 && row[2].Length > 0, row[0]));
    }

    [Fact]
    public void What_decides_between_namesakes_is_known_by_name()
    {
        var rows = new Knowledge(Folder).Read("entities.tsv", columns: 6).ToList();
        var (ids, names) = (rows.Select(row => row[0]).ToHashSet(), rows.Select(row => row[2]).ToHashSet());
        Assert.All(new Knowledge(Folder).Read("contexts.tsv", columns: 3), row =>
        {
            Assert.Contains(row[0], ids);
            Assert.All(row[1].Split('|'), name => Assert.Contains(name, names));
        });
    }
}
