using System.Globalization;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.Query.Values;
using Npgsql;
using static Monitoring.ReadModels.ReadModelStore;

namespace Monitoring.Query.Quotes;

/// <param name="Id">Of the entity; absent where the speaker is none ("a resident").</param>
/// <param name="Name">Canonical name of the entity, else the words that name the speaker.</param>
public sealed record QuoteSpeaker(string? Id, string Name);

/// <param name="Id">The article it is in.</param>
/// <param name="Title">Its title.</param>
/// <param name="Url">Its address.</param>
/// <param name="Source">Its outlet.</param>
/// <param name="Published">When the publisher says it was published.</param>
public sealed record QuotedIn(Guid Id, string? Title, string? Url, Source? Source, DateTimeOffset? Published);

/// <param name="Text">What was said.</param>
/// <param name="Direct">In quotation marks; else reported speech.</param>
/// <param name="Cue">The words that introduce it, for example said.</param>
/// <param name="Speaker">Absent where the article does not tell.</param>
/// <param name="About">Entities that are named in it, other than its speaker.</param>
/// <param name="Article">Where it stands.</param>
/// <param name="Start">UTF-16 offset of the first character in title + "\n" + body.</param>
/// <param name="End">UTF-16 offset after the last character.</param>
public sealed record QuoteItem(string Text, bool Direct, string? Cue, QuoteSpeaker? Speaker, IReadOnlyList<NamedValue> About, QuotedIn Article, int Start, int End);

/// <summary>What quotations are narrowed down to: values of one kind are alternatives, different kinds must all be met; empty means any.</summary>
/// <param name="Speakers">Ids of entities, or folded names of speakers who are none.</param>
/// <param name="About">Ids of entities.</param>
/// <param name="Sources">Ids of outlets.</param>
/// <param name="Topics">Ids of topics.</param>
/// <param name="Direct">In quotation marks or not.</param>
/// <param name="From">Of articles dated from then on.</param>
/// <param name="To">Of articles dated before.</param>
public sealed record QuoteFilter(
    string[] Speakers, string[] About, string[] Sources, string[] Topics, bool? Direct = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Where a page of quotations ends.</summary>
public readonly record struct QuotePosition(DateTimeOffset Dated, Guid Article, int Position)
{
    public string ToCursor() => Cursor.Write(Dated.ToString("O", CultureInfo.InvariantCulture), $"{Article} {Position}");

    /// <exception cref="ProblemException">400: it is no cursor.</exception>
    public static QuotePosition? Read(string? cursor)
    {
        if (Cursor.Read(cursor) is not { } last) return null;
        return DateTimeOffset.TryParseExact(last.Key, "O", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var dated)
            && last.Id.Split(' ') is [var id, var number] && Guid.TryParse(id, out var article) && int.TryParse(number, CultureInfo.InvariantCulture, out var position)
            ? new QuotePosition(dated, article, position) : throw Cursor.Invalid();
    }
}

/// <summary>The newest quotations that meet a filter.</summary>
sealed class QuoteSearch(NpgsqlDataSource database)
{
    const string Table = ReadModels.Quotes.TableName;
    const string NewestFirst = "order by q.dated desc, q.article_id desc, q.position desc";

    /// <param name="filter">What is asked for.</param>
    /// <param name="after">Only what follows it.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Newest first, those of one article in the order of the text; each with where it stands.</returns>
    public async Task<IReadOnlyList<(QuotePosition Position, QuoteItem Quote)>> NewestAsync(QuoteFilter filter, QuotePosition? after, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand();
        command.CommandText = Sql(filter, after, limit, command.Parameters);
        var quotes = new List<(QuotePosition, QuoteItem)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            quotes.Add((new QuotePosition(reader.GetFieldValue<DateTimeOffset>(0), reader.GetGuid(1), reader.GetInt32(2)), new QuoteItem(
                reader.GetString(3), reader.GetBoolean(4), Present(reader.GetString(5)),
                Present(reader.GetString(7)) is { } speaker ? new QuoteSpeaker(Present(reader.GetString(6)), speaker) : null,
                [.. reader.GetFieldValue<string[]>(8).Zip(reader.GetFieldValue<string[]>(9), (id, name) => new NamedValue(id, name))],
                new QuotedIn(
                    reader.GetGuid(1), reader.IsDBNull(10) ? null : reader.GetString(10), reader.IsDBNull(11) ? null : reader.GetString(11),
                    reader.IsDBNull(12) ? null : JsonSerializer.Deserialize<Source>(reader.GetString(12), Json.Options),
                    reader.IsDBNull(13) ? null : reader.GetFieldValue<DateTimeOffset>(13)),
                reader.GetInt32(14), reader.GetInt32(15))));
        return quotes;
    }

    /// <summary>The first few.</summary>
    public async Task<IReadOnlyList<QuoteItem>> NewestAsync(QuoteFilter filter, int limit, CancellationToken cancellation) =>
        [.. (await NewestAsync(filter, null, limit, cancellation)).Select(found => found.Quote)];

    static string Sql(QuoteFilter filter, QuotePosition? after, int limit, NpgsqlParameterCollection parameters)
    {
        var conditions = new List<string> { "true" };
        if (filter.About.Length > 0) conditions.Add($"q.about && {Parameter(filter.About)}");
        if (filter.Topics.Length > 0) conditions.Add($"q.topics && {Parameter(filter.Topics)}");
        if (filter.Sources is [var source]) conditions.Add($"q.source = {Parameter(source)}");
        else if (filter.Sources.Length > 0) conditions.Add($"q.source = any ({Parameter(filter.Sources)})");
        if (filter.Direct is { } direct) conditions.Add($"q.direct = {Parameter(direct)}");
        if (filter.From is { } from) conditions.Add($"q.dated >= {Parameter(from)}");
        if (filter.To is { } to) conditions.Add($"q.dated < {Parameter(to)}");
        if (after is { } last) conditions.Add($"(q.dated, q.article_id, q.position) < ({Parameter(last.Dated)}, {Parameter(last.Article)}, {Parameter(last.Position)})");
        var where = string.Join(" and ", conditions);
        // The newest of each speaker from the index: by = any () PostgreSQL would read and sort all that they ever said.
        var found = filter.Speakers.Length == 0 ? $"select q.* from {Table} q where {where} {NewestFirst} limit {limit}"
            : $"""
                select q.* from unnest({Parameter(filter.Speakers)}::text[]) s (speaker) cross join lateral (
                    select q.* from {Table} q where q.speaker = s.speaker and {where} {NewestFirst} limit {limit}) q {NewestFirst} limit {limit}
                """;
        return $"""
            select q.dated, q.article_id, q.position, q.text, q.direct, q.cue, q.speaker_id, q.speaker_name, q.about,
                array(select coalesce(e.name, a.id) from unnest(q.about) with ordinality a (id, n) left join {Schema}.entity e on e.id = a.id order by a.n),
                d.title, d.url, d.source::text, d.published, q.starts, q.ends
            from ({found}) q join {Schema}.mt_doc_article doc on doc.id = q.article_id
            cross join lateral jsonb_to_record(doc.data) d (title text, url text, source jsonb, published timestamptz)
            {NewestFirst}
            """;

        string Parameter(object value)
        {
            parameters.AddWithValue(value);
            return $"${parameters.Count}";
        }
    }

    static string? Present(string text) => text.Length > 0 ? text : null;
}
