using System.Globalization;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>What was wrong with a document, in the order found; places are told by line and column.</summary>
/// <param name="text">The document.</param>
sealed class Faults(string text)
{
    const int Told = 20;

    readonly List<string> found = [];
    int count, line = 1, lineStart, counted;

    public bool None => count == 0;

    public IReadOnlyList<string> All => count > Told ? [.. found, $"and {count - Told} more."] : found;

    /// <summary>A fault of the whole.</summary>
    public void Add(string message)
    {
        if (++count <= Told) found.Add(message);
    }

    /// <summary>A fault at a place, which is not before those already told.</summary>
    public void Add(int at, string message)
    {
        if (count < Told) message = $"Line {LineOf(at).ToString(CultureInfo.InvariantCulture)}, column {at - lineStart + 1}: {message}";
        Add(message);
    }

    // Lines are counted on from the last place, so that telling is linear in the document.
    int LineOf(int at)
    {
        if (at < counted) (line, lineStart, counted) = (1, 0, 0);
        while (text.AsSpan(counted, at - counted).IndexOf('\n') is >= 0 and var next)
        {
            line++;
            lineStart = counted += next + 1;
        }
        counted = at;
        return line;
    }
}
