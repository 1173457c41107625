using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Contracts;

/// <summary>
/// Ids that follow from what they name (UUIDv5, RFC 9562 section 5.5): whoever meets the same fact twice, in whatever order,
/// computes the same id and counts it once.
/// </summary>
public static class Ids
{
    /// <summary>The one namespace of all ids here. Never changes: it is in every stored id.</summary>
    static readonly Guid Namespace = new("6f7a1c52-4c0e-5b1e-9d3b-0f6a4c1d2e90");

    /// <param name="key">What identifies the article: <c>uri:…</c>, <c>url:…</c> or <c>txt:…</c></param>
    public static Guid Article(string key) => Uuid5(key);

    /// <summary>Id of the fact that a revision exists: event id in Ingest and in the journal, and MessageId in between.</summary>
    public static Guid Revision(Guid articleId, int revision) => Uuid5($"{articleId:D}/{revision}");

    public static Guid Withdrawal(Guid articleId, int revision) => Uuid5($"{articleId:D}/{revision}/withdrawn");

    public static Guid Enrichment(Guid articleId, int revision, string model) => Uuid5($"{articleId:D}/{revision}/{model}");

    public static Guid Placement(Guid articleId, int revision, ArticleChange change) => Uuid5($"{articleId:D}/{revision}/placed/{change}");

    /// <summary>Id of the fact that an article was found in one more way.</summary>
    /// <param name="articleId">The article.</param>
    /// <param name="key">What makes the way another one.</param>
    public static Guid Discovery(Guid articleId, string key) => Uuid5($"{articleId:D}/discovered/{key}");

    /// <param name="domain">The outlet's.</param>
    public static Guid Source(string domain) => Uuid5($"source:{domain}");

    /// <param name="query">What the feed is of. Its id is the same at whatever address it is asked for.</param>
    public static Guid Feed(string query) => Uuid5($"feed:{query}");

    public static Guid Alert(Guid subscriptionId, Guid articleId) => Uuid5($"{subscriptionId:D}/{articleId:D}");

    static Guid Uuid5(string name)
    {
        var input = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        Namespace.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input.AsSpan(16));

        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // UUIDv5 is defined over SHA-1; nothing secret rests on it.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
