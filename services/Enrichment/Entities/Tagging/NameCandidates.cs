using System.Collections.Frozen;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>
/// Which tokens can belong to a name at all: capitalised words, what joins two of them (of the, and, hyphens), particles before and
/// numbers beside one. All others, five of six in news, are outside without a further look.
/// </summary>
public static class NameCandidates
{
    /// <summary>More words between two capitals join no name.</summary>
    const int LongestJoint = 3;

    static readonly FrozenSet<ulong> Joints = Hashes("of", "the", "and", "for", "in", "on", "to", "at", "with", "de", "del", "la", "las", "los", "le", "les", "el", "al", "ul", "ur", "bin", "ibn", "bint", "abu", "von", "van",
        "der", "den", "di", "da", "das", "dos", "du", "des", "y", "e", "et", "und", "für", "'s", "against", "by", "from", "as", "a", "an", "or", "n", "s");

    static readonly FrozenSet<ulong> Particles = Hashes("al", "el", "ul", "ur", "bin", "ibn", "bint", "abu", "de", "del", "la", "le", "von", "van", "der", "den", "di", "da", "das", "dos", "du", "des", "ter", "ten", "ould", "ash", "as", "at", "an",
        "ar", "az", "ad");

    static FrozenSet<ulong> Hashes(params string[] words) => words.Select(word => WordHash.Of(word)).ToFrozenSet();

    /// <param name="tokens">Of the document.</param>
    /// <param name="sentence">Where to look.</param>
    /// <param name="shapes">Of the sentence's tokens.</param>
    /// <param name="may">Takes for each of them whether it may belong to a name.</param>
    /// <returns>Whether any may.</returns>
    public static bool Mark(Token[] tokens, Sentence sentence, ReadOnlySpan<Shape> shapes, Span<bool> may)
    {
        var (last, any) = (-1, false);
        may[..shapes.Length].Clear();
        for (var i = 0; i < shapes.Length; i++)
        {
            if (!shapes[i].IsCapital()) continue;
            any = may[i] = true;
            var joint = last;
            if (last >= 0 && i - last <= LongestJoint + 1)
                while (joint + 1 < i && IsJoint(tokens[sentence.First + joint + 1], shapes[joint + 1])) joint++;
            if (joint >= 0 && joint + 1 == i) may[(last + 1)..i].Fill(true);
            else
                for (var j = i - 1; j > last && i - j <= LongestJoint && IsParticle(tokens[sentence.First + j], shapes[j], shapes[j + 1]); j--) may[j] = true;
            if (i > 0 && shapes[i - 1] is Shape.Number or Shape.Year) may[i - 1] = true;
            if (i + 1 < shapes.Length && shapes[i + 1] is Shape.Number or Shape.Year) may[i + 1] = true;
            if (i + 2 < shapes.Length && shapes[i + 1] == Shape.Hyphen && shapes[i + 2] == Shape.Number) may[i + 1] = may[i + 2] = true;
            if (i + 1 < shapes.Length && shapes[i + 1] == Shape.Genitive) may[i + 1] = true;
            last = i;
        }
        return any;
    }

    static bool IsJoint(Token token, Shape shape) => shape switch
    {
        Shape.Lower => Joints.Contains(token.Folded),
        Shape.Genitive or Shape.Hyphen or Shape.Ampersand or Shape.Number or Shape.Year or Shape.Period => true,
        Shape.Other => token.Length == 1,
        _ => false,
    };

    static bool IsParticle(Token token, Shape shape, Shape next) => shape switch
    {
        Shape.Lower => Particles.Contains(token.Folded),
        Shape.Hyphen => next.IsCapital(),
        _ => false,
    };
}
