namespace Monitoring.Enrichment.Text;

public enum TokenKind : byte
{
    /// <summary>Letters and digits, with apostrophes inside (O'Brien, don't) and the periods of an abbreviation (U.S., Gen., J.).</summary>
    Word,

    /// <summary>Digits with what stands between them: 6.7, 1,000, 10:30.</summary>
    Number,

    /// <summary>The 's of a genitive.</summary>
    Genitive,

    /// <summary>One character that is none of these: punctuation, currency, emoji.</summary>
    Punctuation,
}

/// <summary>A piece of the text. Offsets are into <see cref="Document.Text"/>.</summary>
/// <param name="Start">Of the first character.</param>
/// <param name="End">After the last character.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Exact">Hash of its characters, without a period at the end of a longer token.</param>
/// <param name="Folded">Hash of the same in lower case.</param>
public readonly record struct Token(int Start, int End, TokenKind Kind, ulong Exact, ulong Folded)
{
    public int Length => End - Start;
    public bool IsWord => Kind is TokenKind.Word or TokenKind.Number;
}

/// <summary>A run of tokens that ends with the sentence, the headline or the paragraph.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index after its last token.</param>
public readonly record struct Sentence(int First, int End);

/// <summary>FNV-1a with 64 bits (Fowler, Noll, Vo): words are compared by their hashes, so that no stage cuts strings.</summary>
public static class WordHash
{
    public const ulong Seed = 14695981039346656037;
    const ulong Prime = 1099511628211;

    public static ulong Add(ulong hash, char c) => (hash ^ c) * Prime;

    public static ulong Of(ReadOnlySpan<char> word)
    {
        var hash = Seed;
        foreach (var c in word) hash = Add(hash, c);
        return hash;
    }

    /// <summary>A hash of two, for keys such as a pair of neighbours.</summary>
    public static ulong Join(ulong first, ulong second)
    {
        var mixed = (first ^ (second * 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9;
        return mixed ^ (mixed >> 29);
    }
}
