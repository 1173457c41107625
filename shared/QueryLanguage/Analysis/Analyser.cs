using System.Globalization;
using System.Text;

namespace Monitoring.QueryLanguage.Analysis;

/// <summary>A word of a text.</summary>
/// <param name="Start">UTF-16 offset of its first character, in the text as it was given.</param>
/// <param name="End">After its last character.</param>
/// <param name="Folded">Lower case, without accents, at most 100 characters.</param>
/// <param name="Stem">In English its stem, else the same.</param>
/// <param name="IsCut">It was longer than that.</param>
public readonly record struct Word(int Start, int End, string Folded, string Stem, bool IsCut = false);

/// <summary>
/// The one analyser of articles and queries: splits into words, folds and stems them. How it splits does not depend on the language,
/// because a query has none.
/// </summary>
public static class Analyser
{
    /// <summary>Longer words are cut.</summary>
    public const int MaxWord = 100;

    /// <param name="text">Any text.</param>
    /// <param name="language">ISO 639; English is stemmed.</param>
    public static List<Word> Analyse(string? text, string? language)
    {
        var words = new List<Word>((text?.Length ?? 0) / 6 + 1);
        if (string.IsNullOrEmpty(text)) return words;
        var english = language == "en";
        for (var at = 0; at < text.Length;)
        {
            var length = RuneLength(text, at);
            if (!IsWordPart(text, at, length)) { at += length; continue; }
            var end = IsAlone(text, at) ? Marks(text, at + length) : End(text, at);
            if (WordFolding.Fold(text.AsSpan(at, end - at)) is { Length: > 0 } folded)
            {
                var cut = folded.Length > MaxWord;
                // Never between the halves of a character.
                if (cut) folded = folded[..(char.IsHighSurrogate(folded[MaxWord - 1]) ? MaxWord - 1 : MaxWord)];
                words.Add(new Word(at, end, folded, english ? EnglishStemmer.Stem(folded) : folded, cut));
            }
            at = SkipGenitive(text, end);
        }
        return words;
    }

    static int End(string text, int start)
    {
        if (Initials(text, start) is var initials && initials > start) return initials;
        var at = start;
        while (at < text.Length)
        {
            var length = RuneLength(text, at);
            if (IsWordPart(text, at, length))
            {
                if (at > start && IsAlone(text, at)) break;
                at += length;
            }
            // 6.7 and 1,000 are words; so is a word with a soft hyphen.
            else if (text[at] is '.' or ',' && at > start && char.IsAsciiDigit(text[at - 1]) && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])) at++;
            else if (WordFolding.IsInvisible(text[at]) && at + 1 < text.Length && IsWordPart(text, at + 1, RuneLength(text, at + 1))) at++;
            else break;
        }
        return at;
    }

    /// <summary>The end of U.S. or a.m. without its last period; the start where there are no initials.</summary>
    static int Initials(string text, int start)
    {
        var at = start;
        while (at + 2 < text.Length && char.IsLetter(text[at]) && text[at + 1] == '.' && char.IsLetter(text[at + 2]) && !IsWord(text, at + 3)) at += 2;
        return at == start ? start : at + 1;
    }

    static bool IsWord(string text, int at) => at < text.Length && IsWordPart(text, at, RuneLength(text, at));

    static int Marks(string text, int at)
    {
        while (at < text.Length && CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark) at += RuneLength(text, at);
        return at;
    }

    static int SkipGenitive(string text, int end) =>
        end + 1 < text.Length && text[end] is '\'' or '’' or 'ʼ' && text[end + 1] is 's' or 'S' && !IsWord(text, end + 2) ? end + 2 : end;

    static int RuneLength(string text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    static bool IsWordPart(string text, int at, int length)
    {
        var c = text[at];
        if (c < '\u0080') return char.IsAsciiLetterOrDigit(c);
        if (length == 1 && char.IsSurrogate(c) || c is 'ʼ' || WordFolding.IsInvisible(c)) return false;
        var category = CharUnicodeInfo.GetUnicodeCategory(text, at);
        return category <= UnicodeCategory.SpacingCombiningMark || category is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }

    /// <summary>Scripts that are written without spaces: each character is a word, and several are asked for as a phrase.</summary>
    static bool IsAlone(string text, int at)
    {
        if (text[at] < '\u0E00') return false;
        var rune = RuneLength(text, at) == 2 ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
        return rune is >= 0x0E00 and <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF or >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x4DBF
            or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0xFF66 and <= 0xFF9F or >= 0x20000 and <= 0x323AF;
    }
}

/// <summary>What makes two spellings one word.</summary>
static class WordFolding
{
    public static bool IsInvisible(char c) => c is '\u00AD' or '\u2060' or '\uFEFF' or >= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    public static string Fold(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
            if (c >= '\u0080' || c == ',') return FoldAny(word);
        return string.Create(word.Length, word, static (folded, word) => word.ToLowerInvariant(folded)) is var ascii && ascii.Contains('.', StringComparison.Ordinal) && !char.IsAsciiDigit(ascii[0])
            ? ascii.Replace(".", "", StringComparison.Ordinal) : ascii;
    }

    static string FoldAny(ReadOnlySpan<char> word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var c in word.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (IsAccent(c) || IsInvisible(c) || c is ',' or 'ʼ' || c is '.' && !char.IsAsciiDigit(word[0])) continue;
            var lower = char.ToLowerInvariant(c);
            _ = lower switch
            {
                'ß' or 'ẞ' => folded.Append("ss"),
                'æ' => folded.Append("ae"),
                'œ' => folded.Append("oe"),
                'þ' => folded.Append("th"),
                'ø' => folded.Append('o'),
                'đ' or 'ð' => folded.Append('d'),
                'ł' => folded.Append('l'),
                'ı' => folded.Append('i'),
                'ς' => folded.Append('σ'),
                // Compatibility forms may hold spaces and marks (½, ™): only what belongs to a word stays.
                _ => char.IsLetterOrDigit(lower) || char.IsSurrogate(lower) || c is '.' || CharUnicodeInfo.GetUnicodeCategory(lower) <= UnicodeCategory.SpacingCombiningMark ? folded.Append(lower) : folded,
            };
        }
        return folded.ToString();
    }

    // Of Latin, Greek and Cyrillic, Hebrew and Arabic. Vowel signs of Indic scripts are no accents: words differ by them.
    static bool IsAccent(char c) => c is >= '\u0300' and <= '\u036F' or >= '\u0591' and <= '\u05C7' or >= '\u064B' and <= '\u065F' or '\u0670';
}
