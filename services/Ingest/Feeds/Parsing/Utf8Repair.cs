using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// UTF-8 with other bytes in it. A stray one is a windows-1252 character that was pasted in; pairs of surrogates (CESU-8) are the character
/// they mean; what is broken otherwise is U+FFFD.
/// </summary>
static class Utf8Repair
{
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            var valid = ValidLength(bytes);
            text.Append(Encoding.UTF8.GetString(bytes[..valid]));
            bytes = bytes[valid..];
            if (bytes.Length > 0) bytes = bytes[Broken(bytes, text)..];
        }
        return text.ToString();
    }

    // Up to the next broken byte.
    static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (length < bytes.Length)
        {
            var ascii = bytes[length..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0) return bytes.Length;
            length += ascii;
            if (Rune.DecodeFromUtf8(bytes[length..], out _, out var consumed) != OperationStatus.Done) return length;
            length += consumed;
        }
        return length;
    }

    static int Broken(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        if (bytes is [0xED, >= 0xA0 and <= 0xAF and var a, >= 0x80 and <= 0xBF and var b, 0xED, >= 0xB0 and <= 0xBF and var c, >= 0x80 and <= 0xBF and var d, ..])
        {
            text.Append((char)(0xD000 | (a & 0x3F) << 6 | b & 0x3F)).Append((char)(0xD000 | (c & 0x3F) << 6 | d & 0x3F));
            return 6;
        }
        Rune.DecodeFromUtf8(bytes, out _, out var length);
        var stray = length == 1 && !IsContinued(bytes) && HtmlEntities.OfWindows1252(bytes[0]) is var character && !char.IsControl(character);
        text.Append(stray ? HtmlEntities.OfWindows1252(bytes[0]) : '\uFFFD');
        return length;
    }

    // The overlong forms and the halves of surrogates: meant as UTF-8, but none.
    static bool IsContinued(ReadOnlySpan<byte> bytes) => bytes is [0xC0 or 0xC1 or 0xE0 or 0xED or 0xF0 or >= 0xF4, >= 0x80 and <= 0xBF, ..];
}
