using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>Finds for every cue outside of quotation marks who speaks.</summary>
/// <param name="document">Where.</param>
/// <param name="phrases">Finds noun phrases.</param>
/// <param name="quoted">Which tokens stand in quotation marks or are such marks.</param>
/// <param name="cues">In order of the text.</param>
public sealed partial class Attributions(Document document, NounPhrases phrases, bool[] quoted, List<Cue> cues)
{
    static readonly ulong To = WordHash.Of("to"), By = WordHash.Of("by"), That = WordHash.Of("that"), As = WordHash.Of("as"), So = WordHash.Of("so"), Of = WordHash.Of("of"), For = WordHash.Of("for"),
        Called = WordHash.Of("called"), Having = WordHash.Of("having"), Where = WordHash.Of("where");

    static readonly HashSet<ulong> Articles = WordClasses.Hashes("the a an his her their its"), Floating = WordClasses.Hashes("both all"), Fused = WordClasses.Hashes("what whom which"), Said = WordClasses.Hashes("said says say");

    /// <summary>By telephone, by then: no speakers.</summary>
    static readonly HashSet<ulong> Means = WordClasses.Hashes("telephone phone email text letter video videolink fax mail then now far first some contrast");

    readonly List<Attribution> found = [];
    readonly List<int> outers = [];
    int first, end, number;

    /// <summary>In order of the text.</summary>
    public List<Attribution> All => found.Count > 0 || cues.Count == 0 ? found : Find();

    List<Attribution> Find()
    {
        var sentence = 0;
        foreach (var cue in cues)
        {
            if (quoted[cue.First]) continue;
            while (document.Sentences[sentence].End <= cue.First) sentence++;
            // A capital in the middle of a sentence makes it a name: the United States. In a headline every word has one.
            if (phrases.Is(cue.First, WordClass.Capital) && cue.First > document.Sentences[sentence].First && !phrases.IsHeadline(document.Sentences[sentence])) continue;
            (first, end, number) = (document.Sentences[sentence].First, document.Sentences[sentence].End, sentence);
            if (Attribute(cue) is not { } attribution) continue;
            found.Add(attribution);
            outers.Add(FindOuter());
        }
        return found;
    }

    bool Folded(int i, ulong hash) => i >= first && i < end && document.Tokens[i].Folded == hash;

    bool IsOne(HashSet<ulong> words, int i) => i >= first && i < end && words.Contains(document.Tokens[i].Folded);

    Attribution? Attribute(Cue cue)
    {
        if ((cue.Kind & CueKind.According) != 0) return According(cue);
        var group = Group(cue.First, out var passive, out var auxiliary);
        var previous = group - 1;
        if (Folded(previous, To)) return null;
        var participle = document.Text.AsSpan(document.Tokens[cue.First].Start, document.Tokens[cue.First].Length).EndsWith("ing", StringComparison.OrdinalIgnoreCase);
        if (!participle && (passive || Folded(cue.End, By) && (Folded(previous, As) || phrases.Mark(previous) is ',' or '('))) return Passive(cue, group);
        if (!participle && Folded(cue.End, By)) return null;
        if (!participle && Inverted(cue, group) is { } inverted) return inverted;
        if ((cue.Kind & CueKind.Noun) != 0 && !IsVerb(cue, group)) return null;
        if ((cue.Kind & CueKind.That) != 0 && !Folded(cue.End, That)) return null;
        if (group == cue.First && previous >= first && (document.Tokens[previous].Kind == TokenKind.Genitive || IsArticle(previous))) return null;
        if (previous < first || quoted[previous]) return participle || previous >= first ? Carry(cue, group) : null;
        if (participle && !auxiliary || Folded(group, Having)) return Participle(cue, group);
        if (phrases.Mark(previous) == '-' && phrases.Joins(previous)) return null;
        // "called" names something, where it stands between a noun and its name; "asked about it" is a passive.
        if (group == cue.First && cue.End < end && IsNaming(cue, previous)) return null;
        if (phrases.Is(previous, WordClass.Relative)) return Create(new Phrase(previous, group), cue, group);
        if (Folded(previous, That)) return previous > first && document.Tokens[previous - 1].IsWord ? Create(new Phrase(previous, group), cue, group) : null;
        if (phrases.Is(previous, WordClass.Coordinator)) return Carry(cue, group);
        if (document.Tokens[previous].Kind == TokenKind.Punctuation && phrases.Mark(previous) is ',' or '-' or ':' or ';')
        {
            var head = phrases.Apposed(previous, first);
            return head.IsEmpty ? Carry(cue, group) : Create(head, cue, group);
        }
        var subject = phrases.Before(group, first);
        // "what he calls", "whom she called": within what the sentence's subject says.
        if ((cue.Kind & CueKind.Quoting) != 0 && subject.End - subject.First == 1 && phrases.Is(subject.First, WordClass.Pronoun) && subject.First > first && IsOne(Fused, subject.First - 1)) return Carry(cue, group);
        return phrases.IsAdverbial(subject, first) && !subject.IsEmpty ? Carry(cue, group) : Create(subject, cue, group);
    }

    /// <summary>Where the verb begins with its auxiliaries and adverbs: "has also repeatedly said".</summary>
    int Group(int verb, out bool passive, out bool auxiliary)
    {
        (passive, auxiliary) = (false, false);
        var group = verb;
        while (group > first && !quoted[group - 1])
        {
            var contracted = document.Tokens[group - 1].Kind == TokenKind.Genitive && group - 2 >= first && phrases.Is(group - 2, WordClass.Pronoun | WordClass.Relative);
            if (!contracted && !phrases.Is(group - 1, WordClass.Auxiliary | WordClass.Modal | WordClass.Adverb | WordClass.Negation)) break;
            if (phrases.Is(group - 1, WordClass.Capital | WordClass.Determiner | WordClass.Pronoun) && !phrases.Is(group - 1, WordClass.Auxiliary) && !phrases.Is(group - 2, WordClass.Auxiliary) && !IsFloating(group - 1)) break;
            if (phrases.Is(group - 1, WordClass.Be) && !auxiliary) passive = true;
            if (contracted || phrases.Is(group - 1, WordClass.Auxiliary | WordClass.Modal)) auxiliary = true;
            group--;
        }
        return group;
    }

    /// <summary>Smith and Jones both said.</summary>
    bool IsFloating(int i) => IsOne(Floating, i) && i > first && document.Tokens[i - 1].Kind == TokenKind.Word && !phrases.Is(i - 1, WordClass.Closed);

    Attribution? According(Cue cue)
    {
        var speaker = phrases.After(cue.End, end);
        return speaker.IsEmpty ? null : new Attribution(speaker, cue, cue.First, speaker.End, number, false);
    }

    /// <summary>"was reported by the agency".</summary>
    Attribution? Passive(Cue cue, int group)
    {
        for (var i = cue.End; i < Math.Min(end, cue.End + 5) && !quoted[i]; i++)
        {
            if (!Folded(i, By))
            {
                if (phrases.Is(i, WordClass.Preposition | WordClass.Time | WordClass.Adverb)) continue;
                return null;
            }
            var speaker = phrases.After(i + 1, end);
            return speaker.IsEmpty || Means.Contains(document.Tokens[speaker.First].Folded) ? null : new Attribution(speaker, cue, group, speaker.End, number, false, Passive: true);
        }
        return null;
    }

    /// <summary>The verb first: “…,” said Smith.</summary>
    Attribution? Inverted(Cue cue, int group)
    {
        if (group != cue.First || (cue.Kind & (CueKind.Say | CueKind.Quoting)) == 0 || cue.End >= end || quoted[cue.End]) return null;
        var previous = group - 1;
        var behindQuote = previous >= 0 && quoted[previous] || previous >= 1 && phrases.Mark(previous) is ',' or '-' && quoted[previous - 1];
        var behindComma = previous >= first && phrases.Mark(previous) is ',' or '-';
        var behindAs = Folded(previous, As) || Folded(previous, So);
        // Said Smith: “…”
        var leads = previous < first && phrases.Is(cue.First, WordClass.Capital) && phrases.Is(cue.End, WordClass.Capital);
        if (!behindQuote && !behindComma && !behindAs && !leads) return null;
        var speaker = phrases.After(cue.End, end);
        if (leads && phrases.Mark(speaker.End) is not (':' or ',')) return null;
        if (speaker.IsEmpty || phrases.Is(speaker.First, WordClass.Time) || Folded(speaker.First, That)) return null;
        if (!phrases.Is(speaker.First, WordClass.Capital | WordClass.Determiner | WordClass.Pronoun) && !behindQuote) return null;
        if (phrases.Is(speaker.End - 1, WordClass.Time)) return null;
        // ", tweeted his approval" is no speaker's; ", said the lawyer" is.
        if (behindComma && !behindQuote && !phrases.Is(speaker.First, WordClass.Capital) && !IsOne(Said, cue.First)) return null;
        if (behindComma && !behindQuote && !phrases.Ends(speaker.End, end) && (phrases.Is(speaker.First, WordClass.Pronoun) || Clause(speaker.End) || IsName(first))) return null;
        if (Clause(speaker.End)) return null;
        return new Attribution(speaker, cue, cue.First, speaker.End, number, false);
    }

    /// <summary>", saying …" has the subject of the sentence; "a statement saying …" the noun before it.</summary>
    Attribution? Participle(Cue cue, int group)
    {
        var previous = group - 1;
        if (phrases.Mark(previous) is ',' or '-' || phrases.Is(previous, WordClass.Coordinator | WordClass.Subordinator)) return Carry(cue, group);
        if (phrases.Is(previous, WordClass.Preposition))
        {
            if (!Folded(previous, For) && !Folded(previous, Of)) return Carry(cue, group);
            var blamed = phrases.Before(previous, first);
            return blamed.IsEmpty || !phrases.Is(blamed.End - 1, WordClass.Capital | WordClass.Pronoun) && Folded(previous, Of) ? null : Create(blamed, cue, group);
        }
        var speaker = phrases.Before(group, first);
        if (speaker.IsEmpty) return Carry(cue, group);
        // "released a statement saying": who released it says so.
        if (speaker.First > first && phrases.Is(speaker.First, WordClass.Determiner) && (!phrases.Is(speaker.End - 1, WordClass.Capital) || phrases.Is(speaker.End - 1, WordClass.Time)) && phrases.Subject(first, speaker.First) is { IsEmpty: false } subject)
            return new Attribution(subject, cue, group, Addressed(cue), number, true);
        return Create(speaker, cue, group);
    }

    /// <summary>The speaker of the verb before, or the subject of the sentence.</summary>
    Attribution? Carry(Cue cue, int group)
    {
        var last = found.Count - 1;
        while (last >= 0 && found[last].Sentence == number && Outer(last) is var outer and >= 0) last = outer;
        if (last >= 0 && found[last].Sentence == number && (found[last].Cue.Kind & CueKind.According) == 0)
            return new Attribution(found[last].Speaker, cue, group, Addressed(cue), number, true);
        var subject = phrases.Subject(first, group);
        for (var i = group - 1; phrases.Mark(group - 1) == ',' && i > subject.End && i > group - 30; i--)
        {
            if (!phrases.IsCircumstance(i) && !Folded(i, Where)) continue;
            if (phrases.Subject(i + 1, group) is { IsEmpty: false } inner && inner.End < group - 1 && !HasComma(i + 1, group - 1)) subject = inner;
            break;
        }
        return subject.IsEmpty ? null : new Attribution(subject, cue, group, Addressed(cue), number, true);
    }

    /// <summary>Index of the attribution on which another depends, or -1: he said she called it so.</summary>
    public int Outer(int inner) => outers[inner];

    int FindOuter()
    {
        for (var i = found.Count - 2; i >= 0 && found[i].Sentence == number; i--)
            if ((found[i].Cue.Kind & (CueKind.Say | CueKind.Tell)) != 0 && (found[i].Cue.Kind & CueKind.Think) == 0) return Depends(found[i], found[^1]) ? i : -1;
        return -1;
    }

    /// <summary>Whether what one reports is that the other says something: he said she called it so.</summary>
    bool Depends(Attribution outer, Attribution inner)
    {
        if ((outer.Cue.Kind & (CueKind.Say | CueKind.Tell)) == 0 || (outer.Cue.Kind & CueKind.Think) != 0 || inner.Carried || inner.First < outer.Cue.End) return false;
        for (var k = Math.Max(outer.End, outer.Cue.End); k < inner.First; k++)
            if (quoted[k] || phrases.Mark(k) is ',' or ';' or ':' || phrases.Mark(k) == '-' && !phrases.Joins(k)) return false;
        return !phrases.IsCircumstance(inner.First - 1);
    }

    bool HasComma(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (phrases.Mark(i) == ',') return true;
        return false;
    }

    Attribution? Create(Phrase speaker, Cue cue, int group) =>
        speaker.IsEmpty ? null : new Attribution(speaker, cue, speaker.First, Addressed(cue), number, false);

    /// <summary>Index after whoever is told; where the cue is used without that too, only when what is said follows.</summary>
    int Addressed(Cue cue)
    {
        if ((cue.Kind & CueKind.Tell) == 0 || cue.End >= end || quoted[cue.End]) return cue.End;
        var addressed = phrases.IsObject(cue.End) ? new Phrase(cue.End, cue.End + 1) : phrases.After(cue.End, end);
        if (addressed.IsEmpty) return cue.End;
        var next = addressed.End;
        return (cue.Kind & CueKind.Say) == 0 || next < end && (quoted[next] || Folded(next, That) || Folded(next, To) || phrases.Mark(next) is ',' or ':' || phrases.Is(next, WordClass.Subordinator)) ? next : cue.End;
    }
}
