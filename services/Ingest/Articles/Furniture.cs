using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Articles;

/// <summary>
/// Lines of a page that are no part of the news and change without it: pointers to other stories, buttons, counters, times of
/// update, copyright. Only lines that consist of nothing else, so that no sentence is ever taken for one; what is in doubt is
/// text. They stay in the article: what they decide is whether it changed.
/// </summary>
public static partial class Furniture
{
    const int MaxLength = 200;

    /// <param name="line">One line, white space folded, quotes and dashes plain.</param>
    public static bool Is(ReadOnlySpan<char> line) => line.Length is > 0 and <= MaxLength
        && (Button().IsMatch(line) || Pointer().IsMatch(line) || Invitation().IsMatch(line) || Counter().IsMatch(line) || Copyright().IsMatch(line) || IsTime(line.ToString()));

    // The label of a button or of a place for advertising, and nothing beside it.
    [GeneratedRegex(
        @"^(advertisement|ad|sponsored( content)?|advertisement - scroll to continue|(story|article) continues (below|after)( this)?( the)?( advertisement| ad)?|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|reklama|реклама" +
        @"|share|tweet|print|email|e-mail|save|bookmark|copy link|link copied|comment|comments|listen|follow|subscribe|sign (in|up)|log in|teilen|drucken|merken|partager|imprimer|compartir|condividi|поделиться|поділитися" +
        @"|share (this|on|via)( (article|story|post|page))?( (on|via|by|with))?( (facebook|twitter|x|linkedin|whatsapp|telegram|reddit|email|e-mail|bluesky|threads|friends|pinterest|messenger|copy|link|and|or|,))*" +
        @"|(back to|return to) (top|homepage)|skip to (main )?content|loading|show (more|less)|load more( comments)?|view comments|leave a comment|post a comment|join the conversation|hide caption|toggle caption|enlarge this image)[.:!…]*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Button();

    // "Read more: Flood in Lisbon". Without the colon it may be a sentence.
    [GeneratedRegex(
        @"^(read (more|also|next|on|this|the full (story|article))|also read|see also|watch|listen|listen to|more on this( story)?|more from [^:]{1,40}|related( (stories|articles|story|article|coverage|topics|content|links))?|recommended|most read|don't miss|up next|trending" +
        @"|topics|tags|lesen sie (auch|mehr)|mehr zum thema|(à )?lire (aussi|également)|voir aussi|leer más|lea también|le puede interesar|leggi anche|lees ook|leia (também|mais)|czytaj (też|także|więcej)|читайте (также|також)|читайте на тему) ?:" +
        @"|^read more( ?[@>»-].*|)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pointer();

    [GeneratedRegex(
        @"^((follow|like|join|find) us on (our )?(facebook|twitter|x|instagram|linkedin|whatsapp|telegram|youtube|tiktok|bluesky|threads|mastodon|google news)\b" +
        @"|(sign up|subscribe|register) (here )?(for|to) (our|the|my) [^.!?]{0,80}\b(newsletters?|emails?|alerts|briefing|channel|podcast)\b[^.!?]{0,40}[.!]?$" +
        @"|(click|tap) here (to|for) [^.!?]{1,80}[.!]?$" +
        @"|(download|get) (our|the) [^.!?]{0,30}\bapp\b[^.!?]{0,30}[.!]?$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Invitation();

    // "1,234 comments", "Comments (12)", "3 min read", "Reading time: 4 minutes".
    [GeneratedRegex(
        @"^(\d[\d.,]* ?[km]? (comments?|shares?|views?|likes?|reactions?|retweets|reposts|replies|reads|kommentare?|commentaires?|comentarios?|commenti)" +
        @"|(comments?|shares?|views?|likes?|kommentare|commentaires|comentarios) ?[:(]? ?\d[\d.,]*[km]?\)?" +
        @"|\d{1,3}[ -]?min(ute)?s? (read|de lecture|de lectura|lesezeit)|(est\. |estimated )?(reading|read) time:? (\d{1,3}) ?min(ute)?s?\.?|lesezeit:? \d{1,3} ?min(uten|\.)?|temps de lecture ?:? \d{1,3} ?min(utes?|\.)?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Counter();

    [GeneratedRegex(@"^(©|\(c\) ?\d{4}|copyright ?(©|\(c\)))|^copyright \d{4}[^.]{0,60}(\. all rights reserved\.?)?$|^all rights reserved\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Copyright();

    /// <summary>"Updated 5 minutes ago", "Published 12:30 GMT, 5 March 2026": words of time and numbers only, with a label, an hour or "ago" among them.</summary>
    static bool IsTime(string line)
    {
        var (telling, words) = (false, 0);
        foreach (var word in Words().EnumerateMatches(line))
        {
            var text = line.Substring(word.Index, word.Length);
            if (++words > 16 || !(TimeWords.Contains(text) || Labels.Contains(text) || Number().IsMatch(text))) return false;
            telling |= Labels.Contains(text) || text.Contains(':', StringComparison.Ordinal) || text.Equals("ago", StringComparison.OrdinalIgnoreCase);
        }
        return telling && words > 1;
    }

    [GeneratedRegex(@"[^\s,;|/()\[\]·•-]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"^(\d{1,4}(st|nd|rd|th|\.)?|\d{1,2}[:.]\d{2}([:.]\d{2})?(\.\d+)?(am|pm|z|h)?|\d{1,2}(am|pm|h)|\d{1,2}\.\d{1,2}\.\d{2,4}|\+\d{2}:?\d{2}|\d{1,2}t\d{2}:\d{2}(:\d{2})?z?)[.:]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    static readonly FrozenSet<string> Labels = FrozenSet.ToFrozenSet(
        ["updated", "updated:", "published", "published:", "posted", "posted:", "modified", "modified:", "aktualisiert", "aktualisiert:", "veröffentlicht", "stand:", "actualizado", "actualizado:", "aggiornato", "обновлено", "оновлено"],
        StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string> TimeWords = FrozenSet.ToFrozenSet(
    [
        "first", "last", "on", "at", "the", "a", "an", "about", "ago", "today", "yesterday", "just", "now", "and", "by",
        "second", "seconds", "sec", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs", "day", "days", "week", "weeks", "month", "months",
        "am", "pm", "a.m.", "p.m.", "a.m", "p.m", "gmt", "utc", "bst", "cet", "cest", "eet", "eest", "est", "edt", "et", "cst", "cdt", "ct", "mst", "pst", "pdt", "pt", "ist", "jst", "aest", "aedt", "msk", "uhr",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun", "mon.", "tue.", "wed.", "thu.", "fri.", "sat.", "sun.",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec.",
        "um", "vor", "minuten", "stunden", "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember",
    ], StringComparer.OrdinalIgnoreCase);
}
