using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>Finds what cues report without quotation marks: said that …, according to …</summary>
/// <param name="document">Where.</param>
/// <param name="phrases">Finds noun phrases.</param>
/// <param name="quoted">Which tokens stand in quotation marks or are such marks.</param>
/// <param name="found">Who says something.</param>
public sealed class ReportedSpeech(Document document, NounPhrases phrases, bool[] quoted, Attributions found)
{
    const int FewestWords = 3;

    static readonly ulong That = WordHash.Of("that"), To = WordHash.Of("to");

    readonly List<Attribution> attributions = found.All;

    public void Find(List<Statement> statements)
    {
        for (var i = 0; i < attributions.Count; i++)
        {
            var attribution = attributions[i];
            if ((attribution.Cue.Kind & (CueKind.Say | CueKind.Tell | CueKind.According | CueKind.Urge)) == 0 || (attribution.Cue.Kind & CueKind.Think) != 0) continue;
            if (found.Outer(i) >= 0 || phrases.IsShare(attribution.Speaker)) continue;
            var sentence = document.Sentences[attribution.Sentence];
            var next = i + 1;
            while (next < attributions.Count && attributions[next].Sentence == attribution.Sentence && found.Outer(next) >= 0) next++;
            var (first, end) = Content(attribution, sentence, next < attributions.Count && attributions[next].Sentence == attribution.Sentence ? attributions[next] : null);
            var words = 0;
            for (var k = first; k < end; k++)
                if (!quoted[k] && document.Tokens[k].IsWord) words++;
            if (words >= FewestWords) statements.Add(new Statement(first, end, false, attribution));
        }
    }

    /// <summary>What is said: before the cue, behind it, or around it.</summary>
    (int First, int End) Content(Attribution attribution, Sentence sentence, Attribution? next)
    {
        var last = sentence.End;
        if (last > sentence.First && phrases.Mark(last - 1) is '.') last--;
        var begin = Math.Max(attribution.End, attribution.Cue.End);
        var comma = begin;
        while (begin < last && phrases.Mark(begin) is ',' or ':') begin++;
        var separate = begin > comma;
        begin = AfterTime(begin, last);

        var first = Math.Min(attribution.First, attribution.Cue.First);
        var behindComma = first > sentence.First + 2 && phrases.Mark(first - 1) is ',';
        if (first > sentence.First && (quoted[first - 1] || behindComma && quoted[first - 2]))
        {
            // “…,” said Smith, a lawyer: what is said has been said.
            if (separate || attribution.IsInverted || begin >= last || !phrases.BeginsClause(begin, last) || !HasVerb(begin, last)) return default;
            if ((attribution.Cue.Kind & CueKind.Tell) != 0 && document.Tokens[begin].Folded != That) return default;
        }
        var before = (First: sentence.First, End: behindComma ? first - 1 : first);
        if ((attribution.Cue.Kind & CueKind.According) != 0)
        {
            if (first - sentence.First > 3 && !phrases.Is(before.End - 1, WordClass.Subordinator) && IsStatement(before.First, before.End)) return before;
        }
        else if (attribution.Passive)
        {
            if (begin >= last || document.Tokens[begin].Folded != That) return first - sentence.First >= FewestWords ? before : default;
        }
        else if (begin >= last || !quoted[begin])
        {
            // The plan, he said, will fail.
            if (behindComma && separate && !attribution.Carried && !attribution.IsInverted && begin < last) return (sentence.First, last);
            // The plan will fail, he said on Monday; said Smith, who …
            if (behindComma && !attribution.Carried && (attribution.IsInverted || !phrases.BeginsClause(begin, last))) return IsStatement(before.First, before.End) ? before : default;
            if (attribution.IsInverted || !BeginsContent(attribution, begin, last)) return default;
        }
        if (!phrases.BeginsClause(begin, last) && begin < last)
            for (var k = begin; k < last && k < begin + 8; k++)
                if (document.Tokens[k].Folded == That) { begin = k; break; }
        var end = next is { } other && other.Cue.First > begin + 2 && GoesOn(other) ? Math.Max(begin, Math.Min(other.First, other.Cue.First)) : last;
        while (begin < end && document.Tokens[begin].Folded == That) begin++;
        while (end > begin && (phrases.Mark(end - 1) is ',' or ';' || phrases.Is(end - 1, WordClass.Coordinator))) end--;
        return (begin, end);
    }

    /// <summary>Whether the sentence leaves what is said for another cue: said …, but added …</summary>
    bool GoesOn(Attribution next) =>
        (next.Cue.Kind & (CueKind.Say | CueKind.Tell)) != 0 && (next.Carried || phrases.Mark(next.First - 1) is ',' or ';' || phrases.Is(next.First - 1, WordClass.Coordinator));

    /// <summary>More than "On Monday": a clause of its own.</summary>
    bool IsStatement(int first, int end)
    {
        var adverbial = phrases.IsAdverbial(first);
        for (var i = first; i < end; i++)
            if (adverbial && phrases.Mark(i) == ',' && i + 1 < end && !phrases.IsAdverbial(i + 1)) return true;
        return !adverbial;
    }

    /// <summary>Whether what follows the cue can be what is said: a clause after "said", one with a subject after "reported", an infinitive after "urged".</summary>
    bool BeginsContent(Attribution attribution, int i, int end)
    {
        if (i >= end) return false;
        if ((attribution.Cue.Kind & CueKind.Urge) != 0 && document.Tokens[i].Folded == To) return true;
        if (Said.Contains(document.Tokens[attribution.Cue.First].Folded)) return phrases.BeginsClause(i, end) || HasThat(i, end);
        if (!HasVerb(i, end)) return false;
        if ((attribution.Cue.Kind & CueKind.Noun) == 0) return phrases.BeginsClause(i, end) || HasThat(i, end);
        return phrases.Is(i, WordClass.Pronoun | WordClass.Determiner | WordClass.Capital | WordClass.Subordinator) && !phrases.IsCircumstance(i) && !phrases.Is(i, WordClass.Time);
    }

    /// <summary>A clause, not only what was announced or claimed: the prize.</summary>
    bool HasVerb(int i, int end)
    {
        if (phrases.Is(i, WordClass.Pronoun | WordClass.Subordinator)) return true;
        for (var k = i; k < end; k++)
            if (phrases.Is(k, WordClass.Auxiliary | WordClass.Modal) || document.Tokens[k].Folded == That || phrases.IsParticiple(document.Tokens[k])) return true;
        return false;
    }

    static readonly HashSet<ulong> Said = WordClasses.Hashes("say says said saying tell tells told telling");

    /// <summary>"said on Monday", "said late last week".</summary>
    int AfterTime(int i, int end)
    {
        for (var k = i; k < end && k < i + 4; k++)
        {
            if (phrases.Is(k, WordClass.Time) && !phrases.Is(k + 1, WordClass.Time)) return k + 1;
            if (!phrases.Is(k, WordClass.Time | WordClass.Preposition | WordClass.Adverb) && !Recent.Contains(document.Tokens[k].Folded)) break;
        }
        return i;
    }

    static readonly HashSet<ulong> Recent = WordClasses.Hashes("last this next late early the that");

    /// <summary>"said in a statement that".</summary>
    bool HasThat(int i, int end)
    {
        for (var k = i; k < end && k < i + 8; k++)
            if (document.Tokens[k].Folded == That) return true;
        return false;
    }
}
