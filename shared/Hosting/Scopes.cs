using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Monitoring.Hosting;

/// <summary>What a key may do. <c>admin</c> may do everything.</summary>
public static class Scopes
{
    public const string Ingest = "ingest";
    public const string Query = "query";
    public const string Alerts = "alerts";
    public const string Admin = "admin";

    public static readonly string[] All = [Ingest, Query, Alerts, Admin];

    /// <summary>A policy for each scope; a route that names none still wants an identity.</summary>
    internal static void AddScopes(this WebApplicationBuilder builder)
    {
        var authorization = builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var scope in All)
            authorization.AddPolicy(scope, policy => policy.RequireClaim(InternalToken.ScopeClaim, scope, Admin));
    }
}
