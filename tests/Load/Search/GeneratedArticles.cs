using System.Globalization;
using System.Text;
using Monitoring.Contracts;
using Monitoring.ReadModels;

namespace Tests.Load.Search;

/// <summary>
/// Articles of 400 words out of the words of real news, each as often as news uses it (services/Enrichment/knowledge/word-rarity.tsv),
/// with real names of people, places, organisations, outlets and topics. The same seed gives the same articles.
/// </summary>
sealed class GeneratedArticles
{
    const int Words = 400, WordsOfSentence = 18, SentencesOfParagraph = 4, ThemeWords = 25;

    sealed record Named(string Id, string Type, string Name);

    readonly string[] words;
    readonly double[] cumulated;
    readonly List<Named> entities;
    readonly List<(string Id, string Name, string Broader)> topics;
    readonly Dictionary<string, (string Id, string Name, string Broader)> topicById;
    readonly List<(string Name, string Domain)> outlets;

    /// <param name="knowledge">The folder of Enrichment's tables.</param>
    public GeneratedArticles(string knowledge)
    {
        // The texts counted there have 760 words: a word in the share p of them comes -ln(1 - p) / 760 times a word.
        var rarity = Rows(knowledge, "word-rarity.tsv").SelectMany(row => row[1].Split(' ').Select(word => (Word: word, Often: -Math.Log(1 - Math.Min(0.98, Math.Pow(2, -double.Parse(row[0], CultureInfo.InvariantCulture)))))));
        // What the table leaves out is in fewer than one of a thousand texts: names of places stand for it.
        var names = Rows(knowledge, "names.tsv").Where(row => row[0] == "city" && !row[1].Contains(' ')).Select(row => (Word: row[1], Often: 0.0004));
        var all = rarity.Concat(names).ToArray();
        words = [.. all.Select(word => word.Word)];
        cumulated = new double[all.Length];
        var sum = 0.0;
        for (var i = 0; i < all.Length; i++) cumulated[i] = sum += all[i].Often;
        entities = [.. Rows(knowledge, "entities.tsv").Where(row => row[0] != "id").Select(row => new Named(row[0], row[1], row[2])).OrderBy(entity => entity.Id.Length).ThenBy(entity => entity.Id, StringComparer.Ordinal)];
        topics = [.. Rows(knowledge, "topics.tsv").Where(row => row[0] != "id").Select(row => (row[0], row[1], row.Length > 2 ? row[2] : ""))];
        topicById = topics.ToDictionary(topic => topic.Id);
        outlets = [.. Rows(knowledge, "outlets.tsv").Where(row => row[0] != "id" && row.Length > 3 && row[3].Length > 0).Select(row => (row[1], row[3].Split(',')[0]))];
    }

    static IEnumerable<string[]> Rows(string knowledge, string file) =>
        File.ReadLines(Path.Combine(knowledge, file)).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'));

    /// <param name="number">Which article.</param>
    /// <param name="dated">When it was published.</param>
    public Article Create(int number, DateTimeOffset dated)
    {
        var random = new Random(number);
        var theme = Enumerable.Range(0, ThemeWords).Select(_ => Word(random)).ToArray();
        var named = Enumerable.Range(0, random.Next(5, 12)).Select(_ => entities[Zipf(random, entities.Count)]).DistinctBy(entity => entity.Id).ToArray();
        var title = Sentence(random, theme, 9).ToString().TrimEnd('.');
        var body = new StringBuilder();
        var mentions = named.Select(_ => new List<Span>()).ToArray();
        var quotes = new List<Quote>();
        for (var (count, sentence) = (0, 0); count < Words; count += WordsOfSentence, sentence++)
        {
            if (body.Length > 0) body.Append(sentence % SentencesOfParagraph == 0 ? "\n\n" : " ");
            var which = sentence % named.Length;
            var start = title.Length + 1 + body.Length;
            body.Append(named[which].Name);
            mentions[which].Add(new Span(start, start + named[which].Name.Length, named[which].Name));
            body.Append(' ').Append(char.ToLowerInvariant(theme[sentence % ThemeWords][0])).Append(theme[sentence % ThemeWords].AsSpan(1)).Append(' ');
            var said = Sentence(random, theme, WordsOfSentence - 2);
            var from = title.Length + 1 + body.Length;
            body.Append(said);
            if (sentence % 8 == 3 && named.FirstOrDefault(entity => entity.Type == "person") is { } speaker)
                quotes.Add(new Quote { Start = from, End = from + said.Length, Text = said.ToString(), Direct = true, Cue = "said", Speaker = new Speaker(speaker.Id, speaker.Name, start, start + speaker.Name.Length) });
        }
        var (outlet, domain) = outlets[Zipf(random, outlets.Count)];
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        return new Article
        {
            Id = new Guid(id), Revision = 1, EnrichedRevision = 1, Title = title, Body = body.ToString(), Url = $"https://{domain}/{number}",
            Source = new Source { Name = outlet, Domain = domain }, Published = dated, Received = dated.AddMinutes(1), Dated = dated,
            Filed = new DateOnly(dated.Year, dated.Month, 1), FiledRevision = 1, Language = random.Next(20) == 0 ? "de" : "en",
            Topics = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => topics[Zipf(random, topics.Count)]).DistinctBy(topic => topic.Id).Select(topic => Topic(topic, random))],
            Entities = [.. named.Select((entity, i) => new Entity { Id = entity.Id, Name = entity.Name, Type = entity.Type, Mentions = mentions[i] }).Where(entity => entity.Mentions.Count > 0)],
            Quotes = quotes, Lead = body.ToString(0, 200), Model = "generated", ModelGeneration = 1,
        };
    }

    Topic Topic((string Id, string Name, string Broader) topic, Random random)
    {
        var broader = new List<BroaderTopic>();
        for (var above = topic.Broader; above.Length > 0 && topicById.TryGetValue(above, out var next); above = next.Broader) broader.Add(new BroaderTopic(next.Id, next.Name));
        return new Topic { Id = topic.Id, Name = topic.Name, Score = random.NextDouble(), Broader = broader };
    }

    StringBuilder Sentence(Random random, string[] theme, int length)
    {
        var sentence = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            // An article comes back to its own words.
            var word = random.Next(5) == 0 ? theme[random.Next(theme.Length)] : Word(random);
            if (i == 0) sentence.Append(char.ToUpperInvariant(word[0])).Append(word.AsSpan(1));
            else sentence.Append(' ').Append(word);
        }
        return sentence.Append('.');
    }

    string Word(Random random)
    {
        var at = Array.BinarySearch(cumulated, random.NextDouble() * cumulated[^1]);
        return words[Math.Min(words.Length - 1, at < 0 ? ~at : at)];
    }

    /// <summary>The first are the most frequent: about 1/rank.</summary>
    static int Zipf(Random random, int count) => Math.Min(count - 1, (int)Math.Pow(count + 1, random.NextDouble()) - 1);
}
