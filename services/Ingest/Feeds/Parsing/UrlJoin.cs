namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// Joins a relative reference to its base by RFC 3986 section 5.2, on the text alone: <see cref="Uri"/> decodes, encodes and
/// converts hosts, and an address that a publisher uses as an identity must come out as it went in. So percent-encoding, spaces
/// within, letters beyond ASCII and the case of hosts stay; white space around goes, and so do line breaks and tabs within, as in
/// browsers. Backslashes stay too: they are legal nowhere, and turning them would change opaque addresses.
/// </summary>
public static class UrlJoin
{
    /// <summary>The reference made absolute; the reference itself where the base is none, relative or opaque.</summary>
    public static string Resolve(string? baseAddress, string reference)
    {
        var text = Clean(reference);
        var target = Parts.Of(text);
        if (target.Scheme is not null || baseAddress is null) return text;
        var origin = Parts.Of(Clean(baseAddress));
        if (origin.Scheme is null || origin.Authority is null && !origin.Path.StartsWith('/')) return text;
        if (target.Authority is not null) return (target with { Scheme = origin.Scheme, Path = WithoutDots(target.Path) }).ToString();
        if (target.Path.Length == 0) return (origin with { Query = target.Query ?? origin.Query, Fragment = target.Fragment }).ToString();
        var path = target.Path[0] == '/' ? target.Path : Merge(origin, target.Path);
        return (origin with { Path = WithoutDots(path), Query = target.Query, Fragment = target.Fragment }).ToString();
    }

    /// <summary>Whether a link may lead there: no scheme at all, or one that runs no code, however it is spelt.</summary>
    public static bool IsSafe(string address)
    {
        // What browsers skip over (white space, control characters), and entities that someone further on may read once more.
        var visible = string.Concat(HtmlEntities.Decode(address).Where(c => c > ' ' && !char.IsControl(c) && !char.IsWhiteSpace(c) && !IsInvisible(c)));
        var colon = SchemeLength(visible);
        if (colon == 0) return true;
        var scheme = visible[..colon];
        // A host with a port is no scheme.
        return Schemes.Contains(scheme) || scheme.Contains('.', StringComparison.Ordinal) && colon + 1 < visible.Length && char.IsAsciiDigit(visible[colon + 1]);
    }

    static readonly HashSet<string> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        "afs", "aim", "bitcoin", "callto", "cid", "ed2k", "feed", "ftp", "geo", "gemini", "gopher", "http", "https", "imap", "irc", "ircs", "ldap",
        "magnet", "mailto", "matrix", "mid", "mms", "news", "nntp", "rsync", "rtsp", "sftp", "sip", "sips", "sms", "spotify", "ssh", "svn", "svn+ssh",
        "tag", "tel", "telnet", "urn", "wais", "webcal", "xmpp",
    };

    static int SchemeLength(string text)
    {
        if (text.Length == 0 || !char.IsAsciiLetter(text[0])) return 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == ':') return i;
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('+' or '-' or '.')) return 0;
        }
        return 0;
    }

    static bool IsInvisible(char c) => char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format;

    static string Clean(string address)
    {
        var (from, to) = (0, address.Length);
        while (from < to && IsEdge(address[from])) from++;
        while (to > from && IsEdge(address[to - 1])) to--;
        var trimmed = address.AsSpan(from, to - from);
        return trimmed.IndexOfAny('\t', '\n', '\r') < 0 ? trimmed.ToString() : string.Concat(trimmed.ToString().Where(c => c is not ('\t' or '\n' or '\r')));

        static bool IsEdge(char c) => c <= ' ' || char.IsWhiteSpace(c) || c == '\uFEFF';
    }

    static string Merge(Parts from, string path) =>
        from.Authority is not null && from.Path.Length == 0 ? "/" + path : from.Path[..(from.Path.LastIndexOf('/') + 1)] + path;

    // RFC 3986 5.2.4 on whole segments.
    static string WithoutDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal) && !path.StartsWith('.')) return path;
        var segments = path.Split('/');
        var kept = new List<string>(segments.Length);
        for (var i = 0; i < segments.Length; i++)
        {
            var last = i == segments.Length - 1;
            switch (segments[i])
            {
                case ".":
                    if (last) kept.Add("");
                    break;
                case "..":
                    if (kept.Count > 1) kept.RemoveAt(kept.Count - 1);
                    if (last) kept.Add("");
                    break;
                default:
                    kept.Add(segments[i]);
                    break;
            }
        }
        return string.Join('/', kept);
    }

    // The expression of RFC 3986 appendix B by hand. Null is absent, empty is there and empty.
    sealed record Parts(string? Scheme, string? Authority, string Path, string? Query, string? Fragment)
    {
        public static Parts Of(string text)
        {
            string? scheme = null, authority = null, query = null, fragment = null;
            var rest = text;
            if (rest.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash) (rest, fragment) = (rest[..hash], rest[(hash + 1)..]);
            if (SchemeLength(rest) is > 0 and var colon) (scheme, rest) = (rest[..colon], rest[(colon + 1)..]);
            if (rest.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark) (rest, query) = (rest[..mark], rest[(mark + 1)..]);
            if (rest.StartsWith("//", StringComparison.Ordinal))
            {
                var end = rest.IndexOf('/', 2);
                (authority, rest) = end < 0 ? (rest[2..], "") : (rest[2..end], rest[end..]);
            }
            return new(scheme, authority, rest, query, fragment);
        }

        public override string ToString() => string.Concat(
            Scheme is null ? "" : Scheme + ":", Authority is null ? "" : "//" + Authority, Path,
            (Query is null ? "" : "?" + Query) + (Fragment is null ? "" : "#" + Fragment));
    }
}
