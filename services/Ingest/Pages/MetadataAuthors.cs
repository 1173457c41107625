using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Pages;

/// <summary>Who wrote the article: one name each, and the line that says so.</summary>
static partial class MetadataAuthors
{
    const int MaxAuthors = 30, MaxByline = 250;

    public static (string? Byline, IReadOnlyList<string> Authors) Of(MetadataScan scan, JsonLd graph, Dictionary<string, object?>? article, Clue? title, IReadOnlyList<string> sites)
    {
        var lines = Lines(scan, title).ToList();
        var byline = lines.FirstOrDefault(line => By().IsMatch(line.Text)).Text ?? lines.FirstOrDefault(line => line.Clue.Kind == Clue.Kinds.PersonClass || line.Clue.Hint != "rel").Text ?? lines.FirstOrDefault().Text;
        List<List<string>> witnesses =
        [
            article is null ? [] : [.. graph.Names(article, "author").Concat(article.ContainsKey("author") ? [] : graph.Names(article, "creator")).SelectMany(name => Split(name))],
            Named(scan, "author", "articleauthor", "parselyauthor", "sailthruauthor", "dccreator", "dctermscreator", "dccreatorname", "citationauthor", "btauthor", "cxenseparseauthor", "byl", "byline", "articleauthorname",
                "dableauthor", "ogarticleauthor", "ogauthor", "authors", "rbauthor", "articleauthors", "twitterdata1author", "creator", "vrauthor", "shareaholicarticleauthorname"),
            [.. lines.Where(line => line.Clue.Kind == Clue.Kinds.Person).SelectMany(line => Split(line.Text))],
            [.. lines.Where(line => line.Clue.Kind == Clue.Kinds.PersonClass).Take(1).SelectMany(line => Split(line.Text))],
            // Slack's card labels, as WordPress writes them.
            SlackCard(scan),
        ];
        var named = witnesses.Select(names => Folded(names)).Where(names => names.Count > 0).ToList();
        // The site itself is an author only where nobody else is named.
        var chosen = named.FirstOrDefault(names => !names.All(name => sites.Any(site => MetadataTitle.Letters(site) == MetadataTitle.Letters(name)))) ?? named.FirstOrDefault() ?? [];
        if (chosen.Count > 1 && chosen.Where(name => !sites.Any(site => MetadataTitle.Letters(site) == MetadataTitle.Letters(name))).ToList() is { Count: > 0 } people) chosen = people;
        return (byline, chosen);
    }

    static List<string> Named(MetadataScan scan, params string[] names)
    {
        foreach (var name in names)
            if (Folded(scan.Meta(name).SelectMany(value => Split(value))) is { Count: > 0 } found) return found;
        return [];
    }

    static List<string> SlackCard(MetadataScan scan) =>
        scan.Meta("twitterlabel1").FirstOrDefault() is { } label && WrittenBy().IsMatch(label) ? [.. scan.Meta("twitterdata1").Take(1).SelectMany(value => Split(value))] : [];

    static List<string> Folded(IEnumerable<string> names) =>
        [.. names.DistinctBy(name => MetadataTitle.Letters(name)).Where(name => name.Length > 0).Take(MaxAuthors)];

    // The lines at the headline, not the authors of comments and other articles.
    static IEnumerable<(Clue Clue, string Text)> Lines(MetadataScan scan, Clue? title)
    {
        foreach (var clue in scan.Clues)
        {
            if (clue.Kind is not (Clue.Kinds.Person or Clue.Kinds.PersonClass)) continue;
            if (PagePart.Around(clue.Part).Any(part => part.Kind is PagePart.Kinds.Aside or PagePart.Kinds.Item or PagePart.Kinds.Header && !(title is { } heading && part.Holds(heading.Start))
                && !(part.Kind == PagePart.Kinds.Item && title is null))) continue;
            if (title is { } at && (clue.Start < at.Start - 400 || clue.Start > at.End + 4_000) && clue.Kind == Clue.Kinds.PersonClass) continue;
            var text = MetadataTitle.Clean(clue.Value ?? scan.Slice(clue.Start, clue.End));
            if (text.Length is > 1 and <= MaxByline && Split(text).Count > 0) yield return (clue, text);
        }
    }

    /// <summary>The names in a byline or an author field: <c>By A and B in Kyiv</c> are A and B.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        text = MetadataTitle.Clean(text);
        if (text.Length is < 2 or > 600 || Address().IsMatch(text)) return [];
        text = Mail().Replace(text, " ");
        if (DateText.Find(text).Cast<FoundDate?>().FirstOrDefault() is { } date) text = text.Remove(date.Start, Math.Min(date.End, text.Length) - date.Start).Insert(date.Start, "|");
        // Surname, Given: one comma and one word before it, as in library metadata.
        if (Inverted().Match(text) is { Success: true } inverted) text = $"{inverted.Groups["given"].Value} {inverted.Groups["family"].Value}";
        text = By().Replace(text, "");
        var names = new List<string>();
        foreach (var part in Between().Split(text))
        {
            var name = Name(part);
            if (name.Length == 0) continue;
            // What follows a name behind a comma is often a title or a place: Jane Doe, Political Editor.
            if (names.Count > 0 && Role().IsMatch(name)) continue;
            names.Add(name);
            if (names.Count >= MaxAuthors) break;
        }
        return names;
    }

    static string Name(string part)
    {
        var name = By().Replace(part.Trim(), "");
        name = Where().Replace(name, "");
        name = Brackets().Replace(name, "");
        name = name.Trim(' ', ',', ';', '.', ':', '-', '–', '—', '|', '/', '•', '·', '"', '“', '”', '*', '\u00A0');
        if (part.TrimEnd().EndsWith('.') && Initial().IsMatch(name)) name += ".";
        if (name.Length is < 2 or > 80 || name.StartsWith('@') || !name.Any(char.IsLetter) || name.Count(char.IsDigit) > 3 || Nobody().IsMatch(name) || name.Split(' ').Length > 7) return "";
        return name.Length > 6 && name.Contains(' ', StringComparison.Ordinal) && !name.Any(char.IsLower) && name.Any(char.IsUpper) ? Capitals(name) : name;
    }

    // JANE DOE in a byline is Jane Doe; initials and short words stay.
    static string Capitals(string name) => string.Join(' ', name.Split(' ').Select(word => word.Length <= 2 || word.Contains('.', StringComparison.Ordinal) || !word.Any(char.IsLetter) ? word
        : string.Join('-', word.Split('-').Select(piece => piece.Length > 1 ? piece[0] + piece[1..].ToLowerInvariant() : piece))));

    [GeneratedRegex(@"^\W*(written by|reported by|reporting by|posted by|published by|story by|words by|text by|article by|submitted by|by line|byline|by|author[s]?|von|par|por|di|de|da|od|av|af|door|geschrieben von|ein artikel von|escrito por|redigerad av|skrevet av|texte|text|autor(zy|in|es|i|ka)?|auteur|autore|автор[ы]?|автори|автор статьи|текст|yazan|yazar|kirjoittanut|tekst|napisał|oleh|penulis|bởi|文|作者|記者|记者)((?<=\p{L})\s*[:：]\s*|\s+(?=\p{Lu}|\p{Lo}|d['’]|de |van |von |al-)|(?<=by)\s+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex By();

    [GeneratedRegex(@"\s*[,;|•·/\n]\s*|\s+[–—-]\s+|\s+(?:and|und|et|y|e|i|en|og|och|och|ve|ja|и|та|й|és|a|și|with|&|\+)\s+(?=\p{Lu}|\p{Lo})|\s+&\s+|、", RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    [GeneratedRegex(@"\s+(in|aus|à|en|at|for|for the|en|из|в|у|z|w)\s+\p{Lu}.*$|\s+(is|was|has|covers|writes|reports)\s.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Where();

    [GeneratedRegex(@"\s*[(\[<][^)\]>]*[)\]>]?")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"^[a-z]+://|^www\.|^//|^(?!.*\s)[\w.-]+\.(com|org|net|co|io)(/|$)|facebook\.com/|twitter\.com/", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"\S+@\S+\.\S+|(?<!\S)@\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    [GeneratedRegex(@"^(?<family>\p{Lu}[\p{L}'’-]+),\s+(?<given>\p{Lu}[\p{L}'’-]+(\s\p{Lu}\.?)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Inverted();

    [GeneratedRegex(@"\s\p{L}$|(?<!\p{L})(Jr|Sr)$", RegexOptions.CultureInvariant)]
    private static partial Regex Initial();

    [GeneratedRegex("""
        (?<!\p{L})(editor|reporter|correspondent|writer|columnist|journalist|producer|staff|bureau|chief|analyst|contributor|contributing|redakteur(in)?|korrespondent(in)?|journaliste|rédact\w+|correspondant\w*|envoyé\w*|spécial|redactor\w*|periodista|giornalista|inviato
        |корреспондент|редактор|журналист\w*|кореспондент|reuters|afp|associated\ press|ap\ news|ap|dpa|bloomberg|pa\ media|press\ association|cnn|bbc(\ news)?|tass|efe|ansa|interfax|unian|ukrinform|pap|ceo|president|director|professor|senior|deputy|political|business|news|sport[s]?|world|technology
        |health|science|fellow|phd|md|the\ \p{Lu}\p{L}+(\ \p{L}+)*|updated|published|read|min|minutes?|share|comments?|london|paris|berlin|washington|new\ york|kyiv|moscow|brussels)(?!\p{L})
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Role();

    [GeneratedRegex("""
        ^(admin(istrator)?|root|user|author[s]?|autor|editor[s]?|staff|guest|unknown|anonymous|anonym|null|undefined|none|n/a|na|webmaster|test|by|and|web|default|false|true|super\ user|редактор|админ|follow|share|profile|twitter|facebook|linkedin|email|e-mail|contact|bio|view\ all.*|more.*|see\ .*|read\ .*|updated?.*|published.*|posted.*
        |last\ .*|\d+\s?(min|h|mins|minutes?)?.*|am|pm|uhr|est|edt|gmt|utc|mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun(day)?|(mon|tues|wednes|thurs|fri|satur|sun)day|comments?|no\ comments?|leave\ .*|print|tags?|categories|in|on|at|jr|sr|phd|md|dr|ago|.*\ ago)$
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Nobody();

    [GeneratedRegex("written by|author|verfasst von|geschrieben von|écrit par|escrito por|scritto da|autor|автор|geschreven door|napisane przez|yazan|skrevet av|kirjoittanut|författare", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WrittenBy();
}
