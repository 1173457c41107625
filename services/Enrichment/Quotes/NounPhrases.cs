using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>A stretch of tokens; empty where nothing was found.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index after its last token.</param>
public readonly record struct Phrase(int First, int End)
{
    public bool IsEmpty => First >= End;
}

/// <summary>
/// Finds the noun phrase beside a verb by the closed classes alone: it reaches from the verb to the next comma, conjunction, verb or
/// quotation mark. No phrase is longer than thirty tokens, so that every search ends soon.
/// </summary>
/// <param name="document">Where.</param>
/// <param name="classes">By index of the token.</param>
/// <param name="verbs">Which tokens are speech cues.</param>
/// <param name="quoted">Which tokens stand in quotation marks or are such marks.</param>
public sealed partial class NounPhrases(Document document, WordClass[] classes, bool[] verbs, bool[] quoted)
{
    const int MaxTokens = 30, MaxBehind = 16, MaxBracket = 12;

    /// <summary>Whether a noun phrase before a verb is no subject, but a part of what precedes one: "but on Tuesday wrote".</summary>
    public bool IsAdverbial(Phrase phrase, int floor)
    {
        if (Is(phrase.End - 1, WordClass.Time)) return true;
        if (phrase.First <= floor || !Is(phrase.First - 1, WordClass.Preposition)) return false;
        var before = phrase.First - 1;
        while (before > floor && Is(before, WordClass.Preposition)) before--;
        return Is(before, WordClass.Coordinator) && !Is(before, WordClass.Capital);
    }

    /// <summary>The noun phrase that ends before a token.</summary>
    public Phrase Before(int end, int floor)
    {
        var first = end;
        floor = Math.Max(floor, end - MaxTokens);
        for (var i = end - 1; i >= floor && !quoted[i]; i--)
        {
            if (document.Tokens[i].Kind == TokenKind.Punctuation)
            {
                var mark = Mark(i);
                if (mark == ')' && Bracket(i, floor) is var open and >= 0) i = open;
                else if (!(mark is '-' or '/' or '.' && Joins(i) || mark is '\'' or '$' or '%' or '#' or '@' or '&' or '€' or '£')) break;
                first = i;
                continue;
            }
            if (Is(i, WordClass.Pronoun | WordClass.Relative) && !(Is(i, WordClass.Determiner) && i + 1 < end))
            {
                if (i == end - 1) return new Phrase(i, end);
                if (!Is(i, WordClass.Relative) || i <= floor || !document.Tokens[i - 1].IsWord || Is(i - 1, WordClass.Closed)) break;
            }
            if (Is(i, WordClass.Subordinator)) break;
            if (Is(i, WordClass.Coordinator) && !JoinsNames(i, first, end, floor)) break;
            if (Is(i, WordClass.Auxiliary | WordClass.Modal) || verbs[i] && i + 1 < end && !IsNoun(i) && !IsWord(i + 1, By) && !IsGerund(i))
            {
                // A verb of the clause before; unless it is that of a relative clause: people who were briefed on it.
                var relative = Relative(i, floor);
                if (relative <= floor || !document.Tokens[relative - 1].IsWord) break;
                i = relative;
            }
            first = i;
        }
        return Trim(first, end);
    }

    int Bracket(int close, int floor)
    {
        for (var i = close - 1; i >= floor && close - i <= MaxBracket; i--)
            if (Mark(i) == '(') return i;
        return -1;
    }

    int Relative(int verb, int floor)
    {
        for (var i = verb - 1; i >= floor && verb - i <= 3; i--)
            if (Is(i, WordClass.Relative) || IsWord(i, That)) return i;
        return -1;
    }

    static readonly ulong That = WordHash.Of("that"), Of = WordHash.Of("of"), And = WordHash.Of("and"), For = WordHash.Of("for"), There = WordHash.Of("there"), By = WordHash.Of("by"), Percent = WordHash.Of("percent");

    bool IsNoun(int i) => Is(i - 1, WordClass.Determiner | WordClass.Preposition) || (uint)(i - 1) < (uint)classes.Length && document.Tokens[i - 1].Kind == TokenKind.Genitive;

    /// <summary>Smith and Jones, not: he left and Jones …</summary>
    bool JoinsNames(int i, int first, int end, int floor) =>
        (IsWord(i, And) || Mark(i) == '&') && i > floor && first < end && (Is(i - 1, WordClass.Capital) && Is(i + 1, WordClass.Capital | WordClass.Determiner) || IsPlain(i - 1) && IsPlain(i + 1) && (i - 1 == floor || !document.Tokens[i - 2].IsWord));

    /// <summary>A word of no closed class.</summary>
    bool IsPlain(int i) => classes[i] == WordClass.None && document.Tokens[i].Kind == TokenKind.Word && !verbs[i];

    Phrase Trim(int first, int end)
    {
        while (first < end && (Is(first, WordClass.Adverb | WordClass.Coordinator | WordClass.Negation | WordClass.Time) && !Is(first, WordClass.Determiner) && !(first + 1 < end && document.Tokens[first + 1].Kind == TokenKind.Genitive)
            || document.Tokens[first].Kind == TokenKind.Punctuation && Mark(first) is not ('$' or '#' or '@' or '€' or '£'))) first++;
        if (first < end && Is(first, WordClass.Preposition)) first = Nearest(first, end);
        // "Last week Smith", "in a speech the president": the later of two phrases that nothing joins.
        for (var i = end - 1; i > first; i--)
        {
            var joined = Is(i - 1, WordClass.Preposition | WordClass.Coordinator | WordClass.Determiner | WordClass.Time | WordClass.Auxiliary | WordClass.Subordinator | WordClass.Adverb) || document.Tokens[i - 1].Kind == TokenKind.Punctuation;
            if (Is(i, WordClass.Determiner) && !Is(i, WordClass.Capital) && !joined || Is(i - 1, WordClass.Time) && Is(i, WordClass.Capital | WordClass.Determiner) && !Is(i, WordClass.Time)) return new Phrase(i, end);
        }
        return new Phrase(first, end);
    }

    /// <summary>Behind the last preposition other than "of" in an adverbial: "In a speech in Ohio Smith".</summary>
    int Nearest(int first, int end)
    {
        for (var i = end - 1; i > first; i--)
            if (Is(i, WordClass.Preposition) && !IsWord(i, Of)) return i + 1;
        return first + 1;
    }

    /// <summary>The noun phrase that begins at a token.</summary>
    public Phrase After(int start, int limit)
    {
        limit = Math.Min(limit, start + MaxBehind);
        while (start < limit && Is(start, WordClass.Adverb) && !Is(start, WordClass.Determiner | WordClass.Capital)) start++;
        if (start >= limit || quoted[start]) return default;
        if (Is(start, WordClass.Pronoun | WordClass.Relative) && !Is(start, WordClass.Determiner)) return new Phrase(start, start + 1);
        var (end, named, linked) = (start, false, false);
        for (var i = start; i < limit && !quoted[i]; i++)
        {
            var token = document.Tokens[i];
            if (token.Kind == TokenKind.Punctuation)
            {
                if (Mark(i) == '(' && named) break;
                if (!(Mark(i) is '-' or '/' or '.' && Joins(i) || Mark(i) is '\'' or '&' or '$' or '#' or '@')) break;
                end = i + 1;
                continue;
            }
            if (token.Kind == TokenKind.Genitive) { named = false; end = i + 1; continue; }
            if (i > start && (classes[i] & ~(WordClass.Capital | WordClass.Determiner)) == WordClass.None && Is(i, WordClass.Determiner) && !Is(i - 1, WordClass.Preposition | WordClass.Determiner | WordClass.Coordinator)) break;
            if (Is(i, WordClass.Auxiliary | WordClass.Modal | WordClass.Subordinator | WordClass.Relative | WordClass.Pronoun | WordClass.Negation) && !Is(i, WordClass.Capital) && !Is(i, WordClass.Determiner)) break;
            if (Is(i, WordClass.Time) && i > start) break;
            if (Is(i, WordClass.Adverb) && i > start && !Is(i, WordClass.Capital | WordClass.Determiner) && !Is(i - 1, WordClass.Determiner)) break;
            if (Is(i, WordClass.Coordinator))
            {
                if (!(IsWord(i, And) && Is(i + 1, WordClass.Capital) && Is(i - 1, WordClass.Capital))) break;
                continue;
            }
            if (Is(i, WordClass.Preposition))
            {
                if (i == start || named && !IsWord(i, Of) || linked && !IsWord(i, Of) && !IsWord(i, For)) break;
                linked = true;
                continue;
            }
            if (!Is(i, WordClass.Capital) && i > start && (verbs[i] && !IsNoun(i) || IsParticiple(token) && !Is(i - 1, WordClass.Determiner))) break;
            // Behind a name only what leads to another belongs to it: the White House press secretary Smith.
            if (named && !Is(i, WordClass.Capital) && token.Kind == TokenKind.Word && !Joins(i - 1) && !LeadsToName(i, limit)) break;
            if (Is(i, WordClass.Capital) && !Is(i, WordClass.Determiner)) named = true;
            end = i + 1;
        }
        return new Phrase(start, end);
    }

    /// <summary>At most four words, each with a capital.</summary>
    public bool IsName(int first, int end)
    {
        for (var i = first; i < end; i++)
            if (!Is(i, WordClass.Capital)) return false;
        return end > first && end - first <= 4;
    }

    bool LeadsToName(int i, int limit)
    {
        for (var k = i + 1; k < limit && k <= i + 3; k++)
        {
            if (Is(k, WordClass.Capital)) return !Is(k, WordClass.Time);
            if (classes[k] != WordClass.None || document.Tokens[k].Kind != TokenKind.Word) return false;
        }
        return false;
    }

    bool IsGerund(int i) => document.Text.AsSpan(document.Tokens[i].Start, document.Tokens[i].Length).EndsWith("ing", StringComparison.Ordinal);

    public bool IsParticiple(Token token) => token.Length > 5 && document.Text.AsSpan(token.End - 3, 3) is "ing" || token.Length > 5 && document.Text.AsSpan(token.End - 2, 2) is "ed";

    /// <summary>The subject of a sentence: the first noun phrase behind what precedes it up to a comma.</summary>
    public Phrase Subject(int first, int limit)
    {
        // A dateline: LONDON (Reuters) -
        for (var i = first; i < limit && i < first + 10 && (Is(i, WordClass.Capital | WordClass.Time) || document.Tokens[i].Kind != TokenKind.Word); i++)
            if (Mark(i) == '-' && !Joins(i)) { first = i + 1; break; }
        for (var tries = 0; tries < 3 && first < limit; tries++)
        {
            while (first < limit && (document.Tokens[first].Kind == TokenKind.Punctuation && Mark(first) is not ('@' or '#') || Is(first, WordClass.Coordinator))) first++;
            if (first >= limit) return default;
            if (!IsAdverbial(first)) break;
            var comma = first;
            while (comma < limit && comma - first < MaxTokens && Mark(comma) != ',') comma++;
            if (comma >= limit || Mark(comma) != ',')
            {
                if (Is(first, WordClass.Adverb | WordClass.Subordinator)) { first++; continue; }
                return default;
            }
            // "In Salem, New Hampshire, Smith": a place has two names.
            if (Is(comma - 1, WordClass.Capital) && !Is(comma - 1, WordClass.Time) && After(comma + 1, limit) is var place && !place.IsEmpty && IsName(place.First, place.End) && Mark(place.End) == ','
                && Is(place.End + 1, WordClass.Capital | WordClass.Pronoun | WordClass.Preposition)) comma = place.End;
            first = comma + 1;
        }
        return first < limit ? After(first, limit) : default;
    }

    /// <summary>
    /// The noun phrase that a comma separates from its verb: "Smith, a lawyer for the group, said". What stands between the commas
    /// is passed over as long as it begins like an apposition.
    /// </summary>
    /// <param name="comma">The last one.</param>
    /// <param name="floor">Where the sentence begins.</param>
    public Phrase Apposed(int comma, int floor)
    {
        Phrase nearest = default;
        floor = Math.Max(floor, comma - 2 * MaxTokens);
        var between = comma;
        for (var i = comma - 1; i > floor && !quoted[i]; i--)
        {
            if (Mark(i) is ';' or ':') break;
            if (!(Mark(i) == ',' || Mark(i) is '-' or '(' && !Joins(i))) continue;
            var phrase = Before(i, floor);
            if (!phrase.IsEmpty && !Is(phrase.First - 1, WordClass.Preposition))
            {
                if (nearest.IsEmpty) nearest = phrase;
                if (Mark(comma) == '-' && Mark(i) == '-') return phrase;
                var apposed = phrase.First > floor + 1 && Mark(phrase.First - 1) == ',' && !Is(phrase.First, WordClass.Capital);
                if (between == comma && IsName(i + 1, comma) && !Is(phrase.End - 1, WordClass.Time) && !(apposed && Is(phrase.First - 2, WordClass.Capital))) return phrase;
                var name = Is(phrase.End - 1, WordClass.Capital | WordClass.Pronoun) && !Is(phrase.End - 1, WordClass.Time) || Mark(phrase.End - 1) == ')';
                if (name && !apposed) return phrase;
            }
            between = i;
        }
        // "After a day of talks, said …" has none; the name itself may be the apposition: "the president, Emmanuel Macron, said".
        return between < comma || nearest.IsEmpty is false ? nearest : default;
    }
}
