using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>Finds for every quotation the cue that governs it: behind it, before it, or that of the quotation it goes on with.</summary>
/// <param name="document">Where.</param>
/// <param name="phrases">Finds noun phrases.</param>
/// <param name="quoted">Which tokens stand in quotation marks or are such marks.</param>
/// <param name="quotations">In order of the text.</param>
/// <param name="found">Who says something outside of them.</param>
public sealed class DirectSpeech(Document document, NounPhrases phrases, bool[] quoted, List<Quotation> quotations, Attributions found)
{
    static readonly HashSet<ulong> Naming = WordClasses.Hashes("called titled entitled named nicknamed dubbed");

    readonly List<Attribution> attributions = found.All;
    Attribution? last;
    int spoken;

    public void Find(List<Statement> statements)
    {
        int open = 0, close = 0, next = 0;
        for (var q = 0; q < quotations.Count; q++)
        {
            var quotation = quotations[q];
            while (open + 1 < document.Sentences.Length && document.Sentences[open].End <= quotation.Open) open++;
            close = Math.Max(open, close);
            while (close + 1 < document.Sentences.Length && document.Sentences[close].End < quotation.Close) close++;
            while (next < attributions.Count && attributions[next].Cue.First < quotation.Open) next++;
            var governing = Governing(q, quotation, next, open, close);
            if (governing is { } attribution) (last, spoken) = (attribution, Math.Max(attribution.Sentence, close));
            else if (!IsSentence(quotation, open)) continue;
            statements.Add(new Statement(quotation.First, quotation.End, true, governing));
        }
    }

    Attribution? Governing(int q, Quotation quotation, int next, int open, int close)
    {
        var begins = document.Sentences[open].First == quotation.Open;
        var before = next > 0 && attributions[next - 1].Sentence >= open - 1 ? Main(next - 1) : null;
        // "…," he said. The cue stands behind the mark.
        var behind = next;
        while (behind < attributions.Count && attributions[behind].Cue.First < quotation.Close) behind++;
        Attribution? after = behind < attributions.Count && Follows(attributions[behind], quotation, close)
            && (q + 1 == quotations.Count || quotations[q + 1].Open > Math.Min(attributions[behind].First, attributions[behind].Cue.First)) ? attributions[behind] : null;
        var direct = before is { } said && said.Sentence == open && quotation.Open - said.End < 2 && (said.Cue.Kind & CueKind.Say) != 0;
        if (!direct && !begins && IsTitle(quotation) && !phrases.IsHeadline(document.Sentences[open])) return null;
        // Xi said it would be “a friend”, Xinhua reported: what begins with a small letter belongs to the sentence it stands in.
        var partial = !begins && char.IsLower(document.Text[document.Tokens[quotation.First].Start]) && before is { } outer && outer.Sentence == open
            && (outer.Cue.Kind & (CueKind.Say | CueKind.Tell)) != 0 && Reaches(outer, quotation);
        if (!partial && after is { } adjacent && IsTag(adjacent, quotation, begins)) return after;
        if (!partial && Bare(quotation, close) is { } bare) return bare;
        // He said: "…" The cue stands before it, in the same sentence.
        if (before is { } inSentence && inSentence.Sentence == open && Reaches(inSentence, quotation)) return before;
        if (after is { Carried: false }) return after;
        var introduced = open > 0 && document.Sentences[open - 1].End is var end && phrases.Mark(end - 1) is ':' or ',' || phrases.Mark(quotation.Open - 1) is ':';
        if (!begins || introduced)
        {
            if (introduced && begins && before is { } colon && colon.Sentence == open - 1) return before;
            var sentence = begins ? open - 1 : open;
            if (!introduced && quotation.End - quotation.First < 12) return null;
            return Subject(sentence, quotation.Open);
        }
        // A sentence that is nothing but quoted goes on with who spoke last.
        return quotation.End - quotation.First >= 4 && spoken >= open - 1 ? last : null;
    }

    /// <summary>A quotation whoever said it: a whole sentence between its marks.</summary>
    bool IsSentence(Quotation quotation, int open) =>
        document.Sentences[open].First == quotation.Open && quotation.End - quotation.First >= 6 && phrases.Mark(quotation.End - 1) is '.' or '!' or '?' && !IsTitle(quotation);

    /// <summary>Whether words behind a quotation only tell who said it: “…,” he said on Monday.</summary>
    bool IsTag(Attribution attribution, Quotation quotation, bool begins)
    {
        if (attribution.Carried || (attribution.Cue.Kind & CueKind.According) != 0 || phrases.Is(attribution.Speaker.First, WordClass.Relative)) return false;
        var first = Math.Min(attribution.First, attribution.Cue.First);
        var comma = first > quotation.Close && phrases.Mark(quotation.Close) is ',' or '-';
        if (first - quotation.Close > (comma ? 1 : 0)) return false;
        if (!comma && phrases.Mark(quotation.End - 1) is not (',' or '?' or '!' or '.' or '-' or '\u2026' or '\'' or '"')) return false;
        return begins || !phrases.BeginsClause(Math.Max(attribution.End, attribution.Cue.End), document.Sentences[attribution.Sentence].End);
    }

    /// <summary>Whether a cue in the same sentence is still about what is quoted behind it.</summary>
    bool Reaches(Attribution attribution, Quotation quotation)
    {
        var first = Math.Min(attribution.First, attribution.Cue.First);
        var from = Math.Max(attribution.End, attribution.Cue.End);
        // “…,” said Ramos, whose book features “rebellious” people.
        if (first > document.Sentences[attribution.Sentence].First && (quoted[first - 1] || first > 1 && phrases.Mark(first - 1) is ',' && quoted[first - 2])) return quotation.Open - from < 2 || phrases.Mark(quotation.Open - 1) is ',' or ':';
        if ((attribution.Cue.Kind & (CueKind.Quoting | CueKind.Think)) == 0) return true;
        for (var i = from; i < quotation.Open; i++)
            if (!quoted[i] && phrases.Mark(i) is ',' or ';' && !quoted[i - 1] && i + 1 < quotation.Open) return false;
        return true;
    }

    /// <summary>The attribution on which another depends: he said she called it …</summary>
    Attribution? Main(int i)
    {
        while (found.Outer(i) is var outer and >= 0) i = outer;
        return attributions[i];
    }

    /// <summary>In the sentence in which the quotation ends, or the next when it ends one itself: "Why?" he asked.</summary>
    bool Follows(Attribution attribution, Quotation quotation, int close) =>
        attribution.Sentence == close
        || attribution.Sentence == close + 1 && document.Sentences[close].End == quotation.Close && Math.Min(attribution.First, attribution.Cue.First) == quotation.Close
            && (phrases.Mark(quotation.End - 1) is '?' or '!' || document.Sentences[close + 1].End - attribution.End < 3)
            && !document.Text.AsSpan(document.Tokens[quotation.Close - 1].End, document.Tokens[quotation.Close].Start - document.Tokens[quotation.Close - 1].End).Contains('\n');

    /// <summary>The name of a book or a show: every word but the small ones begins with a capital.</summary>
    bool IsTitle(Quotation quotation)
    {
        // A loophole called an "inversion", a book entitled "…", the so-called "…".
        var naming = quotation.Open - (phrases.Is(quotation.Open - 1, WordClass.Determiner) ? 2 : 1);
        if (naming > 0 && Naming.Contains(document.Tokens[naming].Folded) && (phrases.Mark(naming - 1) is '-' or ',' || document.Tokens[naming - 1].Kind == TokenKind.Word && !phrases.Is(naming - 1, WordClass.Closed | WordClass.Capital))) return true;
        if (quotation.End - quotation.First > 10) return false;
        for (var i = quotation.First; i < quotation.End; i++)
            if (document.Tokens[i].Kind == TokenKind.Word && !phrases.Is(i, WordClass.Capital)
                && !(i > quotation.First && phrases.Is(i, WordClass.Determiner | WordClass.Preposition | WordClass.Coordinator | WordClass.Auxiliary))) return false;
        return true;
    }

    /// <summary>Any verb will do between a quotation and its speaker: "…," Smith began.</summary>
    Attribution? Bare(Quotation quotation, int close)
    {
        var end = document.Sentences[close].End;
        var first = quotation.Close;
        if (first + 1 >= end || phrases.Mark(quotation.End - 1) is not (',' or '?' or '!') && phrases.Mark(first) != ',') return null;
        if (phrases.Mark(first) == ',') first++;
        if (!phrases.Is(first, WordClass.Pronoun | WordClass.Capital | WordClass.Determiner) || phrases.Is(first, WordClass.Time | WordClass.Preposition | WordClass.Subordinator)) return null;
        var verb = first + 1;
        if (!phrases.Is(first, WordClass.Pronoun))
            while (verb < end && verb < first + 6 && !IsVerb(verb, end)) verb++;
        return verb < end && IsVerb(verb, end) ? new Attribution(new Phrase(first, verb), new Cue(verb, verb + 1, CueKind.Quoting), first, verb + 1, close, false) : null;
    }

    /// <summary>A form in -ed, -s or -t with nothing behind it but a circumstance.</summary>
    bool IsVerb(int i, int end) =>
        document.Tokens[i].Kind == TokenKind.Word && !phrases.Is(i, WordClass.Closed | WordClass.Capital) && document.Text[document.Tokens[i].End - 1] is 'd' or 's' or 't'
        && (i + 1 >= end || !document.Tokens[i + 1].IsWord && document.Tokens[i + 1].Kind != TokenKind.Genitive || phrases.Is(i + 1, WordClass.Preposition | WordClass.Adverb | WordClass.Time) || phrases.IsCircumstance(i + 1));

    Attribution? Subject(int sentence, int limit)
    {
        var subject = phrases.Subject(document.Sentences[sentence].First, limit);
        if (subject.IsEmpty) return null;
        return new Attribution(subject, new Cue(subject.First, subject.First, CueKind.Quoting), subject.First, subject.End, sentence, true);
    }
}
