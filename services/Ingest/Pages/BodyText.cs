namespace Monitoring.Ingest.Pages;

/// <summary>An article's words without the page around them.</summary>
/// <param name="Blocks">Paragraphs, headings, list items and table rows, in order.</param>
public sealed record BodyText(IReadOnlyList<string> Blocks)
{
    /// <summary>The blocks, separated by blank lines.</summary>
    public string Text => string.Join("\n\n", Blocks);
}
