using System.Globalization;

namespace Monitoring.Enrichment.Languages;

/// <summary>Scripts of the languages that are told apart. Most are used by one language alone (<see cref="Scripts.Language"/>).</summary>
public enum Script : byte
{
    None, Other, Latin, Cyrillic, Arabic, Devanagari, Hebrew, Greek, Han, Kana, Hangul, Armenian, Georgian, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada,
    Malayalam, Sinhala, Thai, Lao, Tibetan, Myanmar, Ethiopic, Khmer, Thaana,
}

public static class Scripts
{
    public static readonly int Count = Enum.GetValues<Script>().Length;

    /// <summary>ISO 639-1 code of the language that alone is written so in news, or null.</summary>
    public static string? Language(Script script) => script switch
    {
        Script.Greek => "el", Script.Han => "zh", Script.Kana => "ja", Script.Hangul => "ko", Script.Armenian => "hy", Script.Georgian => "ka", Script.Bengali => "bn", Script.Gurmukhi => "pa",
        Script.Gujarati => "gu", Script.Odia => "or", Script.Tamil => "ta", Script.Telugu => "te", Script.Kannada => "kn", Script.Malayalam => "ml", Script.Sinhala => "si", Script.Thai => "th",
        Script.Lao => "lo", Script.Tibetan => "bo", Script.Myanmar => "my", Script.Ethiopic => "am", Script.Khmer => "km", Script.Thaana => "dv",
        _ => null,
    };

    /// <summary>By block (Unicode's Blocks.txt); marks count as the letters of their block, digits and signs are none.</summary>
    public static Script Of(char c)
    {
        if (c < '\u0080') return char.IsAsciiLetter(c) ? Script.Latin : Script.None;
        if (CharUnicodeInfo.GetUnicodeCategory(c) > UnicodeCategory.SpacingCombiningMark && !char.IsHighSurrogate(c)) return Script.None;
        return c switch
        {
            < '\u0250' or >= '\u1E00' and < '\u1F00' => Script.Latin,
            < '\u0300' => Script.None, // modifier letters, apostrophes among them
            < '\u0370' => Script.Other,
            < '\u0400' or >= '\u1F00' and < '\u2000' => Script.Greek,
            < '\u0530' => Script.Cyrillic,
            < '\u0590' => Script.Armenian,
            < '\u0600' => Script.Hebrew,
            < '\u0700' or >= '\u0750' and < '\u0780' or >= '\uFB50' and < '\uFE00' or >= '\uFE70' and < '\uFF00' => Script.Arabic,
            >= '\u0780' and < '\u07C0' => Script.Thaana,
            >= '\u0900' and < '\u0E00' => Indic(c),
            >= '\u0E00' and < '\u0E80' => Script.Thai,
            >= '\u0E80' and < '\u0F00' => Script.Lao,
            >= '\u0F00' and < '\u1000' => Script.Tibetan,
            >= '\u1000' and < '\u10A0' => Script.Myanmar,
            >= '\u10A0' and < '\u1100' or >= '\u1C90' and < '\u1CC0' => Script.Georgian,
            >= '\u1100' and < '\u1200' or >= '\u3130' and < '\u3190' or >= '\uAC00' and < '\uD800' => Script.Hangul,
            >= '\u1200' and < '\u13A0' => Script.Ethiopic,
            >= '\u1780' and < '\u1800' => Script.Khmer,
            >= '\u3040' and < '\u3100' or >= '\uFF66' and < '\uFFA0' => Script.Kana,
            '\u3005' or >= '\u3400' and < '\uA000' or >= '\uF900' and < '\uFB00' or >= '\uD840' and < '\uD88D' => Script.Han,
            _ => Script.Other,
        };
    }

    static Script Indic(char c) => c switch
    {
        < '\u0980' => Script.Devanagari,
        < '\u0A00' => Script.Bengali,
        < '\u0A80' => Script.Gurmukhi,
        < '\u0B00' => Script.Gujarati,
        < '\u0B80' => Script.Odia,
        < '\u0C00' => Script.Tamil,
        < '\u0C80' => Script.Telugu,
        < '\u0D00' => Script.Kannada,
        < '\u0D80' => Script.Malayalam,
        _ => Script.Sinhala,
    };
}
