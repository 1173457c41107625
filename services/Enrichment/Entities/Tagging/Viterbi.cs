using System.Runtime.Intrinsics;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>The best sequence of labels between two tokens that are outside, over the transitions that BILOU allows.</summary>
public static class Viterbi
{
    /// <param name="scores">Per token the score of each label.</param>
    /// <param name="transitions">By label before × 16 + label.</param>
    /// <param name="labels">Takes the best sequence.</param>
    public static void Decode(ReadOnlySpan<Vector256<short>> scores, ReadOnlySpan<short> transitions, Span<byte> labels)
    {
        if (scores.Length == 1)
        {
            labels[0] = Single(scores[0], transitions);
            return;
        }
        var from = scores.Length <= 128 ? stackalloc byte[scores.Length * Bilou.Lanes] : new byte[scores.Length * Bilou.Lanes];
        Span<int> best = stackalloc int[Bilou.Lanes], next = stackalloc int[Bilou.Lanes];
        Span<short> score = stackalloc short[Bilou.Lanes];
        best.Fill(int.MinValue / 2);
        best[Bilou.Outside] = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            next.Fill(int.MinValue / 2);
            var back = from.Slice(i * Bilou.Lanes, Bilou.Lanes);
            foreach (var label in Bilou.Opening)
                foreach (var before in Bilou.Closed) Step(best, next, back, transitions, before, label);
            for (byte type = 0; type < 3; type++)
                for (var before = (byte)(1 + 4 * type); before <= 2 + 4 * type; before++)
                    for (var label = (byte)(2 + 4 * type); label <= 3 + 4 * type; label++) Step(best, next, back, transitions, before, label);
            scores[i].CopyTo(score);
            for (var label = 0; label < Bilou.Count; label++) best[label] = next[label] + score[label];
        }
        byte end = Bilou.Outside;
        foreach (var label in Bilou.Closed)
            if (best[label] + transitions[label * Bilou.Lanes] > best[end] + transitions[end * Bilou.Lanes]) end = label;
        for (var i = scores.Length - 1; i >= 0; i--)
        {
            labels[i] = end;
            end = from[i * Bilou.Lanes + end];
        }
    }

    // Most capitalised words stand alone.
    static byte Single(Vector256<short> scores, ReadOnlySpan<short> transitions)
    {
        byte best = Bilou.Outside;
        var most = int.MinValue;
        for (byte label = Bilou.Outside; label < Bilou.Count; label += Bilou.Unit + 1)
        {
            var score = scores[label] + transitions[label] + transitions[label * Bilou.Lanes];
            if (score > most) (best, most) = (label, score);
        }
        return best;
    }

    static void Step(Span<int> best, Span<int> next, Span<byte> back, ReadOnlySpan<short> transitions, byte before, byte label)
    {
        var score = best[before] + transitions[before * Bilou.Lanes + label];
        if (score <= next[label]) return;
        next[label] = score;
        back[label] = before;
    }
}
