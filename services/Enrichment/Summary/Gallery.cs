using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Summary;

/// <summary>
/// The captions of a picture gallery in a page's text: <c>Photos: … Hide Caption 3 of 12</c>. Many articles of one outlet carry the
/// same gallery, and in the labelled pairs nothing else made two articles look like one.
/// </summary>
public static class Gallery
{
    /// <summary>A caption has fewer words; further back nothing belongs to it.</summary>
    const int MaxCaption = 150;

    static readonly ulong Photos = WordHash.Of("photos"), Hide = WordHash.Of("hide"), Caption = WordHash.Of("caption"), Of = WordHash.Of("of");

    /// <summary>Runs of words that are captions, in order: index of the first in <see cref="Document.Words"/>, and after the last.</summary>
    public static List<(int First, int End)> Captions(Document document)
    {
        var captions = new List<(int First, int End)>();
        var opened = -1;
        for (var i = 0; i + 1 < document.Words.Length; i++)
        {
            var word = Word(document, i);
            if (word == Photos && (opened < 0 || i - opened > MaxCaption)) opened = i;
            if (word != Hide || Word(document, i + 1) != Caption) continue;
            var end = i + 4 < document.Words.Length && Word(document, i + 3) == Of ? i + 5 : i + 2;
            // The caption before it ended here, or its gallery was opened here; else only the words of the control itself.
            var first = captions.Count > 0 && i - captions[^1].End <= MaxCaption ? captions[^1].End : opened >= 0 && i - opened <= MaxCaption ? opened : i;
            captions.Add((first, end));
            opened = -1;
        }
        return captions;
    }

    static ulong Word(Document document, int i) => document.Tokens[document.Words[i]].Folded;
}
