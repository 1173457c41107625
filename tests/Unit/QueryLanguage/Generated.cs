using Monitoring.Contracts;
using Monitoring.QueryLanguage;
using Monitoring.QueryLanguage.Analysis;

namespace Tests.QueryLanguage;

/// <summary>
/// Queries and articles of few words, so that the ones meet the others; among the articles some that go beyond each limit of the
/// analyser. The same Random gives the same.
/// </summary>
public static class Generated
{
    static readonly string[] Words =
    [
        "talk", "talks", "talking", "peace", "peaceful", "war", "wars", "run", "running", "Straße", "strasse", "naïve", "U.S.", "6.7", "1,000", "covid-19", "O'Brien", "Putin's", "news", "organisation", "organization",
        "東京", "ceasefire", "Überfall", "überfallen", "the", "of", "NATO", "a.m.", "sanctions", "sanctioned", "sanction", "election", "elections", "electing", "быть", "мир", "سلام",
    ];

    static readonly string[] People = ["Jane Doe", "Ürsula von der Leyen", "O'Brien", "talks Running"];
    static readonly (string Id, string Type)[] Entities =
        [("ent:wd:Q1", "person"), ("ent:wd:Q2", "person"), ("ent:wd:Q3", "organisation"), ("ent:wd:Q4", "place"), ("ent:place:x", "place")];
    static readonly string[] Topics = ["medtop:20000001", "medtop:20000002", "medtop:20000003"];
    static readonly string[] Sources = ["gazette.example", "wire.example", "the daily talk"];
    static readonly string[] Languages = ["en", "de", "ja", "und"];

    /// <summary>Stories that generated articles may belong to.</summary>
    public static readonly Guid[] Stories = [new("11111111-2222-3333-4444-555555555555"), new("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee")];

    public static readonly DateTimeOffset Now = new(2026, 3, 15, 12, 0, 0, TimeSpan.Zero);

    static T One<T>(Random random, IReadOnlyList<T> of) => of[random.Next(of.Count)];
    static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(i => random.Next(12) == 0 ? One(random, Words) + "." : One(random, Words)));

    /// <summary>As folded and split as a query has them.</summary>
    static string Word(Random random) => One(random, Analyser.Analyse(One(random, Words), null)).Folded;

    public static SearchableArticle NewArticle(Random random)
    {
        var body = random.Next(12) switch
        {
            0 => "",
            // More words than are indexed, more of one word than are kept, words longer than are kept, more bytes than a tsvector holds.
            1 when random.Next(6) == 0 => string.Join(' ', Enumerable.Range(0, 11_990).Select(i => $"w{i % 4000}")) + " " + Text(random, 40),
            2 when random.Next(6) == 0 => Text(random, 3) + string.Concat(Enumerable.Repeat(" talks peace", 230)) + " ceasefire",
            3 when random.Next(6) == 0 => new string('x', 150) + " " + Text(random, 10) + new string('ü', 120),
            4 when random.Next(12) == 0 => string.Join(' ', Enumerable.Range(0, 11_000).Select(i => $"{i}{new string('ж', 99)}")) + " " + Text(random, 40),
            _ => Text(random, random.Next(1, 40)),
        };
        return new SearchableArticle
        {
            Title = random.Next(8) == 0 ? null : Text(random, random.Next(1, 6)),
            Body = body,
            Authors = [.. Enumerable.Range(0, random.Next(3)).Select(_ => One(random, People))],
            Language = One(random, Languages),
            Published = random.Next(5) == 0 ? null : Now.AddHours(-random.Next(3000)).AddTicks(random.Next(100)),
            Received = Now.AddHours(-random.Next(3000)).AddTicks(random.Next(100)),
            Source = random.Next(6) == 0 ? null : One(random, Sources) is var source && source.Contains('.', StringComparison.Ordinal) ? new Source { Domain = source } : new Source { Name = source },
            Story = random.Next(3) == 0 ? One(random, Stories) : null,
            Topics = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Topic { Id = One(random, Topics), Name = "t", Score = 1, Broader = random.Next(2) == 0 ? [] : [new BroaderTopic(One(random, Topics), "b")] })],
            Entities = [.. Enumerable.Range(0, random.Next(4)).Select(_ => One(random, Entities)).Select(entity => new Entity { Id = entity.Id, Name = "e", Type = entity.Type })],
            Quotes = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Quote { Start = 0, End = 1, Direct = true, Text = Text(random, random.Next(1, 12)), Speaker = random.Next(3) == 0 ? null : new Speaker(null, One(random, People), 0, 1) })],
            CitedSources = [.. Enumerable.Range(0, random.Next(2)).Select(_ => new CitedSource { Id = One(random, Entities).Id, Name = "NBC News", Anonymous = false, Cue = "citing", Start = 0, End = 1 })],
        };
    }

    /// <summary>As the parser would have made it: flat, and without what says nothing.</summary>
    public static Query NewQuery(Random random) => NewQuery(random, 3);

    static Query NewQuery(Random random, int depth) => depth == 0 ? Leaf(random) : random.Next(7) switch
    {
        0 => Join(random, depth, clauses => new Query.Or(clauses), clause => clause is not Query.Or),
        1 or 2 => Join(random, depth, clauses => new Query.And(clauses), clause => clause is not Query.And),
        3 => NewQuery(random, depth - 1) is var clause && clause is Query.Not ? clause : new Query.Not(clause),
        _ => Leaf(random),
    };

    static Query Join(Random random, int depth, Func<Clauses, Query> join, Func<Query, bool> fits)
    {
        var clauses = Enumerable.Range(0, random.Next(2, 4)).Select(_ => NewQuery(random, depth - 1)).Where(fits).ToArray();
        return clauses.Length > 1 ? join(new Clauses(clauses)) : Leaf(random);
    }

    static Query Leaf(Random random) => random.Next(14) switch
    {
        0 => new Query.Named(One(random, Enum.GetValues<NameField>()), random.Next(4) switch
        {
            0 => One(random, Topics),
            1 => One(random, Sources),
            2 => "NBC News",
            _ => One(random, Entities).Id,
        }),
        1 => new Query.Language(One(random, ["en", "de", "ja", "und"])),
        2 => Time(random),
        3 => random.Next(4) == 0 ? new Query.All() : new Query.Story(One(random, Stories)),
        _ => Phrase(random),
    };

    static Query.Text Phrase(Random random)
    {
        var field = random.Next(2) == 0 ? TextField.Any : One(random, Enum.GetValues<TextField>());
        var bare = field is TextField.Author or TextField.Speaker ? PatternKind.Exact : PatternKind.Stem;
        return random.Next(6) switch
        {
            0 => new Query.Text(field, [.. Some(random, 2, 4).Select(word => new Pattern(word, PatternKind.Exact))]),
            1 => new Query.Text(field, [.. Some(random, 2, 4).Select(word => new Pattern(word, PatternKind.Exact))], random.Next(6)),
            2 => new Query.Text(field, [.. Some(random, 2, 4).Select(word => random.Next(3) == 0 && word.Length > 2 && word.All(char.IsLetter) ? new Pattern(word[..2], PatternKind.Prefix) : new Pattern(word, bare))], random.Next(6)),
            3 => Word(random) is { Length: > 2 } word && word.All(char.IsLetter) ? new Query.Text(field, [new Pattern(word[..^1], PatternKind.Prefix)]) : new Query.Text(field, [new Pattern("talk", bare)]),
            4 => new Query.Text(field, [new Pattern(Word(random), PatternKind.Exact)]),
            _ => new Query.Text(field, [new Pattern(Word(random), bare)]),
        };
    }

    static IEnumerable<string> Some(Random random, int least, int most) => Enumerable.Range(0, random.Next(least, most)).Select(_ => Word(random)).ToArray();

    static Query.Time Time(Random random)
    {
        var field = One(random, Enum.GetValues<TimeField>());
        var (from, to) = (new Moment(One(random, ["2025-12-01", "2026-01", "now-60d", "2026-02-10T09:30:00Z"])), new Moment(One(random, ["now", "now-1w", "2026-03-10T00:00:00Z", "2026-03"])));
        return random.Next(3) switch
        {
            0 => new Query.Time(field, from, random.Next(2) == 0, null, true),
            1 => new Query.Time(field, null, true, to, random.Next(2) == 0),
            _ => new Query.Time(field, from, random.Next(2) == 0, to, random.Next(2) == 0),
        };
    }

    /// <summary>Every name stands for itself only.</summary>
    public static Query Bound(Query query) => query.Bind((_, _) => [], Now);
}
