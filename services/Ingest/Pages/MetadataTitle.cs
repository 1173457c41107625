using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Pages;

/// <summary>The headline of a page, without the site's name, and the heading in the page that shows it.</summary>
static partial class MetadataTitle
{
    const int MaxTitle = 500;

    /// <param name="scan">The page.</param>
    /// <param name="article">Its JSON-LD object, if any.</param>
    /// <param name="sites">Names the site goes by, its domain's among them.</param>
    public static (string? Title, Clue? Heading) Of(MetadataScan scan, Dictionary<string, object?>? article, IReadOnlyList<string> sites)
    {
        var stated = Stated(scan, article).Select(title => Cut(Clean(title), sites)).Where(title => IsTitle(title, sites)).ToList();
        var heading = Heading(scan, stated, sites);
        var shown = heading is { } found ? Clean(found.Value ?? scan.Slice(found.Start, found.End)) : null;
        var title = stated.FirstOrDefault();
        if (shown is null) return (title, null);
        if (title is null) return (IsTitle(shown, sites) ? shown : null, heading);
        // A headline cut for a template (schema.org allowed 110 characters), or with the section or site before or behind it that
        // the page itself does not print.
        return (IsCut(title, shown) || Letters(title) != Letters(shown) && Letters(title).Contains(Letters(shown), StringComparison.Ordinal) && IsAffixed(title, shown) ? shown : title, heading);
    }

    static IEnumerable<string> Stated(MetadataScan scan, Dictionary<string, object?>? article)
    {
        if (article is not null && JsonLd.IsArticle(article) && JsonLd.Headline(article) is { } headline) yield return headline;
        foreach (var title in scan.Meta("ogtitle", "twittertitle", "parselytitle", "sailthrutitle", "citationtitle", "dctitle", "dctermstitle", "cxenseparsetitle", "btitle", "articletitle", "articleheadline", "headline", "title", "hdl")) yield return title;
        if (article is not null && JsonLd.Headline(article) is { } name) yield return name;
        if (scan.HeadTitle is { } head) yield return head;
    }

    public static string Clean(string text)
    {
        text = text.Length > 2 * MaxTitle ? text[..(2 * MaxTitle)] : text;
        // Twice escaped, as templates do.
        if (text.Contains('&', StringComparison.Ordinal)) text = System.Net.WebUtility.HtmlDecode(text);
        if (text.Contains('<', StringComparison.Ordinal)) text = Tags().Replace(text, "");
        return Spaces().Replace(text, " ").Trim();
    }

    static bool IsTitle(string title, IReadOnlyList<string> sites) =>
        title.Length is > 0 and <= MaxTitle && title.Any(char.IsLetterOrDigit) && !Generic().IsMatch(title) && !sites.Any(site => Letters(site) == Letters(title));

    /// <summary>Without the site's name before or behind a separator.</summary>
    public static string Cut(string title, IReadOnlyList<string> sites)
    {
        for (var rounds = 0; rounds < 3; rounds++)
        {
            var separators = Separator().Matches(title);
            if (separators.Count == 0) return title;
            var (first, last) = (separators[0], separators[^1]);
            var (front, back) = (title[..first.Index].Trim(), title[(last.Index + last.Length)..].Trim());
            if (IsSite(back, sites)) title = title[..last.Index].Trim();
            else if (IsSite(front, sites)) title = title[(first.Index + first.Length)..].Trim();
            else return title;
        }
        return title;
    }

    static bool IsSite(string part, IReadOnlyList<string> sites)
    {
        var letters = Letters(part);
        if (letters.Length is 0 or > 60) return false;
        return sites.Any(site => Letters(site) is { Length: > 1 } name && (letters == name || letters.Length >= 4 && name.Length >= 4
            && (letters.StartsWith(name, StringComparison.Ordinal) && letters.Length <= name.Length + 14 || name.StartsWith(letters, StringComparison.Ordinal)
                || "the" + name == letters || "the" + letters == name || name.EndsWith(letters, StringComparison.Ordinal) || letters.EndsWith(name, StringComparison.Ordinal))));
    }

    static Clue? Heading(MetadataScan scan, List<string> stated, IReadOnlyList<string> sites)
    {
        var headings = scan.Clues.Where(clue => clue.Kind == Clue.Kinds.Heading && clue.End > clue.Start).Select(clue => (Clue: clue, Text: Clean(scan.Slice(clue.Start, clue.End))))
            .Where(heading => IsTitle(heading.Text, sites) && heading.Text.Length <= MaxTitle).ToList();
        foreach (var title in stated)
        {
            var letters = Letters(title);
            foreach (var (clue, text) in headings)
                if (Letters(text) == letters) return clue;
        }
        foreach (var title in stated)
            foreach (var (clue, text) in headings)
                if (IsCut(title, text) || IsAffixed(title, text) || Overlap(title, text) >= 0.6) return clue;
        var tops = headings.Where(heading => heading.Clue.Element.LocalName == "h1" && !PagePart.Around(heading.Clue.Part).Any(part => part.Kind is PagePart.Kinds.Aside)).ToList();
        // Social headlines differ from the page's own; of two main headings neither is sure.
        return tops.Count == 1 ? tops[0].Clue : null;
    }

    static bool IsCut(string title, string shown)
    {
        var letters = Letters(title);
        return letters.Length >= 12 && Letters(shown).Length > letters.Length && Letters(shown).StartsWith(letters, StringComparison.Ordinal) && (title.EndsWith('…') || title.EndsWith("...", StringComparison.Ordinal) || title.Length >= 100);
    }

    // "Shown | Section" or "Section: Shown".
    static bool IsAffixed(string title, string shown)
    {
        if (shown.Length < (shown[0] < 0x2E80 ? 8 : 3)) return false;
        foreach (Match separator in Separator().Matches(title))
            if (Letters(title[..separator.Index]) == Letters(shown) || Letters(title[(separator.Index + separator.Length)..]) == Letters(shown)) return true;
        return false;
    }

    static double Overlap(string one, string other)
    {
        var (a, b) = (Words(one), Words(other));
        return a.Count < 3 || b.Count < 3 ? 0 : a.Intersect(b).Count() / (double)Math.Max(a.Count, b.Count);
    }

    static HashSet<string> Words(string text) => [.. text.ToLowerInvariant().Split((char[])[' ', ',', '.', ':', '"', '\'', '’', '“', '”', '-', '–', '?', '!'], StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Lower-case letters and digits only: what is left of a name when its spelling does not matter.</summary>
    public static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) letters.Append(char.ToLowerInvariant(c));
        return letters.ToString();
    }

    /// <summary>The last part behind a bar, of a title without any other evidence of the site's name.</summary>
    public static IEnumerable<string> Parts(string title) => Separator().Split(title).Select(part => part.Trim());

    [GeneratedRegex(@"\s+[|\-–—―·•»«:/~>‹›]+\s+|\s*[|»—]\s*|\s+::\s+|:\s+|(?<=[\u2E80-\uFFFF])_", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(home|homepage|home page|startseite|accueil|inicio|главная|strona główna|index|untitled( document)?|news|blog|article|page not found|404.*|loading\.*|just a moment\.*|access denied|undefined|null|menu|search|title)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Generic();

    [GeneratedRegex(@"</?[a-z][^<>]{0,200}>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
