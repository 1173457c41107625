using System.Collections.Frozen;

namespace Monitoring.Ingest.Sources;

/// <summary>The country an outlet's domain is registered under, where that says where it is.</summary>
public static class Country
{
    /// <summary>
    /// Country domains that are sold as words, to anyone anywhere, and those of no country: what stands under them may be from
    /// there, but nothing says so.
    /// </summary>
    static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
    [
        "ac", "ag", "ai", "am", "as", "bz", "cc", "cd", "cf", "ck", "cm", "co", "cx", "dj", "eu", "fm", "ga", "gd", "gg", "gl", "gq", "gs", "hm",
        "im", "io", "je", "la", "lc", "li", "ly", "me", "ml", "ms", "mu", "nf", "nr", "nu", "pm", "pn", "pw", "re", "sc", "sh", "so", "sr", "st",
        "su", "sx", "tc", "td", "tf", "tk", "tl", "to", "tv", "vc", "vg", "vu", "wf", "ws", "yt",
    ]);

    /// <summary>ISO 3166 as of 2026; a name that is none of these is no country's.</summary>
    static readonly FrozenSet<string> Codes = FrozenSet.ToFrozenSet((
        "ad ae af ag ai al am ao ar at au aw az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cd cf cg ch ci ck cl cm cn co cr cu cv cw cy cz de dj dk dm do dz "
        + "ec ee eg er es et fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gt gu gw gy hk hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz "
        + "la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mq mr ms mt mu mv mw mx my mz na nc ne ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pr ps pt pw py qa "
        + "re ro rs ru rw sa sb sc sd se sg si sk sl sm sn so sr ss st sv sx sy sz td tg th tj tk tl tm tn to tr tt tv tw tz ua ug us uy uz va vc ve vg vi vn vu ws ye za zm zw").Split(' '));

    static readonly FrozenDictionary<string, string> Others = new Dictionary<string, string>
    {
        ["uk"] = "GB", ["xn--p1ai"] = "RU", ["xn--j1amh"] = "UA", ["xn--90ais"] = "BY", ["xn--90a3ac"] = "RS", ["xn--80ao21a"] = "KZ", ["xn--d1alf"] = "MK",
        ["xn--qxam"] = "GR", ["xn--fiqs8s"] = "CN", ["xn--fiqz9s"] = "CN", ["xn--kprw13d"] = "TW", ["xn--3e0b707e"] = "KR", ["xn--h2brj9c"] = "IN", ["xn--o3cw4h"] = "TH",
        ["xn--node"] = "GE", ["xn--y9a3aq"] = "AM", ["xn--wgbh1c"] = "EG", ["xn--mgberp4a5d4ar"] = "SA", ["xn--mgbaam7a8h"] = "AE", ["xn--mgba3a4f16a"] = "IR",
    }.ToFrozenDictionary();

    /// <returns>ISO 3166-1 alpha-2 in capitals; null where the domain says nothing.</returns>
    public static string? Of(string domain)
    {
        var last = domain[(domain.LastIndexOf('.') + 1)..];
        return Others.GetValueOrDefault(last) ?? (Codes.Contains(last) && !Words.Contains(last) ? last.ToUpperInvariant() : null);
    }

    public static bool IsCode(string code) => code.Length == 2 && Codes.Contains(code.ToLowerInvariant()) || code is "GB" or "XK";
}
