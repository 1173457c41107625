using System.Collections.Frozen;
using System.Net;

namespace Monitoring.Ingest.Articles;

/// <summary>
/// Which hosts are one site: those below one domain that somebody registered. A careful rule instead of the public suffix list
/// (publicsuffix.org), which changes weekly and of which news needs little: the last two labels, three where the last is a
/// country's and the one before it a class of that registry (<c>co.uk</c>), and one more where the domain belongs to a host of
/// other people's sites (<c>blogspot.com</c>). Where it errs it sees two sites, never one where there are two outlets.
/// </summary>
public static class Site
{
    /// <summary>The same outlet's pages for other screens. Folded off only in front of a whole domain: m.com is a site.</summary>
    static readonly FrozenSet<string> Forms = FrozenSet.ToFrozenSet(["www", "m", "mobile", "touch", "amp", "wap"]);

    /// <summary>Nobody's own under any country that has them.</summary>
    static readonly FrozenSet<string> Classes = FrozenSet.ToFrozenSet(["ac", "co", "com", "edu", "gob", "gouv", "gov", "mil", "net", "org"]);

    /// <summary>Words that are classes under one country and somebody's domain under another: or.at and or.it, web.za and web.de.</summary>
    static readonly FrozenDictionary<string, string[]> CountryClasses = new Dictionary<string, string[]>
    {
        ["at"] = ["gv", "or"],
        ["au"] = ["asn", "id"],
        ["br"] = ["adv", "art", "blog", "eco", "eng", "ind", "jor", "jus", "leg", "nom", "tv", "wiki"],
        ["cr"] = ["fi", "go", "or", "sa"],
        ["es"] = ["nom"],
        ["fr"] = ["asso", "nom", "presse", "tm"],
        ["hk"] = ["idv"],
        ["id"] = ["biz", "desa", "go", "my", "or", "sch", "web"],
        ["il"] = ["k12", "muni"],
        ["in"] = ["firm", "gen", "ind", "nic"],
        ["jp"] = ["ad", "ed", "go", "gr", "lg", "ne", "or"],
        ["ke"] = ["go", "info", "me", "mobi", "ne", "or", "sc"],
        ["kr"] = ["go", "ne", "or", "pe", "re"],
        ["nz"] = ["cri", "geek", "gen", "govt", "iwi", "kiwi", "maori", "school"],
        ["pl"] = ["biz", "info", "waw"],
        ["rs"] = ["in"],
        ["sg"] = ["per"],
        ["th"] = ["go", "in", "mi", "or"],
        ["tr"] = ["av", "bbs", "bel", "dr", "gen", "info", "k12", "name", "pol", "tel", "tv", "web"],
        ["tw"] = ["game", "idv"],
        ["tz"] = ["go", "me", "ne", "or", "sc"],
        ["ua"] = ["dp", "in", "kh", "kharkiv", "kharkov", "kiev", "kyiv", "lviv", "od", "odesa", "odessa"],
        ["ug"] = ["go", "ne", "or", "sc"],
        ["uk"] = ["ltd", "me", "nhs", "plc", "police", "sch"],
        ["za"] = ["law", "nom", "web"],
    }.ToFrozenDictionary();

    /// <summary>Every name below these is an outlet of its own.</summary>
    static readonly FrozenSet<string> Hosts = FrozenSet.ToFrozenSet(
    [
        "azurewebsites.net", "beehiiv.com", "blogspot.com", "canalblog.com", "cloudfront.net", "firebaseapp.com", "ghost.io", "github.io",
        "gitlab.io", "hatenablog.com", "herokuapp.com", "livejournal.com", "medium.com", "myshopify.com", "netlify.app", "over-blog.com",
        "pages.dev", "squarespace.com", "substack.com", "tumblr.com", "typepad.com", "vercel.app", "web.app", "weebly.com", "wixsite.com",
        "wordpress.com",
    ]);

    /// <summary>The domain somebody registered; an address in numbers is its own.</summary>
    /// <param name="host">Lower case, ASCII.</param>
    public static string Of(string host)
    {
        if (host.StartsWith('[') || IPAddress.TryParse(host, out _)) return host;
        var labels = host.Split('.');
        var length = labels is [.., var second, { Length: 2 } last] && (Classes.Contains(second) || CountryClasses.GetValueOrDefault(last)?.Contains(second) == true) ? 3 : 2;
        var domain = string.Join('.', labels.TakeLast(length));
        return length < labels.Length && (Hosts.Contains(domain) || labels[^length] == "blogspot") ? string.Join('.', labels.TakeLast(length + 1)) : domain;
    }

    /// <summary>The host without what only says for which screen: <c>www.</c>, <c>m.</c>, <c>amp.</c>, also as in <c>en.m.wikipedia.org</c>.</summary>
    public static string Fold(string host)
    {
        var domain = Of(host);
        if (host.Length == domain.Length) return host;
        var front = host[..^(domain.Length + 1)].Split('.').Where(label => !Forms.Contains(label));
        return string.Join('.', front.Append(domain));
    }
}
