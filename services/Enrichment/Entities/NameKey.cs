using System.Buffers;
using System.Text;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>A word of a name; the same as another where their keys are.</summary>
/// <param name="Key">See <see cref="NameKey"/>.</param>
/// <param name="Letter">Its first, in lower case.</param>
/// <param name="Initial">Only initials: J., JD.</param>
public readonly record struct NameWord(ulong Key, char Letter, bool Initial)
{
    public static NameWord Of(ReadOnlySpan<char> word) => new(NameKey.Of(word), char.ToLowerInvariant(word[0]), IsInitials(word));

    static bool IsInitials(ReadOnlySpan<char> word) => word.Length - word.Count('.') <= 2 && !word.ContainsAnyExcept(Initials);

    static readonly SearchValues<char> Initials = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ.");

    public bool Equals(NameWord other) => Key == other.Key;
    public override int GetHashCode() => Key.GetHashCode();
}

/// <summary>
/// A word of a name, hashed so that its spellings are one: case, accents (Müller, Mueller) and the usual variants of transliteration
/// (Zelensky, Zelenskyy, Zelenskiy; Dmitriev, Dmitriyev; Yeltsin, Eltsin; Medvedev, Medvedeff).
/// </summary>
public static class NameKey
{
    const int Longest = 32;

    /// <summary>Shorter words differ by little: Li and Ly, Lee and Le.</summary>
    const int ShortestWithVariants = 4;

    static readonly char[] Plain = [.. Enumerable.Range(0, 0x250).Select(c => PlainLetter((char)c))];

    static char PlainLetter(char c) => char.ToLowerInvariant(c) switch
    {
        'ø' => 'o', 'ł' => 'l', 'đ' => 'd', 'ð' => 'd', 'ı' => 'i', 'ə' => 'a', 'ß' => 's', 'æ' => 'a', 'œ' => 'o',
        var letter => letter < 0xC0 ? letter : letter.ToString().Normalize(NormalizationForm.FormD)[0],
    };

    public static ulong Of(ReadOnlySpan<char> word)
    {
        Span<char> letters = stackalloc char[Longest];
        var length = 0;
        foreach (var c in word)
        {
            if (length == Longest) break;
            if (c is not ('.' or '\'')) letters[length++] = c < Plain.Length ? Plain[c] : char.ToLowerInvariant(c);
        }
        letters = letters[..length];
        return length < ShortestWithVariants ? WordHash.Of(letters) : Variants(letters);
    }

    static ulong Variants(ReadOnlySpan<char> letters)
    {
        var hash = WordHash.Seed;
        var last = '\0';
        for (var i = 0; i < letters.Length; i++)
        {
            var next = i + 1 < letters.Length ? letters[i + 1] : '\0';
            var c = letters[i];
            if (IsI(c))
            {
                while (IsI(next)) next = ++i + 1 < letters.Length ? letters[i + 1] : '\0';
                if (next == 'e') continue;
                c = 'i';
            }
            else if (c is 'o' && next is 'u' || c is 'h' && last is 'k' or 'g' or 'd' or 't') continue;
            else if (c is 'e' && last is 'a' or 'o' or 'u') continue;
            else if (c is 'p' && next is 'h') { c = 'f'; i++; }
            else if (c is 'q' || c is 'c' && next is not 'h') c = 'k';
            else if (c is 'w' || c is 'f' && i + 1 == letters.Length || c is 'f' && next is 'f') c = 'v';
            else if (c is 'x') { hash = last == 'k' ? hash : WordHash.Add(hash, 'k'); c = 's'; }
            if (c == 'f' && last == 'v') c = 'v';
            if (c != last) hash = WordHash.Add(hash, c);
            last = c;
        }
        return hash;
    }

    static bool IsI(char c) => c is 'i' or 'y' or 'j';
}
