namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>
/// The features of more than one word: neighbours together, known phrases, and the run of capitalised words a token stands in, with its
/// first and last word (Ministry, Bank) and the words around it.
/// </summary>
public static class ContextFeatures
{
    public const int MaxKeys = 48;

    const int Template = 256, RunTemplate = 320;

    /// <summary>Keys of a token's features in its place; those of its run besides (<see cref="RunKeys"/>).</summary>
    /// <param name="view">The sentence.</param>
    /// <param name="i">The token.</param>
    /// <param name="first">Of its run.</param>
    /// <param name="end">Of its run.</param>
    /// <param name="keys">Takes them.</param>
    public static int Keys(SentenceView view, int i, int first, int end, Span<uint> keys)
    {
        var count = 0;
        var (before, word, after) = (view[i - 1], view[i], view[i + 1]);
        var marks = view.Marks;
        ulong mark = marks[i], markBefore = i > 0 ? marks[i - 1] : 0u, markAfter = i + 1 < view.Length ? marks[i + 1] : 0u;
        var shapes = (ulong)before.Shape << 16 | (ulong)word.Shape << 8 | (ulong)after.Shape;
        ulong place = (uint)Math.Min(i - first, 3) << 4 | (uint)Math.Min(end - 1 - i, 3);
        var opening = i == 0 || i == 1 && before.Shape == Shape.Quote ? 1u : 0u;

        Add(keys, before.Folded * 31 + word.Folded, 0);
        Add(keys, word.Folded * 31 + after.Folded, 1);
        Add(keys, (ulong)before.Cluster << 16 | word.Cluster, 2);
        Add(keys, (ulong)word.Cluster << 16 | after.Cluster, 3);
        Add(keys, (ulong)before.Cluster << 16 | after.Cluster, 4);
        Add(keys, shapes, 5);
        Add(keys, (ulong)before.Group << 16 | (ulong)word.Group << 8 | after.Group, 6);
        Add(keys, (ulong)view.Casing << 16 | opening << 8 | (ulong)word.Shape, 7);
        Add(keys, word.Folded * 31 + ((ulong)view.Casing << 1 | opening), 8);
        Add(keys, (ulong)word.Group << 16 | (ulong)view.Casing << 1 | opening, 9);
        Add(keys, (ulong)word.Flags << 16 | (ulong)view.Casing << 1 | opening, 10);
        Add(keys, mark, 11);
        Add(keys, mark << 16 | markBefore << 8 | markAfter, 12);
        Add(keys, mark << 8 | (ulong)word.Shape, 13);
        Add(keys, mark << 8 | place, 14);
        Add(keys, (ulong)before.Flags << 32 | (ulong)word.Flags << 16 | (ulong)after.Flags, 15);
        Add(keys, (ulong)word.Flags << 16 | place, 16);
        Add(keys, view[i - 2].Folded * 31 + before.Folded, 17);
        Add(keys, after.Folded * 31 + view[i + 2].Folded, 18);
        Add(keys, place << 8 | (ulong)word.Shape, 19);
        Add(keys, place << 16 | word.Cluster, 20);
        Add(keys, before.Folded * 31 + place, 21);
        Add(keys, after.Folded * 31 + place, 22);
        Add(keys, mark << 16 | before.Cluster, 23);
        Add(keys, mark << 16 | after.Cluster, 24);
        return count;

        void Add(Span<uint> keys, ulong value, int template) => keys[count++] = WordFeatures.Key(value, Template + template);
    }

    /// <summary>Keys of the features that all tokens of a run share.</summary>
    public static int RunKeys(SentenceView view, int first, int end, Span<uint> keys)
    {
        var count = 0;
        var (before, head, last, after) = (view[first - 1], view[first], view[end - 1], view[end]);
        var length = (ulong)Math.Min(end - first, 6);
        Add(keys, last.Folded, 0);
        Add(keys, last.Cluster, 1);
        Add(keys, head.Folded, 2);
        Add(keys, head.Cluster, 3);
        Add(keys, before.Folded, 4);
        Add(keys, after.Folded, 5);
        Add(keys, (ulong)before.Cluster << 16 | after.Cluster, 6);
        Add(keys, length, 7);
        Add(keys, last.Folded * 31 + length, 8);
        Add(keys, (ulong)head.Flags << 16 | (ulong)last.Flags, 9);
        Add(keys, (ulong)head.Shape << 8 | (ulong)last.Shape, 10);
        Add(keys, (ulong)head.Cluster << 16 | last.Cluster, 11);
        Add(keys, before.Cluster, 12);
        Add(keys, after.Cluster, 13);
        Add(keys, (ulong)view[first - 2].Cluster << 16 | before.Cluster, 14);
        Add(keys, (ulong)after.Cluster << 16 | view[end + 1].Cluster, 15);
        Add(keys, (ulong)before.Group << 16 | (ulong)last.Group << 8 | after.Group, 16);
        Add(keys, before.Folded * 31 + last.Cluster, 17);
        Add(keys, after.Folded * 31 + last.Cluster, 18);
        return count;

        void Add(Span<uint> keys, ulong value, int template) => keys[count++] = WordFeatures.Key(value, RunTemplate + template);
    }

    /// <summary>The end of the run of capitalised words that begins here: hyphens, ampersands and initials join it.</summary>
    public static int RunEnd(SentenceView view, int first, int end)
    {
        var i = first + 1;
        if (!view[first].Shape.IsCapital()) return i;
        while (i < end)
            if (view[i].Shape.IsCapital()) i++;
            else if (i + 1 < end && view[i].Shape is Shape.Hyphen or Shape.Ampersand && view[i + 1].Shape.IsCapital()) i += 2;
            else break;
        return i;
    }
}
