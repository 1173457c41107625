using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

/// <summary>A source found, before it is known whether another one overlaps it.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index after its last token.</param>
/// <param name="CueFirst">Index of the first token of what makes it a source.</param>
/// <param name="CueEnd">Index after the last one.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Outlet">The medium of the table, if it is one.</param>
readonly record struct Candidate(int First, int End, int CueFirst, int CueEnd, SourceKind Kind, MediumMention? Outlet = null);

enum SourceKind : byte { Medium, Named, Document, Anonymous }

/// <summary>An article's words with their classes, and where its noun phrases begin and end.</summary>
sealed class SourceText(Document document, ArticleEntities entities, WordClass[] classes)
{
    const int LongestName = 16;

    readonly Token[] tokens = document.Tokens;
    readonly string text = document.Text;

    public Document Document { get; } = document;
    public ArticleEntities Entities { get; } = entities;

    public bool Is(int i, WordClass any) => (classes[i] & any) != 0;
    public bool Is(int i, ulong word) => tokens[i].Folded == word && tokens[i].IsWord;
    public bool IsWord(int i) => tokens[i].IsWord;
    public bool IsCapital(int i) => tokens[i].IsWord && char.IsUpper(First(i));
    public bool IsMark(int i, char mark) => First(i) == mark && tokens[i].Kind == TokenKind.Punctuation;
    public bool IsGenitive(int i) => tokens[i].Kind == TokenKind.Genitive || IsMark(i, '\'') && i > 0 && Touches(i - 1) && Last(i - 1) == 's';
    public char First(int i) => text[tokens[i].Start];
    public char Last(int i) => char.ToLowerInvariant(text[tokens[i].End - 1]);

    /// <summary>No space between a token and the next.</summary>
    public bool Touches(int i) => i + 1 < tokens.Length && tokens[i].End == tokens[i + 1].Start;

    /// <summary>Every class of a stretch's words.</summary>
    public WordClass Classes(int from, int to)
    {
        var all = WordClass.None;
        for (var i = from; i < to; i++) all |= classes[i];
        return all;
    }

    /// <summary>A hyphen, a slash or an ampersand inside a name.</summary>
    public bool Joins(int i) => i > 0 && tokens[i].Kind == TokenKind.Punctuation && (First(i) == '&' || First(i) is '-' or '/' or '.' && Touches(i - 1) && Touches(i));

    /// <summary>A capital that makes a name: not that of a word which only begins the sentence.</summary>
    public bool IsName(int i) => IsCapital(i) && !Is(i, WordClass.Stop | WordClass.Determiner | WordClass.Day);

    /// <summary>The first word of a sentence, whose capital says nothing.</summary>
    public bool IsInitial(int i, int sentence) => i == sentence || i == sentence + 1 && !IsWord(sentence);

    /// <summary>Index of the first token of the name that ends before <paramref name="end"/>, or that index itself where there is none.</summary>
    public int NameBefore(int end, int from)
    {
        var first = end;
        from = Math.Max(from, end - LongestName);
        for (var i = end - 1; i >= from; i--)
            if (IsName(i)) first = i;
            else if (!(Joins(i) && i > from && IsCapital(i - 1)) && !(first == i + 1 && IsLink(i, from))) break;
        return first;
    }

    /// <summary>"of" in University of Colorado, "on" in Commission on Presidential Debates.</summary>
    bool IsLink(int i, int from) => i > from && IsName(i - 1) && i + 1 < tokens.Length && IsName(i + 1) && (Is(i, Of) || (Is(i, For) || Is(i, On)) && Is(i - 1, WordClass.Organ));

    /// <summary>Index after the name that begins at a token, or that token where there is none.</summary>
    public int NameEnd(int first, int to)
    {
        var end = first;
        to = Math.Min(to, first + LongestName);
        for (var i = first; i < to; i++)
        {
            if (IsName(i) || end == i && i > first && IsCapital(i) && !Is(i, WordClass.Time)) { end = i + 1; continue; }
            if (end != i || i == first || i + 1 >= to) break;
            if (Joins(i)) continue;
            if (Is(i, Of) || Is(i, For) || Is(i, On) && Is(i - 1, WordClass.Organ)) { if (IsName(i + 1)) continue; if (Is(i + 1, The) && i + 2 < to && IsName(i + 2)) { i++; continue; } }
            if (Is(i, And) && CoversBoth(i)) continue;
            break;
        }
        return end;
    }

    /// <summary>One entity goes on over a word: "Immigration and Customs Enforcement".</summary>
    bool CoversBoth(int i) => Entities.At(i) >= 0;

    /// <summary>A person's name without the titles before it.</summary>
    public int WithoutTitle(int first, int end)
    {
        for (var i = end - 2; i >= first; i--)
            if (Is(i, WordClass.Title) && !Is(i + 1, WordClass.Title) && !Joins(i + 1) && !Is(i + 1, Of) && !Is(i + 1, For)) return i + 1;
        while (first < end - 1 && Is(first, WordClass.Demonym) && !Joins(first + 1) && Entities.At(first) is var at && (at < 0 || Entities.Mentions[at].End == first + 1)) first++;
        return first;
    }

    /// <summary>Index of the first token of the noun phrase around a head, articles and numbers left out.</summary>
    public int PhraseStart(int head, int from)
    {
        const int Longest = 7;
        var first = head;
        for (var i = head - 1; i >= from && head - i <= Longest; i--)
        {
            if (Is(i, WordClass.Fresh) && !IsCapital(i)) break;
            if (IsWord(i) && !Is(i, WordClass.Stop | WordClass.Determiner | WordClass.Outward) && !(Is(i, WordClass.Speech | WordClass.Auxiliary | WordClass.Report) && !Is(i, WordClass.Medium | WordClass.Organ | WordClass.Document) && !IsCapital(i))) first = i;
            else if (!IsGenitive(i) && !Joins(i) && !IsLink(i, from)) break;
        }
        return first;
    }

    /// <summary>Index after what says more about the people that a head names: "familiar with the matter", "who was there".</summary>
    public int TailEnd(int end, int to)
    {
        const int Longest = 12;
        if (end >= to || !IsWord(end) || !Is(end, WordClass.Tail) || Is(end, On) && end + 1 < to && Is(end + 1, WordClass.Time)) return end;
        var who = Is(end, Who) || Is(end, Whose);
        var i = end + 1;
        for (; i < to && i - end <= Longest; i++)
        {
            if (IsGenitive(i) || Joins(i)) continue;
            if (!IsWord(i)) break;
            if (!who && Is(i, WordClass.Outward) && !Is(i - 1, To)) break;
            if (!who && i > end + 1 && Is(i, WordClass.Speech) && !Is(i - 1, WordClass.Determiner | WordClass.Stop)) break;
            if (who && i > end + 2 && Is(i, WordClass.Outward | WordClass.Speech) && !Is(i - 1, WordClass.Stop | WordClass.Auxiliary)) break;
            if (Is(i, That) || Is(i, WordClass.Time) && Is(i - 1, On)) break;
        }
        while (i > end + 1 && (Is(i - 1, WordClass.Stop | WordClass.Adverb | WordClass.Auxiliary | WordClass.Determiner) || Is(i - 1, WordClass.Time))) i--;
        return i;
    }

    /// <summary>Index after adverbs, auxiliaries and days that may stand between a subject and its verb.</summary>
    public int SkipToVerb(int i, int to)
    {
        const int Longest = 5;
        for (var end = Math.Min(to, i + Longest); i < end && (Is(i, WordClass.Adverb | WordClass.Auxiliary | WordClass.Time) || IsAdverb(i)); i++)
            if (Is(i, WordClass.Speech | WordClass.Report)) break;
        return i;
    }

    public bool IsAdverb(int i) => tokens[i].Length > 4 && Last(i) == 'y' && text[tokens[i].End - 2] == 'l' && !IsCapital(i) && !Is(i, WordClass.Paper | WordClass.Organ | WordClass.People | WordClass.Opinion | WordClass.Circle | WordClass.Medium);

    public static readonly ulong Of = WordHash.Of("of"), For = WordHash.Of("for"), The = WordHash.Of("the"), And = WordHash.Of("and"), On = WordHash.Of("on"), Who = WordHash.Of("who"),
        Whose = WordHash.Of("whose"), To = WordHash.Of("to"), That = WordHash.Of("that"), In = WordHash.Of("in"), By = WordHash.Of("by"), From = WordHash.Of("from"), With = WordHash.Of("with");
}
