using Monitoring.Contracts;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>What the article quotes and reports, who said it, and by which words the article tells.</summary>
/// <param name="knowledge">The model's files.</param>
public sealed class QuoteFinder(Knowledge knowledge)
{
    const int ReportedWords = 3;

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
        var attributions = new Attributions(document, classes, phrases, quoted).Find(cued);
        var quotes = new List<Quote>();
        new Reading(document, entities, phrases, quoted, quotations, attributions, quotes).Read();
        quotes.Sort((one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.End.CompareTo(one.End));
        return quotes;
    }

    sealed class Reading(Document document, ArticleEntities entities, NounPhrases phrases, bool[] quoted, List<Quotation> quotations, List<Attribution> attributions, List<Quote> quotes)
    {
        static readonly ulong That = WordHash.Of("that");

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
                var by = Governing(q, quotation, next, open, close);
                by ??= Continues(q, quotation, open, last);
                if (by is { } attribution)
                {
                    last = attribution;
                    Add(quotation.First, quotation.End, true, attribution);
                }
            }
        }

        Attribution? Governing(int q, Quotation quotation, int next, int open, int close)
        {
            // Behind it: “…,” he said.
            Attribution? after = next < attributions.Count && attributions[next] is var candidate && candidate.Sentence == close
                && (q + 1 == quotations.Count || quotations[q + 1].Open > Math.Min(candidate.First, candidate.Cue.First)) ? candidate : null;
            if (after is { Carried: false } a && Math.Min(a.First, a.Cue.First) - quotation.Close <= 1 && (a.Cue.Kind & CueKind.According) == 0) return after;
            // Before it, in its sentence or ending the one before with a colon.
            if (next > 0 && attributions[next - 1] is var before)
            {
                if (before.Sentence == open) return before;
                if (before.Sentence == open - 1 && phrases.Mark(document.Sentences[open - 1].End - 1) is ':' or ',') return before;
            }
            return after is { } behind && (behind.Carried is false) ? behind : null;
        }

        /// <summary>What is quoted without a cue goes on with who spoke last, in the same paragraph.</summary>
        Attribution? Continues(int q, Quotation quotation, int sentence, Attribution? last)
        {
            if (last is not { } speaker || quotation.End - quotation.First < 4) return null;
            return sentence - speaker.Sentence <= 4 ? last : null;
        }

        void Reported()
        {
            for (var i = 0; i < attributions.Count; i++)
            {
                var attribution = attributions[i];
                if ((attribution.Cue.Kind & (CueKind.Say | CueKind.Tell | CueKind.According | CueKind.Urge | CueKind.Think)) == 0) continue;
                var sentence = document.Sentences[attribution.Sentence];
                var (first, end) = Content(attribution, sentence, i + 1 < attributions.Count && attributions[i + 1].Sentence == attribution.Sentence ? attributions[i + 1] : null);
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
            var before = attribution.First - sentence.First;
            var rest = last - begin;
            if (attribution.First > sentence.First + 2 && phrases.Mark(attribution.First - 1) is ',' && (rest <= 0 || phrases.Is(begin, WordClass.Preposition | WordClass.Time | WordClass.Relative) || phrases.Mark(begin) is ',' or '.') && !quoted[Math.Min(begin, last)])
                return (sentence.First, attribution.First - 1);
            if ((attribution.Cue.Kind & CueKind.According) != 0 && rest < 4) return (sentence.First, attribution.First);
            var end = next is { } other && other.Cue.First > begin + 2 ? Math.Max(begin, Math.Min(other.First, other.Cue.First)) : last;
            while (begin < end && (phrases.Mark(begin) is ',' or ':' || document.Tokens[begin].Folded == That)) begin++;
            while (end > begin && (phrases.Mark(end - 1) is ',' or ';' || phrases.Is(end - 1, WordClass.Coordinator))) end--;
            return (begin, end);
        }

        void Add(int first, int end, bool direct, Attribution attribution)
        {
            var span = document.Span(document.Tokens[first].Start, document.Tokens[end - 1].End);
            quotes.Add(new Quote
            {
                Start = span.Start, End = span.End, Text = span.Text, Direct = direct,
                Cue = document.Span(document.Tokens[attribution.Cue.First].Start, document.Tokens[attribution.Cue.End - 1].End).Text,
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
