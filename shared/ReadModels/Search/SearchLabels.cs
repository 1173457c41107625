using Marten;
using Monitoring.QueryLanguage;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Monitoring.ReadModels.Search;

/// <summary>
/// What an article is labelled with, apart from its words: <c>topic:medtop:20000073</c>, <c>person:ent:wd:Q22686</c>,
/// <c>source:gazette.example</c>, <c>language:en</c>, <c>cites:nbc news</c>, <c>story:…</c>. Each has a number, so that a row of the
/// search table stays narrow: at 10,000 hits counting the labels took 80 ms with their names and a fifth of that with numbers.
/// </summary>
public static class SearchLabels
{
    public const string TableName = $"{ReadModelStore.Schema}.search_label";

    public const string Topic = "topic", Person = "person", Organisation = "organisation", Place = "place", Source = "source", Language = "language", Cites = "cites", Story = "story";

    /// <summary>The kinds of label that are entities.</summary>
    public static readonly IReadOnlyList<string> Entities = [Person, Organisation, Place];

    /// <summary>All kinds. Their order never changes: the last three bits of a label's number are its kind's place here.</summary>
    public static readonly IReadOnlyList<string> Kinds = [Topic, Person, Organisation, Place, Source, Language, Cites, Story];

    const string Numbers = $"{ReadModelStore.Schema}.search_label_number";

    internal static void AddTable(StoreOptions options)
    {
        var labels = new Table(TableName);
        labels.AddColumn("name", "text").AsPrimaryKey();
        labels.AddColumn<int>("code").NotNull();
        labels.Indexes.Add(new IndexDefinition("search_label_by_code") { Columns = ["code"], IsUnique = true });
        options.Storage.ExtendedSchemaObjects.Add(new Sequence(Numbers));
        options.Storage.ExtendedSchemaObjects.Add(labels);
    }

    /// <summary>The kind of the label with this number, known without a look at its name.</summary>
    public static string Kind(int code) => Kinds[code & 7];

    /// <summary>Numbers what has no number yet. Looks first, because every attempt takes one from the sequence.</summary>
    public const string Insert = $"""
        insert into {TableName} (name, code)
        select n, nextval('{Numbers}') * 8 + array_position(array['topic', 'person', 'organisation', 'place', 'source', 'language', 'cites', 'story'], split_part(n, ':', 1)) - 1
        from unnest(?::text[]) n where not exists (select from {TableName} l where l.name = n)
        on conflict do nothing
        """;

    public static string Label(string kind, string id) => $"{kind}:{id}";

    public static IEnumerable<string> Of(IndexedArticle article) =>
    [
        .. article.Topics.Select(id => Label(Topic, id)),
        .. article.Persons.Select(id => Label(Person, id)),
        .. article.Organisations.Select(id => Label(Organisation, id)),
        .. article.Places.Select(id => Label(Place, id)),
        .. article.Source is { } source ? new[] { Label(Source, source) } : [],
        .. article.Language is { } language ? new[] { Label(Language, language) } : [],
        .. article.Cites.Select(id => Label(Cites, id)),
        .. article.Story is { } story ? new[] { Label(Story, story.ToString()) } : [],
    ];

    /// <summary>The labels of which an article must have one; empty for what is no question of labels.</summary>
    public static IEnumerable<string> Asked(Query query) => query switch
    {
        Query.Labelled labelled => KindsOf(labelled.Field).SelectMany(kind => labelled.Ids, Label),
        Query.Language language => [Label(Language, language.Code)],
        Query.Story story => [Label(Story, story.Id.ToString())],
        _ => [],
    };

    static IReadOnlyList<string> KindsOf(NameField field) => field switch
    {
        NameField.Topic => [Topic],
        NameField.Entity => Entities,
        NameField.Person => [Person],
        NameField.Organisation => [Organisation],
        NameField.Place => [Place],
        NameField.Source => [Source],
        NameField.Cites => [Cites],
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };
}
