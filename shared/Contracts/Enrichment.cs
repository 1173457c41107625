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
