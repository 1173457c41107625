using Monitoring.Hosting;

namespace Monitoring.Projection.Rebuild;

public static class RebuildEndpoints
{
    public static void MapRebuild(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/rebuild", async (RebuildReadModels rebuild, CancellationToken cancellation) =>
            {
                rebuild.Start();
                return TypedResults.Accepted("/api/rebuild", await rebuild.ProgressAsync(cancellation));
            })
            .RequireAuthorization(Scopes.Admin).WithTags("Operation").WithName("start-rebuild")
            .WithSummary("Make all read models anew from the journal")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);

        app.MapGet("/api/rebuild", (RebuildReadModels rebuild, CancellationToken cancellation) => rebuild.ProgressAsync(cancellation))
            .RequireAuthorization(Scopes.Admin).WithTags("Operation").WithName("rebuild-progress")
            .WithSummary("How far the rebuild is")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
    }
}
