using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Gateway.Keys;

/// <summary>A key as the database has it: never the secret, only its hash.</summary>
/// <param name="Id">The part of the key that may be shown.</param>
/// <param name="Hash">SHA-256 of the secret part. It is random and long, so no slow hash is needed.</param>
/// <param name="Name">For people.</param>
/// <param name="Scopes">See Hosting's Scopes.</param>
/// <param name="Sources">Sources it may submit and withdraw for; empty means all.</param>
/// <param name="Rate">Requests per second; absent means the installation's default.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends by itself.</param>
/// <param name="Revoked">When someone ended it.</param>
public sealed record ApiKey(
    string Id, byte[] Hash, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> Sources, int? Rate,
    DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? Revoked)
{
    public bool IsValid(DateTimeOffset now) => Revoked is null && !(Expires <= now);
}

/// <summary>What a caller sends: <c>mon_{id}_{secret}</c>.</summary>
public sealed record KeyText(string Id, string Secret)
{
    const string Prefix = "mon";
    const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static KeyText New() => new(RandomNumberGenerator.GetHexString(12, lowercase: true), RandomNumberGenerator.GetString(Letters, 40));

    public static KeyText? Parse(string? text) =>
        text?.Split('_') is [Prefix, { Length: >= 6 and <= 32 } id, { Length: >= 32 and <= 128 } secret] ? new KeyText(id, secret) : null;

    public byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    public override string ToString() => $"{Prefix}_{Id}_{Secret}";
}
