using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Ingest.Feeds.WebSub;

/// <summary>
/// <c>X-Hub-Signature: method=hex</c>, an HMAC of the body under the secret that the hub was given (WebSub, section 8).
/// </summary>
public static class HubSignature
{
    /// <summary>Not of base64: some hubs do not encode + and / when they keep it.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>In constant time. SHA-1 is taken too: many hubs sign with nothing else, and as an HMAC it still holds.</summary>
    public static bool Verify(string header, ReadOnlySpan<byte> body, string secret)
    {
        var parts = header.Trim().Split('=', 2);
        if (parts.Length != 2) return false;
        var key = Encoding.UTF8.GetBytes(secret);
        Span<byte> expected = stackalloc byte[HMACSHA512.HashSizeInBytes], given = stackalloc byte[HMACSHA512.HashSizeInBytes];
#pragma warning disable CA5350 // See above.
        var length = parts[0].ToUpperInvariant() switch
        {
            "SHA1" => HMACSHA1.HashData(key, body, expected),
            "SHA256" => HMACSHA256.HashData(key, body, expected),
            "SHA384" => HMACSHA384.HashData(key, body, expected),
            "SHA512" => HMACSHA512.HashData(key, body, expected),
            _ => 0,
        };
#pragma warning restore CA5350
        return length > 0 && parts[1].Length == 2 * length && Convert.FromHexString(parts[1], given, out _, out var written) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(expected[..length], given[..written]);
    }
}
