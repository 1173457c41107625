using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>Persons as written in one line: <c>name (email)</c>, <c>email (name)</c>, <c>name &lt;email&gt;</c> and the like.</summary>
static partial class FeedPeople
{
    // Longer lines name nobody; and no address is looked for in them.
    const int LongestLine = 1_000;

    public static FeedPerson? Read(string line)
    {
        line = line.Trim();
        if (line.Length is 0) return null;
        if (line.Length > LongestLine || Email().Match(line) is not { Success: true } email) return new(line, null, null);
        var before = line[..email.Index];
        if (before.EndsWith("mailto:", StringComparison.OrdinalIgnoreCase)) before = before[..^7];
        var name = $"{before} {line[(email.Index + email.Length)..]}".Replace("()", "", StringComparison.Ordinal).Replace("<>", "", StringComparison.Ordinal)
            .Replace("( )", "", StringComparison.Ordinal).Replace("< >", "", StringComparison.Ordinal).Replace("[ ]", "", StringComparison.Ordinal)
            .Replace("&lt; &gt;", "", StringComparison.Ordinal).Trim().Trim(',', ';', '-', '"').Trim();
        if (name.StartsWith('(') && name.EndsWith(')')) name = name[1..^1].Trim();
        return new(name.Length > 0 ? name : null, email.Groups["address"].Value, null);
    }

    [GeneratedRegex(@"(?<address>[\w.+~'%-]{1,64}@([\w-]{1,63}\.){1,8}\w{2,24})(\?subject=\S+)?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Email();
}
