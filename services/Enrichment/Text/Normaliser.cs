using System.Text;

namespace Monitoring.Enrichment.Text;

/// <summary>
/// One apostrophe, one quote, one dash, one space; ligatures spelt out, letters composed with their accents, soft hyphens and
/// zero-width characters gone. Only the last three change the length, and then <paramref name="Map"/> leads back.
/// </summary>
/// <param name="Text">What every stage reads.</param>
/// <param name="Map">By offset of the text (and one more for its end): the offset in the original; null where they are the same.</param>
public readonly record struct Normalised(string Text, int[]? Map);

public static class Normaliser
{
    public static Normalised Normalise(string original)
    {
        foreach (var c in original)
            if (ChangesLength(c)) return WithMap(original);
        return new Normalised(string.Create(original.Length, original, static (characters, original) =>
        {
            for (var i = 0; i < characters.Length; i++) characters[i] = One(original[i]);
        }), null);
    }

    static char One(char c) => c < '\u0080' && c != '`' ? c : c switch
    {
        '’' or '‘' or 'ʼ' or '`' or '´' or '′' or '＇' or '‛' => '\'',
        '“' or '”' or '„' or '‟' or '«' or '»' or '＂' or '″' => '"',
        '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' => '-',
        '\u00A0' or '\u202F' or >= '\u2000' and <= '\u200A' or '\u3000' => ' ',
        '\u2028' or '\u2029' or '\u0085' => '\n',
        _ => c,
    };

    static bool ChangesLength(char c) => c >= '\u00AD' && (IsInvisible(c) || Ligature(c) is not null || IsAccent(c));

    // Joiners (U+200C, U+200D) and marks of direction are invisible too; no word differs by them alone in the languages we read.
    static bool IsInvisible(char c) => c is '\u00AD' or '\u2060' or '\uFEFF' or >= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    public static bool IsAccent(char c) => c is >= '\u0300' and <= '\u036F';

    static string? Ligature(char c) => c switch
    {
        'ﬀ' => "ff", 'ﬁ' => "fi", 'ﬂ' => "fl", 'ﬃ' => "ffi", 'ﬄ' => "ffl", 'ﬅ' or 'ﬆ' => "st",
        _ => null,
    };

    static Normalised WithMap(string original)
    {
        var text = new StringBuilder(original.Length);
        var map = new List<int>(original.Length + 1);
        for (var i = 0; i < original.Length; i++)
        {
            var c = original[i];
            if (IsInvisible(c)) continue;
            if (IsAccent(c) && text.Length > 0 && Composed(text[^1], c) is { } composed) text[^1] = composed;
            else if (Ligature(c) is { } letters)
                foreach (var letter in letters) Append(letter, i);
            else Append(One(c), i);
        }
        map.Add(original.Length);
        return new Normalised(text.ToString(), [.. map]);

        void Append(char character, int at)
        {
            text.Append(character);
            map.Add(at);
        }
    }

    static char? Composed(char letter, char accent)
    {
        if (!char.IsLetter(letter)) return null;
        var composed = $"{letter}{accent}".Normalize(NormalizationForm.FormC);
        return composed.Length == 1 ? composed[0] : null;
    }
}
