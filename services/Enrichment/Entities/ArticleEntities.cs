using Monitoring.Contracts;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

public enum EntityType : byte { Person, Organisation, Place }

/// <summary>A stretch of tokens that is a name, and of what kind; who it is, is not decided yet.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index after its last token.</param>
/// <param name="Type">What kind of name.</param>
public readonly record struct NamedSpan(int First, int End, EntityType Type);

/// <summary>A name in the text, and whom it denotes.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index after its last token.</param>
/// <param name="Entity">Index into <see cref="ArticleEntities.Entities"/>.</param>
public readonly record struct Mention(int First, int End, int Entity);

/// <summary>Somebody or something that the article names.</summary>
/// <param name="Id"><c>ent:wd:{Wikidata id}</c> where known, else <c>ent:{type}:{slug}</c>.</param>
/// <param name="Name">The canonical name.</param>
/// <param name="Type">Person, organisation or place.</param>
/// <param name="Ambiguous">The name fits several, and the article does not tell which.</param>
public sealed record LinkedEntity(string Id, string Name, EntityType Type, bool Ambiguous = false);

/// <summary>Whom and what an article names, and where.</summary>
/// <param name="entities">In order of first mention.</param>
/// <param name="mentions">In order of the text, none overlapping another.</param>
public sealed class ArticleEntities(IReadOnlyList<LinkedEntity> entities, IReadOnlyList<Mention> mentions)
{
    public IReadOnlyList<LinkedEntity> Entities { get; } = entities;
    public IReadOnlyList<Mention> Mentions { get; } = mentions;

    /// <summary>Index into <see cref="Mentions"/> of the one that covers a token, or of the next one behind it with its bits inverted (~).</summary>
    public int At(int token)
    {
        var (low, high) = (0, Mentions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Mentions[middle].End <= token) low = middle + 1;
            else high = middle;
        }
        return low < Mentions.Count && Mentions[low].First <= token ? low : ~low;
    }

    public IReadOnlyList<Entity> ToContract(Document document)
    {
        var spans = Entities.Select(_ => new List<Span>()).ToArray();
        foreach (var mention in Mentions) spans[mention.Entity].Add(document.Span(document.Tokens[mention.First].Start, document.Tokens[mention.End - 1].End));
        return [.. Entities.Select((entity, i) => new Entity
        {
            Id = entity.Id,
            Name = entity.Name,
            Type = Name(entity.Type),
            Ambiguous = entity.Ambiguous,
            Mentions = spans[i],
        })];
    }

    static string Name(EntityType type) => type switch { EntityType.Person => "person", EntityType.Organisation => "organisation", _ => "place" };
}
