using System.Collections.Frozen;
using System.Text;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Summary;

/// <summary>
/// The first sentences of the body, at most three and at most 400 characters, as given, without what outlets put before them: datelines
/// (<c>KYIV (Reuters) -</c>), bylines, captions and credits of pictures, links to other articles.
/// </summary>
public static class Lead
{
    const int MaxSentences = 3, MaxLength = 400;

    /// <summary>Further down nothing is a beginning.</summary>
    const int MaxRead = 40;

    /// <summary>Lines that are no sentence are shorter: a section, a repeated headline, a name.</summary>
    const int MaxLine = 14;

    const int MaxDateline = 16;

    /// <summary>Words a line of furniture begins with.</summary>
    static readonly Lexicon<bool> Openings = new(new[]
    {
        "read more", "read also", "also read", "read next", "read full", "more from", "watch:", "watch now", "watch live", "watch the video", "watch this", "listen to", "listen:", "related:", "related stories", "related article*", "see also", "advertisement", "story highlights",
        "click here", "click to", "tap here", "sign up", "subscribe to", "subscribe now", "follow us", "share this", "share on", "updated", "last updated", "published", "posted", "reporting by", "additional reporting", "editing by", "image source", "image caption",
        "image credit", "photo credit", "photo by", "photo:", "photos:", "picture:", "file photo", "file image", "media caption", "enlarge this", "hide caption", "toggle caption", "video:", "gallery:", "getty images", "breaking:", "this article", "this story was", "editor's note",
        "written by", "edited by", "story by", "copyright", "all rights reserved", "skip to", "accept cookies", "please enable", "loading", "download our", "join our", "don't miss", "trending", "most read", "top stories", "close x",
    }.Select(phrase => (phrase, true)), fold: true);

    /// <summary>Words a caption or a credit has anywhere.</summary>
    static readonly Lexicon<bool> Credits = new(new[] { "getty images", "ap photo", "toggle caption", "hide caption", "image caption", "photo credit", "file photo", "via reuters", "via getty", "via ap", "enlarge this image", "min read", "minute read" }.Select(phrase => (phrase, true)), fold: true);

    static readonly FrozenSet<ulong> Agencies = "CNN AP AFP Reuters REUTERS UPI ANI PTI IANS DPA dpa EFE ANSA Xinhua TASS Bloomberg BBC NPR CBS FOX".Split(' ').Select(name => WordHash.Of(name)).ToFrozenSet();

    static readonly ulong By = WordHash.Of("By");

    /// <summary>Null where there is no body.</summary>
    public static string? Of(Document document)
    {
        var lead = new StringBuilder(MaxLength);
        var taken = 0;
        string? line = null;
        var found = new List<Lexicon<bool>.Match>();
        for (int i = 0, read = 0; i < document.Sentences.Length && read < MaxRead && taken < MaxSentences; i++)
        {
            var sentence = document.Sentences[i];
            if (document.Tokens[sentence.First].Start < document.BodyStart) continue;
            read++;
            if (IsFurniture(document, sentence, found)) continue;
            var text = Given(document, taken == 0 ? AfterDateline(document, sentence) : sentence.First, sentence.End);
            if (text.Length == 0) continue;
            if (IsLine(document, sentence))
            {
                if (taken > 0) break;
                line ??= text;
                continue;
            }
            if (taken > 0 && lead.Length + 1 + text.Length > MaxLength) break;
            lead.Append(taken++ > 0 ? " " : "").Append(text);
        }
        return Cut(taken > 0 ? lead.ToString() : line);
    }

    static bool IsFurniture(Document document, Sentence sentence, List<Lexicon<bool>.Match> found)
    {
        var (first, end) = (LowerBound(document.Words, sentence.First), LowerBound(document.Words, sentence.End));
        if (first == end) return true;
        found.Clear();
        Openings.Find(document, first, found);
        // "By Jane Doe and Al Roe": a byline; "By Monday, 20 had died." is a sentence.
        var byline = document.Tokens[document.Words[first]].Exact == By && end - first is >= 3 and <= 12 && !IsEnded(document, sentence);
        for (var i = first; found.Count == 0 && i < Math.Min(end, first + 60); i++) Credits.Find(document, i, found);
        return byline || found.Count > 0;
    }

    /// <summary>Short and without an end.</summary>
    static bool IsLine(Document document, Sentence sentence) => sentence.End - sentence.First <= MaxLine && !IsEnded(document, sentence);

    static bool IsEnded(Document document, Sentence sentence)
    {
        for (var i = sentence.End - 1; i >= sentence.First; i--)
            switch (document.Text[document.Tokens[i].End - 1])
            {
                case '"' or '\'' or ')' or ']': continue;
                case '.' or '!' or '?' or '\u2026' or ':' or '。' or '！' or '？' or '।' or '؟' or '۔': return true;
                default: return false;
            }
        return false;
    }

    /// <summary>Behind "KYIV, April 4 (Reuters) -", "(CNN)", "NEW DELHI:"; else where the sentence begins.</summary>
    static int AfterDateline(Document document, Sentence sentence)
    {
        var agency = false;
        var capitals = true;
        for (int i = sentence.First, depth = 0; i < Math.Min(sentence.End - 1, sentence.First + MaxDateline); i++)
        {
            var text = document[document.Tokens[i]];
            if (text is "(") depth++;
            else if (text is ")")
            {
                depth--;
                agency = true;
                // "(CNN) ..." and "Washington (CNN) ..." have no dash.
                if (document[document.Tokens[i + 1]] is not "-" && Agencies.Contains(document.Tokens[i - 1].Exact) && char.IsUpper(document.Text[document.Tokens[i + 1].Start])) return i + 1;
            }
            else if (text is "-" && i > sentence.First && document.Tokens[i].Start > document.Tokens[i - 1].End)
            {
                while (i + 1 < sentence.End && document[document.Tokens[i + 1]] is "-") i++;
                return i + 1 < sentence.End && (agency || IsAllCapitals(document[document.Tokens[sentence.First]]) || capitals && i - sentence.First <= 3 && char.IsUpper(document.Text[document.Tokens[i + 1].Start])) ? i + 1 : sentence.First;
            }
            else if (text is ":") return i > sentence.First && i - sentence.First <= 3 && AreAllCapitals(document, sentence.First, i) ? i + 1 : sentence.First;
            else if (depth == 0 && document.Tokens[i].IsWord)
            {
                if (char.IsLower(text[0])) return sentence.First;
                capitals &= char.IsUpper(text[0]);
            }
            else if (depth == 0 && text is not ("," or "/" or "-" or ".")) return sentence.First;
        }
        return sentence.First;
    }

    static bool AreAllCapitals(Document document, int first, int end)
    {
        for (var i = first; i < end; i++)
            if (!IsAllCapitals(document[document.Tokens[i]])) return false;
        return true;
    }

    static bool IsAllCapitals(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsUpper(c) && c != '.') return false;
        return text.Length >= 2;
    }

    static string Given(Document document, int first, int end)
    {
        var text = document.Span(document.Tokens[first].Start, document.Tokens[end - 1].End).Text;
        if (text.AsSpan().IndexOfAny('\n', '\r', '\t') < 0) return text;
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Too long a beginning ends where a sentence does, or else between two words.</summary>
    static string? Cut(string? text)
    {
        if (text is null || text.Length <= MaxLength) return text;
        var head = text.AsSpan(0, MaxLength - 1);
        if (head.LastIndexOfAny('。', '！', '？') is > 0 and var sentence) return text[..(sentence + 1)];
        var end = head.LastIndexOf(' ') is > MaxLength / 2 and var space ? space : char.IsHighSurrogate(head[^1]) ? head.Length - 1 : head.Length;
        return $"{head[..end].TrimEnd()}…";
    }

    static int LowerBound(int[] words, int token)
    {
        var at = Array.BinarySearch(words, token);
        return at < 0 ? ~at : at;
    }
}
