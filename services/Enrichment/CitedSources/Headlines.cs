using System.Collections.Frozen;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

/// <summary>How headlines attribute: "…: officials", "… – media", "…: Kremlin", "Poll: …", "Sources: …"; those that name media are MediaCues'.</summary>
static class Headlines
{
    const int Longest = 30, LongestSource = 4;

    static readonly FrozenSet<ulong> Leads = new[] { "sources", "officials", "report", "reports", "study", "poll", "survey", "police", "authorities", "media" }.Select(word => WordHash.Of(word)).ToFrozenSet();
    static readonly ulong Media = WordHash.Of("media"), Reports = WordHash.Of("reports");

    public static void Find(SourceText text, List<MediumMention> media, List<Candidate> found)
    {
        for (var s = 0; s < text.Document.Sentences.Length; s++)
        {
            var (first, end) = (text.Document.Sentences[s].First, text.Document.Sentences[s].End);
            if (end - first is < 5 or > Longest) continue;
            if (text.IsMark(end - 1, '.') && !text.Touches(end - 2)) end--; // the data's headlines end in " ."
            if (text.IsMark(end - 1, '.')) continue;
            if (text.IsMark(first + 1, ':') && Leads.Contains(text.Document.Tokens[first].Folded) && text.IsCapital(first + 2) && !MediumMention.Begins(media, first + 2)) found.Add(new Candidate(first, first + 1, first + 1, first + 2, Kind(text, first)));
            for (var i = end - 2; i > first + 2 && i >= end - 1 - LongestSource; i--)
                if (text.IsMark(i, ':') || text.IsMark(i, '-') && !text.Touches(i - 1) && !text.Touches(i))
                {
                    if (Is(text, i + 1, end)) found.Add(new Candidate(i + 1, end, i, i + 1, Kind(text, end - 1)));
                    break;
                }
        }
    }

    static SourceKind Kind(SourceText text, int head) => text.Is(head, WordClass.People) || text.Is(head, Media) || text.Is(head, Reports) ? SourceKind.Anonymous
        : text.Is(head, WordClass.Document) ? SourceKind.Document : SourceKind.Named;

    static bool Is(SourceText text, int first, int end)
    {
        for (var i = first; i < end; i++)
            if (!text.IsWord(i) && !text.Joins(i)) return false;
        if (text.Entities.At(end - 1) is var at and >= 0 && text.Entities.Mentions[at] is var mention) return mention.First <= first + 1 && text.Entities.Entities[mention.Entity].Type != EntityType.Place;
        return text.Is(end - 1, WordClass.People) || Leads.Contains(text.Document.Tokens[end - 1].Folded);
    }
}
