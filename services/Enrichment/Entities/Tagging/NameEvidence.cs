using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>What is known of a word before it is read in its place.</summary>
[Flags]
public enum WordFlags : ushort
{
    None = 0, Given = 1, Surname = 2, City = 4, Country = 8, Demonym = 16, Region = 32, Title = 64, Organisation = 128, Place = 256,
    /// <summary>Of a capitalised word: it is also written in lower case.</summary>
    AlsoLower = 512,
}

/// <summary>Names that are known, as evidence for the tagger: of words (names.tsv, the last words of known persons) and of phrases (entities.tsv, places of names.tsv).</summary>
public sealed class NameEvidence
{
    /// <summary>Kinds of known phrases: a person, organisation or place of entities.tsv, one of several types there, a place of names.tsv.</summary>
    const byte Ambiguous = 4, NamedPlace = 5;

    readonly Dictionary<ulong, WordFlags> words = [];
    readonly Lexicon<byte> phrases;

    public NameEvidence(Knowledge knowledge)
    {
        var kinds = new Dictionary<string, byte>();
        foreach (var row in knowledge.Read("entities.tsv", columns: 6))
        {
            if (KindOf(row[1]) is not { } kind) continue;
            foreach (var alias in row[3].Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(row[2]))
            {
                var text = Normaliser.Normalise(alias).Text;
                kinds[text] = kinds.TryGetValue(text, out var other) && other != kind ? Ambiguous : kind;
            }
            if (kind == 1 + (byte)EntityType.Person && row[2].LastIndexOf(' ') is > 0 and var space) Add(row[2][(space + 1)..], WordFlags.Surname);
        }
        foreach (var row in knowledge.Read("names.tsv", columns: 2))
        {
            var flag = Flag(row[0]);
            Add(row[1], flag);
            if (flag is WordFlags.City or WordFlags.Country or WordFlags.Region) kinds.TryAdd(Normaliser.Normalise(row[1]).Text, NamedPlace);
        }
        phrases = new Lexicon<byte>(kinds.OrderBy(phrase => phrase.Key, StringComparer.Ordinal).Select(phrase => (phrase.Key, phrase.Value)), fold: false);
    }

    static byte? KindOf(string type) => type switch { "person" => 1, "organisation" => 2, "place" => 3, _ => null };

    static WordFlags Flag(string kind) => kind switch
    {
        "given" => WordFlags.Given,
        "city" => WordFlags.City,
        "country" => WordFlags.Country,
        "demonym" => WordFlags.Demonym,
        "region" => WordFlags.Region,
        "title" => WordFlags.Title,
        "organisation" => WordFlags.Organisation,
        "place" => WordFlags.Place,
        _ => throw new InvalidDataException($"names.tsv: {kind} is no kind of name."),
    };

    // Of several words each is evidence for a title only ("Prime", "Minister"); elsewhere the phrase is.
    void Add(string name, WordFlags flag)
    {
        var document = new Document(name, null);
        if (document.Tokens.Length > 1 && flag != WordFlags.Title) return;
        foreach (var token in document.Tokens)
            if (token.IsWord) words[token.Folded] = words.GetValueOrDefault(token.Folded) | flag;
    }

    public WordFlags Of(ulong folded) => words.GetValueOrDefault(folded);

    /// <summary>Marks the known phrases of a sentence, the longest first: per token 0, or 1 + 4 × kind + place within the phrase (<see cref="Bilou"/>).</summary>
    public void Mark(Document document, Sentence sentence, ReadOnlySpan<Shape> shapes, Span<byte> marks, List<Lexicon<byte>.Match> found)
    {
        marks[..(sentence.End - sentence.First)].Clear();
        var words = document.Words;
        var word = Array.BinarySearch(words, sentence.First);
        if (word < 0) word = ~word;
        for (; word < words.Length && words[word] < sentence.End; word++)
        {
            if (!shapes[words[word] - sentence.First].IsCapital()) continue;
            found.Clear();
            phrases.Find(document, word, found);
            if (found.Count == 0 || found[^1].End > sentence.End) continue;
            var (first, end) = (words[word] - sentence.First, found[^1].End - sentence.First);
            for (var i = first; i < end; i++)
                marks[i] = (byte)(1 + 4 * found[^1].Value + (end - first == 1 ? Bilou.Unit : i == first ? Bilou.Begin : i == end - 1 ? Bilou.Last : Bilou.Inside));
            while (word + 1 < words.Length && words[word + 1] < sentence.First + end) word++;
        }
    }
}
