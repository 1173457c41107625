using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>What a token looks like.</summary>
public enum Shape : byte
{
    /// <summary>Beyond the sentence.</summary>
    None,
    Lower, Capitalised, Upper, Initial, Mixed, Abbreviation, Apostrophe, Number, Year, Alphanumeric, Genitive, Hyphen, Comma, Period, Quote, Opening, Closing, Ampersand, Colon, Dash, Other,
}

public static class Shapes
{
    public static bool IsCapital(this Shape shape) => shape is >= Shape.Capitalised and <= Shape.Apostrophe or Shape.Alphanumeric;

    public static Shape Of(Document document, Token token) => token.Kind switch
    {
        TokenKind.Genitive => Shape.Genitive,
        TokenKind.Number => token.Length == 4 && document[token].IndexOfAnyExceptInRange('0', '9') < 0 ? Shape.Year : Shape.Number,
        TokenKind.Word => OfWord(document[token]),
        _ => document.Text[token.Start] switch
        {
            // Within a word, or between the parts of a sentence.
            '-' => token.Start > 0 && document.Text[token.Start - 1] == ' ' ? Shape.Dash : Shape.Hyphen,
            ',' => Shape.Comma,
            '.' => Shape.Period,
            '"' or '\'' => Shape.Quote,
            '(' or '[' => Shape.Opening,
            ')' or ']' => Shape.Closing,
            '&' => Shape.Ampersand,
            ':' => Shape.Colon,
            _ => Shape.Other,
        },
    };

    static Shape OfWord(ReadOnlySpan<char> word)
    {
        int upper = 0, lower = 0, periods = 0, apostrophes = 0, digits = 0;
        foreach (var c in word)
            if (char.IsUpper(c)) upper++;
            else if (char.IsDigit(c)) digits++;
            else if (c == '.') periods++;
            else if (c == '\'') apostrophes++;
            else lower++;
        if (upper == 0) return Shape.Lower;
        if (digits > 0) return Shape.Alphanumeric;
        if (lower == 0) return periods > 1 ? Shape.Abbreviation : upper == 1 ? Shape.Initial : Shape.Upper;
        return apostrophes > 0 && char.IsUpper(word[0]) && upper > 1 ? Shape.Apostrophe
            : upper == 1 && char.IsUpper(word[0]) ? Shape.Capitalised
            : Shape.Mixed;
    }
}
