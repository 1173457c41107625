using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Monitoring.Contracts;

namespace Monitoring.Ingest.Articles;

/// <summary>What makes two submissions the same article, and two versions of it the same text.</summary>
public static partial class ArticleIdentity
{
    /// <summary>In UTF-8. PostgreSQL indexes no text of more than 2,704 bytes, and a longer address or id is no better for it.</summary>
    const int MaxKey = 1_000;

    /// <summary>
    /// The keys of an article, strongest first: the publisher's own id, the canonical address, the id where it is an address too,
    /// else source and text. An id that is a URI is unique without its source too, so that a notice which names no source still
    /// finds the article. An address without a path names the site and identifies nothing.
    /// </summary>
    /// <param name="article">Cleaned and checked.</param>
    /// <param name="publisherId">The publisher's id or ninjs uri, if any.</param>
    /// <param name="otherUrls">Further addresses that lead to it.</param>
    public static IReadOnlyList<string> Keys(ArticleContent article, string? publisherId, IReadOnlyList<string>? otherUrls = null)
    {
        var source = Source.Key(article.Source);
        var keys = new List<string>(4);
        if (publisherId is not null)
        {
            keys.Add($"uri:{source}|{publisherId}");
            if (source is not null && publisherId.Contains(':', StringComparison.Ordinal) && Uri.IsWellFormedUriString(publisherId, UriKind.Absolute))
                keys.Add($"uri:|{publisherId}");
        }
        foreach (var address in (IEnumerable<string?>)[article.Url, .. (otherUrls ?? []).Append(publisherId).OfType<string>().Select(CanonicalUrl.TryCanonicalise)])
            if (address is not null && CanonicalUrl.Key(address) is var key && !CanonicalUrl.IsSite(key)) keys.Add($"url:{key}");
        if (keys.Count == 0) keys.Add($"txt:{source}|{Convert.ToHexStringLower(Hash(article))}");
        return [.. keys.Select(Bounded).Distinct()];
    }

    static string Bounded(string key) => Encoding.UTF8.GetByteCount(key) <= MaxKey ? key
        : $"{key[..key.IndexOf(':', StringComparison.Ordinal)]}:sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    /// <summary>
    /// SHA-256 over what the headline and the text say, however they are set: white space, quotes, dashes and marks nobody sees
    /// are folded, addresses go without what trackers append, and furniture (<see cref="Furniture"/>) does not count.
    /// </summary>
    public static byte[] Hash(ArticleContent article)
    {
        var text = new StringBuilder((article.Title?.Length ?? 0) + (article.Body?.Length ?? 0) + 1);
        AppendPlain(text, article.Title);
        text.Append('\n');
        var start = text.Length;
        AppendLines(text, article.Body, line => !Furniture.Is(line));
        // A text of nothing but such lines is what there is.
        if (text.Length == start) AppendLines(text, article.Body, _ => true);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    static void AppendLines(StringBuilder text, string? body, Func<string, bool> counts)
    {
        var (start, line) = (text.Length, new StringBuilder());
        foreach (var part in (body ?? "").Split('\n'))
        {
            AppendPlain(line.Clear(), part);
            if (line.Length == 0 || line.ToString() is var plain && !counts(plain)) continue;
            if (text.Length > start) text.Append(' ');
            text.Append(line);
        }
    }

    static void AppendPlain(StringBuilder text, string? part)
    {
        if (string.IsNullOrEmpty(part)) return;
        var (start, space) = (text.Length, false);
        if (part.Contains("://", StringComparison.Ordinal)) part = Address().Replace(part, address => Untracked(address.Value));
        foreach (var c in Composed(part))
        {
            if (IsUnseen(c)) continue;
            if (char.IsWhiteSpace(c)) { space = true; continue; }
            if (space && text.Length > start) text.Append(' ');
            space = false;
            if (c == '…') text.Append("...");
            else text.Append(Plain(c));
        }
    }

    // Most text is Latin and needs nothing. Half of a surrogate pair cannot be composed, and is none of our business here.
    static string Composed(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF') || text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) ? text : text.Normalize();

    // Where a sentence ends behind an address, its stop is not the address's.
    static string Untracked(string address)
    {
        var bare = address.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '»', '”', '’');
        return (CanonicalUrl.TryCanonicalise(bare) ?? bare) + address[bare.Length..];
    }

    // Soft hyphen, zero-width space and joiners, word joiner, direction marks, byte order mark, variation selectors.
    static bool IsUnseen(char c) => c is '\u00AD' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2064') or (>= '\u2066' and <= '\u2069') or '\uFEFF' or (>= '\uFE00' and <= '\uFE0F');

    static char Plain(char c) => c switch
    {
        '‘' or '’' or '‚' or '‛' or '′' or 'ʼ' or '`' or '´' or '‹' or '›' => '\'',
        '“' or '”' or '„' or '‟' or '″' or '«' or '»' or '＂' => '"',
        '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' => '-',
        _ => c,
    };

    [GeneratedRegex(@"https?://[^\s<>""]{1,2048}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
