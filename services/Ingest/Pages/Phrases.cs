using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Pages;

/// <summary>Many beginnings of lines asked at once: only those that share the line's first letter are tried.</summary>
/// <remarks>
/// As single backtracking expressions they took 11 ms of a page's 13, and as one automaton they outgrow .NET's limit of 10,000 nodes;
/// by first letter each is a small automaton that no line can keep busy.
/// </remarks>
sealed class Phrases
{
    readonly Dictionary<char, Regex> byLetter = [];

    /// <param name="lists">Regular expressions, one a line or separated by bars. Case does not matter.</param>
    /// <param name="end">What must follow all of them.</param>
    public Phrases(string lists, string end = "")
    {
        var beginnings = Alternatives(lists.ReplaceLineEndings("|")).Where(phrase => phrase.Length > 0)
            .SelectMany(phrase => Firsts(phrase).Select(first => (first, phrase))).ToLookup(pair => pair.first, pair => pair.phrase);
        foreach (var letter in beginnings)
            byLetter[letter.Key] = new Regex($"^({string.Join('|', letter.Distinct())}){end}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>Whether the line, quotation marks and bullets aside, begins with one of the phrases.</summary>
    public bool Begin(string line)
    {
        var start = 0;
        while (start < line.Length && !char.IsLetterOrDigit(line[start]) && line[start] != '©') start++;
        return start < line.Length && byLetter.TryGetValue(char.ToLowerInvariant(line[start]), out var phrases) && phrases.IsMatch(line.AsSpan(start));
    }

    // The bars outside all brackets.
    static List<string> Alternatives(string pattern)
    {
        var (found, depth, start) = (new List<string>(), 0, 0);
        for (var i = 0; i <= pattern.Length; i++)
        {
            if (i == pattern.Length || depth == 0 && pattern[i] == '|')
            {
                found.Add(pattern[start..i].Trim());
                start = i + 1;
            }
            else if (pattern[i] == '\\') i++;
            else depth += pattern[i] is '(' or '[' ? 1 : pattern[i] is ')' or ']' ? -1 : 0;
        }
        return found;
    }

    // The letters that the phrase may begin with: read through groups, and past those that may be absent.
    static IEnumerable<char> Firsts(string phrase)
    {
        if (phrase.Length == 0) return [];
        if (phrase.StartsWith("\\d", StringComparison.Ordinal)) return "0123456789";
        if (phrase[0] != '(') return char.IsLetterOrDigit(phrase[0]) || phrase[0] == '©' ? [char.ToLowerInvariant(phrase[0])] : throw new FormatException($"'{phrase}' begins with no letter.");
        var (depth, end) = (0, 0);
        do
        {
            if (phrase[end] == '\\') end++;
            else depth += phrase[end] == '(' ? 1 : phrase[end] == ')' ? -1 : 0;
            end++;
        }
        while (depth > 0);
        var inside = Alternatives(phrase[1..(end - 1)]).SelectMany(Firsts);
        return end < phrase.Length && phrase[end] == '?' ? inside.Concat(Firsts(phrase[(end + 1)..])) : inside;
    }
}
