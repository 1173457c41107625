using System.Text;

namespace Monitoring.Ingest.Pages;

/// <summary>Flattens pages that nest without end: a parser looks through all open elements at each tag (AngleSharp takes 16 s for 50,000 divs).</summary>
public static class PageNesting
{
    const int Deepest = 400; // real pages stay under 100

    /// <returns>The page itself, or without the tags beyond the deepest level; their text stays.</returns>
    public static string Limit(string html)
    {
        StringBuilder? kept = null;
        var (depth, copied) = (0, 0);
        for (var at = html.IndexOf('<'); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            var closing = html[at + 1] == '/';
            var name = at + (closing ? 2 : 1);
            var end = name;
            while (end < html.Length && char.IsAsciiLetterOrDigit(html[end])) end++;
            if (!closing && (html.AsSpan(name, end - name).Equals("script", StringComparison.OrdinalIgnoreCase) || html.AsSpan(name, end - name).Equals("style", StringComparison.OrdinalIgnoreCase)))
            {
                at = html.IndexOf(html.AsSpan(name, 2) is "st" or "ST" ? "</style" : "</script", end, StringComparison.OrdinalIgnoreCase);
                if (at < 0) break;
                continue;
            }
            if (end == name || !char.IsAsciiLetter(html[name]) || Closed(html.AsSpan(name, end - name))) continue;
            if (depth < Deepest || closing && depth == Deepest)
            {
                depth = Math.Max(0, depth + (closing ? -1 : 1));
                continue;
            }
            depth += closing ? -1 : 1;
            var close = html.IndexOf('>', end);
            if (close < 0) break;
            kept ??= new StringBuilder(html.Length);
            kept.Append(html, copied, at - copied);
            copied = close + 1;
            at = close;
        }
        return kept is null ? html : kept.Append(html, copied, html.Length - copied).ToString();
    }

    // Void elements, and those that the next of their kind closes.
    static bool Closed(ReadOnlySpan<char> name) => name.Length <= 6 && name switch
    {
        "p" or "br" or "hr" or "li" or "td" or "th" or "tr" or "dt" or "dd" or "img" or "col" or "wbr" or "meta" or "link" or "base" or "area"
            or "input" or "embed" or "param" or "track" or "source" or "option" or "script" or "style" => true,
        "P" or "BR" or "HR" or "LI" or "TD" or "TH" or "TR" or "DT" or "DD" or "IMG" or "META" or "LINK" or "INPUT" or "OPTION" => true,
        _ => false,
    };
}
