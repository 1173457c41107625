using System.Collections.Frozen;
using Monitoring.Enrichment.Entities;

namespace Tests.Quality.Ner;

/// <summary>Texts once more as headlines are written, in capitals or with every longer word capitalised, and with places as in datelines.</summary>
static class Recasing
{
    static readonly FrozenSet<string> Small = "a an the of and or but in on for to at by with from as is vs via".Split(' ').ToFrozenSet();

    /// <summary>One text in twenty in capitals, another one as headlines, and another one with its places in capitals.</summary>
    public static IEnumerable<LabelledText> Add(IEnumerable<LabelledText> texts) => texts.SelectMany((text, i) => (i % 20) switch
    {
        3 => [text, text with { Text = Datelines(text) }],
        7 => [text, text with { Text = Capitals(text.Text) }],
        13 => [text, text with { Text = Headline(text.Text) }],
        _ => new[] { text },
    });

    static string Capitals(string text) => string.Concat(text.Select(char.ToUpperInvariant));

    static string Datelines(LabelledText text)
    {
        var characters = text.Text.ToCharArray();
        foreach (var (start, end, _) in text.Names.Where(name => name.Type == EntityType.Place && name.End - name.Start > 4))
            for (var i = start; i < end; i++) characters[i] = char.ToUpperInvariant(characters[i]);
        return new string(characters);
    }

    static string Headline(string text)
    {
        var characters = text.ToCharArray();
        for (var i = 0; i < characters.Length;)
        {
            var end = i;
            while (end < characters.Length && !char.IsWhiteSpace(characters[end]) && characters[end] != '-') end++;
            if (end > i && !Small.Contains(text[i..end])) characters[i] = char.ToUpperInvariant(characters[i]);
            i = end + 1;
        }
        return new string(characters);
    }
}
