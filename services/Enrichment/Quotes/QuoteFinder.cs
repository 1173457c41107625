using Monitoring.Contracts;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>What the article quotes and reports, who said it, and by which words the article tells.</summary>
/// <param name="knowledge">The model's files.</param>
public sealed class QuoteFinder(Knowledge knowledge)
{
    const int ReportedWords = 3;
    public static Dictionary<int, string>? Trace;

    readonly SpeechCues cues = new(knowledge);

    public IReadOnlyList<Quote> Find(Document document, ArticleEntities entities)
    {
        var quotations = Quotations.Find(document);
        var cued = cues.Find(document);
        if (cued.Count == 0 && quotations.Count == 0) return [];
        var quoted = new bool[document.Tokens.Length];
        foreach (var quotation in quotations) quoted.AsSpan(quotation.Open, quotation.Close - quotation.Open).Fill(true);
        var verbs = new bool[document.Tokens.Length];
        foreach (var cue in cued) verbs[cue.First] = true;
        var classes = WordClasses.Of(document);
        var phrases = new NounPhrases(document, classes, verbs, quoted);
        var found = new Attributions(document, phrases, quoted);
        var attributions = found.Find(cued);
        var quotes = new List<Quote>();
        new Reading(document, entities, phrases, quoted, quotations, found, attributions, quotes).Read();
        quotes.Sort((one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.End.CompareTo(one.End));
        return quotes;
    }

    sealed class Reading(Document document, ArticleEntities entities, NounPhrases phrases, bool[] quoted, List<Quotation> quotations, Attributions found, List<Attribution> attributions, List<Quote> quotes)
    {
        static readonly ulong That = WordHash.Of("that"), To = WordHash.Of("to");

        public void Read()
        {
            Direct();
            Reported();
        }

        void Direct()
        {
            int open = 0, close = 0, next = 0;
            Attribution? last = null;
            for (var q = 0; q < quotations.Count; q++)
            {
                var quotation = quotations[q];
                while (open + 1 < document.Sentences.Length && document.Sentences[open].End <= quotation.Open) open++;
                close = Math.Max(open, close);
                while (close + 1 < document.Sentences.Length && document.Sentences[close].End < quotation.Close) close++;
                while (next < attributions.Count && attributions[next].Cue.First < quotation.Open) next++;
                if (Governing(q, quotation, next, open, close, last) is not { } attribution) continue;
                last = attribution;
                Add(quotation.First, quotation.End, true, attribution);
            }
        }

        Attribution? Governing(int q, Quotation quotation, int next, int open, int close, Attribution? last)
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
            if (after is { } adjacent && IsTag(adjacent, quotation, begins)) { Rule = "after"; return after; }
            if (Bare(quotation, close) is { } bare) { Rule = "bare"; return bare; }
            // He said: "…" The cue stands before it, in the same sentence.
            if (before is { } inSentence && inSentence.Sentence == open && Reaches(inSentence, quotation)) { Rule = quotation.Open - inSentence.End < 3 ? "before" : "insentence"; return before; }
            if (after is { Carried: false }) { Rule = "afterfar"; return after; }
            var introduced = open > 0 && document.Sentences[open - 1].End is var end && phrases.Mark(end - 1) is ':' or ',' || phrases.Mark(quotation.Open - 1) is ':';
            if (!begins || introduced)
            {
                if (introduced && begins && before is { } colon && colon.Sentence == open - 1) { Rule = "colon"; return before; }
                Rule = introduced ? "introduced" : "subject" + Math.Min(12, quotation.End - quotation.First);
                var sentence = begins ? open - 1 : open;
                if (!introduced && quotation.End - quotation.First < 12) return null;
                return Subject(sentence, quotation.Open);
            }
            // A sentence that is nothing but quoted goes on with who spoke last.
            if (quotation.End - quotation.First < 4) return null;
            if (last is { } spoken && spoken.Sentence >= open - 1) { Rule = "previousquote"; return last; }
            return null;
        }

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
            if (first > 1 && (quoted[first - 1] || phrases.Mark(first - 1) is ',' && quoted[first - 2])) return quotation.Open - from < 2 || phrases.Mark(quotation.Open - 1) is ',' or ':';
            if ((attribution.Cue.Kind & (CueKind.Quoting | CueKind.Think)) == 0) return true;
            for (var i = from; i < quotation.Open; i++)
                if (!quoted[i] && phrases.Mark(i) is ',' or ';' && !quoted[i - 1] && i + 1 < quotation.Open) return false;
            return true;
        }

        /// <summary>The attribution on which another depends: he said she called it …</summary>
        Attribution? Main(int i)
        {
            for (; i > 0 && attributions[i - 1].Sentence == attributions[i].Sentence; i--)
                if (!Depends(i)) break;
            return attributions[i];
        }

        bool Depends(int i) => found.Depends(attributions[i - 1], attributions[i]);

        /// <summary>In the sentence in which the quotation ends, or the next when it ends one itself: "Why?" he asked.</summary>
        bool Follows(Attribution attribution, Quotation quotation, int close) =>
            attribution.Sentence == close
            || attribution.Sentence == close + 1 && document.Sentences[close].End == quotation.Close && Math.Min(attribution.First, attribution.Cue.First) == quotation.Close
                && (phrases.Mark(quotation.End - 1) is '?' or '!' || document.Sentences[close + 1].End - attribution.End < 3)
                && !document.Text.AsSpan(document.Tokens[quotation.Close - 1].End, document.Tokens[quotation.Close].Start - document.Tokens[quotation.Close - 1].End).Contains('\n');

        /// <summary>The name of a book or a show: every word but the small ones begins with a capital.</summary>
        bool IsTitle(Quotation quotation)
        {
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
            if (phrases.Is(first, WordClass.Pronoun) || phrases.Is(first, WordClass.Capital) && !phrases.Is(first, WordClass.Time | WordClass.Preposition))
            {
                var verb = first + 1;
                while (verb < end && verb < first + 6 && !phrases.Is(first, WordClass.Pronoun) && phrases.Is(verb, WordClass.Capital)) verb++;
                if (verb < end && document.Tokens[verb].Kind == TokenKind.Word && !phrases.Is(verb, (WordClass)0xFFF & ~WordClass.Adverb) && document.Text[document.Tokens[verb].End - 1] is 'd' or 's' or 't')
                    return new Attribution(new Phrase(first, verb), new Cue(verb, verb + 1, CueKind.Quoting), first, verb + 1, close, false);
            }
            return null;
        }

        Attribution? Subject(int sentence, int limit)
        {
            var subject = phrases.Subject(document.Sentences[sentence].First, limit);
            if (subject.IsEmpty) return null;
            return new Attribution(subject, new Cue(subject.First, subject.First, CueKind.Quoting), subject.First, subject.End, sentence, true);
        }

        static string Rule = "";

        void Reported()
        {
            for (var i = 0; i < attributions.Count; i++)
            {
                var attribution = attributions[i];
                if ((attribution.Cue.Kind & (CueKind.Say | CueKind.Tell | CueKind.According | CueKind.Urge)) == 0 || (attribution.Cue.Kind & CueKind.Think) != 0) continue;
                if (i > 0 && attributions[i - 1].Sentence == attribution.Sentence && Depends(i)) continue;
                var sentence = document.Sentences[attribution.Sentence];
                var next = i + 1;
                while (next < attributions.Count && attributions[next].Sentence == attribution.Sentence && found.Depends(attributions[next - 1], attributions[next])) next++;
                var (first, end) = Content(attribution, sentence, next < attributions.Count && attributions[next].Sentence == attribution.Sentence ? attributions[next] : null);
                var words = 0;
                for (var k = first; k < end; k++)
                    if (!quoted[k] && document.Tokens[k].IsWord) words++;
                if (words >= ReportedWords) Add(first, end, false, attribution);
            }
        }

        (int First, int End) Content(Attribution attribution, Sentence sentence, Attribution? next)
        {
            var last = sentence.End;
            if (last > sentence.First && phrases.Mark(last - 1) is '.') last--;
            var begin = Math.Max(attribution.End, attribution.Cue.End);
            var comma = begin;
            while (begin < last && phrases.Mark(begin) is ',' or ':') begin++;
            begin = AfterTime(begin, last);
            // “…,” said Smith, a lawyer: what is said has been said.
            var first = Math.Min(attribution.First, attribution.Cue.First);
            if (first > sentence.First && (quoted[first - 1] || first > sentence.First + 1 && phrases.Mark(first - 1) is ',' && quoted[first - 2])
                && (begin > comma || attribution.Cue.First < attribution.Speaker.First || !phrases.BeginsClause(begin, last))) return default;
            if ((attribution.Cue.Kind & CueKind.According) != 0)
            {
                if (attribution.First - sentence.First > 3) return (sentence.First, attribution.First);
            }
            else if (begin >= last || !quoted[begin])
            {
                // The plan will fail, he said on Monday.
                var tag = attribution.First > sentence.First + 2 && phrases.Mark(attribution.First - 1) is ',' && !attribution.Carried && !phrases.BeginsClause(begin, last);
                if (tag) return IsStatement(sentence.First, attribution.First - 1) ? (sentence.First, attribution.First - 1) : default;
                if (!BeginsContent(attribution, begin, last)) return default;
            }
            var end = next is { } other && other.Cue.First > begin + 2 ? Math.Max(begin, Math.Min(other.First, other.Cue.First)) : last;
            while (begin < end && document.Tokens[begin].Folded == That) begin++;
            while (end > begin && (phrases.Mark(end - 1) is ',' or ';' || phrases.Is(end - 1, WordClass.Coordinator))) end--;
            return (begin, end);
        }

        /// <summary>More than "On Monday": a clause of its own.</summary>
        bool IsStatement(int first, int end)
        {
            var adverbial = phrases.IsAdverbial(first);
            for (var i = first; i < end; i++)
                if (adverbial && phrases.Mark(i) == ',') return true;
            return !adverbial;
        }

        /// <summary>Whether what follows the cue can be what is said: a clause after "said", one with a subject after "reported", an infinitive after "urged".</summary>
        bool BeginsContent(Attribution attribution, int i, int end)
        {
            if (i >= end) return false;
            if ((attribution.Cue.Kind & CueKind.Urge) != 0 && document.Tokens[i].Folded == To) return true;
            if ((attribution.Cue.Kind & CueKind.Noun) == 0) return phrases.BeginsClause(i, end) || HasThat(i, end);
            return phrases.Is(i, WordClass.Pronoun | WordClass.Determiner | WordClass.Capital | WordClass.Subordinator) && !phrases.IsCircumstance(i) && !phrases.Is(i, WordClass.Time);
        }

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

        static readonly HashSet<ulong> Recent = [.. new[] { "last", "this", "next", "late", "early", "the", "that" }.Select(word => WordHash.Of(word))];

        /// <summary>"said in a statement that".</summary>
        bool HasThat(int i, int end)
        {
            for (var k = i; k < end && k < i + 8; k++)
                if (document.Tokens[k].Folded == That) return true;
            return false;
        }

        void Add(int first, int end, bool direct, Attribution attribution)
        {
            var span = document.Span(document.Tokens[first].Start, document.Tokens[end - 1].End);
            if (direct && Trace is not null) Trace[span.Start] = Rule;
            quotes.Add(new Quote
            {
                Start = span.Start, End = span.End, Text = span.Text, Direct = direct,
                Cue = attribution.Cue.End > attribution.Cue.First ? document.Span(document.Tokens[attribution.Cue.First].Start, document.Tokens[attribution.Cue.End - 1].End).Text : null,
                Speaker = Speaker(attribution.Speaker),
            });
        }

        Speaker Speaker(Phrase phrase)
        {
            var span = document.Span(document.Tokens[phrase.First].Start, document.Tokens[phrase.End - 1].End);
            return new Speaker(null, span.Text, span.Start, span.End);
        }
    }
}
