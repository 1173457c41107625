using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Formats;

/// <summary>RFC 2047: <c>=?charset?Q or B?text?=</c> in the headers of a mail. What does not decode stays as it is written.</summary>
public static partial class EncodedWords
{
    public static string Decode(string header) => header.Contains("=?", StringComparison.Ordinal) ? Runs().Replace(header, run => Run(run.Value)) : header;

    // White space between two words is none of the text, and a character may begin in one word and end in the next.
    static string Run(string run)
    {
        var text = new StringBuilder();
        var bytes = new List<byte>();
        var encoding = Encoding.UTF8;
        foreach (Match word in Words().Matches(run))
        {
            // RFC 2231 lets a language follow the charset.
            if (Charset(word.Groups["charset"].Value.Split('*')[0]) is not { } charset || Bytes(word) is not { } decoded) return run;
            if (charset.CodePage != encoding.CodePage) Flush();
            encoding = charset;
            bytes.AddRange(decoded);
        }
        Flush();
        return text.ToString();

        void Flush()
        {
            text.Append(encoding.GetString([.. bytes]));
            bytes.Clear();
        }
    }

    static byte[]? Bytes(Match word)
    {
        var text = word.Groups["text"].Value;
        if (word.Groups["form"].Value is "Q" or "q") return Quoted(text);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var count) ? bytes[..count] : null;
    }

    static byte[] Quoted(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
        }
        return [.. bytes];
    }

    static Encoding? Charset(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    const string Word = @"=\?(?<charset>[^?\s]+)\?(?<form>[QqBb])\?(?<text>[!-<>@-~=]*?)\?=";

    [GeneratedRegex(Word + @"(?:\s+" + Word + ")*")]
    private static partial Regex Runs();

    [GeneratedRegex(Word)]
    private static partial Regex Words();
}
