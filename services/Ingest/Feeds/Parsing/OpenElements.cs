using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>The elements that are open, to close what an author forgot. Every question takes constant time, however deep they nest.</summary>
sealed class OpenElements
{
    readonly record struct Entry(string Name, string Shown, int Previous, int Cell);

    readonly List<Entry> stack = [];
    readonly Dictionary<string, int> innermost = new(StringComparer.Ordinal);

    /// <summary>How deep the innermost one is, from 0; -1 where none is open.</summary>
    public int Depth(string name) => innermost.GetValueOrDefault(name, -1);

    public void Push(string name, string shown)
    {
        var cell = HtmlAllowed.Cells.Contains(name) ? stack.Count : stack.Count > 0 ? stack[^1].Cell : -1;
        stack.Add(new(name, shown, Depth(name), cell));
        innermost[name] = stack.Count - 1;
    }

    /// <summary>Writes the end tag, and before it those that are missing.</summary>
    /// <returns>False, and nothing is written, where the element is not open, or only beyond the table cell that this is in.</returns>
    public bool Close(string name, StringBuilder to)
    {
        var depth = Depth(name);
        if (depth < 0 || !HtmlAllowed.OfTables.Contains(name) && depth < stack[^1].Cell) return false;
        while (stack.Count > depth + 1) Pop(to, implied: true);
        Pop(to, implied: false);
        return true;
    }

    public void CloseAll(StringBuilder to)
    {
        while (stack.Count > 0) Pop(to, implied: true);
    }

    void Pop(StringBuilder to, bool implied)
    {
        var entry = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        innermost[entry.Name] = entry.Previous;
        if (!implied || !HtmlAllowed.EndOptional.Contains(entry.Name)) to.Append("</").Append(entry.Shown).Append('>');
    }
}
