using Microsoft.AspNetCore.Authentication;
using Monitoring.Gateway;
using Monitoring.Gateway.Docs;
using Monitoring.Gateway.Keys;
using Monitoring.Gateway.Routing;
using Monitoring.Hosting;

return await Service.RunAsync("gateway", args,
    builder =>
    {
        builder.AddPooledDatabase("gateway");
        builder.Services.AddMemoryCache(cache => cache.SizeLimit = 100_000);
        builder.Services.AddSingleton<KeyStore>();
        builder.Services.AddHostedService(services => services.GetRequiredService<KeyStore>());
        builder.Services.AddSingleton<FailedGuesses>();
        builder.Services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        builder.AddLimits();
        builder.AddProxy();
        builder.Services.AddSingleton<ApiMerger>();
        builder.Services.AddHttpClient(ServicesCheck.Client, client => client.Timeout = TimeSpan.FromSeconds(5));
        builder.Services.AddHealthChecks().AddCheck<ServicesCheck>("services", tags: [Health.Ready]);
    },
    app =>
    {
        app.UseRateLimiter();
        app.UseSizeLimits();
        app.MapReadiness().AllowAnonymous();
        app.MapDocs();
        app.MapKeys();
        app.MapProxy();
    });
