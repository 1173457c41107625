using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>The elements that are open, to close what an author forgot. Every question takes constant time, however deep they nest.</summary>
sealed class OpenElements
{
    readonly record struct Entry(string Name, string Shown, int Previous, int Cell);

    readonly List<Entry> stack = [];
    readonly Dictionary<string, int> innermost = new(StringComparer.Ordinal);

    public bool Has(string name) => innermost.GetValueOrDefault(name, -1) >= 0;

    public void Push(string name, string shown)
    {
        var cell = HtmlAllowed.Cells.Contains(name) ? stack.Count : stack.Count > 0 ? stack[^1].Cell : -1;
        stack.Add(new(name, shown, innermost.GetValueOrDefault(name, -1), cell));
        innermost[name] = stack.Count - 1;
    }

    /// <summary>Writes the end tag, and before it those that are missing; nothing where the element is not open.</summary>
    public void Close(string name, StringBuilder to)
    {
        if (innermost.GetValueOrDefault(name, -1) is < 0 and _ || !HtmlAllowed.OfTables.Contains(name) && innermost[name] < stack[^1].Cell) return;
        while (stack.Count > innermost[name] + 1) Pop(to, implied: true);
        Pop(to, implied: false);
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
