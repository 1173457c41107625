using System.Globalization;
using Marten;
using Monitoring.Hosting;

namespace Monitoring.Alerts.Alerts;

/// <param name="Items">Newest first.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
public sealed record AlertList(IReadOnlyList<Alert> Items, string? Next);

/// <summary><c>GET /api/alerts</c> and <c>/api/alerts/{id}</c>: what was raised, why, and what became of its delivery.</summary>
public static class AlertEndpoints
{
    const int MaxLimit = 200;

    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/alerts").RequireAuthorization(Scopes.Alerts).WithTags("Alerts")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("", ListAsync).WithName("list-alerts").WithSummary("Alerts, newest first").ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{id:guid}", async (Guid id, IDocumentStore store, CancellationToken cancellation) =>
            {
                await using var session = store.QuerySession();
                return await session.LoadAsync<Alert>(id, cancellation) ?? throw new ProblemException(404, $"No alert {id} is known here.", "id");
            })
            .WithName("get-alert").WithSummary("An alert with its reasons and its delivery").ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <param name="store">The alerts.</param>
    /// <param name="subscription">Of this subscription only.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="cursor">next of the page before.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static async Task<AlertList> ListAsync(
        IDocumentStore store, Guid? subscription, int limit = 50, string? cursor = null, CancellationToken cancellation = default)
    {
        if (limit is < 1 or > MaxLimit) throw new ProblemException(400, $"limit must lie between 1 and {MaxLimit}.", "limit");
        var conditions = new List<string> { "true" };
        var parameters = new List<object>();
        if (subscription is { } only) Add("d.subscriptionid = ?", only);
        if (Cursor.Read(cursor) is { } last)
        {
            if (!DateTimeOffset.TryParseExact(last.Key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var raised) || !Guid.TryParse(last.Id, out var id))
                throw Cursor.Invalid();
            Add("(d.raised, d.id) < (?, ?)", raised, id);
        }
        await using var session = store.QuerySession();
        var alerts = await session.QueryAsync<Alert>(
            $"where {string.Join(" and ", conditions)} order by d.raised desc, d.id desc limit {limit + 1}", cancellation, [.. parameters]);
        var page = alerts.Take(limit).ToList();
        return new AlertList(page, alerts.Count > limit ? Cursor.Write(page[^1].Raised.ToString("O", CultureInfo.InvariantCulture), page[^1].Id.ToString()) : null);

        void Add(string condition, params object[] values)
        {
            conditions.Add(condition);
            parameters.AddRange(values);
        }
    }
}
