using System.Collections.Frozen;
using System.Globalization;

namespace Monitoring.Enrichment.Text;

/// <summary>Splits normalised text into tokens, in one pass.</summary>
public static class Tokeniser
{
    /// <summary>Their period belongs to them. Those of ranks and titles never end a sentence (<see cref="SentenceSplitter"/>).</summary>
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Abbreviations = new[]
    {
        "mr", "mrs", "ms", "dr", "prof", "gen", "col", "maj", "lt", "cpl", "sgt", "capt", "cmdr", "adm", "sen", "rep", "reps", "sens", "gov", "hon", "rev", "fr", "st", "ste", "mt", "ft",
        "jr", "sr", "inc", "corp", "co", "cos", "ltd", "plc", "llc", "bros", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "vs", "v", "etc", "no", "nos", "dept",
        "univ", "assn", "ave", "blvd", "rd", "est", "approx", "msgr", "mgr", "pres", "supt", "det", "insp", "atty", "amb", "messrs", "mme", "mlle", "vol", "fig", "gov't", "govt", "ph.d",
        "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la", "md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "va", "vt", "wash", "wis", "wyo",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    const int LongestAbbreviation = 8;

    public static Token[] Tokenise(string text)
    {
        var tokens = new List<Token>(text.Length / 5 + 1);
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]) || char.IsControl(text[i])) { i++; continue; }
            var genitive = IsGenitive(text, i, tokens);
            var end = genitive ? i + 2 : IsWordCharacter(text, i) ? Word(text, i) : Symbol(text, i);
            tokens.Add(Create(text, i, end, genitive));
            i = end;
        }
        return [.. tokens];
    }

    static Token Create(string text, int start, int end, bool genitive)
    {
        var kind = genitive ? TokenKind.Genitive
            : !IsWordCharacter(text, start) ? TokenKind.Punctuation
            : char.IsAsciiDigit(text[start]) && text.AsSpan(start, end - start).IndexOfAnyExceptInRange(',', ':') < 0 ? TokenKind.Number
            : TokenKind.Word;
        ulong exact = WordHash.Seed, folded = WordHash.Seed;
        var last = end - start > 1 && text[end - 1] == '.' ? end - 1 : end;
        for (var i = start; i < last; i++)
        {
            exact = WordHash.Add(exact, text[i]);
            folded = WordHash.Add(folded, char.ToLowerInvariant(text[i]));
        }
        return new Token(start, end, kind, exact, folded);
    }

    static bool IsGenitive(string text, int i, List<Token> before) =>
        text[i] == '\'' && before.Count > 0 && before[^1].End == i && before[^1].IsWord
        && i + 1 < text.Length && text[i + 1] is 's' or 'S' && (i + 2 == text.Length || !IsWordCharacter(text, i + 2));

    static int Symbol(string text, int i) => char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? i + 2 : i + 1;

    static int Word(string text, int start)
    {
        var end = start;
        var periods = 0;
        while (end < text.Length)
        {
            if (IsWordCharacter(text, end)) end += char.IsHighSurrogate(text[end]) ? 2 : 1;
            else if (end + 1 < text.Length && IsWordCharacter(text, end + 1) && Joins(text, start, end, ref periods)) end++;
            else break;
        }
        return end < text.Length && text[end] == '.' && (periods > 0 || IsAbbreviation(text.AsSpan(start, end - start))) ? end + 1 : end;
    }

    // Between digits: 6.7, 1,000, 10:30. Between letters: O'Brien, and single letters with periods: U.S., a.m.
    static bool Joins(string text, int start, int at, ref int periods)
    {
        var (before, c, after) = (text[at - 1], text[at], text[at + 1]);
        if (char.IsAsciiDigit(before) && char.IsAsciiDigit(after)) return c is '.' or ',' or ':';
        if (c == '\'') return char.IsLetter(before) && char.IsLetter(after) && !(after is 's' or 'S' && (at + 2 == text.Length || !IsWordCharacter(text, at + 2)));
        if (c == '.' && char.IsLetter(before) && char.IsLetter(after) && (at - start == 1 || text[at - 2] == '.')
            && (at + 2 == text.Length || text[at + 2] == '.' || !IsWordCharacter(text, at + 2)))
        {
            periods++;
            return true;
        }
        return c == '&' && char.IsAsciiLetterUpper(before) && char.IsAsciiLetterUpper(after);
    }

    static bool IsAbbreviation(ReadOnlySpan<char> word) =>
        word.Length == 1 && char.IsUpper(word[0]) || word.Length <= LongestAbbreviation && char.IsUpper(word[0]) && Abbreviations.Contains(word)
        || word is "vs" or "etc" or "v" or "approx" or "dept" or "est";

    /// <summary>Letters, digits and the marks on them; letters beyond the Basic Multilingual Plane too, emoji not.</summary>
    static bool IsWordCharacter(string text, int i)
    {
        var c = text[i];
        if (c < '\u0080') return char.IsAsciiLetterOrDigit(c);
        if (char.IsSurrogate(c)) return char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) && IsWord(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(c, text[i + 1])));
        return IsWord(char.GetUnicodeCategory(c));
    }

    static bool IsWord(UnicodeCategory category) => category <= UnicodeCategory.SpacingCombiningMark || category is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber;
}
