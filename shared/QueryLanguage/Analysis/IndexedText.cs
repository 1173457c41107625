using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Monitoring.QueryLanguage.Analysis;

/// <summary>The part of an article that words are from, as tsvector's weight.</summary>
public static class Zone
{
    public const char Title = 'A', Author = 'B', Body = 'D';

    /// <summary>Quotes are indexed apart from the text.</summary>
    public const char Speaker = 'A', Quote = 'D';
}

/// <param name="Position">From 1; between two zones 100 are left out, so that nothing reaches from one into the other.</param>
/// <param name="Weight">Of its zone: A, B or D.</param>
public readonly record struct Occurrence(ushort Position, char Weight);

/// <summary>
/// The words of a text as PostgreSQL's tsvector keeps them, within its limits (1 MB, positions to 16,383, 256 of a lexeme): what goes
/// beyond is cut here, so that SQL and memory see the same. Each word is there folded; under <c>~</c> by its stem, without the
/// positions where the stem is the word; of titles also under <c>^</c> and <c>^~</c>, of names of authors and speakers under
/// <c>@</c>, without positions, so that the index alone answers for a field.
/// </summary>
public sealed class IndexedText
{
    public const char StemMark = '~', TitleMark = '^', NameMark = '@';

    public const int MaxWords = 12_000, MaxOccurrences = 200, MaxPosition = 16_383, Gap = 100;

    /// <summary>Of all lexemes and positions, a little under what a tsvector holds.</summary>
    const int MaxBytes = 1_000_000;

    readonly Dictionary<string, List<Occurrence>?> lexemes = new(StringComparer.Ordinal);
    int position, words, bytes;

    /// <summary>Something was cut.</summary>
    public bool IsPartial { get; private set; }

    public IReadOnlyDictionary<string, List<Occurrence>?> Lexemes => lexemes;

    /// <summary>Adds words behind those that are there.</summary>
    internal void Add(char zone, IEnumerable<Word> more, bool isName = false)
    {
        if (position > 0) position += Gap;
        foreach (var word in more)
        {
            position++;
            if (++words > MaxWords || position > MaxPosition || bytes > MaxBytes)
            {
                IsPartial = true;
                return;
            }
            IsPartial |= word.IsCut;
            Place(word.Folded, zone);
            if (isName) Mark($"{NameMark}{word.Folded}");
            if (word.Stem == word.Folded) Mark($"{StemMark}{word.Folded}");
            else Place($"{StemMark}{word.Stem}", zone);
        }
    }

    internal void AddTitle(IReadOnlyList<Word> title)
    {
        Add(Zone.Title, title);
        foreach (var word in title.Take(MaxWords))
        {
            Mark($"{TitleMark}{word.Folded}");
            Mark($"{TitleMark}{StemMark}{word.Stem}");
        }
    }

    void Mark(string lexeme)
    {
        if (lexemes.TryAdd(lexeme, null)) bytes += Size(lexeme);
    }

    void Place(string lexeme, char zone)
    {
        ref var occurrences = ref CollectionsMarshal.GetValueRefOrAddDefault(lexemes, lexeme, out var known);
        if (!known) bytes += Size(lexeme);
        occurrences ??= [];
        if (occurrences.Count == MaxOccurrences)
        {
            IsPartial = true;
            return;
        }
        occurrences.Add(new Occurrence((ushort)position, zone));
        bytes += 2;
    }

    static int Size(string lexeme) => Encoding.UTF8.GetByteCount(lexeme) + 4;

    /// <summary>As PostgreSQL reads it: <c>'talks':3A,17 '~talk':3A</c>.</summary>
    public string ToTsVector()
    {
        var vector = new StringBuilder(bytes * 2);
        foreach (var (lexeme, occurrences) in lexemes)
        {
            // Lexemes hold letters, digits, periods and the marks above: nothing that would want to be escaped.
            vector.Append(vector.Length > 0 ? " '" : "'").Append(lexeme).Append('\'');
            for (var i = 0; i < occurrences?.Count; i++)
            {
                vector.Append(i == 0 ? ':' : ',').Append(CultureInfo.InvariantCulture, $"{occurrences[i].Position}");
                if (occurrences[i].Weight != 'D') vector.Append(occurrences[i].Weight);
            }
        }
        return vector.ToString();
    }
}
