using Monitoring.Contracts;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

enum OutletKind : byte { Agency, Outlet, Programme, Platform, Common, Letter }

/// <param name="Id">As an entity's.</param>
/// <param name="Name">Canonical.</param>
/// <param name="Domains">Host names without <c>www.</c></param>
/// <param name="Kind">What it takes to be a source.</param>
sealed record Outlet(string Id, string Name, string[] Domains, OutletKind Kind);

/// <summary>A medium named in the text, or its address.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index after its last token.</param>
/// <param name="Outlet">Null where the table does not know it.</param>
/// <param name="Host">The address, where that is what stands there.</param>
readonly record struct MediumMention(int First, int End, Outlet? Outlet, string? Host)
{
    static readonly Comparer<MediumMention> ByFirst = Comparer<MediumMention>.Create((one, other) => one.First.CompareTo(other.First));

    /// <summary>Whether one of them, in order of the text, begins at a token.</summary>
    public static bool Begins(List<MediumMention> media, int token) => media.BinarySearch(new MediumMention(token, 0, null, null), ByFirst) >= 0;
}

/// <summary>The media of knowledge/outlets.tsv, by their names in a text and by their hosts.</summary>
sealed class Outlets
{
    public sealed record Surface(string Text, int Skip, Outlet Outlet);

    public sealed class Matches : List<Lexicon<Surface>.Match>;

    readonly Lexicon<Surface> surfaces;
    readonly Dictionary<string, Outlet> byDomain = new(StringComparer.Ordinal);
    readonly Dictionary<string, Outlet> byName = new(StringComparer.Ordinal);

    /// <summary>Words in lower case that begin a name: dpa, taz.</summary>
    readonly HashSet<ulong> lowerCase = [];

    public Outlets(Knowledge knowledge)
    {
        var found = new Dictionary<string, Surface>(StringComparer.Ordinal);
        foreach (var row in knowledge.Read("outlets.tsv", columns: 5))
        {
            if (!Enum.TryParse<OutletKind>(row[4], ignoreCase: true, out var kind)) throw new InvalidDataException($"outlets.tsv: {row[4]} is no kind of medium.");
            var outlet = new Outlet(row[0], row[1], row[3].Split(',', StringSplitOptions.RemoveEmptyEntries), kind);
            foreach (var domain in outlet.Domains) byDomain.TryAdd(domain, outlet);
            foreach (var name in row[2].Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(row[1])) Add(found, Normaliser.Normalise(name).Text, outlet);
        }
        surfaces = new Lexicon<Surface>(found.Values.Select(surface => (surface.Text, surface)), fold: false);
    }

    void Add(Dictionary<string, Surface> found, string name, Outlet outlet)
    {
        byName.TryAdd(Squash(name), outlet);
        if (name.Contains('(')) return;
        if (!name.StartsWith("The ", StringComparison.Ordinal)) Put(name, 0);
        else
        {
            Put(name, 1);
            Put($"the {name[4..]}", 1);
            // "Times" alone is no name; "Kyiv Independent" is.
            if (name.AsSpan(4).ContainsAny(" -")) Put(name[4..], 0);
        }

        void Put(string text, int skip)
        {
            found.TryAdd(text, new Surface(text, skip, outlet));
            if (char.IsLower(text[0])) lowerCase.Add(WordHash.Of(text.AsSpan(0, text.AsSpan().IndexOfAny(" .-") is var end and >= 0 ? end : text.Length)));
        }
    }

    /// <summary>The medium whose name begins with a word, the longest; "the" before it is no part of the name.</summary>
    /// <param name="document">Where to look.</param>
    /// <param name="word">Index into <see cref="Document.Words"/>.</param>
    /// <param name="found">Reused from word to word.</param>
    public MediumMention? At(Document document, int word, Matches found)
    {
        var first = document.Words[word];
        var token = document.Tokens[first];
        var c = document.Text[token.Start];
        if (!char.IsUpper(c) && !char.IsAsciiDigit(c) && !lowerCase.Contains(token.Exact)) return null;
        found.Clear();
        surfaces.Find(document, word, found);
        for (var i = found.Count - 1; i >= 0; i--)
        {
            var (text, skip, outlet) = found[i].Value;
            if (string.CompareOrdinal(document.Text, token.Start, text, 0, text.Length) != 0) continue;
            var end = found[i].End;
            while (end < document.Tokens.Length && document.Tokens[end].End <= token.Start + text.Length) end++;
            // "the Sun" does not begin "the Sun-Times".
            if (end + 1 < document.Tokens.Length && document.Text[document.Tokens[end].Start] == '-' && document.Tokens[end].Start == document.Tokens[end - 1].End && document.Tokens[end + 1].Start == document.Tokens[end].End && char.IsUpper(document.Text[document.Tokens[end + 1].Start])) continue;
            return new MediumMention(first + skip, end, outlet, null);
        }
        return null;
    }

    /// <summary>The medium an article comes from, by its host or its name; null where the table does not know it.</summary>
    public Outlet? Own(Source? source, string? host) =>
        (source?.Domain is { } domain ? OfHost(domain) : null) ?? (host is null ? null : OfHost(host)) ?? (source?.Name is { } name ? byName.GetValueOrDefault(Squash(name)) : null);

    /// <summary>By the host itself or one that it is below: edition.cnn.com.</summary>
    public Outlet? OfHost(string host)
    {
        for (var rest = host; ;)
        {
            if (byDomain.TryGetValue(rest, out var outlet)) return outlet;
            var dot = rest.IndexOf('.');
            if (dot < 0) return null;
            rest = rest[(dot + 1)..];
        }
    }

    /// <summary>Letters and digits in lower case without an article: "The Kyiv Independent" is kyivindependent.</summary>
    public static string Squash(string name)
    {
        var bare = name.StartsWith("the ", StringComparison.OrdinalIgnoreCase) ? name[4..] : name;
        return string.Concat(bare.Where(char.IsLetterOrDigit)).ToLowerInvariant();
    }
}
