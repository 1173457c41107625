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
            var reference = At(text, ampersand);
            decoded.Append(text, from, ampersand - from).Append(reference?.Symbol ?? "&");
            from = ampersand + (reference?.Length ?? 1);
            ampersand = text.IndexOf('&', from);
        }
        return decoded.Append(text, from, text.Length - from).ToString();
    }

    /// <param name="Length">In the text, from the ampersand on.</param>
    /// <param name="Symbol">What it stands for.</param>
    /// <param name="Repaired">It is a number that stands for another character than Unicode says, or for none.</param>
    internal sealed record Reference(int Length, string Symbol, bool Repaired = false);

    /// <summary>The reference that begins at an ampersand; null where none does.</summary>
    internal static Reference? At(string text, int ampersand) =>
        ampersand + 1 < text.Length && text[ampersand + 1] == '#' ? Number(text, ampersand) : Named(text, ampersand);

    static Reference? Named(string text, int ampersand)
    {
        var start = ampersand + 1;
        var end = start;
        while (end < text.Length && end - start < MaxName && char.IsAsciiLetterOrDigit(text[end])) end++;
        if (end == start) return null;
        var closed = end < text.Length && text[end] == ';';
        // Without its semicolon only the names of HTML 3 count, and none that might be a parameter of an address.
        if (!closed && end < text.Length && text[end] == '=') return null;
        var name = text[start..end];
        var symbol = closed
            ? HtmlEntityProvider.Resolver.GetSymbol(name + ";")
            : HtmlEntityProvider.Resolver.GetSymbol(name);
        return symbol is null ? null : new(end - ampersand + (closed ? 1 : 0), symbol);
    }

    static Reference? Number(string text, int ampersand)
    {
        var hex = ampersand + 2 < text.Length && text[ampersand + 2] is 'x' or 'X';
        var start = ampersand + (hex ? 3 : 2);
        var (end, code) = (start, 0L);
        for (; end < text.Length && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])); end++)
            code = Math.Min(0x110000, code * (hex ? 16 : 10) + int.Parse(text.AsSpan(end, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        if (end == start) return null;
        var length = end - ampersand + (end < text.Length && text[end] == ';' ? 1 : 0);
        return code switch
        {
            >= 0x80 and <= 0x9F => new(length, OfWindows1252((byte)code).ToString(), Repaired: true),
            0 or >= 0xD800 and <= 0xDFFF or > 0x10FFFF => new(length, "\uFFFD", Repaired: true),
            _ => new(length, char.ConvertFromUtf32((int)code)),
        };
    }

    /// <summary>What authors mean by the numbers 128 to 159, which Unicode leaves to control characters.</summary>
    internal static char OfWindows1252(byte number) => number is >= 0x80 and <= 0x9F ? Windows1252[number - 0x80] : (char)number;

    internal const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";
}
