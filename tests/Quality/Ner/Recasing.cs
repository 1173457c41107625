using System.Collections.Frozen;

namespace Tests.Quality.Ner;

/// <summary>Texts once more as headlines are written: in capitals, or with every longer word capitalised.</summary>
static class Recasing
{
    static readonly FrozenSet<string> Small = "a an the of and or but in on for to at by with from as is vs via".Split(' ').ToFrozenSet();

    /// <summary>One text in twenty in capitals and another one in twenty as headlines.</summary>
    public static IEnumerable<LabelledText> Add(IEnumerable<LabelledText> texts) => texts.SelectMany((text, i) => (i % 20) switch
    {
        7 => [text, text with { Text = Capitals(text.Text) }],
        13 => [text, text with { Text = Headline(text.Text) }],
        _ => new[] { text },
    });

    static string Capitals(string text) => string.Concat(text.Select(char.ToUpperInvariant));

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
