using System.Security.Cryptography;
using System.Text;
using Monitoring.Contracts;

namespace Monitoring.Ingest.Articles;

/// <summary>What makes two submissions the same article, and two versions of it the same text.</summary>
public static class ArticleIdentity
{
    /// <summary>
    /// The keys of an article, strongest first: the publisher's own id, the canonical address, else its source and text.
    /// An id that is a URI is unique without its source too, so that a notice which names no source still finds the article.
    /// </summary>
    /// <param name="article">Cleaned and checked.</param>
    /// <param name="publisherId">The publisher's id or ninjs uri, if any.</param>
    public static IReadOnlyList<string> Keys(ArticleContent article, string? publisherId)
    {
        var source = Source.Key(article.Source);
        var keys = new List<string>(3);
        if (publisherId is not null)
        {
            keys.Add($"uri:{source}|{publisherId}");
            if (source is not null && publisherId.Contains(':', StringComparison.Ordinal) && Uri.IsWellFormedUriString(publisherId, UriKind.Absolute))
                keys.Add($"uri:|{publisherId}");
        }
        if (article.Url is not null) keys.Add($"url:{CanonicalUrl.Key(article.Url)}");
        if (keys.Count == 0) keys.Add($"txt:{source}|{Convert.ToHexStringLower(Hash(article))}");
        return keys;
    }

    /// <summary>SHA-256 over title and body with white space folded: a re-flowed text is no revision.</summary>
    public static byte[] Hash(ArticleContent article)
    {
        var text = new StringBuilder((article.Title?.Length ?? 0) + (article.Body?.Length ?? 0) + 1);
        AppendFolded(text, article.Title);
        text.Append('\n');
        AppendFolded(text, article.Body);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    static void AppendFolded(StringBuilder text, string? part)
    {
        var space = false;
        foreach (var c in part ?? "")
        {
            if (char.IsWhiteSpace(c)) { space = true; continue; }
            if (space && text.Length > 0 && text[^1] != '\n') text.Append(' ');
            space = false;
            text.Append(c);
        }
    }
}
