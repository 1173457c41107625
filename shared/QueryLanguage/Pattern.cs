using Monitoring.QueryLanguage.Analysis;

namespace Monitoring.QueryLanguage;

public enum PatternKind
{
    /// <summary>Any form of the word.</summary>
    Stem,

    /// <summary>The word as it is, but for case and accents.</summary>
    Exact,

    /// <summary>Whatever begins so.</summary>
    Prefix,
}

/// <summary>
/// A word that is asked for, by the lexemes under which articles are indexed (<see cref="IndexedText"/>). Memory and SQL both decide by
/// these, which is why they agree.
/// </summary>
/// <param name="Word">Folded.</param>
/// <param name="Kind">Which words it stands for.</param>
public readonly record struct Pattern(string Word, PatternKind Kind)
{
    /// <summary>
    /// Any of these lexemes says that the word is there; one that ends in <c>*</c> stands for all that begin so. A word of another
    /// language than English has itself as stem, so a form is found by its stem or by itself.
    /// </summary>
    public IReadOnlyList<string> Presence(TextField field) => (field, Kind) switch
    {
        (TextField.Author or TextField.Speaker, PatternKind.Prefix) => [$"{IndexedText.NameMark}{Word}*"],
        (TextField.Author or TextField.Speaker, _) => [$"{IndexedText.NameMark}{Word}"],
        (TextField.Title, PatternKind.Stem) => Stems($"{IndexedText.TitleMark}{IndexedText.StemMark}"),
        (TextField.Title, PatternKind.Prefix) => [$"{IndexedText.TitleMark}{Word}*"],
        (TextField.Title, _) => [$"{IndexedText.TitleMark}{Word}"],
        (_, PatternKind.Stem) => Stems($"{IndexedText.StemMark}"),
        (_, PatternKind.Prefix) => [$"{Word}*"],
        _ => [Word],
    };

    /// <summary>The positions of these lexemes are those of the word.</summary>
    public IReadOnlyList<string> Positional => Kind switch
    {
        PatternKind.Stem => [.. Stems(""), .. Stems($"{IndexedText.StemMark}")],
        PatternKind.Prefix => [$"{Word}*"],
        _ => [Word],
    };

    string[] Stems(string mark) => EnglishStemmer.Stem(Word) is var stem && stem == Word ? [mark + Word] : [mark + stem, mark + Word];
}
