using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>Character references by the HTML standard: all its names, numbers with the windows-1252 repair. What is none stays as it stands.</summary>
public static class HtmlEntities
{
    // The longest name, CounterClockwiseContourIntegral, has 31 letters.
    const int MaxName = 32;

    public static string Decode(string text)
    {
        var ampersand = text.IndexOf('&', StringComparison.Ordinal);
        if (ampersand < 0) return text;
        var decoded = new StringBuilder(text.Length);
        var from = 0;
        while (ampersand >= 0)
        {
            var (length, symbol) = At(text, ampersand);
            decoded.Append(text, from, ampersand - from);
            if (length == 0) decoded.Append('&');
            else decoded.Append(symbol);
            from = ampersand + Math.Max(1, length);
            ampersand = text.IndexOf('&', from);
        }
        return decoded.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>The reference that begins at an ampersand: its length in the text and what it stands for; length 0 where it is none.</summary>
    internal static (int Length, string Symbol) At(string text, int ampersand)
    {
        var i = ampersand + 1;
        if (i >= text.Length) return default;
        return text[i] == '#' ? Number(text, ampersand) : Named(text, ampersand);
    }

    static (int, string) Named(string text, int ampersand)
    {
        var start = ampersand + 1;
        var end = start;
        while (end < text.Length && end - start < MaxName && char.IsAsciiLetterOrDigit(text[end])) end++;
        if (end == start) return default;
        var closed = end < text.Length && text[end] == ';';
        // Without its semicolon only the names of HTML 3 count, and none that might be a parameter of an address.
        if (!closed && end < text.Length && text[end] == '=') return default;
        var name = text[start..end];
        var symbol = closed ? HtmlEntityProvider.Resolver.GetSymbol(name + ";") ?? HtmlEntityProvider.Resolver.GetSymbol(name) : HtmlEntityProvider.Resolver.GetSymbol(name);
        return symbol is null ? default : (end - ampersand + (closed ? 1 : 0), symbol);
    }

    static (int, string) Number(string text, int ampersand)
    {
        var hex = ampersand + 2 < text.Length && text[ampersand + 2] is 'x' or 'X';
        var start = ampersand + (hex ? 3 : 2);
        var (end, code) = (start, 0L);
        for (; end < text.Length && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])); end++)
            code = Math.Min(0x110000, code * (hex ? 16 : 10) + int.Parse(text.AsSpan(end, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        if (end == start) return default;
        return (end - ampersand + (end < text.Length && text[end] == ';' ? 1 : 0), Character((int)code));
    }

    // A number that is no character is the replacement character.
    static string Character(int code) => code switch
    {
        >= 0x80 and <= 0x9F => OfWindows1252((byte)code).ToString(),
        0 or >= 0xD800 and <= 0xDFFF or > 0x10FFFF => "\uFFFD",
        _ => char.ConvertFromUtf32(code),
    };

    /// <summary>What authors mean by the numbers 128 to 159, which Unicode leaves to control characters.</summary>
    internal static char OfWindows1252(byte number) => number is >= 0x80 and <= 0x9F ? Windows1252[number - 0x80] : (char)number;

    internal const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";
}
