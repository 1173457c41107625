using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Alerts.Delivery;

/// <summary>Standard Webhooks 1.0: HMAC-SHA256 over <c>id.timestamp.body</c>, as <c>v1,{base64}</c>.</summary>
public static class WebhookSignature
{
    const string Prefix = "whsec_";
    const int NewSecretBytes = 32, MinBytes = 24, MaxBytes = 64;

    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewSecretBytes));

    public static bool IsSecret(string secret)
    {
        Span<byte> key = stackalloc byte[MaxBytes + 3];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) && length is >= MinBytes and <= MaxBytes;
    }

    /// <param name="secret"><c>whsec_…</c></param>
    /// <param name="id">webhook-id: the same over all attempts.</param>
    /// <param name="timestamp">Of this attempt.</param>
    /// <param name="body">Exactly as sent.</param>
    public static string Sign(string secret, string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp.ToUnixTimeSeconds()}.")), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed));
    }
}
