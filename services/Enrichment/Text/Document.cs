using Monitoring.Contracts;

namespace Monitoring.Enrichment.Text;

/// <summary>A word: letters and digits in a row. Offsets are into the document's text.</summary>
public readonly record struct Token(int Start, int End);

/// <summary>
/// An article as every stage reads it: <c>title + "\n" + body</c>, normalised character by character so that offsets stay true
/// to the original, and split into words once.
/// </summary>
public sealed class Document
{
    /// <summary>As given; what evidence quotes.</summary>
    public string Original { get; }

    /// <summary>Same length, with one apostrophe, one quote, one dash and one space.</summary>
    public string Text { get; }

    public IReadOnlyList<Token> Tokens { get; }

    /// <summary>Offset of the body, which is also the number of characters up to it.</summary>
    public int BodyStart { get; }

    public Document(string? title, string? body)
    {
        Original = $"{title}\n{body}";
        BodyStart = (title?.Length ?? 0) + 1;
        Text = string.Create(Original.Length, Original, static (characters, original) =>
        {
            for (var i = 0; i < characters.Length; i++) characters[i] = Normalise(original[i]);
        });
        Tokens = Tokenise(Text);
    }

    public ReadOnlySpan<char> this[Token token] => Text.AsSpan(token.Start, token.End - token.Start);

    public Span Span(int start, int end) => new(start, end, Original[start..end]);

    static char Normalise(char c) => c switch
    {
        '’' or '‘' or 'ʼ' or '`' or '´' => '\'',
        '“' or '”' or '„' or '«' or '»' => '"',
        '‐' or '‑' or '–' or '—' or '−' => '-',
        '\u00A0' or '\u202F' or '\u2007' or '\u2009' => ' ',
        _ => c,
    };

    // The 's of a genitive is no word, and neither is the apostrophe inside one: "Trump's" is trump, "don't" is don and t.
    static List<Token> Tokenise(string text)
    {
        var tokens = new List<Token>(text.Length / 6 + 1);
        for (var i = 0; i < text.Length;)
        {
            if (!IsWord(text[i])) { i++; continue; }
            var start = i;
            while (i < text.Length && IsWord(text[i])) i++;
            var genitive = i - start == 1 && text[start] is 's' or 'S' && start > 1 && text[start - 1] == '\'' && IsWord(text[start - 2]);
            if (!genitive) tokens.Add(new Token(start, i));
        }
        return tokens;
    }

    static bool IsWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
