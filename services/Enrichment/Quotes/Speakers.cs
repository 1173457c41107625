using Monitoring.Contracts;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

public enum Gender : byte { Unknown, Female, Male }

/// <summary>First names and titles that tell a gender (knowledge/first-names.tsv).</summary>
/// <param name="knowledge">The model's files.</param>
public sealed class Genders(Knowledge knowledge)
{
    readonly Dictionary<ulong, Gender> words = new(
        knowledge.Read("first-names.tsv", columns: 2).Select(row => KeyValuePair.Create(WordHash.Of(row[0]), row[1] == "f" ? Gender.Female : Gender.Male))
            .Concat("Mrs Ms Miss Madam Lady Queen Princess Baroness Dame Duchess Mme".Split(' ').Select(title => KeyValuePair.Create(WordHash.Of(title), Gender.Female)))
            .Concat("Mr Sir Lord King Prince Baron Duke Pope Father Sheikh".Split(' ').Select(title => KeyValuePair.Create(WordHash.Of(title), Gender.Male))));

    public Gender Of(ulong exact) => words.GetValueOrDefault(exact);

    public Gender Of(ReadOnlySpan<char> name)
    {
        var space = name.IndexOf(' ');
        return Of(WordHash.Of(space < 0 ? name : name[..space]));
    }
}

/// <summary>Tells whom the words for a speaker denote: an entity of the article, or somebody it does not name.</summary>
/// <param name="document">Where.</param>
/// <param name="entities">Whom and what it names.</param>
/// <param name="phrases">Finds noun phrases.</param>
/// <param name="quoted">Which tokens stand in quotation marks or are such marks.</param>
/// <param name="genders">By first names and titles.</param>
public sealed class Speakers(Document document, ArticleEntities entities, NounPhrases phrases, bool[] quoted, Genders genders)
{
    /// <summary>How many sentences back a pronoun is followed.</summary>
    const int Reach = 6;

    /// <param name="Id">Of the entity, if it is one.</param>
    /// <param name="Name">Canonical, or as the article has it.</param>
    /// <param name="Type">Null where only the words are known.</param>
    /// <param name="Gender">As far as it is known.</param>
    /// <param name="Sentence">Where he, she or it spoke last.</param>
    readonly record struct Known(string? Id, string Name, EntityType? Type, Gender Gender, int Sentence);

    static readonly HashSet<ulong> Mouthpieces = WordClasses.Hashes("spokesman spokeswoman spokesperson spokespeople spokesmen official officials representative representatives service statement press office report");
    static readonly HashSet<ulong> Bodies = WordClasses.Hashes("ministry company agency group department bank court union party organisation organization firm body government network newspaper paper outlet channel commission committee council association foundation institute university hospital police force army military club team airline regulator watchdog charity campaign administration bureau fund magazine broadcaster authority parliament senate");
    static readonly HashSet<ulong> Persons = WordClasses.Hashes("president minister premier senator congressman congresswoman governor mayor chancellor secretary leader chief chairman chairwoman chair director executive ceo candidate nominee lawmaker politician king queen prince princess pope general commander judge lawyer attorney spokesman spokeswoman ambassador envoy diplomat professor author actor actress singer coach manager striker player captain star billionaire businessman tycoon republican democrat official analyst economist doctor officer sheriff inspector detective prosecutor victim mother father man woman old");

    /// <summary>Of which there are many: whoever spoke last need not hold it.</summary>
    static readonly HashSet<ulong> Offices = WordClasses.Hashes("president minister premier chancellor king queen pope governor mayor senator judge secretary ambassador police court government parliament ministry");

    static readonly ulong He = WordHash.Of("he"), His = WordHash.Of("his"), Him = WordHash.Of("him"), She = WordHash.Of("she"), Her = WordHash.Of("her"), They = WordHash.Of("they"), It = WordHash.Of("it"), The = WordHash.Of("the");

    readonly Dictionary<ulong, Known> surnames = [];
    Gender[]? gendersOfEntities;
    Known? last;

    /// <summary>To be asked in the order of the text: a pronoun is mostly who spoke last.</summary>
    public Speaker Resolve(Phrase phrase, int sentence)
    {
        var span = document.Span(document.Tokens[phrase.First].Start, document.Tokens[phrase.End - 1].End);
        var known = Find(phrase, sentence) ?? new Known(null, span.Text, null, GenderOf(phrase), sentence);
        last = known with { Sentence = sentence };
        return new Speaker(known.Id, known.Name, span.Start, span.End);
    }

    Known? Find(Phrase phrase, int sentence)
    {
        var word = document.Tokens[phrase.First].Folded;
        if (phrase.End - phrase.First == 1)
        {
            if (word == He || word == His || word == Him) return Person(phrase.First, sentence, Gender.Male);
            if (word == She || word == Her) return Person(phrase.First, sentence, Gender.Female);
            if (word == They || word == It) return last is { Type: not EntityType.Person } body && sentence - body.Sentence <= Reach && body.Gender == Gender.Unknown ? body : null;
            if (phrases.Is(phrase.First, WordClass.Relative | WordClass.Subordinator))
            {
                var comma = phrases.Mark(phrase.First - 1) == ',' ? phrase.First - 1 : phrase.First;
                var antecedent = phrases.Before(comma, document.Sentences[sentence].First);
                return antecedent.IsEmpty || phrases.Is(antecedent.First, WordClass.Relative | WordClass.Pronoun) ? null : Find(antecedent, sentence) ?? Unnamed(antecedent, sentence);
            }
        }
        return Mentioned(phrase, sentence) ?? Named(phrase, sentence) ?? Described(phrase, sentence);
    }

    Known Unnamed(Phrase phrase, int sentence) =>
        new(null, document.Span(document.Tokens[phrase.First].Start, document.Tokens[phrase.End - 1].End).Text, null, GenderOf(phrase), sentence);

    Known Linked(int entity, int sentence) => new(entities.Entities[entity].Id, entities.Entities[entity].Name, entities.Entities[entity].Type, GenderOf(entity), sentence);

    /// <summary>The entity that the phrase names: not whom it only mentions (Smith's lawyer, a friend of Smith).</summary>
    Known? Mentioned(Phrase phrase, int sentence)
    {
        int? found = null;
        var at = entities.At(phrase.First);
        for (var m = at < 0 ? ~at : at; m < entities.Mentions.Count && entities.Mentions[m].First < phrase.End; m++)
        {
            var mention = entities.Mentions[m];
            var type = entities.Entities[mention.Entity].Type;
            var before = mention.First - 1;
            while (before > phrase.First && phrases.Is(before, WordClass.Determiner)) before--;
            var attached = before >= phrase.First && phrases.Is(before, WordClass.Preposition);
            var modifies = mention.End < phrase.End && (document.Tokens[mention.End].Kind == TokenKind.Genitive || document.Tokens[mention.End].Kind == TokenKind.Word && phrases.Mark(mention.End) == '\0');
            var speaksFor = Mouthpieces.Contains(document.Tokens[attached ? Math.Max(before - 1, phrase.First) : phrase.End - 1].Folded);
            if (type == EntityType.Person ? attached || modifies : (attached || modifies) && !(speaksFor && type == EntityType.Organisation)) continue;
            if (type == EntityType.Place && mention.First > phrase.First + 1) continue;
            if (found is null || type == EntityType.Person || entities.Entities[found.Value].Type != EntityType.Person) found = mention.Entity;
        }
        // "the president, Emmanuel Macron, said"
        if (found is null && phrases.Mark(phrase.End) == ',' && entities.At(phrase.End + 1) is var behind and >= 0 && entities.Mentions[behind].First == phrase.End + 1
            && entities.Entities[entities.Mentions[behind].Entity].Type == EntityType.Person && phrases.Mark(entities.Mentions[behind].End) == ',') found = entities.Mentions[behind].Entity;
        if (found is { } entity) return Linked(entity, sentence);
        var apposed = phrases.Mark(phrase.End) == ',' && !phrases.Is(phrase.End - 1, WordClass.Capital) ? phrases.After(phrase.End + 1, document.Sentences[sentence].End) : default;
        return !apposed.IsEmpty && phrases.IsName(apposed.First, apposed.End) && phrases.Mark(apposed.End) == ',' ? Unnamed(apposed, sentence) : null;
    }

    /// <summary>A name that is no entity: the surname of somebody named in full before.</summary>
    Known? Named(Phrase phrase, int sentence)
    {
        var end = phrase.End;
        if (!phrases.Is(end - 1, WordClass.Capital) || document.Tokens[end - 1].Kind != TokenKind.Word) return null;
        var first = end;
        while (first > phrase.First && phrases.Is(first - 1, WordClass.Capital) && document.Tokens[first - 1].Kind == TokenKind.Word) first--;
        var surname = document.Tokens[end - 1].Exact;
        if (end - first > 1 && document.Text[document.Tokens[first].End - 1] != '.') return surnames[surname] = Unnamed(phrase, sentence);
        return surnames.TryGetValue(surname, out var known) ? known : null;
    }

    /// <summary>"the president", "the ministry": the latest whom the article has called so.</summary>
    Known? Described(Phrase phrase, int sentence)
    {
        var head = document.Tokens[phrase.End - 1].Folded;
        if (document.Tokens[phrase.First].Folded != The || phrase.End - phrase.First > 5) return null;
        var body = Bodies.Contains(head);
        if (!body && !Persons.Contains(head)) return null;
        var at = entities.At(phrase.First);
        var floor = document.Sentences[Math.Max(0, sentence - 2 * Reach)].First;
        for (var m = (at < 0 ? ~at : at) - 1; m >= 0 && entities.Mentions[m].First >= floor; m--)
        {
            var mention = entities.Mentions[m];
            if (quoted[mention.First] || entities.Entities[mention.Entity].Type != (body ? EntityType.Organisation : EntityType.Person)) continue;
            for (var i = Math.Max(0, mention.First - (body ? 0 : 4)); i < Math.Min(phrase.First, mention.End + (body ? 0 : 6)); i++)
                if (document.Tokens[i].Folded == head) return Linked(mention.Entity, sentence);
        }
        return last is { } speaker && sentence - speaker.Sentence <= 2 && !Offices.Contains(head) && (body ? speaker.Type == EntityType.Organisation : speaker.Type == EntityType.Person) ? speaker : null;
    }

    /// <summary>The nearest person of a gender: who spoke in the sentence, else its first.</summary>
    Known? Person(int pronoun, int sentence, Gender gender)
    {
        var at = entities.At(pronoun);
        var m = (at < 0 ? ~at : at) - 1;
        for (var s = sentence; s >= 0 && sentence - s <= Reach; s--)
        {
            if (last is { } speaker && speaker.Sentence == s && Fits(speaker.Gender, gender) && speaker.Type is null or EntityType.Person && (speaker.Type is not null || speaker.Gender == gender)) return speaker;
            int? found = null;
            for (; m >= 0 && entities.Mentions[m].First >= document.Sentences[s].First; m--)
            {
                var mention = entities.Mentions[m];
                if (quoted[mention.First] || entities.Entities[mention.Entity].Type != EntityType.Person || !Fits(GenderOf(mention.Entity), gender)) continue;
                if (mention.End < document.Tokens.Length && document.Tokens[mention.End].Kind == TokenKind.Genitive && found is not null) continue;
                found = mention.Entity;
            }
            if (found is { } entity) return Linked(entity, sentence);
        }
        return null;
    }

    static bool Fits(Gender one, Gender other) => one == Gender.Unknown || one == other;

    Gender GenderOf(Phrase phrase)
    {
        for (var i = phrase.First; i < phrase.End; i++)
            if (genders.Of(document.Tokens[i].Exact) is var gender and not Gender.Unknown) return gender;
        return Gender.Unknown;
    }

    Gender GenderOf(int entity)
    {
        if (gendersOfEntities is null)
        {
            gendersOfEntities = new Gender[entities.Entities.Count];
            for (var i = 0; i < gendersOfEntities.Length; i++)
                if (entities.Entities[i].Type == EntityType.Person) gendersOfEntities[i] = genders.Of(entities.Entities[i].Name);
            foreach (var mention in entities.Mentions)
            {
                if (gendersOfEntities[mention.Entity] != Gender.Unknown || entities.Entities[mention.Entity].Type != EntityType.Person) continue;
                gendersOfEntities[mention.Entity] = genders.Of(document.Tokens[mention.First].Exact);
                if (gendersOfEntities[mention.Entity] == Gender.Unknown && mention.First > 0) gendersOfEntities[mention.Entity] = genders.Of(document.Tokens[mention.First - 1].Exact);
            }
        }
        return gendersOfEntities[entity];
    }
}
