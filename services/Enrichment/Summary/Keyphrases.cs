using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Summary;

/// <summary>
/// What an English article is about, in its own words: runs of words without stop words between them (RAKE, Rose and others 2010),
/// weighed by how rare they are in news, how often and how early they come (YAKE, Campos and others 2020), and the entities it names.
/// </summary>
public sealed class Keyphrases
{
    const int Most = 10;

    /// <summary>What a long text is about is said by then.</summary>
    const int MaxWords = 3_000;

    const int MaxLength = 3, MinLetters = 4, OpeningWords = 60;

    /// <summary>By words in the phrase: one alone tells little, and a longer one that recurs much.</summary>
    static readonly double[] LengthWeight = [0, 0.65, 1.3, 1.4];

    const double InTitle = 1.8, InOpening = 1.3, EntityWeight = 1.1;

    /// <summary>Of a word too rare to be counted.</summary>
    const double Rarest = 10;

    /// <summary>Words that are in more news than one of sixteen tell nothing alone.</summary>
    const double Common = 4;

    /// <summary>So that names leave room for subjects.</summary>
    const int MostEntities = 5;

    readonly FrozenSet<ulong> stopWords;
    readonly FrozenDictionary<ulong, float> rarities;

    public Keyphrases(Knowledge knowledge)
    {
        stopWords = knowledge.Read("keyphrase-stopwords.tsv", columns: 1).SelectMany(row => row[0].Split(' ')).Select(word => WordHash.Of(word)).ToFrozenSet();
        rarities = knowledge.Read("word-rarity.tsv", columns: 2)
            .SelectMany(row => row[1].Split(' ').Select(word => (Hash: WordHash.Of(word), Rarity: float.Parse(row[0], CultureInfo.InvariantCulture))))
            .ToFrozenDictionary(word => word.Hash, word => word.Rarity);
    }

    struct Phrase
    {
        /// <summary>Index of its first word in <see cref="Document.Words"/>, where it stands in small letters, if it ever does.</summary>
        public int First;
        public int Length, Count;
        public double Place, Rarity;
        public bool Capital;
    }

    /// <summary>At most ten, most telling first.</summary>
    public IReadOnlyList<string> Find(Document document, ArticleEntities entities)
    {
        var phrases = Phrases(document, entities);
        var candidates = Named(document, entities);
        candidates.Sort(MoreTelling);
        if (candidates.Count > MostEntities) candidates.RemoveRange(MostEntities, candidates.Count - MostEntities);
        foreach (var phrase in phrases.Values)
            if (IsTelling(document, phrase)) candidates.Add(new(Score(phrase.Count, phrase.Rarity, phrase.Place) * LengthWeight[phrase.Length], phrase.First, Written(document, phrase)));
        candidates.Sort(MoreTelling);
        var chosen = new List<string>(Most);
        foreach (var candidate in candidates)
        {
            if (chosen.Count == Most) break;
            if (!chosen.Exists(phrase => Overlaps(phrase, candidate.Text))) chosen.Add(candidate.Text);
        }
        return chosen;
    }

    readonly record struct Candidate(double Score, int At, string Text);

    static int MoreTelling(Candidate one, Candidate other) =>
        other.Score != one.Score ? other.Score.CompareTo(one.Score) : one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.Text, other.Text);

    static double Score(int count, double rarity, double place) => (1 + Math.Log2(count)) * rarity * place;

    Dictionary<ulong, Phrase> Phrases(Document document, ArticleEntities entities)
    {
        var phrases = new Dictionary<ulong, Phrase>(256);
        var (run, mention) = (0, 0);
        var words = Math.Min(document.Words.Length, MaxWords);
        for (var i = 0; i <= words; i++)
        {
            if (i < words)
            {
                var token = document.Words[i];
                while (mention < entities.Mentions.Count && entities.Mentions[mention].End <= token) mention++;
                var named = mention < entities.Mentions.Count && entities.Mentions[mention].First <= token;
                var breaks = named || document.Tokens[token].Kind == TokenKind.Number || stopWords.Contains(document.Tokens[token].Folded) || EndsIn(document[document.Tokens[token]], "ly");
                var apart = i > run && token != document.Words[i - 1] + 1 && !IsHyphen(document, document.Words[i - 1] + 1, token);
                if (!breaks && !apart) continue;
                AddRun(document, run, i, phrases);
                run = breaks ? i + 1 : i;
            }
            else AddRun(document, run, i, phrases);
        }
        return phrases;
    }

    static bool IsHyphen(Document document, int token, int next) => next == token + 1 && document.Text[document.Tokens[token].Start] == '-' && document.Tokens[token].End == document.Tokens[next].Start;

    /// <summary>A run, its end, and each of its words.</summary>
    void AddRun(Document document, int first, int end, Dictionary<ulong, Phrase> phrases)
    {
        for (var length = 2; length <= MaxLength && end - length >= first; length++) Add(document, end - length, length, phrases);
        for (var i = first; i < end; i++) Add(document, i, 1, phrases);
    }

    void Add(Document document, int first, int length, Dictionary<ulong, Phrase> phrases)
    {
        var (hash, rarity, capital) = (0UL, 0.0, false);
        for (var i = first; i < first + length; i++)
        {
            var token = document.Tokens[document.Words[i]];
            hash = WordHash.Join(hash, token.Folded);
            rarity += rarities.GetValueOrDefault(token.Folded, (float)Rarest);
            capital |= char.IsUpper(document.Text[token.Start]);
        }
        if (length == 1 && rarity <= Common) return;
        var start = document.Tokens[document.Words[first]].Start;
        var place = start < document.BodyStart ? InTitle : first < OpeningWords ? InOpening : 1;
        ref var phrase = ref CollectionsMarshal.GetValueRefOrAddDefault(phrases, hash, out var exists);
        phrase.Count++;
        phrase.Place = Math.Max(phrase.Place, place);
        if (exists && !(phrase.Capital && !capital)) return;
        (phrase.First, phrase.Length, phrase.Rarity, phrase.Capital) = (first, length, rarity / length, capital);
    }

    static bool IsTelling(Document document, Phrase phrase)
    {
        var last = document[document.Tokens[document.Words[phrase.First + phrase.Length - 1]]];
        if (last.Length < MinLetters || EndsIn(last, "ed") || phrase.Length == 1 && (EndsIn(last, "ing") || EndsIn(last, "ive") || EndsIn(last, "ous") || EndsIn(last, "able") || EndsIn(last, "ful") || EndsIn(last, "less"))) return false;
        return phrase.Count > 1 || phrase.Length > 1 && phrase.Place >= InOpening;
    }

    static bool EndsIn(ReadOnlySpan<char> word, string ending) => word.EndsWith(ending, StringComparison.Ordinal);

    static string Written(Document document, Phrase phrase)
    {
        var (first, last) = (document.Tokens[document.Words[phrase.First]], document.Tokens[document.Words[phrase.First + phrase.Length - 1]]);
        var text = document.Text[first.Start..last.End];
        // Headlines may give every word a capital.
        return phrase.Capital && first.Start < document.BodyStart ? text.ToLowerInvariant() : text;
    }

    static List<Candidate> Named(Document document, ArticleEntities entities)
    {
        var candidates = new List<Candidate>(64);
        var counts = new int[entities.Entities.Count];
        var firsts = new int[entities.Entities.Count];
        foreach (var mention in entities.Mentions)
            if (counts[mention.Entity]++ == 0) firsts[mention.Entity] = mention.First;
        var opening = document.Words.Length > OpeningWords ? document.Words[OpeningWords] : int.MaxValue;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0 || counts[i] == 1 && firsts[i] >= opening) continue;
            var place = document.Tokens[firsts[i]].Start < document.BodyStart ? InTitle : firsts[i] < opening ? InOpening : 1;
            candidates.Add(new(EntityWeight * Score(counts[i], Rarest, place), firsts[i], entities.Entities[i].Name));
        }
        return candidates;
    }

    /// <summary>One of two has all words of the other, be it in the plural.</summary>
    static bool Overlaps(string one, string other)
    {
        var (longer, shorter) = one.Length >= other.Length ? (one, other) : (other, one);
        foreach (var word in shorter.AsSpan().Split(' '))
            if (!longer.AsSpan().Contains(shorter.AsSpan()[word].TrimEnd('s'), StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }
}
