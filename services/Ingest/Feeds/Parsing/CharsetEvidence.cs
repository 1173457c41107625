using System.Buffers;
using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>What the bytes of a document with ASCII markup say about the encoding of the rest.</summary>
readonly ref struct CharsetEvidence
{
    readonly ReadOnlySpan<byte> bytes;

    public CharsetEvidence(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        for (var at = 0; at < bytes.Length;)
        {
            var high = bytes[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (high < 0) break;
            HasHigh = true;
            at += high;
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done) Sequences++;
            else Invalid++;
            at += length;
        }
    }

    public bool HasHigh { get; }

    /// <summary>Characters beyond ASCII in well-formed UTF-8.</summary>
    public int Sequences { get; }

    /// <summary>Places that are no UTF-8.</summary>
    public int Invalid { get; }

    /// <summary>Text in another encoding makes hardly ever a sequence of UTF-8 by chance, so a few stray bytes do not weigh against many.</summary>
    public bool LooksUtf8 => Sequences > 0 && Sequences >= 2 * Invalid;

    /// <summary>Bytes that are control characters in ISO 8859, and punctuation in windows-1252.</summary>
    public bool HasC1 => bytes.IndexOfAnyInRange((byte)0x80, (byte)0x9F) >= 0;

    /// <summary>The first name that the bytes allow, else what they look like.</summary>
    public string Choose(List<string> declared)
    {
        foreach (var name in declared)
            if (Fits(name)) return name;
        return Guess(declared);
    }

    bool Fits(string name)
    {
        if (CharsetNames.IsWide(name) || CharsetNames.IsEbcdic(name)) return false;
        if (name == "us-ascii") return !HasHigh;
        if (name == "utf-8") return !HasHigh || LooksUtf8;
        if (!HasHigh) return true;
        if (!CharsetNames.IsMultiByte(name)) return !LooksUtf8;
        // Some pairs of two-byte encodings are UTF-8 by chance, three in a row are not.
        return !(Invalid == 0 && Sequences >= 3) && Broken(name) is var broken && (broken <= 1 || broken * 50 <= HighBytes());
    }

    string Guess(List<string> declared)
    {
        if (bytes.IndexOf("\x1B$B"u8) >= 0 || bytes.IndexOf("\x1B(J"u8) >= 0) return "iso-2022-jp";
        if (!HasHigh || LooksUtf8) return "utf-8";
        if (EastAsian() is { } found) return found;
        if (Cyrillic() is { } script) return script;
        // Better the declared encoding with gaps than another without meaning.
        foreach (var name in declared)
            if (CharsetNames.IsMultiByte(name) && Broken(name) * 3 <= HighBytes()) return name;
        return "windows-1252";
    }

    int HighBytes()
    {
        var count = 0;
        foreach (var b in bytes)
            if (b >= 0x80) count++;
        return count;
    }

    int Broken(string name) => CharsetNames.Encoding(name).GetString(bytes).AsSpan().Count('\uFFFD');

    // By lead bytes: hangul is B0–C8 in EUC-KR, the frequent hanzi are B0–D7 in GB 2312 and A4–C6 in Big5, kana are A4 and A5 in EUC-JP
    // and 82 and 83 in Shift_JIS. A text has at least four, and nothing that is not a pair.
    string? EastAsian()
    {
        Span<int> euc = stackalloc int[256], dos = stackalloc int[256];
        var (eucPairs, dosPairs) = (Pairs(euc, 0xA1), Pairs(dos, 0x40));
        if (eucPairs >= 4)
        {
            var symbols = euc[0xA1] + euc[0xA2] + euc[0xA3];
            if (4 * (euc[0xA4] + euc[0xA5]) >= eucPairs) return "euc-jp";
            if (20 * (Sum(euc, 0xB0, 0xC8) + symbols) >= 19 * eucPairs) return "euc-kr";
            if (10 * (Sum(euc, 0xB0, 0xD7) + symbols) >= 8 * eucPairs) return "gb18030";
        }
        if (dosPairs < 4) return null;
        if (4 * (dos[0x82] + dos[0x83]) >= dosPairs) return "shift_jis";
        return 10 * Sum(dos, 0xA1, 0xC6) >= 9 * dosPairs ? "big5" : null;
    }

    static int Sum(ReadOnlySpan<int> counts, int from, int to)
    {
        var sum = 0;
        foreach (var count in counts[from..(to + 1)]) sum += count;
        return sum;
    }

    // How many pairs of a high byte and a trail byte there are, by lead byte; -1 where a lead has no trail.
    int Pairs(Span<int> leads, byte lowestTrail)
    {
        var pairs = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80) continue;
            // A half-width katakana of Shift_JIS stands alone; a document may be cut off in the midst of a pair.
            if (i + 1 == bytes.Length) break;
            if (bytes[i + 1] < lowestTrail || bytes[i + 1] is 0x7F or 0xFF || bytes[i] is 0x80 or 0xFF) return -1;
            leads[bytes[i++]]++;
            pairs++;
        }
        return pairs;
    }

    // Letters beyond ASCII come in words there, and one by one in Latin. Small letters, the many, are E0–FF in windows-1251, C0–DF in KOI8-R.
    string? Cyrillic()
    {
        var (runs, letters, small) = (0, 0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0xC0) continue;
            letters++;
            if (bytes[i] >= 0xE0) small++;
            if (i == 0 || bytes[i - 1] < 0xC0) runs++;
        }
        return letters < 6 || letters < 3 * runs ? null : small * 2 >= letters ? "windows-1251" : "koi8-r";
    }
}
