using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities;

/// <summary>
/// Names become entities: the tagger's and the gazetteer's names are merged, names of the same person, organisation or place are
/// brought together within the article, and each gets the id that the knowledge files have for it, or one of its fullest name.
/// </summary>
public sealed class EntityLinker
{
    readonly Gazetteer gazetteer;
    readonly GovernmentBodies bodies;
    readonly Titles titles;
    readonly FirstNames firstNames;
    readonly Disambiguation disambiguation;

    public EntityLinker(Knowledge knowledge)
    {
        gazetteer = new Gazetteer(knowledge);
        bodies = new GovernmentBodies(knowledge);
        titles = new Titles(knowledge);
        firstNames = new FirstNames(knowledge);
        disambiguation = new Disambiguation(knowledge, firstNames);
    }

    /// <param name="document">The article.</param>
    /// <param name="tagged">Names by context, in order; none where the tagger does not know the language.</param>
    /// <param name="english">Whether patterns of English names apply.</param>
    public ArticleEntities Link(Document document, IReadOnlyList<NamedSpan> tagged, bool english)
    {
        var known = gazetteer.Find(document);
        if (english) known.AddRange(bodies.Find(document));
        var names = RepeatedNames.Add(document, ArticleNames.Merge(document, tagged, known, titles, gazetteer), titles);
        var persons = new PersonNames(document, titles, firstNames).Cluster(names);
        var organisations = new OrganisationNames(document).Cluster(names);
        return Entities(document, names, Clusters(document, names, persons, organisations));
    }

    /// <summary>One number for all names of an entity, by index of the name.</summary>
    static int[] Clusters(Document document, List<Name> names, int[] persons, int[] organisations)
    {
        var clusters = new int[names.Count];
        var numbers = new Dictionary<(EntityType, ulong), int>();
        for (var i = 0; i < names.Count; i++)
        {
            var key = names[i].Type switch
            {
                EntityType.Person => (ulong)persons[i],
                EntityType.Organisation => (ulong)organisations[i],
                _ => PlaceKey(document, names[i]),
            };
            if (!numbers.TryGetValue((names[i].Type, key), out clusters[i])) numbers.Add((names[i].Type, key), clusters[i] = numbers.Count);
        }
        return clusters;
    }

    static ulong PlaceKey(Document document, Name name)
    {
        var hash = WordHash.Seed;
        for (var i = name.First; i < name.End; i++)
            if (document.Tokens[i].IsWord) hash = WordHash.Join(NameKey.Of(document[document.Tokens[i]]), hash);
        return hash;
    }

    ArticleEntities Entities(Document document, List<Name> names, int[] clusters)
    {
        var entities = disambiguation.Resolve(document, names, clusters);
        var indices = new Dictionary<string, int>();
        var linked = new List<LinkedEntity>();
        var mentions = new List<Mention>(names.Count);
        for (var i = 0; i < names.Count; i++)
        {
            var entity = entities[clusters[i]];
            if (!indices.TryGetValue(entity.Id, out var index))
            {
                indices.Add(entity.Id, index = linked.Count);
                linked.Add(entity);
            }
            mentions.Add(new Mention(names[i].First, names[i].End, index));
        }
        return new ArticleEntities(linked, mentions);
    }
}
