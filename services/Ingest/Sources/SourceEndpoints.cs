using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.RegularExpressions;
using Monitoring.Hosting;
using Monitoring.Ingest.Formats;
using Npgsql;

namespace Monitoring.Ingest.Sources;

/// <summary>What a person says about an outlet; what is absent is left to what its articles and its domain say.</summary>
/// <param name="Name">At most 300 characters.</param>
/// <param name="Country">ISO 3166-1 alpha-2, such as GB.</param>
/// <param name="Language">BCP 47 tag.</param>
public sealed record SourceInput(string? Name, string? Country, string? Language);

/// <param name="Id">Of the event.</param>
/// <param name="Source">Domain of the outlet.</param>
/// <param name="Kind">silent, flooding or recovered.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="Since">silent: the first hour without an article.</param>
/// <param name="Received">flooding: how many articles came within an hour.</param>
/// <param name="Expected">How many would have been usual.</param>
/// <param name="Chance">How likely that is by the outlet's profile of the last 28 days.</param>
/// <param name="Standing">Whether it is still so.</param>
public sealed record SourceAlarmItem(Guid Id, string Source, string Kind, DateTimeOffset At, DateTimeOffset? Since, int? Received, double? Expected, double? Chance, bool Standing);

/// <param name="Items">Newest first.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
public sealed record SourceAlarmList(IReadOnlyList<SourceAlarmItem> Items, string? Next);

/// <summary><c>/api/sources/{domain}</c> and <c>/api/sources/alarms</c></summary>
public static partial class SourceEndpoints
{
    const int MaxLimit = 200, MaxName = 300;

    public static void MapSources(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/sources").WithTags("Sources")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/alarms", AlarmsAsync).RequireAuthorization(Scopes.Query).WithName("list-source-alarms")
            .WithSummary("Outlets that fell silent, flood or recovered")
            .WithDescription("Measured against what each outlet published in the last 28 days, hour by hour; it takes a week to know one. standing=true leaves out what is over.");
        group.MapGet("/{domain}", async (string domain, SourceStore sources, CancellationToken cancellation) =>
                await sources.FindAsync(Domain(domain), cancellation) ?? throw new ProblemException(404, $"No article from {domain} has come in.", "domain"))
            .RequireAuthorization(Scopes.Query).WithName("get-source").WithSummary("An outlet: name, country and language where known").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{domain}", PutAsync).RequireAuthorization(Scopes.Admin).WithName("describe-source")
            .WithSummary("Say an outlet's name, country and language");
    }

    static async Task<SourceAnswer> PutAsync(string domain, SourceInput input, SourceStore sources, ClaimsPrincipal user, CancellationToken cancellation)
    {
        var (name, country, language) = (CleanText.Line(input.Name), CleanText.Line(input.Country)?.ToUpperInvariant(), CleanText.Line(input.Language));
        if (name?.Length > MaxName) throw new ProblemException(400, $"The name is longer than {MaxName} characters.", "name");
        if (country is not null && !Country.IsCode(country)) throw new ProblemException(400, "The country must be an ISO 3166 code such as GB.", "country");
        if (language is not null && !LanguageTag().IsMatch(language)) throw new ProblemException(400, "The language must be a BCP 47 tag such as en or pt-BR.", "language");
        var by = user.FindFirstValue("sub") ?? "unknown";
        await sources.DescribeAsync(Domain(domain), name, country, language, by, cancellation);
        return (await sources.FindAsync(Domain(domain), cancellation))!;
    }

    static string Domain(string given) => given.Length <= 253 && SubmissionChecks.IsDomain(given) ? given.ToLowerInvariant()
        : throw new ProblemException(400, "The domain must be a host name such as example.org.", "domain");

    /// <param name="database">Where events are.</param>
    /// <param name="standing">Only those that are still so.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="cursor">next of the page before.</param>
    /// <param name="cancellation">Ends with the request.</param>
    static Task<SourceAlarmList> AlarmsAsync(
        NpgsqlDataSource database, bool standing = false, int limit = 50, string? cursor = null, CancellationToken cancellation = default) =>
        limit is < 1 or > MaxLimit ? throw new ProblemException(400, $"limit must lie between 1 and {MaxLimit}.", "limit") : ListAlarmsAsync(database, standing, limit, cursor, cancellation);

    public static async Task<SourceAlarmList> ListAlarmsAsync(NpgsqlDataSource database, bool standing, int limit, string? cursor, CancellationToken cancellation)
    {
        var before = Cursor.Read(cursor) is not { } last ? long.MaxValue
            : long.TryParse(last.Key, CultureInfo.InvariantCulture, out var sequence) ? sequence : throw Cursor.Invalid();
        await using var command = database.CreateCommand($"""
            select e.seq_id, e.id, e.type, e.data::text, s.alarm_id is not null
            from ingest.mt_events e {(standing ? "" : "left ")}join ingest.sources s on s.alarm_id = e.id
            where e.type in ('source_fell_silent', 'source_flooded', 'source_recovered') and e.seq_id < $1 order by e.seq_id desc limit {limit + 1}
            """);
        command.Parameters.Add(new() { Value = before });
        var items = new List<(long Sequence, SourceAlarmItem Item)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (json, now) = (reader.GetString(3), reader.GetBoolean(4));
            items.Add((reader.GetInt64(0), Item(reader.GetGuid(1), now, reader.GetString(2) switch
            {
                "source_fell_silent" => JsonSerializer.Deserialize<SourceFellSilent>(json, Json.Options)!,
                "source_flooded" => JsonSerializer.Deserialize<SourceFlooded>(json, Json.Options)!,
                _ => JsonSerializer.Deserialize<SourceRecovered>(json, Json.Options)!,
            })));
        }
        var next = items.Count > limit ? Cursor.Write(items[limit - 1].Sequence.ToString(CultureInfo.InvariantCulture), "") : null;
        return new SourceAlarmList([.. items.Take(limit).Select(item => item.Item)], next);
    }

    static SourceAlarmItem Item(Guid id, bool standing, object alarm) => alarm switch
    {
        SourceFellSilent silent => new(id, silent.Domain, SourceWatch.Kind(alarm), silent.At, silent.Since, null, silent.Expected, silent.Chance, standing),
        SourceFlooded flooded => new(id, flooded.Domain, SourceWatch.Kind(alarm), flooded.At, null, flooded.Received, flooded.Expected, flooded.Chance, standing),
        SourceRecovered recovered => new(id, recovered.Domain, SourceWatch.Kind(alarm), recovered.At, null, null, null, null, standing),
        _ => throw new ArgumentOutOfRangeException(nameof(alarm)),
    };

    [GeneratedRegex("^(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
