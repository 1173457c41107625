using System.Collections.Frozen;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>The closed classes of English words, by which the noun phrase before or behind a verb is found without a parser.</summary>
[Flags]
public enum WordClass : ushort
{
    None = 0,
    Determiner = 1,
    Preposition = 2,

    /// <summary>Begins a clause: that, because, whether.</summary>
    Subordinator = 4,

    /// <summary>and, but, or.</summary>
    Coordinator = 8,

    /// <summary>Forms of be, have and do.</summary>
    Auxiliary = 16,

    /// <summary>would, will, can.</summary>
    Modal = 32,

    /// <summary>he, she, they: a noun phrase by itself.</summary>
    Pronoun = 64,

    /// <summary>who, which.</summary>
    Relative = 128,

    /// <summary>Stands between subject and verb: also, later, repeatedly.</summary>
    Adverb = 256,

    /// <summary>Days and months.</summary>
    Time = 512,

    /// <summary>Forms of be, which make a passive.</summary>
    Be = 1024,
    Negation = 2048,

    /// <summary>Begins with a capital letter.</summary>
    Capital = 4096,

    /// <summary>Any of the closed classes.</summary>
    Closed = 0xFFF,
}

public static class WordClasses
{
    static readonly FrozenDictionary<ulong, WordClass> Classes = Build(
        (WordClass.Determiner, "the a an his her its their our my your this these those some many most several both each every no all any other another such few more one two three four five six dozens hundreds thousands scores"),
        (WordClass.Preposition, "of for from at in on by with to into about near under over against between among during within without through across aboard along alongside around behind beyond inside outside toward towards upon via amid amidst per despite including following regarding throughout except besides"),
        (WordClass.Subordinator, "that because if when while whether although though since after before until till unless where why how what as than whereas lest once so"),
        (WordClass.Coordinator, "and but or nor yet then &"),
        (WordClass.Auxiliary, "has have had having do does did has've i've we've they've you've hasn't haven't hadn't don't doesn't didn't he'd she'd i'd they'd we'd"),
        (WordClass.Auxiliary | WordClass.Be, "is are was were be been being am get gets got getting isn't aren't wasn't weren't"),
        (WordClass.Modal, "will would can could shall should may might must won't wouldn't can't couldn't cannot shouldn't mustn't i'll we'll he'll she'll they'll"),
        (WordClass.Pronoun, "he she they it i we you everyone everybody somebody someone nobody none himself herself others neither either"),
        (WordClass.Relative, "who which"),
        (WordClass.Negation, "not never"),
        (WordClass.Adverb, "also later then previously repeatedly recently now once again still further even just only always often already ever earlier separately simply subsequently eventually too instead meanwhile nonetheless nevertheless however first long since yesterday today tonight sometimes soon all both once twice there here thus therefore moreover furthermore perhaps maybe indeed likewise jokingly reportedly allegedly"),
        (WordClass.Time, "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december mon tue tues thu thurs fri feb apr jul aug sept oct nov dec week month year weekend night morning afternoon evening"));

    static FrozenDictionary<ulong, WordClass> Build(params (WordClass Class, string Words)[] lists)
    {
        var classes = new Dictionary<ulong, WordClass>();
        foreach (var (type, words) in lists)
            foreach (var word in words.Split(' ')) classes[WordHash.Of(word)] = classes.GetValueOrDefault(WordHash.Of(word)) | type;
        return classes.ToFrozenDictionary();
    }

    /// <summary>Hashes of words in lower case, to be looked up by <see cref="Token.Folded"/>.</summary>
    public static HashSet<ulong> Hashes(string words) => [.. words.Split(' ').Select(word => WordHash.Of(word))];

    /// <summary>By index of the token.</summary>
    public static WordClass[] Of(Document document)
    {
        var classes = new WordClass[document.Tokens.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            var token = document.Tokens[i];
            if (token.Kind is TokenKind.Punctuation && document.Text[token.Start] != '&') continue;
            var type = Classes.GetValueOrDefault(token.Folded);
            if (type == WordClass.None && token.Length > 4 && document.Text[token.End - 1] == 'y' && document.Text[token.End - 2] == 'l' && char.IsLower(document.Text[token.Start])) type = WordClass.Adverb;
            if (char.IsUpper(document.Text[token.Start]))
            {
                type |= WordClass.Capital;
                // "May" and "March" are months, Will and Mark people; a name is none of the adverbs either.
                if ((type & WordClass.Modal) != 0) type = WordClass.Capital;
            }
            classes[i] = type;
        }
        return classes;
    }
}
