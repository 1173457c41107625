using Monitoring.Enrichment.Entities;

namespace Tests.Quality.Ner;

/// <summary>Names found against names labelled: exact stretch and type.</summary>
sealed class NerScore
{
    readonly int[] labelled = new int[3], found = new int[3], right = new int[3];

    public void Add(IReadOnlyList<(int Start, int End, EntityType Type)> gold, IReadOnlyList<(int Start, int End, EntityType Type)> names)
    {
        var expected = gold.ToHashSet();
        foreach (var name in expected) labelled[(int)name.Type]++;
        foreach (var name in names.Distinct())
        {
            found[(int)name.Type]++;
            if (expected.Contains(name)) right[(int)name.Type]++;
        }
    }

    public (double Precision, double Recall, double F) Of(EntityType type) => Of(right[(int)type], found[(int)type], labelled[(int)type]);

    public (double Precision, double Recall, double F) Overall => Of(right.Sum(), found.Sum(), labelled.Sum());

    public int Labelled => labelled.Sum();

    static (double, double, double) Of(int right, int found, int labelled)
    {
        var (precision, recall) = (found == 0 ? 0 : 100.0 * right / found, labelled == 0 ? 0 : 100.0 * right / labelled);
        return (precision, recall, right == 0 ? 0 : 2 * precision * recall / (precision + recall));
    }
}
