using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Monitoring.Hosting;

namespace Monitoring.Gateway.Keys;

/// <summary>Who asks: the key in <c>Authorization: Bearer …</c> or <c>X-Api-Key</c>, never in an address.</summary>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyStore keys, FailedGuesses guesses, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Given() is not { } given) return AuthenticateResult.NoResult();
        var text = KeyText.Parse(given);
        var key = text is null ? null : await keys.FindAsync(text.Id, Context.RequestAborted);
        // Compared even where there is no such key, in constant time: how long a refusal takes tells nothing.
        var fits = CryptographicOperations.FixedTimeEquals(text?.Hash() ?? NoHash, key?.Hash ?? NoHash);
        if (!fits || text is null || key is null || !key.IsValid(time.GetUtcNow()))
        {
            if (!guesses.MayGoOn(Context.Connection.RemoteIpAddress)) Context.Items[nameof(FailedGuesses)] = true;
            return AuthenticateResult.Fail("The key is unknown, expired or revoked.");
        }
        var identity = new ClaimsIdentity(
            [
                new("sub", key.Id),
                .. key.Scopes.Select(scope => new Claim(InternalToken.ScopeClaim, scope)),
                .. key.Sources.Select(source => new Claim(InternalToken.SourceClaim, source)),
            ],
            SchemeName);
        Context.Features.Set(key);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Items.ContainsKey(nameof(FailedGuesses)))
            throw new ProblemException(429, "Too many wrong keys from this address. Wait a minute.") { RetryAfter = FailedGuesses.Window };
        throw new ProblemException(401, Given() is null
            ? "A key is needed, in Authorization: Bearer … or X-Api-Key." : "The key is unknown, expired or revoked.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        throw new ProblemException(403, $"This key has the scopes {string.Join(", ", Context.User.FindAll(InternalToken.ScopeClaim).Select(claim => claim.Value))}, which do not allow this.");

    string? Given()
    {
        const string Bearer = "Bearer ";
        var authorization = Request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return authorization[Bearer.Length..].Trim();
        return Request.Headers["X-Api-Key"].ToString() is { Length: > 0 } key ? key : null;
    }
}

/// <summary>Wrong keys by address: 20 a minute are mistakes, more is guessing. Right keys from the same address go on working.</summary>
public sealed class FailedGuesses : IDisposable
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    readonly PartitionedRateLimiter<IPAddress> failures = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = 20, Window = Window }));

    public bool MayGoOn(IPAddress? address)
    {
        using var lease = failures.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired;
    }

    public void Dispose() => failures.Dispose();
}
