using System.Text;
using System.Text.RegularExpressions;
using DiffPlex;
using DiffPlex.Chunkers;

namespace Monitoring.Query.Articles;

public enum DiffOp { Equal, Insert, Delete }

/// <param name="Op">equal: in both; insert: in the later one only; delete: in the earlier one only.</param>
/// <param name="Text">The characters themselves, white space included.</param>
public sealed record DiffSpan(DiffOp Op, string Text);

/// <param name="Unit">What was compared: word; line, where that would take too long; else text, the whole.</param>
/// <param name="Spans">In order: those that are equal or inserted give the later text, those that are equal or deleted the earlier.</param>
public sealed record TextChange(string Unit, IReadOnlyList<DiffSpan> Spans);

/// <summary>What changed between two texts: E. Myers, An O(ND) Difference Algorithm and Its Variations (1986), as DiffPlex has it.</summary>
public static partial class TextDiff
{
    // Its time grows with the product of both lengths where the texts have little in common; up to here it stays well below a second.
    const long MaxWork = 16_000_000;

    /// <summary>What changed, in the finest unit that does not take too long.</summary>
    public static TextChange Between(string earlier, string later)
    {
        // What both begin and end with costs nothing, so that a small change to a long text is still told word by word.
        var (start, end) = Common(earlier, later);
        var (from, to) = (earlier[start..^end], later[start..^end]);
        var (unit, changed) = Fits(Words().Count(from), Words().Count(to)) ? ("word", Spans(from, to, Words()))
            : Fits(Lines().Count(from), Lines().Count(to)) ? ("line", Spans(from, to, Lines()))
            : ("text", [new DiffSpan(DiffOp.Delete, from), new(DiffOp.Insert, to)]);
        return new TextChange(unit, Joined([new(DiffOp.Equal, earlier[..start]), .. changed, new(DiffOp.Equal, earlier[^end..])]));
    }

    static bool Fits(long from, long to) => from * to <= MaxWork;

    /// <summary>Lengths of the beginning and of the end that both share, in whole words.</summary>
    static (int Start, int End) Common(string earlier, string later)
    {
        var start = earlier.AsSpan().CommonPrefixLength(later);
        if (start == earlier.Length && start == later.Length) return (start, 0);
        while (start > 0 && !char.IsWhiteSpace(earlier[start - 1])) start--;
        var (end, most) = (0, Math.Min(earlier.Length, later.Length) - start);
        while (end < most && earlier[^(end + 1)] == later[^(end + 1)]) end++;
        while (end > 0 && !char.IsWhiteSpace(earlier[^end])) end--;
        return (start, end);
    }

    static IEnumerable<DiffSpan> Spans(string earlier, string later, Regex unit)
    {
        var chunker = new CustomFunctionChunker(text => [.. unit.Matches(text).Select(match => match.Value)]);
        var diff = Differ.Instance.CreateDiffs(earlier, later, ignoreWhiteSpace: false, ignoreCase: false, chunker);
        var read = 0;
        foreach (var block in diff.DiffBlocks)
        {
            yield return new(DiffOp.Equal, string.Concat(diff.PiecesOld.Skip(read).Take(block.DeleteStartA - read)));
            yield return new(DiffOp.Delete, string.Concat(diff.PiecesOld.Skip(block.DeleteStartA).Take(block.DeleteCountA)));
            yield return new(DiffOp.Insert, string.Concat(diff.PiecesNew.Skip(block.InsertStartB).Take(block.InsertCountB)));
            read = block.DeleteStartA + block.DeleteCountA;
        }
        yield return new(DiffOp.Equal, string.Concat(diff.PiecesOld.Skip(read)));
    }

    /// <summary>Without empty spans, neighbours of one kind as one.</summary>
    static List<DiffSpan> Joined(IEnumerable<DiffSpan> spans)
    {
        var joined = new List<(DiffOp Op, StringBuilder Text)>();
        foreach (var span in spans.Where(span => span.Text.Length > 0))
            if (joined is [.., var last] && last.Op == span.Op) last.Text.Append(span.Text);
            else joined.Add((span.Op, new StringBuilder(span.Text)));
        return [.. joined.Select(span => new DiffSpan(span.Op, span.Text.ToString()))];
    }

    // Every character is in exactly one of them.
    [GeneratedRegex(@"\w+|\s+|[^\w\s]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"[^\n]*\n|[^\n]+")]
    private static partial Regex Lines();
}
