using System.Text;
using System.Text.RegularExpressions;
using Monitoring.QueryLanguage.Analysis;
using static Monitoring.QueryLanguage.Fields;

namespace Monitoring.QueryLanguage;

/// <summary>What stands between operators: words, phrases, names, ranges of time.</summary>
public sealed partial class QueryParser
{
    const string EndsWord = "()\"[]{}^~:";
    const string EndsName = "()\"[]{}^~";

    Query Words(TextField field)
    {
        if (Current == '"') return Phrase(field);
        if (Current is '[' or '{') throw Wrong(at, "ranges are for times: published:[2025-01-01 TO 2025-02-01].");
        if (Current is ']' or '}') throw Wrong(at, $"'{Current}' closes nothing that was opened.");
        if (Current == '/') throw Wrong(at, "regular expressions are not supported: write word* for all that begin so, or put it in quotation marks.");
        var start = at;
        var word = Raw(EndsWord, out var stars, out var plain);
        if (Current == ':')
        {
            if (field != TextField.Any) throw Wrong(at, "a field stands inside another here; put what holds a colon in quotation marks.");
            if (word.Length == 0 && stars is [0] && text.AsSpan(at).StartsWith(":*", StringComparison.Ordinal))
            {
                at += 2;
                return new Query.All();
            }
            if (!plain || Find(word) is not { } named) throw Wrong(start, Unknown(word));
            at++;
            clauses--;
            if (IsAtEnd || char.IsWhiteSpace(Current)) throw Wrong(at, $"a value is missing behind '{word}:'.");
            return Primary(named);
        }
        Refuse();
        if (word.Length == 0 && stars.Count == 0) throw Wrong(at, $"'{Current}' stands here where a word was expected.");
        if (word.Length == 0 && stars.Count == 1) return field == TextField.Any ? new Query.All() : throw Wrong(start, "a field needs a word; '*' alone means every article.");
        return stars.Count == 0 ? Word(field, word, start) : Prefix(field, word, stars, start);
    }

    static PatternKind KindIn(TextField field) => field is TextField.Author or TextField.Speaker ? PatternKind.Exact : PatternKind.Stem;

    static Query.Text Word(TextField field, string word, int start)
    {
        var parts = Parts(word, start);
        return parts.Length == 1 ? new Query.Text(field, [new Pattern(parts[0], KindIn(field))]) : new Query.Text(field, [.. parts.Select(part => new Pattern(part, PatternKind.Exact))]);
    }

    Query.Text Prefix(TextField field, string word, List<int> stars, int start)
    {
        if (stars.Count > 1 || stars[0] != word.Length) throw Wrong(start, "'*' stands only at the end of a word: word*.");
        if (++prefixes > MaxPrefixes) throw Wrong(start, $"a query has at most {MaxPrefixes} words with '*'.");
        var parts = Parts(word, start);
        if (parts is not [{ Length: >= LeastPrefix } part]) throw Wrong(start, parts.Length == 1 ? $"at least {LeastPrefix} letters stand before '*'." : "'*' ends a single word; this is several.");
        return new Query.Text(field, [new Pattern(part, PatternKind.Prefix)]);
    }

    Query.Text Phrase(TextField field)
    {
        var start = at;
        var parts = Parts(Quoted(), start);
        int? within = null;
        if (Current == '~')
        {
            at++;
            var digits = at;
            while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
            if (!int.TryParse(text.AsSpan(at, digits - at), out var distance)) throw Wrong(at, "a number is missing behind '~': at most so many other words between, such as \"two words\"~5.");
            if (distance > MaxWithin) throw Wrong(at, $"words can be at most {MaxWithin} others apart.");
            if (parts.Length > MaxNearWords) throw Wrong(start, $"at most {MaxNearWords} words can be asked for near each other.");
            // One word is near itself.
            (at, within) = (digits, parts.Length > 1 ? distance : null);
        }
        Refuse();
        if (parts.Length > MaxPhrase) throw Wrong(start, $"a phrase has at most {MaxPhrase} words.");
        return new Query.Text(field, [.. parts.Select(part => new Pattern(part, PatternKind.Exact))], within);
    }

    static string[] Parts(string word, int start) => Analyser.Analyse(word, null) is { Count: > 0 } parts ? [.. parts.Select(part => part.Folded)]
        : throw Wrong(start, "there is no letter or digit here that could be looked for.");

    /// <summary>A word as it is written, without its escapes.</summary>
    /// <param name="ends">What ends it, beside white space.</param>
    /// <param name="stars">Offsets in the word at which a * stands that is not escaped.</param>
    /// <param name="plain">It holds letters only.</param>
    string Raw(string ends, out List<int> stars, out bool plain)
    {
        var word = new StringBuilder();
        stars = [];
        plain = true;
        for (; at < text.Length && !char.IsWhiteSpace(text[at]) && !ends.Contains(text[at], StringComparison.Ordinal); at++)
        {
            if (text[at] == '*')
            {
                stars.Add(word.Length);
                continue;
            }
            if (text[at] == '?') throw Wrong(at, "'?' stands for no letter here: write word* for all that begin so, or escape it as \\?.");
            if (text[at] == '\\' && ++at == text.Length) throw Wrong(at - 1, "a character is missing behind '\\'.");
            plain &= char.IsAsciiLetter(text[at]);
            word.Append(text[at]);
        }
        return word.ToString();
    }

    string Quoted()
    {
        var open = at++;
        var quoted = new StringBuilder();
        for (; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && ++at == text.Length) break;
            quoted.Append(text[at]);
        }
        if (IsAtEnd) throw Wrong(at, $"'\"' is missing for the one at column {open + 1}.");
        at++;
        return quoted.ToString();
    }

    Query.Named Name(NameField field)
    {
        var start = at;
        var quoted = Current == '"';
        var stars = new List<int>();
        var name = (quoted ? Quoted() : Raw(EndsName, out stars, out _)).Trim();
        Refuse();
        if (stars.Count > 0) throw Wrong(start, $"{NameOf(field)} takes a whole name or id; '*' is for words.");
        if (name.Length == 0) throw Wrong(start, quoted ? "there is no name between the quotation marks." : $"'{Current}' stands here where a name was expected.");
        if (Contracts.Folding.Fold(name).Length == 0) throw Wrong(start, "there is no letter or digit here that could be looked for.");
        return new Query.Named(field, field == NameField.Topic ? Topic(name) : name);
    }

    [GeneratedRegex(@"^(https?://cv\.iptc\.org/newscodes/mediatopic/|medtop:)?(?<code>\d{8})$", RegexOptions.IgnoreCase)]
    private static partial Regex MediaTopic();

    /// <summary>A Media Topic is known by its code, however it is written.</summary>
    static string Topic(string name) => MediaTopic().Match(name) is { Success: true } topic ? $"medtop:{topic.Groups["code"].Value}" : name;

    Query.Language Language()
    {
        var start = at;
        var code = (Current == '"' ? Quoted() : Raw(EndsWord, out _, out _)).ToLowerInvariant();
        return code.Length is 2 or 3 && !code.AsSpan().ContainsAnyExceptInRange('a', 'z') ? new Query.Language(code)
            : throw Wrong(start, "a language is an ISO 639 code of two or three letters, such as en.");
    }

    Query.Story Story()
    {
        var start = at;
        return Guid.TryParse(Current == '"' ? Quoted() : Raw(EndsWord, out _, out _), out var id) ? new Query.Story(id) : throw Wrong(start, "a story is named by its id, a UUID.");
    }

    Query.Time Time(TimeField field)
    {
        if (Current is '[' or '{') return Range(field);
        var start = at;
        var comparison = text[at] is '>' or '<' ? text.AsSpan(at).StartsWith(">=", StringComparison.Ordinal) || text.AsSpan(at).StartsWith("<=", StringComparison.Ordinal) ? text[at..(at + 2)] : text[at..(at + 1)] : "";
        at += comparison.Length;
        var moment = Moment(start);
        return comparison switch
        {
            ">" => new Query.Time(field, moment, false, null, true),
            ">=" => new Query.Time(field, moment, true, null, true),
            "<" => new Query.Time(field, null, true, moment, false),
            "<=" => new Query.Time(field, null, true, moment, true),
            _ => new Query.Time(field, moment, true, moment, true),
        };
    }

    Query.Time Range(TimeField field)
    {
        var start = at;
        var fromIncluded = Current == '[';
        at++;
        var from = Bound();
        if (!IsWordHere("TO")) throw Wrong(at, "TO is missing between the two ends of the range: [2025-01-01 TO 2025-02-01].");
        at += 2;
        var to = Bound();
        if (Current is not (']' or '}')) throw Wrong(at, $"']' or '}}' is missing for the range that begins at column {start + 1}.");
        var toIncluded = Current == ']';
        at++;
        var (first, last) = (from?.Bounds(DateTimeOffset.UnixEpoch).Start, to?.Bounds(DateTimeOffset.UnixEpoch).End);
        // What is told from now and what is not cannot be compared before it is asked.
        if ((first > last || first == last && from != to) && from!.IsRelative == to!.IsRelative) throw Wrong(start, "the range ends before it begins.");
        return new Query.Time(field, from, from is null || fromIncluded, to, to is null || toIncluded);
    }

    Moment? Bound()
    {
        SkipSpace();
        var any = Current == '*';
        if (any) at++;
        var bound = any ? null : Moment(at);
        SkipSpace();
        return bound;
    }

    Moment Moment(int start)
    {
        string written;
        if (Current == '"') written = Quoted();
        else
        {
            var from = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not (')' or ']' or '}' or '(')) at++;
            written = text[from..at];
        }
        return QueryLanguage.Moment.Parse(written) ?? throw Wrong(start, "a time is a year, month or day (2025, 2025-04, 2025-04-04), an instant (2025-04-04T09:30:00Z), now, or now-7d (m, h, d, w, M, y).");
    }
}
