using Monitoring.Contracts;
using Monitoring.Projection.Journal;

namespace Tests.Integration;

/// <summary>What may happen to articles, as the messages that Ingest and Enrichment send about it, in the order in which it happens.</summary>
static class Lives
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // An id has one name here: of several the tables show the one that came last, which is all that the order decides.
    static readonly Source?[] Sources =
        [new() { Domain = "gazette.example", Name = "The Gazette" }, new() { Domain = "wire.example" }, new() { Name = "Büro für Nachrichten" }, null];

    static readonly Topic[] Topics = [.. Enumerable.Range(1, 8).Select(number => new Topic
    {
        Id = $"medtop:{number}",
        Name = $"topic {number}",
        Score = 0.5,
        // 8 → 4 → 2 → 1, 7 → 3 → 1 …: an article may be on a topic and on one above it.
        Broader = [.. Broader(number).Select(broader => new BroaderTopic($"medtop:{broader}", $"topic {broader}"))],
    })];

    static IEnumerable<int> Broader(int number)
    {
        while ((number /= 2) > 0) yield return number;
    }

    static readonly Entity[] Entities = [.. Enumerable.Range(1, 6).Select(number =>
        new Entity { Id = $"ent:wd:Q{number}", Name = $"Name {number}", Type = number % 2 == 0 ? "person" : "place", Mentions = [new Span(0, 5, $"Name{number}")] })];

    /// <summary>Up to four revisions, each understood by up to three models or by none, and perhaps taken back before the next.</summary>
    public static IReadOnlyList<JournalMessage> Random(Random random)
    {
        var id = Ids.Article($"test:{random.NextInt64()}");
        var life = new List<JournalMessage>();
        var last = random.Next(1, 5);
        for (var revision = 1; revision <= last; revision++)
        {
            var content = Content(random, revision);
            life.Add(Received(id, revision, content));
            foreach (var (model, generation) in new[] { ("1.0.0+a", 1), ("1.0.0+b", 1), ("2.0.0+a", 2) })
                if (random.Next(10) < 6) life.Add(Enriched(id, revision, content, model, generation, random.GetItems(Topics, random.Next(4)), random.GetItems(Entities, random.Next(3)), Quotes(random)));
            if (random.Next(4) == 0) life.Add(Withdrawn(id, revision));
        }
        return life;
    }

    // A name of an entity stands at the beginning of the text, and some quotations hold it.
    static IReadOnlyList<Quote> Quotes(Random random) => [.. Enumerable.Range(0, random.Next(3)).Select(number =>
    {
        var speaker = random.Next(3) switch { 0 => null, 1 => new Speaker(null, "A resident", 0, 0), _ => new Speaker(random.GetItems(Entities, 1)[0].Id, "Name", 0, 0) };
        return new Quote { Start = number, End = number + 10, Text = $"Said {number}", Direct = random.Next(2) == 0, Speaker = speaker, Cue = number == 0 ? "said" : null };
    })];

    static ArticleContent Content(Random random, int revision) => new()
    {
        Title = $"Title {revision}",
        Body = $"Body {revision}",
        Url = $"https://gazette.example/{revision}",
        Source = Sources[random.Next(Sources.Length)],
        Published = random.Next(3) == 0 ? null : Start.AddMinutes(-random.Next(400)),
        Language = random.Next(2) == 0 ? "en-GB" : null,
        Authors = [$"Author {revision}"],
    };

    static DateTimeOffset At(int revision) => Start.AddHours(revision);

    public static JournalMessage Received(Guid id, int revision, ArticleContent content) => new(id, revision == 1
        ? new ArticleReceived { ArticleId = id, Revision = 1, ReceivedAt = At(1), Article = content }
        : new ArticleRevised { ArticleId = id, Revision = revision, ReceivedAt = At(revision), Article = content }, null);

    public static JournalMessage Enriched(
        Guid id, int revision, ArticleContent content, string model, int generation, IReadOnlyList<Topic> topics, IReadOnlyList<Entity> entities,
        IReadOnlyList<Quote>? quotes = null) => new(id, new ArticleEnriched
        {
            ArticleId = id,
            Revision = revision,
            ReceivedAt = At(revision),
            Article = content,
            Enrichment = new Enrichment { Model = model, ModelGeneration = generation, Language = new Language("en", 1), Topics = topics, Entities = entities, Quotes = quotes ?? [] },
        }, null);

    public static JournalMessage Withdrawn(Guid id, int revision) =>
        new(id, new ArticleWithdrawn { ArticleId = id, Revision = revision, WithdrawnAt = At(revision).AddMinutes(30), Reason = $"Reason {revision}" }, null);

    /// <summary>Hands messages to the journal in groups of any size, as its consumer does.</summary>
    public static async Task DeliverAsync(this JournalStore journal, IEnumerable<JournalMessage> messages, Random random)
    {
        var waiting = new Queue<JournalMessage>(messages);
        while (waiting.Count > 0)
        {
            var group = new List<JournalMessage>();
            for (var size = random.Next(1, 25); size > 0 && waiting.TryDequeue(out var message); size--) group.Add(message);
            await journal.CommitAsync(group, default);
        }
    }
}
