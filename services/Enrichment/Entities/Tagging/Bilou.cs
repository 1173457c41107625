namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>
/// The tagger's labels: outside, and for each type the first, an inner, the last and the only token of a name (BILOU; Ratinov and
/// Roth, "Design Challenges and Misconceptions in Named Entity Recognition", 2009).
/// </summary>
public static class Bilou
{
    public const int Outside = 0, Count = 13;

    /// <summary>Labels as they lie in a vector of 16.</summary>
    public const int Lanes = 16;

    public const int Begin = 0, Inside = 1, Last = 2, Unit = 3;

    /// <summary>Labels after which a name may begin, and labels that may begin one; both include outside.</summary>
    public static ReadOnlySpan<byte> Closed => [0, 3, 4, 7, 8, 11, 12];
    public static ReadOnlySpan<byte> Opening => [0, 1, 4, 5, 8, 9, 12];

    public static int Of(EntityType type, int position) => 1 + 4 * (int)type + position;
    public static EntityType TypeOf(int label) => (EntityType)((label - 1) / 4);
    public static int PositionOf(int label) => (label - 1) % 4;
}
