using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <content>What single words and marks tell about the sentence around them.</content>
public sealed partial class NounPhrases
{
    public bool Is(int i, WordClass type) => (uint)i < (uint)classes.Length && (classes[i] & type) != 0;

    /// <summary>The character of a token of one character that is no word, else '\0'.</summary>
    public char Mark(int i) => (uint)i < (uint)classes.Length && document.Tokens[i] is { Length: 1, Kind: TokenKind.Punctuation } token ? document.Text[token.Start] : '\0';

    bool IsWord(int i, ulong folded) => (uint)i < (uint)classes.Length && document.Tokens[i].Folded == folded;

    /// <summary>A hyphen or the like inside a word.</summary>
    public bool Joins(int i) => i > 0 && i + 1 < classes.Length && document.Tokens[i - 1].End == document.Tokens[i].Start && document.Tokens[i + 1].Start == document.Tokens[i].End;

    static readonly HashSet<ulong> Circumstances = WordClasses.Hashes("as while when after before since because although though until whereas");

    static readonly HashSet<ulong> Objects = WordClasses.Hashes("him her them us me");

    public bool IsObject(int i) => (uint)i < (uint)classes.Length && Objects.Contains(document.Tokens[i].Folded);

    /// <summary>A conjunction whose clause is not what is said: he left while she said.</summary>
    public bool IsCircumstance(int i) => (uint)i < (uint)classes.Length && Circumstances.Contains(document.Tokens[i].Folded);

    /// <summary>Whether a clause follows: that, a pronoun, a noun phrase.</summary>
    public bool BeginsClause(int i, int end) =>
        i < end && document.Tokens[i].IsWord && (!Is(i, WordClass.Preposition | WordClass.Time | WordClass.Adverb | WordClass.Coordinator) && !IsCircumstance(i) || IsWord(i, There)
            || Is(i, WordClass.Adverb) && i + 1 < end && document.Tokens[i + 1].IsWord && !Is(i + 1, WordClass.Closed & ~(WordClass.Determiner | WordClass.Pronoun)));

    /// <summary>Whether a sentence begins with something before its subject: a preposition, a conjunction, a day, a participle.</summary>
    public bool IsAdverbial(int i) =>
        Is(i, WordClass.Preposition | WordClass.Subordinator | WordClass.Adverb | WordClass.Time) && !Is(i, WordClass.Determiner) || IsParticiple(document.Tokens[i])
        || document.Text[document.Tokens[i].End - 1] == 'y' && (Mark(i + 1) == ',' || Is(i + 1, WordClass.Subordinator));

    /// <summary>Who answered a poll: 60 percent of voters. They say what they were asked.</summary>
    public bool IsShare(Phrase phrase)
    {
        for (var i = phrase.First; i < phrase.End; i++)
            if (IsWord(i, Percent) || Mark(i) == '%') return true;
        return false;
    }

    /// <summary>Whether a clause ends at a token: there the sentence ends or a comma stands.</summary>
    public bool Ends(int i, int end) => i >= end || Mark(i) is ',' or '.' or ';';

    /// <summary>Whether most words of a sentence begin with a capital letter.</summary>
    public bool IsHeadline(Sentence sentence)
    {
        int capital = 0, words = 0;
        for (var i = sentence.First; i < sentence.End && i < sentence.First + MaxTokens; i++)
        {
            if (document.Tokens[i].Kind != TokenKind.Word || Is(i, WordClass.Preposition | WordClass.Determiner | WordClass.Coordinator)) continue;
            words++;
            if (Is(i, WordClass.Capital)) capital++;
        }
        return capital * 3 > words * 2 && words > 2;
    }
}
