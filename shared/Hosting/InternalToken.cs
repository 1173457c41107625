using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Monitoring.Hosting;

/// <summary>
/// How the gateway tells services who is asking: a JWT signed with the installation's secret, valid for a minute, in a header
/// of its own. A request that does not come through the gateway has none and is refused, save for /health/live.
/// </summary>
public static class InternalToken
{
    public const string Header = "X-Monitoring-Token";
    public const string ScopeClaim = "scope";

    /// <summary>Domains of the sources a key is bound to; none means any.</summary>
    public const string SourceClaim = "source";

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    const string Issuer = "monitoring-gateway";
    const string Audience = "monitoring";

    /// <param name="secret">The installation's secret, at least 32 bytes.</param>
    /// <param name="keyId">Id of the API key.</param>
    /// <param name="scopes">See <see cref="Scopes"/>.</param>
    /// <param name="sources">See <see cref="SourceClaim"/>.</param>
    /// <param name="now">Start of the <see cref="Lifetime"/>.</param>
    public static string Create(byte[] secret, string keyId, IEnumerable<string> scopes, IEnumerable<string> sources, DateTimeOffset now) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            Subject = new ClaimsIdentity([
                new(JwtRegisteredClaimNames.Sub, keyId),
                .. scopes.Select(scope => new Claim(ScopeClaim, scope)),
                .. sources.Select(source => new Claim(SourceClaim, source))]),
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(secret), SecurityAlgorithms.HmacSha256),
        });

    /// <summary>The installation's secret from <c>Internal:Secret</c> (base64). Throws where it is missing or too short to be one.</summary>
    public static byte[] Secret(IConfiguration configuration)
    {
        var secret = Convert.FromBase64String(configuration["Internal:Secret"] ?? "");
        return secret.Length >= 32 ? secret : throw new InvalidOperationException(
            "Internal:Secret must be the installation's secret: at least 32 random bytes in base64, the same for all services (openssl rand -base64 32).");
    }

    /// <summary>For every service behind the gateway.</summary>
    public static void AddInternalToken(this WebApplicationBuilder builder)
    {
        var secret = Secret(builder.Configuration);
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = Issuer,
                ValidAudience = Audience,
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                IssuerSigningKey = new SymmetricSecurityKey(secret),
                ClockSkew = TimeSpan.FromSeconds(5),
            };
            options.Events = new JwtBearerEvents
            {
                OnMessageReceived = context =>
                {
                    context.Token = context.Request.Headers[Header];
                    if (string.IsNullOrEmpty(context.Token)) context.NoResult();
                    return Task.CompletedTask;
                },
            };
        });
    }
}
