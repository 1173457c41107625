using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>How a sentence is written.</summary>
public enum Casing : byte { Prose, Headline, Capitals }

/// <summary>A sentence as the features see it; arrays are used again for the next one.</summary>
public sealed class SentenceView
{
    const int MaxTokens = 512;

    readonly List<Lexicon<byte>.Match> found = [];
    Shape[] shapes = new Shape[MaxTokens];
    bool[] may = new bool[MaxTokens];
    byte[] marks = new byte[MaxTokens];
    Word[] words = new Word[MaxTokens];

    public int Length { get; private set; }
    public Casing Casing { get; private set; }
    public ReadOnlySpan<bool> May => may.AsSpan(0, Length);
    public ReadOnlySpan<byte> Marks => marks.AsSpan(0, Length);
    public Span<Word> Words => words.AsSpan(0, Length);

    public Word this[int i] => i >= 0 && i < Length ? words[i] : WordFeatures.Edge;

    /// <summary>Looks at what needs no word features.</summary>
    /// <returns>Whether a name may stand in it.</returns>
    public bool Read(Document document, Sentence sentence, NameEvidence evidence)
    {
        Length = sentence.End - sentence.First;
        if (Length > shapes.Length)
            (shapes, may, marks, words) = (new Shape[Length], new bool[Length], new byte[Length], new Word[Length]);
        for (var i = 0; i < Length; i++)
            shapes[i] = Shapes.Of(document, document.Tokens[sentence.First + i]);
        if (!NameCandidates.Mark(document.Tokens, sentence, shapes.AsSpan(0, Length), may)) return false;
        Casing = CasingOf(document.Tokens, sentence);
        evidence.Mark(document, sentence, shapes.AsSpan(0, Length), marks, found);
        return true;
    }

    // Short words (of, the, and) stay small in headlines.
    Casing CasingOf(Token[] tokens, Sentence sentence)
    {
        int letters = 0, upper = 0, longer = 0, capitals = 0;
        for (var i = 0; i < Length; i++)
        {
            if (shapes[i] is < Shape.Lower or > Shape.Apostrophe) continue;
            var length = tokens[sentence.First + i].Length;
            letters++;
            if (shapes[i] is Shape.Upper or Shape.Initial or Shape.Abbreviation) upper++;
            if (length < 4) continue;
            longer++;
            if (shapes[i].IsCapital()) capitals++;
        }
        return letters >= 3 && upper * 10 >= letters * 8 ? Casing.Capitals
            : longer >= 4 && capitals * 10 >= longer * 7 ? Casing.Headline
            : Casing.Prose;
    }
}
