using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <content>What tells a verb of saying from a noun, a name or a participle of the same form.</content>
public sealed partial class Attributions
{
    /// <summary>Whether a verb follows before the clause ends: then the noun phrase is its subject, not the speaker.</summary>
    bool Clause(int from)
    {
        for (var i = from; i < end && i < from + 12 && !quoted[i]; i++)
        {
            if (phrases.Mark(i) is ',' or '.' or ';' or ':' or '-' or '(' || phrases.Is(i, WordClass.Preposition | WordClass.Time | WordClass.Relative | WordClass.Subordinator)) return false;
            if (phrases.Is(i, WordClass.Auxiliary | WordClass.Modal)) return true;
        }
        return false;
    }

    bool IsNaming(Cue cue, int previous)
    {
        if (phrases.Mark(previous) == ',') return (cue.Kind & CueKind.Tell) != 0 && phrases.Is(cue.End, WordClass.Preposition | WordClass.Subordinator);
        return Folded(cue.First, Called) && (quoted[cue.End] || IsArticle(cue.End) && cue.End + 1 < end && quoted[cue.End + 1]) && document.Tokens[previous].Kind == TokenKind.Word && !phrases.Is(previous, WordClass.Closed | WordClass.Capital);
    }

    /// <summary>Before an adjective: the proposed law.</summary>
    bool IsArticle(int i) => IsOne(Articles, i);

    /// <summary>Whether the sentence begins with a noun phrase and a comma: then what follows is said of it.</summary>
    bool IsName(int from)
    {
        if (phrases.Is(from, WordClass.Preposition | WordClass.Subordinator)) return false;
        for (var i = from; i < end && i < from + 12; i++)
        {
            if (phrases.Mark(i) == ',') return true;
            if (phrases.Is(i, WordClass.Auxiliary | WordClass.Modal)) return false;
        }
        return false;
    }

    /// <summary>A form that is a noun as well is a verb where its subject stands right before it and what is said right behind.</summary>
    bool IsVerb(Cue cue, int group)
    {
        if (group < cue.First) return true;
        var previous = group - 1;
        if (previous < first) return false;
        if (phrases.Is(previous, WordClass.Pronoun | WordClass.Relative | WordClass.Coordinator) && !phrases.Is(previous, WordClass.Determiner)) return true;
        if (phrases.Is(previous, WordClass.Determiner | WordClass.Preposition) || document.Tokens[previous].Kind == TokenKind.Genitive) return false;
        var text = document[document.Tokens[cue.First]];
        if (text.EndsWith("ed", StringComparison.Ordinal) || text.EndsWith("ing", StringComparison.Ordinal)) return true;
        if (cue.End >= end) return false;
        if (phrases.Is(phrases.Before(group, first).First - 1, WordClass.Preposition) && !phrases.Is(previous, WordClass.Capital)) return false;
        if (Folded(cue.End, That) || phrases.Mark(cue.End) is ':') return true;
        if (phrases.Is(cue.First, WordClass.Capital) && !quoted[cue.End]) return false;
        // “…,” the email read.
        if (phrases.Before(group, first).First is var start and > 1 && (quoted[start - 1] || phrases.Mark(start - 1) == ',' && quoted[start - 2])) return true;
        if (document.Text[document.Tokens[previous].End - 1] == 's' && !text.EndsWith("s", StringComparison.Ordinal) && phrases.Is(cue.End, WordClass.Pronoun | WordClass.Determiner | WordClass.Capital)) return true;
        if (!phrases.Is(previous, WordClass.Capital)) return phrases.Mark(cue.End) == ',' && cue.End + 1 < end && quoted[cue.End + 1];
        if (phrases.Is(cue.First, WordClass.Capital) && phrases.Before(group, first).First > first) return false;
        return quoted[cue.End] || phrases.Mark(cue.End) is ',' || phrases.Is(cue.End, WordClass.Pronoun | WordClass.Determiner | WordClass.Capital);
    }
}
