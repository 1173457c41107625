namespace Monitoring.Ingest.Feeds.WebSub;

/// <summary>The parts of this folder. A <see cref="TakeHubContent"/> and an <see cref="Monitoring.Hosting.Outbound"/> are needed beside them.</summary>
public static class WebSubSetup
{
    public static void AddWebSub(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PublicAddress>();
        builder.Services.AddSingleton<HubClient>();
        builder.Services.AddSingleton<HubStore>();
        builder.Services.AddSingleton<HubRenewal>();
        builder.Services.AddHostedService(services => services.GetRequiredService<HubRenewal>());
    }

    public static void MapWebSub(this IEndpointRouteBuilder app) => app.MapHubs();
}
