using System.Collections.Frozen;

namespace Monitoring.Enrichment.Text;

/// <summary>
/// Sentences end at . ! ? … (with the quotes and brackets that close there) before what may begin one, at the end of the headline
/// and of every paragraph. A single line break ends one too, unless the lines are those of wrapped text.
/// </summary>
public static class SentenceSplitter
{
    /// <summary>Longer ones are cut, so that what a stage keeps per sentence stays small on text without any period.</summary>
    const int MaxTokens = 400;

    const int WrappedFrom = 50, WrappedTo = 100;

    /// <summary>After an abbreviation that may end a sentence (U.S., Inc., a.m.), these begin one; a name rather goes on.</summary>
    static readonly FrozenSet<ulong> Starters = new[]
    {
        "the", "a", "an", "he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their", "our", "my", "this", "that", "these", "those", "there", "here", "in", "on", "at", "by", "for", "from", "with", "after",
        "before", "since", "but", "and", "or", "so", "as", "if", "when", "while", "where", "who", "what", "how", "why", "some", "many", "most", "all", "one", "two", "no", "not", "however", "meanwhile", "last", "earlier",
        "under", "according", "both", "each", "several", "then", "now", "also", "although", "though", "despite", "during", "because", "such", "other", "another", "more",
    }.Select(word => WordHash.Of(word)).ToFrozenSet();

    /// <summary>Never at the end of a sentence, for a name or a number follows.</summary>
    static readonly FrozenSet<ulong> Leading = new[]
    {
        "mr", "mrs", "ms", "dr", "prof", "gen", "col", "maj", "lt", "cpl", "sgt", "capt", "cmdr", "adm", "sen", "rep", "reps", "sens", "gov", "hon", "rev", "fr", "st", "ste", "mt", "ft", "msgr", "mgr", "pres",
        "supt", "det", "insp", "atty", "amb", "messrs", "mme", "mlle", "vs", "v", "no", "nos", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    }.Select(word => WordHash.Of(word)).ToFrozenSet();

    public static Sentence[] Split(string text, Token[] tokens, int bodyStart)
    {
        var sentences = new List<Sentence>(tokens.Length / 20 + 1);
        var first = 0;
        var lineStart = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            var last = i + 1 == tokens.Length;
            if (!last && i + 1 - first < MaxTokens && !EndsLine(text, tokens[i].End, tokens[i + 1].Start, bodyStart, ref lineStart) && !Ends(text, tokens, first, i)) continue;
            sentences.Add(new Sentence(first, i + 1));
            first = i + 1;
        }
        return [.. sentences];
    }

    static bool EndsLine(string text, int end, int next, int bodyStart, ref int lineStart)
    {
        var gap = text.AsSpan(end, next - end);
        var newline = gap.IndexOf('\n');
        if (newline < 0) return false;
        var line = end - lineStart;
        lineStart = next;
        if (end < bodyStart && next >= bodyStart || gap[(newline + 1)..].Contains('\n')) return true;
        return !(char.IsLower(text[next]) || line is >= WrappedFrom and <= WrappedTo && text[end - 1] is not ('.' or '!' or '?' or '"' or ':' or '\u2026'));
    }

    static bool Ends(string text, Token[] tokens, int first, int i)
    {
        var next = tokens[i + 1];
        if (next.Start == tokens[i].End) return false; // "example.com", or quotes that close behind the period
        var stop = i;
        while (stop > first && IsClosing(text, tokens[stop]) && tokens[stop - 1].End == tokens[stop].Start) stop--;
        var mark = text[tokens[stop].End - 1];
        if (mark is not ('.' or '!' or '?' or '\u2026' or '。')) return false;
        var begins = char.IsLower(text[next.Start]) ? mark == '.' && stop == i && tokens[stop].Kind == TokenKind.Punctuation && !IsEllipsis(text, tokens, stop)
            : !(IsEllipsis(text, tokens, stop) && !char.IsUpper(text[next.Start]) && text[next.Start] != '"');
        if (tokens[stop].Kind == TokenKind.Punctuation) return begins;
        // The period of an abbreviation, or the name's own question mark.
        return mark == '.' && !Leading.Contains(tokens[stop].Folded) && !IsInitial(text, tokens, stop) && begins && Starters.Contains(next.Folded) && char.IsUpper(text[next.Start]);
    }

    static bool IsInitial(string text, Token[] tokens, int i) => tokens[i].Length == 2 && char.IsUpper(text[tokens[i].Start]);

    static bool IsEllipsis(string text, Token[] tokens, int i) =>
        text[tokens[i].Start] == '\u2026' || text[tokens[i].Start] == '.' && i > 0 && tokens[i - 1].End == tokens[i].Start && text[tokens[i - 1].Start] == '.';

    static bool IsClosing(string text, Token token) => token.Kind == TokenKind.Punctuation && text[token.Start] is '"' or '\'' or ')' or ']';
}
