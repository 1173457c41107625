using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>A stretch of tokens in quotation marks.</summary>
/// <param name="Open">Index of the opening mark.</param>
/// <param name="First">Index of the first token inside.</param>
/// <param name="End">Index after the last token inside.</param>
/// <param name="Close">Index after the closing mark; the same as <paramref name="End"/> where it is missing.</param>
public readonly record struct Quotation(int Open, int First, int End, int Close);

/// <summary>
/// Pairs quotation marks, in one pass for double and one for single ones. What is quoted may go on over paragraphs that each open
/// with a mark; a quotation inside another is part of it. A mark that lacks its other half opens nothing, unless a paragraph
/// begins with it: then the paragraph is the quotation.
/// </summary>
public static class Quotations
{
    /// <summary>Words that begin with an apostrophe.</summary>
    static readonly HashSet<ulong> Elisions = WordClasses.Hashes("em tis twas til till cause n bout round cos s ere allo");

    public static List<Quotation> Find(Document document)
    {
        var quotations = new List<Quotation>();
        var singles = Double(document, quotations);
        if (singles > 1) Single(document, quotations);
        return quotations;
    }

    /// <returns>How many single marks were passed over.</returns>
    static int Double(Document document, List<Quotation> found)
    {
        var (text, tokens) = (document.Text, document.Tokens);
        int open = -1, first = 0, depth = 0, lastClose = -1, singles = 0, sentence = 0;
        var opener = '\0';
        for (var i = 0; i < tokens.Length; i++)
        {
            while (sentence + 1 < document.Sentences.Length && document.Sentences[sentence + 1].First <= i) sentence++;
            if (open >= 0 && i > open && document.Sentences[sentence].First == i && BreaksBefore(document, i) && !GoesOn(document, i)) Abandon(i);
            var width = Width(document, i);
            if (width == 0)
            {
                if (tokens[i].Length == 1 && text[tokens[i].Start] == '\'') singles++;
                continue;
            }
            var mark = document.Original[document.ToOriginal(tokens[i].Start)];
            var (closes, opens) = Role(document, i, width, mark, opener, open >= 0);
            if (open < 0)
            {
                if (opens) Open(i, width, mark);
            }
            else if (closes && --depth <= 0) Add(i, i + width);
            else if (closes) lastClose = i;
            else if (opens && !BreaksBefore(document, i))
            {
                // Marks that look alike do not nest: the first of two has lost its other half.
                if (Paired(mark) && (Paired(opener) ? lastClose < 0 : true)) depth++;
                else Open(i, width, mark);
            }
            i += width - 1;
        }
        if (open >= 0) Abandon(tokens.Length);
        return singles;

        void Open(int i, int width, char mark) => (open, first, opener, depth, lastClose) = (i, i + width, mark, 1, -1);

        void Add(int end, int close)
        {
            if (end > first) found.Add(new Quotation(open, first, end, close));
            open = -1;
        }

        void Abandon(int end)
        {
            if (lastClose > first) Add(lastClose, lastClose + 1);
            else if (open == 0 || BreaksBefore(document, open)) Add(end, end);
            else open = -1;
        }
    }

    /// <summary>One token for a double mark, two for a doubled single one (''), three where an inner quotation ends too, none for anything else.</summary>
    static int Width(Document document, int i)
    {
        var token = document.Tokens[i];
        if (token.Kind != TokenKind.Punctuation) return 0;
        return document.Text[token.Start] switch
        {
            '"' => 1,
            '\'' when IsApostrophe(document, i + 1) => IsApostrophe(document, i + 2) ? 3 : 2,
            _ => 0,
        };
    }

    /// <summary>Right behind the token before.</summary>
    static bool IsApostrophe(Document document, int i) =>
        i < document.Tokens.Length && document.Tokens[i].Start == document.Tokens[i - 1].End && document.Text[document.Tokens[i].Start] == '\'' && document.Tokens[i].Length == 1;

    static bool Paired(char mark) => mark is '“' or '„' or '‟' or '«' or '‘';

    static (bool Closes, bool Opens) Role(Document document, int i, int width, char mark, char opener, bool inside)
    {
        var (text, start, end) = (document.Text, document.Tokens[i].Start, document.Tokens[i + width - 1].End);
        var before = start == 0 || char.IsWhiteSpace(text[start - 1]) || text[start - 1] is '(' or '[' or '-' or '/';
        var after = end < text.Length && !char.IsWhiteSpace(text[end]);
        return mark switch
        {
            '„' or '‟' or '‘' => (false, true),
            '“' => opener == '„' && inside ? (true, false) : (inside && !before && !after, before || after && !inside),
            '«' => opener == '»' && inside ? (true, false) : (false, true),
            '»' => inside ? (true, false) : (false, after),
            '”' or '’' => inside && !(before && after && start > 0 && text[start - 1] != '-') ? (true, false) : (false, before && after),
            // Looks the same at both ends: a space tells.
            _ => inside && (!before || !after || text[start - 1] is '-' or '/') ? (true, false) : (false, before && after || !inside && before),
        };
    }

    static bool BreaksBefore(Document document, int i) =>
        i == 0 || document.Text.AsSpan(document.Tokens[i - 1].End, document.Tokens[i].Start - document.Tokens[i - 1].End).Contains('\n');

    /// <summary>A paragraph that opens with a mark goes on with what the one before it quotes.</summary>
    static bool GoesOn(Document document, int i) => Width(document, i) > 0;

    static void Single(Document document, List<Quotation> found)
    {
        var (text, tokens) = (document.Text, document.Tokens);
        int open = -1, likely = -1, next = 0, count = found.Count, sentence = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            while (next < count && found[next].Close <= i) next++;
            while (sentence + 1 < document.Sentences.Length && document.Sentences[sentence + 1].First <= i) sentence++;
            if (open >= 0 && document.Sentences[sentence].First == i && BreaksBefore(document, i)) End();
            if (next < count && found[next].Open <= i)
            {
                // A double quotation: what stands around it in single marks goes on behind it.
                i = found[next].Close - 1;
                continue;
            }
            if (tokens[i].Length != 1 || text[tokens[i].Start] != '\'' || Width(document, i) > 0) continue;
            if (Opens(document, i))
            {
                End();
                (open, likely) = (i, -1);
            }
            else if (open >= 0 && i > open + 1 && Closes(document, i, out var certain))
            {
                likely = i;
                if (certain) End();
            }
        }
        End();
        found.Sort((one, other) => one.Open.CompareTo(other.Open));
        RemoveInner(found);

        void End()
        {
            if (open >= 0 && likely > open + 1) found.Add(new Quotation(open, open + 1, likely, likely + 1));
            open = -1;
        }
    }

    static bool Opens(Document document, int i)
    {
        var (text, tokens) = (document.Text, document.Tokens);
        var token = tokens[i];
        if (i + 1 == tokens.Length || tokens[i + 1].Start != token.End || !tokens[i + 1].IsWord || Elisions.Contains(tokens[i + 1].Folded)) return false;
        if (document.Original[document.ToOriginal(token.Start)] is '’' or '\u02BC' or '´') return false;
        return (token.Start == 0 || char.IsWhiteSpace(text[token.Start - 1]) || text[token.Start - 1] is '(' or '[' or '-' or ':')
            && !(char.IsAsciiDigit(text[tokens[i + 1].Start]) && tokens[i + 1].Length <= 3); // the '90s
    }

    /// <param name="document">Where.</param>
    /// <param name="i">The mark.</param>
    /// <param name="certain">False where it may be the genitive of a plural: the workers' demands.</param>
    static bool Closes(Document document, int i, out bool certain)
    {
        var (text, token) = (document.Text, document.Tokens[i]);
        certain = true;
        if (token.Start == 0 || char.IsWhiteSpace(text[token.Start - 1])) return false;
        if (token.End < text.Length && char.IsLetterOrDigit(text[token.End])) return false;
        certain = text[token.Start - 1] is not ('s' or 'S') || token.End == text.Length || !char.IsWhiteSpace(text[token.End])
            || i + 1 < document.Tokens.Length && !document.Tokens[i + 1].IsWord;
        return true;
    }

    static void RemoveInner(List<Quotation> found)
    {
        var kept = 0;
        for (var i = 0; i < found.Count; i++)
            if (kept == 0 || found[i].Open >= found[kept - 1].Close) found[kept++] = found[i];
        found.RemoveRange(kept, found.Count - kept);
    }
}
