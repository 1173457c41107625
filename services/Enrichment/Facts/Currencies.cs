using System.Collections.Frozen;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Facts;

/// <param name="Code">ISO 4217; null for a name that several currencies share.</param>
/// <param name="Family">Those currencies; else the one.</param>
/// <param name="Unit">1, or 0.01 for cents.</param>
/// <param name="NeedsScale">The name is another word too.</param>
public sealed record CurrencyName(string? Code, IReadOnlyList<string> Family, decimal Unit, bool NeedsScale);

/// <summary>What currencies are called and how millions are.</summary>
public sealed class Currencies
{
    readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> before;
    readonly FrozenDictionary<string, decimal>.AlternateLookup<ReadOnlySpan<char>> scales;
    readonly FrozenDictionary<string, CurrencyName>.AlternateLookup<ReadOnlySpan<char>> attached;
    readonly Lexicon<CurrencyName> names;

    public Currencies(Knowledge knowledge)
    {
        var prefixes = new Dictionary<string, string>();
        var phrases = new Dictionary<string, CurrencyName>();
        foreach (var row in knowledge.Read("currencies.tsv", columns: 4))
        {
            var family = row[0].TrimStart('?').Split(' ');
            var code = row[0][0] == '?' ? null : row[0];
            foreach (var sign in Items(row[1], ' ')) prefixes[sign] = code ?? throw new InvalidDataException($"currencies.tsv: {sign} stands before numbers of several currencies.");
            foreach (var name in Items(row[2], '|')) phrases[name.TrimStart('~')] = new CurrencyName(code, family, 1, name[0] == '~');
            foreach (var name in Items(row[3], '|')) phrases.TryAdd(name, new CurrencyName(code, family, 0.01m, false));
        }
        before = prefixes.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        attached = phrases.Where(phrase => !phrase.Key.Contains(' ')).ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        names = new Lexicon<CurrencyName>(phrases.SelectMany(phrase => (phrase.Value.Unit == 1 ? new[] { phrase.Key, Title(phrase.Key) } : [phrase.Key]).Distinct().Select(name => (name, phrase.Value))), fold: false);
        scales = knowledge.Read("amount-scales.tsv", columns: 2).SelectMany(row => Items(row[1], ' ').Select(word => (word, Value: decimal.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture))))
            .ToFrozenDictionary(scale => scale.word, scale => scale.Value, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    static string[] Items(string cell, char separator) => cell.Split(separator, StringSplitOptions.RemoveEmptyEntries);

    static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>The currency of what stands before a number: $, US$, Rs.</summary>
    public string? Before(ReadOnlySpan<char> sign) => before.TryGetValue(sign, out var code) ? code : null;

    /// <summary>What stands behind a number without a space, or a sign: 20€, 50p, 300元.</summary>
    public CurrencyName? Attached(ReadOnlySpan<char> sign) => attached.TryGetValue(sign, out var name) ? name : null;

    public decimal? Scale(ReadOnlySpan<char> word) => scales.TryGetValue(word, out var scale) ? scale : null;

    /// <summary>The longest name of a currency that begins at a word.</summary>
    /// <param name="document">Where.</param>
    /// <param name="word">Index into <see cref="Document.Words"/>.</param>
    /// <param name="found">Room for matches.</param>
    public Lexicon<CurrencyName>.Match? Named(Document document, int word, List<Lexicon<CurrencyName>.Match> found)
    {
        found.Clear();
        names.Find(document, word, found);
        return found.Count > 0 ? found[^1] : null;
    }
}
