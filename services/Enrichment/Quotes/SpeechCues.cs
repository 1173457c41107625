using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>What stands behind a cue, and so what it reports.</summary>
[Flags]
public enum CueKind : byte
{
    None = 0,

    /// <summary>What is said, as a clause or in quotation marks: said, noted.</summary>
    Say = 1,

    /// <summary>The person addressed, then what is said: told.</summary>
    Tell = 2,

    /// <summary>Says something only where quotation marks stand behind or before it: laughed, blasted.</summary>
    Quoting = 4,

    /// <summary>What is demanded or intended: urged, vowed to.</summary>
    Urge = 8,

    /// <summary>What is thought: believes.</summary>
    Think = 16,

    /// <summary>A preposition, whose object speaks: according to.</summary>
    According = 32,

    /// <summary>Is a noun as well: claims, report.</summary>
    Noun = 64,

    /// <summary>Reports something only with "that" behind it: the poll shows that.</summary>
    That = 128,
}

/// <summary>A cue in the text.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index after its last token.</param>
/// <param name="Kind">What stands behind it.</param>
public readonly record struct Cue(int First, int End, CueKind Kind);

/// <summary>The words that introduce what somebody said (knowledge/speech-cues.tsv).</summary>
/// <param name="knowledge">The model's files.</param>
public sealed class SpeechCues(Knowledge knowledge)
{
    readonly Lexicon<CueKind> cues = new(
        knowledge.Read("speech-cues.tsv", columns: 2).SelectMany(row => row[0].Split('|').Select(phrase => (phrase, Kinds(row[1])))), fold: true);

    static CueKind Kinds(string names)
    {
        var kinds = CueKind.None;
        foreach (var name in names.Split(' ')) kinds |= Enum.Parse<CueKind>(name, ignoreCase: true);
        return kinds;
    }

    /// <summary>The longest at each place, in order of the text.</summary>
    public List<Cue> Find(Document document)
    {
        var found = new List<Cue>();
        var matches = new List<Lexicon<CueKind>.Match>();
        for (var i = 0; i < document.Words.Length; i++)
        {
            matches.Clear();
            cues.Find(document, i, matches);
            if (matches.Count == 0) continue;
            var longest = matches[^1];
            found.Add(new Cue(document.Words[i], longest.End, longest.Value));
            while (i + 1 < document.Words.Length && document.Words[i + 1] < longest.End) i++;
        }
        return found;
    }
}
