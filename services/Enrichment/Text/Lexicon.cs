namespace Monitoring.Enrichment.Text;

/// <summary>
/// Finds phrases in a document by a trie over the hashes of its words, one look-up per word. Punctuation between words is passed
/// over. The last word of a phrase may end in <c>*</c> and then stands for every word that begins so.
/// </summary>
/// <typeparam name="T">What a phrase stands for.</typeparam>
public sealed class Lexicon<T>
{
    const int Root = 0;

    /// <param name="End">Index after its last token.</param>
    /// <param name="Value">What it stands for.</param>
    public readonly record struct Match(int End, T Value);

    readonly Dictionary<ulong, int> steps = [];
    readonly Dictionary<ulong, ulong> stems = [];
    readonly List<T[]?> values = [null];
    readonly bool[] stemLengths = new bool[32];
    readonly bool fold;

    /// <param name="phrases">Each as it stands in text; in lower case where case is to be folded.</param>
    /// <param name="fold">Whether upper and lower case are the same.</param>
    public Lexicon(IEnumerable<(string Phrase, T Value)> phrases, bool fold)
    {
        this.fold = fold;
        foreach (var (phrase, value) in phrases) Add(phrase, value);
    }

    void Add(string phrase, T value)
    {
        var stem = phrase.EndsWith('*');
        var document = new Document(stem ? phrase[..^1] : phrase, null);
        var node = Root;
        for (var i = 0; i < document.Words.Length; i++)
        {
            var token = document.Tokens[document.Words[i]];
            var hash = fold ? token.Folded : token.Exact;
            node = Step(node, stem && i == document.Words.Length - 1 ? Stem(hash, token.Length) : hash);
        }
        if (node != Root) values[node] = [.. values[node] ?? [], value];
    }

    int Step(int node, ulong word)
    {
        var key = WordHash.Join(word, (ulong)node);
        if (steps.TryGetValue(key, out var next)) return next;
        steps.Add(key, next = values.Count);
        values.Add(null);
        return next;
    }

    ulong Stem(ulong hash, int length)
    {
        if (length >= stemLengths.Length) throw new InvalidDataException($"A term that ends in * has {length} characters before it; at most {stemLengths.Length - 1} are told apart.");
        stemLengths[length] = true;
        return stems[hash] = WordHash.Add(hash, '*');
    }

    /// <summary>Every phrase that begins with a word, shorter ones first.</summary>
    /// <param name="document">Where to look.</param>
    /// <param name="word">Index into <see cref="Document.Words"/>.</param>
    /// <param name="found">Takes them.</param>
    public void Find(Document document, int word, List<Match> found)
    {
        var node = Root;
        for (var i = word; i < document.Words.Length; i++)
        {
            var token = document.Tokens[document.Words[i]];
            if (stems.Count > 0) FindStems(document, node, i, found);
            if (!steps.TryGetValue(WordHash.Join(fold ? token.Folded : token.Exact, (ulong)node), out node)) return;
            if (values[node] is not { } ended) continue;
            foreach (var value in ended) found.Add(new Match(document.Words[i] + 1, value));
        }
    }

    void FindStems(Document document, int node, int word, List<Match> found)
    {
        var token = document.Tokens[document.Words[word]];
        var hash = WordHash.Seed;
        for (int i = token.Start, end = Math.Min(token.End, token.Start + stemLengths.Length - 1); i < end; i++)
        {
            hash = WordHash.Add(hash, fold ? char.ToLowerInvariant(document.Text[i]) : document.Text[i]);
            if (!stemLengths[i + 1 - token.Start] || !stems.TryGetValue(hash, out var stem) || !steps.TryGetValue(WordHash.Join(stem, (ulong)node), out var next)) continue;
            foreach (var value in values[next] ?? []) found.Add(new Match(document.Words[word] + 1, value));
        }
    }
}
