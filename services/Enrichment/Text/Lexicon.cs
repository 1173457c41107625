using System.Collections.Frozen;

namespace Monitoring.Enrichment.Text;

/// <summary>
/// Finds phrases in a document by a trie over words. Each distinct word of the phrases has a number, so that a word of the
/// document costs one look-up and a phrase one step per word. The last word of a phrase may end in <c>*</c> and then stands for
/// every word that begins so.
/// </summary>
/// <typeparam name="T">What a phrase stands for.</typeparam>
public sealed class Lexicon<T>
{
    const int Root = 0;
    const int Unknown = -1;

    /// <summary>A document's words as this lexicon numbers them.</summary>
    /// <param name="Exact">By token; -1 for words in no phrase.</param>
    /// <param name="Prefixes">By token: the numbers of the <c>*</c> words it begins with.</param>
    public readonly record struct Numbered(int[] Exact, int[][] Prefixes);

    readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> words;
    readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> prefixes;
    readonly int[] prefixLengths;
    readonly int longestWord;
    readonly FrozenDictionary<(int Node, int Word), int> steps;
    readonly List<T>?[] values;
    readonly bool fold;

    /// <param name="phrases">Words as <see cref="Document"/> splits them, in lower case where they are to be folded.</param>
    /// <param name="fold">Whether upper and lower case are the same.</param>
    public Lexicon(IEnumerable<(IReadOnlyList<string> Words, T Value)> phrases, bool fold)
    {
        this.fold = fold;
        var numbers = new Dictionary<string, int>();
        var edges = new Dictionary<(int, int), int>();
        var ends = new List<List<T>?> { null };
        foreach (var (phrase, value) in phrases)
        {
            var node = Root;
            foreach (var word in phrase)
            {
                if (!numbers.TryGetValue(word, out var number)) numbers.Add(word, number = numbers.Count);
                if (!edges.TryGetValue((node, number), out var next))
                {
                    edges.Add((node, number), next = ends.Count);
                    ends.Add(null);
                }
                node = next;
            }
            if (node != Root) (ends[node] ??= []).Add(value);
        }
        words = numbers.Where(word => !word.Key.EndsWith('*')).ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();
        var stems = numbers.Where(word => word.Key.EndsWith('*')).ToFrozenDictionary(word => word.Key[..^1], word => word.Value);
        prefixes = stems.GetAlternateLookup<ReadOnlySpan<char>>();
        prefixLengths = [.. stems.Keys.Select(stem => stem.Length).Distinct().Order()];
        longestWord = numbers.Keys.Select(word => word.Length).DefaultIfEmpty().Max();
        steps = edges.ToFrozenDictionary();
        values = [.. ends];
    }

    public Numbered Number(Document document)
    {
        var exact = new int[document.Tokens.Count];
        var begins = new int[document.Tokens.Count][];
        Span<char> folded = stackalloc char[128];
        for (var i = 0; i < exact.Length; i++)
        {
            scoped var word = document[document.Tokens[i]];
            // A megabyte without a space is one word, and in no phrase.
            if (word.Length > Math.Min(folded.Length, 4 * longestWord)) (exact[i], begins[i]) = (Unknown, []);
            else
            {
                if (fold) word = folded[..word.ToLowerInvariant(folded)];
                exact[i] = words.TryGetValue(word, out var number) ? number : Unknown;
                begins[i] = Prefixes(word);
            }
        }
        return new Numbered(exact, begins);
    }

    int[] Prefixes(ReadOnlySpan<char> word)
    {
        int[] found = [];
        foreach (var length in prefixLengths)
        {
            if (length > word.Length) break;
            if (prefixes.TryGetValue(word[..length], out var number)) found = [.. found, number];
        }
        return found;
    }

    /// <summary>Every phrase that starts at a token, shortest first.</summary>
    /// <param name="numbered">From <see cref="Number"/>.</param>
    /// <param name="start">Index of the token.</param>
    /// <param name="found">Called with the index after the phrase's last token, and what it stands for.</param>
    public void Match(in Numbered numbered, int start, Action<int, IReadOnlyList<T>> found)
    {
        var node = Root;
        for (var i = start; i < numbered.Exact.Length; i++)
        {
            foreach (var prefix in numbered.Prefixes[i])
                if (steps.TryGetValue((node, prefix), out var end)) found(i + 1, values[end]!);
            if (numbered.Exact[i] == Unknown || !steps.TryGetValue((node, numbered.Exact[i]), out node)) return;
            if (values[node] is { } ended) found(i + 1, ended);
        }
    }
}
