using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

/// <summary>What a word may be where an article names its sources; knowledge/source-cues.tsv explains each.</summary>
[Flags]
enum WordClass : ulong
{
    None = 0,
    Speech = 1ul << 0, Report = 1ul << 1, Shows = 1ul << 2,
    People = 1ul << 3, Circle = 1ul << 4, Opinion = 1ul << 5, Document = 1ul << 6, Statement = 1ul << 7,
    Medium = 1ul << 8, Media = 1ul << 9, Masthead = 1ul << 10, Genre = 1ul << 11, Organ = 1ul << 12, NoSource = 1ul << 13,
    Demonym = 1ul << 14, Time = 1ul << 15, Adverb = 1ul << 16, Auxiliary = 1ul << 17, Determiner = 1ul << 18, Tail = 1ul << 19, Vague = 1ul << 20, Stop = 1ul << 21, Title = 1ul << 22,
    Outward = 1ul << 23, Partner = 1ul << 24, Address = 1ul << 25, Maker = 1ul << 26, Place = 1ul << 27, Origin = 1ul << 28, OnAir = 1ul << 29, Paper = 1ul << 30, Cue = 1ul << 31,
    Hidden = 1ul << 32, Close = 1ul << 33, Fresh = 1ul << 34, Credit = 1ul << 35, Day = 1ul << 36,
}

/// <summary>Classes of words by their folded hash.</summary>
sealed class WordClasses
{
    readonly Dictionary<ulong, WordClass> classes = [];

    public WordClasses(Knowledge knowledge)
    {
        foreach (var row in knowledge.Read("source-cues.tsv", columns: 2))
            foreach (var word in row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var hash = WordHash.Of(word);
                classes[hash] = classes.GetValueOrDefault(hash) | ClassOf(row[0]);
            }
    }

    static WordClass ClassOf(string name) => Enum.TryParse<WordClass>(name.Replace("-", ""), ignoreCase: true, out var wordClass) ? wordClass
        : throw new InvalidDataException($"source-cues.tsv: {name} is no class of words.");

    /// <summary>By token. In capitals a function word is none: US, WHO, IT.</summary>
    public WordClass[] Of(Document document)
    {
        const WordClass Function = WordClass.Stop | WordClass.Determiner | WordClass.Tail | WordClass.Adverb | WordClass.Time | WordClass.Day | WordClass.Auxiliary;
        var found = new WordClass[document.Tokens.Length];
        foreach (var i in document.Words)
        {
            var token = document.Tokens[i];
            if (!classes.TryGetValue(token.Folded, out var wordClass)) continue;
            if ((wordClass & Function) != 0 && token.Length > 1 && char.IsUpper(document.Text[token.Start + 1]) && char.IsUpper(document.Text[token.Start])) wordClass &= ~Function;
            // "the Islamic State told" has one verb.
            if ((wordClass & WordClass.Organ) != 0 && char.IsUpper(document.Text[token.Start])) wordClass &= ~(WordClass.Speech | WordClass.Shows);
            found[i] = wordClass;
        }
        return found;
    }
}
