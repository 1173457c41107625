using System.Collections.Frozen;
using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>One run of <see cref="HtmlFragment.ToText"/>: white space is held back until something follows it.</summary>
sealed class HtmlText
{
    readonly StringBuilder written = new();
    int breaks;
    char space;
    int preformatted;

    public static string Of(string html)
    {
        var (tokens, text) = (new HtmlTokens(html, xml: false), new HtmlText());
        while (tokens.Next())
            switch (tokens.Kind)
            {
                case HtmlTokenKind.Text:
                    text.Write(HtmlEntities.Decode(html.Substring(tokens.Start, tokens.Length)));
                    break;
                case HtmlTokenKind.StartTag when Unread.Contains(tokens.Name) && !tokens.SelfClosing:
                    if (!tokens.SkipElement(tokens.Name) && HtmlAllowed.DroppedWhole.Contains(tokens.Name)) tokens.SkipRest();
                    break;
                case HtmlTokenKind.StartTag or HtmlTokenKind.EndTag:
                    text.Tag(tokens.Name, tokens.Kind == HtmlTokenKind.StartTag);
                    break;
            }
        return text.written.ToString();
    }

    void Tag(string name, bool start)
    {
        if (name == "pre") preformatted = Math.Max(0, preformatted + (start ? 1 : -1));
        if (Blocks.Contains(name)) Break(2);
        else if (Lines.Contains(name)) Break(1);
        else if (name == "br" && start) breaks = Math.Min(2, breaks + 1);
        else if (name is "td" or "th" && !start) space = '\t';
    }

    void Break(int lines) => breaks = Math.Max(breaks, lines);

    void Write(string text)
    {
        foreach (var c in text)
        {
            if (preformatted > 0 && c == '\n')
            {
                breaks++;
                continue;
            }
            if (char.IsWhiteSpace(c) && (preformatted == 0 || c == '\n'))
            {
                if (space == '\0') space = ' ';
                continue;
            }
            if (written.Length > 0)
            {
                if (breaks > 0) written.Append('\n', breaks);
                else if (space != '\0') written.Append(space);
            }
            (breaks, space) = (0, '\0');
            written.Append(c);
        }
    }

    // A line break and a row end the line; whatever else stands as a block has a blank line around it.
    static readonly FrozenSet<string> Lines = Set("caption dd dt li option tr");

    static readonly FrozenSet<string> Blocks = Set("""
        address article aside blockquote body center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
        header hgroup hr legend main menu nav ol p pre section summary table ul
        """);

    static readonly FrozenSet<string> Unread = Set("applet head iframe noembed noframes script select style svg template textarea title");

    static FrozenSet<string> Set(string names) => names.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
