using Monitoring.Hosting;

namespace Monitoring.Gateway.Keys;

/// <param name="Name">For people, at most 200 characters.</param>
/// <param name="Scopes">ingest, query, alerts, admin.</param>
/// <param name="Sources">Domains it may submit and withdraw for; none means all.</param>
/// <param name="Rate">Requests per second, 1 to 100,000; the installation's default where absent.</param>
/// <param name="Expires">When it ends by itself.</param>
public sealed record KeyInput(string? Name, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? Sources, int? Rate, DateTimeOffset? Expires);

/// <param name="Id">The part that may be shown.</param>
/// <param name="Key">The whole key; said once, in the answer to its creation.</param>
/// <param name="Name">For people.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Sources">For which sources; none means all.</param>
/// <param name="Rate">Requests per second.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends by itself.</param>
/// <param name="Revoked">When it was ended.</param>
public sealed record KeyAnswer(
    string Id, string? Key, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> Sources, int? Rate,
    DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? Revoked);

/// <param name="Items">Oldest first.</param>
public sealed record KeyList(IReadOnlyList<KeyAnswer> Items);

/// <summary><c>/api/keys</c></summary>
public static class KeyEndpoints
{
    const int MaxName = 200, MaxSources = 1_000, MaxRate = 100_000;

    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/keys").RequireAuthorization(Scopes.Admin).WithTags("Keys")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("", CreateAsync).WithName("create-key").WithSummary("Make a key")
            .WithDescription("The answer is the only one that says the key.")
            .Produces<KeyAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("", async (KeyStore keys, CancellationToken cancellation) => new KeyList([.. (await keys.AllAsync(cancellation)).Select(key => Answer(key))]))
            .WithName("list-keys").WithSummary("All keys, without their secrets");
        group.MapDelete("/{id}", async (string id, KeyStore keys, CancellationToken cancellation) =>
                await keys.RevokeAsync(id, cancellation) ? TypedResults.NoContent() : throw new ProblemException(404, $"No valid key {id} is known here.", "id"))
            .WithName("revoke-key").WithSummary("End a key").ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> CreateAsync(KeyInput input, KeyStore keys, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (string.IsNullOrWhiteSpace(input.Name) || input.Name.Length > MaxName) throw new ProblemException(400, $"A key needs a name of at most {MaxName} characters.", "name");
        if (input.Scopes is not { Count: > 0 } scopes || scopes.Any(scope => !Scopes.All.Contains(scope)))
            throw new ProblemException(400, $"A key needs scopes out of {string.Join(", ", Scopes.All)}.", "scopes");
        if (input.Sources?.Count > MaxSources || input.Sources?.Any(string.IsNullOrWhiteSpace) == true) throw new ProblemException(400, $"At most {MaxSources} sources, none of them empty.", "sources");
        if (input.Rate is < 1 or > MaxRate) throw new ProblemException(400, $"The rate must lie between 1 and {MaxRate} requests per second.", "rate");
        if (input.Expires <= now) throw new ProblemException(400, "The key would have expired already.", "expires");

        var text = KeyText.New();
        var key = new ApiKey(text.Id, text.Hash(), input.Name.Trim(), [.. scopes.Distinct()], [.. (input.Sources ?? []).Select(source => source.Trim().ToLowerInvariant())],
            input.Rate, now, input.Expires, null);
        await keys.AddAsync(key, cancellation);
        return TypedResults.Created($"/api/keys/{key.Id}", Answer(key, text.ToString()));
    }

    static KeyAnswer Answer(ApiKey key, string? text = null) =>
        new(key.Id, text, key.Name, key.Scopes, key.Sources, key.Rate, key.Created, key.Expires, key.Revoked);
}
