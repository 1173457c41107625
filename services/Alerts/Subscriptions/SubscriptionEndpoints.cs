using System.Security.Claims;
using Monitoring.Alerts.Delivery;
using Monitoring.Hosting;

namespace Monitoring.Alerts.Subscriptions;

/// <param name="Url">Absolute http or https address, on the public internet.</param>
/// <param name="Secret"><c>whsec_</c> and 24 to 64 bytes in base64; made where absent.</param>
public sealed record WebhookInput(string? Url, string? Secret);

/// <param name="Name">For people, at most 200 characters.</param>
/// <param name="Topics">Names or Media Topics codes; any of them.</param>
/// <param name="Entities">Names, other names or ids; any of them.</param>
/// <param name="Sources">Domains or names of outlets; any of them.</param>
/// <param name="Webhook">Where alerts are posted. Without one they are in /api/alerts and /api/alerts/stream only.</param>
public sealed record SubscriptionInput(
    string? Name, IReadOnlyList<string>? Topics, IReadOnlyList<string>? Entities, IReadOnlyList<string>? Sources, WebhookInput? Webhook);

/// <param name="Url">Where alerts are posted.</param>
/// <param name="Secret">Said once, in the answer to the creation.</param>
public sealed record WebhookAnswer(string Url, string? Secret);

/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Topics">Any of these topics, and</param>
/// <param name="Entities">any of these entities, and</param>
/// <param name="Sources">any of these sources.</param>
/// <param name="Webhook">Where alerts are posted.</param>
/// <param name="Status">active or disabled.</param>
/// <param name="Reason">Why it is disabled.</param>
/// <param name="Created">When it was created.</param>
public sealed record SubscriptionAnswer(
    Guid Id, string? Name, IReadOnlyList<string> Topics, IReadOnlyList<string> Entities, IReadOnlyList<string> Sources,
    WebhookAnswer? Webhook, SubscriptionStatus Status, string? Reason, DateTimeOffset Created);

/// <param name="Items">Oldest first.</param>
public sealed record SubscriptionList(IReadOnlyList<SubscriptionAnswer> Items);

/// <summary><c>/api/subscriptions</c></summary>
public static class SubscriptionEndpoints
{
    const int MaxValues = 100, MaxLength = 300, MaxName = 200;

    public static void MapSubscriptions(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/subscriptions").RequireAuthorization(Scopes.Alerts).WithTags("Subscriptions")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("", CreateAsync).WithName("create-subscription")
            .WithSummary("Subscribe to topics, entities or sources")
            .WithDescription("The answer is the only one that says the webhook's secret. From it on, every article that comes in is checked.")
            .Produces<SubscriptionAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("", async (SubscriptionStore store, CancellationToken cancellation) =>
                new SubscriptionList([.. (await store.AllAsync(cancellation)).Select(subscription => Answer(subscription))]))
            .WithName("list-subscriptions").WithSummary("All subscriptions");
        group.MapGet("/{id:guid}", async (Guid id, SubscriptionStore store, CancellationToken cancellation) =>
                Answer(await store.FindAsync(id, cancellation) ?? throw NotFound(id)))
            .WithName("get-subscription").WithSummary("A subscription").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id:guid}", async (Guid id, SubscriptionStore store, TimeProvider time, ClaimsPrincipal user, CancellationToken cancellation) =>
                await store.DeleteAsync(id, new SubscriptionDeleted(time.GetUtcNow(), By(user)), cancellation) ? TypedResults.NoContent() : throw NotFound(id))
            .WithName("delete-subscription").WithSummary("End a subscription; its alerts stay").ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> CreateAsync(
        SubscriptionInput input, SubscriptionStore store, Outbound outbound, TimeProvider time, ClaimsPrincipal user, CancellationToken cancellation)
    {
        var name = string.IsNullOrWhiteSpace(input.Name) ? null : input.Name.Trim();
        if (name?.Length > MaxName) throw new ProblemException(400, $"The name is longer than {MaxName} characters.", "name");
        var interests = new Interests(Values(input.Topics, "topics"), Values(input.Entities, "entities"), Values(input.Sources, "sources"));
        if (interests is { Topics: [], Entities: [], Sources: [] })
            throw new ProblemException(400, "A subscription needs a topic, an entity or a source.", "topics");
        var webhook = input.Webhook is null ? null : await WebhookAsync(input.Webhook, outbound, cancellation);

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var created = new SubscriptionCreated(name, interests, webhook, time.GetUtcNow(), By(user));
        await store.CreateAsync(id, created, cancellation);
        return TypedResults.Created($"/api/subscriptions/{id}", Answer(Subscription.After(null, id, created)!, webhook?.Secret));
    }

    static async Task<Webhook> WebhookAsync(WebhookInput input, Outbound outbound, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(input.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || input.Url!.Length > 2048)
            throw new ProblemException(400, "The webhook needs an absolute http or https address without credentials.", "webhook.url");
        if (await outbound.RefusesAsync(url, cancellation))
            throw new ProblemException(400, $"{url.Host} is not on the public internet, and no operator has allowed it.", "webhook.url");
        if (input.Secret is not null && !WebhookSignature.IsSecret(input.Secret))
            throw new ProblemException(400, "The secret must be whsec_ and 24 to 64 bytes in base64.", "webhook.secret");
        return new Webhook(url.AbsoluteUri, input.Secret ?? WebhookSignature.NewSecret());
    }

    static string[] Values(IReadOnlyList<string>? given, string field)
    {
        var values = given?.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value.Trim()).Distinct().ToArray() ?? [];
        if (values.Length > MaxValues) throw new ProblemException(400, $"At most {MaxValues} {field} are taken.", field);
        return values.All(value => value.Length <= MaxLength) ? values
            : throw new ProblemException(400, $"One of the {field} is longer than {MaxLength} characters.", field);
    }

    static SubscriptionAnswer Answer(Subscription subscription, string? secret = null) => new(
        subscription.Id, subscription.Name, subscription.Interests.Topics, subscription.Interests.Entities, subscription.Interests.Sources,
        subscription.Webhook is { } webhook ? new WebhookAnswer(webhook.Url, secret) : null,
        subscription.Status, subscription.Reason, subscription.Created);

    static string By(ClaimsPrincipal user) => user.FindFirstValue("sub") ?? "unknown";

    static ProblemException NotFound(Guid id) => new(404, $"No subscription {id} is known here.", "id");
}
