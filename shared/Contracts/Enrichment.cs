using System.Text.Json.Serialization;

namespace Monitoring.Contracts;

/// <summary>What Enrichment found in one revision of an article. The same article and model always give the same enrichment.</summary>
public sealed record Enrichment
{
    /// <summary><c>{semver}+{hash over rules and knowledge}</c>: which files decided.</summary>
    public required string Model { get; init; }

    /// <summary>Raised by an operator; of two enrichments of one revision the higher generation counts.</summary>
    public required int ModelGeneration { get; init; }

    public required Language Language { get; init; }

    /// <summary>Highest score first; those found in the text, each with the broader ones that follow from it.</summary>
    public IReadOnlyList<Topic> Topics { get; init; } = [];

    /// <summary>In order of first mention.</summary>
    public IReadOnlyList<Entity> Entities { get; init; } = [];

    /// <summary>In order of the text.</summary>
    public IReadOnlyList<Quote> Quotes { get; init; } = [];

    /// <summary>Whom the article itself names as its source, in order of the text.</summary>
    public IReadOnlyList<CitedSource> CitedSources { get; init; } = [];

    public IReadOnlyList<Amount> Amounts { get; init; } = [];
    public IReadOnlyList<DateReference> Dates { get; init; } = [];

    /// <summary>Most telling first, at most ten.</summary>
    public IReadOnlyList<string> Keyphrases { get; init; } = [];

    /// <summary>The first sentences, at most three, for previews.</summary>
    public string? Lead { get; init; }

    /// <summary>
    /// MinHash of the word triples, 128 values of 16 bits (big-endian) in Base64: the share of equal values estimates the Jaccard
    /// similarity of two texts. Absent where the text has fewer than three words.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>The stages that do not know the article's language and were left out, for example <c>quotes</c>.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];
}

/// <param name="Code">ISO 639-1 (639-3 where there is none), <c>und</c> when it cannot be told.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record Language(string Code, double Confidence);

/// <summary>A subject of the article, in IPTC Media Topics.</summary>
public sealed record Topic
{
    /// <summary>For example <c>medtop:20000073</c>.</summary>
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Above 0, below 1; grows with the weight of the evidence.</summary>
    public required double Score { get; init; }

    /// <summary>The topics above this one, nearest first: whoever follows one of them follows this topic too.</summary>
    public IReadOnlyList<BroaderTopic> Broader { get; init; } = [];

    /// <summary>The words that decided.</summary>
    public IReadOnlyList<Span> Evidence { get; init; } = [];
}

public sealed record BroaderTopic(string Id, string Name);

/// <summary>A person, organisation or place that the article names.</summary>
public sealed record Entity
{
    /// <summary><c>ent:wd:{Wikidata id}</c> where known, else <c>ent:{type}:{slug}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The canonical name, which may differ from how the article writes it.</summary>
    public required string Name { get; init; }

    /// <summary><c>person</c>, <c>organisation</c> or <c>place</c>.</summary>
    public required string Type { get; init; }

    /// <summary>True where the name fits several entities and the article does not tell which.</summary>
    public bool Ambiguous { get; init; }

    public IReadOnlyList<Span> Mentions { get; init; } = [];
}

/// <summary>A stretch of the text <c>title + "\n" + body</c>.</summary>
/// <param name="Start">UTF-16 offset of the first character.</param>
/// <param name="End">UTF-16 offset after the last character.</param>
/// <param name="Text">The characters themselves.</param>
public sealed record Span(int Start, int End, string Text);

/// <summary>What somebody is quoted or reported to have said.</summary>
public sealed record Quote
{
    /// <summary>UTF-16 offsets into <c>title + "\n" + body</c>, as everywhere. A direct quote's are those between its quotation marks.</summary>
    public required int Start { get; init; }
    public required int End { get; init; }
    public required string Text { get; init; }

    /// <summary>In quotation marks; else reported speech.</summary>
    public required bool Direct { get; init; }

    /// <summary>Null where the article does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Speaker? Speaker { get; init; }

    /// <summary>The words that introduce it, for example <c>said</c> or <c>according to</c>.</summary>
    public string? Cue { get; init; }
}

/// <param name="Id">Of the entity; absent where the speaker is none ("a resident").</param>
/// <param name="Name">Canonical name of the entity, else the words that name the speaker.</param>
/// <param name="Start">Where the quotation names the speaker, be it by a pronoun.</param>
/// <param name="End">After the last character.</param>
public sealed record Speaker(string? Id, string Name, int Start, int End);

/// <summary>An outlet, agency, organisation, person or document that the article names as the source of what it tells.</summary>
public sealed record CitedSource
{
    /// <summary>Of the entity where it is one; <c>host:{host name}</c> for an address; <c>anonymous:{slug}</c> for unnamed ones.</summary>
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>No name is given: "officials", "a source close to the talks".</summary>
    public required bool Anonymous { get; init; }

    /// <summary>The words that make it a source, for example <c>citing</c>.</summary>
    public required string Cue { get; init; }

    /// <summary>Where the source is named.</summary>
    public required int Start { get; init; }
    public required int End { get; init; }
}

/// <summary>An amount of money.</summary>
/// <param name="Start">UTF-16 offset.</param>
/// <param name="End">After the last character.</param>
/// <param name="Text">As written: <c>6.7 billion Danish kroner</c>.</param>
/// <param name="Value">In units of the currency: 6700000000.</param>
/// <param name="Currency">ISO 4217: <c>DKK</c>.</param>
/// <param name="To">Upper end of a range; absent otherwise.</param>
public sealed record Amount(int Start, int End, string Text, decimal Value, string Currency, decimal? To = null);

/// <summary>A date or period the text names.</summary>
/// <param name="Start">UTF-16 offset.</param>
/// <param name="End">After the last character.</param>
/// <param name="Text">As written: <c>Over the weekend, March 30</c>.</param>
/// <param name="Value">ISO 8601: a day (2025-03-30), month (2025-03), year (2025) or interval (2025-03-29/2025-03-30).</param>
public sealed record DateReference(int Start, int End, string Text, string Value);
