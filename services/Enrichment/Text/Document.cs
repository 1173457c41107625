using Monitoring.Contracts;

namespace Monitoring.Enrichment.Text;

/// <summary>
/// An article as every stage reads it: <c>title + "\n" + body</c>, normalised, split into tokens and sentences once. Offsets into
/// <see cref="Text"/> become offsets into what was given only in <see cref="Span"/> and <see cref="ToOriginal"/>.
/// </summary>
public sealed class Document
{
    readonly int[]? map;

    /// <summary>As given; what evidence quotes.</summary>
    public string Original { get; }

    /// <summary>Normalised (<see cref="Normaliser"/>): one apostrophe, one quote, one dash, one space.</summary>
    public string Text { get; }

    public Token[] Tokens { get; }

    /// <summary>Indices of the tokens that are words or numbers.</summary>
    public int[] Words { get; }

    public Sentence[] Sentences { get; }

    /// <summary>Offset of the body in <see cref="Text"/>.</summary>
    public int BodyStart { get; }

    public Document(string? title, string? body)
    {
        Original = $"{title}\n{body}";
        (Text, map) = Normaliser.Normalise(Original);
        var bodyStart = (title?.Length ?? 0) + 1;
        BodyStart = map is null ? bodyStart : LowerBound(map, bodyStart);
        Tokens = Tokeniser.Tokenise(Text);
        Words = WordsOf(Tokens);
        Sentences = SentenceSplitter.Split(Text, Tokens, BodyStart);
    }

    public ReadOnlySpan<char> this[Token token] => Text.AsSpan(token.Start, token.End - token.Start);

    /// <summary>The offset in <c>title + "\n" + body</c> as given.</summary>
    public int ToOriginal(int offset) => map is null ? offset : map[offset];

    /// <summary>A stretch of the text as it was given.</summary>
    public Span Span(int start, int end)
    {
        var (from, to) = (ToOriginal(start), ToOriginal(end));
        if (map is not null && end > start)
        {
            // Accents that were composed into the last character belong to it; a soft hyphen behind it does not.
            to = map[end - 1] + 1;
            while (to < Original.Length && Normaliser.IsAccent(Original[to])) to++;
        }
        return new Span(from, to, Original[from..to]);
    }

    static int[] WordsOf(Token[] tokens)
    {
        var words = new int[tokens.Length];
        var count = 0;
        for (var i = 0; i < tokens.Length; i++)
            if (tokens[i].IsWord) words[count++] = i;
        return words[..count];
    }

    static int LowerBound(int[] map, int offset)
    {
        var at = Array.BinarySearch(map, offset);
        if (at < 0) return ~at;
        while (at > 0 && map[at - 1] == offset) at--;
        return at;
    }
}
