using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Quotes;

/// <summary>That somebody says something: who, and by which words.</summary>
/// <param name="Speaker">The noun phrase beside the cue, be it a pronoun.</param>
/// <param name="Cue">The words that say so.</param>
/// <param name="First">Index of the first token of speaker and verb together.</param>
/// <param name="End">Index after them and whoever is addressed.</param>
/// <param name="Sentence">Index of the sentence.</param>
/// <param name="Carried">The speaker is that of the verb before: said …, but added.</param>
/// <param name="Passive">The speaker follows "by".</param>
public readonly record struct Attribution(Phrase Speaker, Cue Cue, int First, int End, int Sentence, bool Carried, bool Passive = false)
{
    /// <summary>The verb stands before its subject: said Smith.</summary>
    public bool IsInverted => Speaker.First >= Cue.End && !Passive && (Cue.Kind & CueKind.According) == 0;
}
