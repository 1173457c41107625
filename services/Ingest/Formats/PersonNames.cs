using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Formats;

/// <summary>Who wrote it: names out of <c>From:</c> and <c>Author:</c>, and out of a line that says <c>By Jane Doe</c>.</summary>
public static partial class PersonNames
{
    /// <summary>Mailboxes of RFC 5322, or names listed by comma, semicolon, &amp; or and. A mailbox without a name stays an address.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var pieces = Pieces(text).Select(Name).Where(name => name.Length > 0).ToList();
        // Doe, Jane
        if (pieces.Count == 2 && pieces.All(piece => !piece.Contains(' ', StringComparison.Ordinal) && !piece.Contains('@', StringComparison.Ordinal))) return [string.Join(", ", pieces)];
        return [.. pieces.SelectMany(piece => And().Split(piece)).Select(name => name.Trim()).Where(name => name.Length > 0)];
    }

    /// <summary>The authors, where the line is a byline and nothing else.</summary>
    public static IReadOnlyList<string>? Byline(string line)
    {
        line = line.Trim().Trim('*', '_').Trim();
        return line.Length <= 150 && ByLine().Match(line) is { Success: true } match && match.Groups["names"].Value is var names && !Moment().IsMatch(names)
            ? Split(names) : null;
    }

    static IEnumerable<string> Pieces(string text)
    {
        var (from, quoted, depth) = (0, false, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            else if (quoted) continue;
            else if (text[i] is '<' or '(') depth++;
            else if (text[i] is '>' or ')') depth--;
            else if (text[i] is ',' or ';' && depth <= 0)
            {
                yield return text[from..i];
                from = i + 1;
            }
        }
        yield return text[from..];
    }

    static string Name(string mailbox)
    {
        var match = Mailbox().Match(mailbox);
        var name = !match.Success ? mailbox
            : match.Groups["name"].Value.Trim() is { Length: > 0 } before ? before
            : match.Groups["comment"].Value is { Length: > 0 } comment ? comment : match.Groups["address"].Value;
        return EncodedWords.Decode(name.Trim().Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal)).Trim();
    }

    // "Jane Doe" <jane@gazette.example>, or jane@gazette.example (Jane Doe)
    [GeneratedRegex(@"^(?<name>[^<>]*)<(?<address>[^<>]*)>\s*$|^\s*(?<address>[^\s()]+@[^\s()]+)\s*\((?<comment>[^()]*)\)\s*$")]
    private static partial Regex Mailbox();

    [GeneratedRegex(@"\s+(?:and|&|und|et|y|e)\s+")]
    private static partial Regex And();

    const string Person = @"\p{Lu}[\p{L}\p{M}.'’-]*(?:\s(?:(?:de|da|do|dos|del|della|der|den|di|du|la|le|ten|ter|van|von|zu|bin|ibn|al|el)\s)*\p{Lu}[\p{L}\p{M}.'’-]*){1,4}";

    [GeneratedRegex($@"^(?:By|BY|by|Von|Par|Por|Door):?\s(?<names>{Person}(?:(?:,\s|,?\sand\s|\s&\s|\sAND\s|\sund\s|\set\s|\sy\s|\se\s|\sen\s){Person})*)$")]
    private static partial Regex ByLine();

    [GeneratedRegex(@"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|^(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")]
    private static partial Regex Moment();
}
