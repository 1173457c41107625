using Marten;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

namespace Monitoring.Ingest.Sources;

/// <param name="Domain">What identifies it.</param>
/// <param name="Name">As a person says, else as its first article that named it.</param>
/// <param name="Country">ISO 3166-1 alpha-2; as a person says, else by its domain.</param>
/// <param name="Language">BCP 47; as a person says, else the one most of its articles declare.</param>
/// <param name="FirstSeen">When its first article came.</param>
/// <param name="State">normal, silent or flooding.</param>
public sealed record SourceAnswer(string Domain, string? Name, string? Country, string? Language, DateTimeOffset FirstSeen, SourceState State);

/// <summary>What is known of outlets: what their articles say, and what a person says, which goes first.</summary>
public sealed class SourceStore(IDocumentStore store, NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>What is older was not published now: an archive that is taken in makes no flood.</summary>
    static readonly TimeSpan News = TimeSpan.FromDays(2);

    /// <summary>The names are frozen.</summary>
    public static void MapEvents(StoreOptions options)
    {
        options.Events.MapEventType<SourceDescribed>("source_described");
        options.Events.MapEventType<SourceFellSilent>("source_fell_silent");
        options.Events.MapEventType<SourceFlooded>("source_flooded");
        options.Events.MapEventType<SourceRecovered>("source_recovered");
    }

    public static void AddTables(StoreOptions options)
    {
        var sources = new Table("ingest.sources");
        sources.AddColumn("domain", "text").AsPrimaryKey();
        sources.AddColumn("name", "text");
        sources.AddColumn("first_seen", "timestamptz").NotNull();
        sources.AddColumn("said_name", "text");
        sources.AddColumn("said_country", "text");
        sources.AddColumn("said_language", "text");
        // Null while all is well; else the alarm that stands, and which.
        sources.AddColumn("state", "text");
        sources.AddColumn<Guid>("alarm_id");

        var languages = new Table("ingest.source_languages");
        languages.AddColumn("domain", "text").AsPrimaryKey();
        languages.AddColumn("language", "text").AsPrimaryKey();
        languages.AddColumn<int>("articles").NotNull();

        var volume = new Table("ingest.source_volume");
        volume.AddColumn("domain", "text").AsPrimaryKey();
        volume.AddColumn("hour", "timestamptz").AsPrimaryKey();
        volume.AddColumn<int>("received").NotNull();

        // Hours in which Ingest ran: nobody is silent while nobody listens.
        var watched = new Table("ingest.watched_hours");
        watched.AddColumn("hour", "timestamptz").AsPrimaryKey();

        foreach (var table in new[] { sources, languages, volume, watched }) options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <summary>Adds to a batch what new articles tell about their outlets. Rows are in the order of their domains, as everywhere: nobody waits in a circle.</summary>
    public static void Learn(NpgsqlBatch batch, IEnumerable<ArticleContent> received, DateTimeOffset now)
    {
        var outlets = received.Where(article => article.Source?.Domain is not null).GroupBy(article => article.Source!.Domain!).OrderBy(articles => articles.Key, StringComparer.Ordinal).ToList();
        if (outlets.Count == 0) return;
        batch.BatchCommands.Add(new("""
            insert into ingest.sources (domain, name, first_seen) select domain, name, $3 from unnest($1, $2) as said (domain, name)
            on conflict (domain) do update set name = excluded.name where sources.name is null and excluded.name is not null
            """)
        {
            Parameters =
            {
                new() { Value = outlets.Select(articles => articles.Key).ToArray() },
                new() { Value = outlets.Select(articles => articles.Select(article => article.Source!.Name).FirstOrDefault(name => name is not null)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = now },
            },
        });
        var languages = outlets.SelectMany(articles => articles.Where(article => article.Language is not null)
            .CountBy(article => article.Language!.Split('-')[0].ToLowerInvariant()).OrderBy(language => language.Key, StringComparer.Ordinal).Select(language => (articles.Key, language))).ToList();
        if (languages.Count > 0)
            batch.BatchCommands.Add(new("""
                insert into ingest.source_languages (domain, language, articles) select * from unnest($1, $2, $3)
                on conflict (domain, language) do update set articles = source_languages.articles + excluded.articles
                """)
            {
                Parameters =
                {
                    new() { Value = languages.Select(row => row.Key).ToArray() },
                    new() { Value = languages.Select(row => row.language.Key).ToArray() },
                    new() { Value = languages.Select(row => row.language.Value).ToArray() },
                },
            });
        var news = outlets.Select(articles => (Domain: articles.Key, Count: articles.Count(article => article.Published is null || article.Published > now - News))).Where(outlet => outlet.Count > 0).ToList();
        batch.BatchCommands.Add(new("""
            insert into ingest.source_volume (domain, hour, received) select domain, date_trunc('hour', $3, 'UTC'), received from unnest($1, $2) as came (domain, received)
            on conflict (domain, hour) do update set received = source_volume.received + excluded.received
            """)
        {
            Parameters = { new() { Value = news.Select(outlet => outlet.Domain).ToArray() }, new() { Value = news.Select(outlet => outlet.Count).ToArray() }, new() { Value = now } },
        });
    }

    /// <summary>Null where nothing is known of it.</summary>
    public async Task<SourceAnswer?> FindAsync(string domain, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select coalesce(said_name, name), said_country, first_seen, state,
                coalesce(said_language, (select l.language from ingest.source_languages l where l.domain = s.domain order by l.articles desc, l.language limit 1))
            from ingest.sources s where domain = $1
            """);
        command.Parameters.Add(new() { Value = domain });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        return new SourceAnswer(domain, Text(0), Text(1) ?? Country.Of(domain), Text(4), reader.GetFieldValue<DateTimeOffset>(2), State(Text(3)));
    }

    internal static SourceState State(string? stored) => stored is null ? SourceState.Normal : Enum.Parse<SourceState>(stored);

    public async Task DescribeAsync(string domain, string? name, string? country, string? language, string by, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var session = store.LightweightSession();
        session.Events.Append(Ids.Source(domain), new SourceDescribed(domain, name, country, language, now, by));
        session.QueueSqlCommand("""
            insert into ingest.sources (domain, first_seen, said_name, said_country, said_language) values (?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''))
            on conflict (domain) do update set said_name = excluded.said_name, said_country = excluded.said_country, said_language = excluded.said_language
            """, domain, now, name ?? "", country ?? "", language ?? "");
        await session.SaveChangesAsync(cancellation);
    }
}
