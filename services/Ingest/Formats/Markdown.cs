using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Monitoring.Ingest.Formats;

/// <summary>
/// <c>text/markdown</c>: CommonMark with tables, footnotes and strike-through, told as plain text: paragraphs by blank lines,
/// links as their text, no images. Head and end of the article are read as those of plain text.
/// </summary>
public static partial class Markdown
{
    static readonly MarkdownPipeline Dialect = new MarkdownPipelineBuilder()
        .UsePipeTables().UseFootnotes().UseTaskLists().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).Build();

    /// <param name="text">The article.</param>
    /// <param name="known">What the request says beside the text: id, url, source.</param>
    public static Submission Read(string text, Submission known)
    {
        var (head, rest) = PlainText.Head(text, known);
        try
        {
            var document = Markdig.Markdown.Parse(string.Join('\n', rest.SelectMany(WithRoom)), Dialect);
            var lines = new List<string>();
            var longestHeadline = SubmissionChecks.MaxTitle;
            foreach (var block in document)
                foreach (var paragraph in Paragraphs(block).Where(paragraph => !string.IsNullOrWhiteSpace(paragraph)))
                {
                    if (lines.Count == 0 && block is not HeadingBlock) lines.AddRange(FirstLines(paragraph, out longestHeadline));
                    else lines.AddRange(paragraph.Replace(SoftBreak, ' ').Split('\n'));
                    lines.Add("");
                }
            return PlainText.Article(lines, null, head, longestHeadline);
        }
        // Nested beyond what the parser reads (128 inlines or blocks deep): no text for people, but its words count.
        catch (ArgumentException)
        {
            return PlainText.Read(string.Join('\n', rest.ToArray()), head) is var plain ? plain with { Warnings = [.. plain.Warnings, "Nested too deeply for Markdown; read as plain text."] } : head;
        }
    }

    // A line end inside a paragraph is a space, save where the first line is a headline.
    const char SoftBreak = '\u001E';

    static List<string> FirstLines(string paragraph, out int longestHeadline)
    {
        var lines = Reflow.Join([.. paragraph.Split(SoftBreak, '\n').Select(line => line.Trim())], out var width);
        longestHeadline = PlainText.LongestHeadline(width);
        return lines;
    }

    // A line all in bold is a heading, not the beginning of the paragraph below it.
    static string[] WithRoom(string line) => Bold().IsMatch(line) ? ["", line, ""] : [line];

    static IEnumerable<string> Paragraphs(ContainerBlock container) => container.SelectMany(Paragraphs);

    static IEnumerable<string> Paragraphs(Block block) => block switch
    {
        HtmlBlock html => Html(html.Lines.ToString()).Split("\n\n"),
        CodeBlock code => [code.Lines.ToString()],
        ListBlock list => Items(list),
        Table table => [string.Join('\n', table.OfType<TableRow>().Select(row => string.Join(" | ", row.OfType<TableCell>().Select(cell => string.Join(' ', Paragraphs((ContainerBlock)cell))))))],
        Footnote note => Marked($"{note.Order}. ", Paragraphs((ContainerBlock)note)),
        LinkReferenceDefinitionGroup or ThematicBreakBlock => [],
        ContainerBlock container => Paragraphs(container),
        LeafBlock { Inline: { } inline } => [Text(inline)],
        _ => [],
    };

    static IEnumerable<string> Items(ListBlock list)
    {
        var number = list.IsOrdered && int.TryParse(list.OrderedStart, out var start) ? start : 1;
        var items = list.OfType<ListItemBlock>().SelectMany(item => Marked(list.IsOrdered ? $"{number++}. " : "- ", Paragraphs((ContainerBlock)item)));
        return list.IsLoose ? items : [string.Join('\n', items)];
    }

    static IEnumerable<string> Marked(string mark, IEnumerable<string> paragraphs) =>
        paragraphs.Where(paragraph => !string.IsNullOrWhiteSpace(paragraph)).Select((paragraph, i) => i == 0 ? mark + paragraph : paragraph);

    static string Text(ContainerInline inline)
    {
        var text = new StringBuilder();
        var hidden = false;
        AppendAll(inline);
        return text.ToString();

        void AppendAll(ContainerInline container)
        {
            foreach (var part in container) Append(part);
        }

        void Append(Inline part)
        {
            if (part is HtmlInline tag) hidden = Hidden().IsMatch(tag.Tag) || hidden && !Shown().IsMatch(tag.Tag);
            if (hidden) return;
            switch (part)
            {
                case LiteralInline literal: text.Append(literal.Content.AsSpan()); break;
                case CodeInline code: text.Append(code.Content); break;
                case AutolinkInline link: text.Append(link.Url); break;
                case HtmlEntityInline entity: text.Append(entity.Transcoded.AsSpan()); break;
                case LineBreakInline { IsHard: false }: text.Append(SoftBreak); break;
                case LineBreakInline: text.Append('\n'); break;
                case HtmlInline html: text.Append(Html(html.Tag)); break;
                case LinkInline { IsImage: true } or FootnoteLink or TaskList: break;
                case DelimiterInline delimiter: text.Append(delimiter.ToLiteral()); AppendAll(delimiter); break;
                case ContainerInline container: AppendAll(container); break;
            }
        }
    }

    /// <summary>What HTML inside says: tags that end a block end a paragraph, all others go.</summary>
    static string Html(string html) => WebUtility.HtmlDecode(Tags().Replace(html, tag =>
        tag.Groups["br"].Success ? "\n" : tag.Groups["block"].Success ? "\n\n" : "")).Trim(' ');

    // Each alternative that may run to the end takes it, so that what is never closed is looked at once.
    [GeneratedRegex(@"<!--.*?(?:-->|\z)|<(?<raw>script|style|template|noscript)\b.*?(?:</\k<raw>\s*>|\z)|<(?<br>br)\b[^>]*(?:>|\z)|</?(?<block>p|div|h[1-6]|li|ul|ol|blockquote|tr|table|section|article|aside|figure|figcaption|header|footer|details|summary|dl|dt|dd|pre|hr)\b[^>]*(?:>|\z)|<(?=[/a-z!?])[^>]*(?:>|\z)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"^(?:\*\*[^*]+\*\*|__[^_]+__)\s*$")]
    private static partial Regex Bold();

    [GeneratedRegex(@"^<(?:script|style|template|noscript)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"^</(?:script|style|template|noscript)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shown();
}
